//! What is said of a merge before it lands, and how it ended.

use serde::{Deserialize, Serialize};
use sheaf_collection::model::{Answer, Question, ResourceChange};
use sheaf_git::model::{Begun, CommitInfo, Oid};
use ts_rs::TS;

/// What is joined with what is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "of")]
#[ts(export)]
pub enum MergeOf {
    /// The remote's version of the current branch.
    Pull,
    /// The commits that are not pushed, on top of the remote's version of the current branch.
    Rebase,
    /// A local or remote branch (`feature/x`, `origin/main`).
    Branch {
        /// Its name.
        name: String,
    },
    /// All of a branch, as one commit.
    Squash {
        /// Its name.
        name: String,
    },
    /// What a commit changed, once more.
    CherryPick {
        /// The commit.
        commit: Oid,
    },
    /// The opposite of what a commit changed.
    Revert {
        /// The commit.
        commit: Oid,
    },
    /// Uncommitted changes, with the branch that is switched to.
    Switch {
        /// Name of the branch.
        name: String,
    },
    /// What is parked on the current branch.
    Unpark,
    /// What another program began and did not end.
    Outside {
        /// What it is.
        begun: Begun,
        /// The commit that comes in, or is taken over or back.
        commit: Oid,
        /// Where that is from, for people.
        from: String,
    },
}

impl MergeOf {
    /// What it is, as the beginning of a sentence.
    pub fn in_words(&self) -> String {
        match self {
            Self::Pull | Self::Rebase => "A pull".to_owned(),
            Self::Branch { name } => format!("The merge of {name}"),
            Self::Squash { name } => format!("The squash of {name}"),
            Self::CherryPick { commit } => format!("The cherry-pick of {}", commit.short()),
            Self::Revert { commit } => format!("The revert of {}", commit.short()),
            Self::Switch { name } => format!("The switch to {name}"),
            Self::Unpark => "The return of parked changes".to_owned(),
            Self::Outside {
                begun: Begun::Conflict,
                from,
                ..
            } => format!("The conflict with {from} left outside"),
            Self::Outside { begun, from, .. } => format!("The {} of {from} begun outside", begun.word()),
        }
    }
}

/// A merge that waits for answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MergeWaiting {
    /// What is joined.
    pub what: MergeOf,
    /// The branch it was begun on, and lands on.
    pub branch: String,
}

/// A merge as it would land now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MergeView {
    /// What is joined.
    pub of: MergeOf,
    /// Where what comes in is from, for people: `origin/main`.
    pub from: String,
    /// The current branch.
    pub into: String,
    /// True where the branch only moves forward and no merge commit is made.
    pub forward: bool,
    /// Where commits are made again, what they are put on, for people. Then *ours* is that and *theirs* the commit, as
    /// git has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub onto: Option<String>,
    /// Commits that come in.
    pub commits: u32,
    /// What changes here, by collection and folder, then name; where a question is open, as if it were answered with
    /// what is here. Empty where too much changes to list; see `files`.
    pub changes: Vec<ResourceChange>,
    /// Files that change here.
    pub files: u32,
    /// Files whose uncommitted changes come along.
    pub carried: u32,
    /// What a person must decide, and has decided.
    pub questions: Vec<AskedQuestion>,
    /// How many of them have no answer yet.
    pub open: u32,
    /// Where a rebase was asked for, why this is a merge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub instead: Option<String>,
}

/// A question with what helps to answer it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AskedQuestion {
    /// What is asked.
    #[serde(flatten)]
    #[ts(flatten)]
    pub question: Question,
    /// Mark of the three values: an answer counts only for those it was given to. With the id the key of a question.
    pub seen: String,
    /// What was answered.
    pub answer: Option<Answer>,
    /// True where what is here is not committed yet.
    pub uncommitted: bool,
    /// Who changed the file last here; absent where it is not committed.
    pub ours_by: Option<CommitInfo>,
    /// Who changed the file last there.
    pub theirs_by: Option<CommitInfo>,
}

/// What a merge would come to. Nothing was touched.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "outcome")]
#[ts(export)]
#[allow(missing_docs)]
pub enum MergePreview {
    UpToDate,
    /// The two have no common commit.
    Unrelated,
    /// The remote has no such branch (yet).
    NoRemoteBranch {
        branch: String,
    },
    Ready {
        merge: Box<MergeView>,
    },
}

/// How a merge or pull ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "outcome")]
#[ts(export)]
#[allow(missing_docs)]
pub enum MergeOutcome {
    UpToDate,
    #[serde(rename_all = "camelCase")]
    FastForward {
        to: Oid,
        commits: u32,
        changes: Vec<ResourceChange>,
        carried: u32,
    },
    #[serde(rename_all = "camelCase")]
    Merged {
        commit: Oid,
        commits: u32,
        changes: Vec<ResourceChange>,
        carried: u32,
        /// Where a rebase was asked for, why this was a merge.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        instead: Option<String>,
    },
    /// Commits were made again, one after the other.
    #[serde(rename_all = "camelCase")]
    Replayed {
        to: Oid,
        commits: u32,
        /// Those that would change nothing any more, and so were left out.
        dropped: Vec<CommitInfo>,
        /// True where the program that began it has to go on.
        goes_on: bool,
        changes: Vec<ResourceChange>,
        carried: u32,
    },
    /// Conflicts are settled: in the files and in the index, for a commit that somebody makes.
    #[serde(rename_all = "camelCase")]
    Settled {
        changes: Vec<ResourceChange>,
        carried: u32,
    },
    /// Nothing was touched; the merge waits for answers.
    Questions {
        merge: Box<MergeView>,
    },
    /// The two have no common commit; nothing was touched.
    Unrelated,
    /// The remote has no such branch (yet).
    NoRemoteBranch {
        branch: String,
    },
}

/// How a switch ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "outcome")]
#[ts(export)]
#[allow(missing_docs)]
pub enum SwitchOutcome {
    #[serde(rename_all = "camelCase")]
    Switched {
        branch: String,
        carried: u32,
        parked: u32,
        unparked: u32,
        still_parked: bool,
    },
    /// Nothing was touched; park the changes or answer.
    Questions { merge: Box<MergeView> },
}

/// How the landing of a merge that waited ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "of")]
#[ts(export)]
#[allow(missing_docs)]
pub enum LandOutcome {
    Merge { merge: MergeOutcome },
    Switch { switch: SwitchOutcome },
}
