//! Why a text is not taken as a Git URI.

use url::Url;

use crate::credentials::Secret;
use crate::unseen::is_unseen;

/// Why a text is no Git URI that Sheaf uses. The message says what to type instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum UriProblem {
    #[error("type the https address of the repository")]
    Empty,
    #[error("the address begins with http://, which anyone on the way can read; use https://")]
    Http,
    #[error("this is an ssh address; copy the https address from the page of the repository")]
    Ssh,
    #[error(
        "this is a short ssh address (git@host:path); copy the https address from the page of the repository"
    )]
    ScpLike,
    #[error("this is a file or folder; to open a folder, use “Open folder” instead")]
    File,
    #[error("git:// has neither encryption nor login; use the https address")]
    GitScheme,
    #[error("an address beginning with {0}:// cannot be used; use the https address")]
    OtherScheme(String),
    #[error("the address does not begin with https://")]
    NoScheme,
    #[error("the address names no host")]
    NoHost,
    #[error("the name of the host cannot be right")]
    BadHost,
    #[error("the address names a host, but no repository on it")]
    NoRepositoryPath,
    #[error("the address holds a space, a control character or a backslash")]
    BadCharacter,
    #[error("the port after the host is not a number from 1 to 65535")]
    BadPort,
    #[error("the address holds a ? or #; copy the address of the repository itself")]
    QueryOrFragment,
    #[error("the address holds a user name or a token; these belong in the fields below, not in the address")]
    WithCredentials {
        clean: String,
        username: Option<String>,
        token: Option<Secret>,
    },
}

impl UriProblem {
    /// A stable name of the problem.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "uri-empty",
            Self::Http => "uri-http",
            Self::Ssh => "uri-ssh",
            Self::ScpLike => "uri-scp-like",
            Self::File => "uri-file",
            Self::GitScheme => "uri-git-scheme",
            Self::OtherScheme(_) => "uri-other-scheme",
            Self::NoScheme => "uri-no-scheme",
            Self::NoHost => "uri-no-host",
            Self::BadHost => "uri-bad-host",
            Self::NoRepositoryPath => "uri-no-repository",
            Self::BadCharacter => "uri-bad-character",
            Self::BadPort => "uri-bad-port",
            Self::QueryOrFragment => "uri-query-or-fragment",
            Self::WithCredentials { .. } => "uri-with-credentials",
        }
    }

    /// What to do next, in a sentence.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::WithCredentials { .. } => {
                "Let Sheaf move the token to the keychain of this computer; on the command line: sheaf settings --move-token."
            }
            Self::File => "Use “Open folder” for a repository on this computer.",
            Self::NoRepositoryPath => {
                "Add the path of the repository, for example https://host/team/repository."
            }
            _ => "Copy the https address from the page of the repository and paste it here.",
        }
    }
}

/// What can be said before a parser sees the text. Parsers of addresses repair what they read; here nothing is
/// repaired, so that the host a person sees is the host that is called.
pub(super) fn check_text(text: &str) -> Result<(), UriProblem> {
    if text.is_empty() {
        return Err(UriProblem::Empty);
    }
    let lower = text.to_ascii_lowercase();
    if is_windows_path(text) || text.starts_with(['/', '.', '~', '\\']) {
        return Err(UriProblem::File);
    }
    if has_bad_character(text, &lower) {
        return Err(UriProblem::BadCharacter);
    }
    let Some((scheme, rest)) = lower.split_once("://") else {
        return Err(without_scheme(&lower));
    };
    check_scheme(scheme)?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    check_host(host)
}

fn check_scheme(scheme: &str) -> Result<(), UriProblem> {
    match scheme {
        "https" => Ok(()),
        "http" => Err(UriProblem::Http),
        "ssh" | "git+ssh" | "ssh+git" => Err(UriProblem::Ssh),
        "file" => Err(UriProblem::File),
        "git" => Err(UriProblem::GitScheme),
        "" => Err(UriProblem::NoScheme),
        other if other.contains('@') => Err(UriProblem::ScpLike),
        other => Err(UriProblem::OtherScheme(other.chars().take(20).collect())),
    }
}

fn check_host(host: &str) -> Result<(), UriProblem> {
    let (name, port) = if host.starts_with('[') {
        let end = host.find(']').ok_or(UriProblem::BadHost)?;
        (&host[..=end], host[end + 1..].strip_prefix(':'))
    } else {
        host.split_once(':')
            .map_or((host, None), |(name, port)| (name, Some(port)))
    };
    if name.trim_end_matches('.').is_empty() {
        return Err(UriProblem::NoHost);
    }
    if name.starts_with('-') || name.contains('%') {
        return Err(UriProblem::BadHost);
    }
    match port {
        Some(p) if !p.bytes().all(|b| b.is_ascii_digit()) || p.parse::<u16>().is_ok_and(|p| p == 0) => {
            Err(UriProblem::BadPort)
        }
        Some(p) if p.parse::<u16>().is_err() => Err(UriProblem::BadPort),
        _ => Ok(()),
    }
}

fn without_scheme(lower: &str) -> UriProblem {
    match lower.split_once(':') {
        Some(("https", _)) => UriProblem::NoHost,
        Some(("file", _)) => UriProblem::File,
        Some((head, _)) if head.contains('@') => UriProblem::ScpLike,
        Some((head, tail)) if tail.starts_with(':') => {
            UriProblem::OtherScheme(head.chars().take(20).collect())
        }
        Some((_, tail)) if !tail.starts_with(|c: char| c.is_ascii_digit()) => UriProblem::ScpLike,
        _ => UriProblem::NoScheme,
    }
}

/// Encoded line ends are refused too: they come back to life in credential protocols and logs.
fn has_bad_character(text: &str, lower: &str) -> bool {
    let encoded = (0..0x20)
        .chain([0x5c, 0x7f])
        .any(|b: u8| lower.contains(&format!("%{b:02x}")));
    encoded
        || text
            .chars()
            .any(|c| c.is_control() || c.is_whitespace() || c == '\\' || is_unseen(c))
}

fn is_windows_path(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() > 2 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':' && matches!(bytes[2], b'\\' | b'/')
}

pub(super) fn check_query(url: &Url) -> Result<(), UriProblem> {
    if url.query().is_some() || url.fragment().is_some() {
        return Err(UriProblem::QueryOrFragment);
    }
    Ok(())
}

pub(super) fn from_parser(error: url::ParseError, text: &str) -> UriProblem {
    match error {
        url::ParseError::EmptyHost => UriProblem::NoHost,
        url::ParseError::InvalidPort => UriProblem::BadPort,
        url::ParseError::RelativeUrlWithoutBase => without_scheme(text),
        _ => UriProblem::BadHost,
    }
}
