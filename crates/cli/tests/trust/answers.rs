//! What hosts and networks answer, to every command that asks them.

use std::time::{Duration, Instant};

use serde_json::json;
use sheaf_git_host::{Access, Fault, Listener, Refusal, Vendor};

use crate::support::{REPO, TOKEN};
use crate::witness::{Work, assert_failed, assert_silent};

const FETCHES: [&[&str]; 4] = [
    &["fetch"],
    &["pull"],
    &["pull", "--rebase"],
    &["branch", "fetch", "theirs"],
];
const ALL: [&[&str]; 5] = [
    &["fetch"],
    &["pull"],
    &["pull", "--rebase"],
    &["branch", "fetch", "theirs"],
    &["push"],
];

/// Each fault ends each command and a clone with this code, and nothing is lost; afterwards everything works.
fn each_ends(faults: &[(Fault, &str)], commands: &[&[&str]]) {
    let work = Work::new();
    let before = work.witness();
    for (fault, code) in faults {
        work.desk.host.fault(REPO, Some(fault.clone()));
        for command in commands {
            let what = format!("{fault:?} {command:?}");
            assert_failed(&work.sheaf(command), code, &what);
            before.same(&work.desk, &what);
        }
        work.clone_fails(&work.desk.url(), code, &format!("{fault:?}"));
        before.untouched(&work.desk, &format!("{fault:?}"));
    }
    let elsewhere = |listener| listener != Listener::Main;
    assert!(
        !work
            .desk
            .host
            .requests()
            .iter()
            .any(|request| elsewhere(request.listener))
    );
    works_again(&work);
}

fn works_again(work: &Work) {
    work.desk.host.fault(REPO, None);
    work.desk.ok(&work.dir, &["fetch"]);
    work.desk.ok(&work.dir, &["push"]);
    let head = work.desk.git(&work.dir, &["rev-parse", "HEAD"]);
    assert_eq!(work.desk.remote_ref("main"), Some(head));
}

#[test]
fn nobody_else_hears_anything_of_a_redirect() {
    let to = |address: &str| Fault::RedirectTo(address.to_owned());
    each_ends(
        &[
            (Fault::RedirectOther, "redirected"),
            (Fault::RedirectHttp, "redirected"),
            (Fault::PostRedirect307, "redirected"),
            (Fault::RedirectLoop, "redirect-loop"),
            (to("file:///etc/passwd"), "redirected"),
            (to("git://localhost/team/parcels"), "redirected"),
            (to("ssh://git@localhost/team/parcels"), "redirected"),
            (to("javascript:alert(1)"), "redirected"),
        ],
        &ALL,
    );
}

#[test]
fn a_redirect_cannot_bring_a_user_along() {
    let work = Work::new();
    let before = work.witness();
    let with_user = work.desk.url().replace("https://", "https://eve:hidden-word@");
    let address = format!("{with_user}/info/refs?service=git-upload-pack");
    work.desk.host.fault(REPO, Some(Fault::RedirectTo(address)));
    let ran = work.sheaf(&["fetch"]);
    assert_failed(&ran, "redirected", "with a user");
    assert!(!format!("{}{}", ran.stdout, ran.stderr).contains("hidden-word"));
    before.untouched(&work.desk, "with a user");
}

#[test]
fn refusals_of_a_host_have_names() {
    each_ends(
        &[
            (Fault::UnauthorizedWithoutChallenge, "auth-failed"),
            (Fault::NotFound, "repository-not-found"),
            (
                Fault::TooManyRequests {
                    retry_after_seconds: 3600,
                },
                "too-many-requests",
            ),
            (
                Fault::Unavailable {
                    retry_after_seconds: 3600,
                },
                "unavailable",
            ),
            (Fault::Status(410, "Gone.\n".to_owned()), "repository-not-found"),
            (Fault::Status(407, "Proxy.\n".to_owned()), "proxy-refused"),
            (Fault::Status(500, "Out of order.\n".to_owned()), "http-error"),
            (Fault::Status(502, "Bad gateway.\n".to_owned()), "unavailable"),
            (Fault::Status(504, "Too late.\n".to_owned()), "unavailable"),
            (Fault::Status(418, "A teapot.\n".to_owned()), "http-error"),
            (Fault::CaptivePage, "not-a-git-host"),
            (Fault::Empty200, "not-a-git-host"),
        ],
        &ALL,
    );
}

#[test]
fn forbidden_is_told_in_the_words_of_the_host() {
    let work = Work::new();
    let before = work.witness();
    let words = "Single sign-on is \u{1b}[1mrequired\u{1b}[0m.\n".to_owned();
    work.desk.host.fault(REPO, Some(Fault::Forbidden(words)));
    for command in FETCHES {
        let ran = work.sheaf(command);
        assert_failed(&ran, "forbidden", &format!("{command:?}"));
        assert!(
            ran.stdout.contains("Single sign-on is required."),
            "{}",
            ran.stdout
        );
    }
    let ran = work.sheaf(&["push"]);
    assert_eq!(
        (ran.status, &ran.json["rejection"]["reason"]),
        (3, &json!("noWritePermission"))
    );
    work.clone_fails(&work.desk.url(), "forbidden", "clone");
    before.untouched(&work.desk, "forbidden");
    works_again(&work);
}

/// As many requests as it takes to hear it, and no more.
#[test]
fn a_wrong_token_is_asked_about_once() {
    let work = Work::new();
    let before = work.witness();
    for (token, code) in [(Some("wrong-token"), "auth-failed"), (None, "auth-needed")] {
        for command in ALL {
            work.desk.host.clear_requests();
            let ran = work.desk.sheaf_with(&work.dir, command, token, None);
            assert_failed(&ran, code, &format!("{command:?}"));
            assert_eq!(work.desk.host.requests().len(), 1, "{command:?}");
        }
    }
    before.untouched(&work.desk, "wrong token");
}

#[test]
fn a_token_that_is_withdrawn_in_between_is_named() {
    let work = Work::new();
    work.desk.ok(&work.dir, &["fetch"]);
    let before = work.witness();
    work.desk.host.remove_token(TOKEN);
    for command in [&["fetch"][..], &["pull"], &["push"]] {
        assert_failed(&work.sheaf(command), "auth-failed", &format!("{command:?}"));
    }
    before.untouched(&work.desk, "withdrawn");
    work.desk.host.add_token(TOKEN, "dana", Access::ReadWrite);
    works_again(&work);
}

/// Wherever the connection breaks, it is as if nothing had been received.
#[test]
fn a_connection_that_breaks_anywhere_leaves_nothing() {
    let faults: Vec<(Fault, &str)> = [0, 1, 4, 9, 30, 60, 100, 150, 200]
        .into_iter()
        .map(|at| (Fault::CutAfterBytes(at), "connection-broken"))
        .collect();
    each_ends(&faults, &[&["fetch"]]);
}

#[test]
fn an_answer_that_ends_too_soon_leaves_nothing() {
    let faults: Vec<(Fault, &str)> = [0, 3, 30, 60, 150]
        .into_iter()
        .map(|at| (Fault::CleanEofAfterBytes(at), "connection-broken"))
        .collect();
    each_ends(&faults, &[&["pull"]]);
}

/// A wrong bit is found, wherever it is; where it was in a line of progress all is well.
#[test]
fn a_flipped_bit_leaves_nothing() {
    let work = Work::new();
    let mut before = work.witness();
    let mut found = 0;
    for at in (40..400).step_by(40) {
        // New each time, so that there is something to receive.
        let text = format!("{at}\n").repeat(50);
        work.desk.colleague("theirs", &[("theirs.md", &text)], "Theirs");
        work.desk.host.fault(REPO, Some(Fault::FlipByteAt(at)));
        let ran = work.sheaf(&["fetch"]);
        if ran.status == 0 {
            before = work.witness();
            continue;
        }
        found += 1;
        let codes = ["damaged-transfer", "connection-broken", "remote-error"];
        assert!(codes.contains(&ran.code()), "byte {at}: {}", ran.stdout);
        before.untouched(&work.desk, &format!("byte {at}"));
    }
    assert!(found > 0);
    works_again(&work);
}

/// The push has landed and nobody said so: it is told as an error or as what it is, and the next one knows.
#[test]
fn a_push_whose_report_is_lost_is_known_by_the_next() {
    for fault in [
        Fault::CutAfterBytes(5),
        Fault::CleanEofAfterBytes(0),
        Fault::CleanEofAfterBytes(5),
    ] {
        let work = Work::new();
        let before = work.witness();
        work.desk.host.fault(REPO, Some(fault.clone()));
        let ran = work.sheaf(&["push"]);
        assert_silent(&ran, &format!("{fault:?}"));
        if ran.status == 1 {
            before.untouched(&work.desk, &format!("{fault:?}"));
        } else {
            assert_eq!(ran.json["outcome"], "upToDate", "{fault:?}: {}", ran.stdout);
        }
        work.desk.host.fault(REPO, None);
        let head = work.desk.git(&work.dir, &["rev-parse", "HEAD"]);
        let again = work.desk.ok(&work.dir, &["push"]);
        assert!(
            ["pushed", "upToDate"].contains(&again["outcome"].as_str().unwrap()),
            "{again}"
        );
        assert_eq!(work.desk.remote_ref("main"), Some(head));
    }
}

#[test]
fn refused_pushes_move_nothing() {
    let work = Work::new();
    let before = work.witness();
    let refused = |reason: &str, what: &str| {
        let ran = work.sheaf(&["push"]);
        let said = (ran.status, &ran.json["rejection"]["reason"]);
        assert_eq!(said, (3, &json!(reason)), "{what}: {}", ran.stdout);
        assert_silent(&ran, what);
        assert_eq!(work.desk.ok(&work.dir, &["status"])["card"]["ahead"], 1, "{what}");
    };
    for vendor in Vendor::ALL {
        work.desk.host.protect(REPO, "main", vendor).unwrap();
        refused("protectedBranch", &format!("{vendor:?}"));
        before.untouched(&work.desk, &format!("{vendor:?}"));
    }
    work.desk.host.accept_pushes(REPO).unwrap();
    for (refusal, reason) in [
        (Refusal::FileTooLarge, "tooLarge"),
        (Refusal::SecretFound, "secretFound"),
        (Refusal::PrivateEmail, "privateEmail"),
        (Refusal::WorkflowScope, "missingScope"),
        (Refusal::Hook(format!("No pushes on Friday, {TOKEN}.\n")), "hook"),
    ] {
        work.desk.host.refuse(REPO, refusal.clone()).unwrap();
        refused(reason, &format!("{refusal:?}"));
        before.untouched(&work.desk, &format!("{refusal:?}"));
        work.desk.host.accept_pushes(REPO).unwrap();
    }
    let large = Fault::TooLarge("1 MB at most.\n".to_owned());
    work.desk.host.fault(REPO, Some(large));
    refused("tooLarge", "413");
    before.untouched(&work.desk, "413");
    work.desk.host.fault(REPO, None);
    let newer = work.desk.colleague("main", &[("newer.md", "newer\n")], "Newer");
    refused("remoteHasNewer", "newer commits");
    assert_eq!(work.desk.remote_ref("main"), Some(newer));
    before.same_here(&work.desk, "newer commits");
}

/// What the server prints goes to people, not to their terminals.
#[test]
fn words_of_a_server_steer_nothing_and_are_bounded() {
    let work = Work::new();
    let words = format!(
        "\u{1b}]0;title\u{7}\u{1b}]52;c;ZXZpbA==\u{7}\u{1b}]8;;https://evil.example\u{1b}\\link\u{1b}]8;;\u{1b}\\\r{}\n\
         To {REPO}\n   1111111..2222222  main -> main\nEverything up-to-date\n{}\n",
        "\u{202e}gnp.exe",
        "long ".repeat(200_000)
    );
    work.desk.host.refuse(REPO, Refusal::Hook(words)).unwrap();
    let before = work.witness();
    for ran in [work.sheaf(&["push"]), work.desk.sheaf_plain(&work.dir, &["push"])] {
        assert_eq!(ran.status, 3, "{}", ran.stdout);
        for text in [&ran.stdout, &ran.stderr] {
            let bad = |c: char| (c.is_control() && c != '\n' && c != '\t') || c == '\u{202e}';
            assert!(!text.contains(bad), "{text}");
            assert!(!text.contains("ZXZpbA=="), "{text}");
            assert!(text.len() < 100_000, "{} bytes", text.len());
        }
    }
    before.untouched(&work.desk, "words");
}

/// A host that never answers the greeting is left within the ten seconds that are promised.
#[test]
fn a_host_that_is_not_there_is_left_in_time() {
    let work = Work::new();
    let hole = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = format!("https://localhost:{}/a/b", hole.local_addr().unwrap().port());
    for (address, code) in [
        ("https://no-such-host.invalid/a/b", "name-not-found"),
        ("https://127.0.0.1:9/a/b", "connect-failed"),
        (&silent, "connect-failed"),
    ] {
        work.desk
            .git(&work.dir, &["config", "remote.origin.url", address]);
        work.desk.ok(&work.dir, &["settings", "--ca-file", ""]);
        let before = work.witness();
        for command in [&["fetch"][..], &["push"]] {
            let start = Instant::now();
            assert_failed(&work.sheaf(command), code, &format!("{address} {command:?}"));
            assert!(
                start.elapsed() < Duration::from_secs(14),
                "{address}: {:?}",
                start.elapsed()
            );
        }
        before.untouched(&work.desk, address);
    }
}
