//! Host names, so that an unknown one is told from other trouble without reading messages.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// A name that has no address.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {why}")]
pub(super) struct NameError {
    pub(super) name: String,
    why: String,
}

/// The system's resolver.
pub(super) struct Resolver;

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await;
            let found = found.map_err(|e| NameError {
                name: name.as_str().to_owned(),
                why: e.to_string(),
            })?;
            Ok(Box::new(found.collect::<Vec<_>>().into_iter()) as Addrs)
        })
    }
}
