//! What an operation over the network needs.

use std::path::PathBuf;
use std::time::Duration;

use crate::cancel::CancelToken;
use crate::credentials::Credentials;
use crate::event::Journal;
use crate::progress::ProgressSink;
use crate::uri::Origin;

/// Everything one operation over the network needs, and nothing that outlives it.
#[derive(Clone)]
pub struct Network {
    /// The token, and the only origin it may be sent to.
    pub credentials: Option<(Origin, Credentials)>,
    /// A file of certificate authorities (PEM) trusted for this remote beside those of the system.
    pub ca_file: Option<PathBuf>,
    /// Stops the operation.
    pub cancel: CancelToken,
    /// Where progress goes.
    pub progress: Option<ProgressSink>,
    /// Where git-events go.
    pub journal: Journal,
    /// How long to wait.
    pub timeouts: Timeouts,
}

impl Network {
    /// A network without token, own authority and progress.
    pub fn new(journal: Journal) -> Self {
        Self {
            credentials: None,
            ca_file: None,
            cancel: CancelToken::new(),
            progress: None,
            journal,
            timeouts: Timeouts::default(),
        }
    }
}

/// How long to wait for a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Timeouts {
    /// For the connection, its encryption included.
    pub connect: Duration,
    /// For the next byte in either direction. A slow transfer is never cut off, only one that stands still.
    pub idle: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(60),
        }
    }
}
