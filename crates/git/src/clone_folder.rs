//! The hidden folder in which a clone grows, and what becomes of it.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::error::{GitError, io};

const PREFIX: &str = ".sheaf-clone-";
/// Locked while the program that made it lives, so that its folder is not taken for a leftover.
const MARKER: &str = "marker";
const NEW_MARKER: &str = "marker.new";
const WORK: &str = "work";

static COUNTER: AtomicU32 = AtomicU32::new(0);

/// Removes itself, and the parents it made, unless it was moved to its target.
pub(crate) struct CloneFolder {
    folder: PathBuf,
    target: PathBuf,
    marker: Option<File>,
    /// The topmost folder that did not exist before.
    made: Option<PathBuf>,
}

impl CloneFolder {
    /// Makes the folder beside a target that does not exist or is empty.
    pub(crate) fn beside(target: &Path) -> Result<Self, GitError> {
        if !is_free(target)? {
            return Err(GitError::TargetExists(target.to_owned()));
        }
        let target = std::path::absolute(target).map_err(|e| io(target, e))?;
        let Some(parent) = target.parent() else {
            return Err(GitError::TargetExists(target));
        };
        let made = topmost_missing(parent);
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        let name = format!(
            "{PREFIX}{}-{}-{number}",
            std::process::id(),
            crate::event::now_ms()
        );
        let folder = parent.join(name);
        let mut this = Self {
            folder,
            target,
            marker: None,
            made,
        };
        this.create()?;
        Ok(this)
    }

    fn create(&mut self) -> Result<(), GitError> {
        fs::create_dir_all(self.work()).map_err(|e| io(&self.folder, e))?;
        let path = self.folder.join(MARKER);
        let new = self.folder.join(NEW_MARKER);
        let marker = File::create_new(&new).map_err(|e| io(&new, e))?;
        marker.lock().map_err(|e| io(&new, e))?;
        // Under its name it is locked from the first moment on, or another clone could take this one for dead.
        fs::rename(&new, &path).map_err(|e| io(&path, e))?;
        self.marker = Some(marker);
        Ok(())
    }

    /// Where the clone grows.
    pub(crate) fn work(&self) -> PathBuf {
        self.folder.join(WORK)
    }

    /// Moves the clone to its target. No handle may be open within.
    pub(crate) fn finish(mut self) -> Result<PathBuf, GitError> {
        if !is_free(&self.target)? {
            return Err(GitError::TargetExists(self.target.clone()));
        }
        let empty_before = self.target.is_dir();
        if empty_before {
            fs::remove_dir(&self.target).map_err(|e| io(&self.target, e))?;
        }
        if let Err(error) = rename(&self.work(), &self.target) {
            if empty_before {
                let _ = fs::create_dir(&self.target);
            }
            return Err(io(&self.target, error));
        }
        self.made = None;
        Ok(self.target.clone())
    }
}

impl Drop for CloneFolder {
    fn drop(&mut self) {
        drop(self.marker.take());
        remove(&self.folder);
        // Only folders that are empty again go; somebody may have put something into them meanwhile.
        let Some(made) = &self.made else { return };
        let mut folder = self.folder.parent();
        while let Some(path) = folder.filter(|path| path.starts_with(made)) {
            if fs::remove_dir(path).is_err() {
                return;
            }
            folder = path.parent();
        }
    }
}

/// Removes what clones that were killed left in a folder. Those of a running program stay.
pub fn remove_stale_clones(parent: &Path) -> Result<usize, GitError> {
    let mut removed = 0;
    for entry in fs::read_dir(parent).map_err(|e| io(parent, e))?.flatten() {
        let folder = entry.path();
        let ours = entry.file_name().to_string_lossy().starts_with(PREFIX)
            && entry.file_type().is_ok_and(|kind| kind.is_dir());
        if ours && is_stale(&folder) {
            remove(&folder);
            removed += usize::from(!folder.exists());
        }
    }
    Ok(removed)
}

/// A folder without a marker is not ours, or its clone has not got so far: it stays unless the program that made it has
/// ended.
fn is_stale(folder: &Path) -> bool {
    let path = folder.join(MARKER);
    if !fs::symlink_metadata(&path).is_ok_and(|m| m.is_file()) {
        return is_just_made(folder) && has_ended(folder);
    }
    let Ok(marker) = File::options().write(true).open(path) else {
        return false;
    };
    !matches!(
        marker.try_lock(),
        Err(TryLockError::WouldBlock | TryLockError::Error(_))
    )
}

/// Whether there is nothing in it but what comes before the marker.
fn is_just_made(folder: &Path) -> bool {
    let is_empty = |folder: &Path| fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    fs::read_dir(folder).is_ok_and(|entries| {
        entries.flatten().all(|entry| {
            entry.file_name() == NEW_MARKER || entry.file_name() == WORK && is_empty(&entry.path())
        })
    })
}

/// Whether no program has the number that is in the folder's name.
#[cfg(unix)]
fn has_ended(folder: &Path) -> bool {
    use rustix::process::{Pid, test_kill_process};

    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let mut numbers = name
        .strip_prefix(PREFIX)
        .unwrap_or_default()
        .split('-')
        .map(str::parse::<u64>);
    let (Some(Ok(process)), Some(Ok(_)), Some(Ok(_)), None) =
        (numbers.next(), numbers.next(), numbers.next(), numbers.next())
    else {
        return false;
    };
    let process = i32::try_from(process).ok().and_then(Pid::from_raw);
    process.is_some_and(|process| test_kill_process(process) == Err(rustix::io::Errno::SRCH))
}

/// Nothing tells here.
#[cfg(not(unix))]
fn has_ended(_folder: &Path) -> bool {
    false
}

fn is_free(target: &Path) -> Result<bool, GitError> {
    match fs::symlink_metadata(target) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(e) => Err(io(target, e)),
        Ok(meta) if !meta.is_dir() => Ok(false),
        Ok(_) => Ok(fs::read_dir(target).map_err(|e| io(target, e))?.next().is_none()),
    }
}

fn topmost_missing(folder: &Path) -> Option<PathBuf> {
    folder
        .ancestors()
        .take_while(|path| !path.exists())
        .last()
        .map(Path::to_owned)
}

/// Where programs scan new files, a folder is sometimes held for a moment.
fn rename(from: &Path, to: &Path) -> std::io::Result<()> {
    patiently(|| fs::rename(from, to))
}

/// Packs are read-only, which some systems do not remove at once.
fn remove(folder: &Path) {
    let removed = patiently(|| match fs::remove_dir_all(folder) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
        other => other,
    });
    if let Err(error) = removed {
        log::warn!("{} could not be removed: {error}", folder.display());
    }
}

fn patiently(action: impl Fn() -> std::io::Result<()>) -> std::io::Result<()> {
    for wait in [20, 80] {
        if action().is_ok() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(wait));
    }
    action()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{CloneFolder, MARKER, PREFIX, remove_stale_clones};
    use crate::error::GitError;

    #[test]
    fn what_is_not_finished_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let folder = CloneFolder::beside(&dir.path().join("a/b/c")).unwrap();
        fs::write(folder.work().join("file"), "x").unwrap();
        drop(folder);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_is_finished_is_all_that_stays() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("a/b");
        let folder = CloneFolder::beside(&target).unwrap();
        fs::write(folder.work().join("file"), "x").unwrap();
        folder.finish().unwrap();
        assert_eq!(fs::read_dir(dir.path().join("a")).unwrap().count(), 1);
        assert!(target.join("file").exists());
    }

    #[test]
    fn a_folder_with_something_in_it_is_no_target() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("file"), "x").unwrap();
        assert!(matches!(
            CloneFolder::beside(dir.path()),
            Err(GitError::TargetExists(_))
        ));
        assert!(matches!(
            CloneFolder::beside(&dir.path().join("file")),
            Err(GitError::TargetExists(_))
        ));
    }

    #[test]
    #[cfg(unix)]
    fn a_clone_that_ended_before_its_mark_is_a_leftover() {
        let dir = tempfile::tempdir().unwrap();
        let mut ended = std::process::Command::new("true").spawn().unwrap();
        ended.wait().unwrap();
        let folder = |process: u32, number: u32| dir.path().join(format!("{PREFIX}{process}-1-{number}"));
        let dead = [folder(ended.id(), 0), folder(ended.id(), 1)];
        let alive = folder(std::process::id(), 0);
        let with_work = folder(ended.id(), 2);
        for folder in [&dead[0], &dead[1], &alive, &with_work] {
            fs::create_dir_all(folder.join("work")).unwrap();
        }
        fs::write(dead[1].join("marker.new"), "").unwrap();
        fs::write(with_work.join("work/file"), "").unwrap();
        assert_eq!(remove_stale_clones(dir.path()).unwrap(), 2);
        assert!(alive.exists() && with_work.exists());
    }

    #[test]
    fn only_leftovers_are_removed() {
        let dir = tempfile::tempdir().unwrap();
        let alive = CloneFolder::beside(&dir.path().join("x")).unwrap();
        let dead = dir.path().join(format!("{PREFIX}1-1-1"));
        fs::create_dir_all(dead.join("work")).unwrap();
        fs::write(dead.join(MARKER), "").unwrap();
        fs::create_dir(dir.path().join(format!("{PREFIX}of-somebody-else"))).unwrap();
        assert_eq!(remove_stale_clones(dir.path()).unwrap(), 1);
        assert!(!dead.exists() && alive.work().exists());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
    }
}
