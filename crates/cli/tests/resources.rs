//! Every action on a resource, on both layouts, with git as the judge of what changed.

mod support;

use std::path::Path;

use serde_json::json;
use support::{Desk, REQUEST, REQUEST_ID};

const V5: &str = "type: collection.insomnia.rest/5.0\nschema_version: \"5.1\"\nname: Single # mine\nmeta:\n  id: wrk_00000000000000000000000000000009\n  created: 1717000000000\n  modified: 1717000000000\ncollection:\n  - url: https://v5.example.test # why\n    name: Ping\n    meta:\n      id: req_00000000000000000000000000000009\n      created: 1717000000000\n      modified: 1717000000000\n      sortKey: 1\n    method: GET\nenvironments:\n  name: Base Environment\n  meta:\n    id: env_9\n";

fn both() -> (Desk, std::path::PathBuf) {
    let desk = Desk::with_collection();
    desk.colleague("main", &[("apis/single.yaml", V5)], "A single file");
    let dir = desk.clone("work");
    (desk, dir)
}

/// Lines of the difference to the last commit, without its heads.
fn changed(desk: &Desk, dir: &Path) -> Vec<String> {
    let diff = desk.git(dir, &["diff", "-U0", "HEAD"]);
    let lines = diff
        .lines()
        .filter(|line| line.starts_with(['+', '-']) && !line.starts_with("+++") && !line.starts_with("---"));
    lines.map(str::to_owned).collect()
}

#[test]
fn a_request_lives_its_life_in_a_single_file() {
    let (desk, dir) = both();
    let added = desk.ok(&dir, &["add", "request", "Single", "List"]);
    let id = added["id"].as_str().unwrap().to_owned();
    assert!(changed(&desk, &dir).iter().all(|line| line.starts_with('+')));
    desk.ok(&dir, &["commit", "-m", "Add"]);

    desk.ok(&dir, &["rename", &id, "List all"]);
    let lines = changed(&desk, &dir);
    assert!(lines.contains(&"+    name: List all".to_owned()), "{lines:?}");
    assert!(
        lines.len() <= 4
            && lines
                .iter()
                .all(|line| line.contains("name:") || line.contains("modified:")),
        "{lines:?}"
    );
    desk.ok(&dir, &["commit", "-m", "Rename"]);

    desk.ok(&dir, &["set", &id, "headers", r#"[{"name": "A", "value": "b"}]"#]);
    assert_eq!(
        desk.ok(&dir, &["show", &id])["fields"]["headers"],
        json!([{"name": "A", "value": "b"}])
    );
    desk.ok(&dir, &["add", "folder", "Single", "Inner"]);
    desk.ok(&dir, &["move", "Ping", "Inner"]);
    let text = std::fs::read_to_string(dir.join("apis/single.yaml")).unwrap();
    assert!(
        text.contains("      - url: https://v5.example.test # why\n") && text.contains("# mine"),
        "{text}"
    );
    let copy = desk.ok(&dir, &["duplicate", "Inner"]);
    desk.ok(&dir, &["remove", copy["id"].as_str().unwrap()]);
    assert_eq!(
        std::fs::read_to_string(dir.join("apis/single.yaml")).unwrap(),
        text
    );
    desk.ok(&dir, &["move", REQUEST_ID, "Inner", "--before", "Ping"]);
    assert!(!dir.join(REQUEST).exists());
    desk.ok(&dir, &["undo"]);
    assert!(dir.join(REQUEST).exists());
}

#[test]
fn only_what_was_meant_changes_in_the_tree() {
    let (desk, dir) = both();
    desk.ok(&dir, &["rename", REQUEST_ID, "Other"]);
    let stat = desk.git(&dir, &["diff", "--numstat", "HEAD"]);
    assert_eq!(stat, format!("2\t2\t{REQUEST}"));
    desk.ok(&dir, &["discard"]);
    desk.ok(&dir, &["remove", REQUEST_ID]);
    assert_eq!(
        desk.git(&dir, &["diff", "--name-status", "HEAD"]),
        format!("D\t{REQUEST}")
    );
    let ran = desk.sheaf(&dir, &["add", "teapot", "Single", "x"]);
    assert_eq!((ran.status, ran.code()), (2, "usage"));
}

#[test]
fn a_collection_is_converted_in_one_commit_and_one_undo() {
    let (desk, dir) = both();
    let head = desk.git(&dir, &["rev-parse", "HEAD"]);
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://one.example.test"]);
    assert_eq!(desk.sheaf(&dir, &["convert"]).code(), "uncommitted-changes");
    desk.ok(&dir, &["discard"]);
    desk.ok(&dir, &["convert"]);
    desk.clean(&dir);
    assert!(!dir.join(".insomnia").exists());
    assert_eq!(desk.git(&dir, &["rev-parse", "HEAD~1"]), head);
    assert_eq!(desk.ok(&dir, &["show", REQUEST_ID])["id"], REQUEST_ID);
    desk.git(&dir, &["fsck", "--strict"]);
    desk.ok(&dir, &["undo"]);
    desk.clean(&dir);
    assert_eq!(desk.git(&dir, &["rev-parse", "HEAD"]), head);
    assert!(dir.join(REQUEST).exists());
}

#[test]
fn one_resource_of_a_single_file_comes_back_alone() {
    let (desk, dir) = both();
    let file = dir.join("apis/single.yaml");
    let first = desk.git(&dir, &["rev-parse", "HEAD"]).trim().to_owned();
    desk.ok(&dir, &["add", "request", "Single", "List"]);
    desk.ok(&dir, &["set", "Ping", "url", "https://other.example.test"]);
    desk.ok(&dir, &["commit", "-m", "Later work"]);
    desk.ok(&dir, &["rename", "List", "List all"]);

    desk.ok(&dir, &["restore", &first, "req_00000000000000000000000000000009"]);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(
        text.contains("url: https://v5.example.test # why\n") && text.contains("name: List all\n"),
        "{text}"
    );

    desk.ok(&dir, &["remove", "Ping"]);
    desk.ok(&dir, &["restore", "HEAD", "req_00000000000000000000000000000009"]);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(
        text.contains("https://other.example.test") && text.contains("name: List all\n"),
        "{text}"
    );
    desk.ok(&dir, &["undo"]);
    assert!(!std::fs::read_to_string(&file).unwrap().contains("name: Ping"));
}

/// Times of changes that the last edit wrote.
fn stamps(desk: &Desk, dir: &Path) -> usize {
    let lines = changed(desk, dir);
    lines
        .iter()
        .filter(|line| line.starts_with('+') && line.contains("modified:"))
        .count()
}

#[cfg(target_os = "linux")]
#[test]
fn the_time_of_a_change_is_written_as_the_settings_say() {
    let (desk, dir) = both();
    let kept = desk.path("data/dev.sheaf.desktop/settings.json");
    std::fs::create_dir_all(kept.parent().unwrap()).unwrap();
    for (written, stamped) in [(Some(false), 0), (Some(true), 2), (None, 2)] {
        let settings = written.map_or(json!({}), |written| json!({"writeModified": written}));
        std::fs::write(&kept, json!({"sheaf": {"settings": settings}}).to_string()).unwrap();
        desk.ok(&dir, &["set", REQUEST_ID, "url", "https://new.example.test"]);
        desk.ok(&dir, &["rename", "Ping", "Pong"]);
        assert!(changed(&desk, &dir).contains(&"+    name: Pong".to_owned()));
        assert_eq!(stamps(&desk, &dir), stamped, "{written:?}");
        desk.git(&dir, &["checkout", "--", "."]);
    }
    std::fs::write(&kept, "{ no JSON").unwrap();
    desk.ok(&dir, &["rename", "Ping", "Pong"]);
    assert_eq!(
        stamps(&desk, &dir),
        1,
        "settings that cannot be read are the usual ones"
    );
}

#[cfg(unix)]
#[test]
fn an_edited_file_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt;

    let (desk, dir) = both();
    let files = [REQUEST, "apis/single.yaml"].map(|path| dir.join(path));
    for file in &files {
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    desk.git(&dir, &["commit", "-am", "Make them executable"]);
    desk.ok(&dir, &["rename", REQUEST_ID, "Other"]);
    desk.ok(&dir, &["rename", "Ping", "Pong"]);
    let summary = desk.git(&dir, &["diff", "--summary", "HEAD"]);
    assert_eq!(summary, "", "no mode changes");
    for file in &files {
        let mode = std::fs::metadata(file).unwrap().permissions().mode();
        assert_eq!(mode & 0o100, 0o100, "{}", file.display());
    }
    desk.ok(&dir, &["commit", "-m", "Rename"]);
    let tree = desk.git(&dir, &["ls-tree", "HEAD", REQUEST, "apis/single.yaml"]);
    assert_eq!(tree.matches("100755 blob").count(), 2, "{tree}");
}

#[test]
fn several_move_and_go_in_one_step() {
    let (desk, dir) = both();
    desk.ok(&dir, &["add", "request", "Single", "List"]);
    desk.ok(&dir, &["add", "folder", "Single", "Inner"]);
    desk.ok(&dir, &["commit", "-m", "Start"]);
    let start = std::fs::read_to_string(dir.join("apis/single.yaml")).unwrap();

    let ran = desk.sheaf(&dir, &["move", "Ping", "List", "Inner"]);
    assert_eq!((ran.status, ran.code()), (2, "usage"));
    assert_eq!(desk.sheaf(&dir, &["move", "Ping"]).code(), "usage");
    desk.clean(&dir);
    let moved = desk.ok(&dir, &["move", "Ping", "List", "Ping", "--to", "Inner"]);
    assert_eq!(moved["ids"].as_array().unwrap().len(), 2);
    desk.ok(&dir, &["undo"]);
    assert_eq!(
        std::fs::read_to_string(dir.join("apis/single.yaml")).unwrap(),
        start
    );

    let gone = desk.ok(&dir, &["remove", "Ping", REQUEST_ID]);
    assert_eq!(gone["ids"].as_array().unwrap().len(), 2);
    assert!(!dir.join(REQUEST).exists());
    desk.ok(&dir, &["undo"]);
    desk.clean(&dir);
    assert_eq!(desk.sheaf(&dir, &["remove", "Ping", "nothing"]).status, 1);
    desk.clean(&dir);
}
