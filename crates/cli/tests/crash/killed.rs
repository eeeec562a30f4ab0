//! The process is killed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::chance::{Chance, moments, seed};
use crate::moment::{Moment, can_count, run_until};
use crate::operation::{self, Operation, command, command_in};
use crate::report::Tally;
use crate::state::{Left, between, differences, leftovers, make_old};
use crate::trial::{Trial, finish};

/// Of so many crashes one is followed by another, in the recovery.
const TWICE: usize = 4;

impl Trial {
    /// Most by changing calls, each of them before one comes twice, the others by the clock.
    fn moments(&self) -> Vec<Moment> {
        let mut chance = Chance::new(self.operation.name);
        let by_call = if can_count() { moments() * 3 / 4 } else { 0 };
        let calls = chance.spread(by_call, self.life.calls);
        let mut all: Vec<Moment> = calls.into_iter().map(Moment::Call).collect();
        let whole = u64::try_from(self.life.time.as_micros()).unwrap();
        while all.len() < moments() {
            let time = chance.below(whole + whole / 8);
            all.push(Moment::After(Duration::from_micros(time)));
        }
        all
    }

    fn kill_at_moments(&self) {
        let mut tally = Tally::default();
        let mut chance = Chance::new("recovery");
        for (round, moment) in self.moments().into_iter().enumerate() {
            let what = format!("{}, {moment}, seed {}", self.operation.name, seed());
            self.scene.again();
            let killed = run_until(&mut self.operation.command(&self.scene), moment);
            let left = leftovers(&self.scene);
            if round % TWICE == 0 && !left.is_empty() && self.scene.dir.exists() && can_count() {
                let again = Moment::Call(1 + chance.below(self.life.calls / 2));
                run_until(&mut command(&self.scene, &["open", "."]), again);
            }
            let ended = self.restart(&what);
            match ended {
                Left::Before => tally.before += 1,
                Left::After => tally.after += 1,
            }
            tally.recovered += usize::from(!left.is_empty());
            tally.too_late += usize::from(!killed);
            tally.by_call += usize::from(matches!(moment, Moment::Call(_)));
            self.go_on(ended, &what);
        }
        tally.tell(self.operation.name);
    }

    /// Whoever opens the project later finds nothing half done.
    fn restart(&self, what: &str) -> Left {
        if self.operation.makes_project {
            return if self.scene.dir.exists() {
                assert_eq!(
                    differences(&self.eye.state(&self.scene), &self.after),
                    [""; 0],
                    "{what}"
                );
                Left::After
            } else {
                Left::Before
            };
        }
        self.ok(&["open", "."], what);
        let left = leftovers(&self.scene);
        let of_others = |path: &Path| {
            let path = path.to_string_lossy();
            path.contains("/.git/objects/") || path.contains("/whole-objects.")
        };
        let own: Vec<_> = left.iter().filter(|path| !of_others(path)).collect();
        assert!(own.is_empty(), "{what}: left {own:?}");
        // What another program may still be writing, as one that only reads does, goes once it is old.
        make_old(&left);
        if !left.is_empty() {
            self.ok(&["open", "."], what);
        }
        self.nothing_left(what);
        let dir = &self.scene.dir;
        self.scene.desk.git(dir, &["fsck", "--strict", "--no-dangling"]);
        between(
            &self.before,
            &self.after,
            &self.eye.state(&self.scene),
            self.operation.alone,
        )
        .unwrap_or_else(|told| panic!("{what}: {told}"))
    }

    /// What did not happen can be done now, and then the next thing.
    fn go_on(&self, left: Left, what: &str) {
        if left == Left::Before {
            finish(self.operation.command(&self.scene), what);
            let now = self.eye.state(&self.scene);
            let differ = differences(&now, &self.after);
            assert!(
                differ.is_empty(),
                "{what}: done again it is not the same: {differ:?}"
            );
        }
        if self.operation.makes_project {
            let arguments = self.scene.desk.clone_arguments("another");
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            finish(command_in(&self.scene, self.scene.desk.home(), &arguments), what);
        }
        self.ok(&["add", "request", "Parcel Tracking API", "The next"], what);
        self.nothing_left(what);
    }

    #[track_caller]
    fn nothing_left(&self, what: &str) {
        assert_eq!(leftovers(&self.scene), Vec::<PathBuf>::new(), "{what}");
    }
}

fn kill(operation: Operation) {
    Trial::new(operation).kill_at_moments();
}

#[test]
fn a_save() {
    kill(operation::SAVE);
}

#[test]
fn a_commit() {
    kill(operation::COMMIT);
}

#[test]
fn a_commit_of_a_part() {
    kill(operation::COMMIT_PART);
}

#[test]
fn an_amendment() {
    kill(operation::AMEND);
}

#[test]
fn a_switch() {
    kill(operation::SWITCH);
}

#[test]
fn a_switch_of_many_files() {
    kill(operation::SWITCH_FAR);
}

#[test]
fn a_switch_that_parks() {
    kill(operation::PARK);
}

#[test]
fn a_new_name_of_a_branch() {
    kill(operation::RENAME_BRANCH);
}

#[test]
fn a_merge() {
    kill(operation::MERGE);
}

#[test]
fn a_merge_that_waited() {
    kill(operation::LAND);
}

#[test]
fn a_clone() {
    kill(operation::CLONE);
}

#[test]
fn a_fetch() {
    kill(operation::FETCH);
}

#[test]
fn a_pull() {
    kill(operation::PULL);
}

#[test]
fn a_pull_by_rebase() {
    kill(operation::REBASE);
}

#[test]
fn a_push() {
    kill(operation::PUSH);
}

#[test]
fn an_undo() {
    kill(operation::UNDO);
}

#[test]
fn a_redo() {
    kill(operation::REDO);
}

#[test]
fn a_discard() {
    kill(operation::DISCARD);
}

#[test]
fn a_removal() {
    kill(operation::REMOVE);
}

#[test]
fn settings() {
    kill(operation::SETTINGS);
}
