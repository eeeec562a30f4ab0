//! What the window and the command line get from a use case. Plain data; every outcome is a value.

use serde::{Deserialize, Serialize};
use sheaf_collection::model::{CollectionTree, Problem, ResourceChange, ResourceId};
use sheaf_git::model::{
    CommitInfo, Contributor, Head, HostHelp, LocalBranch, Oid, RefMove, Rejection, RemoteBranch, UndoPoint,
};
use ts_rs::TS;

pub use crate::merge_model::*;
pub use crate::pull_by::PullBy;
pub use crate::secrets_model::*;
pub use sheaf_collection::model::{Answer, Answers};

/// Key of a project in the list of known projects: the absolute path of its work tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ProjectId(pub String);

/// A card of the dashboard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ProjectCard {
    /// Key.
    pub id: ProjectId,
    /// Folder name.
    pub name: String,
    /// Absolute path.
    pub path: String,
    /// Where HEAD is; absent where the folder is gone or cannot be opened.
    pub head: Option<Head>,
    /// Commits to push; absent without an upstream.
    pub ahead: Option<u32>,
    /// Commits to pull, as of the last fetch.
    pub behind: Option<u32>,
    /// Newest commit of the branch.
    pub last_commit: Option<CommitInfo>,
    /// Remote URI for people (no credentials).
    pub remote: Option<String>,
    /// Why the project cannot be opened, in words.
    pub problem: Option<String>,
}

/// An open project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ProjectView {
    /// Its card.
    pub card: ProjectCard,
    /// Upstream of the current branch (`origin/main`).
    pub upstream: Option<String>,
    /// Collections, by name.
    pub collections: Vec<CollectionTree>,
    /// Files that cannot be read as they should.
    pub problems: Vec<Problem>,
    /// Resources that differ from the last commit (id or path → what happened), for the badges.
    pub changes: Vec<ChangeBadge>,
    /// The newest thing that can be undone.
    pub undo: Option<UndoPoint>,
    /// The newest thing that can be redone.
    pub redo: Option<UndoPoint>,
    /// True where changes are parked on the current branch.
    pub parked: bool,
    /// A push that waits for the network, in words.
    pub queued: Option<String>,
    /// A merge that waits for answers.
    pub waiting: Option<MergeWaiting>,
    /// An operation another program began and did not end ("merge", "rebase").
    pub in_progress: Option<String>,
    /// The host whose user name or token stands in the address of the remote, where every program can read it.
    pub address_token: Option<String>,
    /// Something the user should know once, e.g. of the push that creating a collection began.
    pub notice: Option<String>,
}

/// A mark on a line of the tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub struct ChangeBadge {
    pub id: ResourceId,
    pub change: sheaf_collection::model::ChangeKind,
}

/// Where a token is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum TokenState {
    /// There is none.
    None,
    /// In the keychain of the system.
    Keychain,
    /// Only in memory, until the app ends.
    ThisRun,
}

/// Whether the keychain of the system can be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct KeychainStatus {
    /// True where tokens can be kept.
    pub available: bool,
    /// In words, where not.
    pub message: Option<String>,
}

/// Remote settings as shown. The token itself is never part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub struct RemoteSettings {
    pub uri: Option<String>,
    pub author_name: Option<String>,
    pub author_email: Option<String>,
    pub username: Option<String>,
    pub ca_file: Option<String>,
    pub token: TokenState,
    pub host: Option<HostHelp>,
    /// How a pull joins both sides.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub pull_by: Option<PullBy>,
}

/// Remote settings as typed. Absent fields stay as they are; an empty text removes the value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(export)]
#[allow(missing_docs)]
pub struct RemoteSettingsInput {
    pub uri: Option<String>,
    pub author_name: Option<String>,
    pub author_email: Option<String>,
    pub username: Option<String>,
    pub ca_file: Option<String>,
    pub token: Option<String>,
    #[ts(optional)]
    pub pull_by: Option<PullBy>,
}

/// What is said about a URI while it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "state")]
#[ts(export)]
#[allow(missing_docs)]
pub enum UriCheck {
    /// It can be used.
    Ok { host: HostHelp, name: String },
    /// It holds a user name or token; `clean` is the address without.
    WithCredentials {
        clean: String,
        username: Option<String>,
        has_token: bool,
        message: String,
    },
    /// It cannot be used; the message says what to type instead.
    Refused { code: String, message: String },
}

/// What opening a folder found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "outcome")]
#[ts(export)]
#[allow(missing_docs, clippy::large_enum_variant, reason = "made once a click")]
pub enum OpenOutcome {
    Opened {
        card: ProjectCard,
    },
    /// A folder without a repository; it can be made one.
    NotARepository {
        path: String,
    },
}

/// What a clone left.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub struct Cloned {
    pub card: ProjectCard,
    pub holds: Holds,
    /// What was made harmless on the way, in words.
    pub warnings: Vec<String>,
}

/// What a cloned repository holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Holds {
    /// At least one collection.
    Collections,
    /// Files, but no collection: offer to start one here or to remove the clone.
    NoCollections,
    /// No commit at all.
    Nothing,
}

/// The list of changes since the last commit, or of a commit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ChangeList {
    /// By collection and folder, then name.
    pub changes: Vec<ResourceChange>,
    /// A commit message made from the changes.
    pub proposed_message: String,
}

/// Which changes are meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "of")]
#[ts(export)]
pub enum ChangesOf {
    /// The work tree against the last commit.
    WorkTree,
    /// A commit against its first parent.
    Commit {
        /// The commit.
        id: Oid,
    },
    /// The second commit or branch against the first.
    #[allow(missing_docs)]
    Between { from: String, to: String },
    /// The remote's branch against the last common commit.
    Incoming,
    /// What a merge makes of the current branch against it as it is, with the answers so far.
    #[allow(missing_docs)]
    Merge { what: MergeOf },
    /// The work tree after going back (or forth) to a point of the timeline against the work tree.
    Undo {
        /// The undo point.
        id: String,
    },
}

/// What a pull would bring, as of the last fetch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Incoming {
    /// The branch of the remote: `origin/main`.
    pub upstream: String,
    /// False where the remote has no such branch (yet).
    pub known: bool,
    /// Commits that only this computer has.
    pub ahead: u32,
    /// Commits that only the remote has.
    pub behind: u32,
    /// The newest of them.
    pub commits: Vec<CommitInfo>,
    /// What they changed since the last common commit.
    pub changes: ChangeList,
}

/// What was put back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Discarded {
    /// How many files.
    pub files: u32,
    /// Names of resources that the chosen ones needed.
    pub along: Vec<String>,
}

/// A commit that changed a resource, and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub struct ResourceCommit {
    pub commit: CommitInfo,
    pub change: ResourceChange,
}

/// The history of one resource.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ResourceHistory {
    /// Newest first.
    pub commits: Vec<ResourceCommit>,
    /// True where older commits were not looked at, as there are too many.
    pub cut: bool,
}

/// Who changed a field last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub struct BlamedField {
    pub path: String,
    pub label: String,
    pub commit: CommitInfo,
}

/// Who changed each field of a resource last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Blame {
    /// In the order of the editor.
    pub fields: Vec<BlamedField>,
    /// True where older commits were not looked at, as there are too many; fields may be missing then.
    pub cut: bool,
}

/// What can be undone and done again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Timeline {
    /// The latest first.
    pub undo: Vec<UndoPoint>,
    /// What was undone last first.
    pub redo: Vec<UndoPoint>,
}

/// A look inside before going back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct UndoPreview {
    /// What is taken back, in this order.
    pub points: Vec<UndoPoint>,
    /// What becomes of the work tree.
    pub changes: ChangeList,
    /// Branches, tags and the like that move.
    pub refs: Vec<RefMove>,
}

/// Text of a file before and after, for the plain diff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub struct TextDiff {
    pub path: String,
    pub before: Option<String>,
    pub after: Option<String>,
    /// True where it is no text.
    pub binary: bool,
}

/// A page of the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct HistoryPage {
    /// Newest first.
    pub commits: Vec<CommitInfo>,
    /// Hand it back for the next page; absent at the end.
    pub next: Option<String>,
}

/// The branches dialog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Branches {
    /// Local branches, the current one first.
    pub local: Vec<LocalBranch>,
    /// Branches of the remote that do not exist locally.
    pub remote: Vec<RemoteBranch>,
}

/// Another branch that holds collections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Elsewhere {
    /// Its short name.
    pub branch: String,
    /// True where only the remote has it, as of the last fetch.
    pub is_remote: bool,
    /// How many collections it has.
    pub collections: u32,
}

/// What becomes of uncommitted changes on a switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum WithChanges {
    /// They come along.
    Carry,
    /// They stay with the branch and come back with it.
    Park,
}

/// How a push is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "mode")]
#[ts(export)]
#[allow(missing_docs)]
pub enum PushMode {
    Normal,
    /// Overwrite exactly the commit the user was shown.
    Force {
        expected: Oid,
    },
    /// To a new branch of this name, which becomes the current one.
    NewBranch {
        name: String,
    },
}

/// How a push ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "outcome")]
#[ts(export)]
#[allow(missing_docs)]
pub enum PushOutcome {
    #[serde(rename_all = "camelCase")]
    Pushed {
        branch: String,
        commits: u32,
        created: bool,
        pull_request: Option<String>,
        server_text: String,
        backup: Option<String>,
    },
    UpToDate,
    #[serde(rename_all = "camelCase")]
    Rejected {
        rejection: Rejection,
        /// Commits a force push would overwrite.
        overwrites: Vec<CommitInfo>,
        /// The commit the remote branch is at, as last seen: the lease.
        seen: Option<Oid>,
        /// A free branch name for the way out.
        suggested_branch: String,
        /// What to answer with `New pull request` where the host is known.
        pull_request: Option<String>,
    },
    /// The remote already has commits that have nothing in common with these.
    Unrelated,
    /// No network; it is done once the network is back.
    Queued {
        message: String,
    },
    /// The commits hold what looks like secrets; nothing was sent.
    SecretsFound {
        secrets: Vec<Secret>,
    },
}

/// How a change of a branch of the remote ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "outcome")]
#[ts(export)]
pub enum RemoteBranchOutcome {
    /// The remote took it.
    Done {
        /// The local ref that keeps what the branch held; absent where there was none.
        backup: Option<String>,
    },
    /// The remote was like that already.
    UpToDate,
    /// Nothing was changed.
    #[allow(missing_docs)]
    Rejected { rejection: Rejection },
}

/// How a commit (and push) ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "outcome")]
#[ts(export)]
#[allow(missing_docs)]
#[allow(clippy::large_enum_variant, reason = "there is one for each commit")]
pub enum CommitOutcome {
    Committed(Committed),
    /// It would add what looks like secrets; nothing was committed.
    SecretsFound {
        secrets: Vec<Secret>,
    },
}

/// A commit that was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub struct Committed {
    pub commit: CommitInfo,
    /// Names of resources that were not chosen, but that the chosen ones need.
    pub along: Vec<String>,
    /// Where it was asked for.
    pub push: Option<PushOutcome>,
    /// The commit stands but the push failed.
    pub push_error: Option<ErrorView>,
}

/// How deleting a branch ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "outcome")]
#[ts(export)]
#[allow(missing_docs)]
pub enum DeleteBranchOutcome {
    Deleted,
    /// These commits are on no other branch.
    Unmerged {
        commits: Vec<CommitInfo>,
    },
}

/// Saving an edit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "outcome")]
#[ts(export)]
#[allow(missing_docs)]
pub enum EditOutcome {
    Saved {
        resource: sheaf_collection::model::ResourceView,
    },
    /// The file changed outside since it was opened; nothing was written.
    ChangedOutside {
        resource: sheaf_collection::model::ResourceView,
    },
}

/// A created resource or collection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub struct Created {
    pub id: ResourceId,
    /// Where creating it also committed and pushed the initial snapshot.
    pub snapshot: Option<PushOutcome>,
    /// What to tell, e.g. that the push waits for the network.
    pub notice: Option<String>,
}

/// Who works on the project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub struct Members {
    pub contributors: Vec<Contributor>,
    /// The host's own page, where the host is known.
    pub members_page: Option<String>,
}

/// An error as shown: what happened, what is unchanged, what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ErrorView {
    /// Stable code.
    pub code: String,
    /// What happened, a sentence.
    pub message: String,
    /// What was left as it was.
    pub unchanged: String,
    /// What to do next.
    pub advice: String,
}
