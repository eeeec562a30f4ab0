//! Undo and redo over several steps, what they would change, what they keep and for how long, and what a forced push or a
//! deletion on the remote leaves to take back.
#![allow(clippy::unwrap_used, reason = "a test fails with what is missing")]

mod support;

use std::path::Path;

use serde_json::{Value, json};
use support::{Desk, REQUEST, REQUEST_ID};

fn labels(list: &Value) -> Vec<&str> {
    let points = list.as_array().unwrap().iter();
    points.map(|p| p["label"].as_str().unwrap()).collect()
}

fn keep(desk: &Desk, settings: &Value) {
    let folder = desk.path("data/dev.sheaf.desktop");
    std::fs::create_dir_all(&folder).unwrap();
    let kept = json!({ "sheaf": { "settings": settings } });
    std::fs::write(folder.join("settings.json"), kept.to_string()).unwrap();
}

/// A commit, a branch, a switch with an edit.
fn busy(desk: &Desk) -> std::path::PathBuf {
    let dir = desk.clone("work");
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://one.example.test"]);
    desk.ok(&dir, &["commit", "-m", "One"]);
    desk.ok(&dir, &["branch", "create", "side"]);
    desk.ok(&dir, &["branch", "switch", "side"]);
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://two.example.test"]);
    dir
}

fn state(desk: &Desk, dir: &Path) -> (String, String, Vec<u8>) {
    let heads = desk.git(dir, &["for-each-ref", "refs/heads"]);
    let head = desk.git(dir, &["symbolic-ref", "HEAD"]);
    (heads, head, std::fs::read(dir.join(REQUEST)).unwrap())
}

#[test]
fn several_steps_go_back_and_forth_after_garbage_collection() {
    let desk = Desk::with_collection();
    let dir = busy(&desk);
    let end = state(&desk, &dir);
    let list = desk.ok(&dir, &["undo", "--list"]);
    assert_eq!(
        labels(&list["undo"]),
        [
            "Edit “Create shipment”",
            "Switch to side",
            "Create branch side",
            "Commit “One”",
            "Edit “Create shipment”"
        ]
    );
    assert_eq!(list["undo"][0]["branch"], "side");
    assert_eq!(list["undo"][1]["branch"], "main", "before the switch");
    assert_eq!(
        (&list["undo"][3]["refs"], &list["undo"][0]["files"]),
        (&json!(1), &json!(1))
    );
    let shown = desk.sheaf_plain(&dir, &["undo", "--list"]).stdout;
    assert!(
        shown.contains("  1  before Edit “Create shipment”, just now (on side, 1 file)"),
        "{shown}"
    );

    desk.git(&dir, &["reflog", "expire", "--expire=now", "--all"]);
    desk.git(&dir, &["gc", "-q", "--prune=now"]);
    let undone = desk.ok(&dir, &["undo", "4"]);
    assert_eq!(labels(&undone["points"]).len(), 4);
    assert_eq!(desk.git(&dir, &["branch", "--list", "side"]), "");
    assert_eq!(desk.git(&dir, &["symbolic-ref", "--short", "HEAD"]), "main");
    let text = std::fs::read_to_string(dir.join(REQUEST)).unwrap();
    assert!(
        text.contains("one.example.test"),
        "the edit is uncommitted again: {text}"
    );
    assert_eq!(
        desk.git(&dir, &["status", "--porcelain"]),
        format!(" M {REQUEST}")
    );

    desk.git(&dir, &["gc", "-q", "--prune=now"]);
    assert_eq!(labels(&desk.ok(&dir, &["undo", "--list"])["redo"]).len(), 4);
    desk.ok(&dir, &["redo"]);
    desk.ok(&dir, &["redo", "3"]);
    assert_eq!(state(&desk, &dir), end);
    desk.git(&dir, &["fsck", "--strict"]);
}

#[test]
fn a_look_says_what_changes_and_touches_nothing() {
    let desk = Desk::with_collection();
    let dir = busy(&desk);
    let before = state(&desk, &dir);
    let look = desk.ok(&dir, &["undo", "5", "--preview"]);
    assert_eq!(labels(&look["points"]).len(), 5);
    let change = &look["changes"]["changes"][0];
    assert_eq!(
        (&change["id"], &change["fields"][0]["path"]),
        (&json!(REQUEST_ID), &json!("url"))
    );
    assert_eq!(change["fields"][0]["before"], "https://two.example.test");
    assert_eq!(look["refs"][0]["kind"], "head");
    assert_eq!(look["refs"][0]["to"], json!({ "at": "branch", "name": "main" }));
    assert_eq!(
        (
            &look["refs"][1]["name"],
            &look["refs"][1]["from"]["commit"]["title"]
        ),
        (&json!("main"), &json!("One"))
    );
    assert_eq!(
        (&look["refs"][2]["name"], &look["refs"][2]["to"]),
        (&json!("side"), &Value::Null)
    );
    assert_eq!(state(&desk, &dir), before);

    desk.ok(&dir, &["undo", "5"]);
    let back = desk.ok(&dir, &["redo", "5", "--preview"]);
    assert_eq!(
        back["changes"]["changes"][0]["fields"][0]["after"],
        "https://two.example.test"
    );
    assert_eq!(desk.sheaf(&dir, &["undo", "9"]).code(), "no-such-step");
    assert_eq!(desk.sheaf(&dir, &["redo", "9"]).code(), "no-such-step");
}

#[test]
fn where_one_step_cannot_be_undone_none_is() {
    let desk = Desk::with_collection();
    let dir = busy(&desk);
    desk.git(&dir, &["branch", "-f", "main", "main~1"]);
    let before = state(&desk, &dir);
    let ran = desk.sheaf(&dir, &["undo", "5"]);
    assert_eq!(ran.code(), "moved-since", "{}", ran.stdout);
    assert_eq!(state(&desk, &dir), before);
    assert_eq!(labels(&desk.ok(&dir, &["undo", "3"])["points"]).len(), 3);
}

#[test]
fn number_and_space_are_bounded_and_the_newest_stays() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    keep(&desk, &json!({ "undoOperations": 3 }));
    for n in 1..6 {
        desk.ok(&dir, &["branch", "create", &format!("b{n}")]);
    }
    let points = || labels(&desk.ok(&dir, &["undo", "--list"])["undo"]).len();
    assert_eq!(points(), 3);

    keep(&desk, &json!({ "undoOperations": 100, "undoMegabytes": 1 }));
    for n in 0..3 {
        let noise = format!("version {n}\n{}", "x".repeat(399_990));
        std::fs::write(dir.join("README.md"), noise).unwrap();
        desk.ok(&dir, &["discard", "README.md"]);
    }
    let kept = desk.ok(&dir, &["undo", "--list"]);
    assert_eq!(
        labels(&kept["undo"]),
        ["Discard changes in README.md", "Discard changes in README.md"],
        "three would be more than a megabyte"
    );
    desk.git(&dir, &["gc", "-q", "--prune=now"]);
    desk.ok(&dir, &["undo"]);
    assert_eq!(std::fs::metadata(dir.join("README.md")).unwrap().len(), 400_000);
    desk.git(&dir, &["fsck", "--strict"]);
}

#[test]
fn undo_points_and_backups_are_never_pushed() {
    let desk = Desk::with_collection();
    let dir = busy(&desk);
    desk.ok(&dir, &["undo"]);
    desk.ok(&dir, &["branch", "switch", "main"]);
    desk.ok(&dir, &["push"]);
    let there = desk.git(
        &dir,
        &[
            "-c",
            &format!("http.sslCAInfo={}", desk.ca()),
            "ls-remote",
            &authorized(&desk),
        ],
    );
    assert!(
        there.contains("refs/heads/main") && !there.contains("sheaf"),
        "{there}"
    );
    assert!(desk.git(&dir, &["for-each-ref"]).contains("refs/sheaf/undo/"));
}

fn authorized(desk: &Desk) -> String {
    desk.url()
        .replacen("https://", &format!("https://dana:{}@", support::TOKEN), 1)
}

#[test]
fn a_forced_push_is_undone_by_the_push_that_undo_names() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://mine.example.test"]);
    desk.ok(&dir, &["commit", "-m", "Mine"]);
    let theirs = desk.colleague("main", &[("notes.md", "theirs\n")], "Their notes");
    assert_eq!(desk.sheaf(&dir, &["push"]).status, 3);
    desk.ok(&dir, &["push", "--force"]);
    let mine = desk.git(&dir, &["rev-parse", "HEAD"]);

    let undone = desk.ok(&dir, &["undo"]);
    assert_eq!(
        (&undone["label"], &undone["remote"]["before"]),
        (&json!("Force push main"), &json!(theirs))
    );
    assert_eq!(
        desk.git(&dir, &["rev-parse", "HEAD"]),
        mine,
        "nothing here was moved"
    );
    desk.ok(&dir, &["redo"]);
    let said = desk.sheaf_plain(&dir, &["undo"]).stdout;
    let command = said
        .lines()
        .find_map(|line| line.trim().strip_prefix("sheaf "))
        .unwrap()
        .to_owned();
    let command: Vec<&str> = command.split(' ').collect();
    desk.git(&dir, &["gc", "-q", "--prune=now"]);

    desk.ok(&dir, &command);
    assert_eq!(desk.remote_ref("main"), Some(theirs));
    assert_eq!(desk.ok(&dir, &command)["outcome"], "upToDate");
    assert_eq!(
        desk.ok(&dir, &["undo", "--list"])["undo"][0]["label"],
        "Force push main"
    );

    let other = desk.colleague("main", &[("more.md", "more\n")], "More");
    let late = desk.sheaf(&dir, &command);
    assert_eq!(
        (late.status, &late.json["rejection"]["reason"]),
        (3, &json!("staleLease")),
        "{}",
        late.stdout
    );
    assert_eq!(desk.remote_ref("main"), Some(other));
}

#[test]
fn a_branch_of_the_remote_is_deleted_if_it_was_seen_and_comes_back() {
    let desk = Desk::with_collection();
    let tip = desk.colleague("feature", &[("f.md", "f\n")], "Feature");
    let dir = desk.clone("work");
    let unseen = desk.colleague("feature", &[("g.md", "g\n")], "Unseen");
    let ran = desk.sheaf(&dir, &["branch", "delete", "--remote", "feature"]);
    assert_eq!(
        (ran.status, &ran.json["rejection"]["reason"]),
        (3, &json!("staleLease")),
        "{}",
        ran.stdout
    );
    assert_eq!(desk.remote_ref("feature"), Some(unseen.clone()));

    desk.ok(&dir, &["fetch"]);
    let done = desk.ok(&dir, &["branch", "delete", "--remote", "feature"]);
    assert_eq!(desk.remote_ref("feature"), None);
    assert_eq!(
        desk.git(&dir, &["rev-parse", done["backup"].as_str().unwrap()]),
        unseen
    );
    assert_eq!(
        desk.sheaf(&dir, &["branch", "delete", "--remote", "feature"])
            .code(),
        "no-branch"
    );
    let undone = desk.ok(&dir, &["undo"]);
    assert_eq!(undone["remote"]["after"], Value::Null);
    desk.ok(
        &dir,
        &["push", "--restore", undone["remote"]["backup"].as_str().unwrap()],
    );
    assert_eq!(desk.remote_ref("feature"), Some(unseen));
    assert_ne!(desk.remote_ref("feature"), Some(tip));
    desk.clean(&dir);
}

#[test]
fn what_another_deleted_on_the_remote_is_kept_here() {
    let desk = Desk::with_collection();
    let tip = desk.colleague("feature", &[("f.md", "f\n")], "Feature");
    let dir = desk.clone("work");
    let other = desk.clone("other");
    desk.ok(&other, &["branch", "delete", "--remote", "feature"]);
    let report = desk.ok(&dir, &["fetch"]);
    assert_eq!(report["pruned"], json!(["feature"]));
    let kept = report["kept"][0].as_str().unwrap();
    assert_eq!(desk.git(&dir, &["rev-parse", kept]), tip);
    desk.ok(&dir, &["branch", "create", "feature", kept]);
    assert_eq!(desk.git(&dir, &["rev-parse", "feature"]), tip);
    desk.clean(&dir);
}

#[test]
fn branches_that_are_gone_on_the_remote_are_taken_off_the_list_and_come_back() {
    let desk = Desk::with_collection();
    for branch in ["feature", "other"] {
        desk.colleague(branch, &[("f.md", branch)], branch);
    }
    let dir = desk.clone("work");
    let elsewhere = desk.clone("elsewhere");
    let refs = || desk.git(&dir, &["for-each-ref", "refs/remotes/origin"]);
    let before = refs();
    assert_eq!(desk.ok(&dir, &["branch", "prune"])["gone"], json!([]));
    desk.ok(&elsewhere, &["branch", "delete", "--remote", "feature"]);
    let seen = desk.ok(&dir, &["branch", "prune", "--preview"]);
    assert_eq!(seen["gone"][0]["name"], "feature", "{seen}");
    assert_eq!(refs(), before);
    let said = desk.sheaf_plain(&dir, &["branch", "prune"]).stdout;
    assert!(said.contains("feature") && !said.contains("other"), "{said}");
    assert!(!refs().contains("feature") && refs().contains("other"));
    let list = desk.ok(&dir, &["undo", "--list"]);
    assert_eq!(
        labels(&list["undo"])[0],
        "Remove origin/feature, which is gone on the remote"
    );
    desk.ok(&dir, &["undo"]);
    assert_eq!(refs(), before);
    desk.ok(&dir, &["redo"]);
    assert!(!refs().contains("feature"));
    desk.clean(&dir);
}

fn replace(dir: &Path, from: &str, to: &str) {
    let text = request(dir);
    assert!(text.contains(from), "{text}");
    std::fs::write(dir.join(REQUEST), text.replace(from, to)).unwrap();
}

fn request(dir: &Path) -> String {
    std::fs::read_to_string(dir.join(REQUEST)).unwrap()
}

#[test]
fn an_edit_made_since_stays_beside_what_is_taken_back() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://one.example.test"]);
    // another program
    replace(&dir, "description: \"\"", "description: By another");
    let seen = desk.sheaf_plain(&dir, &["undo", "--preview"]).stdout;
    assert!(
        seen.contains("https://one") && !seen.contains("By another"),
        "{seen}"
    );
    desk.ok(&dir, &["undo"]);
    let now = request(&dir);
    assert!(now.contains("/shipments") && now.contains("By another"), "{now}");
    desk.ok(&dir, &["redo"]);
    let now = request(&dir);
    assert!(now.contains("https://one") && now.contains("By another"), "{now}");
}

#[test]
fn an_edit_made_since_stays_when_a_merge_is_taken_back() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let theirs = support::collection()[2].1.replace("/shipments", "/theirs");
    desk.colleague("main", &[(REQUEST, &theirs)], "Theirs");
    desk.ok(&dir, &["set", REQUEST_ID, "method", "PUT"]);
    desk.ok(&dir, &["commit", "-m", "Mine"]);
    desk.ok(&dir, &["pull"]);
    replace(&dir, "name: Create shipment", "name: Edited since");
    desk.ok(&dir, &["undo"]);
    let now = request(&dir);
    for part in ["/shipments", "PUT", "Edited since"] {
        assert!(now.contains(part), "{now}");
    }
    assert_eq!(
        desk.git(&dir, &["status", "--porcelain"]),
        format!(" M {REQUEST}")
    );
    desk.ok(&dir, &["redo"]);
    let now = request(&dir);
    for part in ["/theirs", "PUT", "Edited since"] {
        assert!(now.contains(part), "{now}");
    }
    desk.git(&dir, &["fsck", "--strict", "--no-dangling"]);
}

#[test]
fn an_edit_of_the_very_field_comes_back_with_redo() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://one.example.test"]);
    replace(&dir, "https://one.example.test", "https://since.example.test");
    desk.ok(&dir, &["undo"]);
    assert!(request(&dir).contains("/shipments"));
    desk.ok(&dir, &["redo"]);
    assert!(request(&dir).contains("https://since.example.test"));
}

#[test]
fn following_a_branch_of_the_remote_is_taken_back() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let upstream = |dir: &Path| desk.try_git(dir, &["rev-parse", "--abbrev-ref", "@{upstream}"]);
    // with the pull that began it, in one step
    desk.git(&dir, &["branch", "--unset-upstream"]);
    desk.colleague("main", &[("new.txt", "new\n")], "Theirs");
    desk.ok(&dir, &["pull"]);
    assert!(upstream(&dir) && dir.join("new.txt").exists());
    desk.ok(&dir, &["undo"]);
    assert!(!upstream(&dir) && !dir.join("new.txt").exists());
    desk.ok(&dir, &["redo"]);
    assert!(upstream(&dir) && dir.join("new.txt").exists());
    // alone, where there was nothing to bring in
    desk.git(&dir, &["branch", "--unset-upstream"]);
    desk.ok(&dir, &["pull"]);
    assert!(upstream(&dir));
    let list = desk.ok(&dir, &["undo", "--list"]);
    assert_eq!(labels(&list["undo"])[0], "Follow origin/main");
    desk.ok(&dir, &["undo"]);
    assert!(!upstream(&dir));
    // with the first push of a branch
    desk.git(&dir, &["switch", "-qc", "side"]);
    desk.ok(&dir, &["push"]);
    assert!(upstream(&dir));
    desk.ok(&dir, &["undo"]);
    assert!(!upstream(&dir));
}

#[test]
fn what_is_too_old_goes_and_the_newest_stays() {
    const DAY_MS: u128 = 24 * 60 * 60 * 1000;
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_millis();
    let names = || -> Vec<String> {
        let refs = desk.git(&dir, &["for-each-ref", "--format=%(refname)", "refs/sheaf/undo"]);
        refs.lines().map(str::to_owned).collect()
    };
    // the name of a point says when it was
    let aged = |days: u128| {
        let newest = names().pop().unwrap();
        let id = desk.git(&dir, &["rev-parse", &newest]);
        let old = format!("refs/sheaf/undo/{:013}-0000", now - days * DAY_MS);
        desk.git(&dir, &["update-ref", &old, &id]);
        desk.git(&dir, &["update-ref", "-d", &newest]);
        old
    };
    desk.ok(&dir, &["branch", "create", "one"]);
    let too_old = aged(91);
    desk.ok(&dir, &["branch", "create", "two"]);
    assert!(!names().contains(&too_old), "{:?}", names());
    let old_enough = aged(89);
    desk.ok(&dir, &["branch", "create", "three"]);
    assert!(names().contains(&old_enough));
    assert_eq!(names().len(), 2);
    // as long as the user wants to keep it
    keep(&desk, &json!({ "undoDays": 30 }));
    desk.ok(&dir, &["branch", "create", "four"]);
    assert!(!names().contains(&old_enough), "{:?}", names());
    // the newest is kept however old it is
    keep(&desk, &json!({ "undoDays": 30, "undoOperations": 1 }));
    let last = aged(60);
    desk.ok(&dir, &["status"]);
    desk.ok(&dir, &["undo", "--list"]);
    assert!(names().contains(&last));
}

#[test]
fn an_edit_made_since_stays_also_where_many_files_are_taken_back() {
    const MANY: usize = 120;
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let text = support::collection()[2].1;
    let id = |n: usize| format!("req_{n:032x}");
    let path = |n: usize| format!(".insomnia/Request/{}.yml", id(n));
    for n in 0..MANY {
        let text = text
            .replace(REQUEST_ID, &id(n))
            .replace("Create shipment", &format!("Request {n}"));
        std::fs::write(dir.join(path(n)), text).unwrap();
    }
    desk.ok(&dir, &["commit", "-m", "Many"]);
    let workspace = "wrk_5b1f0c2e7d6a4f3b9c8e1a2d3f405162";
    let ids: Vec<String> = (0..MANY).map(id).collect();
    let mut arguments = vec!["move", "--to", workspace];
    arguments.extend(ids.iter().map(String::as_str));
    desk.ok(&dir, &arguments);
    // another program
    let edited = dir.join(path(7));
    let moved = std::fs::read_to_string(&edited).unwrap();
    assert!(moved.contains(&format!("parentId: {workspace}")), "{moved}");
    std::fs::write(
        &edited,
        moved.replace("description: \"\"", "description: By another"),
    )
    .unwrap();
    desk.ok(&dir, &["undo"]);
    let now = std::fs::read_to_string(&edited).unwrap();
    assert!(
        now.contains("parentId: fld_") && now.contains("By another"),
        "{now}"
    );
    assert_eq!(
        desk.git(&dir, &["status", "--porcelain"]),
        format!(" M {}", path(7))
    );
    desk.ok(&dir, &["redo"]);
    let now = std::fs::read_to_string(&edited).unwrap();
    assert!(
        now.contains(&format!("parentId: {workspace}")) && now.contains("By another"),
        "{now}"
    );
}
