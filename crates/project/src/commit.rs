//! Commit: choose resources, say why, and where wanted push at once.

use std::collections::BTreeSet;

use sheaf_collection::model::ResourceChange;

use crate::changes::{changes_of, files_of};
use crate::error::{ProjectError, Result};
use crate::model::{Committed, PushMode};
use crate::project::{Project, Run, author};
use crate::words::counted;

impl Project {
    /// Commits everything, or the resources (ids, or paths of ordinary files) in `only`, and pushes where asked.
    /// A push that fails leaves the commit standing and is told beside it.
    pub fn commit(&self, message: &str, only: Option<&[String]>, push: bool, run: &Run) -> Result<Committed> {
        let repo = self.repo()?;
        let commit = self.journaled(
            "commit",
            &repo,
            |_| self.commit_chosen(message, only),
            |commit| format!("{} {}", commit.id.short(), commit.title),
        )?;
        let mut done = Committed {
            commit,
            push: None,
            push_error: None,
        };
        if push {
            match self.push(&PushMode::Normal, run) {
                Ok(outcome) => done.push = Some(outcome),
                Err(e) => done.push_error = Some(e.keeping("Your commit is safe on this computer.").view()),
            }
        }
        Ok(done)
    }

    fn commit_chosen(&self, message: &str, only: Option<&[String]>) -> Result<sheaf_git::model::CommitInfo> {
        let (repo, _lock) = self.locked()?;
        let author = author(&repo)?;
        let paths = only.map(|only| self.paths(&repo, only)).transpose()?;
        Ok(repo.commit(paths.as_deref(), message, &author)?)
    }

    /// Puts changed resources back to the last commit. Can be undone. Returns how many files were put back.
    pub fn discard(&self, only: Option<&[String]>) -> Result<u32> {
        self.changing(
            "discard",
            |repo| {
                let paths = only.map(|only| self.paths(repo, only)).transpose()?;
                Ok(u32::try_from(repo.discard(paths.as_deref())?).unwrap_or(u32::MAX))
            },
            |count| format!("{} put back", counted(*count, "file", "files")),
        )
    }

    /// The files that hold the changed resources in `only`.
    fn paths(&self, repo: &sheaf_git::repository::Repo, only: &[String]) -> Result<Vec<String>> {
        let changes = changes_of(repo, &self.look(repo)?)?;
        let mut paths = BTreeSet::new();
        for wanted in only {
            let found: Vec<&ResourceChange> = changes
                .iter()
                .filter(|c| c.id.0 == *wanted || c.path == *wanted)
                .collect();
            if found.is_empty() {
                return Err(ProjectError::refused(
                    "not-changed",
                    format!("“{wanted}” has no changes"),
                    "Look at the list of changes again.",
                ));
            }
            paths.extend(found.into_iter().flat_map(files_of));
        }
        Ok(paths.into_iter().collect())
    }
}
