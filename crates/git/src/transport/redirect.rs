//! Which redirects are followed. Only the first request of an operation may be sent on, and only within the origin:
//! anywhere else a person has to say yes first.

use reqwest::Response;
use reqwest::header::LOCATION;
use url::Url;

use super::operation::{Operation, Stop};
use crate::error::NetworkError;
use crate::uri::Origin;

/// How often one request may be sent on.
pub(super) const MOST: usize = 5;

pub(super) fn is_redirect(response: &Response) -> bool {
    matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// The next address, where it may be followed.
pub(super) fn follow(operation: &Operation, from: &Url, response: &Response) -> Result<Url, Stop> {
    let to = target(from, response).ok_or_else(|| NetworkError::NotAGitHost(operation.host()))?;
    let same = Origin::of(&to).is_some_and(|origin| origin == *operation.uri().origin());
    let plain = to.username().is_empty() && to.password().is_none();
    if same && plain {
        Ok(to)
    } else {
        Err(refused(operation, &to).into())
    }
}

/// A redirect that is never followed: the body would go twice, to somewhere else.
pub(super) fn refuse(operation: &Operation, from: &Url, response: &Response) -> NetworkError {
    match target(from, response) {
        Some(to) => refused(operation, &to),
        None => NetworkError::NotAGitHost(operation.host()),
    }
}

fn target(from: &Url, response: &Response) -> Option<Url> {
    from.join(response.headers().get(LOCATION)?.to_str().ok()?).ok()
}

/// Names the address of the repository, without the part that belongs to the protocol.
fn refused(operation: &Operation, to: &Url) -> NetworkError {
    let shown = crate::redact::url(to.as_str());
    let shown = shown.strip_suffix("/info/refs").unwrap_or(&shown);
    NetworkError::Redirected {
        host: operation.host(),
        to: operation.net().clean(shown),
    }
}
