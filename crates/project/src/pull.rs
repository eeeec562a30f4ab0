//! Fetch and pull. The network part holds no lock, so that editing goes on meanwhile; only the landing does.

use sheaf_git::fetch::FetchReport;

use crate::error::{ProjectError, Result};
use crate::merge::{count, told};
use crate::model::{Answers, MergeOutcome};
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

    /// Fetches and merges the current branch's upstream. Uncommitted changes are carried over; on a disagreement nothing
    /// is touched and the same call with answers goes on.
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
        let upstream = repo.upstream_name(&branch).unwrap_or_else(|| branch.clone());
        let Some(theirs) = repo.remote_tip(&upstream)? else {
            return Ok(MergeOutcome::NoRemoteBranch { branch });
        };
        let outcome = self.merge_commit(
            &repo,
            &theirs,
            &format!("Merge branch 'origin/{upstream}' into {branch}"),
            answers,
        )?;
        if !matches!(outcome, MergeOutcome::Disagree { .. } | MergeOutcome::Unrelated) {
            repo.follow(&branch, &upstream)?;
        }
        Ok(outcome)
    }
}
