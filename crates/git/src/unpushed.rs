//! Commits that no branch of the remote has, as far as is known here.

use crate::commit_info::describe;
use crate::error::GitError;
use crate::fetch::tracking;
use crate::model::{CommitInfo, Oid};
use crate::repository::Repo;

impl Repo {
    /// The newest commits that `tip` leads to and no branch of the remote does, at most `most`.
    pub fn unpushed(&self, tip: &Oid, most: usize) -> Result<Vec<CommitInfo>, GitError> {
        let mut walk = self.git.revwalk()?;
        walk.set_sorting(git2::Sort::TOPOLOGICAL | git2::Sort::TIME)?;
        walk.push(tip.to_git()?)?;
        walk.hide_glob(&tracking("*"))?;
        walk.take(most)
            .map(|oid| Ok(describe(&self.git.find_commit(oid?)?)))
            .collect()
    }
}
