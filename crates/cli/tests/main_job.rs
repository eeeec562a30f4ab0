//! Clone, edit, commit, branch, push, pull: the whole way by the command line, with git as the judge.

mod support;

use serde_json::json;
use support::{Desk, REQUEST, REQUEST_ID};

#[test]
fn clone_edit_commit_push() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.clean(&dir);
    assert_eq!(desk.git(&dir, &["config", "remote.origin.url"]), desk.url());
    assert_eq!(desk.git(&dir, &["config", "user.email"]), "dana@example.test");

    let list = desk.ok(&dir, &["list"]);
    assert_eq!(list["collections"][0]["name"], "Parcel Tracking API");
    assert_eq!(
        list["collections"][0]["items"][0]["children"][0]["method"],
        "POST"
    );

    let before = std::fs::read_to_string(dir.join(REQUEST)).unwrap();
    desk.ok(
        &dir,
        &["set", "Create shipment", "url", "{{ _.base_url }}/v2/shipments"],
    );
    desk.ok(&dir, &["set", REQUEST_ID, "headers.X-Tenant", "acme"]);
    let after = std::fs::read_to_string(dir.join(REQUEST)).unwrap();
    let changed: Vec<_> = after.lines().filter(|l| !before.contains(l)).collect();
    assert_eq!(
        changed.len(),
        4,
        "url, modified, and two lines of the header: {changed:?}"
    );
    assert!(after.contains("name: Create shipment # keep this"), "{after}");
    assert_eq!(
        desk.git(&dir, &["status", "--porcelain"]),
        format!(" M {REQUEST}")
    );

    let diff = desk.ok(&dir, &["diff"]);
    let labels: Vec<_> = diff["changes"][0]["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| &f["label"])
        .collect();
    assert!(
        labels.contains(&&json!("URL")) && labels.contains(&&json!("header X-Tenant")),
        "{diff}"
    );

    desk.ok(&dir, &["commit", "-m", "Move shipments to v2"]);
    desk.clean(&dir);
    assert_eq!(
        desk.git(&dir, &["log", "-1", "--format=%an <%ae> %s"]),
        "Dana Developer <dana@example.test> Move shipments to v2"
    );
    assert_eq!(desk.ok(&dir, &["status"])["card"]["ahead"], 1);

    let pushed = desk.ok(&dir, &["push"]);
    assert_eq!(pushed["outcome"], "pushed");
    assert_eq!(
        desk.remote_ref("main"),
        Some(desk.git(&dir, &["rev-parse", "HEAD"]))
    );

    desk.host.clear_requests();
    assert_eq!(desk.ok(&dir, &["push"])["outcome"], "upToDate");
    assert!(
        desk.host.requests().is_empty(),
        "nothing to push needs no network"
    );
}

#[test]
fn an_empty_remote_takes_the_first_commit_and_push() {
    let desk = Desk::new();
    let dir = desk.clone("work");
    assert_eq!(desk.ok(&dir, &["status"])["card"]["head"]["at"], "unborn");
    let created = desk.ok(&dir, &["create", "Parcel API"]);
    assert_eq!(created["snapshot"]["outcome"], "pushed", "{created}");
    desk.clean(&dir);
    assert_eq!(
        desk.remote_ref("main"),
        Some(desk.git(&dir, &["rev-parse", "HEAD"]))
    );
    assert_eq!(
        desk.git(&dir, &["log", "--format=%s"]),
        "Initial snapshot of Parcel API"
    );
}

#[test]
fn an_existing_project_is_connected_and_pushed() {
    let desk = Desk::new();
    let dir = desk.path("local");
    desk.ok(
        desk.home(),
        &[
            "init",
            "local",
            "--author-name",
            "Dana",
            "--author-email",
            "dana@example.test",
        ],
    );
    desk.ok(&dir, &["create", "Parcel API", "--design"]);
    desk.ok(&dir, &["commit", "-m", "First"]);
    let (url, ca) = (desk.url(), desk.ca());
    desk.ok(&dir, &["settings", "--uri", &url, "--ca-file", &ca]);
    let check = desk.ok(&dir, &["check"]);
    assert!(
        check["steps"]
            .as_array()
            .unwrap()
            .iter()
            .all(|s| s["result"]["state"] == "ok"),
        "{check}"
    );
    assert_eq!(desk.ok(&dir, &["push"])["created"], true);
    assert_eq!(
        desk.git(&dir, &["rev-parse", "--abbrev-ref", "main@{upstream}"]),
        "origin/main"
    );
    desk.clean(&dir);
}

#[test]
fn unrelated_commits_on_the_remote_are_explained_and_kept() {
    let desk = Desk::with_collection();
    let there = desk.remote_ref("main");
    let dir = desk.path("local");
    desk.ok(
        desk.home(),
        &[
            "init",
            "local",
            "--author-name",
            "Dana",
            "--author-email",
            "dana@example.test",
        ],
    );
    desk.ok(&dir, &["create", "Another API"]);
    desk.ok(&dir, &["commit", "-m", "First"]);
    let (url, ca) = (desk.url(), desk.ca());
    desk.ok(&dir, &["settings", "--uri", &url, "--ca-file", &ca]);
    let ran = desk.sheaf(&dir, &["push"]);
    assert_eq!(
        (ran.status, &ran.json["outcome"]),
        (3, &json!("unrelated")),
        "{}",
        ran.stdout
    );
    assert_eq!(desk.remote_ref("main"), there);
}

#[test]
fn a_pull_fast_forwards_merges_and_carries_uncommitted_changes() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    assert_eq!(desk.ok(&dir, &["pull"])["outcome"], "upToDate");

    desk.colleague("main", &[("docs/notes.md", "one\n")], "Add notes");
    desk.ok(&dir, &["set", REQUEST_ID, "description", "half done"]);
    let pulled = desk.ok(&dir, &["pull"]);
    assert_eq!(
        (&pulled["outcome"], &pulled["carried"]),
        (&json!("fastForward"), &json!(1)),
        "{pulled}"
    );
    assert_eq!(
        std::fs::read_to_string(dir.join("docs/notes.md")).unwrap(),
        "one\n"
    );
    assert_eq!(
        desk.git(&dir, &["status", "--porcelain"]),
        format!(" M {REQUEST}")
    );

    desk.ok(&dir, &["commit", "-m", "Describe"]);
    desk.colleague("main", &[("docs/notes.md", "two\n")], "Change notes");
    let pulled = desk.ok(&dir, &["pull"]);
    assert_eq!(pulled["outcome"], "merged", "{pulled}");
    assert_eq!(desk.git(&dir, &["rev-list", "--count", "--merges", "HEAD"]), "1");
    desk.clean(&dir);
    assert_eq!(desk.ok(&dir, &["push"])["outcome"], "pushed");
}

#[test]
fn a_disagreement_touches_nothing_until_it_is_answered() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let theirs = support::collection()[2].1.replace("/shipments", "/theirs");
    desk.colleague("main", &[(REQUEST, &theirs)], "Their URL");
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://mine.example.test"]);
    desk.ok(&dir, &["commit", "-m", "My URL"]);
    let head = desk.git(&dir, &["rev-parse", "HEAD"]);

    let ran = desk.sheaf(&dir, &["pull"]);
    assert_eq!(
        (ran.status, &ran.json["outcome"]),
        (3, &json!("questions")),
        "{}{}",
        ran.stdout,
        ran.stderr
    );
    assert_eq!(ran.json["merge"]["questions"][0]["name"], "Create shipment");
    assert_eq!(desk.git(&dir, &["rev-parse", "HEAD"]), head);
    desk.clean(&dir);

    let pulled = desk.ok(&dir, &["pull", "--theirs", REQUEST]);
    assert_eq!(pulled["outcome"], "merged", "{pulled}");
    assert!(
        std::fs::read_to_string(dir.join(REQUEST))
            .unwrap()
            .contains("/theirs")
    );
    desk.clean(&dir);
    desk.ok(&dir, &["undo"]);
    assert_eq!(desk.git(&dir, &["rev-parse", "HEAD"]), head);
    desk.clean(&dir);
}

#[test]
fn the_old_advice_works_delete_the_branch_and_fetch_it_again() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["branch", "create", "spare"]);
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://mine.example.test"]);
    desk.ok(&dir, &["commit", "-m", "Mine"]);
    desk.ok(&dir, &["branch", "switch", "spare"]);
    let ran = desk.sheaf(&dir, &["branch", "delete", "main"]);
    assert_eq!(
        (ran.status, &ran.json["outcome"]),
        (3, &json!("unmerged")),
        "{}",
        ran.stdout
    );
    desk.ok(&dir, &["branch", "delete", "main", "--force"]);
    let branches = desk.ok(&dir, &["branch", "list"]);
    assert_eq!(
        branches["remote"][0]["name"], "main",
        "a remote branch shows once it is not here: {branches}"
    );
    desk.ok(&dir, &["branch", "fetch", "main"]);
    desk.ok(&dir, &["branch", "switch", "main"]);
    assert_eq!(
        desk.remote_ref("main"),
        Some(desk.git(&dir, &["rev-parse", "HEAD"]))
    );
    desk.clean(&dir);
}
