//! Push and what a refusal says and offers.

mod support;

use serde_json::json;
use sheaf_git_host::{Fault, Vendor};
use support::{Desk, READ_TOKEN, REPO, REQUEST_ID};

fn edited(desk: &Desk) -> std::path::PathBuf {
    let dir = desk.clone("work");
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://mine.example.test"]);
    desk.ok(&dir, &["commit", "-m", "My URL"]);
    dir
}

#[test]
fn a_protected_branch_is_named_and_a_new_branch_is_the_way_out() {
    for vendor in [
        Vendor::GitHub,
        Vendor::GitLab,
        Vendor::Bitbucket,
        Vendor::Azure,
        Vendor::Gitea,
    ] {
        let desk = Desk::with_collection();
        let dir = edited(&desk);
        let mine = desk.git(&dir, &["rev-parse", "HEAD"]);
        let there = desk.remote_ref("main").unwrap();
        desk.host.protect(REPO, "main", vendor).unwrap();

        let ran = desk.sheaf(&dir, &["push"]);
        assert_eq!(
            (ran.status, &ran.json["outcome"]),
            (3, &json!("rejected")),
            "{vendor:?} {}",
            ran.stdout
        );
        assert_eq!(
            ran.json["rejection"]["reason"], "protectedBranch",
            "{vendor:?} {}",
            ran.stdout
        );
        assert_eq!(ran.json["rejection"]["next"][0], "pushToNewBranch");
        assert!(!ran.json["rejection"]["serverText"].as_str().unwrap().is_empty());
        assert_eq!(desk.remote_ref("main"), Some(there.clone()));
        assert_eq!(
            desk.ok(&dir, &["status"])["card"]["ahead"],
            1,
            "a refused push is not called synced"
        );

        let name = ran.json["suggestedBranch"].as_str().unwrap();
        assert_eq!(desk.ok(&dir, &["push", "--new-branch", name])["created"], true);
        assert_eq!(desk.remote_ref(name), Some(mine.clone()));
        assert_eq!(desk.git(&dir, &["symbolic-ref", "--short", "HEAD"]), name);
        assert_eq!(
            desk.git(&dir, &["rev-parse", "main"]),
            there,
            "the commits moved off main"
        );
        desk.clean(&dir);
    }
}

#[test]
fn newer_commits_on_the_remote_offer_pull_and_force_push_keeps_a_backup() {
    let desk = Desk::with_collection();
    let dir = edited(&desk);
    let theirs = desk.colleague("main", &[("notes.md", "theirs\n")], "Their notes");

    let ran = desk.sheaf(&dir, &["push"]);
    assert_eq!(
        (ran.status, &ran.json["rejection"]["reason"]),
        (3, &json!("remoteHasNewer")),
        "{}",
        ran.stdout
    );
    assert_eq!(ran.json["rejection"]["next"][0], "pullFirst");
    assert_eq!(ran.json["overwrites"][0]["title"], "Their notes");
    assert_eq!(ran.json["seen"], json!(theirs));

    let forced = desk.ok(&dir, &["push", "--force"]);
    assert_eq!(
        desk.remote_ref("main"),
        Some(desk.git(&dir, &["rev-parse", "HEAD"]))
    );
    let backup = forced["backup"].as_str().unwrap();
    assert!(backup.starts_with("refs/sheaf/backup/"), "{forced}");
    assert_eq!(desk.git(&dir, &["rev-parse", backup]), theirs);
}

#[test]
fn a_force_push_overwrites_only_what_was_seen() {
    let desk = Desk::with_collection();
    let dir = edited(&desk);
    desk.colleague("main", &[("notes.md", "seen\n")], "Seen");
    assert_eq!(desk.sheaf(&dir, &["push"]).status, 3);
    let unseen = desk.colleague("main", &[("notes.md", "unseen\n")], "Unseen");

    let ran = desk.sheaf(&dir, &["push", "--force"]);
    assert_eq!(
        (ran.status, &ran.json["rejection"]["reason"]),
        (3, &json!("staleLease")),
        "{}",
        ran.stdout
    );
    assert_eq!(desk.remote_ref("main"), Some(unseen));
}

#[test]
fn a_reading_token_and_a_wrong_token_are_told_apart() {
    let desk = Desk::with_collection();
    let dir = edited(&desk);
    let ran = desk.sheaf_with(&dir, &["push"], Some(READ_TOKEN), None);
    assert_eq!(
        (ran.status, &ran.json["rejection"]["reason"]),
        (3, &json!("noWritePermission")),
        "{}",
        ran.stdout
    );

    let ran = desk.sheaf_with(&dir, &["push"], Some("wrong-token"), None);
    assert_eq!((ran.status, ran.code()), (1, "auth-failed"), "{}", ran.stdout);
    let ran = desk.sheaf_with(&dir, &["push"], None, None);
    assert_eq!((ran.status, ran.code()), (1, "auth-needed"), "{}", ran.stdout);
    let ran = desk.sheaf_with(
        &dir,
        &["--token-stdin", "push"],
        None,
        Some(&format!("{}\n", support::TOKEN)),
    );
    assert_eq!(ran.status, 0, "{}", ran.stdout);
}

#[test]
fn faults_on_the_way_have_codes_and_change_nothing() {
    let desk = Desk::with_collection();
    let dir = edited(&desk);
    let there = desk.remote_ref("main");
    for (fault, code) in [
        (Fault::NotFound, "repository-not-found"),
        (Fault::CaptivePage, "not-a-git-host"),
        (Fault::RedirectOther, "redirected"),
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
        (Fault::UnauthorizedWithoutChallenge, "auth-failed"),
    ] {
        desk.host.fault(REPO, Some(fault.clone()));
        let ran = desk.sheaf(&dir, &["push"]);
        assert_eq!((ran.status, ran.code()), (1, code), "{fault:?} {}", ran.stdout);
        for part in ["message", "unchanged", "advice"] {
            assert!(
                !ran.json["error"][part].as_str().unwrap_or_default().is_empty(),
                "{fault:?} {part}"
            );
        }
    }
    desk.host.fault(REPO, None);
    assert_eq!(desk.remote_ref("main"), there);
    desk.clean(&dir);
}

#[test]
fn a_snapshot_without_a_connection_is_queued_and_said() {
    let desk = Desk::new();
    let dir = desk.clone("work");
    desk.unplug(&dir);
    let created = desk.ok(&dir, &["create", "Parcel API"]);
    assert_eq!(created["snapshot"]["outcome"], "queued", "{created}");
    assert!(desk.ok(&dir, &["status"])["queued"].is_string());
    desk.plug(&dir);
    assert_eq!(desk.ok(&dir, &["push"])["outcome"], "pushed");
    assert!(desk.ok(&dir, &["status"])["queued"].is_null());
}

#[test]
fn the_token_is_in_no_file_no_output_and_no_event() {
    let desk = Desk::with_collection();
    let dir = edited(&desk);
    desk.host.protect(REPO, "main", Vendor::GitLab).unwrap();
    let ran = desk.sheaf(&dir, &["push"]);
    assert!(
        ran.stderr
            .lines()
            .any(|l| l.contains(r#""operation":"push""#) && l.contains(r#""phase":"rejected""#)),
        "{}",
        ran.stderr
    );
    for text in [&ran.stdout, &ran.stderr] {
        assert!(!text.contains("canary"), "{text}");
    }
    for line in ran.stderr.lines() {
        assert!(
            serde_json::from_str::<serde_json::Value>(line).is_ok(),
            "an event is one line of JSON: {line}"
        );
    }
    let found = std::process::Command::new("grep")
        .args(["-rl", "canary"])
        .arg(desk.home())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&found.stdout), "");
}
