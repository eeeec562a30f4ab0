//! Files of the work tree on their way to disk: written beside the places they are for, made durable together, and only
//! then put in place. So the disk is waited for once for many files, and until all of them are safe none has changed.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Error, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::error::{GitError, io};
use crate::parallel::at_once;
use crate::repository::TEMP_PREFIX;

static NEXT: AtomicU64 = AtomicU64::new(0);

/// A file beside its place. It goes when this is dropped.
#[derive(Debug)]
pub(crate) struct Staged {
    file: File,
    temp: PathBuf,
    target: PathBuf,
    synced: AtomicBool,
    placed: AtomicBool,
}

impl Staged {
    /// Writes a new file beside `target`.
    pub(crate) fn write(target: &Path, bytes: &[u8], executable: bool) -> Result<Self, GitError> {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let temp = target.with_file_name(format!("{TEMP_PREFIX}{}-{number}", std::process::id()));
        let file = create(&temp, executable).map_err(|e| io(target, e))?;
        let mut staged = Self {
            file,
            temp,
            target: target.to_owned(),
            synced: AtomicBool::new(false),
            placed: AtomicBool::new(false),
        };
        staged.file.write_all(bytes).map_err(|e| io(target, e))?;
        Ok(staged)
    }

    /// Waits until it survives a power cut.
    pub(crate) fn sync(&self) -> Result<(), GitError> {
        if !self.synced.load(Ordering::Relaxed) {
            self.file.sync_all().map_err(|e| io(&self.target, e))?;
            self.synced.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Puts it in place of whatever file is there, in one step where it was waited for.
    ///
    /// Where not, the old file goes first: ext4 and others begin at once to write a file to the disk that replaces another,
    /// each by itself (`auto_da_alloc` in ext4's documentation). A crash in between leaves no file there, and what the
    /// operation noted before leads back to the old one.
    pub(crate) fn place(&self) -> Result<(), GitError> {
        if !self.synced.load(Ordering::Relaxed) {
            match fs::remove_file(&self.target) {
                Err(e) if e.kind() != ErrorKind::NotFound => return Err(io(&self.target, e)),
                _ => {}
            }
        }
        fs::rename(&self.temp, &self.target).map_err(|e| io(&self.target, e))?;
        self.placed.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Where it is going to be.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if !self.placed.load(Ordering::Relaxed) {
            let _ = fs::remove_file(&self.temp);
        }
    }
}

/// Waits until these survive a power cut.
pub(crate) fn sync(files: &[&Staged]) -> Result<(), GitError> {
    at_once(files, |staged| staged.sync()).map(drop)
}

/// Waits until what happened to the names in these folders survives a power cut.
pub(crate) fn sync_folders(folders: BTreeSet<PathBuf>) -> Result<(), GitError> {
    let folders: Vec<_> = folders.into_iter().collect();
    at_once(&folders, |folder| match sync_folder(folder) {
        // One that became empty has gone.
        Err(e) if folder.exists() => Err(io(folder, e)),
        _ => Ok(()),
    })
    .map(drop)
}

/// Waits until what happened to the names in a folder survives a power cut.
#[cfg(unix)]
pub(crate) fn sync_folder(folder: &Path) -> Result<(), Error> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
#[allow(
    clippy::unnecessary_wraps,
    reason = "where a folder can be waited for this may fail"
)]
pub(crate) fn sync_folder(_folder: &Path) -> Result<(), Error> {
    // The system keeps names by itself, and lets nobody wait for that.
    Ok(())
}

/// Makes a file that is not there yet.
pub(crate) fn create(place: &Path, executable: bool) -> Result<File, Error> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(if executable { 0o777 } else { 0o666 });
    }
    #[cfg(not(unix))]
    let _ = executable;
    options.open(place)
}
