use std::io;
use std::process::Stdio;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use futures_util::stream;
use http_body_util::{BodyExt as _, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Response, StatusCode};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use crate::access::Account;
use crate::body::{Body, bare, drain};
use crate::git;
use crate::repository::{Repositories, without_suffix};
use crate::request_log::Entry;
use crate::route::Call;

const CHUNK: usize = 64 * 1024;

/// The headers that CGI hands over as variables.
const FORWARDED: [(HeaderName, &str); 4] = [
    (CONTENT_TYPE, "CONTENT_TYPE"),
    (CONTENT_LENGTH, "CONTENT_LENGTH"),
    (CONTENT_ENCODING, "HTTP_CONTENT_ENCODING"),
    (HeaderName::from_static("git-protocol"), "GIT_PROTOCOL"),
];

/// Lets git answer a request, streaming both ways.
pub(crate) async fn serve(
    repositories: &Repositories,
    call: &Call,
    account: &Account,
    head: &Parts,
    body: Incoming,
    entry: Arc<Entry>,
) -> io::Result<Response<Body>> {
    let mut child = command(repositories, call, account, head).spawn()?;
    match child.stdin.take() {
        Some(stdin) => drop(tokio::spawn(feed(body, stdin, entry))),
        None => drain(body, &entry).await,
    }
    let stdout = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
    let mut reader = BufReader::with_capacity(CHUNK, stdout);
    let mut response = read_head(&mut reader).await?;
    *response.body_mut() = stream_body(Backend { child, reader });
    Ok(response)
}

fn command(repositories: &Repositories, call: &Call, account: &Account, head: &Parts) -> Command {
    let mut command = Command::new("git");
    command
        .arg("http-backend")
        .env_clear()
        .envs(git::environment(repositories.home()))
        .env("GIT_PROJECT_ROOT", repositories.root())
        .env("GIT_HTTP_EXPORT_ALL", "1")
        .env(
            "PATH_INFO",
            format!("/{}.git{}", without_suffix(&call.repo), call.endpoint),
        )
        .env("QUERY_STRING", head.uri.query().unwrap_or_default())
        .env("REQUEST_METHOD", head.method.as_str())
        .env("REMOTE_USER", &account.user)
        .env("REMOTE_ADDR", "127.0.0.1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    for (header, variable) in FORWARDED {
        if let Some(value) = head.headers.get(header).and_then(|value| value.to_str().ok()) {
            command.env(variable, value);
        }
    }
    command
}

async fn feed(mut body: Incoming, mut stdin: ChildStdin, entry: Arc<Entry>) {
    while let Some(Ok(frame)) = body.frame().await {
        let Ok(data) = frame.into_data() else { continue };
        entry.count(data.len());
        if stdin.write_all(&data).await.is_err() {
            break;
        }
    }
    drop(stdin);
    drain(body, &entry).await;
}

/// Reads the header lines with which a CGI program begins its answer.
async fn read_head(reader: &mut BufReader<ChildStdout>) -> io::Result<Response<Body>> {
    let mut response = bare(StatusCode::OK);
    let mut line = String::new();
    loop {
        line.clear();
        if reader.read_line(&mut line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let Some((name, value)) = line.trim_end().split_once(':') else {
            return Ok(response);
        };
        set_header(&mut response, name, value.trim());
    }
}

fn set_header(response: &mut Response<Body>, name: &str, value: &str) {
    if name.eq_ignore_ascii_case("status") {
        let code = value.split(' ').next().and_then(|code| code.parse().ok());
        *response.status_mut() = code.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    } else if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
        response.headers_mut().insert(name, value);
    }
}

/// A running git and the end of the pipe that its answer comes from. The process dies with this value.
struct Backend {
    child: Child,
    reader: BufReader<ChildStdout>,
}

impl Backend {
    async fn next(&mut self) -> io::Result<Option<Bytes>> {
        let mut chunk = BytesMut::with_capacity(CHUNK);
        if self.reader.read_buf(&mut chunk).await? == 0 {
            self.child.wait().await?;
            return Ok(None);
        }
        Ok(Some(chunk.freeze()))
    }
}

fn stream_body(backend: Backend) -> Body {
    let frames = stream::try_unfold(backend, |mut backend| async {
        let next = backend.next().await?;
        Ok::<_, io::Error>(next.map(|chunk| (Frame::data(chunk), backend)))
    });
    StreamBody::new(frames).boxed_unsync()
}
