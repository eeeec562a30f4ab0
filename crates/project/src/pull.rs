//! Fetch and pull. The network part holds no lock, so that editing goes on meanwhile; only the landing does.

use sheaf_git::fetch::FetchReport;
use sheaf_git::merge::Joining;
use sheaf_git::repository::Repo;

use crate::error::{ProjectError, Result};
use crate::merge::{Incoming, count, told};
use crate::merge_model::{MergeOf, MergeOutcome, MergePreview};
use crate::model::Answers;
use crate::project::{Project, Run, branch};
use crate::pull_by::{PullBy, pulls_by};
use crate::words::counted;

impl Project {
    /// Brings the remote's branches up to date here. Nothing in the work tree changes.
    pub fn fetch(&self, run: &Run) -> Result<FetchReport> {
        let repo = self.repo()?;
        self.journaled(
            "fetch",
            &repo,
            |journal| {
                let (_, network) = self.network(&repo, run, journal.clone())?;
                Ok(repo.fetch(&network)?)
            },
            |report| {
                let branches = counted(count(report.updated.len()), "branch", "branches");
                format!("{branches} changed, {} bytes", report.bytes)
            },
        )
    }

    /// Fetches and joins the current branch's upstream with it, by a merge or a rebase; without a word for it as the
    /// project is set. Uncommitted changes are carried over; where a person must decide, nothing is touched and it waits.
    pub fn pull(&self, by: Option<PullBy>, answers: &Answers, run: &Run) -> Result<MergeOutcome> {
        let repo = self.repo()?;
        self.journaled(
            "pull",
            &repo,
            |journal| self.run_pull(by, answers, run, journal),
            told,
        )
    }

    fn run_pull(
        &self,
        by: Option<PullBy>,
        answers: &Answers,
        run: &Run,
        journal: &sheaf_git::event::Journal,
    ) -> Result<MergeOutcome> {
        let repo = self.repo()?;
        let branch = branch(&repo)?;
        let (_, network) = self.network(&repo, run, journal.clone())?;
        repo.fetch(&network)?;
        let (repo, _lock) = self.locked()?;
        if repo.head()?.branch() != Some(branch.as_str()) {
            return Err(ProjectError::refused(
                "branch-changed",
                "Another branch was switched to while the pull was under way, so nothing was merged",
                format!("Pull again, or switch back to {branch} first."),
            ));
        }
        match by.unwrap_or_else(|| pulls_by(&repo)) {
            PullBy::Merge => self.merge_upstream(&repo, answers),
            PullBy::Rebase => self.rebase_on_upstream(&repo, answers),
        }
    }

    /// Fetches, and says what a pull would come to. Nothing of the branch or the work tree changes.
    pub fn preview_pull(&self, by: Option<PullBy>, run: &Run) -> Result<MergePreview> {
        self.fetch(run)?;
        match by.unwrap_or(pulls_by(&self.repo()?)) {
            PullBy::Merge => self.preview(&MergeOf::Pull),
            PullBy::Rebase => self.preview(&MergeOf::Rebase),
        }
    }

    /// Merges the current branch's upstream as it was fetched last, and as [`preview_pull`](Self::preview_pull) showed it.
    pub fn pull_fetched(&self, answers: &Answers) -> Result<MergeOutcome> {
        self.changing(
            "pull",
            |repo| match pulls_by(repo) {
                PullBy::Merge => self.merge_upstream(repo, answers),
                PullBy::Rebase => self.rebase_on_upstream(repo, answers),
            },
            told,
        )
    }

    /// Merges the remote's branch as it was fetched last. The caller holds the lock.
    pub(crate) fn merge_upstream(&self, repo: &Repo, answers: &Answers) -> Result<MergeOutcome> {
        let incoming = match upstream_incoming(repo)? {
            Ok(incoming) => incoming,
            Err(branch) => return Ok(MergeOutcome::NoRemoteBranch { branch }),
        };
        let outcome = self.merge_incoming(repo, &incoming, answers)?;
        if !matches!(outcome, MergeOutcome::Questions { .. } | MergeOutcome::Unrelated) {
            follow_upstream(repo)?;
        }
        Ok(outcome)
    }
}

/// From now on the current branch belongs to the branch it was pulled from.
pub(crate) fn follow_upstream(repo: &Repo) -> Result<()> {
    let branch = branch(repo)?;
    Ok(repo.follow(&branch, &upstream_of(repo, &branch))?)
}

/// The remote's branch as it was fetched last; the name of the branch where the remote has none.
pub(crate) fn upstream_incoming(repo: &Repo) -> Result<std::result::Result<Incoming, String>> {
    let branch = branch(repo)?;
    let upstream = upstream_of(repo, &branch);
    let Some(theirs) = repo.remote_tip(&upstream)? else {
        return Ok(Err(branch));
    };
    Ok(Ok(Incoming {
        what: MergeOf::Pull,
        theirs,
        from: format!("origin/{upstream}"),
        message: format!("Merge branch 'origin/{upstream}' into {branch}"),
        joining: Joining::Merge,
        follows: Some(upstream),
    }))
}

fn upstream_of(repo: &Repo, branch: &str) -> String {
    repo.upstream_name(branch).unwrap_or_else(|| branch.to_owned())
}
