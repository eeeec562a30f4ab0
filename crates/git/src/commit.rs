//! Committing.

use git2::Signature;

use crate::commit_info::describe;
use crate::error::GitError;
use crate::model::{Author, CommitInfo, FileChange, FileStatus, Head};
use crate::path;
use crate::plan::{IndexPlan, Plan, RefEdit};
use crate::repository::{HEADS, Repo};
use crate::tree_edit::Edits;
use crate::tree_policy::TreeLimits;
use crate::work_entry::WorkEntry;

/// Larger files are not committed: no host takes them, and no clone of ours would write them.
const MAX_COMMITTED_BYTES: u64 = 512 * 1024 * 1024;

impl Repo {
    /// Commits the work tree's version of these paths, or (`None`) of everything that changed.
    pub fn commit(
        &self,
        only: Option<&[String]>,
        message: &str,
        author: &Author,
    ) -> Result<CommitInfo, GitError> {
        match only {
            None => self.commit_found(&self.status()?, message, author),
            Some(only) => self.commit_parts(only, &[], message, author),
        }
    }

    /// Commits everything that changed, which [`status`](Self::status) found a moment ago.
    pub fn commit_found(
        &self,
        changes: &[FileChange],
        message: &str,
        author: &Author,
    ) -> Result<CommitInfo, GitError> {
        let (branch, message) = self.ready_to_commit(message, author)?;
        let (edits, known) = self.edits_of(changes)?;
        if edits.is_empty() {
            return Err(GitError::NothingToCommit);
        }
        let tree = self.edit_tree(self.head_tree()?, &edits)?;
        let index = IndexPlan::Tree {
            tree: Some(tree),
            known,
        };
        self.land_commit(&branch, tree, &message, author, index)
    }

    /// A commit object that no ref leads to yet.
    pub(crate) fn write_commit(
        &self,
        tree: git2::Oid,
        parents: &[git2::Oid],
        message: &str,
        author: &Author,
    ) -> Result<git2::Oid, GitError> {
        self.write_commit_of(tree, parents, message, author, None)
    }

    /// The same with the author of another commit, and the time it was written.
    pub(crate) fn write_commit_of(
        &self,
        tree: git2::Oid,
        parents: &[git2::Oid],
        message: &str,
        committer: &Author,
        author_of: Option<git2::Oid>,
    ) -> Result<git2::Oid, GitError> {
        let who = Signature::now(&committer.name, &committer.email)?;
        let original = author_of.map(|commit| self.git.find_commit(commit)).transpose()?;
        let author = original.as_ref().map(git2::Commit::author);
        let parents: Result<Vec<_>, _> = parents.iter().map(|p| self.git.find_commit(*p)).collect();
        let parents = parents?;
        let parents: Vec<_> = parents.iter().collect();
        let tree = self.git.find_tree(tree)?;
        let author = author.as_ref().unwrap_or(&who);
        Ok(self.git.commit(None, author, &who, message, &tree, &parents)?)
    }

    /// Branch and cleaned message, or why there can be no commit.
    pub(crate) fn ready_to_commit(
        &self,
        message: &str,
        author: &Author,
    ) -> Result<(String, String), GitError> {
        self.state()?;
        let branch = match self.head()? {
            Head::Branch { name, .. } | Head::Unborn { name } => name,
            Head::Detached { .. } => return Err(GitError::Detached),
        };
        let message = clean_message(message)?;
        check_author(author)?;
        Ok((branch, message))
    }

    pub(crate) fn edits_of_work_tree(
        &self,
        only: &[String],
    ) -> Result<(Edits, Vec<(String, WorkEntry)>), GitError> {
        let mut changes = self.status()?;
        changes.retain(|change| only.contains(&change.path));
        self.edits_of(&changes)
    }

    pub(crate) fn edits_of(
        &self,
        changes: &[FileChange],
    ) -> Result<(Edits, Vec<(String, WorkEntry)>), GitError> {
        let mut edits = Edits::new();
        let mut paths = Vec::new();
        for change in changes {
            if change.status == FileStatus::Deleted {
                edits.insert(change.path.clone(), None);
                continue;
            }
            self.refuse_too_large(&change.path)?;
            if change.status == FileStatus::Added {
                path::check_new(&change.path)?;
            }
            paths.push(change.path.clone());
        }
        let stored = self.store_work_entries(&paths)?;
        let known: Vec<_> = paths
            .into_iter()
            .zip(stored)
            .filter_map(|(path, work)| Some((path, work?)))
            .collect();
        edits.extend(known.iter().map(|(path, work)| (path.clone(), Some(work.entry))));
        Ok((edits, known))
    }

    fn refuse_too_large(&self, path: &str) -> Result<(), GitError> {
        let size = std::fs::symlink_metadata(self.work_dir().join(path)).map_or(0, |m| m.len());
        if size > MAX_COMMITTED_BYTES {
            Err(GitError::FileTooLarge(path.to_owned()))
        } else {
            Ok(())
        }
    }

    pub(crate) fn land_commit(
        &self,
        branch: &str,
        tree: git2::Oid,
        message: &str,
        author: &Author,
        index: IndexPlan,
    ) -> Result<CommitInfo, GitError> {
        // What is committed here must be fit to be checked out elsewhere.
        self.check_tree(tree, &TreeLimits::default())?;
        let head = self.head_commit()?;
        let parents: Vec<_> = head.into_iter().collect();
        let commit = self.write_commit(tree, &parents, message, author)?;
        let title = message.lines().next().unwrap_or_default();
        self.land(Plan {
            label: format!("Commit “{title}”"),
            refs: vec![RefEdit::new(format!("{HEADS}{branch}"), head, commit)],
            index,
            ..Plan::default()
        })?;
        Ok(describe(&self.git.find_commit(commit)?))
    }
}

/// Without spaces at the ends of lines, without empty lines around it, with one line break at the end.
pub(crate) fn clean_message(message: &str) -> Result<String, GitError> {
    let lines: Vec<_> = message.lines().map(str::trim_end).collect();
    let text = lines.join("\n");
    let text = text.trim_matches('\n').trim_start();
    if text.is_empty() {
        return Err(GitError::EmptyMessage);
    }
    if text.contains('\0') {
        return Err(GitError::BadValue("message".to_owned()));
    }
    Ok(format!("{text}\n"))
}

/// An error where Git would refuse this author or read something else.
pub(crate) fn check_author(author: &Author) -> Result<(), GitError> {
    for (value, what) in [(&author.name, "name"), (&author.email, "e-mail")] {
        if value.trim().is_empty() {
            return Err(GitError::NoAuthor(what));
        }
        if value.chars().any(|c| c.is_control() || matches!(c, '<' | '>')) {
            return Err(GitError::BadValue(what.to_owned()));
        }
    }
    Ok(())
}
