//! The initial snapshot of a new collection, and the push that waits while there is no network.

use std::collections::BTreeSet;

use sheaf_git::repository::Repo;

use crate::error::Result;
use crate::model::{CommitOutcome, Created, PushMode, PushOutcome};
use crate::project::{Project, Run, branch};
use crate::secrets::in_words;

/// Where the names of the branches whose push waits are kept.
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
        let why_not = match self.commit(&message, Some(paths), false, run) {
            Ok(CommitOutcome::Committed(_)) => None,
            Ok(CommitOutcome::SecretsFound { secrets }) => {
                Some(format!("In it {}. Commit it to see them.", in_words(&secrets)))
            }
            Err(e) => Some(e.view().message),
        };
        if let Some(why_not) = why_not {
            created.notice = Some(format!("The collection is not committed yet. {why_not}"));
            return;
        }
        match self.push_or_queue(run) {
            Ok(outcome) => {
                match &outcome {
                    PushOutcome::Queued { message } => created.notice = Some(message.clone()),
                    PushOutcome::SecretsFound { secrets } => {
                        created.notice = Some(format!(
                            "The collection is committed, but not pushed: in what would go {}.",
                            in_words(secrets)
                        ));
                    }
                    _ => {}
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

    /// Pushes the current branch, and where there is no network leaves a note so that the push is done later.
    pub fn push_or_queue(&self, run: &Run) -> Result<PushOutcome> {
        let repo = self.repo()?;
        let local = branch(&repo)?;
        match self.push(&PushMode::Normal, run) {
            Err(e) if e.is_offline() => {
                let mut waiting = queue(&repo);
                waiting.insert(local);
                keep(&repo, &waiting)?;
                Ok(PushOutcome::Queued {
                    message: "There is no connection to the remote. The commit is safe here and is pushed as soon as \
                              the connection is back."
                        .to_owned(),
                })
            }
            other => other,
        }
    }

    /// Does the first push that waits, if there is one. Only a missing connection lets it wait on.
    pub fn push_queued(&self, run: &Run) -> Result<Option<PushOutcome>> {
        let repo = self.repo()?;
        let Some(local) = queue(&repo).into_iter().next() else {
            return Ok(None);
        };
        let pushed = self.push_branch(&local, &PushMode::Normal, run);
        match pushed {
            Err(e) if e.is_offline() => Ok(None),
            done => {
                unqueue(&repo, &local)?;
                done.map(Some)
            }
        }
    }

    /// Commits everything where there is no commit yet, and pushes.
    pub fn push_initial(&self, run: &Run) -> Result<PushOutcome> {
        if self.repo()?.head()?.commit().is_none() {
            let outcome = self.commit("Initial snapshot", None, false, run)?;
            if let CommitOutcome::SecretsFound { secrets } = outcome {
                return Ok(PushOutcome::SecretsFound { secrets });
            }
        }
        self.push(&PushMode::Normal, run)
    }
}

/// Branches whose push waits. A branch name holds no space, so one setting holds them all.
fn queue(repo: &Repo) -> BTreeSet<String> {
    let kept = repo.config_get(QUEUED).unwrap_or_default();
    kept.split(' ')
        .filter(|b| !b.is_empty())
        .map(str::to_owned)
        .collect()
}

fn keep(repo: &Repo, waiting: &BTreeSet<String>) -> Result<()> {
    let text = waiting.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
    Ok(repo.config_set(QUEUED, Some(text.as_str()).filter(|t| !t.is_empty()))?)
}

/// In words, the pushes that wait.
pub(crate) fn queued(repo: &Repo) -> Option<String> {
    let waiting = queue(repo);
    let names = waiting.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    (!waiting.is_empty()).then(|| format!("The push of {names} waits for the connection."))
}

/// The push of this branch does not wait any more.
pub(crate) fn unqueue(repo: &Repo, branch: &str) -> Result<()> {
    let mut waiting = queue(repo);
    if waiting.remove(branch) {
        keep(repo, &waiting)?;
    }
    Ok(())
}

/// Nothing waits any more: the remote is another one now.
pub(crate) fn forget_queue(repo: &Repo) -> Result<()> {
    Ok(repo.config_set(QUEUED, None)?)
}
