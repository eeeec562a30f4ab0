//! Scheme, host and port: what a token was given for.

use serde::{Deserialize, Serialize};
use url::Url;

/// A normalised origin such as `https://host` or `https://host:8443`: lower case, without the default port and
/// without a trailing dot. It is the key of a token in the keychain, so two spellings of one host are one key, and
/// another port is another key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Origin(String);

impl Origin {
    /// The origin of an https address.
    pub(crate) fn of(url: &Url) -> Option<Self> {
        if url.scheme() != "https" {
            return None;
        }
        let host = url.host_str()?.to_ascii_lowercase();
        let host = host.strip_suffix('.').unwrap_or(&host);
        // With two dots in a row it is no name, and would pass for another one without them.
        if host.split('.').any(str::is_empty) {
            return None;
        }
        Some(Self(match url.port() {
            Some(port) => format!("https://{host}:{port}"),
            None => format!("https://{host}"),
        }))
    }

    /// The origin as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Host, with the port where it is not the usual one.
    pub fn host(&self) -> &str {
        self.0.strip_prefix("https://").unwrap_or(&self.0)
    }

    /// Host without the port.
    pub(crate) fn name(&self) -> &str {
        let host = self.host();
        match host.rfind(':') {
            Some(colon) if !host[colon..].contains(']') => &host[..colon],
            _ => host,
        }
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
