//! Amend, tags, parked changes, comparing commits, one field from a commit, revert, cherry-pick and squash.
#![allow(clippy::unwrap_used, reason = "a test fails with what is missing")]

mod support;

use serde_json::json;
use support::{Desk, REQUEST, REQUEST_ID, TOKEN};

fn url(desk: &Desk, dir: &std::path::Path) -> String {
    let shown = desk.ok(dir, &["show", REQUEST_ID]);
    shown["fields"]["url"].as_str().unwrap().to_owned()
}

fn remote_tag(desk: &Desk, dir: &std::path::Path, name: &str) -> String {
    let authority = format!("http.sslCAInfo={}", desk.ca());
    let address = desk
        .url()
        .replacen("https://", &format!("https://dana:{TOKEN}@"), 1);
    let name = format!("refs/tags/{name}");
    let found = desk.git(dir, &["-c", &authority, "ls-remote", &address, &name]);
    found.split('\t').next().unwrap_or_default().to_owned()
}

fn set_and_commit(desk: &Desk, dir: &std::path::Path, field: &str, value: &str, message: &str) -> String {
    desk.ok(dir, &["set", REQUEST_ID, field, value]);
    desk.ok(dir, &["commit", "-m", message]);
    desk.git(dir, &["rev-parse", "HEAD"])
}

#[test]
fn the_last_commit_is_amended_until_it_is_pushed() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    assert_eq!(
        desk.sheaf(&dir, &["commit", "--amend", "-m", "Mine now"]).code(),
        "pushed"
    );
    let first = set_and_commit(&desk, &dir, "url", "https://one.example.test", "One");
    desk.ok(&dir, &["set", REQUEST_ID, "description", "more"]);
    desk.ok(&dir, &["commit", "--amend", "--message-only", "-m", "Better"]);
    assert_eq!(
        desk.git(&dir, &["log", "--format=%s %an", "-1"]),
        "Better Dana Developer"
    );
    assert_eq!(
        desk.git(&dir, &["status", "--porcelain"]),
        format!(" M {REQUEST}")
    );
    let said = desk.git(&dir, &["rev-parse", "HEAD"]);
    desk.ok(&dir, &["commit", "--amend"]);
    desk.clean(&dir);
    assert_eq!(desk.git(&dir, &["rev-list", "--count", "origin/main..HEAD"]), "1");
    assert_eq!(
        desk.sheaf(&dir, &["commit", "--amend"]).code(),
        "nothing-to-commit"
    );
    desk.ok(&dir, &["undo"]);
    assert_eq!(desk.git(&dir, &["rev-parse", "HEAD"]), said);
    desk.ok(&dir, &["undo"]);
    assert_eq!(desk.git(&dir, &["rev-parse", "HEAD"]), first);
    desk.ok(&dir, &["redo", "2"]);
    desk.ok(&dir, &["push"]);
    let head = desk.git(&dir, &["rev-parse", "HEAD"]);
    assert_eq!(
        desk.sheaf(&dir, &["commit", "--amend", "-m", "Late"]).code(),
        "pushed"
    );
    assert_eq!(desk.git(&dir, &["rev-parse", "HEAD"]), head);
    assert_eq!(desk.sheaf(&dir, &["commit"]).status, 2);
}

#[test]
fn tags_are_made_pushed_deleted_and_brought_back() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["tag", "create", "v1"]);
    desk.ok(
        &dir,
        &["tag", "create", "v1.1", "HEAD", "-m", "The first\n\nWith words"],
    );
    let list = desk.ok(&dir, &["tag", "list"]);
    assert_eq!(
        (&list["tags"][0]["name"], &list["tags"][0]["annotation"]),
        (&json!("v1"), &json!(null))
    );
    assert_eq!(list["tags"][1]["annotation"]["author"]["name"], "Dana Developer");
    assert_eq!(desk.git(&dir, &["cat-file", "-t", "v1.1"]), "tag");
    for (name, code) in [
        ("v1", "tag-exists"),
        ("V1", "tag-exists"),
        ("v1/x", "tag-exists"),
        ("a b", "bad-branch-name"),
    ] {
        assert_eq!(desk.sheaf(&dir, &["tag", "create", name]).code(), code, "{name}");
    }
    let object = desk.git(&dir, &["rev-parse", "v1.1"]);
    assert_eq!(desk.ok(&dir, &["tag", "push", "v1.1"])["outcome"], "done");
    assert_eq!(desk.ok(&dir, &["tag", "push", "v1.1"])["outcome"], "upToDate");
    assert_eq!(remote_tag(&desk, &dir, "v1.1"), object);

    desk.ok(&dir, &["tag", "delete", "v1.1"]);
    assert_eq!(desk.sheaf(&dir, &["tag", "delete", "v1.1"]).code(), "no-tag");
    desk.git(&dir, &["reflog", "expire", "--expire=now", "--all"]);
    desk.git(&dir, &["gc", "-q", "--prune=now"]);
    desk.ok(&dir, &["undo"]);
    assert_eq!(desk.git(&dir, &["rev-parse", "v1.1"]), object);
    desk.clean(&dir);

    desk.ok(&dir, &["tag", "delete", "v1.1"]);
    desk.ok(&dir, &["tag", "create", "v1.1"]);
    let ran = desk.sheaf(&dir, &["tag", "push", "v1.1"]);
    assert_eq!(
        (ran.status, &ran.json["outcome"]),
        (3, &json!("rejected")),
        "{}",
        ran.stdout
    );
    assert_eq!(remote_tag(&desk, &dir, "v1.1"), object);
}

#[test]
fn parked_changes_are_listed_shown_and_dropped() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["branch", "create", "side"]);
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://parked.example.test"]);
    desk.ok(&dir, &["branch", "switch", "side", "--park"]);
    let list = desk.ok(&dir, &["branch", "parked"]);
    assert_eq!(
        (&list["parked"][0]["branch"], &list["parked"][0]["earlier"]),
        (&json!("main"), &json!(0))
    );
    let shown = desk.ok(&dir, &["branch", "parked", "main"]);
    assert_eq!(
        shown["changes"][0]["fields"][0]["after"],
        "https://parked.example.test"
    );
    desk.ok(&dir, &["branch", "parked", "main", "--drop"]);
    assert_eq!(desk.ok(&dir, &["branch", "parked"])["parked"], json!([]));
    assert_eq!(
        desk.sheaf(&dir, &["branch", "parked", "main", "--drop"]).code(),
        "nothing-parked"
    );
    desk.git(&dir, &["gc", "-q", "--prune=now"]);
    desk.ok(&dir, &["undo"]);
    desk.ok(&dir, &["branch", "switch", "main"]);
    assert_eq!(url(&desk, &dir), "https://parked.example.test");
}

#[test]
fn two_commits_are_compared_and_one_field_comes_back() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["branch", "create", "before"]);
    desk.ok(&dir, &["set", REQUEST_ID, "description", "new words"]);
    let then = url(&desk, &dir);
    set_and_commit(&desk, &dir, "url", "https://two.example.test", "Both");
    let found = desk.ok(&dir, &["diff", "before", "HEAD"]);
    let paths: Vec<&str> = found["changes"][0]["fields"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|field| field["bookkeeping"] == json!(false))
        .map(|field| field["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths, ["url", "description"]);
    assert_eq!(
        desk.ok(&dir, &["diff", "HEAD", "before"])["changes"][0]["fields"][0]["after"],
        then
    );
    assert_eq!(desk.sheaf(&dir, &["diff", "nowhere", "HEAD"]).code(), "no-commit");

    desk.ok(&dir, &["restore", "before", &format!("{REQUEST_ID}:url")]);
    assert_eq!(url(&desk, &dir), then);
    assert_eq!(
        desk.ok(&dir, &["show", REQUEST_ID])["fields"]["description"],
        "new words"
    );
    desk.ok(&dir, &["undo"]);
    desk.clean(&dir);
    let ran = desk.sheaf(&dir, &["restore", "before", &format!("{REQUEST_ID}:method")]);
    assert_eq!(ran.code(), "not-changed", "{}", ran.stdout);
}

#[test]
fn a_commit_is_reverted_beside_later_changes_or_asks() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let then = url(&desk, &dir);
    let one = set_and_commit(&desk, &dir, "url", "https://one.example.test", "One");
    set_and_commit(&desk, &dir, "description", "stays", "Words");
    desk.ok(&dir, &["revert", &one]);
    assert_eq!(url(&desk, &dir), then);
    assert_eq!(
        desk.ok(&dir, &["show", REQUEST_ID])["fields"]["description"],
        "stays"
    );
    assert_eq!(desk.git(&dir, &["log", "-1", "--format=%s"]), "Revert “One”");
    assert_eq!(
        desk.git(&dir, &["rev-list", "--parents", "-1", "HEAD"])
            .split(' ')
            .count(),
        2
    );
    assert_eq!(desk.ok(&dir, &["revert", &one])["outcome"], "upToDate");
    desk.clean(&dir);
    desk.ok(&dir, &["undo"]);
    assert_eq!(url(&desk, &dir), "https://one.example.test");

    set_and_commit(&desk, &dir, "url", "https://two.example.test", "Two");
    let head = desk.git(&dir, &["rev-parse", "HEAD"]);
    let ran = desk.sheaf(&dir, &["revert", &one]);
    assert_eq!(
        (ran.status, &ran.json["outcome"]),
        (3, &json!("questions")),
        "{}",
        ran.stdout
    );
    let status = desk.sheaf_plain(&dir, &["status"]).stdout;
    assert!(status.contains("waits: sheaf questions"), "{status}");
    assert_eq!(desk.git(&dir, &["rev-parse", "HEAD"]), head);
    desk.clean(&dir);
    desk.ok(&dir, &["answer", "--all", "theirs"]);
    desk.ok(&dir, &["land"]);
    assert_eq!(url(&desk, &dir), then);
    desk.clean(&dir);
    let root = desk.git(&dir, &["rev-list", "--max-parents=0", "HEAD"]);
    assert_eq!(desk.sheaf(&dir, &["revert", &root]).code(), "first-commit");
}

#[test]
fn one_commit_or_a_whole_branch_is_taken_over() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["branch", "create", "side"]);
    desk.ok(&dir, &["branch", "switch", "side"]);
    set_and_commit(&desk, &dir, "url", "https://side.example.test", "Side URL");
    let words = set_and_commit(&desk, &dir, "description", "side words", "Side words");
    desk.ok(&dir, &["branch", "switch", "main"]);
    set_and_commit(&desk, &dir, "method", "PUT", "Method");

    desk.ok(&dir, &["cherry-pick", &words]);
    let request = desk.ok(&dir, &["show", REQUEST_ID]);
    assert_eq!(request["fields"]["description"], "side words");
    assert_ne!(request["fields"]["url"], "https://side.example.test");
    assert_eq!(desk.git(&dir, &["log", "-1", "--format=%s"]), "Side words");
    assert_eq!(desk.ok(&dir, &["cherry-pick", &words])["outcome"], "upToDate");

    desk.ok(&dir, &["merge", "side", "--squash"]);
    let request = desk.ok(&dir, &["show", REQUEST_ID]);
    assert_eq!(request["fields"]["url"], "https://side.example.test");
    assert_eq!(request["fields"]["method"], "PUT");
    assert_eq!(
        desk.git(&dir, &["rev-list", "--parents", "-1", "HEAD"])
            .split(' ')
            .count(),
        2
    );
    desk.clean(&dir);
    desk.ok(&dir, &["undo", "2"]);
    assert_ne!(
        desk.ok(&dir, &["show", REQUEST_ID])["fields"]["description"],
        "side words"
    );
}

#[test]
fn a_resource_and_a_field_have_a_history() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["branch", "create", "side"]);
    let one = set_and_commit(&desk, &dir, "url", "https://one.example.test", "One");
    std::fs::write(dir.join("README.md"), "other\n").unwrap();
    desk.ok(&dir, &["commit", "-m", "Elsewhere"]);
    desk.ok(&dir, &["branch", "switch", "side"]);
    let words = set_and_commit(&desk, &dir, "description", "side words", "Words");
    desk.ok(&dir, &["branch", "switch", "main"]);
    desk.ok(&dir, &["merge", "side"]);
    let titles = |args: &[&str]| -> Vec<String> {
        let found = desk.ok(&dir, args);
        let commits = found["commits"].as_array().unwrap().clone();
        commits
            .iter()
            .map(|c| c["commit"]["title"].as_str().unwrap().to_owned())
            .collect()
    };
    let field = titles(&["log", "--resource", REQUEST_ID, "--field", "url"]);
    assert_eq!(field, ["One", "Add the parcel collection"]);
    let all = titles(&["log", "--resource", REQUEST_ID]);
    assert!(
        all.contains(&"One".to_owned()) && all.contains(&"Words".to_owned()),
        "{all:?}"
    );
    assert!(!all.contains(&"Elsewhere".to_owned()), "{all:?}");

    let blame = desk.ok(&dir, &["blame", REQUEST_ID]);
    let who = |path: &str| {
        let fields = blame["fields"].as_array().unwrap();
        let found = fields.iter().find(|field| field["path"] == path);
        found.map(|field| field["commit"]["id"].as_str().unwrap().to_owned())
    };
    assert_eq!(who("url"), Some(one), "{blame}");
    assert_eq!(who("description"), Some(words));
    assert_eq!(
        desk.ok(&dir, &["blame", &format!("{REQUEST_ID}:method")])["fields"][0]["commit"]["title"],
        "Add the parcel collection"
    );
    assert_eq!(desk.sheaf(&dir, &["blame", "req_none"]).code(), "not-in-commit");

    // a name does as well as an id
    assert_eq!(
        titles(&["log", "--resource", "create shipment", "--field", "url"]),
        field
    );
    assert_eq!(desk.ok(&dir, &["blame", "Create shipment"]), blame);
    let root = desk.git(&dir, &["rev-list", "--max-parents=0", "HEAD"]);
    desk.ok(&dir, &["restore", &root, "Create shipment:url"]);
    assert_ne!(url(&desk, &dir), "https://one.example.test");
    assert_eq!(desk.ok(&dir, &["discard"])["files"], 1);
}

#[test]
fn who_changed_a_field_is_known_after_its_file_moved() {
    const ID: &str = "req_00000000000000000000000000000002";
    let desk = Desk::new();
    let file = "type: collection.insomnia.rest/5.0\nschema_version: \"5.1\"\nname: Parcels\nmeta:\n  id: wrk_00000000000000000000000000000001\n  created: 1717000000000\n  modified: 1717000000000\ncollection:\n  - url: https://one.example.test\n    name: Ping\n    meta:\n      id: req_00000000000000000000000000000002\n      created: 1717000000000\n      modified: 1717000000000\n    method: GET\n";
    desk.colleague("main", &[("apis/ping.yaml", file)], "Add it");
    let dir = desk.clone("work");
    let commit = |title: &str| desk.ok(&dir, &["commit", "-m", title]);
    desk.ok(&dir, &["set", ID, "url", "https://two.example.test"]);
    commit("Another URL");
    std::fs::create_dir(dir.join("moved")).unwrap();
    desk.git(&dir, &["mv", "apis/ping.yaml", "moved/pong.yaml"]);
    commit("Move the file");
    desk.ok(&dir, &["set", ID, "name", "Pong"]);
    commit("Another name");
    // moved and edited at once
    desk.git(&dir, &["mv", "moved/pong.yaml", "pong.yaml"]);
    desk.ok(&dir, &["set", ID, "method", "PUT"]);
    commit("Move and edit");

    let blame = desk.ok(&dir, &["blame", ID]);
    let last = |field: &str| {
        let fields = blame["fields"].as_array().unwrap();
        let found = fields.iter().find(|found| found["path"] == field);
        found.map(|found| found["commit"]["title"].clone())
    };
    assert_eq!(last("url"), Some("Another URL".into()), "{blame}");
    assert_eq!(last("name"), Some("Another name".into()), "{blame}");
    assert_eq!(last("method"), Some("Move and edit".into()), "{blame}");
    let titles = |args: &[&str]| -> Vec<String> {
        let log = desk.ok(&dir, args);
        let commits = log["commits"].as_array().unwrap();
        let title = |commit: &serde_json::Value| commit["commit"]["title"].as_str().unwrap().to_owned();
        commits.iter().map(title).collect()
    };
    assert_eq!(
        titles(&["log", "--resource", ID]),
        ["Move and edit", "Another name", "Another URL", "Add it"]
    );
    assert_eq!(
        titles(&["log", "--resource", ID, "--field", "url"]),
        ["Another URL", "Add it"]
    );
}
