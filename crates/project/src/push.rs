//! Push: share the commits of a branch, and where the remote says no, say why and what to do next.

use sheaf_git::error::GitError;
use sheaf_git::event::{Journal, Phase};
use sheaf_git::model::{NextStep, Oid, RejectReason, Rejection};
use sheaf_git::push::{PushMode as GitMode, PushOutcome as GitOutcome};
use sheaf_git::repository::Repo;

use crate::error::{ProjectError, Result};
use crate::model::{PushMode, PushOutcome};
use crate::project::{Project, Run, branch, fail};
use crate::secrets::in_words;
use crate::snapshot::unqueue;
use crate::words::counted;

impl Project {
    /// Pushes the current branch. Says `UpToDate` without the network where there is nothing to push.
    pub fn push(&self, mode: &PushMode, run: &Run) -> Result<PushOutcome> {
        let local = branch(&self.repo()?)?;
        self.push_branch(&local, mode, run)
    }

    /// Pushes a local branch. Holds no lock while it waits for the network; editing and committing go on meanwhile.
    pub(crate) fn push_branch(&self, local: &str, mode: &PushMode, run: &Run) -> Result<PushOutcome> {
        let repo = self.repo()?;
        let operation = if matches!(mode, PushMode::Force { .. }) {
            "force-push"
        } else {
            "push"
        };
        let journal = self.journal(operation, &repo);
        let result = self.run_push(&repo, local, mode, run, &journal);
        match &result {
            Ok(outcome) => conclude(&journal, outcome),
            Err(e) => fail(&journal, e),
        }
        result.map_err(|e| e.keeping("Your commits are safe on this computer; the remote is as it was."))
    }

    /// The commit the remote's branch was at when it was last seen: the lease of a force push.
    pub fn last_seen(&self) -> Result<Oid> {
        let repo = self.repo()?;
        let branch = branch(&repo)?;
        let remote = repo.upstream_name(&branch).unwrap_or(branch);
        repo.remote_tip(&remote)?.ok_or_else(|| {
            ProjectError::refused(
                "nothing-seen",
                format!("The remote’s branch {remote} was never seen here"),
                "Fetch first, then look at what a force push would overwrite.",
            )
        })
    }

    fn run_push(
        &self,
        repo: &Repo,
        local: &str,
        mode: &PushMode,
        run: &Run,
        journal: &Journal,
    ) -> Result<PushOutcome> {
        if repo.head()?.commit().is_none() {
            return Err(nothing_committed());
        }
        let (uri, network) = self.network(repo, run, journal.clone())?;
        let upstream = repo.upstream_name(local);
        let (remote, git_mode) = match mode {
            PushMode::NewBranch { name } => (free_branch(repo, name)?, GitMode::Normal),
            PushMode::Normal => (
                upstream.clone().unwrap_or_else(|| local.to_owned()),
                GitMode::Normal,
            ),
            PushMode::Force { expected } => {
                let expected = expected.clone();
                (
                    upstream.clone().unwrap_or_else(|| local.to_owned()),
                    GitMode::Force { expected },
                )
            }
        };
        if upstream.is_none() && matches!(mode, PushMode::Normal) {
            repo.fetch(&network)?;
            if is_unrelated(repo, local, &remote)? {
                return Ok(PushOutcome::Unrelated);
            }
        }
        let outgoing = self.outgoing(repo, &repo.resolve_branch(local)?)?;
        if !outgoing.held_back.is_empty() {
            return Ok(PushOutcome::SecretsFound {
                secrets: outgoing.held_back,
            });
        }
        match repo.push(local, &remote, &git_mode, &network)? {
            GitOutcome::UpToDate => {
                unqueue(repo, local)?;
                Ok(PushOutcome::UpToDate)
            }
            GitOutcome::Pushed {
                commits,
                created,
                server_text,
                backup,
            } => {
                unqueue(repo, local)?;
                outgoing.went(repo)?;
                if let PushMode::NewBranch { .. } = mode {
                    self.move_to_pushed_branch(local, &remote, upstream.is_none())?;
                }
                if let Some(backup) = &backup {
                    self.note_forced(&remote, backup);
                }
                let link = sheaf_git::rejection::pull_request_link(&server_text, uri.origin());
                let pull_request = link
                    .or_else(|| uri.new_pull_request(&remote, None))
                    .filter(|_| created);
                Ok(PushOutcome::Pushed {
                    branch: remote,
                    commits,
                    created,
                    pull_request,
                    server_text,
                    backup,
                })
            }
            GitOutcome::Rejected(rejection) => {
                if needs_fetch(rejection.reason) {
                    repo.fetch(&network)?;
                    if is_unrelated(repo, local, &remote)? {
                        return Ok(PushOutcome::Unrelated);
                    }
                }
                rejected(repo, &uri, local, &remote, rejection)
            }
        }
    }

    /// The commits are on the remote's new branch: now they move off `local` here too. No file changes.
    fn move_to_pushed_branch(&self, local: &str, pushed: &str, local_had_no_upstream: bool) -> Result<()> {
        let (repo, _lock) = self.locked()?;
        if repo.head()?.branch() != Some(local) {
            return Ok(repo.track_remote_branch(pushed)?);
        }
        // the push made the new branch the upstream of one that had none, which stays a branch of its own
        Ok(repo.move_commits_to_branch(pushed, local_had_no_upstream)?)
    }
}

/// A name no local branch has.
fn free_branch(repo: &Repo, name: &str) -> Result<String> {
    let name = name.trim();
    sheaf_git::branches::check_branch_name(name)?;
    if repo.branches()?.0.iter().any(|b| b.name == name) {
        return Err(GitError::BranchExists(name.to_owned()).into());
    }
    Ok(name.to_owned())
}

/// Everything the user needs to choose the next step.
fn rejected(
    repo: &Repo,
    uri: &sheaf_git::uri::RemoteUri,
    local: &str,
    remote: &str,
    rejection: Rejection,
) -> Result<PushOutcome> {
    let suggested_branch = free_branch_name(repo, local)?;
    Ok(PushOutcome::Rejected {
        overwrites: repo.overwritten_commits(local, remote)?,
        seen: repo.remote_tip(remote)?,
        pull_request: rejection.link.clone().or_else(|| {
            rejection
                .next
                .contains(&NextStep::PushToNewBranch)
                .then(|| uri.new_pull_request(&suggested_branch, Some(remote)))
                .flatten()
        }),
        suggested_branch,
        rejection,
    })
}

fn is_unrelated(repo: &Repo, local: &str, remote: &str) -> Result<bool> {
    let Some(theirs) = repo.remote_tip(remote)? else {
        return Ok(false);
    };
    let ours = repo.resolve_branch(local)?;
    Ok(!repo.have_common_commit(&ours, &theirs)?)
}

fn needs_fetch(reason: RejectReason) -> bool {
    matches!(reason, RejectReason::RemoteHasNewer | RejectReason::StaleLease)
}

/// `main` → `main-changes`, `main-changes-2`, …: free here and, as far as is known, on the remote.
fn free_branch_name(repo: &Repo, branch: &str) -> Result<String> {
    let (local, remote) = repo.branches()?;
    let taken = |name: &str| local.iter().any(|b| b.name == name) || remote.iter().any(|b| b.name == name);
    let base = format!("{branch}-changes");
    let mut name = base.clone();
    let mut n = 2;
    while taken(&name) {
        name = format!("{base}-{n}");
        n += 1;
    }
    Ok(name)
}

fn nothing_committed() -> ProjectError {
    ProjectError::refused(
        "no-commits",
        "There are no commits to push yet",
        "Commit your changes first.",
    )
}

fn conclude(journal: &Journal, outcome: &PushOutcome) {
    match outcome {
        PushOutcome::Pushed { branch, commits, .. } => {
            journal.finished(&format!(
                "{} pushed to {branch}",
                counted(*commits, "commit", "commits")
            ));
        }
        PushOutcome::UpToDate => journal.finished("nothing to push"),
        PushOutcome::Queued { message } => journal.finished(message),
        PushOutcome::SecretsFound { secrets } => journal.ended(
            Phase::Rejected,
            &format!("nothing was sent: {}", in_words(secrets)),
            "secrets-found",
            "Move them to a private environment, or allow them.",
        ),
        PushOutcome::Unrelated => journal.ended(
            Phase::Rejected,
            "the remote already has commits that have nothing in common with these",
            "unrelated",
            "Clone the remote to a folder of its own, or choose an empty repository.",
        ),
        PushOutcome::Rejected { rejection, seen, .. } => {
            let seen = seen
                .as_ref()
                .map_or_else(String::new, |s: &Oid| format!(" (remote at {})", s.short()));
            journal.ended(
                Phase::Rejected,
                &format!("{}{seen}", rejection.message),
                rejection.reason.code(),
                &rejection
                    .next
                    .iter()
                    .map(|n| n.words())
                    .collect::<Vec<_>>()
                    .join(", or "),
            );
        }
    }
}
