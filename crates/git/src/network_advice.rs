//! The stable name of each network error and what to do next.

use crate::error::NetworkError;

impl NetworkError {
    /// A stable name of the error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NameNotFound(_) => "name-not-found",
            Self::Connect { .. } => "connect-failed",
            Self::TlsUntrusted { .. } => "tls-untrusted",
            Self::TlsExpired { .. } => "tls-expired",
            Self::TlsWrongHost { .. } => "tls-wrong-host",
            Self::Tls { .. } => "tls-failed",
            Self::CaFile { .. } => "ca-file",
            Self::AuthNeeded(_) => "auth-needed",
            Self::AuthFailed(_) => "auth-failed",
            Self::Forbidden { .. } => "forbidden",
            Self::NotFound(_) => "repository-not-found",
            Self::TooLarge { .. } => "too-large",
            Self::TooManyRequests { .. } => "too-many-requests",
            Self::Unavailable { .. } => "unavailable",
            Self::Redirected { .. } => "redirected",
            Self::RedirectLoop(_) => "redirect-loop",
            Self::NotAGitHost(_) => "not-a-git-host",
            Self::Http { .. } => "http-error",
            Self::Remote { .. } => "remote-error",
            Self::Oversized { .. } => "oversized",
            Self::IdleTimeout(_) => "idle-timeout",
            Self::Broken { .. } => "connection-broken",
            Self::Damaged(_) => "damaged-transfer",
            Self::Proxy(_) => "proxy-refused",
        }
    }

    /// What to do next, in a sentence.
    pub fn advice(&self) -> String {
        match self {
            Self::NameNotFound(_) => {
                "Check the spelling of the address and whether this computer is online (maybe a VPN is needed).".to_owned()
            }
            Self::Connect { .. } => {
                "Check whether this computer is online and whether a VPN or a proxy is needed.".to_owned()
            }
            Self::TlsUntrusted { .. } => {
                "If your company has its own certificate authority, choose its file in the repository settings. \
                 Otherwise do not go on: somebody may be listening."
                    .to_owned()
            }
            Self::TlsExpired { .. } => {
                "Check the clock of this computer. If it is right, the people who run the host have to renew its certificate."
                    .to_owned()
            }
            Self::TlsWrongHost { .. } => {
                "Check the address. If it is right, the people who run the host have to correct its certificate.".to_owned()
            }
            Self::Tls { .. } => "Try again; if it stays, ask the people who run the host or the network.".to_owned(),
            Self::CaFile { .. } => {
                "Choose another file in the repository settings: it has to hold certificates in PEM form.".to_owned()
            }
            Self::AuthNeeded(_) => "Enter an access token for this host in the repository settings.".to_owned(),
            Self::AuthFailed(_) => {
                "The token may have expired or been withdrawn. Make a new one on the host and enter it in the repository settings."
                    .to_owned()
            }
            Self::Forbidden { .. } => {
                "Use a token with more rights, or ask a maintainer of the repository for access.".to_owned()
            }
            Self::NotFound(_) => {
                "Check the address. Hosts also say this when the token’s account may not see the repository.".to_owned()
            }
            Self::TooLarge { .. } => "Remove the large file from the commits, or ask the people who run the host.".to_owned(),
            Self::TooManyRequests { retry_after, .. } | Self::Unavailable { retry_after, .. } => wait_advice(*retry_after),
            Self::Redirected { to, .. } => {
                format!("If you trust it, enter the new address in the repository settings: {to}")
            }
            Self::RedirectLoop(_) => "Check the address; if it is right, tell the people who run the host.".to_owned(),
            Self::NotAGitHost(_) => {
                "Open a page in the browser to see whether this network wants a login first, and check the address.".to_owned()
            }
            Self::Http { .. } | Self::Remote { .. } => {
                "Try again later; if it stays, tell the people who run the host.".to_owned()
            }
            Self::Oversized { .. } => "Use the git program for this repository.".to_owned(),
            Self::IdleTimeout(_) | Self::Broken { .. } | Self::Damaged(_) => {
                "Try again. Nothing was changed.".to_owned()
            }
            Self::Proxy(_) => "Check the proxy settings of this computer, its user name and password included.".to_owned(),
        }
    }
}

fn wait_advice(retry_after: Option<u64>) -> String {
    match retry_after {
        Some(seconds) => format!("Try again in {seconds} seconds."),
        None => "Try again in a few minutes.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::error::NetworkError;

    #[test]
    fn a_wait_is_named() {
        let error = NetworkError::TooManyRequests {
            host: "host".to_owned(),
            retry_after: Some(7),
        };
        assert_eq!(error.code(), "too-many-requests");
        assert_eq!(error.advice(), "Try again in 7 seconds.");
    }
}
