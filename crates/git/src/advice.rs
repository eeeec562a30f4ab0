//! The stable code of every error, and a sentence about what to do next.

use crate::error::GitError;
use crate::model::Begun;

impl GitError {
    /// A name for programs; it never changes.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Network(e) => e.code(),
            Self::Uri(e) => e.code(),
            Self::NotARepository(_) => "not-a-repository",
            Self::ForeignOwner(_) => "foreign-owner",
            Self::Unsupported(_) => "unsupported",
            Self::TargetExists(_) => "target-exists",
            Self::Busy(_) => "busy",
            Self::InProgress(_) => "in-progress",
            Self::OutsideOnly { .. } => "outside-only",
            Self::Detached => "detached",
            Self::NoBranch(_) => "no-branch",
            Self::BranchExists(_) => "branch-exists",
            Self::NoTag(_) => "no-tag",
            Self::TagExists(_) => "tag-exists",
            Self::NothingParked(_) => "nothing-parked",
            Self::Pushed => "pushed",
            Self::BadBranchName { .. } => "bad-branch-name",
            Self::CurrentBranch(_) => "current-branch",
            Self::NoCommit(_) => "no-commit",
            Self::NoRemote => "no-remote",
            Self::NothingToCommit => "nothing-to-commit",
            Self::EmptyMessage => "empty-message",
            Self::NoAuthor(_) => "no-author",
            Self::NothingToUndo => "nothing-to-undo",
            Self::MovedSince(_) => "moved-since",
            Self::UnsafeTree { .. } => "unsafe-tree",
            Self::ChangedMeanwhile { .. } => "changed-meanwhile",
            Self::BadPath { .. } => "bad-path",
            Self::BadValue(_) => "bad-value",
            Self::FileTooLarge(_) => "file-too-large",
            Self::InTheWay(_) => "in-the-way",
            Self::BadConfig(_) => "bad-config",
            Self::Damaged(_) => "damaged",
            Self::Io { .. } => "io",
            Self::Git(_) => "git",
        }
    }

    /// What to do next, in a sentence; empty where there is nothing to do.
    pub fn advice(&self) -> String {
        match self {
            Self::Network(e) => e.advice(),
            Self::OutsideOnly {
                begun: Begun::Conflict,
                ..
            } => "Use git, where it began: git add what is settled, or git reset --merge.".to_owned(),
            Self::OutsideOnly { begun, .. } => format!(
                "Use git, where it began: git {0} --continue, or git {0} --abort.",
                begun.word()
            ),
            other => other.own_advice().to_owned(),
        }
    }

    fn own_advice(&self) -> &'static str {
        match self {
            Self::Cancelled | Self::NothingToUndo | Self::Network(_) | Self::OutsideOnly { .. } => "",
            Self::Uri(e) => e.advice(),
            Self::NotARepository(_) => {
                "Choose the folder that holds the .git folder, or clone the repository."
            }
            Self::ForeignOwner(_) => {
                "Open it as the user it belongs to, or clone it into a folder of your own."
            }
            Self::Unsupported(_) => {
                "Clone the repository anew with Sheaf, or work on it with the git program."
            }
            Self::TargetExists(_) => "Choose a folder that does not exist yet or is empty.",
            Self::Busy(_) => "Wait until the other program has finished and try again.",
            Self::InProgress(what) if Begun::named(what) => {
                "Answer its questions and land it, or abort it: sheaf questions, sheaf land, sheaf abort. Or finish it \
                 in the program that began it."
            }
            Self::InProgress(_) => "Finish or abort it in the program that began it, then try again.",
            Self::Detached => "Switch to a branch, or create one here, and try again.",
            Self::NoBranch(_) => "Fetch, then choose a branch from the list.",
            Self::BranchExists(_) => "Choose another name, or switch to that branch.",
            Self::NoTag(_) => "Fetch, then choose a tag from the list.",
            Self::TagExists(_) => "Choose another name, or delete that tag first.",
            Self::NothingParked(_) => "Choose a branch from the list of parked changes.",
            Self::Pushed => "Commit the change as a new commit, or revert that one: others may have it.",
            Self::BadBranchName { .. } => "Choose a name of letters, digits, hyphens and slashes.",
            Self::CurrentBranch(_) => "Switch to another branch first.",
            Self::NoCommit(_) => "Fetch, or choose a commit from the history.",
            Self::NoRemote => "Set the Git URI in the repository settings.",
            Self::NothingToCommit => "Everything is committed already.",
            Self::EmptyMessage => "Say in a few words what changed.",
            Self::NoAuthor(_) => "Set the author’s name and e-mail in the repository settings.",
            Self::MovedSince(_) => "Another program changed the branch. Use the history to go back by hand.",
            Self::UnsafeTree { .. } => {
                "Ask whoever committed this to rename or remove it. Nothing was written."
            }
            Self::ChangedMeanwhile { .. } => "Nothing was changed. Look at the file and try again.",
            Self::BadPath { .. } => "Choose another name.",
            Self::BadValue(_) => "Type it again without line breaks.",
            Self::FileTooLarge(_) => "Move the file out of the project, or list it in .gitignore.",
            Self::InTheWay(_) => "Move or rename it and try again. Nothing was changed.",
            Self::BadConfig(_) => "Correct it there, or take out what was added last.",
            Self::Damaged(_) => {
                "Repair the repository (sheaf repair): your files stay as they are, and what is lost is fetched again."
            }
            Self::Io { .. } => "Check that the disk has space and the folder may be written, and try again.",
            Self::Git(_) => "Try again. If it stays, copy the report.",
        }
    }
}
