//! Changes that were left behind on a branch: which there are, and letting them go.

use crate::error::GitError;
use crate::model::{Oid, Parked};
use crate::plan::{Plan, RefEdit};
use crate::repository::Repo;
use crate::switch::parked_ref;

impl Repo {
    /// What is parked, by branch.
    pub fn parked(&self) -> Result<Vec<Parked>, GitError> {
        let prefix = parked_ref("");
        let mut found = Vec::new();
        for (name, tip) in self.full_tips(&prefix)? {
            let commit = self.git.find_commit(tip)?;
            let mut earlier = 0;
            let mut next = commit.parent(1).ok();
            while let Some(older) = next {
                earlier += 1;
                next = older.parent(1).ok();
            }
            found.push(Parked {
                branch: name[prefix.len()..].to_owned(),
                commit: tip.into(),
                base: commit.parent_id(0)?.into(),
                time: commit.time().seconds(),
                earlier,
            });
        }
        found.sort_by(|a, b| a.branch.cmp(&b.branch));
        Ok(found)
    }

    /// Drops what was parked last on a branch; what was parked there before it comes next. Undo brings it back.
    pub fn drop_parked(&self, branch: &str) -> Result<(), GitError> {
        let tip = self
            .parked_on(branch)?
            .ok_or_else(|| GitError::NothingParked(branch.to_owned()))?;
        let earlier = self.git.find_commit(tip)?.parent_id(1).ok();
        self.land(Plan {
            label: format!("Drop changes parked on {branch}"),
            refs: vec![RefEdit::new(parked_ref(branch), tip, earlier)],
            ..Plan::default()
        })
    }

    /// What is parked on a branch, and the commit it was parked on top of.
    pub fn parked_commits(&self, branch: &str) -> Result<(Oid, Oid), GitError> {
        let tip = self
            .parked_on(branch)?
            .ok_or_else(|| GitError::NothingParked(branch.to_owned()))?;
        let base = self.git.find_commit(tip)?.parent_id(0)?;
        Ok((base.into(), tip.into()))
    }
}
