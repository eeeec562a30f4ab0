//! One operation over the network: its address, its token, its client and the error it met.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use reqwest::{Client, Method, RequestBuilder, Response};
use tokio::runtime::Runtime;
use url::Url;

use super::wait::{Interrupted, wait};
use super::{client, failure};
use crate::error::{GitError, NetworkError};
use crate::event::Phase;
use crate::network::Network;
use crate::uri::{Origin, RemoteUri};

/// Why work on the network ended early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stop {
    Cancelled,
    Failed(NetworkError),
}

impl From<NetworkError> for Stop {
    fn from(error: NetworkError) -> Self {
        Self::Failed(error)
    }
}

impl From<Stop> for GitError {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Cancelled => Self::Cancelled,
            Stop::Failed(error) => Self::Network(error),
        }
    }
}

/// Lives as long as one operation.
pub(crate) struct Operation {
    uri: RemoteUri,
    net: Network,
    client: Client,
    runtime: &'static Runtime,
    state: Mutex<State>,
}

struct State {
    /// Where the repository is, after redirects.
    base: Url,
    /// The first error; what libgit2 makes of it is of no use.
    stop: Option<Stop>,
    auth_noted: bool,
    /// What the host says it can do.
    capabilities: String,
}

thread_local! {
    static CURRENT: RefCell<Option<Arc<Operation>>> = const { RefCell::new(None) };
}

/// While it lives, libgit2 calls on this thread belong to an operation.
pub(crate) struct Entered(Option<Arc<Operation>>);

impl Drop for Entered {
    fn drop(&mut self) {
        CURRENT.with(|current| *current.borrow_mut() = self.0.take());
    }
}

impl Operation {
    /// Begins an operation on a remote.
    pub(crate) fn new(uri: &RemoteUri, net: &Network) -> Result<Arc<Self>, GitError> {
        crate::setup::initialise();
        if net.cancel.is_cancelled() {
            return Err(GitError::Cancelled);
        }
        let host = uri.host();
        Ok(Arc::new(Self {
            client: client::client(host, net.ca_file.as_deref(), net.timeouts.connect)?,
            runtime: client::runtime(host)?,
            state: Mutex::new(State {
                base: uri.endpoint(),
                stop: None,
                auth_noted: false,
                capabilities: String::new(),
            }),
            uri: uri.clone(),
            net: net.clone(),
        }))
    }

    /// Makes this the operation of the calling thread.
    pub(crate) fn enter(self: &Arc<Self>) -> Entered {
        Entered(CURRENT.with(|current| current.borrow_mut().replace(Arc::clone(self))))
    }

    /// The operation of the calling thread.
    pub(super) fn current() -> Option<Arc<Self>> {
        CURRENT.with(|current| current.borrow().clone())
    }

    pub(crate) fn uri(&self) -> &RemoteUri {
        &self.uri
    }

    pub(crate) fn net(&self) -> &Network {
        &self.net
    }

    pub(crate) fn host(&self) -> String {
        self.uri.host().to_owned()
    }

    pub(super) fn base(&self) -> Url {
        self.state().base.clone()
    }

    pub(super) fn set_base(&self, base: Url) {
        self.state().base = base;
    }

    pub(super) fn runtime(&self) -> &'static Runtime {
        self.runtime
    }

    pub(super) fn has_token(&self) -> bool {
        self.token_for(&self.uri.endpoint())
    }

    /// Remembers why the work ended, for when libgit2 has returned.
    pub(super) fn stop(&self, stop: &Stop) {
        let mut state = self.state();
        if state.stop.is_none() {
            state.stop = Some(stop.clone());
        }
    }

    /// Takes over what the beginning of a list of branches says that the host can do.
    pub(super) fn note_capabilities(&self, list: &[u8]) {
        if let Some(capabilities) = super::pkt_line::capabilities(list) {
            self.state().capabilities = capabilities;
        }
    }

    /// What the host can do, separated by spaces.
    pub(super) fn capabilities(&self) -> String {
        self.state().capabilities.clone()
    }

    /// Why work of our own on the network ended, where it did not end by itself.
    pub(crate) fn stopped(&self) -> Option<GitError> {
        let stop = self.state().stop.take();
        if self.net.cancel.is_cancelled() {
            return Some(GitError::Cancelled);
        }
        stop.map(GitError::from)
    }

    /// What to say of a failed call into libgit2: our own reason where there is one.
    pub(crate) fn explain(&self, error: git2::Error) -> GitError {
        self.stopped().unwrap_or_else(|| self.found_by_libgit2(error))
    }

    /// The same while a pack is received: a pack that is none has come from the host.
    pub(crate) fn explain_received(&self, error: git2::Error) -> GitError {
        match self.explain(error) {
            GitError::Damaged(what) if what.starts_with("invalid pack file") => {
                NetworkError::Damaged(self.host()).into()
            }
            other => other,
        }
    }

    /// libgit2 found the fault itself: in the bytes, not on the way.
    fn found_by_libgit2(&self, error: git2::Error) -> GitError {
        use git2::{ErrorClass as Class, ErrorCode};
        let (host, message) = (self.host(), error.message());
        if let Some(text) = message.strip_prefix("remote error: ") {
            return NetworkError::Remote {
                host,
                text: self.net.clean(text),
            }
            .into();
        }
        let early = message.contains("EOF") || message.starts_with("could not read");
        match (error.class(), error.code()) {
            (_, ErrorCode::Eof) => broken(host),
            (Class::Net, _) if early => broken(host),
            (Class::Net | Class::Zlib | Class::Indexer | Class::Sha1 | Class::Object, _) => {
                NetworkError::Damaged(host).into()
            }
            _ => error.into(),
        }
    }

    /// A request to the host. The token is added here and nowhere else, and only for its own origin.
    pub(super) fn request(&self, method: Method, url: Url) -> RequestBuilder {
        let with_token = self.token_for(&url);
        self.note_auth(with_token);
        let request = self.client.request(method, url).header("Pragma", "no-cache");
        match &self.net.credentials {
            Some((_, c)) if with_token => {
                request.basic_auth(c.username_for(&self.uri), Some(c.token.expose()))
            }
            _ => request,
        }
    }

    /// Sends a request and waits for the head of the answer.
    pub(super) fn send(&self, request: RequestBuilder) -> Result<Response, Stop> {
        let mut sent = AbortOnDrop(self.runtime.spawn(request.send()));
        let answer = self.wait(&mut sent.0)?;
        self.answered(answer)
    }

    /// The head of an answer, or why there is none.
    pub(super) fn answered(
        &self,
        answer: Result<reqwest::Result<Response>, tokio::task::JoinError>,
    ) -> Result<Response, Stop> {
        match answer {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) => Err(failure::typed(self.uri.host(), &error).into()),
            Err(error) => Err(NetworkError::Broken {
                host: self.host(),
                why: error.to_string(),
            }
            .into()),
        }
    }

    /// The next piece of an answer; `None` at its end.
    pub(super) fn next_chunk(&self, response: &mut Response) -> Result<Option<Bytes>, Stop> {
        let _runtime = self.runtime.enter();
        self.wait(response.chunk())?
            .map_err(|error| failure::typed(self.uri.host(), &error).into())
    }

    /// The beginning of an answer. It ends early only where nothing came at all.
    pub(crate) fn read_up_to(&self, response: &mut Response, most: usize) -> Result<Vec<u8>, Stop> {
        let mut bytes = Vec::new();
        while bytes.len() < most {
            match self.next_chunk(response) {
                Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
                Err(stop) if bytes.is_empty() => return Err(stop),
                Ok(None) | Err(_) => break,
            }
        }
        bytes.truncate(most);
        Ok(bytes)
    }

    /// Waits as long as the idle timeout allows.
    pub(super) fn wait<F: Future>(&self, future: F) -> Result<F::Output, Stop> {
        wait(future, &self.net.cancel, self.net.timeouts.idle).map_err(|e| match e {
            Interrupted::Cancelled => Stop::Cancelled,
            Interrupted::Idle => NetworkError::IdleTimeout(self.host()).into(),
        })
    }

    /// Does nothing for a while, unless cancelled.
    pub(super) fn pause(&self, time: Duration) -> Result<(), Stop> {
        match wait(std::future::pending::<()>(), &self.net.cancel, time) {
            Err(Interrupted::Cancelled) => Err(Stop::Cancelled),
            _ => Ok(()),
        }
    }

    /// The host has stopped talking in the middle.
    pub(crate) fn cut_off(&self) -> Stop {
        Stop::Failed(early_end(self.host()))
    }

    /// The host has stopped listening without a refusal.
    pub(super) fn cut_short(&self) -> Stop {
        NetworkError::Broken {
            host: self.host(),
            why: "it answered before everything was sent".to_owned(),
        }
        .into()
    }

    fn token_for(&self, url: &Url) -> bool {
        let origin = Origin::of(url);
        self.net
            .credentials
            .as_ref()
            .is_some_and(|(o, c)| !c.token.is_empty() && Some(o) == origin.as_ref())
    }

    fn note_auth(&self, with_token: bool) {
        let mut state = self.state();
        if !std::mem::replace(&mut state.auth_noted, true) && with_token {
            self.net
                .journal
                .note(Phase::Auth, &format!("using the token for {}", self.uri.origin()));
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request nobody waits for any more is not sent on.
pub(super) struct AbortOnDrop<T>(pub(super) tokio::task::JoinHandle<T>);

impl<T> Drop for AbortOnDrop<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn broken(host: String) -> GitError {
    early_end(host).into()
}

fn early_end(host: String) -> NetworkError {
    NetworkError::Broken {
        host,
        why: "the answer ended too early".to_owned(),
    }
}
