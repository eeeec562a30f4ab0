//! A set of files: a tree with single files laid over it. So the work tree is HEAD's tree with the changed files over
//! it, and only those are ever read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use git2::Oid;

use crate::entry::{Entry, TREE};
use crate::error::GitError;
use crate::model::FileStatus;
use crate::plan::FileEdit;
use crate::repository::Repo;
use crate::tree_diff::{Difference, differences, mode_of};
use crate::tree_edit::Edits;
use crate::work_entry::WorkEntry;

/// New files above this size are left where they are instead of being carried around.
const MAX_CARRIED_BYTES: u64 = 100 * 1024 * 1024;

/// A tree and what lies over it; `None` there means that the file is not there.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layer {
    pub(crate) tree: Option<Oid>,
    pub(crate) over: Edits,
}

impl Layer {
    /// Just a tree.
    pub(crate) fn of(tree: Option<Oid>) -> Self {
        Self {
            tree,
            over: BTreeMap::new(),
        }
    }

    /// The file at `path`.
    pub(crate) fn get(&self, repo: &Repo, path: &str) -> Result<Option<Entry>, GitError> {
        match self.over.get(path) {
            Some(entry) => Ok(*entry),
            None => repo.entry_at(self.tree, path),
        }
    }

    /// The same files with some of them changed.
    pub(crate) fn with(mut self, edits: &Edits) -> Self {
        self.over
            .extend(edits.iter().map(|(path, entry)| (path.clone(), *entry)));
        self
    }

    /// The same files seen as changes of another tree.
    pub(crate) fn onto(&self, repo: &Repo, tree: Option<Oid>) -> Result<Self, GitError> {
        let over = self
            .diff_to(repo, &Self::of(tree))?
            .into_iter()
            .map(|d| (d.path, d.old))
            .collect();
        Ok(Self { tree, over })
    }

    /// Every file that differs, `self` being the old side.
    pub(crate) fn diff_to(&self, repo: &Repo, new: &Self) -> Result<Vec<Difference>, GitError> {
        let mut paths: BTreeSet<String> = self.over.keys().chain(new.over.keys()).cloned().collect();
        let mut found: BTreeMap<String, Difference> = BTreeMap::new();
        for d in differences(repo, self.tree, new.tree)? {
            if !paths.contains(&d.path) {
                found.insert(d.path.clone(), d);
            }
        }
        while let Some(path) = paths.pop_first() {
            let (old, new) = (self.get(repo, &path)?, new.get(repo, &path)?);
            if old != new {
                found.insert(path.clone(), Difference { path, old, new });
            }
        }
        Ok(found.into_values().collect())
    }
}

impl Repo {
    /// What has to happen on disk to get from one set of files to another.
    pub(crate) fn edits_between(&self, from: &Layer, to: &Layer) -> Result<Vec<FileEdit>, GitError> {
        let edit = |d: Difference| FileEdit {
            path: d.path,
            expect: d.old,
            kept: None,
            after: d.new.into(),
        };
        Ok(from.diff_to(self, to)?.into_iter().map(edit).collect())
    }

    /// How many files a folder of a tree holds.
    pub(crate) fn count_below(&self, tree: Option<Oid>, folder: &str) -> Result<usize, GitError> {
        let Some(tree) = tree else { return Ok(0) };
        match self.git.find_tree(tree)?.get_path(Path::new(folder)) {
            Ok(e) if mode_of(&e) == TREE => Ok(differences(self, None, Some(e.id()))?.len()),
            Ok(_) => Ok(0),
            Err(e) if e.code() == git2::ErrorCode::NotFound => Ok(0),
            Err(e) => Err(e.into()),
        }
    }

    /// The work tree, with what is known of its changed files.
    pub(crate) fn work_layer(&self) -> Result<(Layer, Vec<(String, WorkEntry)>), GitError> {
        let mut layer = Layer::of(self.head_tree()?);
        let mut known = Vec::new();
        for change in self.status()? {
            let work = match change.status {
                FileStatus::Deleted => None,
                _ => self.work_entry(&change.path)?,
            };
            let stays = change.status == FileStatus::Added
                && work.as_ref().is_some_and(|w| w.meta.len() > MAX_CARRIED_BYTES);
            if stays {
                continue;
            }
            layer
                .over
                .insert(change.path.clone(), work.as_ref().map(|w| w.entry));
            known.extend(work.map(|w| (change.path, w)));
        }
        Ok((layer, known))
    }

    /// Files that git ignores are not among the changes; where a new file would take the place of one, it counts.
    pub(crate) fn notice_hidden(&self, work: &mut Layer, coming: &Layer) -> Result<(), GitError> {
        for d in differences(self, work.tree, coming.tree)? {
            if d.old.is_none()
                && d.new.is_some()
                && !work.over.contains_key(&d.path)
                && let Some(hidden) = self.work_entry(&d.path)?
            {
                work.over.insert(d.path, Some(hidden.entry));
            }
        }
        Ok(())
    }
}
