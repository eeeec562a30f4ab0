//! Fetch and pull. The network part holds no lock, so that editing goes on meanwhile; only the landing does.

use sheaf_git::fetch::FetchReport;
use sheaf_git::merge::Joining;
use sheaf_git::repository::Repo;

use crate::error::{ProjectError, Result};
use crate::merge::{Incoming, count, told};
use crate::merge_model::{MergeOf, MergeOutcome, MergePreview};
use crate::model::Answers;
use crate::project::{Project, Run, branch};
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

    /// Fetches and merges the current branch's upstream. Uncommitted changes are carried over; where a person
    /// must decide, nothing is touched and the merge waits.
    pub fn pull(&self, answers: &Answers, run: &Run) -> Result<MergeOutcome> {
        let repo = self.repo()?;
        self.journaled(
            "pull",
            &repo,
            |journal| self.run_pull(answers, run, journal),
            told,
        )
    }

    fn run_pull(
        &self,
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
        self.merge_upstream(&repo, answers)
    }

    /// Fetches, and says what a pull would come to. Nothing of the branch or the work tree changes.
    pub fn preview_pull(&self, run: &Run) -> Result<MergePreview> {
        self.fetch(run)?;
        self.preview(&MergeOf::Pull)
    }

    /// Merges the remote's branch as it was fetched last. The caller holds the lock.
    pub(crate) fn merge_upstream(&self, repo: &Repo, answers: &Answers) -> Result<MergeOutcome> {
        let branch = branch(repo)?;
        let incoming = match upstream_incoming(repo)? {
            Ok(incoming) => incoming,
            Err(branch) => return Ok(MergeOutcome::NoRemoteBranch { branch }),
        };
        let outcome = self.merge_incoming(repo, &incoming, answers)?;
        if !matches!(outcome, MergeOutcome::Questions { .. } | MergeOutcome::Unrelated) {
            repo.follow(&branch, &upstream_of(repo, &branch))?;
        }
        Ok(outcome)
    }
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
    }))
}

fn upstream_of(repo: &Repo, branch: &str) -> String {
    repo.upstream_name(branch).unwrap_or_else(|| branch.to_owned())
}
