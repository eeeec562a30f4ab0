//! Branches: create, switch with changes, park, rename, delete and undo, merge.

mod support;

use serde_json::json;
use support::{Desk, REQUEST, REQUEST_ID};

#[test]
fn changes_come_along_or_stay_parked() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["branch", "create", "feature/urls"]);
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://mine.example.test"]);
    assert_eq!(desk.ok(&dir, &["branch", "switch", "feature/urls"])["carried"], 1);
    assert_eq!(
        desk.git(&dir, &["status", "--porcelain"]),
        format!(" M {REQUEST}")
    );

    assert_eq!(
        desk.ok(&dir, &["branch", "switch", "main", "--park"])["parked"],
        1
    );
    desk.clean(&dir);
    assert_eq!(
        desk.ok(&dir, &["branch", "switch", "feature/urls"])["unparked"],
        1
    );
    assert!(
        std::fs::read_to_string(dir.join(REQUEST))
            .unwrap()
            .contains("mine.example.test")
    );
}

#[test]
fn changes_that_do_not_fit_stop_the_switch_and_can_be_parked() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["branch", "create", "other"]);
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://main.example.test"]);
    desk.ok(&dir, &["commit", "-m", "On main"]);
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://edit.example.test"]);
    let before = std::fs::read(dir.join(REQUEST)).unwrap();

    let ran = desk.sheaf(&dir, &["branch", "switch", "other"]);
    assert_eq!(
        (ran.status, &ran.json["outcome"]),
        (3, &json!("questions")),
        "{}",
        ran.stdout
    );
    assert_eq!(std::fs::read(dir.join(REQUEST)).unwrap(), before);
    assert_eq!(desk.git(&dir, &["symbolic-ref", "--short", "HEAD"]), "main");

    desk.ok(&dir, &["branch", "switch", "other", "--park"]);
    desk.clean(&dir);
    desk.ok(&dir, &["branch", "switch", "main"]);
    assert_eq!(std::fs::read(dir.join(REQUEST)).unwrap(), before);
}

#[test]
fn a_deleted_branch_comes_back_by_undo() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["branch", "create", "feature"]);
    desk.ok(&dir, &["branch", "switch", "feature"]);
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://mine.example.test"]);
    desk.ok(&dir, &["commit", "-m", "Only here"]);
    let tip = desk.git(&dir, &["rev-parse", "HEAD"]);
    desk.ok(&dir, &["branch", "switch", "main"]);

    let ran = desk.sheaf(&dir, &["branch", "delete", "feature"]);
    assert_eq!(
        (ran.status, &ran.json["commits"][0]["title"]),
        (3, &json!("Only here")),
        "{}",
        ran.stdout
    );
    desk.ok(&dir, &["branch", "delete", "feature", "--force"]);
    assert_eq!(desk.git(&dir, &["branch", "--list", "feature"]), "");
    desk.ok(&dir, &["undo"]);
    assert_eq!(desk.git(&dir, &["rev-parse", "feature"]), tip);
}

#[test]
fn a_branch_is_renamed_and_merged() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["branch", "create", "a"]);
    desk.ok(&dir, &["branch", "rename", "a", "b"]);
    desk.ok(&dir, &["branch", "switch", "b"]);
    desk.ok(
        &dir,
        &[
            "set",
            "Base Environment",
            "data.base_url",
            "https://b.example.test",
        ],
    );
    desk.ok(&dir, &["commit", "-m", "On b"]);
    desk.ok(&dir, &["branch", "switch", "main"]);
    desk.ok(&dir, &["set", REQUEST_ID, "description", "on main"]);
    desk.ok(&dir, &["commit", "-m", "On main"]);
    assert_eq!(desk.ok(&dir, &["branch", "merge", "b"])["outcome"], "merged");
    assert_eq!(
        desk.ok(&dir, &["show", "Base Environment"])["fields"]["data"]["base_url"],
        "https://b.example.test"
    );
    assert_eq!(desk.ok(&dir, &["branch", "merge", "b"])["outcome"], "upToDate");
    desk.clean(&dir);
}

#[test]
fn bad_names_and_unknown_branches_say_so() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    for name in [
        "", "a b", "a..b", "-x", "a/", "x.lock", "@", "a\nb", "a~1", "HEAD",
    ] {
        let ran = desk.sheaf(&dir, &["branch", "create", "--", name]);
        assert_eq!(
            (ran.status, ran.code()),
            (1, "bad-branch-name"),
            "{name:?} {}",
            ran.stdout
        );
    }
    assert_eq!(
        desk.sheaf(&dir, &["branch", "create", "main"]).code(),
        "branch-exists"
    );
    assert_eq!(
        desk.sheaf(&dir, &["branch", "switch", "nowhere"]).code(),
        "no-branch"
    );
    assert_eq!(
        desk.sheaf(&dir, &["branch", "delete", "main"]).code(),
        "current-branch"
    );
    desk.clean(&dir);
}

#[test]
fn another_branch_has_its_own_log() {
    let desk = Desk::with_collection();
    let tip = desk.colleague("feature", &[("f.md", "f\n")], "Feature");
    let dir = desk.clone("work");
    let titles = |of: &str| -> Vec<String> {
        let log = desk.ok(&dir, &["log", "--of", of]);
        let commits = log["commits"].as_array().unwrap();
        commits
            .iter()
            .map(|commit| commit["title"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(titles("origin/feature")[0], "Feature");
    assert_eq!(titles(&tip), titles("origin/feature"));
    assert!(!titles("main").contains(&"Feature".to_owned()));
    assert_eq!(desk.sheaf(&dir, &["log", "--of", "nothing"]).code(), "no-commit");
}

/// A name that git takes and that Sheaf would not give: on Windows it could be no file.
#[test]
fn a_branch_with_an_odd_name_is_listed_and_can_be_used() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let odd = "<img/src=x/onerror=caught=1>";
    desk.git(&dir, &["branch", odd]);
    let listed = desk.ok(&dir, &["branch", "list"]);
    let names: Vec<&str> = listed["local"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|branch| branch["name"].as_str())
        .collect();
    assert_eq!(names, ["main", odd]);
    desk.ok(&dir, &["branch", "switch", odd]);
    assert_eq!(desk.git(&dir, &["branch", "--show-current"]), odd);
    desk.ok(&dir, &["branch", "switch", "main"]);
    desk.ok(&dir, &["branch", "delete", odd]);
}
