//! How commits relate: how far apart, with or without a common one.

use crate::error::GitError;
use crate::model::Oid;
use crate::repository::Repo;

impl Repo {
    /// Commits only `ours` has and commits only `theirs` has.
    pub fn distance(&self, ours: &Oid, theirs: &Oid) -> Result<(u32, u32), GitError> {
        let (ahead, behind) = self.git.graph_ahead_behind(ours.to_git()?, theirs.to_git()?)?;
        Ok((count(ahead), count(behind)))
    }

    /// Commits reachable from `tip`.
    pub fn commit_count(&self, tip: &Oid) -> Result<u32, GitError> {
        let mut walk = self.git.revwalk()?;
        walk.push(tip.to_git()?)?;
        Ok(count(walk.count()))
    }

    /// Whether taking `theirs` needs no merge commit.
    pub fn can_fast_forward(&self, theirs: &Oid) -> Result<bool, GitError> {
        match self.head()?.commit() {
            None => Ok(true),
            Some(ours) if ours == theirs => Ok(true),
            Some(ours) => Ok(self.git.graph_descendant_of(theirs.to_git()?, ours.to_git()?)?),
        }
    }

    /// Whether two commits share an ancestor.
    pub fn have_common_commit(&self, a: &Oid, b: &Oid) -> Result<bool, GitError> {
        match self.git.merge_base(a.to_git()?, b.to_git()?) {
            Ok(_) => Ok(true),
            Err(e) if e.code() == git2::ErrorCode::NotFound => Ok(false),
            Err(e) => Err(e.into()),
        }
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
