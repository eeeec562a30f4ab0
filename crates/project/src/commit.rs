//! Commit: choose resources and fields, say why, and where wanted push at once.

use crate::changes::uncommitted;
use crate::error::Result;
use crate::model::{Committed, Discarded, PushMode};
use crate::project::{Project, Run, author};
use crate::selection::Selection;
use crate::words::counted;

impl Project {
    /// Commits everything, or what `only` names: ids of changed resources, paths of files, or one field of a resource as
    /// `ID:FIELD`. What the chosen changes need is taken along and told. Pushes where asked; a push that fails leaves the
    /// commit standing and is told beside it.
    pub fn commit(&self, message: &str, only: Option<&[String]>, push: bool, run: &Run) -> Result<Committed> {
        let repo = self.repo()?;
        let mut done = self.journaled(
            "commit",
            &repo,
            |_| self.commit_chosen(message, only),
            |done| format!("{} {}", done.commit.id.short(), done.commit.title),
        )?;
        if push {
            match self.push(&PushMode::Normal, run) {
                Ok(outcome) => done.push = Some(outcome),
                Err(e) => done.push_error = Some(e.keeping("Your commit is safe on this computer.").view()),
            }
        }
        Ok(done)
    }

    fn commit_chosen(&self, message: &str, only: Option<&[String]>) -> Result<Committed> {
        let (repo, _lock) = self.locked()?;
        let author = author(&repo)?;
        let (commit, along) = match only {
            None => (repo.commit(None, message, &author)?, Vec::new()),
            Some(only) => {
                let Selection { whole, built, along } = Selection::to_commit(&uncommitted(&repo)?, only)?;
                (repo.commit_parts(&whole, &built, message, &author)?, along)
            }
        };
        Ok(Committed {
            commit,
            along,
            push: None,
            push_error: None,
        })
    }

    /// Puts what was chosen (as for [`commit`](Self::commit); `None`: everything) back to the last commit. Can be undone.
    pub fn discard(&self, only: Option<&[String]>) -> Result<Discarded> {
        self.changing(
            "discard",
            |repo| {
                let Some(only) = only else {
                    return Ok(Discarded {
                        files: crate::merge::count(repo.discard(None)?),
                        along: Vec::new(),
                    });
                };
                let Selection { whole, built, along } = Selection::to_discard(&uncommitted(repo)?, only)?;
                let files = crate::merge::count(repo.discard_parts(&whole, &built)?);
                Ok(Discarded { files, along })
            },
            |done| format!("{} put back", counted(done.files, "file", "files")),
        )
    }
}
