//! Locks of other programs: a moment's patience, then a word, and nothing has changed.

use std::fs;
use std::time::{Duration, Instant};

use crate::witness::{Work, assert_failed};

/// Each command ends with `busy` while the lock is there, nothing is touched, and it works once the lock is gone.
fn each_waits(lock: &str, commands: &[&[&str]]) {
    let work = Work::new();
    work.desk.git(&work.dir, &["branch", "side"]);
    work.desk.git(&work.dir, &["branch", "gone"]);
    work.desk.git(&work.dir, &["pack-refs", "--all"]);
    let lock = work.dir.join(".git").join(lock);
    let before = work.witness();
    fs::write(&lock, "another program").unwrap();
    for command in commands {
        let what = format!("{command:?}");
        let start = Instant::now();
        assert_failed(&work.sheaf(command), "busy", &what);
        assert!(
            start.elapsed() < Duration::from_secs(15),
            "{what}: {:?}",
            start.elapsed()
        );
        assert_eq!(fs::read(&lock).unwrap(), b"another program", "{what}");
        before.same(&work.desk, &what);
    }
    fs::remove_file(&lock).unwrap();
    before.untouched(&work.desk, "afterwards");
    for command in commands {
        work.desk.ok(&work.dir, command);
    }
}

#[test]
fn a_lock_of_the_index_stops_what_writes_files() {
    each_waits(
        "index.lock",
        &[
            &["commit", "-m", "Mine too"],
            &["branch", "switch", "side"],
            &["discard"],
        ],
    );
}

#[test]
fn a_lock_of_a_branch_stops_what_moves_it() {
    each_waits("refs/heads/main.lock", &[&["commit", "-m", "Mine too"]]);
    each_waits(
        "refs/heads/gone.lock",
        &[&["branch", "delete", "gone", "--force"]],
    );
}

#[test]
fn a_lock_of_head_stops_a_switch() {
    each_waits("HEAD.lock", &[&["branch", "switch", "side"]]);
}

#[test]
fn a_lock_of_the_packed_branches_stops_a_deletion() {
    each_waits("packed-refs.lock", &[&["branch", "delete", "gone", "--force"]]);
}

#[test]
fn a_lock_of_the_settings_stops_what_writes_them() {
    each_waits("config.lock", &[&["settings", "--author-name", "Dana Other"]]);
}

/// What a person saves while another window works waits for it, and is not lost.
#[test]
fn two_at_once_lose_nothing() {
    let work = Work::new();
    let names = ["One", "Two", "Three", "Four"];
    std::thread::scope(|scope| {
        for name in names {
            let work = &work;
            scope.spawn(move || work.desk.ok(&work.dir, &["add", "request", "Shipments", name]));
        }
    });
    let listed = work.desk.ok(&work.dir, &["list"]).to_string();
    for name in names {
        assert!(listed.contains(name), "{name} is lost: {listed}");
    }
    work.desk.ok(&work.dir, &["commit", "-m", "All four"]);
    work.desk.clean(&work.dir);
}
