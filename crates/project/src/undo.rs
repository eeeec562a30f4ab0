//! Undo and redo of the last Git operation or edit, also after a restart.

use sheaf_git::model::UndoPoint;
use sheaf_git::repository::Repo;

use crate::error::{ProjectError, Result};
use crate::project::Project;

impl Project {
    /// Undoes the newest operation or edit and says which it was. Where `expected` (an undo point's id) is given and
    /// something newer has happened since, nothing is undone.
    pub fn undo(&self, expected: Option<&str>) -> Result<UndoPoint> {
        self.step("undo", |repo| {
            let newest = repo.undo_points(1)?.into_iter().next();
            if expected.is_some_and(|id| newest.as_ref().is_none_or(|n| n.id != id)) {
                return Err(ProjectError::refused(
                    "not-the-newest",
                    "Something newer has happened since, so this was not undone",
                    "Undo the newer things first.",
                ));
            }
            Ok(repo.undo()?)
        })
    }

    /// Does again what was undone last.
    pub fn redo(&self) -> Result<UndoPoint> {
        self.step("redo", |repo| Ok(repo.redo()?))
    }

    fn step(
        &self,
        operation: &'static str,
        step: impl FnOnce(&Repo) -> Result<UndoPoint>,
    ) -> Result<UndoPoint> {
        self.changing(operation, |repo| step(repo), |point| point.label.clone())
    }
}
