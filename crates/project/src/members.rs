//! Who works on a project: from the history; who may, is the host's matter.

use sheaf_git::uri::RemoteUri;

use crate::error::Result;
use crate::model::Members;
use crate::project::Project;

/// Older commits are not looked at.
const COMMITS: usize = 5000;

impl Project {
    /// Contributors by name with their newest commit, and the host's own page of members.
    pub fn members(&self) -> Result<Members> {
        let repo = self.repo()?;
        let uri = repo.remote_url().and_then(|u| RemoteUri::parse(&u).ok());
        Ok(Members {
            contributors: repo.contributors(COMMITS)?,
            members_page: uri.and_then(|uri| uri.host_help().members),
        })
    }
}
