//! What the https client reports, as a typed error.

use std::error::Error;
use std::io;

use rustls::CertificateError;

use super::resolver::NameError;
use crate::error::NetworkError;

/// The typed form of an error of the client.
pub(super) fn typed(host: &str, error: &reqwest::Error) -> NetworkError {
    let host = host.to_owned();
    if let Some(name) = find::<NameError>(error) {
        return NetworkError::NameNotFound(name.name.clone());
    }
    if let Some(tls) = find::<rustls::Error>(error) {
        return certificate(host, tls);
    }
    if let Some(text) = proxy(error) {
        return NetworkError::Proxy(text);
    }
    if error.is_connect() {
        return connect(host, error);
    }
    if error.is_decode() && find::<io::Error>(error).is_some_and(|e| e.kind() == io::ErrorKind::InvalidData) {
        return NetworkError::Damaged(host);
    }
    NetworkError::Broken {
        host,
        why: root(error),
    }
}

fn connect(host: String, error: &reqwest::Error) -> NetworkError {
    if error.is_timeout() {
        return NetworkError::Connect {
            host,
            why: "it took too long".to_owned(),
        };
    }
    match find::<io::Error>(error).map(io::Error::kind) {
        // The connection stands by then; what ends is its encryption.
        Some(io::ErrorKind::UnexpectedEof) => NetworkError::Tls {
            host,
            why: root(error),
        },
        Some(io::ErrorKind::ConnectionRefused) => NetworkError::Connect {
            host,
            why: "it refuses connections".to_owned(),
        },
        _ => NetworkError::Connect {
            host,
            why: root(error),
        },
    }
}

fn certificate(host: String, error: &rustls::Error) -> NetworkError {
    let rustls::Error::InvalidCertificate(problem) = error else {
        return NetworkError::Tls {
            host,
            why: crate::redact::text(&error.to_string()),
        };
    };
    let untrusted = |why: &str| NetworkError::TlsUntrusted {
        host: host.clone(),
        why: why.to_owned(),
    };
    match problem {
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            NetworkError::TlsWrongHost { host }
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => NetworkError::TlsExpired {
            host,
            why: "it has expired".to_owned(),
        },
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            NetworkError::TlsExpired {
                host,
                why: "its time has not begun".to_owned(),
            }
        }
        CertificateError::UnknownIssuer => untrusted("nobody this computer trusts has signed it"),
        CertificateError::Revoked => untrusted("it was withdrawn"),
        other => untrusted(&other.to_string()),
    }
}

/// The client has no type of its own for a proxy that says no.
fn proxy(error: &reqwest::Error) -> Option<String> {
    let said = chain(error)
        .map(ToString::to_string)
        .find(|text| text.contains("proxy") || text.contains("tunnel"))?;
    Some(crate::redact::text(&said))
}

/// The innermost cause in words.
pub(super) fn root(error: &reqwest::Error) -> String {
    let text = chain(error)
        .last()
        .map_or_else(|| "unknown".to_owned(), ToString::to_string);
    crate::sideband::clean(&text)
}

fn find<T: Error + 'static>(error: &reqwest::Error) -> Option<&T> {
    chain(error).find_map(|cause| cause.downcast_ref::<T>())
}

/// All causes. An `io::Error` hides the error inside it from `source`, so it is unfolded.
fn chain<'a>(error: &'a reqwest::Error) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(error.source(), |&cause| inner(cause))
}

fn inner<'a>(cause: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match cause.downcast_ref::<io::Error>() {
        Some(io) => io.get_ref().map(|inner| inner as &(dyn Error + 'static)),
        None => cause.source(),
    }
}
