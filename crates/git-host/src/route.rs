use hyper::http::request::Parts;
use hyper::{Method, Uri};

use crate::repository::without_suffix;

/// The two halves of Git's smart protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    UploadPack,
    ReceivePack,
}

impl Service {
    /// The content type of a list of refs.
    pub(crate) fn list_type(self) -> &'static str {
        match self {
            Self::UploadPack => "application/x-git-upload-pack-advertisement",
            Self::ReceivePack => "application/x-git-receive-pack-advertisement",
        }
    }
}

/// A request that means something to a Git server.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// The repository as it was spelled, with or without its suffix.
    pub(crate) repo: String,
    /// What follows the repository in the path.
    pub(crate) endpoint: &'static str,
    pub(crate) service: Service,
    pub(crate) is_post: bool,
    pub(crate) path_and_query: String,
}

impl Call {
    pub(crate) fn parse(head: &Parts) -> Option<Self> {
        let path = head.uri.path().strip_prefix('/')?;
        let (endpoint, service) = match head.method {
            Method::GET => ("/info/refs", advertised_service(&head.uri)?),
            Method::POST if path.ends_with("/git-upload-pack") => ("/git-upload-pack", Service::UploadPack),
            Method::POST => ("/git-receive-pack", Service::ReceivePack),
            _ => return None,
        };
        Some(Self {
            repo: path.strip_suffix(endpoint)?.to_owned(),
            endpoint,
            service,
            is_post: head.method == Method::POST,
            path_and_query: head.uri.path_and_query()?.as_str().to_owned(),
        })
    }

    pub(crate) fn is_push(&self) -> bool {
        self.is_post && self.service == Service::ReceivePack
    }

    pub(crate) fn has_suffix(&self) -> bool {
        without_suffix(&self.repo) != self.repo
    }

    /// The same request to the other spelling of the repository.
    pub(crate) fn with_suffix(&self) -> String {
        let query = self
            .path_and_query
            .split_once('?')
            .map_or(String::new(), |(_, query)| format!("?{query}"));
        format!("/{}.git{}{query}", self.repo, self.endpoint)
    }
}

fn advertised_service(uri: &Uri) -> Option<Service> {
    let named = uri
        .query()?
        .split('&')
        .find_map(|pair| pair.strip_prefix("service="))?;
    match named {
        "git-upload-pack" => Some(Service::UploadPack),
        "git-receive-pack" => Some(Service::ReceivePack),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use hyper::Request;

    use super::*;

    fn parse(method: &str, uri: &str) -> Option<Call> {
        Call::parse(
            &Request::builder()
                .method(method)
                .uri(uri)
                .body(())
                .unwrap()
                .into_parts()
                .0,
        )
    }

    #[test]
    fn only_the_smart_protocol_is_known() {
        assert!(parse("GET", "/team/parcels/info/refs?service=git-upload-pack").is_some());
        assert!(
            parse("POST", "/team/parcels.git/git-receive-pack")
                .unwrap()
                .is_push()
        );
        for (method, uri) in [
            ("GET", "/team/parcels/info/refs"),
            ("GET", "/team/parcels/HEAD"),
            ("POST", "/x"),
            ("PUT", "/x"),
        ] {
            assert!(parse(method, uri).is_none(), "{method} {uri}");
        }
    }

    #[test]
    fn the_suffix_goes_behind_the_repository() {
        let call = parse("GET", "/team/parcels/info/refs?service=git-upload-pack").unwrap();
        assert_eq!(
            call.with_suffix(),
            "/team/parcels.git/info/refs?service=git-upload-pack"
        );
    }
}
