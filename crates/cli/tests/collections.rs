//! Editing, committing a part, discarding, history, restoring, undo, and input nobody should type.

mod support;

use serde_json::json;
use support::{Desk, REQUEST, REQUEST_ID};

const ENVIRONMENT_ID: &str = "env_089b064f280129285f90c9723395b230388e2a8e";

#[test]
fn a_part_is_committed_and_the_rest_stays() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://one.example.test"]);
    desk.ok(&dir, &["set", ENVIRONMENT_ID, "data.retries", "5"]);
    desk.git(&dir, &["add", "-A"]);
    desk.ok(&dir, &["commit", "-m", "Only the URL", "--only", REQUEST_ID]);
    assert_eq!(
        desk.git(&dir, &["show", "--format=", "--name-only", "HEAD"]),
        REQUEST
    );
    let status = desk.ok(&dir, &["status"]);
    assert_eq!(status["changes"].as_array().unwrap().len(), 1, "{status}");
    assert_eq!(status["changes"][0]["name"], "Base Environment");
    assert_eq!(
        desk.ok(&dir, &["show", ENVIRONMENT_ID])["fields"]["data"]["retries"],
        5
    );
}

#[test]
fn a_discard_can_be_undone_and_redone() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://one.example.test"]);
    std::fs::write(dir.join("new.txt"), "untracked").unwrap();
    let edited = std::fs::read(dir.join(REQUEST)).unwrap();
    assert_eq!(desk.ok(&dir, &["discard"])["files"], 2);
    desk.clean(&dir);
    desk.ok(&dir, &["undo"]);
    assert_eq!(std::fs::read(dir.join(REQUEST)).unwrap(), edited);
    assert_eq!(std::fs::read_to_string(dir.join("new.txt")).unwrap(), "untracked");
    desk.ok(&dir, &["redo"]);
    desk.clean(&dir);
}

#[test]
fn an_edit_and_a_commit_are_undone_in_turn() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let head = desk.git(&dir, &["rev-parse", "HEAD"]);
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://one.example.test"]);
    desk.ok(&dir, &["commit", "-m", "One"]);
    assert_eq!(desk.ok(&dir, &["undo"])["label"], "Commit “One”");
    assert_eq!(desk.git(&dir, &["rev-parse", "HEAD"]), head);
    assert_eq!(
        desk.git(&dir, &["status", "--porcelain"]),
        format!(" M {REQUEST}")
    );
    desk.ok(&dir, &["undo"]);
    desk.clean(&dir);
    assert_eq!(desk.sheaf(&dir, &["undo"]).code(), "nothing-to-undo");
}

#[test]
fn files_that_are_broken_are_shown_and_kept() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let broken = "<<<<<<< ours\n_id: x\n=======\n_id: y\n>>>>>>> theirs\n";
    std::fs::write(dir.join(REQUEST), broken).unwrap();
    let list = desk.ok(&dir, &["list"]);
    assert_eq!(list["problems"][0]["path"], REQUEST, "{list}");
    assert_eq!(std::fs::read_to_string(dir.join(REQUEST)).unwrap(), broken);
    assert_eq!(desk.ok(&dir, &["status"])["changes"].as_array().unwrap().len(), 1);
}

#[test]
fn v5_files_are_read_and_never_damaged() {
    let desk = Desk::new();
    let v5 = "type: collection.insomnia.rest/5.0\nschema_version: \"5.1\"\nname: New layout # mine\nmeta:\n  id: wrk_00000000000000000000000000000001\n  created: 1717000000000\n  modified: 1717000000000\ncollection:\n  - url: https://v5.example.test\n    name: Ping\n    meta:\n      id: req_00000000000000000000000000000002\n      created: 1717000000000\n      modified: 1717000000000\n    method: GET\n";
    desk.colleague("main", &[("apis/ping.yaml", v5)], "A v5 file");
    let dir = desk.clone("work");
    let list = desk.ok(&dir, &["list"]);
    assert_eq!(list["collections"][0]["layout"], "v5");
    assert_eq!(list["collections"][0]["items"][0]["name"], "Ping");
    let ran = desk.sheaf(&dir, &["set", "Ping", "url", "https://changed.example.test"]);
    let text = std::fs::read_to_string(dir.join("apis/ping.yaml")).unwrap();
    if ran.status == 0 {
        assert!(
            text.contains("https://changed.example.test") && text.contains("# mine"),
            "{text}"
        );
    } else {
        assert_eq!((ran.code(), text.as_str()), ("read-only", v5));
    }
}

#[test]
fn bad_input_is_answered_and_changes_nothing() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    for (args, code) in [
        (vec!["set", "nothing", "url", "x"], "not-found"),
        (vec!["set", REQUEST_ID, "", "x"], "bad-field"),
        (vec!["set", REQUEST_ID, "headers", "[1]"], "bad-value"),
        (vec!["set", REQUEST_ID, "name", "  "], "bad-value"),
        (vec!["show", "../../etc/passwd"], "not-found"),
        (vec!["commit", "-m", "nothing changed"], "nothing-to-commit"),
        (vec!["discard", "nothing"], "not-changed"),
        (vec!["create", " "], "bad-value"),
        (vec!["undo"], "nothing-to-undo"),
    ] {
        let ran = desk.sheaf(&dir, &args);
        assert_eq!((ran.status, ran.code()), (1, code), "{args:?} {}", ran.stdout);
    }
    desk.clean(&dir);
    for args in [
        &["nonsense"][..],
        &["log", "-n", "0"],
        &["push", "--force", "--new-branch", "x"],
    ] {
        let ran = desk.sheaf(&dir, args);
        assert_eq!((ran.status, ran.code()), (2, "usage"), "{args:?} {}", ran.stdout);
    }
    assert_eq!(desk.sheaf(desk.home(), &["status"]).code(), "not-a-repository");
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://x.example.test"]);
    assert_eq!(
        desk.sheaf(&dir, &["commit", "-m", " \n "]).code(),
        "empty-message"
    );
}

#[test]
fn the_log_is_the_one_git_tells() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    for n in 0..5 {
        desk.ok(&dir, &["set", REQUEST_ID, "description", &format!("version {n}")]);
        desk.ok(&dir, &["commit", "-m", &format!("Version {n}")]);
    }
    let log = desk.ok(&dir, &["log", "-n", "3"]);
    let ids: Vec<_> = log["commits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.join("\n"), desk.git(&dir, &["log", "-3", "--format=%H"]));
}

#[test]
fn hostile_text_is_kept_as_it_is_and_does_not_steer_the_terminal() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let text =
        "\u{1b}]0;owned\u{7} <img src=x onerror=alert(1)> {{ _.x }} : # & * ! | > ' \" % @ ` \u{202e} é 田";
    desk.ok(&dir, &["set", REQUEST_ID, "description", text]);
    assert_eq!(
        desk.ok(&dir, &["show", REQUEST_ID])["fields"]["description"],
        json!(text)
    );
    let shown = desk.sheaf_plain(&dir, &["show", REQUEST_ID]);
    assert!(
        !shown.stdout.contains('\u{1b}') && !shown.stdout.contains('\u{202e}'),
        "{}",
        shown.stdout
    );
}

#[test]
fn a_resource_whose_file_moved_is_one_change_and_committed_whole() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let moved = REQUEST.replace(".yml", ".yaml");
    std::fs::rename(dir.join(REQUEST), dir.join(&moved)).unwrap();
    let changes = desk.ok(&dir, &["diff"])["changes"].as_array().unwrap().len();
    assert_eq!(changes, 1);
    desk.ok(&dir, &["commit", "-m", "Move the file", "--only", REQUEST_ID]);
    desk.clean(&dir);
    assert_eq!(desk.git(&dir, &["ls-files", "*Request/*"]), moved);
}

#[test]
fn a_search_looks_into_contents_and_says_where() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["set", REQUEST_ID, "headers.X-Tenant", "Needle in it"]);
    let found = desk.ok(&dir, &["search", "needle"]);
    assert_eq!(
        found["done"],
        json!({"resources": 1, "hits": 1, "complete": true})
    );
    assert_eq!(found["found"][0]["id"], REQUEST_ID);
    assert_eq!(found["found"][0]["hits"][0]["label"], "header X-Tenant");
    let told = desk.sheaf_plain(&dir, &["search", "needle"]).stdout;
    assert!(
        told.contains("  header X-Tenant: Needle in it\n") && told.ends_with("1 hit in 1 resource.\n"),
        "{told}"
    );
    assert_eq!(desk.ok(&dir, &["search", "--case", "needle"])["done"]["hits"], 0);
    assert_eq!(
        desk.sheaf(&dir, &["search", "--regex", "("]).code(),
        "bad-pattern"
    );
    assert_eq!(desk.sheaf(&dir, &["search", ""]).code(), "empty-query");
}
