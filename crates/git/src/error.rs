//! What can go wrong, as values. Every error has a stable code and says what to do next.

use std::path::{Path, PathBuf};

use crate::model::Begun;

/// An operation that did not work. Nothing was changed unless the variant says so.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum GitError {
    #[error("cancelled")]
    Cancelled,
    #[error("{0}")]
    Network(#[from] NetworkError),
    #[error("{0}")]
    Uri(#[from] crate::uri::UriProblem),
    #[error("there is no Git repository in {0}")]
    NotARepository(PathBuf),
    #[error("the repository belongs to another user of this computer: {0}")]
    ForeignOwner(PathBuf),
    #[error("this repository uses a feature Sheaf cannot work with: {0}")]
    Unsupported(String),
    #[error("{0} already exists and is not empty")]
    TargetExists(PathBuf),
    #[error("another program is using the repository ({0})")]
    Busy(String),
    #[error("the repository is in the middle of a {0} that another program began")]
    InProgress(String),
    #[error("the {} that another program began cannot be finished here: {why}", begun.word())]
    OutsideOnly { begun: Begun, why: &'static str },
    #[error("HEAD is on a commit, not on a branch")]
    Detached,
    #[error("there is no branch “{0}”")]
    NoBranch(String),
    #[error("a branch “{0}” already exists")]
    BranchExists(String),
    #[error("there is no tag “{0}”")]
    NoTag(String),
    #[error("a tag “{0}” already exists")]
    TagExists(String),
    #[error("nothing is parked on “{0}”")]
    NothingParked(String),
    #[error("the last commit is on the remote already")]
    Pushed,
    #[error("“{name}” cannot be a branch name: {why}")]
    BadBranchName { name: String, why: &'static str },
    #[error("“{0}” is the current branch")]
    CurrentBranch(String),
    #[error("there is no commit {0}")]
    NoCommit(String),
    #[error("there is no remote yet")]
    NoRemote,
    #[error("there is nothing to commit")]
    NothingToCommit,
    #[error("a commit needs a message")]
    EmptyMessage,
    #[error("the author’s {0} is missing")]
    NoAuthor(&'static str),
    #[error("there is nothing to undo")]
    NothingToUndo,
    #[error("“{0}” has moved since, so it cannot be undone without losing commits")]
    MovedSince(String),
    #[error("the repository holds something that is not safe to write to disk: {path}: {why}")]
    UnsafeTree { path: String, why: String },
    #[error("{path} was changed by another program meanwhile")]
    ChangedMeanwhile { path: String },
    #[error("“{path}” cannot be a path here: {why}")]
    BadPath { path: String, why: &'static str },
    #[error("“{0}” holds a line break or another control character")]
    BadValue(String),
    #[error("{0} is too large to read")]
    FileTooLarge(String),
    #[error("{0} is in the way")]
    InTheWay(String),
    #[error("the settings of the repository cannot be read: {0}")]
    BadConfig(String),
    #[error("the repository is damaged: {0}")]
    Damaged(String),
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: std::io::Error },
    #[error("{0}")]
    Git(git2::Error),
}

/// Something that the disk refused at this path.
pub(crate) fn io(path: &Path, source: std::io::Error) -> GitError {
    GitError::Io {
        path: path.to_owned(),
        source,
    }
}

impl From<git2::Error> for GitError {
    fn from(error: git2::Error) -> Self {
        match (error.code(), error.class()) {
            (git2::ErrorCode::Locked, _) => Self::Busy(error.message().to_owned()),
            // It became shorter while libgit2 read it.
            (_, git2::ErrorClass::Os) if error.message().contains("reading file for hashing") => {
                Self::ChangedMeanwhile {
                    path: "a file".to_owned(),
                }
            }
            (_, git2::ErrorClass::Invalid) if error.message().starts_with("failed to parse signature") => {
                Self::Damaged(error.message().to_owned())
            }
            (_, git2::ErrorClass::Config) => Self::BadConfig(error.message().to_owned()),
            // A ref's error of another kind is a name that is taken, wrong or not there.
            (_, git2::ErrorClass::Zlib | git2::ErrorClass::Odb | git2::ErrorClass::Object)
            | (git2::ErrorCode::GenericError, git2::ErrorClass::Reference) => {
                Self::Damaged(error.message().to_owned())
            }
            _ => Self::Git(error),
        }
    }
}

/// What went wrong on the way to the host.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)]
pub enum NetworkError {
    #[error("the host name {0} is not known")]
    NameNotFound(String),
    #[error("{host} does not answer: {why}")]
    Connect { host: String, why: String },
    #[error("the certificate of {host} is not trusted: {why}")]
    TlsUntrusted { host: String, why: String },
    #[error("the certificate of {host} is not valid at this time: {why}")]
    TlsExpired { host: String, why: String },
    #[error("the certificate belongs to another host than {host}")]
    TlsWrongHost { host: String },
    #[error("the encrypted connection to {host} failed: {why}")]
    Tls { host: String, why: String },
    #[error("the certificate authority file {path} cannot be used: {why}")]
    CaFile { path: String, why: String },
    #[error("{0} asks for an access token")]
    AuthNeeded(String),
    #[error("{0} does not accept the access token")]
    AuthFailed(String),
    #[error("{host} refuses access: {text}")]
    Forbidden { host: String, text: String },
    #[error("the repository was not found on {0}, or this account may not see it")]
    NotFound(String),
    #[error("{host} says that it is too large: {text}")]
    TooLarge { host: String, text: String },
    #[error("{host} asks to slow down")]
    TooManyRequests { host: String, retry_after: Option<u64> },
    #[error("{host} is not available at the moment ({status})")]
    Unavailable {
        host: String,
        status: u16,
        retry_after: Option<u64>,
    },
    #[error("{host} sends us on to another address: {to}")]
    Redirected { host: String, to: String },
    #[error("{0} sends us round in circles")]
    RedirectLoop(String),
    #[error("{0} answers, but not as a Git host (maybe a login page of the network)")]
    NotAGitHost(String),
    #[error("{host} answered {status}: {text}")]
    Http { host: String, status: u16, text: String },
    #[error("{host} says: {text}")]
    Remote { host: String, text: String },
    #[error("what {host} offers is larger than Sheaf takes ({what})")]
    Oversized { host: String, what: &'static str },
    #[error("{0} stopped answering")]
    IdleTimeout(String),
    #[error("the connection to {host} broke: {why}")]
    Broken { host: String, why: String },
    #[error("what {0} sent arrived damaged")]
    Damaged(String),
    #[error("the proxy refuses: {0}")]
    Proxy(String),
}
