//! Getting a repository for the first time.

use std::path::Path;

use crate::error::GitError;
use crate::network::Network;
use crate::repository::Repo;
use crate::uri::RemoteUri;

/// What a clone brought.
pub struct CloneReport {
    /// The new repository.
    pub repo: Repo,
    /// True where the remote has no commit yet.
    pub empty: bool,
    /// The branch that was checked out.
    pub default_branch: String,
    /// What a person should know about the files, in sentences.
    pub warnings: Vec<String>,
}

/// Clones into a folder that does not exist or is empty. Until everything has arrived, all of it is in a hidden
/// folder beside; whatever goes wrong, nothing is left behind.
pub fn clone(
    _uri: &RemoteUri,
    _target: &Path,
    _branch: Option<&str>,
    _net: &Network,
) -> Result<CloneReport, GitError> {
    Err(GitError::Unsupported("clone".to_owned()))
}

/// Removes what clones that were killed left in a folder. Those of a running program stay.
pub fn remove_stale_clones(_parent: &Path) -> Result<usize, GitError> {
    Ok(0)
}
