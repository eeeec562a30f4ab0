//! Learning what the remote has.

use crate::error::GitError;
use crate::network::Network;
use crate::repository::Repo;

/// What a fetch brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FetchReport {
    /// Short names of remote branches that are new or moved (`main`).
    pub updated: Vec<String>,
    /// Short names of remote branches that are gone.
    pub pruned: Vec<String>,
    /// Bytes received.
    pub bytes: u64,
    /// True where the remote has no commit yet.
    pub remote_empty: bool,
}

impl Repo {
    /// Brings all branches of the remote up to date. Local branches and files stay as they are.
    pub fn fetch(&self, _net: &Network) -> Result<FetchReport, GitError> {
        Err(GitError::Unsupported("fetch".to_owned()))
    }
}
