//! The process is killed in the middle of its work.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use sheaf_git::file_merge::Answers;
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
            repo.switch_branch(name, SwitchMode::Carry, &NoMerge, &Answers::new())
                .unwrap();
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
        let leftovers = p.files().keys().filter(|f| f.contains(".sheaf-tmp-")).count();
        assert!(leftovers <= usize::try_from(round).unwrap() + 1);
        for (path, _) in p.files().into_iter().filter(|(f, _)| f.contains(".sheaf-tmp-")) {
            fs::remove_file(p.path(&path)).unwrap();
        }
        p.assert_sound();
    }
    assert!(recovered > 0);
    eprintln!("killed 12 times, {recovered} times in the middle of an operation");
}
