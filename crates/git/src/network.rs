//! What an operation over the network needs.

use std::path::PathBuf;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::{GeneralPurpose, STANDARD, URL_SAFE};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use zeroize::Zeroizing;

use crate::cancel::CancelToken;
use crate::credentials::Credentials;
use crate::event::Journal;
use crate::progress::ProgressSink;
use crate::uri::Origin;

/// A shorter one would be found inside ordinary words.
const SHORTEST_TOKEN: usize = 6;

/// What stands for itself in every part of an address.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

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

    /// Words of a server made harmless. A server knows the token and may say it, as it is or encoded.
    pub(crate) fn clean(&self, text: &str) -> String {
        // Before, as a long text is cut; and after, as terminal sequences may be in between.
        self.without_token(&crate::sideband::clean(&self.without_token(text)))
    }

    fn without_token(&self, text: &str) -> String {
        let token = match &self.credentials {
            Some((_, credentials)) => credentials.token.expose(),
            None => "",
        };
        if token.len() < SHORTEST_TOKEN {
            return text.to_owned();
        }
        percent_encoded(token)
            .iter()
            .chain(&base64_within(token))
            .filter(|form| form.len() >= SHORTEST_TOKEN)
            .fold(text.replace(token, "***"), |text, form| {
                text.replace(form.as_str(), "***")
            })
    }
}

/// The token as it stands in an address, with capitals in its numbers and without.
fn percent_encoded(token: &str) -> [Zeroizing<String>; 2] {
    let upper = utf8_percent_encode(token, UNRESERVED).to_string();
    let mut parts = upper.split('%');
    let mut lower = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_at_checked(2).unwrap_or((part, ""));
        lower.push('%');
        lower.push_str(&number.to_ascii_lowercase());
        lower.push_str(rest);
    }
    [upper.into(), lower.into()]
}

/// The end of the encoded form depends on what precedes it, so its middle is looked for in all three positions, in the
/// letters of both alphabets.
fn base64_within(token: &str) -> Vec<Zeroizing<String>> {
    let encoded = |before: &str, alphabet: &GeneralPurpose| {
        let sent = Zeroizing::new(alphabet.encode(format!("{before}{token}")));
        let middle = sent.trim_end_matches('=');
        let middle = middle.get(4..middle.len().saturating_sub(4)).unwrap_or_default();
        Zeroizing::new(middle.to_owned())
    };
    ["", "a", "aa"]
        .iter()
        .flat_map(|before| [encoded(before, &STANDARD), encoded(before, &URL_SAFE)])
        .collect()
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
