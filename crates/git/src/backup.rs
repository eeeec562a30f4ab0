//! Commits that are about to be overwritten on the remote stay reachable here.

use crate::branches::check_branch_name;
use crate::error::GitError;
use crate::event::now_ms;
use crate::model::Oid;
use crate::repository::Repo;

/// Where backups live.
const BACKUP: &str = "refs/sheaf/backup/";

impl Repo {
    /// Keeps `oid` under a local ref and says its name.
    pub fn backup(&self, branch: &str, oid: &Oid) -> Result<String, GitError> {
        check_branch_name(branch)?;
        let id = self.find_commit(oid)?.id();
        let mut ms = now_ms();
        loop {
            let name = format!("{BACKUP}{branch}/{ms:013}");
            match self.git.reference(&name, id, false, "sheaf: backup") {
                Ok(_) => return Ok(name),
                Err(e) if e.code() == git2::ErrorCode::Exists => ms += 1,
                Err(e) => return Err(e.into()),
            }
        }
    }
}
