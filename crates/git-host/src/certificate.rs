use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::HostError;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What the host's certificate is like. The authority in [`Host::ca_file`](crate::Host::ca_file) is sound in
/// every case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CertificateKind {
    /// For `localhost` and `127.0.0.1`, signed by the authority, valid today.
    #[default]
    Valid,
    /// As [`Valid`](Self::Valid), long expired.
    Expired,
    /// As [`Valid`](Self::Valid), valid only years from now.
    NotYetValid,
    /// Signed by the authority for another host name.
    WrongHost,
    /// For the right host, signed by itself and not by the authority.
    SelfSigned,
}

/// The authority to trust and the TLS settings of the server.
pub(crate) struct Certificates {
    pub(crate) ca_pem: String,
    pub(crate) server: Arc<ServerConfig>,
}

impl Certificates {
    pub(crate) fn new(kind: CertificateKind) -> Result<Self, HostError> {
        let ca_key = KeyPair::generate()?;
        let ca_params = authority()?;
        let ca_pem = ca_params.self_signed(&ca_key)?.pem();
        let leaf_key = KeyPair::generate()?;
        let leaf = sign(&leaf(kind)?, kind, &leaf_key, &Issuer::new(ca_params, ca_key))?;
        Ok(Self {
            ca_pem,
            server: Arc::new(server_config(&leaf, &leaf_key)?),
        })
    }
}

fn authority() -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(Vec::new())?;
    params
        .distinguished_name
        .push(DnType::CommonName, "Sheaf demo authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    valid_now(&mut params);
    Ok(params)
}

fn leaf(kind: CertificateKind) -> Result<CertificateParams, rcgen::Error> {
    let names: &[&str] = match kind {
        CertificateKind::WrongHost => &["elsewhere.example"],
        _ => &["localhost", "127.0.0.1"],
    };
    let mut params = CertificateParams::new(names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>())?;
    params
        .distinguished_name
        .push(DnType::CommonName, "Sheaf demo host");
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.use_authority_key_identifier_extension = true;
    match kind {
        CertificateKind::Expired => {
            params.not_before = date_time_ymd(2001, 1, 1);
            params.not_after = date_time_ymd(2002, 1, 1);
        }
        CertificateKind::NotYetValid => {
            params.not_before = date_time_ymd(2047, 1, 1);
            params.not_after = date_time_ymd(2048, 1, 1);
        }
        _ => valid_now(&mut params),
    }
    Ok(params)
}

// Apple's verifier refuses a server certificate that is valid for more than 825 days.
fn valid_now(params: &mut CertificateParams) {
    let now = SystemTime::now();
    params.not_before = (now - DAY).into();
    params.not_after = (now + 365 * DAY).into();
}

fn sign(
    params: &CertificateParams,
    kind: CertificateKind,
    key: &KeyPair,
    authority: &Issuer<'_, KeyPair>,
) -> Result<Certificate, rcgen::Error> {
    match kind {
        CertificateKind::SelfSigned => params.self_signed(key),
        _ => params.signed_by(key, authority),
    }
}

fn server_config(leaf: &Certificate, key: &KeyPair) -> Result<ServerConfig, rustls::Error> {
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}
