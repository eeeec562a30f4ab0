//! Committing and discarding a part of what changed in a file.

use crate::entry::{Entry, FILE};
use crate::error::GitError;
use crate::model::{Author, CommitInfo};
use crate::path;
use crate::plan::{After, FileEdit, IndexPlan};
use crate::repository::Repo;
use crate::tree_edit::Edits;
use crate::work_entry::WorkEntry;

/// A file with the content it is to have; absent where it is to be gone.
pub type FilePart = (String, Option<Vec<u8>>);

impl Repo {
    /// Commits the work tree's version of the files in `whole`, and of those in `parts` exactly these bytes. The work
    /// tree stays as it is, so that what is not in the parts is still changed afterwards.
    pub fn commit_parts(
        &self,
        whole: &[String],
        parts: &[FilePart],
        message: &str,
        author: &Author,
    ) -> Result<CommitInfo, GitError> {
        let (branch, message) = self.ready_to_commit(message, author)?;
        let (edits, known) = self.edits_of_parts(whole, parts)?;
        if edits.is_empty() {
            return Err(GitError::NothingToCommit);
        }
        let tree = self.edit_tree(self.head_tree()?, &edits)?;
        self.land_commit(&branch, tree, &message, author, IndexPlan::Paths { edits, known })
    }

    /// What a commit of these files and parts changes in the last one.
    pub(crate) fn edits_of_parts(
        &self,
        whole: &[String],
        parts: &[FilePart],
    ) -> Result<(Edits, Vec<(String, WorkEntry)>), GitError> {
        let (mut edits, known) = self.edits_of_work_tree(whole)?;
        let head = self.head_tree()?;
        for (path, bytes) in parts {
            let committed = self.entry_at(head, path)?;
            let entry = match bytes {
                Some(bytes) => Some(self.part_entry(path, committed, bytes)?),
                None => None,
            };
            if entry != committed {
                edits.insert(path.clone(), entry);
            }
        }
        Ok((edits, known))
    }

    /// Takes the files in `whole` back to the last commit, and those in `parts` to exactly these bytes. Undo brings the
    /// changes back. Says how many files changed.
    pub fn discard_parts(&self, whole: &[String], parts: &[FilePart]) -> Result<usize, GitError> {
        let (mut files, index) = self.discarded(Some(whole))?;
        for (path, bytes) in parts {
            let now = self.work_entry(path)?;
            if now.as_ref().is_some_and(|work| work.meta.is_symlink()) {
                return Err(GitError::BadPath {
                    path: path.clone(),
                    why: "it is a link",
                });
            }
            if now.is_none() && bytes.is_some() {
                path::check_new(path)?;
            }
            files.push(FileEdit {
                path: path.clone(),
                expect: now.map(|work| work.entry),
                kept: None,
                after: bytes.clone().map_or(After::Gone, After::Bytes),
            });
        }
        self.land_discard(files, index)
    }

    /// A part keeps the mode that is committed; a new file has that of the work tree.
    fn part_entry(&self, path: &str, committed: Option<Entry>, bytes: &[u8]) -> Result<Entry, GitError> {
        let mode = if let Some(entry) = committed {
            entry.mode
        } else {
            path::check_new(path)?;
            self.work_entry(path)?.map_or(FILE, |work| work.entry.mode)
        };
        let oid = self.git.blob(bytes)?;
        Ok(Entry { oid, mode })
    }
}
