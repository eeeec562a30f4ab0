//! The note of a merge that waits for answers. What it holds is known to the caller alone; nothing else of a merge is
//! kept, as a merge touches nothing before it lands.

use std::fs;
use std::io::ErrorKind;

use crate::error::GitError;
use crate::own_files;
use crate::repository::Repo;

/// Name of the note below `.git/sheaf`.
const NOTE: &str = "merge.json";

impl Repo {
    /// The note as it was kept last; nothing where no merge waits.
    pub fn waiting_merge(&self) -> Result<Option<String>, GitError> {
        own_files::read(&self.own_dir()?.join(NOTE))
    }

    /// Keeps a note, in the place of an earlier one.
    pub fn keep_waiting_merge(&self, note: &str) -> Result<(), GitError> {
        own_files::write(&self.own_dir()?.join(NOTE), note.as_bytes())
    }

    /// No merge waits any more.
    pub fn drop_waiting_merge(&self) -> Result<(), GitError> {
        let path = self.own_dir()?.join(NOTE);
        match fs::remove_file(&path) {
            Err(e) if e.kind() != ErrorKind::NotFound => Err(GitError::Io { path, source: e }),
            _ => Ok(()),
        }
    }
}
