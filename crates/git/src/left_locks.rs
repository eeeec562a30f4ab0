//! Locks on branches and settings that a process of ours left when it was killed. No program can tell whose they are by
//! looking at them, but whoever finds that the last Sheaf at work died knows that they may be its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::own_files;
use crate::repository::Repo;

/// A program that lives holds the lock of a ref, and a half-written file of ours, for a moment only.
const ALIVE: Duration = Duration::from_millis(300);
/// Deeper than any branch is.
const DEEPEST: usize = 64;

impl Repo {
    /// Removes them; what a program that lives holds goes away by itself meanwhile. `index.lock` is not among them: git
    /// holds it as long as a person writes a message, and ours is marked.
    pub(crate) fn remove_left_locks(&self) {
        wait_and_remove(self.left_locks());
    }

    /// Locks that are in one place each.
    pub(crate) fn single_locks(&self) -> Vec<PathBuf> {
        let names = ["HEAD.lock", "packed-refs.lock", "config.lock"];
        let folders = [self.git_dir(), self.git.commondir()];
        folders
            .into_iter()
            .flat_map(|folder| names.map(|name| folder.join(name)))
            .collect()
    }

    fn left_locks(&self) -> Vec<PathBuf> {
        let mut found = self.single_locks();
        for folder in [self.git_dir(), self.git.commondir()] {
            locks_below(&folder.join("refs"), DEEPEST, &mut found);
        }
        if let Ok(own) = self.own_dir() {
            let names = entries(&own).filter(|path| is_half_written(path));
            found.extend(names);
        }
        found
    }
}

/// Waits for those that are somebody's, and removes the others.
pub(crate) fn wait_and_remove(paths: Vec<PathBuf>) {
    let there = |path: &PathBuf| fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file());
    let left: Vec<_> = paths.into_iter().filter(there).collect();
    let end = Instant::now() + ALIVE;
    while left.iter().any(there) && Instant::now() < end {
        sleep(Duration::from_millis(10));
    }
    for path in left.iter().filter(|path| there(path)) {
        match fs::remove_file(path) {
            Ok(()) => log::info!("{} was left by a crash and is removed", path.display()),
            Err(error) => log::warn!("{} was left by a crash and stays: {error}", path.display()),
        }
    }
}

fn is_half_written(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(own_files::TEMP) || name.ends_with(".lock")
}

fn locks_below(folder: &Path, deepest: usize, found: &mut Vec<PathBuf>) {
    for path in entries(folder) {
        let Ok(meta) = fs::symlink_metadata(&path) else {
            continue;
        };
        if meta.is_dir() && deepest > 0 {
            locks_below(&path, deepest - 1, found);
        } else if path.extension().is_some_and(|end| end == "lock") {
            found.push(path);
        }
    }
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path())
}
