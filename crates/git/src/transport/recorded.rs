//! Answers that are played back instead of fetched, for fuzzing: everything behind the connection, without one.

use std::cell::RefCell;
use std::io::{self, Read, Write};
use std::sync::Arc;

use bytes::Bytes;
use git2::transport::{Service as Asked, SmartSubtransport, SmartSubtransportStream, Transport};
use git2::{Error, ErrorClass, ErrorCode, Remote, Repository};
use reqwest::{Body, Response};
use url::Url;

use super::exchange::{self, Listed, Service};
use super::operation::{Operation, Stop};
use super::stream::{Advertisement, Answer, report};

/// The private scheme under which libgit2 finds what plays back.
pub(crate) const SCHEME: &str = "sheaf-recorded";
const ADDRESS: &str = "sheaf-recorded://remote";
/// The body of an answer comes in pieces of this size.
const PIECE: usize = 61;

/// A status, headers, and a body.
pub type RecordedAnswer<'a> = (u16, &'a [(String, Vec<u8>)], &'a [u8]);

thread_local! {
    static PLAYED: RefCell<Option<Played>> = const { RefCell::new(None) };
}

#[derive(Clone)]
struct Played {
    operation: Arc<Operation>,
    list: Bytes,
    answer: Bytes,
}

/// A remote whose list of branches and whose answer to the one request are these bytes.
pub(crate) fn play<'r>(
    git: &'r Repository,
    operation: &Arc<Operation>,
    list: &[u8],
    answer: &[u8],
) -> Result<Remote<'r>, Error> {
    let played = Played {
        operation: Arc::clone(operation),
        list: Bytes::copy_from_slice(list),
        answer: Bytes::copy_from_slice(answer),
    };
    PLAYED.with(|slot| *slot.borrow_mut() = Some(played));
    git.remote_anonymous(ADDRESS)
}

/// Makes the transport of what the calling thread plays.
pub(crate) fn recorded_transport(remote: &Remote<'_>) -> Result<Transport, Error> {
    let played = PLAYED.with(|slot| slot.borrow().clone());
    let played =
        played.ok_or_else(|| Error::new(ErrorCode::GenericError, ErrorClass::Net, "nothing is played"))?;
    Transport::smart(remote, true, played)
}

impl SmartSubtransport for Played {
    fn action(&self, _: &str, asked: Asked) -> Result<Box<dyn SmartSubtransportStream>, Error> {
        let (bytes, service) = match asked {
            Asked::UploadPackLs | Asked::ReceivePackLs => (&self.list, None),
            Asked::UploadPack => (&self.answer, Some(Service::UploadPack)),
            Asked::ReceivePack => (&self.answer, Some(Service::ReceivePack)),
        };
        let response = response((200, &[], bytes)).ok_or_else(|| Error::from_str("no answer"))?;
        Ok(Box::new(Deaf {
            operation: Arc::clone(&self.operation),
            answer: match service {
                Some(service) => Answer::result(response, service),
                None => Answer::list(response),
            },
        }))
    }

    fn close(&self) -> Result<(), Error> {
        Ok(())
    }
}

/// Answers whatever it is told.
struct Deaf {
    operation: Arc<Operation>,
    answer: Answer,
}

impl Read for Deaf {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let result = self.answer.read(&self.operation, buffer);
        report(&self.operation, result)
    }
}

impl Write for Deaf {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        Ok(data.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What an answer to the request for the list says.
pub(crate) enum Taken {
    Elsewhere(Url),
    List(Vec<u8>),
}

/// What is made of an answer to the request for the list at `from`: where it sends us, or its body.
pub(crate) fn list_answer(
    operation: &Arc<Operation>,
    writing: bool,
    from: &Url,
    answer: RecordedAnswer<'_>,
) -> Option<Result<Taken, Stop>> {
    let service = if writing {
        Service::ReceivePack
    } else {
        Service::UploadPack
    };
    let response = response(answer)?;
    Some(match exchange::listed(operation, service, from, response) {
        Ok(Listed::Elsewhere(url)) => Ok(Taken::Elsewhere(url)),
        Ok(Listed::Here(response)) => Ok(Taken::List(whole(operation, response))),
        Err(stop) => Err(stop),
    })
}

/// The same for a request with a body.
pub(crate) fn post_answer(
    operation: &Arc<Operation>,
    answer: RecordedAnswer<'_>,
) -> Option<Result<Vec<u8>, Stop>> {
    let response = response(answer)?;
    let answer = exchange::posted(operation, Service::ReceivePack, response);
    Some(answer.map(|response| whole(operation, response)))
}

fn whole(operation: &Arc<Operation>, response: Response) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What was read before an error is there all the same.
    let _ = Advertisement::of(Arc::clone(operation), response).read_to_end(&mut bytes);
    bytes
}

fn response((status, headers, body): RecordedAnswer<'_>) -> Option<Response> {
    let pieces: Vec<io::Result<Bytes>> = body
        .chunks(PIECE)
        .map(|piece| Ok(Bytes::copy_from_slice(piece)))
        .collect();
    let mut made = http::Response::builder().status(status);
    for (name, value) in headers {
        made = made.header(name.as_str(), value.as_slice());
    }
    let made = made.body(Body::wrap_stream(futures_util::stream::iter(pieces)));
    made.ok().map(Response::from)
}
