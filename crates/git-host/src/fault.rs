use hyper::header::{HeaderValue, LOCATION, RETRY_AFTER};
use hyper::{Response, StatusCode};

use crate::body::{Body, bare, plain, text};
use crate::fault_body::BodyFault;
use crate::route::Call;
use crate::state::Origins;

/// A way in which the host misbehaves towards every request to one repository.
///
/// The faults that count bytes apply to the body of the answer to a POST, which is the pack of a fetch and the
/// report of a push; the list of refs passes unharmed, and a push whose report is lost has landed. While one of
/// them is set, the host speaks the first version of Git's protocol, in which that POST is the only one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// 401 without a `WWW-Authenticate` header, whatever the credential.
    UnauthorizedWithoutChallenge,
    /// 403 with this text.
    Forbidden(String),
    /// 404.
    NotFound,
    /// 413 with this text, on the POST of a push.
    TooLarge(String),
    /// 429.
    TooManyRequests {
        /// The value of `Retry-After`.
        retry_after_seconds: u64,
    },
    /// 503.
    Unavailable {
        /// The value of `Retry-After`.
        retry_after_seconds: u64,
    },
    /// A redirect to the same path on [`Host::other_origin`](crate::Host::other_origin).
    RedirectOther,
    /// A redirect on the same origin from the path without `.git` to the one with it, where all is well.
    RedirectSamePath,
    /// A redirect to the very URL that was asked for.
    RedirectLoop,
    /// A redirect to the same path without TLS, on [`Host::plain_origin`](crate::Host::plain_origin).
    RedirectHttp,
    /// The list of refs is served; a POST is redirected to the other origin with 307, which asks for the body
    /// to be sent again.
    PostRedirect307,
    /// A redirect to this address.
    RedirectTo(String),
    /// An answer with this status and this text.
    Status(u16, String),
    /// These bytes instead of the list of refs; a POST is answered as ever.
    List(Vec<u8>),
    /// These bytes instead of the pack of a fetch, after the list of refs.
    Pack(Vec<u8>),
    /// 200 with the sign-in page of a hotel.
    CaptivePage,
    /// 200 with no body, which git takes for an empty repository.
    Empty200,
    /// Nothing is ever answered.
    StallBeforeHeaders,
    /// The body stops after so many bytes, or at its end if that comes first, and the connection stays open.
    StallAfterBytes(u64),
    /// The body trickles.
    Slow {
        /// How fast.
        bytes_per_second: u64,
    },
    /// The connection breaks after so many bytes of the body, or at its end if that comes first.
    CutAfterBytes(u64),
    /// One bit of the byte at this offset is wrong.
    FlipByteAt(u64),
    /// The body ends in good order after so many bytes, which is too early.
    CleanEofAfterBytes(u64),
    /// Every answer comes so many milliseconds late.
    Delay(u64),
}

impl Fault {
    /// The answer that takes the place of the repository's own, if this fault gives one to this request.
    pub(crate) fn answer(&self, call: &Call, origins: &Origins) -> Option<Response<Body>> {
        match self {
            Self::UnauthorizedWithoutChallenge => Some(plain(StatusCode::UNAUTHORIZED, "Unauthorized\n")),
            Self::Forbidden(words) => Some(plain(StatusCode::FORBIDDEN, words.clone())),
            Self::NotFound => Some(plain(StatusCode::NOT_FOUND, "Repository not found.\n")),
            Self::TooLarge(words) => call
                .is_push()
                .then(|| plain(StatusCode::PAYLOAD_TOO_LARGE, words.clone())),
            Self::TooManyRequests { retry_after_seconds } => {
                Some(retry_later(StatusCode::TOO_MANY_REQUESTS, *retry_after_seconds))
            }
            Self::Unavailable { retry_after_seconds } => {
                Some(retry_later(StatusCode::SERVICE_UNAVAILABLE, *retry_after_seconds))
            }
            Self::CaptivePage => Some(text(StatusCode::OK, "text/html; charset=utf-8", CAPTIVE_PAGE)),
            Self::Empty200 => Some(bare(StatusCode::OK)),
            Self::Status(status, words) => {
                let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                Some(plain(status, words.clone()))
            }
            Self::List(bytes) if !call.is_post => {
                Some(text(StatusCode::OK, call.service.list_type(), bytes.clone()))
            }
            Self::Pack(bytes) if call.is_post && !call.is_push() => {
                Some(text(StatusCode::OK, PACK_TYPE, bytes.clone()))
            }
            _ => self.redirect(call, origins),
        }
    }

    fn redirect(&self, call: &Call, origins: &Origins) -> Option<Response<Body>> {
        let asked = &call.path_and_query;
        match self {
            Self::RedirectOther => Some(redirect(StatusCode::FOUND, &origins.other, asked)),
            Self::RedirectHttp => Some(redirect(StatusCode::FOUND, &origins.plain, asked)),
            Self::RedirectLoop => Some(redirect(StatusCode::FOUND, &origins.main, asked)),
            Self::RedirectTo(address) => Some(redirect(StatusCode::FOUND, address, "")),
            Self::RedirectSamePath if !call.has_suffix() => Some(redirect(
                StatusCode::MOVED_PERMANENTLY,
                &origins.main,
                &call.with_suffix(),
            )),
            Self::PostRedirect307 if call.is_post => {
                Some(redirect(StatusCode::TEMPORARY_REDIRECT, &origins.other, asked))
            }
            _ => None,
        }
    }

    /// What this fault does to the body of an answer that is otherwise the repository's own.
    pub(crate) fn in_body(&self) -> Option<BodyFault> {
        match *self {
            Self::StallAfterBytes(bytes) => Some(BodyFault::StallAfter(bytes)),
            Self::Slow { bytes_per_second } => Some(BodyFault::Slow(bytes_per_second.max(1))),
            Self::CutAfterBytes(bytes) => Some(BodyFault::CutAfter(bytes)),
            Self::FlipByteAt(offset) => Some(BodyFault::FlipAt(offset)),
            Self::CleanEofAfterBytes(bytes) => Some(BodyFault::EndAfter(bytes)),
            _ => None,
        }
    }
}

fn retry_later(status: StatusCode, seconds: u64) -> Response<Body> {
    let mut response = plain(status, "Please try again later.\n");
    response
        .headers_mut()
        .insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}

fn redirect(status: StatusCode, origin: &str, path_and_query: &str) -> Response<Body> {
    let mut response = bare(status);
    if let Ok(location) = HeaderValue::try_from(format!("{origin}{path_and_query}")) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

const PACK_TYPE: &str = "application/x-git-upload-pack-result";

const CAPTIVE_PAGE: &str = "<!DOCTYPE html>\n<html><head><title>Hotel Wi-Fi</title></head>\
<body><h1>Welcome</h1><p>Accept the terms to use the internet.</p></body></html>\n";
