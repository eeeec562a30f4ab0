//! What was replaced or deleted on the remote, in the list of what can be undone. Only another push can take that back,
//! so the undo point says what to push and what the remote must have for it.

use git2::Oid as GitOid;

use crate::backup::branch_of;
use crate::error::GitError;
use crate::fetch::tracking;
use crate::model::{Oid, Rejection, RemoteMove};
use crate::network::Network;
use crate::plan::Plan;
use crate::remote_ref::{RemoteRef, Sent, refusal_of_the_request};
use crate::repository::{HEADS, Repo};
use crate::transport::Operation;

/// How a change of a branch of the remote went. A refusal is an outcome, not an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RemoteOutcome {
    /// The remote took it; what the branch held is kept under this ref, where it held something.
    #[allow(missing_docs)]
    Done { backup: Option<String> },
    /// The remote was like that already.
    UpToDate,
    /// The remote refused, or the branch is not what it was expected to be.
    Rejected(Rejection),
}

/// A branch of the remote that is to lead somewhere else, or to go.
struct Step<'a> {
    branch: &'a str,
    to: Option<GitOid>,
    /// What the remote must have for it.
    expected: Option<GitOid>,
}

impl Repo {
    /// Notes that the remote's `branch` was replaced by a forced push, and that `backup` keeps what it held. The caller
    /// holds [`lock`](Self::lock).
    pub fn note_forced_push(&self, branch: &str, backup: &str, after: &Oid) -> Result<(), GitError> {
        self.note_remote_move(
            format!("Force push {branch}"),
            RemoteMove {
                branch: branch.to_owned(),
                before: self.git.refname_to_id(backup)?.into(),
                after: Some(after.clone()),
                backup: backup.to_owned(),
            },
        )
    }

    /// Notes that the remote's `branch` was deleted. The caller holds [`lock`](Self::lock).
    pub fn note_deleted_remote_branch(&self, branch: &str, backup: &str) -> Result<(), GitError> {
        self.note_remote_move(
            format!("Delete branch {branch} of the remote"),
            RemoteMove {
                branch: branch.to_owned(),
                before: self.git.refname_to_id(backup)?.into(),
                after: None,
                backup: backup.to_owned(),
            },
        )
    }

    /// Pushes what a backup keeps to the branch it was taken from, if the remote's branch is at `expected` (absent: is not
    /// there). What is replaced by that is kept in its turn.
    pub fn push_back(
        &self,
        backup: &str,
        expected: Option<&Oid>,
        net: &Network,
    ) -> Result<RemoteOutcome, GitError> {
        let missing = || GitError::NoBranch(backup.to_owned());
        let branch = branch_of(backup).ok_or_else(missing)?;
        let to = self.ref_oid(backup)?.ok_or_else(missing)?;
        let expected = expected.map(Oid::to_git).transpose()?;
        let step = Step {
            branch,
            to: Some(to),
            expected,
        };
        self.move_remote(&step, net)
    }

    /// Deletes a branch of the remote, if it is at `expected`. Its commits are kept under a backup ref.
    pub fn delete_remote_branch(
        &self,
        branch: &str,
        expected: &Oid,
        net: &Network,
    ) -> Result<RemoteOutcome, GitError> {
        crate::branches::check_branch_name(branch)?;
        let step = Step {
            branch,
            to: None,
            expected: Some(expected.to_git()?),
        };
        self.move_remote(&step, net)
    }

    fn move_remote(&self, step: &Step<'_>, net: &Network) -> Result<RemoteOutcome, GitError> {
        let operation = Operation::new(&self.remote_uri()?, net)?;
        let name = format!("{HEADS}{}", step.branch);
        self.at_remote_ref(&name, &operation, |at| self.run_step(step, at))
            .or_else(|error| refusal_of_the_request(error, &operation).map(RemoteOutcome::Rejected))
    }

    fn run_step(&self, step: &Step<'_>, at: &mut RemoteRef<'_>) -> Result<RemoteOutcome, GitError> {
        if at.there == step.to {
            self.note_tracking(step)?;
            return Ok(RemoteOutcome::UpToDate);
        }
        if at.there != step.expected {
            return Ok(RemoteOutcome::Rejected(crate::rejection::stale_lease()));
        }
        let backup = step.expected.map(|oid| self.backup(step.branch, &oid.into()));
        let backup = backup.transpose()?;
        match at.send(step.to, true)? {
            Sent::Accepted { .. } => {
                self.note_tracking(step)?;
                Ok(RemoteOutcome::Done { backup })
            }
            Sent::Rejected(rejection) => {
                backup.map_or(Ok(()), |backup| self.remove_ref(&backup))?;
                Ok(RemoteOutcome::Rejected(rejection))
            }
        }
    }

    fn note_tracking(&self, step: &Step<'_>) -> Result<(), GitError> {
        if let Some(oid) = step.to {
            return self.set_tracking(step.branch, oid, "push");
        }
        self.remove_ref(&tracking(step.branch))?;
        self.drop_lost_default()
    }

    fn note_remote_move(&self, label: String, moved: RemoteMove) -> Result<(), GitError> {
        self.land(Plan {
            label,
            remote: Some(moved),
            ..Plan::default()
        })
    }
}
