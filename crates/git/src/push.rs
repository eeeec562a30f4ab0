//! Sending commits.

use crate::error::GitError;
use crate::model::{Oid, Rejection};
use crate::network::Network;
use crate::repository::Repo;

/// How to push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PushMode {
    /// Only add commits.
    Normal,
    /// Replace what the remote has, if that still is what a person was shown.
    Force {
        /// The commit the remote branch is expected to be at.
        expected: Oid,
    },
}

/// How a push went. A refusal is an outcome, not an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PushOutcome {
    /// The remote took it.
    Pushed {
        /// Commits that were new to the remote.
        commits: u32,
        /// True where the branch is new on the remote.
        created: bool,
        /// What the server said, cleaned; may be empty.
        server_text: String,
    },
    /// The remote already has everything.
    UpToDate,
    /// The remote refused.
    Rejected(Rejection),
}

impl Repo {
    /// Pushes one branch. The first push of a branch makes the remote branch its upstream.
    pub fn push(
        &self,
        _local_branch: &str,
        _remote_branch: &str,
        _mode: &PushMode,
        _net: &Network,
    ) -> Result<PushOutcome, GitError> {
        Err(GitError::Unsupported("push".to_owned()))
    }
}
