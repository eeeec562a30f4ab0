//! What an HTTP answer means.

use reqwest::Response;
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};

use super::operation::{Operation, Stop};
use crate::error::NetworkError;

/// How much of an error page is read.
const TEXT: usize = 8 * 1024;

/// The answer itself where it is a success of the expected type, else a typed error with the host's words.
pub(super) fn check(
    operation: &Operation,
    response: Response,
    expected_type: &str,
) -> Result<Response, Stop> {
    let status = response.status().as_u16();
    if status != 200 {
        return Err(refusal(operation, response).into());
    }
    if content_type(response.headers()) != expected_type {
        return Err(NetworkError::NotAGitHost(operation.host()).into());
    }
    Ok(response)
}

/// An answer that is no success, as an error.
pub(super) fn refusal(operation: &Operation, response: Response) -> NetworkError {
    let status = response.status().as_u16();
    let retry_after = retry_after(response.headers());
    let host = operation.host();
    match status {
        200..=299 => NetworkError::NotAGitHost(host),
        401 if operation.has_token() => NetworkError::AuthFailed(host),
        401 => NetworkError::AuthNeeded(host),
        403 => NetworkError::Forbidden {
            host,
            text: text(operation, response),
        },
        404 | 410 => NetworkError::NotFound(host),
        407 => NetworkError::Proxy("it asks for a user name and a password".to_owned()),
        413 => NetworkError::TooLarge {
            host,
            text: text(operation, response),
        },
        429 => NetworkError::TooManyRequests { host, retry_after },
        502..=504 => NetworkError::Unavailable {
            host,
            status,
            retry_after,
        },
        _ => NetworkError::Http {
            host,
            status,
            text: text(operation, response),
        },
    }
}

/// Seconds a host asks to wait.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<u64> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()
}

fn content_type(headers: &HeaderMap) -> String {
    let value = headers
        .get(CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    value
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// What the host says, where it says it in plain text. A page for browsers helps nobody here.
fn text(operation: &Operation, mut response: Response) -> String {
    if content_type(response.headers()) == "text/html" {
        return String::new();
    }
    // Half of what it says is better than nothing.
    let bytes = operation.read_up_to(&mut response, TEXT).unwrap_or_default();
    operation.net().clean(&String::from_utf8_lossy(&bytes))
}
