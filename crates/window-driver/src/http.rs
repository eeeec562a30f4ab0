use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

use crate::DriverError;
use crate::error::Result;

/// One request to the driver on the loopback interface, and the `value` it answers.
pub(crate) fn call(
    port: u16,
    method: &str,
    path: &str,
    body: Option<&Value>,
    limit: Duration,
) -> Result<Value> {
    let text = exchange(port, method, path, body, limit).map_err(DriverError::io(format!(
        "{method} {path} got no answer from the driver"
    )))?;
    let (head, body) = text
        .split_once("\r\n\r\n")
        .ok_or_else(|| DriverError::Answer(text.clone()))?;
    let status = head.split(' ').nth(1).unwrap_or_default();
    let mut answer: Value =
        serde_json::from_str(body).map_err(|error| DriverError::Answer(format!("{error}: {text}")))?;
    let value = answer["value"].take();
    if status == "200" {
        return Ok(value);
    }
    let said = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    Err(DriverError::Refused {
        code: said("error"),
        message: said("message"),
    })
}

fn exchange(
    port: u16,
    method: &str,
    path: &str,
    body: Option<&Value>,
    limit: Duration,
) -> std::io::Result<String> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, limit)?;
    stream.set_read_timeout(Some(limit))?;
    let body = body.map(Value::to_string).unwrap_or_default();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
