//! The certificates, sound and otherwise.

mod client;

use client::World;
use client::raw::handshake;
use rustls::{CertificateError, Error};
use sheaf_git_host::{CertificateKind, Host};

#[test]
fn only_the_valid_certificate_is_trusted() {
    for (kind, expected) in [
        (CertificateKind::Valid, None),
        (CertificateKind::Expired, Some("expired")),
        (CertificateKind::NotYetValid, Some("not yet valid")),
        (CertificateKind::WrongHost, Some("wrong host")),
        (CertificateKind::SelfSigned, Some("unknown issuer")),
    ] {
        let host = Host::start_with_certificate(kind).unwrap();
        let found = handshake(&host).err().map(|error| reason(&error));
        assert_eq!(found.as_deref(), expected, "{kind:?}");
    }
}

fn reason(error: &Error) -> String {
    let reason = match error {
        Error::InvalidCertificate(CertificateError::ExpiredContext { .. }) => "expired",
        Error::InvalidCertificate(CertificateError::NotValidYetContext { .. }) => "not yet valid",
        Error::InvalidCertificate(CertificateError::NotValidForNameContext { .. }) => "wrong host",
        Error::InvalidCertificate(CertificateError::UnknownIssuer) => "unknown issuer",
        other => return other.to_string(),
    };
    reason.to_owned()
}

#[test]
fn git_turns_away_from_a_bad_certificate_before_it_asks_anything() {
    for kind in [
        CertificateKind::Expired,
        CertificateKind::NotYetValid,
        CertificateKind::WrongHost,
        CertificateKind::SelfSigned,
    ] {
        let world = World::with(Host::start_with_certificate(kind).unwrap());
        assert!(!world.clone_repo().ok, "{kind:?}");
        assert!(world.host.requests().is_empty());
    }
}
