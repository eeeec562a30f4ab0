//! Branches.

use crate::error::GitError;
use crate::model::{CommitInfo, LocalBranch, RemoteBranch};
use crate::repository::Repo;

/// What deleting a branch did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeleteOutcome {
    /// It is gone; undo brings it back.
    Deleted,
    /// It stays: these commits are on no other branch.
    Unmerged(Vec<CommitInfo>),
}

impl Repo {
    /// Local branches (the current one first, then by name) and those of the remote that do not exist locally.
    pub fn branches(&self) -> Result<(Vec<LocalBranch>, Vec<RemoteBranch>), GitError> {
        Err(GitError::Unsupported("branches".to_owned()))
    }

    /// Makes a branch at `from`: a local name, `origin/x` or a commit id; without it at HEAD.
    pub fn create_branch(&self, name: &str, from: Option<&str>) -> Result<(), GitError> {
        let _ = (name, from);
        Err(GitError::Unsupported("branches".to_owned()))
    }

    /// Renames a local branch; what is parked on it and its upstream move along.
    pub fn rename_branch(&self, old: &str, new: &str) -> Result<(), GitError> {
        let _ = (old, new);
        Err(GitError::Unsupported("branches".to_owned()))
    }

    /// Commits that only this branch leads to.
    pub fn unmerged_commits(&self, name: &str) -> Result<Vec<CommitInfo>, GitError> {
        let _ = name;
        Err(GitError::Unsupported("branches".to_owned()))
    }

    /// Deletes a local branch; without `force` only when its commits are on another branch too.
    pub fn delete_branch(&self, name: &str, force: bool) -> Result<DeleteOutcome, GitError> {
        let _ = (name, force);
        Err(GitError::Unsupported("branches".to_owned()))
    }

    /// Makes the local branch for a branch of the remote.
    pub fn track_remote_branch(&self, name: &str) -> Result<(), GitError> {
        let _ = name;
        Err(GitError::Unsupported("branches".to_owned()))
    }

    /// Commits ahead of and behind the upstream, where there is one.
    pub fn ahead_behind(&self, branch: &str) -> Result<Option<(u32, u32)>, GitError> {
        let _ = branch;
        Err(GitError::Unsupported("branches".to_owned()))
    }

    /// Commits on the upstream that a force push of this branch would remove.
    pub fn overwritten_commits(&self, branch: &str) -> Result<Vec<CommitInfo>, GitError> {
        let _ = branch;
        Err(GitError::Unsupported("branches".to_owned()))
    }
}

/// An error unless this can be the name of a branch on every system.
pub fn check_branch_name(name: &str) -> Result<(), GitError> {
    let _ = name;
    Ok(())
}
