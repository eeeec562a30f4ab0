use sheaf_git::error::{GitError, NetworkError};
use sheaf_git_host::{CertificateKind, Listener};

use crate::world::World;

fn refused(kind: CertificateKind) -> NetworkError {
    let world = World::empty(kind);
    let GitError::Network(error) = world.failed_clone(&world.net()) else {
        panic!()
    };
    assert!(world.requests(Listener::Main).is_empty(), "a request was made");
    error
}

#[test]
fn an_authority_nobody_chose_is_not_trusted() {
    let world = World::new();
    let mut net = world.net();
    net.ca_file = None;
    let error = world.failed_clone(&net);
    assert!(
        matches!(error, GitError::Network(NetworkError::TlsUntrusted { .. })),
        "{error:?}"
    );
    assert!(world.requests(Listener::Main).is_empty());
}

#[test]
fn the_authority_of_one_remote_is_not_trusted_for_another() {
    let (one, two) = (World::new(), World::new());
    one.clone();
    let mut net = two.net();
    net.ca_file = Some(one.host.ca_file().to_owned());
    let error = two.failed_clone(&net);
    assert!(
        matches!(error, GitError::Network(NetworkError::TlsUntrusted { .. })),
        "{error:?}"
    );
}

#[test]
fn each_fault_of_a_certificate_has_its_name() {
    let error = refused(CertificateKind::SelfSigned);
    assert!(matches!(error, NetworkError::TlsUntrusted { .. }), "{error:?}");
    let error = refused(CertificateKind::Expired);
    assert!(matches!(error, NetworkError::TlsExpired { .. }), "{error:?}");
    let error = refused(CertificateKind::NotYetValid);
    assert!(matches!(error, NetworkError::TlsExpired { .. }), "{error:?}");
    let error = refused(CertificateKind::WrongHost);
    assert!(matches!(error, NetworkError::TlsWrongHost { .. }), "{error:?}");
}

#[test]
fn an_authority_file_has_to_hold_certificates() {
    let world = World::new();
    let mut net = world.net();
    let other = tempfile::TempDir::new().unwrap();
    for text in [
        None,
        Some(""),
        Some("not a certificate"),
        Some("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
    ] {
        let path = other.path().join("ca.pem");
        if let Some(text) = text {
            std::fs::write(&path, text).unwrap();
        }
        net.ca_file = Some(path);
        let error = world.failed_clone(&net);
        assert!(
            matches!(error, GitError::Network(NetworkError::CaFile { .. })),
            "{text:?}: {error:?}"
        );
    }
}

#[test]
fn a_host_without_encryption_is_told_from_a_bad_certificate() {
    let world = World::new();
    let plain = world.host.plain_origin().replace("http://", "https://");
    let uri = sheaf_git::uri::RemoteUri::parse(&format!("{plain}/a/b")).unwrap();
    let Err(error) = sheaf_git::clone::clone(&uri, &world.target(), None, &world.anonymous()) else {
        panic!()
    };
    assert!(
        matches!(error, GitError::Network(NetworkError::Tls { .. })),
        "{error:?}"
    );
}
