//! Branches of the remote: delete one, and bring back what was replaced or deleted there.

use sheaf_git::error::GitError;
use sheaf_git::model::Oid;
use sheaf_git::remote_moves::RemoteOutcome;
use sheaf_git::repository::Repo;

use crate::error::Result;
use crate::model::RemoteBranchOutcome;
use crate::project::{Project, Run};

impl Project {
    /// Deletes a branch of the remote, but only if it still is where it was when it was last seen here. Its commits are kept
    /// here, and undo says how to bring it back.
    pub fn delete_remote_branch(&self, name: &str, run: &Run) -> Result<RemoteBranchOutcome> {
        let name = name.strip_prefix("origin/").unwrap_or(name);
        let repo = self.repo()?;
        let seen = repo
            .remote_tip(name)?
            .ok_or_else(|| GitError::NoBranch(name.to_owned()))?;
        self.on_remote(&repo, "delete-remote-branch", run, |network| {
            let outcome = repo.delete_remote_branch(name, &seen, network)?;
            if let RemoteOutcome::Done { backup: Some(backup) } = &outcome {
                self.note(|repo| Ok(repo.note_deleted_remote_branch(name, backup)?));
            }
            Ok(outcome)
        })
    }

    /// Pushes what a backup keeps to the branch of the remote that it was taken from, if that branch is at `expected`
    /// (absent: is not there).
    pub fn push_back(&self, backup: &str, expected: Option<&Oid>, run: &Run) -> Result<RemoteBranchOutcome> {
        let repo = self.repo()?;
        self.on_remote(&repo, "push-back", run, |network| {
            let outcome = repo.push_back(backup, expected, network)?;
            if let (RemoteOutcome::Done { backup: Some(kept) }, Some(branch)) =
                (&outcome, backup.strip_prefix("refs/sheaf/backup/"))
            {
                let branch = branch.rsplit_once('/').map_or(branch, |(branch, _)| branch);
                self.note_forced(branch, kept);
            }
            Ok(outcome)
        })
    }

    pub(crate) fn on_remote(
        &self,
        repo: &Repo,
        operation: &'static str,
        run: &Run,
        work: impl FnOnce(&sheaf_git::network::Network) -> Result<RemoteOutcome>,
    ) -> Result<RemoteBranchOutcome> {
        self.journaled(
            operation,
            repo,
            |journal| {
                let (_, network) = self.network(repo, run, journal.clone())?;
                Ok(match work(&network)? {
                    RemoteOutcome::Done { backup } => RemoteBranchOutcome::Done { backup },
                    RemoteOutcome::UpToDate => RemoteBranchOutcome::UpToDate,
                    RemoteOutcome::Rejected(rejection) => RemoteBranchOutcome::Rejected { rejection },
                })
            },
            |outcome| match outcome {
                RemoteBranchOutcome::Done { .. } => "the remote did it".to_owned(),
                RemoteBranchOutcome::UpToDate => "the remote was like that already".to_owned(),
                RemoteBranchOutcome::Rejected { rejection } => format!("refused: {}", rejection.message),
            },
        )
    }

    /// What a forced push replaced can be pushed back: the list of what can be undone says so.
    pub(crate) fn note_forced(&self, branch: &str, backup: &str) {
        self.note(|repo| match repo.remote_tip(branch)? {
            Some(after) => Ok(repo.note_forced_push(branch, backup, &after)?),
            None => Ok(()),
        });
    }

    /// The remote has changed already, so a note that cannot be made fails nothing.
    fn note(&self, note: impl FnOnce(&Repo) -> Result<()>) {
        let noted = self.locked().and_then(|(repo, _lock)| note(&repo));
        if let Err(error) = noted {
            log::warn!("what changed on the remote is not among the things to undo: {error}");
        }
    }
}
