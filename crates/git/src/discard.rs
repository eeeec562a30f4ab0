//! Going back to committed content.

use crate::error::GitError;
use crate::model::Oid;
use crate::repository::Repo;

impl Repo {
    /// Takes these paths, or (`None`) everything, back to the last commit. Undo brings the changes back. Says how many
    /// files changed.
    pub fn discard(&self, only: Option<&[String]>) -> Result<usize, GitError> {
        let _ = only;
        Err(GitError::Unsupported("discard".to_owned()))
    }

    /// Takes one file to what it was in `commit`; where that commit has no such file, the file goes.
    pub fn restore_file(&self, commit: &Oid, path: &str) -> Result<(), GitError> {
        let _ = (commit, path);
        Err(GitError::Unsupported("restore".to_owned()))
    }
}
