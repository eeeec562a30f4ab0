//! Addresses that would run a program, read a file, or fool a person.

use crate::support::Desk;
use crate::witness::{Work, assert_failed, assert_nothing_left};

const BAD: [(&str, &str); 42] = [
    ("", "uri-empty"),
    ("   ", "uri-empty"),
    ("http://localhost/team/parcels", "uri-http"),
    ("HTTP://localhost/team/parcels", "uri-http"),
    ("ssh://git@localhost/team/parcels", "uri-ssh"),
    ("ssh://-oProxyCommand=touch%20canary/x", "uri-ssh"),
    ("ssh://-x/team/parcels", "uri-ssh"),
    ("git+ssh://localhost/team/parcels", "uri-ssh"),
    ("git@localhost:team/parcels", "uri-scp-like"),
    ("git@-x:y", "uri-scp-like"),
    ("file:///srv/parcels", "uri-file"),
    ("/srv/parcels", "uri-file"),
    ("../parcels", "uri-file"),
    ("\\\\server\\share\\parcels", "uri-file"),
    ("C:\\parcels", "uri-file"),
    ("git://localhost/team/parcels", "uri-git-scheme"),
    ("ext::sh -c touch% canary", "uri-bad-character"),
    ("fd::17", "uri-other-scheme"),
    ("ftp://localhost/x/y", "uri-other-scheme"),
    ("javascript:alert(1)", "uri-scp-like"),
    ("data:text/plain,x", "uri-scp-like"),
    ("--upload-pack=touch canary", "uri-bad-character"),
    ("-oProxyCommand=touch", "uri-no-scheme"),
    ("localhost/team/parcels", "uri-no-scheme"),
    ("https://", "uri-no-host"),
    ("https:///team/parcels", "uri-no-host"),
    ("https://localhost", "uri-no-repository"),
    ("https://localhost/", "uri-no-repository"),
    ("https://local host/team/parcels", "uri-bad-character"),
    ("https://localhost/team/par\ncels", "uri-bad-character"),
    ("https://localhost/team/par\rcels", "uri-bad-character"),
    ("https://localhost/team/par\tcels", "uri-bad-character"),
    ("https://localhost\\@evil.example/x", "uri-bad-character"),
    ("https://localhost/team/parcels\u{1b}[31m", "uri-bad-character"),
    ("https://localhost/%0aHost:%20evil", "uri-bad-character"),
    ("https://localhost/%0d%0aX:%20y", "uri-bad-character"),
    ("https://localhost/%00/x", "uri-bad-character"),
    ("https://localhost:443.helper=!x/team/parcels", "uri-bad-port"),
    ("https://localhost:0/team/parcels", "uri-bad-port"),
    ("https://localhost:99999/team/parcels", "uri-bad-port"),
    ("https://github.com@evil.example/x/y", "uri-with-credentials"),
    (
        "https://me:hidden-word@localhost/team/parcels",
        "uri-with-credentials",
    ),
];

/// For a clone, a new project, the settings, and where another program wrote it into the settings.
#[test]
fn bad_addresses_are_refused_everywhere() {
    let work = Work::new();
    let desk = &work.desk;
    let before = work.witness();
    desk.host.clear_requests();
    let check = |ran: &crate::support::Ran, address: &str, code: &str| {
        assert_failed(ran, code, &format!("{address:?}"));
        let said = format!("{}{}", ran.stdout, ran.stderr);
        assert!(
            !said.contains("hidden-word") && !said.contains('\u{1b}'),
            "{address:?}: {said}"
        );
    };
    for (address, code) in BAD {
        let ran = desk.sheaf(desk.home(), &["clone", "--", address, "new"]);
        check(&ran, address, code);
        let by_setting = format!("--uri={address}");
        check(
            &desk.sheaf(desk.home(), &["init", "new", &by_setting]),
            address,
            code,
        );
        assert!(!desk.path("new").exists(), "{address:?}");
        check(&work.sheaf(&["settings", &by_setting]), address, code);
    }
    before.untouched(desk, "addresses");
    assert!(desk.host.requests().is_empty());
    assert!(!work.dir.join("canary").exists() && !desk.path("canary").exists());
}

#[test]
fn bad_addresses_in_the_settings_of_a_repository_are_not_used() {
    let work = Work::new();
    let desk = &work.desk;
    desk.host.clear_requests();
    for (address, code) in BAD.iter().filter(|(address, _)| !address.trim().is_empty()) {
        desk.git(&work.dir, &["config", "remote.origin.url", address]);
        let before = work.witness();
        for command in [&["fetch"][..], &["pull"], &["push"]] {
            assert_failed(&work.sheaf(command), code, &format!("{address:?} {command:?}"));
        }
        before.same(desk, address);
    }
    assert!(desk.host.requests().is_empty());
}

/// One host has one key, however it is spelled; what looks alike is another.
#[test]
fn a_token_goes_to_one_host_however_it_is_spelled() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let capitals = desk.url().replace("https://localhost", "HTTPS://LocalHost");
    desk.ok(&dir, &["settings", "--uri", &capitals]);
    assert_eq!(desk.git(&dir, &["config", "remote.origin.url"]), capitals);
    desk.ok(&dir, &["fetch"]);
    assert!(
        desk.host
            .requests()
            .iter()
            .all(|request| request.authorization.is_some())
    );
    assert_nothing_left(&desk, "spellings");
}
