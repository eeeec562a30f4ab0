//! Files written and committed in one step, which one undo takes back.

use crate::commit::check_author;
use crate::commit_info::describe;
use crate::entry::{Entry, FILE};
use crate::error::GitError;
use crate::model::{Author, CommitInfo};
use crate::path;
use crate::plan::{After, FileEdit, IndexPlan, Plan, RefEdit};
use crate::repository::{HEADS, Repo};
use crate::tree_edit::Edits;
use crate::tree_policy::TreeLimits;
use crate::write_files::FileContent;

impl Repo {
    /// Writes each file whole (`None`: the file goes) and commits just these. Whatever else has changed stays as it is.
    /// The files must be as they were committed; whoever calls this has looked.
    pub fn commit_files(
        &self,
        files: &[FileContent],
        message: &str,
        author: &Author,
    ) -> Result<CommitInfo, GitError> {
        check_author(author)?;
        let (branch, message) = self.ready_to_commit(message, author)?;
        let mut edits = Edits::new();
        let mut plan = Vec::new();
        for (path, bytes) in files {
            let now = self.work_entry(path)?;
            if now.as_ref().is_some_and(|w| w.meta.is_symlink()) {
                return Err(GitError::BadPath {
                    path: path.clone(),
                    why: "it is a link",
                });
            }
            let mode = now.as_ref().map_or(FILE, |w| w.entry.mode);
            let after = if let Some(bytes) = bytes {
                path::check_new(path)?;
                let oid = self.git.blob(bytes)?;
                edits.insert(path.clone(), Some(Entry { oid, mode }));
                After::Bytes(bytes.clone())
            } else {
                edits.insert(path.clone(), None);
                After::Gone
            };
            plan.push(FileEdit {
                path: path.clone(),
                expect: now.map(|w| w.entry),
                kept: None,
                after,
            });
        }
        let tree = self.edit_tree(self.head_tree()?, &edits)?;
        self.check_tree(tree, &TreeLimits::default())?;
        let head = self.head_commit()?;
        let parents: Vec<_> = head.into_iter().collect();
        let commit = self.write_commit(tree, &parents, &message, author)?;
        self.land(Plan {
            label: message.lines().next().unwrap_or_default().to_owned(),
            files: plan,
            refs: vec![RefEdit::new(format!("{HEADS}{branch}"), head, commit)],
            index: IndexPlan::Paths {
                edits,
                known: Vec::new(),
            },
            ..Plan::default()
        })?;
        Ok(describe(&self.git.find_commit(commit)?))
    }
}
