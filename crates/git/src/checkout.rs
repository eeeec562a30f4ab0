//! Putting a tree into the work tree.

use crate::error::GitError;
use crate::progress::ProgressSink;
use crate::repository::Repo;

impl Repo {
    /// Writes the files of `branch` into an empty work tree and makes it the current branch. For clone.
    pub fn first_checkout(&self, branch: &str, progress: Option<&ProgressSink>) -> Result<(), GitError> {
        let _ = (branch, progress);
        Err(GitError::Unsupported("checkout".to_owned()))
    }
}
