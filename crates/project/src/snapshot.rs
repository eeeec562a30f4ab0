//! The initial snapshot of a new collection, and the push that waits while there is no network.

use sheaf_git::repository::Repo;

use crate::error::Result;
use crate::model::{Created, PushMode, PushOutcome};
use crate::project::{Project, Run, branch};

/// Where the name of the branch whose push waits is kept.
const QUEUED: &str = "sheaf.queuedpush";

impl Project {
    /// Commits and pushes the files of a new collection where the project has a remote. What does not work is told;
    /// the collection itself stands.
    pub(crate) fn snapshot(&self, name: &str, paths: &[String], run: &Run, created: &mut Created) {
        let has_remote = self.repo().is_ok_and(|repo| repo.remote_url().is_some());
        if !has_remote {
            return;
        }
        let message = format!("Initial snapshot of {name}");
        if let Err(e) = self.commit(&message, Some(paths), false, run) {
            created.notice = Some(format!(
                "The collection is not committed yet. {}",
                e.view().message
            ));
            return;
        }
        match self.push_or_queue(run) {
            Ok(outcome) => {
                if let PushOutcome::Queued { message } = &outcome {
                    created.notice = Some(message.clone());
                }
                created.snapshot = Some(outcome);
            }
            Err(e) => {
                created.notice = Some(format!(
                    "The collection is committed, but not pushed. {}",
                    e.view().message
                ));
            }
        }
    }

    /// Pushes, and where there is no network leaves a note so that the push is done later.
    pub fn push_or_queue(&self, run: &Run) -> Result<PushOutcome> {
        match self.push(&PushMode::Normal, run) {
            Err(e) if e.is_offline() => {
                let repo = self.repo()?;
                repo.config_set(QUEUED, Some(&branch(&repo)?))?;
                Ok(PushOutcome::Queued {
                    message: "There is no connection to the remote. The commit is safe here and is pushed as soon as \
                              the connection is back."
                        .to_owned(),
                })
            }
            other => other,
        }
    }

    /// Does the push that waits, if there is one.
    pub fn push_queued(&self, run: &Run) -> Result<Option<PushOutcome>> {
        let repo = self.repo()?;
        match repo.config_get(QUEUED) {
            Some(branch) if Some(branch.as_str()) == repo.head()?.branch() => {
                self.push_or_queue(run).map(Some)
            }
            _ => Ok(None),
        }
    }
}

/// In words, the push that waits.
pub(crate) fn queued(repo: &Repo) -> Option<String> {
    let branch = repo.config_get(QUEUED)?;
    Some(format!("The push of {branch} waits for the connection."))
}

/// Nothing waits any more.
pub(crate) fn unqueue(repo: &Repo) -> Result<()> {
    if repo.config_get(QUEUED).is_some() {
        repo.config_set(QUEUED, None)?;
    }
    Ok(())
}
