use std::io;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_util::stream;
use http_body_util::{BodyExt as _, StreamBody};
use hyper::body::Frame;
use tokio::time::sleep;

use crate::body::Body;

/// How often a slow body sends a piece, at speeds that allow it.
const TICKS_PER_SECOND: u64 = 20;

/// Time for the bytes before a break to reach the socket; they would be thrown away with the connection.
const FLUSH: Duration = Duration::from_millis(20);

/// What happens to a body on its way.
#[derive(Debug, Clone, Copy)]
pub(crate) enum BodyFault {
    StallAfter(u64),
    CutAfter(u64),
    EndAfter(u64),
    FlipAt(u64),
    Slow(u64),
}

impl BodyFault {
    pub(crate) fn apply(self, body: Body) -> Body {
        let faulty = FaultyBody {
            body,
            fault: self,
            sent: 0,
            rest: Bytes::new(),
            broken: false,
        };
        let frames = stream::unfold(faulty, |mut faulty| async {
            let next = faulty.next().await?;
            Some((next.map(Frame::data), faulty))
        });
        StreamBody::new(frames).boxed_unsync()
    }
}

struct FaultyBody {
    body: Body,
    fault: BodyFault,
    sent: u64,
    rest: Bytes,
    broken: bool,
}

impl FaultyBody {
    async fn next(&mut self) -> Option<io::Result<Bytes>> {
        if self.broken {
            return None;
        }
        match self.fault {
            BodyFault::StallAfter(end) => match self.until(end).await {
                None => std::future::pending().await,
                chunk => chunk,
            },
            BodyFault::CutAfter(end) => match self.until(end).await {
                None => Some(Err(self.cut().await)),
                chunk => chunk,
            },
            BodyFault::EndAfter(end) => self.until(end).await,
            BodyFault::FlipAt(offset) => self.flipped(offset).await,
            BodyFault::Slow(bytes_per_second) => self.trickle(bytes_per_second).await,
        }
    }

    async fn cut(&mut self) -> io::Error {
        sleep(FLUSH).await;
        self.broken = true;
        io::ErrorKind::ConnectionReset.into()
    }

    async fn until(&mut self, end: u64) -> Option<io::Result<Bytes>> {
        let left = end.saturating_sub(self.sent);
        if left > 0 {
            return self.take(left).await;
        }
        self.finish().await;
        None
    }

    /// Lets git come to its end, so that a push whose report is lost has landed all the same.
    async fn finish(&mut self) {
        while let Some(Ok(_)) = self.body.frame().await {}
    }

    async fn flipped(&mut self, offset: u64) -> Option<io::Result<Bytes>> {
        let start = self.sent;
        let chunk = match self.take(u64::MAX).await? {
            Ok(chunk) => chunk,
            error => return Some(error),
        };
        let mut bytes = BytesMut::from(chunk);
        let index = offset
            .checked_sub(start)
            .and_then(|index| usize::try_from(index).ok());
        if let Some(byte) = index.and_then(|index| bytes.get_mut(index)) {
            *byte ^= 1;
        }
        Some(Ok(bytes.freeze()))
    }

    async fn trickle(&mut self, bytes_per_second: u64) -> Option<io::Result<Bytes>> {
        let piece = bytes_per_second.div_ceil(TICKS_PER_SECOND);
        sleep(Duration::from_micros(
            piece.saturating_mul(1_000_000) / bytes_per_second,
        ))
        .await;
        self.take(piece).await
    }

    /// The next bytes of the body, at most `limit` of them.
    async fn take(&mut self, limit: u64) -> Option<io::Result<Bytes>> {
        while self.rest.is_empty() {
            match self.body.frame().await? {
                Ok(frame) => self.rest = frame.into_data().unwrap_or_default(),
                Err(error) => return Some(Err(error)),
            }
        }
        let length = usize::try_from(limit).unwrap_or(usize::MAX).min(self.rest.len());
        self.sent += length as u64;
        Some(Ok(self.rest.split_to(length)))
    }
}
