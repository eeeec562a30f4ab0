//! Amend: put more into the last commit, or say it better, while it is only on this computer.

use sheaf_git::amend::More;

use crate::changes::uncommitted;
use crate::error::Result;
use crate::model::Committed;
use crate::project::{Project, author};
use crate::selection::Selection;

impl Project {
    /// Replaces the last commit by one that also holds everything that changed, or what `only` names as for
    /// [`commit`](Self::commit) (an empty list: nothing more), under another message where one is given.
    pub fn amend(&self, message: Option<&str>, only: Option<&[String]>) -> Result<Committed> {
        self.changing(
            "amend",
            |repo| {
                let author = author(repo)?;
                let (commit, along) = match only {
                    None => (repo.amend(More::Everything, message, &author)?, Vec::new()),
                    Some([]) => (repo.amend(More::Nothing, message, &author)?, Vec::new()),
                    Some(only) => {
                        let Selection { whole, built, along } =
                            Selection::to_commit(&uncommitted(repo)?, only)?;
                        (repo.amend(More::Chosen(&whole, &built), message, &author)?, along)
                    }
                };
                Ok(Committed {
                    commit,
                    along,
                    push: None,
                    push_error: None,
                })
            },
            |done| format!("{} {}", done.commit.id.short(), done.commit.title),
        )
    }
}
