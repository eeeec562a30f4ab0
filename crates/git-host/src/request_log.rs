use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::Authorization;

/// Which of the host's sockets a request came in on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listener {
    /// The Git server.
    Main,
    /// The second TLS server, where a redirect leads; it must never see a credential.
    Other,
    /// The server without TLS, where a downgrade leads; it must never see a credential.
    Plain,
}

/// One request as it arrived.
#[derive(Debug, Clone)]
pub struct Request {
    /// Where it came in.
    pub listener: Listener,
    /// The HTTP method.
    pub method: String,
    /// The path and the query.
    pub path: String,
    /// The credential, if one was sent.
    pub authorization: Option<Authorization>,
    /// The program that asked.
    pub user_agent: Option<String>,
    /// The body's length as announced; `None` for a chunked body and for none.
    pub content_length: Option<u64>,
    /// How many bytes of the body came.
    pub body_bytes: u64,
    /// The answer's status; `None` while there is no answer.
    pub status: Option<u16>,
}

impl Request {
    /// Whether this is the request for the list of refs, with which every fetch and push begins.
    pub fn is_advertisement(&self) -> bool {
        self.path.contains("/info/refs")
    }

    /// Whether this request carries a push.
    pub fn is_push(&self) -> bool {
        self.method == "POST" && self.path.ends_with("/git-receive-pack")
    }
}

/// The part of a record that is still changing while the request is being served.
#[derive(Debug)]
pub(crate) struct Entry {
    request: Request,
    body_bytes: AtomicU64,
    status: Mutex<Option<u16>>,
}

impl Entry {
    pub(crate) fn count(&self, bytes: usize) {
        self.body_bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub(crate) fn answered(&self, status: u16) {
        *self.status.lock().unwrap_or_else(PoisonError::into_inner) = Some(status);
    }

    fn snapshot(&self) -> Request {
        let mut request = self.request.clone();
        request.body_bytes = self.body_bytes.load(Ordering::Relaxed);
        request.status = *self.status.lock().unwrap_or_else(PoisonError::into_inner);
        request
    }
}

/// All requests since the start or the last clearing.
#[derive(Debug, Default)]
pub(crate) struct RequestLog(Mutex<Vec<Arc<Entry>>>);

impl RequestLog {
    pub(crate) fn add(&self, request: Request) -> Arc<Entry> {
        let entry = Arc::new(Entry {
            request,
            body_bytes: AtomicU64::new(0),
            status: Mutex::new(None),
        });
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(Arc::clone(&entry));
        entry
    }

    pub(crate) fn snapshot(&self) -> Vec<Request> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
            .map(|entry| entry.snapshot())
            .collect()
    }

    pub(crate) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
