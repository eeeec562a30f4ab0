//! The https client and the runtime behind it, shared by all operations so that connections are used again.

use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use reqwest::{Certificate, Client};
use tokio::runtime::{Builder, Runtime};

use super::resolver::Resolver;
use crate::error::NetworkError;

/// Hosts answer a `git/` agent with 401 where they would show a browser a login page.
const USER_AGENT: &str = concat!("git/2.0 (Sheaf ", env!("CARGO_PKG_VERSION"), ")");
/// A connection is not used again after this; hosts and routers drop idle ones without a word.
const POOL_IDLE: Duration = Duration::from_secs(20);
const KEEPALIVE: Duration = Duration::from_secs(30);
/// Different authorities and timeouts are rare, so few clients are kept.
const KEPT: usize = 8;

/// What makes one client differ from another.
#[derive(PartialEq, Eq, Clone)]
struct Kind {
    authority: Option<Vec<u8>>,
    connect: Duration,
}

static CLIENTS: Mutex<Vec<(Kind, Client)>> = Mutex::new(Vec::new());
static RUNTIME: OnceLock<Result<Runtime, String>> = OnceLock::new();

/// The runtime that moves the bytes.
pub(super) fn runtime(host: &str) -> Result<&'static Runtime, NetworkError> {
    let made = RUNTIME.get_or_init(|| {
        let mut builder = Builder::new_multi_thread();
        builder
            .worker_threads(2)
            .thread_name("sheaf-network")
            .enable_all();
        builder.build().map_err(|e| e.to_string())
    });
    made.as_ref().map_err(|why| NetworkError::Broken {
        host: host.to_owned(),
        why: why.clone(),
    })
}

/// The client for an authority file (`None`: those of the system) and a connect timeout.
pub(super) fn client(host: &str, ca_file: Option<&Path>, connect: Duration) -> Result<Client, NetworkError> {
    let authority = ca_file.map(read_authority).transpose()?;
    let kind = Kind { authority, connect };
    let mut clients = CLIENTS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, client)) = clients.iter().find(|(k, _)| *k == kind) {
        return Ok(client.clone());
    }
    let client = build(host, &kind, ca_file)?;
    if clients.len() >= KEPT {
        clients.remove(0);
    }
    clients.push((kind, client.clone()));
    Ok(client)
}

fn build(host: &str, kind: &Kind, ca_file: Option<&Path>) -> Result<Client, NetworkError> {
    let mut builder = Client::builder()
        .user_agent(USER_AGENT)
        .https_only(true)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .connect_timeout(kind.connect)
        .pool_idle_timeout(POOL_IDLE)
        .tcp_keepalive(KEEPALIVE)
        .http2_adaptive_window(true)
        .dns_resolver(Arc::new(Resolver));
    if let (Some(pem), Some(path)) = (&kind.authority, ca_file) {
        builder = builder.tls_certs_merge(certificates(pem, path)?);
    }
    builder.build().map_err(|error| match ca_file {
        Some(path) => unusable(path, super::failure::root(&error)),
        None => NetworkError::Tls {
            host: host.to_owned(),
            why: super::failure::root(&error),
        },
    })
}

fn read_authority(path: &Path) -> Result<Vec<u8>, NetworkError> {
    std::fs::read(path).map_err(|e| unusable(path, e.to_string()))
}

fn certificates(pem: &[u8], path: &Path) -> Result<Vec<Certificate>, NetworkError> {
    let found = Certificate::from_pem_bundle(pem).map_err(|e| unusable(path, super::failure::root(&e)))?;
    if found.is_empty() {
        return Err(unusable(path, "it holds no certificate".to_owned()));
    }
    Ok(found)
}

fn unusable(path: &Path, why: String) -> NetworkError {
    NetworkError::CaFile {
        path: path.display().to_string(),
        why,
    }
}
