//! Commits that the remote loses, or has lost, stay reachable here.

use crate::branches::check_branch_name;
use crate::error::GitError;
use crate::event::now_ms;
use crate::model::Oid;
use crate::repository::Repo;

/// Where backups live.
pub(crate) const BACKUP: &str = "refs/sheaf/backup/";

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

impl Repo {
    /// Removes backups that are older or more than what is kept for undo.
    pub(crate) fn prune_backups(&self) -> Result<(), GitError> {
        let limits = self.undo_limits;
        let mut backups = Vec::new();
        for name in self.git.references_glob(&format!("{BACKUP}*"))?.names() {
            let name = name?.to_owned();
            // One that is named otherwise is not ours.
            if let Some(time) = time_of(&name) {
                backups.push((time, name));
            }
        }
        backups.sort_unstable_by(|a, b| b.cmp(a));
        let oldest = now_ms().saturating_sub(limits.age_ms());
        for (n, (time, name)) in backups.iter().enumerate() {
            if n >= limits.points || *time < oldest {
                self.remove_ref(name)?;
            }
        }
        Ok(())
    }
}

fn time_of(backup: &str) -> Option<u64> {
    branch_of(backup)?;
    backup.rsplit('/').next()?.parse().ok()
}

/// The branch that a backup is of.
pub(crate) fn branch_of(backup: &str) -> Option<&str> {
    let (branch, _time) = backup.strip_prefix(BACKUP)?.rsplit_once('/')?;
    check_branch_name(branch).is_ok().then_some(branch)
}
