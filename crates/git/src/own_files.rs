//! Our own files below `.git`. They may have come with the repository, from a stranger: nothing is written through a
//! link, and nothing that is not a plain file is opened.

use std::fs::{self, File, Metadata};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::{GitError, io};
use crate::repository::Repo;

/// How the names of half-written files end.
pub(crate) const TEMP: &str = ".tmp";

static NEXT: AtomicU64 = AtomicU64::new(0);

impl Repo {
    /// Where our own files are, whether or not there is one.
    pub fn own_dir_path(&self) -> PathBuf {
        self.git.commondir().join("sheaf")
    }

    /// Folder of our own files in the common `.git` folder; made where missing.
    pub(crate) fn own_dir(&self) -> Result<PathBuf, GitError> {
        let dir = self.own_dir_path();
        match fs::create_dir(&dir) {
            Err(e) if e.kind() != ErrorKind::AlreadyExists => return Err(io(&dir, e)),
            _ => {}
        }
        match fs::symlink_metadata(&dir) {
            Ok(meta) if meta.is_dir() => Ok(dir),
            Ok(_) => Err(GitError::Unsupported(".git/sheaf is not a folder".to_owned())),
            Err(e) => Err(io(&dir, e)),
        }
    }
}

/// Puts a file with these bytes at `path`; a link there is replaced, not followed.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), GitError> {
    let temp = write_new_beside(path, bytes)?;
    fs::rename(&temp, path).map_err(|e| {
        let _ = fs::remove_file(&temp);
        io(path, e)
    })
}

/// The same, and the bytes survive a power cut.
pub(crate) fn write_durably(path: &Path, bytes: &[u8]) -> Result<(), GitError> {
    write(path, bytes)?;
    File::open(path)
        .and_then(|file| file.sync_all())
        .map_err(|e| io(path, e))
}

/// Writes the bytes to a new file beside `path` and says which.
pub(crate) fn write_new_beside(path: &Path, bytes: &[u8]) -> Result<PathBuf, GitError> {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let temp = path.with_extension(format!("{}-{number}{TEMP}", std::process::id()));
    // One that is there already was left by a crash of a program that had the same number.
    let _ = fs::remove_file(&temp);
    let written = File::options()
        .write(true)
        .create_new(true)
        .open(&temp)
        .and_then(|mut file| file.write_all(bytes));
    match written {
        Ok(()) => Ok(temp),
        Err(e) => {
            let _ = fs::remove_file(&temp);
            Err(io(&temp, e))
        }
    }
}

/// Opens a file for writing without changing it; makes it where missing.
pub(crate) fn open(path: &Path) -> Result<File, GitError> {
    match File::options().write(true).create_new(true).open(path) {
        Err(e) if e.kind() == ErrorKind::AlreadyExists => {}
        other => return other.map_err(|e| io(path, e)),
    }
    if !is_plain(path)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        return Err(GitError::Unsupported(format!(
            ".git/sheaf/{name} is not a plain file"
        )));
    }
    File::options().write(true).open(path).map_err(|e| io(path, e))
}

/// Text of a file; `None` where there is none, or something else than a plain file.
pub(crate) fn read(path: &Path) -> Result<Option<String>, GitError> {
    if !is_plain(path)? {
        return Ok(None);
    }
    fs::read_to_string(path).map(Some).map_err(|e| io(path, e))
}

fn is_plain(path: &Path) -> Result<bool, GitError> {
    match fs::symlink_metadata(path) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(io(path, e)),
        found => Ok(found.as_ref().is_ok_and(Metadata::is_file)),
    }
}
