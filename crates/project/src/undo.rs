//! Undo and redo: the operations and edits of a project as a line of time, also after a restart.

use std::collections::BTreeMap;

use sheaf_collection::{private_file, private_name};
use sheaf_git::model::{FileChange, FileStatus, UndoPoint};
use sheaf_git::repository::Repo;
use sheaf_git::undo_effect::UndoEffect;

use crate::answers::Given;
use crate::changes::{compare, list, read_now, readable};
use crate::collection_merge::CollectionMerge;
use crate::error::{ProjectError, Result};
use crate::merge::count;
use crate::model::{Answer, Timeline, UndoPreview};
use crate::project::Project;
use crate::words::counted;

/// Points that are listed.
const LISTED: usize = 1000;

impl Project {
    /// Everything that can be undone and done again, the latest first.
    pub fn timeline(&self) -> Result<Timeline> {
        let repo = self.repo()?;
        Ok(Timeline {
            undo: repo.undo_points(LISTED)?,
            redo: repo.redo_points(LISTED)?,
        })
    }

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
            Ok(repo.undo(&self.keeping_edits(repo))?)
        })
    }

    /// Does again what was undone last.
    pub fn redo(&self) -> Result<UndoPoint> {
        self.step("redo", |repo| Ok(repo.redo(&self.keeping_edits(repo))?))
    }

    /// Goes back to before the operation `id`: undoes it and everything newer, the newest first. Where one of these cannot
    /// be undone, none is. Each can be done again by itself.
    pub fn undo_to(&self, id: &str) -> Result<Vec<UndoPoint>> {
        self.steps("undo", |repo| repo.undo_to(id, &self.keeping_edits(repo)))
    }

    /// Does again everything that was undone, up to and with the operation `id`.
    pub fn redo_to(&self, id: &str) -> Result<Vec<UndoPoint>> {
        self.steps("redo", |repo| repo.redo_to(id, &self.keeping_edits(repo)))
    }

    /// What undoing everything down to the operation `id` (or doing again everything up to it) would change in the work
    /// tree and of branches. Nothing is touched.
    pub fn undo_preview(&self, id: &str) -> Result<UndoPreview> {
        let repo = self.repo()?;
        let effect = repo.undo_effect(id, &self.keeping_edits(&repo))?;
        let mut then = BTreeMap::new();
        for (path, blob) in &effect.files {
            let content = blob.as_ref().map(|blob| repo.kept_content(blob)).transpose()?;
            then.insert(path.clone(), content.flatten());
        }
        let private = effect.private.iter();
        then.extend(private.map(|(name, content)| (private_file(name), content.clone())));
        let files = differing(&repo, &then)?;
        let before = |paths: &[&str]| Ok(read_now(&repo, paths));
        let after = |paths: &[&str]| {
            Ok(paths
                .iter()
                .map(|path| Ok(then.get(*path).cloned().flatten()))
                .collect())
        };
        let changes = compare(&files, &before, &after)?.changes;
        let UndoEffect { points, refs, .. } = effect;
        Ok(UndoPreview {
            points,
            changes: list(changes),
            refs,
        })
    }

    /// Edits that were made since stay, but for a field that is itself taken back; its edit is kept for redo.
    fn keeping_edits<'p>(&'p self, repo: &'p Repo) -> CollectionMerge<'p> {
        CollectionMerge::new(self, repo, Given::none()).otherwise(Answer::Theirs)
    }

    /// What a file holds after going back (or forth) to a point.
    pub(crate) fn content_after(&self, repo: &Repo, id: &str, path: &str) -> Result<Option<Vec<u8>>> {
        let effect = repo.undo_effect(id, &self.keeping_edits(repo))?;
        let private = private_name(path).and_then(|name| effect.private.iter().find(|(own, _)| own == name));
        if let Some((_, content)) = private {
            return Ok(content.clone());
        }
        match effect.files.iter().find(|(own, _)| own == path) {
            Some((_, Some(blob))) => Ok(repo.kept_content(blob)?),
            Some((_, None)) => Ok(None),
            None => Ok(repo.read_work_file(path)?),
        }
    }

    fn step(
        &self,
        operation: &'static str,
        step: impl FnOnce(&Repo) -> Result<UndoPoint>,
    ) -> Result<UndoPoint> {
        self.changing(operation, |repo| step(repo), |point| point.label.clone())
    }

    fn steps(
        &self,
        operation: &'static str,
        steps: impl FnOnce(&Repo) -> std::result::Result<Vec<UndoPoint>, sheaf_git::error::GitError>,
    ) -> Result<Vec<UndoPoint>> {
        self.changing(
            operation,
            |repo| {
                steps(repo).map_err(|e| {
                    let e = ProjectError::from(e);
                    e.keeping("No files were lost: what was undone until then can be done again.")
                })
            },
            |points| counted(count(points.len()), "step", "steps"),
        )
    }
}

/// Files whose content now is another than `then`.
fn differing(repo: &Repo, then: &BTreeMap<String, Option<Vec<u8>>>) -> Result<Vec<FileChange>> {
    let paths: Vec<&str> = then.keys().map(String::as_str).collect();
    let mut files = Vec::new();
    for (now, (path, then)) in read_now(repo, &paths).into_iter().zip(then) {
        let status = match (readable(now)?, then) {
            (now, then) if now == *then => continue,
            (None, _) => FileStatus::Added,
            (_, None) => FileStatus::Deleted,
            _ => FileStatus::Modified,
        };
        let path = path.clone();
        files.push(FileChange { path, status });
    }
    Ok(files)
}
