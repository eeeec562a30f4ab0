//! Switching to another branch with or without the uncommitted changes.

use crate::error::GitError;
use crate::file_merge::{Answers, Disagreement, FileMerge};
use crate::repository::Repo;

/// What happens to uncommitted changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SwitchMode {
    /// They come along.
    Carry,
    /// They stay with the branch and come back with it.
    Park,
}

/// What switching did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SwitchOutcome {
    /// The branch is checked out.
    Switched {
        /// Files whose uncommitted changes came along.
        carried: usize,
        /// Files whose uncommitted changes stayed with the old branch.
        parked: usize,
        /// Files whose parked changes came back.
        unparked: usize,
        /// Parked changes of this branch do not fit any more and stay parked.
        still_parked: bool,
    },
    /// A person must decide first; nothing was touched.
    Disagree(Vec<Disagreement>),
}

/// What bringing back parked changes did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnparkOutcome {
    /// Nothing was parked on this branch.
    NothingParked,
    /// So many files have their changes back.
    Unparked(usize),
    /// A person must decide first; nothing was touched.
    Disagree(Vec<Disagreement>),
}

impl Repo {
    /// Switches to the local branch `name`.
    pub fn switch_branch(
        &self,
        name: &str,
        mode: SwitchMode,
        merger: &dyn FileMerge,
        answers: &Answers,
    ) -> Result<SwitchOutcome, GitError> {
        let _ = (name, mode, merger, answers);
        Err(GitError::Unsupported("switch".to_owned()))
    }

    /// Brings back what is parked on the current branch.
    pub fn unpark(&self, merger: &dyn FileMerge, answers: &Answers) -> Result<UnparkOutcome, GitError> {
        let _ = (merger, answers);
        Err(GitError::Unsupported("unpark".to_owned()))
    }
}
