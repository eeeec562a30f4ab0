//! Taking back operations.

use crate::error::GitError;
use crate::model::UndoPoint;
use crate::repository::Repo;

impl Repo {
    /// What can be undone, the latest first.
    pub fn undo_points(&self, limit: usize) -> Result<Vec<UndoPoint>, GitError> {
        let _ = limit;
        Err(GitError::Unsupported("undo".to_owned()))
    }

    /// What can be done again, the next first.
    pub fn redo_points(&self) -> Result<Vec<UndoPoint>, GitError> {
        Err(GitError::Unsupported("undo".to_owned()))
    }

    /// Takes back the latest operation. What was edited since is kept for redo.
    pub fn undo(&self) -> Result<UndoPoint, GitError> {
        Err(GitError::Unsupported("undo".to_owned()))
    }

    /// Does again what was undone last.
    pub fn redo(&self) -> Result<UndoPoint, GitError> {
        Err(GitError::Unsupported("undo".to_owned()))
    }
}
