//! Disks that are full, that fail, and that may only be read.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::chance::{Chance, moments, seed};
use crate::moment::{can_count, run_failing};
use crate::operation::{self, Operation};
use crate::state::{Left, between, leftovers, make_old};
use crate::support::{Ran, ran};
use crate::trial::Trial;

/// More room than anything here needs.
const ROOM: &str = "size=64m";
/// Bytes are given away by so many.
const PAGE: u64 = 4096;
/// Where there are so many pages, all of these operations come to their end.
const ENOUGH: u64 = 40;

/// A mounted folder; it goes with this.
struct Mount(PathBuf);

impl Mount {
    /// None where whoever runs the tests may not mount.
    fn new(arguments: &[&str], at: &Path) -> Option<Self> {
        let done = Command::new("mount").args(arguments).arg(at).output().ok()?;
        if !done.status.success() {
            let said = String::from_utf8_lossy(&done.stderr);
            eprintln!("skipped, as nothing can be mounted here: {said}");
            return None;
        }
        Some(Self(at.to_owned()))
    }

    fn again(&self, options: &str) {
        let options = format!("remount,{options}");
        let done = Command::new("mount").args(["-o", &options]).arg(&self.0).status();
        assert!(done.unwrap().success());
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

impl Trial {
    /// The project as it was at first, on a disk of its own.
    fn mounted(&self) -> Option<Mount> {
        self.scene.again();
        let aside = self.scene.desk.path("aside");
        fs::rename(&self.scene.dir, &aside).unwrap();
        fs::create_dir(&self.scene.dir).unwrap();
        let mount = Mount::new(&["-t", "tmpfs", "-o", ROOM, "tmpfs"], &self.scene.dir)?;
        let copied = Command::new("cp")
            .arg("-a")
            .arg(aside.join("."))
            .arg(&self.scene.dir)
            .status();
        assert!(copied.unwrap().success());
        fs::remove_dir_all(&aside).unwrap();
        Some(mount)
    }

    fn once(&self) -> Ran {
        ran(self.operation.command(&self.scene), None)
    }

    /// It ended in success or in a word; once the disk is well again the project is as before or as after, and it works.
    /// What failed and was told so did not happen, unless the disk was of no use any more: whoever recovers decides then.
    fn settle(&self, ended: &Ran, is_sure: bool, what: &str) -> Left {
        let said = (
            ended.code(),
            ended.json["error"]["message"].as_str().unwrap_or_default(),
        );
        let is_told = ended.status == 0 || ended.status == 1 && !said.0.is_empty() && !said.1.is_empty();
        assert!(
            is_told,
            "{what}: {}: {}{}",
            ended.status, ended.stdout, ended.stderr
        );
        self.ok(&["open", "."], what);
        let left = leftovers(&self.scene);
        make_old(&left);
        self.ok(&["open", "."], what);
        assert_eq!(leftovers(&self.scene), Vec::<PathBuf>::new(), "{what}");
        let dir = &self.scene.dir;
        self.scene.desk.git(dir, &["fsck", "--strict", "--no-dangling"]);
        let now = self.eye.state(&self.scene);
        let left = between(&self.before, &self.after, &now, self.operation.alone)
            .unwrap_or_else(|told| panic!("{what}: {}: {told}", ended.stdout));
        match ended.status {
            0 => assert_eq!(left, Left::After, "{what}: {}", ended.stdout),
            _ if is_sure => assert_eq!(left, Left::Before, "{what}: {}", ended.stdout),
            _ => {}
        }
        if left == Left::Before {
            self.ok(self.operation.arguments, what);
            let now = self.eye.state(&self.scene);
            let ended = between(&self.before, &self.after, &now, self.operation.alone);
            assert_eq!(ended, Ok(Left::After), "{what}");
        }
        self.ok(&["add", "request", "Parcel Tracking API", "The next"], what);
        left
    }
}

/// A disk that has so many pages left, from none to enough.
fn fill(operation: Operation) {
    let on_disk = Trial::new(operation);
    let mut chance = Chance::new("disk");
    let (mut before, mut after) = (0, 0);
    for pages in chance.spread(moments(), ENOUGH) {
        let pages = pages - 1;
        let what = format!("{}, {pages} pages left, seed {}", on_disk.operation.name, seed());
        let Some(mount) = on_disk.mounted() else { return };
        let used = used(&on_disk.scene.dir);
        mount.again(&format!("size={}", used + pages * PAGE));
        let ended = on_disk.once();
        mount.again(ROOM);
        match on_disk.settle(&ended, true, &what) {
            Left::Before => before += 1,
            Left::After => after += 1,
        }
    }
    eprintln!("{}: {before} before, {after} after", on_disk.operation.name);
}

fn used(mount: &Path) -> u64 {
    let told = Command::new("df")
        .args(["-B1", "--output=used"])
        .arg(mount)
        .output()
        .unwrap();
    let text = String::from_utf8(told.stdout).unwrap();
    text.lines().last().unwrap().trim().parse().unwrap()
}

#[test]
fn a_full_disk() {
    for operation in [
        operation::SAVE,
        operation::COMMIT,
        operation::SWITCH,
        operation::PULL,
        operation::UNDO,
        operation::DISCARD,
        operation::SETTINGS,
    ] {
        fill(operation);
    }
}

/// From some call on, or in one call alone, the disk fails.
#[test]
fn a_disk_that_fails() {
    if !can_count() {
        return;
    }
    for operation in [
        operation::SAVE,
        operation::COMMIT,
        operation::SWITCH,
        operation::PULL,
        operation::DISCARD,
        operation::SETTINGS,
    ] {
        let on_disk = Trial::new(operation);
        let mut chance = Chance::new(on_disk.operation.name);
        for (round, call) in chance
            .spread(moments(), on_disk.life.calls)
            .into_iter()
            .enumerate()
        {
            let and_all_after = round % 2 == 0;
            let name = on_disk.operation.name;
            let what = format!("{name}, changing call {call} fails, all after it {and_all_after}");
            on_disk.scene.again();
            let ended = run_failing(&on_disk.operation.command(&on_disk.scene), call, and_all_after);
            on_disk.settle(&ended, !and_all_after, &what);
        }
    }
}

/// Everything, a folder or a single file may only be read.
#[test]
fn what_may_only_be_read() {
    for operation in [
        operation::SAVE,
        operation::COMMIT,
        operation::SWITCH,
        operation::MERGE,
        operation::DISCARD,
    ] {
        let on_disk = Trial::new(operation);
        for part in [
            "",
            ".git",
            ".git/objects",
            ".git/refs/heads",
            ".git/sheaf",
            ".insomnia/Request",
            "docs/d1",
            ".git/index",
            ".git/HEAD",
            ".git/refs/heads/main",
            crate::support::REQUEST,
        ] {
            let what = format!("{}, {part:?} may only be read", on_disk.operation.name);
            on_disk.scene.again();
            let place = on_disk.scene.dir.join(part);
            if !place.exists() {
                continue;
            }
            let Some(mount) = Mount::new(&["--bind", &place.to_string_lossy()], &place) else {
                return;
            };
            mount.again("bind,ro");
            let ended = on_disk.once();
            drop(mount);
            on_disk.settle(&ended, true, &what);
        }
    }
}
