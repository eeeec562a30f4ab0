use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::header::{AUTHORIZATION, CONTENT_LENGTH, HeaderName, HeaderValue, USER_AGENT, WWW_AUTHENTICATE};
use hyper::http::request::Parts;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::access::{Access, Account, Authorization};
use crate::backend;
use crate::body::{Body, drain, plain};
use crate::fault::Fault;
use crate::request_log::{Entry, Listener, Request};
use crate::route::{Call, Service};
use crate::state::State;

const GIT_PROTOCOL: HeaderName = HeaderName::from_static("git-protocol");
const CHALLENGE: HeaderValue = HeaderValue::from_static("Basic realm=\"Sheaf demo host\"");

/// Accepts connections for as long as the runtime lives.
pub(crate) async fn accept(
    socket: TcpListener,
    tls: Option<TlsAcceptor>,
    listener: Listener,
    state: Arc<State>,
) {
    loop {
        match socket.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(connection(
                stream,
                tls.clone(),
                listener,
                Arc::clone(&state),
            ))),
            // Out of file descriptors, most likely; trying again at once would only burn the processor.
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

async fn connection(stream: TcpStream, tls: Option<TlsAcceptor>, listener: Listener, state: Arc<State>) {
    // Without this, a small answer waits for the acknowledgement of the one before.
    if stream.set_nodelay(true).is_err() {
        return;
    }
    match tls {
        None => serve(stream, listener, state).await,
        Some(acceptor) => {
            if let Ok(stream) = acceptor.accept(stream).await {
                serve(stream, listener, state).await;
            }
        }
    }
}

async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin, listener: Listener, state: Arc<State>) {
    let service = service_fn(|request| {
        let state = Arc::clone(&state);
        async move { Ok::<_, Infallible>(logged(&state, listener, request).await) }
    });
    // A connection that the client broke off needs no report.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn logged(state: &State, listener: Listener, request: hyper::Request<Incoming>) -> Response<Body> {
    let (head, body) = request.into_parts();
    let authorization = header(&head, AUTHORIZATION).and_then(Authorization::parse);
    let entry = state.log.add(record(listener, &head, authorization.clone()));
    let response = match listener {
        Listener::Main => answer(state, head, body, authorization, Arc::clone(&entry)).await,
        Listener::Other | Listener::Plain => {
            drain(body, &entry).await;
            plain(StatusCode::NOT_FOUND, "Nothing is served here.\n")
        }
    };
    entry.answered(response.status().as_u16());
    response
}

fn record(listener: Listener, head: &Parts, authorization: Option<Authorization>) -> Request {
    Request {
        listener,
        method: head.method.to_string(),
        path: head
            .uri
            .path_and_query()
            .map(ToString::to_string)
            .unwrap_or_default(),
        authorization,
        user_agent: header(head, USER_AGENT).map(str::to_owned),
        content_length: header(head, CONTENT_LENGTH).and_then(|length| length.parse().ok()),
        body_bytes: 0,
        status: None,
    }
}

fn header(head: &Parts, name: HeaderName) -> Option<&str> {
    head.headers.get(name)?.to_str().ok()
}

async fn answer(
    state: &State,
    mut head: Parts,
    body: Incoming,
    authorization: Option<Authorization>,
    entry: Arc<Entry>,
) -> Response<Body> {
    let Some(call) = Call::parse(&head) else {
        drain(body, &entry).await;
        return plain(StatusCode::NOT_FOUND, "Not found.\n");
    };
    let fault = state.fault(&call.repo);
    hold_back(fault.as_ref()).await;
    let account = match admit(state, &call, fault.as_ref(), authorization.as_ref()) {
        Ok(account) => account,
        Err(refusal) => {
            drain(body, &entry).await;
            return *refusal;
        }
    };
    let body_fault = fault.as_ref().and_then(Fault::in_body);
    if body_fault.is_some() {
        head.headers.remove(GIT_PROTOCOL);
    }
    match backend::serve(&state.repositories, &call, &account, &head, body, entry).await {
        Ok(response) => match body_fault.filter(|_| call.is_post) {
            Some(body_fault) => response.map(|body| body_fault.apply(body)),
            None => response,
        },
        Err(error) => broken(&error),
    }
}

async fn hold_back(fault: Option<&Fault>) {
    match fault {
        Some(Fault::StallBeforeHeaders) => std::future::pending().await,
        Some(Fault::Delay(milliseconds)) => tokio::time::sleep(Duration::from_millis(*milliseconds)).await,
        _ => {}
    }
}

/// Who may make this call, or the answer to whoever may not.
fn admit(
    state: &State,
    call: &Call,
    fault: Option<&Fault>,
    authorization: Option<&Authorization>,
) -> Result<Account, Box<Response<Body>>> {
    if let Some(response) = fault.and_then(|fault| fault.answer(call, &state.origins)) {
        return Err(Box::new(response));
    }
    let account = state
        .account(authorization)
        .ok_or_else(|| Box::new(challenge()))?;
    if account.access == Access::NoAccess || !state.repositories.exists(&call.repo) {
        return Err(Box::new(plain(StatusCode::NOT_FOUND, "Repository not found.\n")));
    }
    if account.access == Access::ReadOnly && call.service == Service::ReceivePack {
        let words = format!("Permission to {} denied to {}.\n", call.repo, account.user);
        return Err(Box::new(plain(StatusCode::FORBIDDEN, words)));
    }
    Ok(account)
}

fn challenge() -> Response<Body> {
    let mut response = plain(StatusCode::UNAUTHORIZED, "Invalid username or token.\n");
    response.headers_mut().insert(WWW_AUTHENTICATE, CHALLENGE);
    response
}

fn broken(error: &io::Error) -> Response<Body> {
    plain(
        StatusCode::INTERNAL_SERVER_ERROR,
        format!("git could not answer: {error}\n"),
    )
}
