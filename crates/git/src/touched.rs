//! Who changed a file last, on one side of a merge.

use std::collections::{BTreeMap, BTreeSet};

use crate::commit_info::describe;
use crate::error::GitError;
use crate::model::{CommitInfo, Oid};
use crate::repository::Repo;

/// More commits than this are not looked at.
const MAX_COMMITS: usize = 2000;

impl Repo {
    /// For each of these files the newest commit that changed it, among those that `tip` leads to and `since` does not.
    pub fn last_changes(
        &self,
        paths: &BTreeSet<String>,
        since: Option<&Oid>,
        tip: &Oid,
    ) -> Result<BTreeMap<String, CommitInfo>, GitError> {
        let mut walk = self.git.revwalk()?;
        walk.set_sorting(git2::Sort::TIME)?;
        walk.push(tip.to_git()?)?;
        if let Some(since) = since {
            walk.hide(since.to_git()?)?;
        }
        let mut open = paths.clone();
        let mut found = BTreeMap::new();
        for id in walk.take(MAX_COMMITS) {
            if open.is_empty() {
                break;
            }
            let commit = self.git.find_commit(id?)?;
            let parents: Vec<git2::Oid> = commit.parents().map(|parent| parent.tree_id()).collect();
            let mut touched = Vec::new();
            for path in &open {
                let now = self.entry_at(Some(commit.tree_id()), path)?;
                let mut before = parents.iter().map(|tree| self.entry_at(Some(*tree), path));
                // a merge commit only counts where it is like none of its parents
                let same = before.try_fold(false, |same, entry| entry.map(|entry| same || entry == now))?;
                if !(same || parents.is_empty() && now.is_none()) {
                    touched.push(path.clone());
                }
            }
            for path in touched {
                open.remove(&path);
                found.insert(path, describe(&commit));
            }
        }
        Ok(found)
    }
}
