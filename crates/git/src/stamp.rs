//! How a file looks from outside. As long as that stays the same its content does, too.

use std::fs::Metadata;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// Younger than this, a second write could hide in the clock's granularity: two seconds on FAT. Git calls it racy.
const RACY: Duration = Duration::from_secs(2);

/// Size, times and number of a file on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    modified: Option<SystemTime>,
    size: u64,
    /// Number of the file, seconds and nanoseconds of the last change of its properties; zero where there is no such
    /// thing.
    unique: (u64, i64, i64),
}

impl Stamp {
    /// From what the system says.
    pub(crate) fn of(meta: &Metadata) -> Self {
        Self {
            modified: meta.modified().ok(),
            size: meta.len(),
            unique: unique(meta),
        }
    }

    /// Of a file somewhere else than in the work tree; `None` where there is none.
    pub fn at(file: &Path) -> Option<Self> {
        Some(Self::of(&file.symlink_metadata().ok()?))
    }

    /// The same from another call.
    #[cfg(unix)]
    #[allow(
        clippy::unnecessary_cast,
        clippy::cast_lossless,
        reason = "systems have other types for them"
    )]
    #[allow(
        clippy::cast_sign_loss,
        clippy::cast_possible_wrap,
        reason = "none of them is out of range"
    )]
    pub(crate) fn of_stat(stat: &rustix::fs::Stat) -> Self {
        let since = |seconds: i64, nanos: i64| {
            let nanos = Duration::from_nanos(u64::try_from(nanos).unwrap_or_default());
            match u64::try_from(seconds) {
                Ok(seconds) => SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds) + nanos),
                Err(_) => SystemTime::UNIX_EPOCH
                    .checked_sub(Duration::from_secs(seconds.unsigned_abs()))
                    .and_then(|time| time.checked_add(nanos)),
            }
        };
        Self {
            modified: since(stat.st_mtime as i64, stat.st_mtime_nsec as i64),
            size: stat.st_size as u64,
            unique: (
                stat.st_ino as u64,
                stat.st_ctime as i64,
                stat.st_ctime_nsec as i64,
            ),
        }
    }

    /// Whether the file may have changed after a look at `looked` without looking so.
    pub fn is_racy(&self, looked: SystemTime) -> bool {
        let age = self
            .modified
            .and_then(|modified| looked.duration_since(modified).ok());
        age.is_none_or(|age| age < RACY)
    }
}

#[cfg(unix)]
fn unique(meta: &Metadata) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (meta.ino(), meta.ctime(), meta.ctime_nsec())
}

#[cfg(not(unix))]
fn unique(_meta: &Metadata) -> (u64, i64, i64) {
    (0, 0, 0)
}
