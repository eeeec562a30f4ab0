//! Going back to committed content.

use crate::entry::Entry;
use crate::error::GitError;
use crate::model::Oid;
use crate::path;
use crate::plan::{FileEdit, IndexPlan, Plan};
use crate::repository::Repo;
use crate::tree_edit::Edits;

impl Repo {
    /// Takes these paths, or (`None`) everything, back to the last commit. Undo brings the changes back. Says how many
    /// files changed.
    pub fn discard(&self, only: Option<&[String]>) -> Result<usize, GitError> {
        let (files, index) = self.discarded(only)?;
        self.land_discard(files, index)
    }

    /// The edits that take these paths, or everything, back to the last commit.
    pub(crate) fn discarded(&self, only: Option<&[String]>) -> Result<(Vec<FileEdit>, Edits), GitError> {
        self.state()?;
        let head = self.head_tree()?;
        let mut index = Edits::new();
        let mut files = Vec::new();
        for change in self.status()? {
            if only.is_some_and(|only| !only.contains(&change.path)) {
                continue;
            }
            let committed = self.entry_at(head, &change.path)?;
            files.push(self.edit_to(&change.path, committed)?);
            index.insert(change.path, committed);
        }
        Ok((files, index))
    }

    pub(crate) fn land_discard(&self, files: Vec<FileEdit>, index: Edits) -> Result<usize, GitError> {
        let count = files.len();
        if count == 0 {
            return Ok(0);
        }
        let label = match count {
            1 => format!("Discard changes in {}", files[0].path),
            n => format!("Discard {n} changes"),
        };
        let index = IndexPlan::Paths {
            edits: index,
            known: Vec::new(),
        };
        self.land(Plan {
            label,
            files,
            index,
            ..Plan::default()
        })?;
        Ok(count)
    }

    /// Takes one file to what it was in `commit`; where that commit has no such file, the file goes.
    pub fn restore_file(&self, commit: &Oid, path: &str) -> Result<(), GitError> {
        path::check_new(path)?;
        let commit = self.find_commit(commit)?;
        let entry = self.entry_at(Some(commit.tree_id()), path)?;
        let edit = self.edit_to(path, entry)?;
        if edit.expect == entry {
            return Ok(());
        }
        let label = format!("Restore {path}");
        self.land(Plan {
            label,
            files: vec![edit],
            ..Plan::default()
        })
    }

    fn edit_to(&self, path: &str, entry: Option<Entry>) -> Result<FileEdit, GitError> {
        let expect = self.work_entry(path)?.map(|w| w.entry);
        Ok(FileEdit {
            path: path.to_owned(),
            expect,
            kept: None,
            after: entry.into(),
        })
    }
}
