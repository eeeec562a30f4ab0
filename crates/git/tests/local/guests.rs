//! Other programs at work on the same repository, and programs a repository would like to have run.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use sheaf_git::error::GitError;
use sheaf_git::file_merge::{ChangedFiles, FileAnswer, FileMerge, Settled};
use sheaf_git::switch::SwitchMode;

use crate::support::{Answering, Answers, Lines, NoMerge, Project, author};

/// As if it had been written an hour ago.
fn make_old(file: &Path) {
    let file = fs::File::options().write(true).open(file).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(3600))
        .unwrap();
}

#[test]
fn while_the_index_is_locked_nothing_changes() {
    let p = Project::with(&[("a", "1\n")]);
    p.branch("side");
    p.switch("side");
    p.edit(&[("a", "2\n")]);
    let side = p.commit("Side");
    p.switch("main");
    p.edit(&[("u", "new\n"), ("a", "3\n")]);
    fs::write(p.path(".git/index.lock"), "").unwrap();
    let before = p.everything();
    let answers = Answers::from([("a".to_owned(), FileAnswer::Theirs)]);
    let busy = |r: Option<GitError>| assert!(matches!(r, Some(GitError::Busy(_))), "{r:?}");
    std::thread::scope(|s| {
        s.spawn(|| {
            let repo = sheaf_git::repository::Repo::open(&p.root).unwrap();
            busy(
                repo.switch_branch("side", SwitchMode::Carry, &Answering::all(&answers))
                    .err(),
            );
            busy(repo.discard(None).err());
        });
        s.spawn(|| {
            let repo = sheaf_git::repository::Repo::open(&p.root).unwrap();
            busy(repo.commit(None, "x", &author()).err());
            busy(repo.merge(&side, "m", &author(), &Answering::all(&answers)).err());
            busy(repo.undo(&NoMerge).err());
        });
    });
    assert_eq!(p.everything(), before);
    assert!(!p.repo.clean_up().unwrap().index_lock);
    make_old(&p.path(".git/index.lock"));
    assert!(
        !p.repo.clean_up().unwrap().index_lock,
        "git commit holds it while a person writes"
    );
    fs::write(p.path(".git/index.lock"), "sheaf").unwrap();
    assert!(p.repo.clean_up().unwrap().index_lock, "left behind by us");
    p.commit("Works again");
    p.assert_clean();
}

#[test]
fn a_lock_that_goes_away_is_waited_for() {
    let p = Project::with(&[("a", "1\n")]);
    p.edit(&[("a", "2\n")]);
    let lock = p.path(".git/index.lock");
    fs::write(&lock, "").unwrap();
    let release = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        fs::remove_file(lock).unwrap();
    });
    p.commit("Waited");
    release.join().unwrap();
    p.assert_clean();
}

#[test]
fn a_locked_branch_leaves_everything_as_it_was() {
    let p = Project::with(&[("a", "1\n")]);
    p.edit(&[("a", "2\n")]);
    let before = p.everything();
    fs::write(p.path(".git/refs/heads/main.lock"), "").unwrap();
    assert!(matches!(
        p.repo.commit(None, "x", &author()),
        Err(GitError::Busy(_))
    ));
    fs::remove_file(p.path(".git/refs/heads/main.lock")).unwrap();
    assert_eq!(p.everything(), before);
    p.assert_sound();
}

/// Edits a file while the merge is being computed.
struct Meddler<'a>(&'a Path);

impl FileMerge for Meddler<'_> {
    type Question = String;

    fn merge(&self, _: &ChangedFiles<'_, String>) -> Result<Settled<String>, GitError> {
        fs::write(self.0, "edited meanwhile\n").unwrap();
        Ok(Settled {
            claimed: ["a".to_owned(), "b".to_owned()].into(),
            files: ["a", "b"]
                .map(|path| (path.to_owned(), Some(b"merged\n".to_vec())))
                .into(),
            questions: Vec::new(),
        })
    }
}

#[test]
fn a_file_edited_between_plan_and_landing_is_not_overwritten() {
    let p = Project::with(&[("a", "1\n"), ("b", "1\n")]);
    p.branch("side");
    p.switch("side");
    p.edit(&[("a", "t\n"), ("b", "t\n")]);
    p.commit("Theirs");
    p.switch("main");
    p.edit(&[("a", "mine\n")]);
    let before = p.everything();
    let result = p
        .repo
        .switch_branch("side", SwitchMode::Carry, &Meddler(&p.path("b")));
    assert!(matches!(result, Err(GitError::ChangedMeanwhile { path }) if path == "b"));
    p.edit(&[("b", "1\n")]);
    assert_eq!(p.everything(), before);
    p.assert_sound();
}

#[test]
#[cfg(unix)]
fn no_program_of_the_repository_runs() {
    use std::os::unix::fs::PermissionsExt;
    let p = Project::with(&[
        ("a", "1\n"),
        (".gitattributes", "* filter=evil diff=evil merge=evil\n"),
    ]);
    let canary = p.root.join("../canary");
    let script = p.root.join("../evil.sh");
    fs::write(&script, format!("#!/bin/sh\ntouch '{}'\ncat\n", canary.display())).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    let run = script.to_string_lossy().into_owned();
    for key in [
        "core.fsmonitor",
        "core.sshCommand",
        "core.pager",
        "core.editor",
        "core.askPass",
        "core.hooksPath",
        "filter.evil.clean",
        "filter.evil.smudge",
        "filter.evil.process",
        "diff.external",
        "diff.evil.textconv",
        "diff.evil.command",
        "merge.evil.driver",
        "credential.helper",
        "gpg.program",
        "core.gitProxy",
    ] {
        p.repo.config_set(key, Some(&run)).unwrap();
    }
    p.repo.config_set("filter.evil.required", Some("true")).unwrap();
    p.repo.config_set("commit.gpgSign", Some("true")).unwrap();
    p.repo.config_set("core.hooksPath", None).unwrap();
    fs::create_dir_all(p.path(".git/hooks")).unwrap();
    for hook in [
        "pre-commit",
        "commit-msg",
        "post-commit",
        "post-checkout",
        "post-merge",
        "reference-transaction",
        "post-index-change",
        "pre-merge-commit",
        "prepare-commit-msg",
    ] {
        fs::copy(&script, p.path(".git/hooks").join(hook)).unwrap();
    }
    p.branch("side");
    p.edit(&[("a", "2\n")]);
    p.commit("Second");
    p.switch("side");
    p.edit(&[("b", "2\n")]);
    let side = p.commit("Side");
    p.switch("main");
    p.repo.merge(&side, "m", &author(), &Lines).unwrap();
    p.edit(&[("a", "3\n")]);
    p.repo.status().unwrap();
    p.repo.changes_between(None, &side).unwrap();
    p.repo.discard(None).unwrap();
    p.repo.undo(&NoMerge).unwrap();
    p.repo.clean_up().unwrap();
    assert!(!canary.exists());
    assert_eq!(p.text("a").unwrap(), "3\n");
}

#[test]
fn leftovers_are_cleared_away_when_they_are_old() {
    let p = Project::with(&[("d/a", "1\n")]);
    let leftovers = [
        ".git/objects/pack/pack_git2_0123",
        ".git/objects/pack/.tmp0123",
        ".sheaf-tmp-1-1",
        "d/.sheaf-tmp-1-2",
    ];
    for name in leftovers {
        p.edit(&[(name, "half")]);
    }
    assert_eq!(p.changes(), Vec::<String>::new());
    let cleaned = p.repo.clean_up().unwrap();
    assert_eq!((cleaned.packs, cleaned.files), (0, 0));
    for name in leftovers {
        make_old(&p.path(name));
    }
    let cleaned = p.repo.clean_up().unwrap();
    assert_eq!((cleaned.packs, cleaned.files), (2, 2));
    p.assert_clean();
}

#[test]
fn what_git_did_meanwhile_is_seen() {
    let p = Project::with(&[("a", "1\n")]);
    p.repo.status().unwrap();
    p.edit(&[("a", "2\n"), ("b", "2\n")]);
    p.git(&["add", "-A"]);
    p.git(&["commit", "-qm", "By git"]);
    p.assert_clean();
    p.git(&["rm", "-q", "--cached", "b"]);
    assert_eq!(p.changes(), Vec::<String>::new());
    p.git(&["checkout", "-q", "-b", "other"]);
    assert_eq!(p.repo.head().unwrap().branch(), Some("other"));
    p.git(&["mv", "a", "c"]);
    assert_eq!(p.changes(), ["D a", "A c"]);
    p.commit("Moved");
    p.assert_clean();
}

#[test]
fn a_repository_inside_is_left_alone() {
    let p = Project::with(&[("a", "1\n")]);
    p.git(&["init", "-q", "inner"]);
    p.edit(&[("inner/x", "1\n")]);
    p.git(&["-C", "inner", "add", "x"]);
    p.git(&["-C", "inner", "commit", "-qm", "Inner"]);
    assert_eq!(p.changes(), Vec::<String>::new());
    p.edit(&[("a", "2\n")]);
    p.commit("Beside it");
    p.repo.discard(None).unwrap();
    assert_eq!(p.git(&["ls-files"]), "a\n");
    assert_eq!(p.text("inner/x").unwrap(), "1\n");
}

#[test]
fn files_git_only_intends_to_add() {
    let p = Project::with(&[("a", "1\n")]);
    p.branch("side");
    p.edit(&[("new", "n\n")]);
    p.git(&["add", "--intent-to-add", "new"]);
    assert_eq!(p.changes(), ["A new"]);
    p.switch("side");
    assert_eq!(p.changes(), ["A new"]);
    p.commit("Added");
    p.assert_clean();
}

#[test]
fn git_knows_the_way_back() {
    let p = Project::with(&[("a", "1\n")]);
    p.branch("side");
    p.switch("side");
    p.git(&["switch", "-q", "-"]);
    assert_eq!(p.repo.head().unwrap().branch(), Some("main"));
}

/// All files look changed and are not: what the index remembers of them is out of date.
fn touch_all(p: &Project) {
    for name in p.files().keys() {
        make_old(&p.path(name));
    }
}

#[test]
fn who_reads_does_not_write_the_index() {
    let names: Vec<String> = (0..40).map(|n| format!("d/f{n}")).collect();
    let files: Vec<_> = names.iter().map(|n| (n.as_str(), "1\n")).collect();
    let p = Project::with(&files);
    touch_all(&p);
    let before = fs::read(p.path(".git/index")).unwrap();
    p.repo.status().unwrap();
    p.repo.work_paths(&|_| true).unwrap();
    assert!(fs::read(p.path(".git/index")).unwrap() == before);
    for round in 0..8 {
        touch_all(&p);
        let name = format!("new{round}");
        p.edit(&[(&name, "n\n")]);
        std::thread::scope(|s| {
            s.spawn(|| {
                let repo = sheaf_git::repository::Repo::open(&p.root).unwrap();
                for _ in 0..20 {
                    repo.status().unwrap();
                }
            });
            p.git(&["add", &name]);
        });
        p.git(&["ls-files", "--error-unmatch", &name]);
    }
}

#[test]
fn what_the_index_knows_of_files_is_renewed_under_the_lock() {
    let p = Project::with(&[("a", "1\n"), ("d/b", "1\n")]);
    touch_all(&p);
    // Plumbing, which unlike `git status` does not look into the files.
    let stale = || p.git(&["diff-files", "--name-only"]);
    assert_eq!(stale(), "a\nd/b\n");
    p.repo.clean_up().unwrap();
    assert_eq!(stale(), "");
    p.edit(&[("a", "2\n"), ("d/b", "2\n")]);
    p.commit("Second");
    p.repo.undo(&NoMerge).unwrap();
    p.repo.discard(None).unwrap();
    p.repo.undo(&NoMerge).unwrap();
    p.commit("Third");
    assert_eq!(stale(), "");
    touch_all(&p);
    fs::write(p.path(".git/index.lock"), "").unwrap();
    let before = fs::read(p.path(".git/index")).unwrap();
    p.repo.clean_up().unwrap();
    assert!(
        fs::read(p.path(".git/index")).unwrap() == before,
        "another program holds it"
    );
    fs::remove_file(p.path(".git/index.lock")).unwrap();
    p.assert_clean();
}
