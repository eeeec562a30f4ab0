//! Amend: put more into the last commit, or say it better, while it is only on this computer.

use sheaf_git::amend::More;

use crate::changes::uncommitted;
use crate::error::Result;
use crate::model::CommitOutcome;
use crate::project::{Project, author};
use crate::secrets::{chosen, everything};
use crate::selection::Selection;

impl Project {
    /// Replaces the last commit by one that also holds everything that changed, or what `only` names as for
    /// [`commit`](Self::commit) (an empty list: nothing more), under another message where one is given.
    pub fn amend(&self, message: Option<&str>, only: Option<&[String]>) -> Result<CommitOutcome> {
        self.changing(
            "amend",
            |repo| {
                let author = author(repo)?;
                let selection = only
                    .filter(|only| !only.is_empty())
                    .map(|only| Selection::to_commit(&uncommitted(repo)?, only))
                    .transpose()?;
                let (added, changes) = match (only, &selection) {
                    (_, Some(selection)) => (chosen(repo, selection)?, Vec::new()),
                    (None, None) => everything(repo)?,
                    (Some(_), None) => Default::default(),
                };
                let secrets = self.held_back(repo, &added)?;
                if !secrets.is_empty() {
                    return Ok(CommitOutcome::SecretsFound { secrets });
                }
                let more = match (only, &selection) {
                    (_, Some(Selection { whole, built, .. })) => More::Chosen(whole, built),
                    (None, None) => More::Everything(&changes),
                    (Some(_), None) => More::Nothing,
                };
                let commit = repo.amend(more, message, &author)?;
                Ok(CommitOutcome::of(
                    commit,
                    selection.map(|chosen| chosen.along).unwrap_or_default(),
                ))
            },
            CommitOutcome::told,
        )
    }
}
