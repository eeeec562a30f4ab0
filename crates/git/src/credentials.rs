//! Tokens, kept out of every text that leaves.

use zeroize::Zeroizing;

use crate::model::HostKind;
use crate::uri::RemoteUri;

/// A token. It is shown as `***`, cannot be serialised, and its memory is wiped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a token over.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The token itself, for the keychain and for the request that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text.to_owned())
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

impl std::fmt::Display for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// What a remote asks for at the door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Where it is missing, the host's usual stand-in is sent.
    pub username: Option<String>,
    /// The access token.
    pub token: Secret,
}

impl Credentials {
    /// A token without a user name.
    pub fn token(token: &str) -> Self {
        Self {
            username: None,
            token: Secret::from(token),
        }
    }

    /// The user name to send to a remote.
    pub(crate) fn username_for(&self, uri: &RemoteUri) -> &str {
        match &self.username {
            Some(name) if !name.is_empty() => name,
            _ => default_username(uri.host_help().kind),
        }
    }
}

/// The user name a host expects beside a token, where a person gave none.
pub fn default_username(kind: HostKind) -> &'static str {
    match kind {
        HostKind::GitHub => "x-access-token",
        HostKind::Bitbucket => "x-bitbucket-api-token-auth",
        HostKind::BitbucketServer => "x-token-auth",
        HostKind::GitLab => "oauth2",
        HostKind::AzureDevOps | HostKind::Gitea | HostKind::Unknown => "git",
    }
}

#[cfg(test)]
mod tests {
    use super::{Credentials, Secret};
    use crate::uri::RemoteUri;

    #[test]
    fn a_secret_is_not_shown() {
        let secret = Secret::from("topsecret");
        let credentials = Credentials {
            username: Some("me".to_owned()),
            token: secret.clone(),
        };
        assert_eq!(format!("{secret} {secret:?}"), "*** ***");
        assert!(!format!("{credentials:?}").contains("topsecret"));
    }

    #[test]
    fn the_user_name_falls_back_to_the_host() {
        let uri = RemoteUri::parse("https://github.com/a/b").unwrap();
        assert_eq!(Credentials::token("x").username_for(&uri), "x-access-token");
        let named = Credentials {
            username: Some("me".to_owned()),
            token: Secret::from("x"),
        };
        assert_eq!(named.username_for(&uri), "me");
    }
}
