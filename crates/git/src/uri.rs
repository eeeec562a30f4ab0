//! Git URIs: what is accepted, and what is said about the rest.

mod host;
mod origin;
mod problem;

use url::Url;

pub use origin::Origin;
pub use problem::UriProblem;

use crate::credentials::Secret;
use crate::model::HostHelp;

/// The https address of a repository, without user, token, query and fragment.
///
/// It is kept as it was typed: hosts disagree on whether `.git` belongs to it, so none is added or taken away.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RemoteUri {
    text: String,
    url: Url,
    origin: Origin,
}

impl RemoteUri {
    /// Reads what a person typed or what `.git/config` holds.
    pub fn parse(text: &str) -> Result<Self, UriProblem> {
        let text = text.trim();
        problem::check_text(text)?;
        let scheme_end = text.find("://").unwrap_or_default();
        let url = Url::parse(text).map_err(|e| problem::from_parser(e, text))?;
        problem::check_query(&url)?;
        let clean = without_user(text, scheme_end + 3);
        if clean != text {
            return Err(with_credentials(&url, clean));
        }
        if url.path().trim_matches('/').is_empty() {
            return Err(UriProblem::NoRepositoryPath);
        }
        let origin = Origin::of(&url).ok_or(UriProblem::BadHost)?;
        Ok(Self {
            text: text.to_owned(),
            url,
            origin,
        })
    }

    /// The address as it was typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Scheme, host and port: what a token belongs to.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The host, for people.
    pub fn host(&self) -> &str {
        self.origin.host()
    }

    /// The last part of the path without `.git`: a name for the folder.
    pub fn repo_name(&self) -> String {
        let last = self
            .url
            .path()
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or_default();
        let last = percent_encoding::percent_decode_str(last).decode_utf8_lossy();
        let name: String = last
            .strip_suffix(".git")
            .unwrap_or(&last)
            .chars()
            .filter(|c| is_name(*c))
            .collect();
        let name = name.trim_matches(['.', ' ']);
        if name.is_empty() {
            "repository".to_owned()
        } else {
            name.to_owned()
        }
    }

    /// Which kind of host this is, with its pages about tokens and members.
    pub fn host_help(&self) -> HostHelp {
        host::help(&self.url, &self.origin)
    }

    /// The page that starts a pull request from a branch, where the kind of host is known.
    pub fn new_pull_request(&self, source: &str, target: Option<&str>) -> Option<String> {
        host::new_pull_request(&self.url, &self.origin, source, target)
    }

    /// The address of a page of the smart protocol below the repository.
    pub(crate) fn endpoint(&self) -> Url {
        let mut url = self.url.clone();
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        url
    }
}

impl std::fmt::Display for RemoteUri {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

/// The host of a half-typed address, for showing its help while a person still types.
pub fn parse_lenient_host(text: &str) -> Option<String> {
    let rest = text
        .trim()
        .split_once("://")
        .map_or(text.trim(), |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = if host.starts_with('[') {
        host.split_inclusive(']').next().unwrap_or_default()
    } else {
        host.split(':').next().unwrap_or_default()
    };
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    url::Host::parse(&host).ok().map(|h| h.to_string())
}

fn is_name(c: char) -> bool {
    !c.is_control() && !matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
}

fn without_user(text: &str, authority_start: usize) -> String {
    let (head, rest) = text.split_at(authority_start);
    let end = rest.find('/').unwrap_or(rest.len());
    let host = rest[..end].rfind('@').map_or(0, |at| at + 1);
    format!("{head}{}", &rest[host..])
}

/// `https://token@host` and `https://user@host` look alike. What is long or has a token's prefix is taken for a token.
fn with_credentials(url: &Url, clean: String) -> UriProblem {
    let decode = |s: &str| {
        percent_encoding::percent_decode_str(s)
            .decode_utf8_lossy()
            .into_owned()
    };
    let user = Some(decode(url.username())).filter(|u| !u.is_empty());
    let token = url
        .password()
        .map(decode)
        .filter(|p| !p.is_empty() && p != "x-oauth-basic");
    let (username, token) = match (user, token) {
        (Some(user), None) if looks_like_token(&user) => (None, Some(user)),
        other => other,
    };
    UriProblem::WithCredentials {
        clean,
        username,
        token: token.map(Secret::new),
    }
}

fn looks_like_token(user: &str) -> bool {
    user.len() >= 20 || crate::redact::text(user) == "***"
}

#[cfg(test)]
mod tests;
