//! Putting more into the last commit, or saying it better, while it is only here.

use git2::{Oid as GitOid, Signature};

use crate::commit::clean_message;
use crate::commit_info::describe;
use crate::error::GitError;
use crate::model::{Author, CommitInfo, FileChange};
use crate::parts::FilePart;
use crate::plan::{IndexPlan, Plan, RefEdit};
use crate::repository::{HEADS, Repo};
use crate::tree_policy::TreeLimits;

/// What of the work tree goes into the last commit.
#[derive(Debug, Clone, Copy)]
pub enum More<'a> {
    /// Everything that changed, which [`status`](Repo::status) found a moment ago.
    Everything(&'a [FileChange]),
    /// The work tree's version of these files, and of others exactly these bytes.
    Chosen(&'a [String], &'a [FilePart]),
    /// Nothing: only the message changes.
    Nothing,
}

impl Repo {
    /// Replaces the last commit by one that also holds `more`, under another message where one is given. The author stays
    /// its author. A commit that the remote has is refused.
    pub fn amend(
        &self,
        more: More<'_>,
        message: Option<&str>,
        committer: &Author,
    ) -> Result<CommitInfo, GitError> {
        let (branch, last) = self.last_own_commit()?;
        let old = self.git.find_commit(last)?;
        let before = String::from_utf8_lossy(old.message_bytes()).into_owned();
        let message = message.map_or_else(|| Ok(before.clone()), clean_message)?;
        crate::commit::check_author(committer)?;
        let (edits, known) = match more {
            More::Everything(changes) => self.edits_of(changes)?,
            More::Chosen(whole, parts) => self.edits_of_parts(whole, parts)?,
            More::Nothing => Default::default(),
        };
        if edits.is_empty() && message == before {
            return Err(GitError::NothingToCommit);
        }
        let tree = self.edit_tree(Some(old.tree_id()), &edits)?;
        self.check_tree(tree, &TreeLimits::default())?;
        let parents: Vec<_> = old.parents().collect();
        let parents: Vec<_> = parents.iter().collect();
        let who = Signature::now(&committer.name, &committer.email)?;
        let tree = self.git.find_tree(tree)?;
        let commit = self
            .git
            .commit(None, &old.author(), &who, &message, &tree, &parents)?;
        let index = match more {
            More::Nothing => IndexPlan::Keep,
            More::Chosen(..) => IndexPlan::Paths { edits, known },
            More::Everything(_) => IndexPlan::Tree {
                tree: Some(tree.id()),
                known,
            },
        };
        let title = message.lines().next().unwrap_or_default();
        self.land(Plan {
            label: format!("Amend “{title}”"),
            refs: vec![RefEdit::new(format!("{HEADS}{branch}"), last, commit)],
            index,
            ..Plan::default()
        })?;
        Ok(describe(&self.git.find_commit(commit)?))
    }

    /// The current branch and its last commit, as long as no branch of the remote leads to it.
    fn last_own_commit(&self) -> Result<(String, GitOid), GitError> {
        self.state()?;
        let branch = self
            .head()?
            .branch()
            .map(str::to_owned)
            .ok_or(GitError::Detached)?;
        let nothing = || GitError::NoCommit("yet".to_owned());
        let last = self.head_commit()?.ok_or_else(nothing)?;
        for (_, tip) in self.full_tips("refs/remotes/")? {
            if tip == last || self.git.graph_descendant_of(tip, last)? {
                return Err(GitError::Pushed);
            }
        }
        Ok((branch, last))
    }
}
