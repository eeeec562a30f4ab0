//! Clone: what it needs, what it leaves, and what it says.

mod support;

use serde_json::json;
use sheaf_git_host::{CertificateKind, Fault, Host};
use support::{Desk, REPO, TOKEN};

#[test]
fn addresses_that_are_not_https_are_refused_in_words() {
    let desk = Desk::new();
    for (uri, code) in [
        ("http://localhost/team/parcels", "uri-http"),
        ("ssh://git@localhost/team/parcels", "uri-ssh"),
        ("git@localhost:team/parcels", "uri-ssh"),
        ("file:///srv/parcels", "uri-file"),
        ("/srv/parcels", "uri-file"),
        ("ftp://localhost/x/y", "uri-scheme"),
        ("https://", "uri-host"),
        ("https://me:secret@localhost/team/parcels", "uri-credentials"),
        ("https://localhost/team/par\ncels", "uri-characters"),
        ("", "uri-empty"),
    ] {
        let ran = desk.sheaf(desk.home(), &["clone", uri, "work"]);
        assert_eq!(ran.status, 1, "{uri}: {}", ran.stdout);
        assert!(ran.code().starts_with("uri"), "{uri} {code}: {}", ran.stdout);
        assert!(!ran.stdout.contains("secret"), "{}", ran.stdout);
        assert!(!desk.path("work").exists());
    }
}

#[test]
fn a_failed_clone_leaves_nothing() {
    let desk = Desk::with_collection();
    let before = entries(&desk);
    for fault in [
        Fault::CutAfterBytes(300),
        Fault::CleanEofAfterBytes(300),
        Fault::CaptivePage,
    ] {
        desk.host.fault(REPO, Some(fault.clone()));
        let ran = desk.sheaf(
            desk.home(),
            &["clone", &desk.url(), "work", "--ca-file", &desk.ca()],
        );
        assert_eq!(ran.status, 1, "{fault:?} {}", ran.stdout);
        assert_eq!(entries(&desk), before, "{fault:?} left something");
    }
}

#[test]
fn a_flipped_bit_is_never_checked_out() {
    let desk = Desk::with_collection();
    let mut refused = 0;
    for at in (60..1500).step_by(160) {
        desk.host.fault(REPO, Some(Fault::FlipByteAt(at)));
        let ran = desk.sheaf(
            desk.home(),
            &["clone", &desk.url(), "work", "--ca-file", &desk.ca()],
        );
        if ran.status == 0 {
            // the bit was one of a progress line
            desk.clean(&desk.path("work"));
            std::fs::remove_dir_all(desk.path("work")).unwrap();
        } else {
            assert!(!desk.path("work").exists(), "byte {at}: {}", ran.stdout);
            refused += 1;
        }
    }
    assert!(refused > 0, "no flip hit the pack");
}

#[test]
fn a_redirect_to_another_host_never_gets_the_token() {
    let desk = Desk::with_collection();
    desk.host.fault(REPO, Some(Fault::RedirectOther));
    let ran = desk.sheaf(
        desk.home(),
        &["clone", &desk.url(), "work", "--ca-file", &desk.ca()],
    );
    assert_eq!((ran.status, ran.code()), (1, "redirected"), "{}", ran.stdout);
    for request in desk
        .host
        .requests()
        .iter()
        .filter(|r| r.listener != sheaf_git_host::Listener::Main)
    {
        assert!(request.authorization.is_none(), "{request:?}");
    }
}

#[test]
fn a_certificate_nobody_vouches_for_is_refused() {
    let desk = Desk::with_collection();
    let ran = desk.sheaf(desk.home(), &["clone", &desk.url(), "work"]);
    assert_eq!((ran.status, ran.code()), (1, "tls-untrusted"), "{}", ran.stdout);
    assert!(desk.host.requests().is_empty(), "nothing was sent");
    for (kind, code) in [
        (CertificateKind::Expired, "tls-expired"),
        (CertificateKind::WrongHost, "tls-wrong-host"),
        (CertificateKind::SelfSigned, "tls-untrusted"),
    ] {
        let host = Host::start_with_certificate(kind).unwrap();
        host.create_repo(REPO).unwrap();
        let ca = host.ca_file().to_string_lossy().into_owned();
        let ran = desk.sheaf(desk.home(), &["clone", &host.url(REPO), "work", "--ca-file", &ca]);
        assert_eq!((ran.status, ran.code()), (1, code), "{kind:?} {}", ran.stdout);
    }
}

#[test]
fn what_the_repository_holds_is_said() {
    let desk = Desk::new();
    desk.colleague(
        "main",
        &[("README.md", "# Code\n"), ("src/main.c", "int main(){}\n")],
        "Code",
    );
    let ran = desk.sheaf(
        desk.home(),
        &["clone", &desk.url(), "work", "--ca-file", &desk.ca()],
    );
    assert_eq!(
        (ran.status, &ran.json["holds"]),
        (0, &json!("noCollections")),
        "{}",
        ran.stdout
    );
    desk.clean(&desk.path("work"));
}

#[test]
fn a_full_folder_is_not_touched() {
    let desk = Desk::with_collection();
    std::fs::create_dir(desk.path("work")).unwrap();
    std::fs::write(desk.path("work/mine.txt"), "mine").unwrap();
    let ran = desk.sheaf(
        desk.home(),
        &["clone", &desk.url(), "work", "--ca-file", &desk.ca()],
    );
    assert_eq!((ran.status, ran.code()), (1, "target-exists"), "{}", ran.stdout);
    assert_eq!(
        std::fs::read_to_string(desk.path("work/mine.txt")).unwrap(),
        "mine"
    );
}

#[test]
fn the_address_is_used_as_it_was_typed() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    assert_eq!(desk.git(&dir, &["config", "remote.origin.url"]), desk.url());
    assert!(
        desk.host.requests().iter().all(|r| !r.path.contains(".git/")),
        "no suffix is added"
    );
}

#[test]
fn settings_are_checked_as_a_whole_and_shown_without_the_token() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let ran = desk.sheaf(
        &dir,
        &["settings", "--author-name", "New", "--author-email", "no address"],
    );
    assert_eq!((ran.status, ran.code()), (1, "bad-setting"), "{}", ran.stdout);
    assert_eq!(
        desk.git(&dir, &["config", "user.name"]),
        "Dana Developer",
        "nothing is half saved"
    );
    for bad in [
        ["--author-name", "a\nb"],
        ["--ca-file", "/nonexistent.pem"],
        ["--uri", "http://x/y"],
    ] {
        assert_eq!(
            desk.sheaf(&dir, &["settings", bad[0], bad[1]]).status,
            1,
            "{bad:?}"
        );
    }
    desk.ok(
        &dir,
        &["settings", "--author-name", "Zoë 田中", "--username", "dana"],
    );
    let shown = desk.ok(&dir, &["settings"]);
    assert_eq!(
        (&shown["authorName"], &shown["username"], &shown["token"]),
        (&json!("Zoë 田中"), &json!("dana"), &json!("thisRun"))
    );
    assert!(!shown.to_string().contains(TOKEN));
    let ran = desk.sheaf(&dir, &["settings", "--save-token"]);
    assert_eq!(
        (ran.status, ran.code()),
        (1, "keychain"),
        "no keychain on this desk: {}",
        ran.stdout
    );
}

#[test]
fn the_connection_check_names_the_step_that_fails() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let failed = |uri: &str, token: Option<&str>| {
        desk.ok(&dir, &["settings", "--uri", uri]);
        let ran = desk.sheaf_with(&dir, &["check"], token, None);
        let steps = ran.json["steps"].as_array().cloned().unwrap_or_default();
        let step = steps
            .iter()
            .find(|s| s["result"]["state"] == "failed")
            .map(|s| s["step"].clone());
        (ran.status, step.unwrap_or_default())
    };
    let url = desk.url();
    assert_eq!(
        failed("https://no-such-host.invalid/a/b", Some(TOKEN)),
        (1, json!("name"))
    );
    assert_eq!(
        failed("https://127.0.0.1:9/a/b", Some(TOKEN)),
        (1, json!("connect"))
    );
    assert_eq!(failed(&url, Some("wrong")), (1, json!("login")));
    assert_eq!(
        failed(&desk.host.url("team/none"), Some(TOKEN)),
        (1, json!("repository"))
    );
    assert_eq!(failed(&url, Some(support::READ_TOKEN)), (1, json!("write")));
    assert_eq!(failed(&url, Some(TOKEN)), (0, json!(null)));
    desk.ok(&dir, &["settings", "--ca-file", ""]);
    assert_eq!(failed(&url, Some(TOKEN)), (1, json!("tls")));
}

fn entries(desk: &Desk) -> Vec<String> {
    let mut names: Vec<_> = std::fs::read_dir(desk.home())
        .expect("the home")
        .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
