//! A client without a Git, for what git would hide: the exact bytes and the way they end.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use sheaf_git_host::Host;

use super::{REPO, TOKEN};

/// How an answer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// As announced.
    Complete,
    /// The connection broke before that.
    Cut,
    /// Nothing more came, over an open connection.
    Silent,
}

/// An answer, as far as it came.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) pieces: Vec<Vec<u8>>,
    pub(crate) ending: Ending,
}

impl Answer {
    pub(crate) fn body(&self) -> Vec<u8> {
        self.pieces.concat()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut fields = self.head.lines().filter_map(|line| line.split_once(": "));
        fields
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }
}

/// Asks for the refs.
pub(crate) fn get_refs(host: &Host) -> Answer {
    send(
        host,
        &format!("GET /{REPO}/info/refs?service=git-upload-pack"),
        "",
        b"",
    )
}

/// Asks for the pack of a branch, in the first version of the protocol and without a side band.
pub(crate) fn post_fetch(host: &Host, commit: &str) -> Answer {
    let body = format!("0032want {commit}\n00000009done\n");
    let kind = "Content-Type: application/x-git-upload-pack-request\r\n";
    send(
        host,
        &format!("POST /{REPO}/git-upload-pack"),
        kind,
        body.as_bytes(),
    )
}

/// Connects as the host's own clients do; the error is the verifier's.
pub(crate) fn handshake(host: &Host) -> Result<(), rustls::Error> {
    let (mut tls, mut tcp) = connection(host);
    while tls.is_handshaking() {
        if let Err(error) = tls.complete_io(&mut tcp) {
            return Err(error.downcast().unwrap());
        }
    }
    Ok(())
}

fn send(host: &Host, line: &str, headers: &str, body: &[u8]) -> Answer {
    let (tls, tcp) = connection(host);
    let mut stream = StreamOwned::new(tls, tcp);
    let length = body.len();
    let head = format!(
        "{line} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {TOKEN}\r\n{headers}Content-Length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body).unwrap();
    read(&mut stream)
}

fn connection(host: &Host) -> (ClientConnection, TcpStream) {
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_file(host.ca_file()).unwrap())
        .unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let port: u16 = host.origin().rsplit(':').next().unwrap().parse().unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    (
        ClientConnection::new(Arc::new(config), name).unwrap(),
        TcpStream::connect(("127.0.0.1", port)).unwrap(),
    )
}

fn read(stream: &mut StreamOwned<ClientConnection, TcpStream>) -> Answer {
    let mut seen = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        if let Some(answer) = parse(&seen, Ending::Complete) {
            return answer;
        }
        match stream.read(&mut buffer) {
            Ok(count) if count > 0 => {
                seen.extend_from_slice(&buffer[..count]);
                // From the first byte on, a pause this long means a stall. A slow machine can only make a
                // stall that should be a break look like one, and the test that tells them apart fails then.
                stream
                    .sock
                    .set_read_timeout(Some(Duration::from_secs(2)))
                    .unwrap();
            }
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                return parse(&seen, Ending::Silent).unwrap();
            }
            _ => return parse(&seen, Ending::Cut).unwrap(),
        }
    }
}

/// The answer in these bytes. An incomplete one is given only when it is known how it ended.
fn parse(seen: &[u8], ending: Ending) -> Option<Answer> {
    let head_end = seen.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = String::from_utf8(seen[..head_end].to_vec()).unwrap();
    let status = head.split(' ').nth(1)?.parse().unwrap();
    let mut answer = Answer {
        status,
        head,
        pieces: Vec::new(),
        ending,
    };
    let body = &seen[head_end..];
    let complete = match answer
        .header("content-length")
        .map(|length| length.parse::<usize>().unwrap())
    {
        Some(length) => {
            answer.pieces.push(body.to_vec());
            body.len() == length
        }
        None => dechunk(body, &mut answer.pieces),
    };
    if complete {
        answer.ending = Ending::Complete;
    }
    (complete || ending != Ending::Complete).then_some(answer)
}

/// Takes chunks apart; whether the last one was among them.
fn dechunk(mut body: &[u8], pieces: &mut Vec<Vec<u8>>) -> bool {
    while let Some(end) = body.windows(2).position(|window| window == b"\r\n") {
        let length = usize::from_str_radix(std::str::from_utf8(&body[..end]).unwrap(), 16).unwrap();
        let rest = &body[end + 2..];
        if length == 0 {
            return true;
        }
        if rest.len() < length + 2 {
            pieces.push(rest[..rest.len().min(length)].to_vec());
            return false;
        }
        pieces.push(rest[..length].to_vec());
        body = &rest[length + 2..];
    }
    false
}
