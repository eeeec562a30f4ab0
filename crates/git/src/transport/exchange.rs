//! The requests of the smart protocol.

use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{Method, RequestBuilder, Response};
use url::Url;

use super::operation::{Operation, Stop};
use super::{redirect, status};
use crate::error::NetworkError;
use crate::event::Phase;

/// The longest that a host may make us wait before one more try.
const LONGEST_PAUSE: u64 = 10;
const INFO_REFS: &str = "/info/refs";

/// What is asked of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    /// Reading.
    UploadPack,
    /// Writing.
    ReceivePack,
}

impl Service {
    fn name(self) -> &'static str {
        match self {
            Self::UploadPack => "git-upload-pack",
            Self::ReceivePack => "git-receive-pack",
        }
    }
}

/// Asks for the list of branches. This request is the only one that follows redirects and that is tried again.
pub(crate) fn info_refs(operation: &Operation, service: Service) -> Result<Response, Stop> {
    let mut url = below(&operation.base(), INFO_REFS);
    url.set_query(Some(&format!("service={}", service.name())));
    for _ in 0..=redirect::MOST {
        let response = get_patiently(operation, &url)?;
        match listed(operation, service, &url, response)? {
            Listed::Elsewhere(next) => url = next,
            Listed::Here(response) => return Ok(response),
        }
    }
    Err(NetworkError::RedirectLoop(operation.host()).into())
}

/// What the answer to the request for the list says.
pub(super) enum Listed {
    Here(Response),
    Elsewhere(Url),
}

pub(super) fn listed(
    operation: &Operation,
    service: Service,
    url: &Url,
    response: Response,
) -> Result<Listed, Stop> {
    if redirect::is_redirect(&response) {
        return Ok(Listed::Elsewhere(redirect::follow(operation, url, &response)?));
    }
    note_login(operation, &response);
    let expected = format!("application/x-{}-advertisement", service.name());
    let response = status::check(operation, response, &expected)?;
    operation.set_base(base_of(operation, url)?);
    Ok(Listed::Here(response))
}

/// A request with a body to the place where the branches were found.
pub(super) fn post(operation: &Operation, service: Service) -> RequestBuilder {
    let name = service.name();
    operation
        .request(Method::POST, below(&operation.base(), &format!("/{name}")))
        .header(CONTENT_TYPE, format!("application/x-{name}-request"))
        .header(ACCEPT, format!("application/x-{name}-result"))
}

/// The answer to a request with a body.
pub(super) fn posted(operation: &Operation, service: Service, response: Response) -> Result<Response, Stop> {
    if redirect::is_redirect(&response) {
        return Err(redirect::refuse(operation, &operation.base(), &response).into());
    }
    note_login(operation, &response);
    status::check(
        operation,
        response,
        &format!("application/x-{}-result", service.name()),
    )
}

fn get_patiently(operation: &Operation, url: &Url) -> Result<Response, Stop> {
    let get = || operation.send(operation.request(Method::GET, url.clone()).header(ACCEPT, "*/*"));
    let response = get()?;
    let pause = status::retry_after(response.headers()).filter(|seconds| *seconds <= LONGEST_PAUSE);
    match (response.status().as_u16(), pause) {
        (429 | 503, Some(seconds)) => {
            let text = format!("{} asks to wait {seconds} seconds", operation.host());
            operation.net().journal.note(Phase::Progress, &text);
            drop(response);
            operation.pause(Duration::from_secs(seconds))?;
            get()
        }
        _ => Ok(response),
    }
}

fn note_login(operation: &Operation, response: &Response) {
    if response.status().as_u16() == 401 {
        let said = if operation.has_token() {
            "does not accept the token"
        } else {
            "asks for a token"
        };
        operation
            .net()
            .journal
            .note(Phase::Auth, &format!("{} {said}", operation.host()));
    }
}

/// After redirects the other requests go where the branches were found.
fn base_of(operation: &Operation, url: &Url) -> Result<Url, Stop> {
    let Some(path) = url.path().strip_suffix(INFO_REFS) else {
        return Err(NetworkError::NotAGitHost(operation.host()).into());
    };
    let mut base = url.clone();
    base.set_query(None);
    base.set_path(path);
    Ok(base)
}

fn below(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}{path}", base.path().trim_end_matches('/')));
    url
}
