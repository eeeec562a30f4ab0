//! Files that an index may hide: they may have changed since without looking so, as their time cannot tell.

use std::fs;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use git2::{Index, IndexEntry};

use crate::error::GitError;

/// When a file was written, since 1970; `None` where there is none.
pub(crate) fn written(path: &Path) -> Option<Duration> {
    let modified = fs::metadata(path).and_then(|meta| meta.modified()).ok()?;
    Some(modified.duration_since(UNIX_EPOCH).unwrap_or_default())
}

/// Was the file written no earlier than the index? Some systems keep whole seconds only. Both are times since 1970.
pub(crate) fn is_as_young(modified: Duration, written: Duration) -> bool {
    match modified.subsec_nanos() {
        0 => modified.as_secs() >= written.as_secs(),
        _ => modified >= written,
    }
}

/// Could the file have changed, and look as if it had not to who reads an index that is younger than `written`?
pub(crate) fn may_hide(work_dir: &Path, path: &str, modified: Duration, written: Duration) -> bool {
    is_as_young(modified, written) || changed_in_that_second(work_dir, path, modified, written)
}

/// Has the file changed in the second in which the index was written, by what the disk says? Git as most systems have it
/// compares whole seconds (its `USE_NSEC`): it reads such a file, until the index is younger.
pub(crate) fn changed_in_that_second(
    work_dir: &Path,
    path: &str,
    modified: Duration,
    written: Duration,
) -> bool {
    if modified.as_secs() != written.as_secs() {
        return false;
    }
    let now = fs::symlink_metadata(work_dir.join(path)).and_then(|meta| meta.modified());
    now.is_ok_and(|now| now.duration_since(UNIX_EPOCH).unwrap_or_default() != modified)
}

/// The time that an entry knows of its file.
pub(crate) fn modified(entry: &IndexEntry) -> Duration {
    let seconds = u64::try_from(entry.mtime.seconds()).unwrap_or(0);
    Duration::new(seconds, entry.mtime.nanoseconds())
}

/// Takes the size from the entries that `hides` says it of, so that everybody reads these files (Git's `racy-git`
/// documentation). Says whether there was one.
pub(crate) fn forget(index: &mut Index, hides: impl Fn(&IndexEntry) -> bool) -> Result<bool, GitError> {
    let hidden: Vec<IndexEntry> = index.iter().filter(hides).collect();
    let any = !hidden.is_empty();
    for mut entry in hidden {
        entry.file_size = 0;
        index.add(&entry)?;
    }
    Ok(any)
}
