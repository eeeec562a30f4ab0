//! What differs between the last commit and the work tree.

use git2::{Status, StatusOptions};

use crate::entry::GITLINK;
use crate::error::GitError;
use crate::model::{FileChange, FileStatus, Oid};
use crate::repository::Repo;
use crate::tree_diff::differences;

/// How our own half-written files are named; they are never a change.
pub(crate) const TEMP_PREFIX: &str = ".sheaf-tmp-";

impl Repo {
    /// Every file of the work tree that differs from the last commit, new ones included, in the order of paths.
    pub fn status(&self) -> Result<Vec<FileChange>, GitError> {
        let mut options = StatusOptions::new();
        options
            .include_untracked(true)
            .recurse_untracked_dirs(true)
            .exclude_submodules(true)
            .update_index(true);
        let statuses = self.git.statuses(Some(&mut options))?;
        let mut changes = Vec::new();
        for entry in statuses.iter() {
            let Ok(path) = std::str::from_utf8(entry.path_bytes()) else {
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
            let head = entry.head_to_index().map(|d| d.old_file().id());
            if let Some(status) = self.against_head(path, entry.status(), head)? {
                changes.push(FileChange {
                    path: path.to_owned(),
                    status,
                });
            }
        }
        changes.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(changes)
    }

    /// Every file that differs between two commits; without `a`, every file of `b`.
    pub fn changes_between(&self, a: Option<&Oid>, b: &Oid) -> Result<Vec<FileChange>, GitError> {
        let old = a.map(|a| self.find_commit(a)).transpose()?.map(|c| c.tree_id());
        let new = self.find_commit(b)?.tree_id();
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
        head: Option<git2::Oid>,
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
                    Some(work) if Some(work.entry.oid) == head && !status.is_wt_typechange() => None,
                    Some(_) => Some(FileStatus::Modified),
                }
            }
            (true, false) => Some(FileStatus::Modified),
        })
    }
}
