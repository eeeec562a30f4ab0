//! Undo and redo of the last Git operation or edit, also after a restart.

use sheaf_git::model::UndoPoint;

use crate::error::Result;
use crate::project::Project;

impl Project {
    /// Undoes the newest operation or edit and says which it was.
    pub fn undo(&self) -> Result<UndoPoint> {
        self.step("undo", sheaf_git::repository::Repo::undo)
    }

    /// Does again what was undone last.
    pub fn redo(&self) -> Result<UndoPoint> {
        self.step("redo", sheaf_git::repository::Repo::redo)
    }

    fn step(
        &self,
        operation: &'static str,
        step: fn(&sheaf_git::repository::Repo) -> std::result::Result<UndoPoint, sheaf_git::error::GitError>,
    ) -> Result<UndoPoint> {
        let repo = self.repo()?;
        self.journaled(
            operation,
            &repo,
            |_| {
                let (repo, _lock) = self.locked()?;
                Ok(step(&repo)?)
            },
            |point| point.label.clone(),
        )
    }
}
