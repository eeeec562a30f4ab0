//! Branches: list, create, switch, rename, delete, fetch one of the remote.

use sheaf_git::branches::DeleteOutcome;
use sheaf_git::model::Side;
use sheaf_git::switch::{SwitchMode, SwitchOutcome as GitSwitch, UnparkOutcome};

use crate::error::Result;
use crate::merge::{CollectionMerge, count};
use crate::model::{Answers, Branches, DeleteBranchOutcome, SwitchOutcome, WithChanges};
use crate::project::{Project, Run, branch};
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

    /// Switches to a branch. Uncommitted changes come along or stay parked on the branch they belong to.
    pub fn switch_branch(&self, name: &str, with: WithChanges, answers: &Answers) -> Result<SwitchOutcome> {
        let repo = self.repo()?;
        let mode = match with {
            WithChanges::Carry => SwitchMode::Carry,
            WithChanges::Park => SwitchMode::Park,
        };
        self.journaled(
            "switch",
            &repo,
            |_| {
                let (repo, _lock) = self.locked()?;
                Ok(match repo.switch_branch(name, mode, &CollectionMerge, answers)? {
                    GitSwitch::Switched {
                        carried,
                        parked,
                        unparked,
                        still_parked,
                    } => SwitchOutcome::Switched {
                        branch: name.to_owned(),
                        carried: count(carried),
                        parked: count(parked),
                        unparked: count(unparked),
                        still_parked,
                    },
                    GitSwitch::Disagree(list) => SwitchOutcome::Disagree {
                        disagreements: self.tell(&repo, list)?,
                    },
                })
            },
            |outcome| match outcome {
                SwitchOutcome::Switched { carried, parked, .. } => {
                    format!(
                        "on {name} ({} came along, {parked} parked)",
                        counted(*carried, "change", "changes")
                    )
                }
                SwitchOutcome::Disagree { .. } => "stopped, nothing touched: changes do not fit".to_owned(),
            },
        )
    }

    /// Brings back the changes that are parked on the current branch. In a disagreement `mine` is what is parked.
    pub fn unpark(&self, answers: &Answers) -> Result<SwitchOutcome> {
        self.changing(
            "unpark",
            |repo| {
                let branch = branch(repo)?;
                let back = |unparked| SwitchOutcome::Switched {
                    branch,
                    carried: 0,
                    parked: 0,
                    unparked,
                    still_parked: false,
                };
                Ok(match repo.unpark(&CollectionMerge, &swapped(answers))? {
                    UnparkOutcome::NothingParked => back(0),
                    UnparkOutcome::Unparked(files) => back(count(files)),
                    UnparkOutcome::Disagree(list) => SwitchOutcome::Disagree {
                        disagreements: self.tell(repo, list.into_iter().map(swap).collect())?,
                    },
                })
            },
            |outcome| match outcome {
                SwitchOutcome::Switched { unparked, .. } => {
                    format!("{} back", counted(*unparked, "file is", "files are"))
                }
                SwitchOutcome::Disagree { .. } => "stopped, nothing touched: changes do not fit".to_owned(),
            },
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

/// For Git the work tree is ours and what comes back is theirs; for the person who parked it, that is mine.
fn swap(mut disagreement: sheaf_git::file_merge::Disagreement) -> sheaf_git::file_merge::Disagreement {
    std::mem::swap(&mut disagreement.ours, &mut disagreement.theirs);
    disagreement
}

fn swapped(answers: &Answers) -> Answers {
    let other = |side: Side| match side {
        Side::Mine => Side::Theirs,
        Side::Theirs => Side::Mine,
    };
    answers
        .iter()
        .map(|(path, side)| (path.clone(), other(*side)))
        .collect()
}
