//! What an operation over the network needs.

use std::path::PathBuf;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use zeroize::Zeroizing;

use crate::cancel::CancelToken;
use crate::credentials::Credentials;
use crate::event::Journal;
use crate::progress::ProgressSink;
use crate::uri::Origin;

/// A shorter one would be found inside ordinary words.
const SHORTEST_TOKEN: usize = 6;

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

    /// Words of a server made harmless. A server knows the token and may say it, as it is or as it was sent.
    pub(crate) fn clean(&self, text: &str) -> String {
        let text = crate::sideband::clean(text);
        let Some((_, credentials)) = &self.credentials else {
            return text;
        };
        let token = credentials.token.expose();
        if token.len() < SHORTEST_TOKEN {
            return text;
        }
        // The end of the encoded form depends on what precedes it, so its middle is looked for in all three positions.
        let shifted = ["", "a", "aa"].map(|before| {
            let sent = Zeroizing::new(BASE64.encode(format!("{before}{token}")));
            let middle = sent.trim_end_matches('=');
            middle
                .get(4..middle.len().saturating_sub(4))
                .unwrap_or_default()
                .to_owned()
        });
        shifted
            .iter()
            .filter(|form| form.len() >= SHORTEST_TOKEN)
            .fold(text.replace(token, "***"), |text, form| {
                text.replace(form.as_str(), "***")
            })
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
