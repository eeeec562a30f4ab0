//! Changes that were parked on branches: listed, shown, dropped. Taking them back is `unpark` in `switch.rs`.

use sheaf_git::model::Parked;

use crate::changes::{changes_between, list};
use crate::error::Result;
use crate::model::ChangeList;
use crate::project::Project;

impl Project {
    /// What is parked, by branch.
    pub fn parked(&self) -> Result<Vec<Parked>> {
        Ok(self.repo()?.parked()?)
    }

    /// What is parked on a branch, as changes.
    pub fn parked_changes(&self, branch: &str) -> Result<ChangeList> {
        let repo = self.repo()?;
        let (base, parked) = repo.parked_commits(branch)?;
        Ok(list(changes_between(&repo, Some(&base), &parked)?))
    }

    /// Drops what was parked last on a branch. Can be undone.
    pub fn drop_parked(&self, branch: &str) -> Result<()> {
        self.changing(
            "drop-parked",
            |repo| Ok(repo.drop_parked(branch)?),
            |()| format!("dropped what was parked on {branch}"),
        )
    }
}
