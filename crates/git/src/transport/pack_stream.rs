//! The answer to a request for a history: the pack, and what the host says beside it (Git, `gitprotocol-pack`, “Packfile
//! Data”).

use std::io::{self, Read};
use std::sync::Arc;

use bytes::Bytes;

use super::exchange::{self, Service};
use super::operation::{Operation, Stop};
use super::pkt_line::line;
use super::stream::Answer;
use crate::error::NetworkError;

/// What a host must be able to do for a history to be asked for here.
const NEEDED: [&str; 2] = ["side-band-64k", "ofs-delta"];
/// Also asked for where the host can do it.
const WELCOME: [&str; 1] = ["include-tag"];
const AGENT: &str = concat!("agent=git/2.0-Sheaf-", env!("CARGO_PKG_VERSION"));
/// Length in four hex digits, before each packet.
const HEAD: usize = 4;
/// Kind of a packet's content, its first byte.
const PACK: u8 = 1;
const TEXT: u8 = 2;
const ERROR: u8 = 3;

/// The pack, as it arrives. What the host says meanwhile goes to `said`.
pub(crate) struct PackStream<'s> {
    operation: Arc<Operation>,
    answer: Answer,
    /// What is left of the packet that is being read.
    packet: Bytes,
    has_begun: bool,
    is_over: bool,
    said: &'s mut dyn FnMut(&[u8]),
}

impl<'s> PackStream<'s> {
    /// Asks for everything that `wants` lead to. `None` where the host cannot be asked in this way.
    pub(crate) fn open(
        operation: &Arc<Operation>,
        wants: &[git2::Oid],
        said: &'s mut dyn FnMut(&[u8]),
    ) -> Result<Option<Self>, Stop> {
        let offered = operation.capabilities();
        let is_offered = |wanted: &str| offered.split_ascii_whitespace().any(|one| one == wanted);
        let Some((first, rest)) = wants.split_first() else {
            return Ok(None);
        };
        if !NEEDED.into_iter().all(is_offered) {
            return Ok(None);
        }
        let mut asked = NEEDED.to_vec();
        asked.extend(WELCOME.into_iter().filter(|one| is_offered(one)));
        asked.push(AGENT);
        let mut body = line(&format!("want {first} {}\n", asked.join(" ")));
        body.extend(rest.iter().map(|want| line(&format!("want {want}\n"))));
        body.push_str("0000");
        body.push_str(&line("done\n"));
        let request = exchange::post(operation, Service::UploadPack).body(body);
        let response = exchange::posted(operation, Service::UploadPack, operation.send(request)?)?;
        Ok(Some(Self {
            operation: Arc::clone(operation),
            answer: Answer::history(response),
            packet: Bytes::new(),
            has_begun: false,
            is_over: false,
            said,
        }))
    }

    fn pack(&mut self, buffer: &mut [u8]) -> Result<usize, Stop> {
        while self.packet.is_empty() {
            if self.is_over || !self.next_packet()? {
                self.is_over = true;
                return Ok(0);
            }
        }
        let count = self.packet.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.packet.split_to(count));
        Ok(count)
    }

    /// False at the end. Leaves content of the pack in `packet`; everything else is dealt with.
    fn next_packet(&mut self) -> Result<bool, Stop> {
        let mut head = [0; HEAD];
        if !self.fill(&mut head)? {
            return Ok(false);
        }
        let length = std::str::from_utf8(&head)
            .ok()
            .and_then(|hex| usize::from_str_radix(hex, 16).ok())
            .ok_or_else(|| self.damaged())?;
        let Some(length) = length.checked_sub(HEAD) else {
            // Zero ends a section; nothing but the end follows the pack.
            let goes_on = length == 0 && !self.has_begun;
            if !goes_on {
                let _ = self.answer.read(&self.operation, &mut [0]);
            }
            return Ok(goes_on);
        };
        let mut packet = vec![0; length];
        if !self.fill(&mut packet)? {
            return Err(self.operation.cut_off());
        }
        self.take(packet.into())?;
        Ok(true)
    }

    fn take(&mut self, mut packet: Bytes) -> Result<(), Stop> {
        match packet.first() {
            Some(&PACK) => {
                self.has_begun = true;
                self.packet = packet.split_off(1);
            }
            Some(&TEXT) => (self.said)(&packet[1..]),
            Some(&ERROR) => return Err(self.refused(&packet[1..])),
            _ => match packet.strip_prefix(b"ERR ") {
                Some(said) => return Err(self.refused(said)),
                None if packet.starts_with(b"NAK") || packet.starts_with(b"ACK ") => {}
                None => return Err(self.damaged()),
            },
        }
        Ok(())
    }

    /// False where there was nothing any more.
    fn fill(&mut self, wanted: &mut [u8]) -> Result<bool, Stop> {
        let mut filled = 0;
        while filled < wanted.len() {
            match self.answer.read(&self.operation, &mut wanted[filled..])? {
                0 if filled == 0 => return Ok(false),
                0 => return Err(self.operation.cut_off()),
                count => filled += count,
            }
        }
        Ok(true)
    }

    fn refused(&self, said: &[u8]) -> Stop {
        NetworkError::Remote {
            host: self.operation.host(),
            text: self.operation.net().clean(&String::from_utf8_lossy(said)),
        }
        .into()
    }

    fn damaged(&self) -> Stop {
        NetworkError::Damaged(self.operation.host()).into()
    }
}

impl Read for PackStream<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let result = self.pack(buffer);
        super::stream::report(&self.operation, result)
    }
}
