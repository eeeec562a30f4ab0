//! Commit: choose resources and fields, say why, and where wanted push at once.

use sheaf_git::model::CommitInfo;

use crate::changes::uncommitted;
use crate::error::Result;
use crate::model::{CommitOutcome, Committed, Discarded, PushMode};
use crate::project::{Project, Run, author};
use crate::secrets::{chosen, everything, in_words};
use crate::selection::Selection;
use crate::words::counted;

impl Project {
    /// Commits everything, or what `only` names: ids of changed resources, paths of files, or one field of a resource as
    /// `ID:FIELD`. What the chosen changes need is taken along and told. Pushes where asked; a push that fails leaves the
    /// commit standing and is told beside it. Nothing is committed where something in it looks like a secret that
    /// nobody allowed.
    pub fn commit(
        &self,
        message: &str,
        only: Option<&[String]>,
        push: bool,
        run: &Run,
    ) -> Result<CommitOutcome> {
        let repo = self.repo()?;
        let outcome = self.journaled(
            "commit",
            &repo,
            |_| self.commit_chosen(message, only),
            CommitOutcome::told,
        )?;
        let CommitOutcome::Committed(mut done) = outcome else {
            return Ok(outcome);
        };
        if push {
            match self.push(&PushMode::Normal, run) {
                Ok(outcome) => done.push = Some(outcome),
                Err(e) => done.push_error = Some(e.keeping("Your commit is safe on this computer.").view()),
            }
        }
        Ok(CommitOutcome::Committed(done))
    }

    fn commit_chosen(&self, message: &str, only: Option<&[String]>) -> Result<CommitOutcome> {
        let (repo, _lock) = self.locked()?;
        let author = author(&repo)?;
        let selection = only
            .map(|only| Selection::to_commit(&uncommitted(&repo)?, only))
            .transpose()?;
        let (added, changes) = match &selection {
            None => everything(&repo)?,
            Some(selection) => (chosen(&repo, selection)?, Vec::new()),
        };
        let secrets = self.held_back(&repo, &added)?;
        if !secrets.is_empty() {
            return Ok(CommitOutcome::SecretsFound { secrets });
        }
        let (commit, along) = match selection {
            None => (repo.commit_found(&changes, message, &author)?, Vec::new()),
            Some(Selection { whole, built, along }) => {
                (repo.commit_parts(&whole, &built, message, &author)?, along)
            }
        };
        Ok(CommitOutcome::of(commit, along))
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

impl CommitOutcome {
    pub(crate) fn of(commit: CommitInfo, along: Vec<String>) -> Self {
        Self::Committed(Committed {
            commit,
            along,
            push: None,
            push_error: None,
        })
    }

    /// For the journal.
    pub(crate) fn told(&self) -> String {
        match self {
            Self::Committed(done) => format!("{} {}", done.commit.id.short(), done.commit.title),
            Self::SecretsFound { secrets } => format!("nothing is committed: {}", in_words(secrets)),
        }
    }
}
