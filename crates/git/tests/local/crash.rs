//! The process is killed in the middle of its work.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use sheaf_git::repository::Repo;
use sheaf_git::switch::SwitchMode;

use crate::support::{NoMerge, Project};

const FILES: usize = 60;
const FOLDER: &str = "SHEAF_TEST_CRASH_FOLDER";

/// Runs in a process of its own until it is killed: switches there and back.
#[test]
fn worker() {
    let Some(root) = std::env::var_os(FOLDER) else {
        return;
    };
    let repo = Repo::open(root.as_ref()).unwrap();
    let _lock = repo.lock(Duration::from_secs(5)).unwrap();
    loop {
        for name in ["side", "main"] {
            repo.switch_branch(name, SwitchMode::Carry, &NoMerge).unwrap();
        }
    }
}

#[test]
fn after_a_kill_the_files_are_all_of_one_branch() {
    let p = Project::empty();
    let write = |text: &str| {
        for n in 0..FILES {
            p.edit(&[(&format!("d{}/f{n}", n % 7), &format!("{text} {n}\n"))]);
        }
    };
    write("main");
    p.edit(&[("mine", "committed\n")]);
    p.commit("Main");
    p.branch("side");
    p.switch("side");
    write("side");
    p.edit(&[("only-side", "x\n")]);
    p.commit("Side");
    p.edit(&[("mine", "uncommitted\n"), ("untracked", "u\n")]);
    let mut recovered = 0;
    for round in 0_u64..12 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "crash::worker", "--nocapture"])
            .env(FOLDER, &p.root)
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let end = Instant::now() + Duration::from_secs(5);
        while !p.path(".git/sheaf/pending").exists() {
            assert!(
                Instant::now() < end && child.try_wait().unwrap().is_none(),
                "the worker does not work"
            );
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(round * 3));
        child.kill().unwrap();
        child.wait().unwrap();
        let repo = Repo::open(&p.root).unwrap();
        let lock = repo.lock(Duration::from_secs(5)).unwrap();
        recovered += usize::from(repo.clean_up().unwrap().recovered);
        drop(lock);
        let branch = repo.head().unwrap().branch().unwrap().to_owned();
        let changes: Vec<_> = repo.status().unwrap().into_iter().map(|c| c.path).collect();
        assert_eq!(changes, ["mine", "untracked"], "round {round} on {branch}");
        assert_eq!(p.text("mine").unwrap(), "uncommitted\n");
        assert_eq!(half_written(&p), Vec::<String>::new(), "round {round}");
        p.assert_sound();
    }
    assert!(recovered > 0);
    eprintln!("killed 12 times, {recovered} times in the middle of an operation");
}

/// Files that were written beside their places and are still there.
fn half_written(p: &Project) -> Vec<String> {
    let files = p.files().into_keys();
    files.filter(|path| path.contains(".sheaf-tmp-")).collect()
}

/// Files are written beside their places first, all of them, and then put in place: here the end comes between.
#[test]
fn a_crash_before_files_are_put_in_place_is_as_if_nothing_had_happened() {
    let p = Project::with(&[("a", "1\n"), ("d/b", "1\n"), ("gone", "1\n")]);
    p.branch("side");
    p.switch("side");
    p.edit(&[("a", "2\n"), ("d/b", "2\n"), ("new/c", "2\n")]);
    fs::remove_file(p.path("gone")).unwrap();
    p.commit("Side");
    p.switch("main");
    let before = p.files();
    p.switch("side");
    note_a_crash(&p);
    // Where git puts everything back but the undo point, the operation has got no further than that.
    p.git(&["checkout", "--quiet", "main"]);
    fs::create_dir(p.path("new")).unwrap();
    for path in [".sheaf-tmp-7-0", "d/.sheaf-tmp-7-1", "new/.sheaf-tmp-7-2"] {
        p.edit(&[(path, "2\n")]);
    }
    // A file may be gone already: removals come first.
    fs::remove_file(p.path("gone")).unwrap();
    assert!(p.repo.clean_up().unwrap().recovered);
    assert_eq!(p.files(), before);
    assert_eq!(p.git(&["branch", "--show-current"]), "main\n");
    p.assert_clean();
}

#[test]
fn a_crash_before_the_way_back_stands_leaves_nothing_behind() {
    let p = Project::with(&[("in/a.yml", "1\n"), ("b.yml", "1\n")]);
    fs::create_dir_all(p.path(".git/sheaf")).unwrap();
    fs::write(p.path(".git/sheaf/pending"), "refs/sheaf/undo/none\n:in/a.yml").unwrap();
    fs::write(p.path("in/.sheaf-tmp-1-1"), "half").unwrap();
    assert!(p.repo.recover().unwrap());
    assert_eq!(half_written(&p), Vec::<String>::new());
    assert_eq!(p.changes(), Vec::<String>::new());
    assert!(!p.path(".git/sheaf/pending").exists());
}

#[test]
fn a_file_that_cannot_be_written_leaves_all_others_alone() {
    let p = Project::with(&[("a", "1\n"), ("d/b", "1\n"), ("z", "1\n")]);
    let name = "n".repeat(240);
    let too_long = format!("d/{name}/{name}");
    let edits = [
        ("a".to_owned(), Some(b"2\n".to_vec())),
        (too_long.clone() + "/" + &"x".repeat(300), Some(b"2\n".to_vec())),
        ("z".to_owned(), None),
    ];
    let before = p.everything();
    assert!(p.repo.write_files(&edits, "Edit").is_err());
    assert_eq!(p.everything(), before);
    // The same where only the disk says no: a folder with something in it has the name of a file.
    p.branch("side");
    p.switch("side");
    p.edit(&[("a", "2\n"), ("d/b", "2\n"), ("y", "2\n")]);
    p.commit("Side");
    p.switch("main");
    p.edit(&[("y/inside", "mine\n")]);
    let before = p.files();
    let switched = p.repo.switch_branch("side", SwitchMode::Carry, &NoMerge);
    assert!(switched.is_err(), "{switched:?}");
    assert_eq!(p.files(), before);
    assert_eq!(half_written(&p), Vec::<String>::new());
    p.assert_sound();
}

/// The latest undo point, as the note of an operation that a crash cut off names it.
fn note_a_crash(p: &Project) -> String {
    let name = p.git(&[
        "for-each-ref",
        "--format=%(refname)",
        "--sort=-refname",
        "--count=1",
        "refs/sheaf/undo",
    ]);
    fs::write(p.path(".git/sheaf/pending"), name.trim()).unwrap();
    name.trim().to_owned()
}

#[test]
fn locks_that_a_killed_one_left_go_and_those_of_others_stay() {
    let p = Project::with(&[("a", "1\n")]);
    let locks = [
        "refs/heads/main.lock",
        "config.lock",
        "packed-refs.lock",
        "index.lock",
    ];
    let lay = || {
        for lock in locks {
            fs::write(p.path(".git").join(lock), "").unwrap();
        }
    };
    let left = || -> Vec<&str> {
        let is_there = |lock: &&&str| p.path(".git").join(lock).exists();
        locks.iter().filter(is_there).copied().collect()
    };
    drop(p.repo.lock(Duration::ZERO).unwrap());
    lay();
    drop(p.repo.lock(Duration::ZERO).unwrap());
    assert_eq!(left(), locks, "nobody was killed");
    // As a process leaves it that is killed while it holds the lock.
    fs::write(p.path(".git/sheaf/lock"), "at work\n").unwrap();
    drop(p.repo.lock(Duration::ZERO).unwrap());
    assert_eq!(left(), ["index.lock"], "git may hold this one for long");
    lay();
    drop(p.repo.lock(Duration::ZERO).unwrap());
    assert_eq!(left(), locks, "that was told once");
}

/// Back or forward, what is staged stays staged.
#[test]
fn a_crash_takes_nothing_out_of_the_index() {
    let p = Project::with(&[("a", "1\n")]);
    p.edit(&[("a", "2\n")]);
    p.commit("Cut off");
    p.edit(&[("staged", "s\n")]);
    p.git(&["add", "staged"]);
    // As before the branch moved.
    p.git(&["update-ref", "refs/heads/main", "HEAD~1"]);
    note_a_crash(&p);
    assert!(p.repo.recover().unwrap());
    let staged = p.git(&["ls-files", "staged"]);
    assert_eq!(staged, "staged\n");
}

#[test]
fn settings_change_together_or_not_at_all() {
    let p = Project::with(&[("a", "1\n")]);
    let config = || fs::read_to_string(p.path(".git/config")).unwrap();
    let before = config();
    let values = [
        ("user.name", Some("Dana")),
        ("user.email", Some("dana\n@example.test")),
    ];
    assert!(p.repo.config_set_all(&values).is_err());
    assert_eq!(config(), before);
    fs::write(p.path(".git/config.lock"), "git").unwrap();
    let values = [("user.name", Some("Dana")), ("user.email", None)];
    let refused = p.repo.config_set_all(&values).unwrap_err();
    assert_eq!(refused.code(), "busy");
    assert_eq!(config(), before);
    fs::remove_file(p.path(".git/config.lock")).unwrap();
    p.repo.config_set_all(&values).unwrap();
    assert_eq!(p.git(&["config", "--local", "user.name"]), "Dana\n");
    assert!(!p.path(".git/config.lock").exists());
}

#[test]
fn what_another_program_committed_after_the_crash_stays() {
    let p = Project::with(&[("a", "1\n")]);
    p.edit(&[("a", "2\n")]);
    p.commit("Cut off");
    p.edit(&[("a", "3\n"), ("staged", "s\n")]);
    p.git(&["commit", "-qam", "By git"]);
    p.git(&["add", "staged"]);
    let point = note_a_crash(&p);
    let before = p.everything();
    let cleaned = p.repo.clean_up().unwrap();
    assert!(cleaned.left_alone && !cleaned.recovered, "{cleaned:?}");
    assert_eq!(p.everything(), before);
    p.git(&["rev-parse", "--verify", &point]);
    p.assert_sound();
    assert!(!p.repo.recover().unwrap());
}

#[test]
fn a_crash_between_two_refs_is_taken_back() {
    let p = Project::with(&[("a", "1\n")]);
    p.branch("old");
    p.repo.rename_branch("old", "new").unwrap();
    // As if only the new name had been written.
    p.git(&["update-ref", "refs/heads/old", "HEAD"]);
    note_a_crash(&p);
    assert!(p.repo.clean_up().unwrap().recovered);
    assert_eq!(p.git(&["branch", "--format=%(refname:short)"]), "main\nold\n");
    p.assert_clean();
}

/// libgit2 writes the refs of an operation one after the other; here one of them cannot be written.
#[test]
fn a_failure_between_two_refs_is_taken_back() {
    for in_the_way in ["refs/heads/new", "HEAD"] {
        let p = Project::with(&[("a", "1\n")]);
        p.branch("old");
        p.switch("old");
        let points = p.repo.undo_points(9).unwrap();
        let before = p.everything();
        let log = p.path(".git/logs").join(in_the_way);
        let _ = fs::remove_file(&log);
        fs::create_dir_all(log.join("full")).unwrap();
        fs::write(log.join("full/x"), "x").unwrap();
        assert!(p.repo.rename_branch("old", "new").is_err(), "{in_the_way}");
        if in_the_way == "HEAD" {
            // What is in the way is in the way of going back too: that comes as soon as it can.
            assert!(p.repo.recover().is_err());
            fs::remove_dir_all(&log).unwrap();
            assert!(p.repo.recover().unwrap());
        }
        assert_eq!(p.everything(), before, "{in_the_way}");
        let _ = fs::remove_dir_all(&log);
        assert_eq!(p.repo.undo_points(9).unwrap(), points, "{in_the_way}");
        p.assert_clean();
        p.repo.rename_branch("old", "new").unwrap();
        p.assert_clean();
    }
}

/// Once the refs have moved there is no way back to an operation that did not happen.
#[test]
fn an_index_that_cannot_be_put_in_place_follows_later() {
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    let p = Project::with(&[("a", "0\n")]);
    let stop = AtomicBool::new(false);
    let taken = AtomicUsize::new(0);
    let draft = p.path(".git/sheaf/index.draft");
    let log = p.path(".git/logs/HEAD");
    std::thread::scope(|s| {
        s.spawn(|| {
            // A line in this log is the first that is seen of refs that move; the new index is written by then.
            let length = || fs::metadata(&log).map_or(0, |m| m.len());
            let mut seen = length();
            while !stop.load(Ordering::Relaxed) {
                if length() != seen {
                    seen = length();
                    taken.fetch_add(usize::from(fs::remove_file(&draft).is_ok()), Ordering::Relaxed);
                }
            }
        });
        let mut failures = Vec::new();
        for round in 1..10 {
            let before = p.head();
            p.edit(&[("a", &format!("{round}\n"))]);
            let points = p.repo.undo_points(99).unwrap().len();
            let committed = p.repo.commit(None, "Again", &crate::support::author());
            let moved = p.head() != before;
            let kept = p.repo.undo_points(99).unwrap().len() > points;
            if committed.is_ok() != moved || moved != kept {
                failures.push(format!(
                    "round {round}: {committed:?}, moved {moved}, kept {kept}"
                ));
            }
        }
        stop.store(true, Ordering::Relaxed);
        assert_eq!(failures, Vec::<String>::new());
    });
    eprintln!("the new index was taken away {} times", taken.into_inner());
    p.repo.clean_up().unwrap();
    p.assert_clean();
}
