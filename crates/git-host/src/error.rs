use std::io;
use std::path::PathBuf;

/// Why the host could not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HostError {
    /// A file, a folder, a socket or a thread could not be used.
    #[error("{what}: {source}")]
    Io {
        /// What was being done.
        what: &'static str,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The certificates could not be made.
    #[error("the certificates could not be made")]
    Certificate(#[from] rcgen::Error),
    /// The TLS server does not accept its own certificate.
    #[error("the TLS server could not be set up")]
    Tls(#[from] rustls::Error),
    /// A repository name that is not made of plain path segments.
    #[error("`{0}` is not a repository name of the form team/project")]
    RepositoryName(String),
    /// The repository was not created on this host.
    #[error("there is no repository at {}", .0.display())]
    NoRepository(PathBuf),
    /// A branch name, an author or a path that Git would read as something else.
    #[error("`{0}` cannot be used in a commit or a ref")]
    Unusable(String),
    /// A run of git ended badly.
    #[error("git {command} failed: {stderr}")]
    Git {
        /// The subcommand.
        command: String,
        /// What git said.
        stderr: String,
    },
}

impl HostError {
    /// An adapter for `map_err` that keeps what was being done beside the bare system error.
    pub(crate) fn io(what: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { what, source }
    }
}
