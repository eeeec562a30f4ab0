//! Certificates that prove nothing.

use std::io::{Read, Write};
use std::net::TcpListener;

use sheaf_git_host::{CertificateKind, Host};

use crate::support::{REPO, TOKEN, ran};
use crate::witness::{Work, assert_failed, assert_nothing_left};

#[test]
fn nothing_is_sent_to_a_host_that_proves_nothing() {
    let work = Work::new();
    for (kind, code) in [
        (CertificateKind::SelfSigned, "tls-untrusted"),
        (CertificateKind::Expired, "tls-expired"),
        (CertificateKind::NotYetValid, "tls-expired"),
        (CertificateKind::WrongHost, "tls-wrong-host"),
    ] {
        let host = Host::start_with_certificate(kind).unwrap();
        host.create_repo(REPO).unwrap();
        let ca = host.ca_file().to_string_lossy().into_owned();
        work.desk.ok(
            &work.dir,
            &["settings", "--uri", &host.url(REPO), "--ca-file", &ca],
        );
        let before = work.witness();
        for command in [&["fetch"][..], &["pull"], &["push"]] {
            assert_failed(&work.sheaf(command), code, &format!("{kind:?} {command:?}"));
        }
        let clone = ["clone", &host.url(REPO), "new", "--ca-file", &ca];
        assert_failed(
            &work.desk.sheaf(work.desk.home(), &clone),
            code,
            &format!("{kind:?}"),
        );
        assert!(!work.desk.path("new").exists());
        assert!(host.requests().is_empty(), "{kind:?}");
        before.untouched(&work.desk, &format!("{kind:?}"));
    }
}

#[test]
fn an_authority_counts_for_the_host_it_was_chosen_for() {
    let work = Work::new();
    let other = Host::start().unwrap();
    other.create_repo(REPO).unwrap();
    work.desk
        .git(&work.dir, &["config", "remote.origin.url", &other.url(REPO)]);
    let before = work.witness();
    assert_failed(&work.sheaf(&["fetch"]), "ca-not-chosen", "another host");
    work.clone_fails(&other.url(REPO), "tls-untrusted", "another host");
    assert!(other.requests().is_empty());
    before.untouched(&work.desk, "another host");
}

/// An authority that the system trusts needs no file: a company's own is one of those.
#[cfg(target_os = "linux")]
#[test]
fn an_authority_of_the_system_is_trusted() {
    let work = Work::new();
    let mut command = work
        .desk
        .command(work.desk.home(), &["clone", &work.desk.url(), "new"]);
    command
        .env("SHEAF_TOKEN", TOKEN)
        .env("SSL_CERT_FILE", work.desk.ca());
    let cloned = ran(command, None);
    assert_eq!(cloned.status, 0, "{}", cloned.stdout);
    work.desk.clean(&work.desk.path("new"));
}

/// Servers that end the greeting: too old for us, or wanting a certificate of ours.
#[test]
fn a_greeting_that_fails_is_told() {
    let work = Work::new();
    for (alert, what) in [(70, "an old version"), (116, "a certificate of ours")] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let _ = stream.read(&mut [0; 4096]);
                let _ = stream.write_all(&[21, 3, 1, 0, 2, 2, alert]);
            }
        });
        let before = work.witness();
        work.clone_fails(&format!("https://localhost:{port}/a/b"), "tls-failed", what);
        before.untouched(&work.desk, what);
    }
    assert_nothing_left(&work.desk, "greetings");
}
