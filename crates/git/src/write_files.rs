//! Saving edits.

use crate::error::GitError;
use crate::repository::Repo;

impl Repo {
    /// Writes each file whole (`None`: the file goes) after taking an undo point named `label`.
    pub fn write_files(&self, edits: &[(String, Option<Vec<u8>>)], label: &str) -> Result<(), GitError> {
        let _ = (edits, label);
        Err(GitError::Unsupported("write".to_owned()))
    }
}
