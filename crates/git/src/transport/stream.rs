//! The two kinds of streams that libgit2 reads and writes.

use std::io::{self, Read, Write};
use std::sync::Arc;

use bytes::Bytes;
use reqwest::Response;

use super::exchange::{self, Service};
use super::operation::{Operation, Stop};
use super::text_only::Utf8Only;
use super::upload::Upload;
use crate::error::NetworkError;

/// A request of this size or less goes out whole; a larger one is streamed.
const WHOLE: usize = 256 * 1024;
/// The longest list of branches and tags that is read.
const MOST_REFS: u64 = 64 * 1024 * 1024;
/// What a host can do stands at the beginning of the list.
const LIST_HEAD: usize = 4096;
/// The largest pack that is received.
const MOST_PACK: u64 = 4 * 1024 * 1024 * 1024;

/// An answer, read piece by piece and up to a limit.
pub(super) struct Answer {
    response: Response,
    rest: Bytes,
    /// Where it holds no objects.
    text: Option<Utf8Only>,
    left: u64,
    what: &'static str,
}

impl Answer {
    /// A list of branches.
    pub(super) fn list(response: Response) -> Self {
        Self {
            response,
            rest: Bytes::new(),
            text: Some(Utf8Only::default()),
            left: MOST_REFS,
            what: "branches and tags",
        }
    }

    /// One that holds a history.
    pub(super) fn history(response: Response) -> Self {
        Self {
            text: None,
            left: MOST_PACK,
            what: "the history",
            ..Self::list(response)
        }
    }

    /// What a request with a body is answered.
    pub(super) fn result(response: Response, service: Service) -> Self {
        Self {
            text: (service == Service::ReceivePack).then(Utf8Only::default),
            ..Self::history(response)
        }
    }

    pub(super) fn read(&mut self, operation: &Operation, buffer: &mut [u8]) -> Result<usize, Stop> {
        while self.rest.is_empty() {
            let chunk = operation.next_chunk(&mut self.response)?;
            let is_over = chunk.is_none();
            let chunk = chunk.unwrap_or_default();
            self.rest = match &mut self.text {
                Some(text) if is_over => text.end(),
                Some(text) => text.next(&chunk),
                None => chunk,
            };
            if is_over && self.rest.is_empty() {
                return Ok(0);
            }
        }
        let count = self.rest.len().min(buffer.len());
        self.left = self
            .left
            .checked_sub(count as u64)
            .ok_or_else(|| NetworkError::Oversized {
                host: operation.host(),
                what: self.what,
            })?;
        buffer[..count].copy_from_slice(&self.rest.split_to(count));
        Ok(count)
    }
}

/// The list of branches.
pub(super) struct Advertisement {
    operation: Arc<Operation>,
    answer: Answer,
    /// Its beginning, which says what the host can do; `None` once that has been told.
    head: Option<Vec<u8>>,
}

impl Advertisement {
    pub(super) fn open(operation: Arc<Operation>, service: Service) -> Result<Self, Stop> {
        let response = exchange::info_refs(&operation, service)?;
        Ok(Self::of(operation, response))
    }

    pub(super) fn of(operation: Arc<Operation>, response: Response) -> Self {
        Self {
            operation,
            answer: Answer::list(response),
            head: Some(Vec::new()),
        }
    }

    fn note(&mut self, bytes: &[u8]) {
        let Some(head) = &mut self.head else { return };
        head.extend_from_slice(bytes);
        if bytes.is_empty() || head.len() >= LIST_HEAD {
            self.operation.note_capabilities(head);
            self.head = None;
        }
    }
}

impl Drop for Advertisement {
    fn drop(&mut self) {
        self.note(&[]);
    }
}

impl Read for Advertisement {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let result = self.answer.read(&self.operation, buffer);
        if let Ok(count) = result {
            self.note(&buffer[..count]);
        }
        report(&self.operation, result)
    }
}

impl Write for Advertisement {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// One request and its answer: everything is written, then everything is read.
pub(super) struct Call {
    operation: Arc<Operation>,
    service: Service,
    state: State,
}

enum State {
    Collecting(Vec<u8>),
    Sending(Upload),
    Reading(Answer),
    Over,
}

impl Call {
    pub(super) fn new(operation: Arc<Operation>, service: Service) -> Self {
        Self {
            operation,
            service,
            state: State::Collecting(Vec::new()),
        }
    }

    fn send(&mut self, data: &[u8]) -> Result<usize, Stop> {
        if self.operation.net().cancel.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        match &mut self.state {
            State::Collecting(collected) if collected.len() + data.len() <= WHOLE => {
                collected.extend_from_slice(data);
            }
            State::Collecting(collected) => {
                let collected = std::mem::take(collected);
                let mut upload = Upload::begin(&self.operation, self.service);
                upload.send(&self.operation, self.service, collected.into())?;
                upload.send(&self.operation, self.service, Bytes::copy_from_slice(data))?;
                self.state = State::Sending(upload);
            }
            State::Sending(upload) => {
                upload.send(&self.operation, self.service, Bytes::copy_from_slice(data))?;
            }
            State::Reading(_) | State::Over => return Err(self.out_of_turn()),
        }
        Ok(data.len())
    }

    fn receive(&mut self, buffer: &mut [u8]) -> Result<usize, Stop> {
        if let State::Reading(answer) = &mut self.state {
            return answer.read(&self.operation, buffer);
        }
        let response = match std::mem::replace(&mut self.state, State::Over) {
            State::Collecting(body) => {
                let request = exchange::post(&self.operation, self.service).body(body);
                exchange::posted(&self.operation, self.service, self.operation.send(request)?)?
            }
            State::Sending(upload) => upload.finish(&self.operation, self.service)?,
            State::Reading(_) | State::Over => return Err(self.out_of_turn()),
        };
        let mut answer = Answer::result(response, self.service);
        let count = answer.read(&self.operation, buffer)?;
        self.state = State::Reading(answer);
        Ok(count)
    }

    fn out_of_turn(&self) -> Stop {
        NetworkError::Broken {
            host: self.operation.host(),
            why: "the exchange is over".to_owned(),
        }
        .into()
    }
}

impl Read for Call {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let result = self.receive(buffer);
        report(&self.operation, result)
    }
}

impl Write for Call {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        let result = self.send(data);
        report(&self.operation, result)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// libgit2 takes no more than a failure; the reason waits in the operation.
pub(super) fn report(operation: &Operation, result: Result<usize, Stop>) -> io::Result<usize> {
    result.map_err(|stop| {
        operation.stop(&stop);
        io::Error::other("stopped")
    })
}
