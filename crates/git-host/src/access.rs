use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What a token allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Fetch and push.
    ReadWrite,
    /// Fetch; a push is refused with 403.
    ReadOnly,
    /// The token is known, and every repository is hidden from it (404).
    NoAccess,
}

/// The way a client presented itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// `Authorization: Basic`.
    Basic,
    /// `Authorization: Bearer`.
    Bearer,
}

/// The credential a request carried, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorization {
    /// How it was presented.
    pub scheme: Scheme,
    /// The user name; empty for a bearer token.
    pub user: String,
    /// The token.
    pub token: String,
}

impl Authorization {
    /// Reads the value of an `Authorization` header; `None` for anything that is neither Basic nor Bearer.
    pub(crate) fn parse(header: &str) -> Option<Self> {
        let (scheme, value) = header.split_once(' ')?;
        if scheme.eq_ignore_ascii_case("bearer") {
            let token = value.trim().to_owned();
            return Some(Self {
                scheme: Scheme::Bearer,
                user: String::new(),
                token,
            });
        }
        scheme
            .eq_ignore_ascii_case("basic")
            .then(|| Self::parse_basic(value))?
    }

    fn parse_basic(value: &str) -> Option<Self> {
        let decoded = String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()?;
        let (user, password) = decoded.split_once(':')?;
        // GitHub lets the token stand as the user name, with a fixed word or nothing as the password.
        let (user, token) = match password {
            "" | "x-oauth-basic" => ("", user),
            _ => (user, password),
        };
        Some(Self {
            scheme: Scheme::Basic,
            user: user.to_owned(),
            token: token.to_owned(),
        })
    }
}

/// Who a token belongs to and what it allows.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) user: String,
    pub(crate) access: Access,
}

/// The tokens of the host.
#[derive(Debug, Default)]
pub(crate) struct Tokens(HashMap<String, Account>);

impl Tokens {
    pub(crate) fn add(&mut self, token: &str, user: &str, access: Access) {
        self.0.insert(
            token.to_owned(),
            Account {
                user: user.to_owned(),
                access,
            },
        );
    }

    pub(crate) fn remove(&mut self, token: &str) {
        self.0.remove(token);
    }

    pub(crate) fn account(&self, authorization: Option<&Authorization>) -> Option<Account> {
        self.0.get(&authorization?.token).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_the_password_or_the_lone_user_name() {
        for (plain, user, token) in [
            ("ana:secret", "ana", "secret"),
            ("secret:", "", "secret"),
            ("secret:x-oauth-basic", "", "secret"),
        ] {
            let header = format!("Basic {}", STANDARD.encode(plain));
            let parsed = Authorization::parse(&header).unwrap();
            assert_eq!(
                (parsed.user.as_str(), parsed.token.as_str()),
                (user, token),
                "{plain}"
            );
        }
    }

    #[test]
    fn a_header_that_is_no_credential_is_none() {
        for header in ["", "Basic", "Basic !!!", "Negotiate abc"] {
            assert_eq!(Authorization::parse(header), None, "{header}");
        }
    }
}
