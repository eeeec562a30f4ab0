//! Projects in odd places and states: nothing becomes another project, nothing odd holds up the rest.

mod support;

use serde_json::json;
use support::{Desk, REQUEST_ID};

#[test]
fn a_new_project_inside_a_repository_is_its_own() {
    let desk = Desk::with_collection();
    let outer = desk.clone("work");
    let inner = outer.join("sub/new");
    let card = desk.ok(
        &outer,
        &[
            "init",
            "sub/new",
            "--author-name",
            "Other",
            "--author-email",
            "o@example.test",
        ],
    );
    assert_eq!(card["path"], inner.to_string_lossy().as_ref());
    assert_eq!(desk.git(&outer, &["config", "user.name"]), "Dana Developer");
    assert!(inner.join(".git").is_dir());
}

#[test]
fn bad_settings_make_no_repository() {
    let desk = Desk::new();
    let ran = desk.sheaf(desk.home(), &["init", "new", "--uri", "ssh://git@localhost/x/y"]);
    assert_eq!(ran.status, 1, "{}", ran.stdout);
    assert!(!desk.path("new").exists());
}

#[cfg(unix)]
#[test]
fn a_link_is_one_change_and_hides_no_other() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    std::os::unix::fs::symlink("/etc/passwd", dir.join("link")).unwrap();
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://x.example.test"]);
    let changes = desk.ok(&dir, &["status"])["changes"].clone();
    let names: Vec<_> = changes
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["name"].as_str().unwrap())
        .collect();
    assert!(
        names.contains(&"link") && names.contains(&"Create shipment"),
        "{changes}"
    );
    desk.ok(&dir, &["commit", "-m", "URL", "--only", REQUEST_ID]);
}

#[test]
fn a_new_branch_without_a_connection_moves_nothing() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://x.example.test"]);
    desk.ok(&dir, &["commit", "-m", "Mine"]);
    let head = desk.git(&dir, &["rev-parse", "HEAD"]);
    desk.unplug(&dir);
    assert_eq!(
        desk.sheaf(&dir, &["push", "--new-branch", "topic"]).code(),
        "connect-failed"
    );
    assert_eq!(desk.git(&dir, &["symbolic-ref", "--short", "HEAD"]), "main");
    assert_eq!(desk.git(&dir, &["rev-parse", "main"]), head);
    assert_eq!(desk.git(&dir, &["branch", "--list", "topic"]), "");

    desk.plug(&dir);
    desk.ok(&dir, &["push", "--new-branch", "topic"]);
    assert_eq!(desk.remote_ref("topic"), Some(head));
    assert_eq!(
        desk.git(&dir, &["config", "branch.topic.merge"]),
        "refs/heads/topic"
    );
    assert_eq!(
        desk.git(&dir, &["config", "branch.main.merge"]),
        "refs/heads/main"
    );
}

#[test]
fn a_waiting_push_is_not_forgotten_by_a_push_of_another_branch() {
    let desk = Desk::new();
    let dir = desk.clone("work");
    desk.unplug(&dir);
    desk.ok(&dir, &["create", "Parcel API"]);
    desk.plug(&dir);
    desk.ok(&dir, &["branch", "create", "feature"]);
    desk.ok(&dir, &["branch", "switch", "feature"]);
    desk.ok(&dir, &["push"]);
    assert!(
        desk.ok(&dir, &["status"])["queued"]
            .as_str()
            .unwrap()
            .contains("main")
    );
    desk.ok(&dir, &["branch", "switch", "main"]);
    desk.ok(&dir, &["push"]);
    assert_eq!(desk.ok(&dir, &["status"])["queued"], json!(null));
}

#[test]
fn parked_changes_that_do_not_fit_are_brought_back_by_an_answer() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["branch", "create", "other"]);
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://parked.example.test"]);
    desk.ok(&dir, &["branch", "switch", "other", "--park"]);
    let theirs = support::collection()[2].1.replace("/shipments", "/theirs");
    desk.colleague("main", &[(support::REQUEST, &theirs)], "Their URL");
    desk.ok(&dir, &["branch", "switch", "main"]);
    desk.ok(&dir, &["branch", "switch", "other", "--park"]);
    desk.ok(&dir, &["fetch"]);
    desk.git(&dir, &["branch", "-f", "main", "origin/main"]);
    assert_eq!(desk.ok(&dir, &["branch", "switch", "main"])["stillParked"], true);

    let ran = desk.sheaf(&dir, &["branch", "unpark"]);
    assert_eq!(
        (ran.status, &ran.json["outcome"]),
        (3, &json!("questions")),
        "{}",
        ran.stdout
    );
    assert_eq!(
        desk.ok(&dir, &["branch", "unpark", "--theirs", support::REQUEST])["unparked"],
        1
    );
    assert!(
        std::fs::read_to_string(dir.join(support::REQUEST))
            .unwrap()
            .contains("parked.example.test")
    );
}

#[test]
fn two_new_files_with_one_id_are_two_changes() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    std::fs::copy(dir.join(support::REQUEST), dir.join(".insomnia/Request/copy.yml")).unwrap();
    let changes = desk.ok(&dir, &["diff"])["changes"].clone();
    let ids: std::collections::BTreeSet<_> = changes
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["id"].to_string())
        .collect();
    assert_eq!(ids.len(), changes.as_array().unwrap().len(), "{changes}");
}

#[test]
fn a_repository_cannot_bring_its_own_certificate_authority() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let other = sheaf_git_host::Host::start().unwrap();
    desk.git(
        &dir,
        &["config", "sheaf.cafile", &other.ca_file().to_string_lossy()],
    );
    desk.host.clear_requests();
    for command in ["fetch", "check"] {
        assert_eq!(desk.sheaf(&dir, &[command]).code(), "ca-not-chosen", "{command}");
    }
    desk.git(&dir, &["config", "sheaf.cafile", "ca.pem"]);
    assert_eq!(desk.sheaf(&dir, &["fetch"]).code(), "ca-not-chosen");
    assert!(desk.host.requests().is_empty());
    desk.ok(&dir, &["settings", "--ca-file", &desk.ca()]);
    desk.ok(&dir, &["fetch"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_name_that_is_no_text_is_told() {
    use std::os::unix::ffi::OsStrExt;

    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    std::fs::write(dir.join(std::ffi::OsStr::from_bytes(b"caf\xe9.txt")), "x").unwrap();
    let problems = desk.ok(&dir, &["status"])["problems"].clone();
    assert_eq!(problems[0]["code"], "file-name", "{problems}");
}
