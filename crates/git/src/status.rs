//! What differs between the last commit and the work tree.

use std::collections::BTreeSet;

use git2::{Status, StatusOptions};

use crate::entry::{Entry, GITLINK};
use crate::error::GitError;
use crate::hash::blob_id;
use crate::model::{FileChange, FileStatus, Oid};
use crate::repository::{Repo, TEMP_PREFIX};
use crate::stamp::Stamp;
use crate::tree_diff::differences;

/// The work tree as one look at it found it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scan {
    /// What [`Repo::status`] says.
    pub changes: Vec<FileChange>,
    /// Files that are committed or could be, in the order of paths; those that are gone are left out.
    pub files: Vec<ScannedFile>,
    /// Names of files that are not UTF-8, as far as they can be shown. Such files are in no other list.
    pub unreadable: Vec<String>,
}

/// One file of the work tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScannedFile {
    /// Where it is.
    pub path: String,
    /// How it looked, where that was looked at.
    pub stamp: Option<Stamp>,
    /// What it holds, where that had to be read to be told.
    pub content: Option<ContentId>,
}

/// The content of a file, byte for byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContentId(pub(crate) git2::Oid);

impl ContentId {
    /// Whether it is these bytes.
    pub fn is_of(self, bytes: &[u8]) -> bool {
        blob_id(bytes) == Some(self.0)
    }
}

/// What libgit2 found: changes, and names that are not UTF-8.
type Found = (Vec<FileChange>, BTreeSet<String>);

impl Repo {
    /// Every file of the work tree that differs from the last commit, new ones included, in the order of paths.
    pub fn status(&self) -> Result<Vec<FileChange>, GitError> {
        #[cfg(unix)]
        if let Some(scan) = self.quick_scan(false)? {
            return Ok(scan.changes);
        }
        Ok(self.thorough_scan()?.changes)
    }

    /// Changes and files together, for the price of one of them.
    pub fn scan(&self) -> Result<Scan, GitError> {
        #[cfg(unix)]
        if let Some(scan) = self.quick_scan(true)? {
            return Ok(scan);
        }
        self.thorough_scan()
    }

    /// By libgit2, which knows everything that may be in a repository.
    fn thorough_scan(&self) -> Result<Scan, GitError> {
        let (changes, mut unreadable) = self.walk()?;
        let mut paths = BTreeSet::new();
        // The walk has just read it.
        for entry in self.git.index()?.iter() {
            match String::from_utf8(entry.path) {
                Ok(path) => drop(paths.insert(path)),
                Err(e) => drop(unreadable.insert(String::from_utf8_lossy(e.as_bytes()).into_owned())),
            }
        }
        for change in &changes {
            match change.status {
                FileStatus::Deleted => drop(paths.remove(&change.path)),
                _ => drop(paths.insert(change.path.clone())),
            }
        }
        let files = paths.into_iter().map(|path| ScannedFile {
            path,
            stamp: None,
            content: None,
        });
        Ok(Scan {
            changes,
            files: files.collect(),
            unreadable: unreadable.into_iter().collect(),
        })
    }

    /// Files Sheaf cannot work with, because their names are not UTF-8; the names as far as they can be shown.
    pub fn unreadable_names(&self) -> Result<Vec<String>, GitError> {
        Ok(self.scan()?.unreadable)
    }

    /// Writes nothing: who reads holds no lock.
    fn walk(&self) -> Result<Found, GitError> {
        let mut options = StatusOptions::new();
        options
            .include_untracked(true)
            .recurse_untracked_dirs(true)
            .exclude_submodules(true)
            .update_index(false);
        let statuses = self.git.statuses(Some(&mut options))?;
        let (mut changes, mut unreadable) = Found::default();
        for entry in statuses.iter() {
            let Ok(path) = std::str::from_utf8(entry.path_bytes()) else {
                unreadable.insert(String::from_utf8_lossy(entry.path_bytes()).into_owned());
                continue;
            };
            let ours = path
                .rsplit('/')
                .next()
                .is_some_and(|n| n.starts_with(TEMP_PREFIX));
            // A folder here is a repository inside this one; it is not ours to look into.
            if ours || path.ends_with('/') {
                continue;
            }
            let head = entry.head_to_index().map(|d| Entry {
                oid: d.old_file().id(),
                mode: d.old_file().mode().into(),
            });
            if let Some(status) = self.against_head(path, entry.status(), head)? {
                changes.push(FileChange {
                    path: path.to_owned(),
                    status,
                });
            }
        }
        changes.sort_by(|a, b| a.path.cmp(&b.path));
        Ok((changes, unreadable))
    }

    /// Every file that differs between two commits; without `a`, every file of `b`.
    pub fn changes_between(&self, a: Option<&Oid>, b: &Oid) -> Result<Vec<FileChange>, GitError> {
        let old = a.map(|a| self.tree_at(a)).transpose()?;
        let new = self.tree_at(b)?;
        let files = differences(self, old, Some(new))?
            .into_iter()
            .filter(|d| ![d.old, d.new].into_iter().flatten().any(|e| e.mode == GITLINK));
        Ok(files
            .map(|d| {
                let status = match (d.old, d.new) {
                    (None, _) => FileStatus::Added,
                    (_, None) => FileStatus::Deleted,
                    _ => FileStatus::Modified,
                };
                FileChange { path: d.path, status }
            })
            .collect())
    }

    /// libgit2 compares HEAD with the index and the index with the work tree; this folds the two into one.
    fn against_head(
        &self,
        path: &str,
        status: Status,
        head: Option<Entry>,
    ) -> Result<Option<FileStatus>, GitError> {
        let index_differs =
            status.intersects(Status::INDEX_MODIFIED | Status::INDEX_TYPECHANGE | Status::INDEX_DELETED);
        let in_head =
            index_differs || status.is_conflicted() || !status.intersects(Status::INDEX_NEW | Status::WT_NEW);
        let gone = status.is_wt_deleted() || (status.is_index_deleted() && !status.is_wt_new());
        Ok(match (in_head, gone) {
            (false, true) => None,
            (false, false) => Some(FileStatus::Added),
            (true, true) => Some(FileStatus::Deleted),
            (true, false) if status.is_wt_typechange() || status.is_conflicted() || index_differs => {
                match self.work_entry(path)? {
                    None => Some(FileStatus::Deleted),
                    Some(work) if Some(work.entry) == head => None,
                    Some(_) => Some(FileStatus::Modified),
                }
            }
            (true, false) => Some(FileStatus::Modified),
        })
    }
}
