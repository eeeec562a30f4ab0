//! How commits relate: how far apart, with or without a common one.

use crate::commit_info::describe;
use crate::error::GitError;
use crate::model::{CommitInfo, Oid};
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

    /// The newest commit that both lead to; absent where there is none.
    pub fn merge_base(&self, a: &Oid, b: &Oid) -> Result<Option<Oid>, GitError> {
        match self.git.merge_base(a.to_git()?, b.to_git()?) {
            Ok(base) => Ok(Some(base.into())),
            Err(e) if e.code() == git2::ErrorCode::NotFound => Ok(None),
            Err(e) => Err(e.into()),
        }
    }

    /// The newest commits that `to` leads to and `from` does not.
    pub fn commits_between(
        &self,
        from: Option<&Oid>,
        to: &Oid,
        limit: usize,
    ) -> Result<Vec<CommitInfo>, GitError> {
        let mut walk = self.git.revwalk()?;
        walk.set_sorting(git2::Sort::TIME)?;
        walk.push(to.to_git()?)?;
        if let Some(from) = from {
            walk.hide(from.to_git()?)?;
        }
        walk.take(limit)
            .map(|oid| Ok(describe(&self.git.find_commit(oid?)?)))
            .collect()
    }

    /// The commit that a person means by a hash or its beginning, a branch or a tag, or by `HEAD~2`.
    pub fn resolve_commit(&self, name: &str) -> Result<Oid, GitError> {
        let missing = |_| GitError::NoCommit(name.to_owned());
        let object = self.git.revparse_single(name).map_err(missing)?;
        Ok(object.peel_to_commit().map_err(missing)?.id().into())
    }

    /// Whether two commits share an ancestor.
    pub fn have_common_commit(&self, a: &Oid, b: &Oid) -> Result<bool, GitError> {
        Ok(self.merge_base(a, b)?.is_some())
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
