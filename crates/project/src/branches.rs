//! Branches: list, create, rename, delete, fetch one of the remote.

use sheaf_git::branches::DeleteOutcome;
use sheaf_git::model::RemoteBranch;

use crate::error::Result;
use crate::merge::count;
use crate::model::{Branches, DeleteBranchOutcome};
use crate::project::{Project, Run};
use crate::words::counted;

impl Project {
    /// Local branches, and those of the remote that do not exist here.
    pub fn branches(&self) -> Result<Branches> {
        let (local, remote) = self.repo()?.branches()?;
        Ok(Branches { local, remote })
    }

    /// Creates a branch from the current commit, or from another branch or commit. Does not switch.
    pub fn create_branch(&self, name: &str, from: Option<&str>) -> Result<()> {
        self.changing(
            "branch",
            |repo| Ok(repo.create_branch(name.trim(), from)?),
            |()| format!("created {name}"),
        )
    }

    /// Renames a local branch.
    pub fn rename_branch(&self, from: &str, to: &str) -> Result<()> {
        self.changing(
            "branch",
            |repo| Ok(repo.rename_branch(from, to.trim())?),
            |()| format!("renamed {from} to {to}"),
        )
    }

    /// Deletes a local branch; one with commits that are nowhere else only with `force`. Can be undone.
    pub fn delete_branch(&self, name: &str, force: bool) -> Result<DeleteBranchOutcome> {
        self.changing(
            "branch",
            |repo| {
                Ok(match repo.delete_branch(name, force)? {
                    DeleteOutcome::Deleted => DeleteBranchOutcome::Deleted,
                    DeleteOutcome::Unmerged(commits) => DeleteBranchOutcome::Unmerged { commits },
                })
            },
            |outcome| match outcome {
                DeleteBranchOutcome::Deleted => format!("deleted {name}"),
                DeleteBranchOutcome::Unmerged { commits } => {
                    format!(
                        "{name} kept: {} on no other branch",
                        counted(count(commits.len()), "commit is", "commits are")
                    )
                }
            },
        )
    }

    /// Branches of the remote that are on the list here, and not there any more. Nothing changes.
    pub fn gone_branches(&self, run: &Run) -> Result<Vec<RemoteBranch>> {
        let repo = self.repo()?;
        self.journaled(
            "prune",
            &repo,
            |journal| {
                let (_, network) = self.network(&repo, run, journal.clone())?;
                Ok(repo.gone_branches(&network)?)
            },
            |gone| {
                counted(
                    count(gone.len()),
                    "branch is gone there",
                    "branches are gone there",
                )
            },
        )
    }

    /// Takes them off the list, and says which they were. Can be undone.
    pub fn prune_branches(&self, run: &Run) -> Result<Vec<RemoteBranch>> {
        let repo = self.repo()?;
        self.journaled(
            "prune",
            &repo,
            |journal| {
                let (_, network) = self.network(&repo, run, journal.clone())?;
                let gone = repo.gone_branches(&network)?;
                let (repo, _lock) = self.locked()?;
                repo.forget_branches(&gone)?;
                Ok(gone)
            },
            |gone| counted(count(gone.len()), "branch removed", "branches removed"),
        )
    }

    /// Fetches and makes the local branch that follows the remote's branch `name`. Does not switch.
    pub fn fetch_branch(&self, name: &str, run: &Run) -> Result<()> {
        let repo = self.repo()?;
        self.journaled(
            "fetch",
            &repo,
            |journal| {
                let (_, network) = self.network(&repo, run, journal.clone())?;
                repo.fetch(&network)?;
                let (repo, _lock) = self.locked()?;
                Ok(repo.track_remote_branch(name)?)
            },
            |()| format!("{name} is here now"),
        )
    }
}
