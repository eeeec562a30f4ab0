//! Folders of the work tree in which nothing was found but files of the index and folders of such files. As long as their
//! times stay the same no name came or went, and they need not be listed again. Git's untracked cache does the same
//! (`gitformat-index`, "Untracked cache").

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use rustix::fd::OwnedFd;
use rustix::fs::{Stat, fstat};

/// Names that came later than this after the last one could hide in the clock's granularity.
const RACY: Duration = Duration::from_secs(2);

/// What was found.
pub(crate) struct FolderMemory {
    /// Hash of the paths in the index that was compared with.
    paths: [u8; 20],
    folders: HashMap<String, Whole>,
    pub(crate) clock: fn() -> SystemTime,
}

impl Default for FolderMemory {
    fn default() -> Self {
        Self {
            paths: [0; 20],
            folders: HashMap::new(),
            clock: SystemTime::now,
        }
    }
}

/// A folder that held nothing else.
struct Whole {
    state: FolderState,
    /// The folders in it, by path.
    below: Vec<String>,
}

/// How a folder looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct FolderState {
    number: u64,
    device: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl FolderMemory {
    /// What is remembered counts only as long as the index holds the same paths.
    pub(crate) fn is_about(&mut self, paths: [u8; 20]) {
        if self.paths != paths {
            self.folders.clear();
            self.paths = paths;
        }
    }

    /// The folders in `folder`, where it still holds what it did.
    pub(crate) fn below(&self, folder: &str, state: FolderState) -> Option<&[String]> {
        let whole = self.folders.get(folder)?;
        (whole.state == state).then_some(&whole.below)
    }

    /// Nothing was found in it but files of the index, and these folders.
    pub(crate) fn keep(&mut self, folder: &str, state: FolderState, below: Vec<String>) {
        if state.is_old((self.clock)()) {
            self.folders.insert(folder.to_owned(), Whole { state, below });
        }
    }
}

impl FolderState {
    /// How an open folder looks; `None` where its times do not tell of names that come and go.
    pub(crate) fn of(handle: &OwnedFd) -> Option<Self> {
        if !keeps_times(handle) {
            return None;
        }
        fstat(handle).ok().map(|stat| Self::of_stat(&stat))
    }

    #[allow(clippy::unnecessary_cast, reason = "systems have other types for them")]
    #[allow(clippy::cast_possible_wrap, reason = "parts of a second are small")]
    fn of_stat(stat: &Stat) -> Self {
        Self {
            number: stat.st_ino as u64,
            device: stat.st_dev as u64,
            modified: (stat.st_mtime as i64, stat.st_mtime_nsec as i64),
            changed: (stat.st_ctime as i64, stat.st_ctime_nsec as i64),
        }
    }

    /// Whether whatever happens from now on gives it other times.
    fn is_old(&self, now: SystemTime) -> bool {
        let last = self.modified.max(self.changed).0;
        let last = u64::try_from(last).map(|last| SystemTime::UNIX_EPOCH + Duration::from_secs(last + 1));
        last.is_ok_and(|last| now.duration_since(last).is_ok_and(|age| age > RACY))
    }
}

/// File systems of this computer that are known to give a folder a new time for each name that comes or goes. Of others, as
/// those over a network or for cameras, that is not known.
#[cfg(target_os = "linux")]
fn keeps_times(handle: &OwnedFd) -> bool {
    /// ext2 to ext4, XFS, Btrfs, F2FS, tmpfs, bcachefs (`statfs(2)`).
    const KNOWN: [u64; 6] = [
        0xEF53,
        0x5846_5342,
        0x9123_683E,
        0xF2F5_2010,
        0x0102_1994,
        0xCA45_1A4E,
    ];
    #[allow(clippy::cast_sign_loss, reason = "a number that names a kind")]
    rustix::fs::fstatfs(handle).is_ok_and(|fs| KNOWN.contains(&(fs.f_type as u64 & 0xFFFF_FFFF)))
}

#[cfg(not(target_os = "linux"))]
fn keeps_times(_: &OwnedFd) -> bool {
    false
}
