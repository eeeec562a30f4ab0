use std::io;

use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Empty, Full};
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Response, StatusCode};

use crate::request_log::Entry;

/// The body of every answer; streamed, so that neither a pack nor a stall needs memory.
pub(crate) type Body = UnsyncBoxBody<Bytes, io::Error>;

pub(crate) fn empty() -> Body {
    Empty::new().map_err(|never| match never {}).boxed_unsync()
}

pub(crate) fn bare(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(empty());
    *response.status_mut() = status;
    response
}

/// An answer with a body of text. Git shows it to its user only when the type is `text/plain`.
pub(crate) fn text(status: StatusCode, content_type: &'static str, text: impl Into<Bytes>) -> Response<Body> {
    let mut response = bare(status);
    *response.body_mut() = Full::new(text.into())
        .map_err(|never| match never {})
        .boxed_unsync();
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

pub(crate) fn plain(status: StatusCode, words: impl Into<Bytes>) -> Response<Body> {
    text(status, "text/plain; charset=utf-8", words)
}

/// Reads a request's body to its end without keeping it. A client that is still sending when the connection
/// closes may never see the answer.
pub(crate) async fn drain(mut body: Incoming, entry: &Entry) {
    while let Some(Ok(frame)) = body.frame().await {
        entry.count(frame.data_ref().map_or(0, Bytes::len));
    }
}
