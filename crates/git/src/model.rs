//! What callers see of a repository. Plain data.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A commit id as 40 hex digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Oid(pub String);

impl Oid {
    /// The first eight digits, for people.
    pub fn short(&self) -> &str {
        self.0.get(..8).unwrap_or(&self.0)
    }
}

impl std::fmt::Display for Oid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Who wrote a commit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub struct Author {
    pub name: String,
    pub email: String,
}

/// One commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CommitInfo {
    /// Id.
    pub id: Oid,
    /// First line of the message.
    pub title: String,
    /// The rest of the message.
    pub body: String,
    /// Author.
    pub author: Author,
    /// Author time, Unix seconds.
    pub time: i64,
    /// Ids of the parents.
    pub parents: Vec<Oid>,
}

/// Where HEAD is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "at")]
#[ts(export)]
pub enum Head {
    /// On a branch with commits.
    #[allow(missing_docs)]
    Branch { name: String, commit: Oid },
    /// On a branch that has no commit yet.
    #[allow(missing_docs)]
    Unborn { name: String },
    /// On a commit, not on a branch.
    #[allow(missing_docs)]
    Detached { commit: Oid },
}

impl Head {
    /// Short name of the branch, where there is one.
    pub fn branch(&self) -> Option<&str> {
        match self {
            Self::Branch { name, .. } | Self::Unborn { name } => Some(name),
            Self::Detached { .. } => None,
        }
    }

    /// Id of the commit, where there is one.
    pub fn commit(&self) -> Option<&Oid> {
        match self {
            Self::Branch { commit, .. } | Self::Detached { commit } => Some(commit),
            Self::Unborn { .. } => None,
        }
    }
}

/// A local branch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct LocalBranch {
    /// Short name.
    pub name: String,
    /// Its newest commit.
    pub tip: CommitInfo,
    /// True for the branch that is checked out.
    pub current: bool,
    /// Short name of the upstream (`origin/main`), where one is set and known.
    pub upstream: Option<String>,
    /// Commits the upstream does not have (without an upstream: `None`).
    pub ahead: Option<u32>,
    /// Commits only the upstream has.
    pub behind: Option<u32>,
    /// True where changes are parked on it.
    pub parked: bool,
}

/// A branch of the remote that does not exist locally.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RemoteBranch {
    /// Short name without the remote (`feature/x`).
    pub name: String,
    /// Its newest commit.
    pub tip: CommitInfo,
}

/// What happened to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub enum FileStatus {
    Added,
    Modified,
    Deleted,
}

/// One file that differs between two states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub struct FileChange {
    pub path: String,
    pub status: FileStatus,
}

/// Why a remote refused a push. The table in `rejection.rs` maps server text to these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum RejectReason {
    /// The remote has commits that are not here.
    RemoteHasNewer,
    /// The branch moved since it was last seen, so the lease did not hold.
    StaleLease,
    /// The branch is protected.
    ProtectedBranch,
    /// Force push is not allowed on this branch.
    ForceNotAllowed,
    /// The account may read but not write.
    NoWritePermission,
    /// A file or the push is too large.
    TooLarge,
    /// The host found a secret in the commits.
    SecretFound,
    /// The host hides this author e-mail.
    PrivateEmail,
    /// The token lacks a scope (workflow files, …).
    MissingScope,
    /// The host's own hook said no.
    Hook,
    /// The remote did not say why.
    Unknown,
}

/// What to offer next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub enum NextStep {
    PullFirst,
    PushToNewBranch,
    ForcePush,
    ChangeToken,
    ChangeAuthor,
    RemoveFile,
    AskMaintainer,
    Retry,
}

/// A refused push.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Rejection {
    /// Why.
    pub reason: RejectReason,
    /// In a sentence, for people.
    pub message: String,
    /// The server's own words, cleaned of control characters and capped; may be empty.
    pub server_text: String,
    /// Fitting next steps, the best first.
    pub next: Vec<NextStep>,
    /// A link the server offered for a new pull request, when it points at the remote's own host.
    pub link: Option<String>,
}

/// A step of *Test connection*, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum CheckStep {
    /// The host name is known.
    Name,
    /// The host answers on its port.
    Connect,
    /// The certificate is trusted.
    Tls,
    /// The token is accepted.
    Login,
    /// The repository exists and this account sees it.
    Repository,
    /// It can be read.
    Read,
    /// It can be written.
    Write,
}

/// How a step went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "state")]
#[ts(export)]
#[allow(missing_docs)]
pub enum StepState {
    Ok,
    /// Not tried because an earlier step failed.
    Skipped,
    Failed {
        code: String,
        message: String,
        advice: String,
    },
}

/// The result of *Test connection*.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ConnectionReport {
    /// Every step in order.
    pub steps: Vec<ConnectionStep>,
    /// True where the repository has no commits yet.
    pub empty: bool,
    /// Default branch of the remote, where it says.
    pub default_branch: Option<String>,
}

/// One line of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub struct ConnectionStep {
    pub step: CheckStep,
    pub result: StepState,
}

/// A kind of Git host, recognised by name, for links and defaults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub enum HostKind {
    GitHub,
    GitLab,
    Bitbucket,
    BitbucketServer,
    AzureDevOps,
    Gitea,
    Unknown,
}

/// What is known of the host behind a URI.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct HostHelp {
    /// Kind.
    pub kind: HostKind,
    /// Name for people.
    pub name: String,
    /// Page that explains how to make a token.
    pub token_help: Option<String>,
    /// Page with the repository's members.
    pub members: Option<String>,
}

/// One thing that can be undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct UndoPoint {
    /// Name of its ref below `refs/sheaf/undo/`.
    pub id: String,
    /// What would be undone, in words: "Commit “Add orders”".
    pub label: String,
    /// Unix milliseconds.
    pub time: u64,
    /// The branch that was current before it.
    pub branch: Option<String>,
    /// How many files it wrote.
    pub files: u32,
    /// How many branches, tags and the like it moved.
    pub refs: u32,
    /// What it did on the remote, which undo here does not take back.
    pub remote: Option<RemoteMove>,
}

/// A branch of the remote that was replaced or deleted, and where what it held is saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RemoteMove {
    /// Short name of the branch on the remote.
    pub branch: String,
    /// Where it was.
    pub before: Oid,
    /// Where it is since; absent where it was deleted.
    pub after: Option<Oid>,
    /// The local ref that keeps what it held.
    pub backup: String,
}

/// A name of a commit that does not move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Tag {
    /// Short name.
    pub name: String,
    /// What it names.
    pub commit: CommitInfo,
    /// What it says, where it is more than a name.
    pub annotation: Option<Annotation>,
}

/// Who made a tag and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub struct Annotation {
    pub message: String,
    pub author: Option<Author>,
    /// Unix seconds.
    pub time: i64,
}

/// Changes that were left behind on a branch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Parked {
    /// The branch.
    pub branch: String,
    /// The changes, as a commit.
    pub commit: Oid,
    /// The commit they were made on.
    pub base: Oid,
    /// When they were parked, Unix seconds.
    pub time: i64,
    /// How many times something was parked there before and not taken back.
    pub earlier: u32,
}

/// What kind of name moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum RefKind {
    /// The choice of the current branch.
    Head,
    /// A local branch.
    Branch,
    /// A tag.
    Tag,
    /// Changes that are parked on a branch.
    Parked,
    /// Anything else.
    Other,
}

/// A name that an undo moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub struct RefMove {
    pub name: String,
    pub kind: RefKind,
    /// Where it is; absent where it is not there.
    pub from: Option<RefPlace>,
    /// Where it is going to be; absent where it goes.
    pub to: Option<RefPlace>,
}

/// Where a name leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "at")]
#[ts(export)]
#[allow(missing_docs)]
pub enum RefPlace {
    Branch { name: String },
    Commit { commit: CommitInfo },
}

/// A person seen in the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub struct Contributor {
    pub name: String,
    pub email: String,
    pub commits: u32,
    /// Newest commit, Unix seconds.
    pub last_commit: i64,
}

/// What another program began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub enum Begun {
    Merge,
    CherryPick,
    Revert,
    Rebase,
    /// Conflicts that no note is about: a stash, a squash, a patch.
    Conflict,
}

impl Begun {
    /// Whether git calls any of them this.
    pub(crate) fn named(word: &str) -> bool {
        [
            Self::Merge,
            Self::CherryPick,
            Self::Revert,
            Self::Rebase,
            Self::Conflict,
        ]
        .iter()
        .any(|begun| begun.word() == word)
    }

    /// What git calls it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::CherryPick => "cherry-pick",
            Self::Revert => "revert",
            Self::Rebase => "rebase",
            Self::Conflict => "conflict",
        }
    }
}
