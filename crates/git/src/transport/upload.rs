//! A request whose body is sent while it is being made.

use std::io;

use bytes::Bytes;
use futures_util::stream;
use reqwest::{Body, Response};
use tokio::sync::mpsc::{Sender, channel};

use super::exchange::{self, Service};
use super::operation::{AbortOnDrop, Operation, Stop};

/// So many pieces may wait; then whoever makes them waits.
const AHEAD: usize = 16;

/// A request under way.
pub(super) struct Upload {
    pieces: Sender<Bytes>,
    answer: Answer,
}

/// Hosts may begin their answer before they have heard everything.
enum Answer {
    Awaited(AbortOnDrop<reqwest::Result<Response>>),
    Begun(Response),
}

impl Upload {
    pub(super) fn begin(operation: &Operation, service: Service) -> Self {
        let (pieces, receiver) = channel::<Bytes>(AHEAD);
        let body = Body::wrap_stream(stream::unfold(receiver, |mut receiver| async move {
            let piece = receiver.recv().await?;
            Some((Ok::<_, io::Error>(piece), receiver))
        }));
        let request = exchange::post(operation, service).body(body);
        let answer = AbortOnDrop(operation.runtime().spawn(request.send()));
        Self {
            pieces,
            answer: Answer::Awaited(answer),
        }
    }

    /// Sends a piece. A host that refuses does not wait for the rest; then its answer is the error.
    pub(super) fn send(&mut self, operation: &Operation, service: Service, piece: Bytes) -> Result<(), Stop> {
        let Self { pieces, answer } = self;
        let Answer::Awaited(request) = answer else {
            return operation
                .wait(pieces.send(piece))?
                .map_err(|_| operation.cut_short());
        };
        let early = operation.wait(async {
            tokio::select! {
                biased;
                sent = pieces.send(piece.clone()) => match sent {
                    Ok(()) => None,
                    Err(_) => Some((&mut request.0).await),
                },
                early = &mut request.0 => Some(early),
            }
        })?;
        let Some(early) = early else { return Ok(()) };
        *answer = Answer::Begun(exchange::posted(operation, service, operation.answered(early)?)?);
        self.send(operation, service, piece)
    }

    /// Ends the body and waits for the answer.
    pub(super) fn finish(self, operation: &Operation, service: Service) -> Result<Response, Stop> {
        let Self { pieces, answer } = self;
        drop(pieces);
        match answer {
            Answer::Begun(response) => Ok(response),
            Answer::Awaited(mut request) => {
                let answer = operation.wait(&mut request.0)?;
                exchange::posted(operation, service, operation.answered(answer)?)
            }
        }
    }
}
