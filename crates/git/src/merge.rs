//! Merging another commit into the current branch.

use crate::error::GitError;
use crate::file_merge::{Answers, Disagreement, FileMerge};
use crate::model::{Author, Oid};
use crate::repository::Repo;

/// What a merge did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MergeOutcome {
    /// Everything was here already.
    UpToDate,
    /// The branch only moved forward.
    FastForward {
        /// Where it was; `None` on a branch without commits.
        from: Option<Oid>,
        /// Where it is.
        to: Oid,
        /// How many files with uncommitted changes kept them.
        carried: usize,
    },
    /// A merge commit joins both sides.
    Merged {
        /// The merge commit.
        commit: Oid,
        /// How many files with uncommitted changes kept them.
        carried: usize,
    },
    /// A person must decide first; nothing was touched.
    Disagree(Vec<Disagreement>),
    /// The two have no commit in common; nothing was touched.
    Unrelated,
}

impl Repo {
    /// Merges `theirs` into the current branch. Uncommitted changes are carried over.
    pub fn merge(
        &self,
        theirs: &Oid,
        message: &str,
        author: &Author,
        merger: &dyn FileMerge,
        answers: &Answers,
    ) -> Result<MergeOutcome, GitError> {
        let _ = (theirs, message, author, merger, answers);
        Err(GitError::Unsupported("merge".to_owned()))
    }
}
