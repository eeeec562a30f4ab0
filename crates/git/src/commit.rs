//! Committing.

use crate::error::GitError;
use crate::model::{Author, CommitInfo};
use crate::repository::Repo;

impl Repo {
    /// Commits the work tree's version of these paths, or (`None`) of everything that changed.
    pub fn commit(
        &self,
        only: Option<&[String]>,
        message: &str,
        author: &Author,
    ) -> Result<CommitInfo, GitError> {
        let _ = (only, message, author);
        Err(GitError::Unsupported("commit".to_owned()))
    }

    /// Commits the given contents instead of the work tree's (`None`: the file goes). The work tree stays as it is.
    pub fn commit_content(
        &self,
        overrides: &[(String, Option<Vec<u8>>)],
        message: &str,
        author: &Author,
    ) -> Result<CommitInfo, GitError> {
        let _ = (overrides, message, author);
        Err(GitError::Unsupported("commit".to_owned()))
    }
}
