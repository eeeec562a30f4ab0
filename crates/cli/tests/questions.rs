//! A merge that has to ask: what is asked, how it is answered, and that nothing is touched until it lands.

mod support;

use std::path::Path;

use serde_json::{Value, json};
use support::{Desk, REQUEST, REQUEST_ID};

const URL: &str = "https://mine.example.test";

/// A clone in which both sides changed the URL, and the other side the name as well.
fn both_changed_the_url() -> (Desk, std::path::PathBuf) {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    their_url(&desk, "/theirs");
    desk.ok(&dir, &["set", REQUEST_ID, "url", URL]);
    desk.ok(&dir, &["set", REQUEST_ID, "description", "Described here"]);
    desk.ok(&dir, &["commit", "-m", "My URL"]);
    (desk, dir)
}

fn their_url(desk: &Desk, path: &str) -> String {
    let theirs = support::collection()[2]
        .1
        .replace("/shipments", path)
        .replace("name: Create shipment", "name: Book shipment");
    desk.colleague("main", &[(REQUEST, &theirs)], "Their URL")
}

fn id() -> String {
    format!("{REQUEST_ID}:url")
}

/// Everything a merge could touch.
fn state(desk: &Desk, dir: &Path) -> [String; 3] {
    let file = std::fs::read_to_string(dir.join(REQUEST)).expect("the request");
    let refs = desk.git(dir, &["for-each-ref", "refs/heads"]);
    [file, refs, desk.git(dir, &["status", "--porcelain"])]
}

fn questions(desk: &Desk, dir: &Path) -> Vec<Value> {
    desk.ok(dir, &["questions"])["questions"]
        .as_array()
        .expect("a list")
        .clone()
}

#[test]
fn one_field_is_asked_about_and_all_else_comes_together() {
    let (desk, dir) = both_changed_the_url();
    let before = state(&desk, &dir);
    let ran = desk.sheaf(&dir, &["pull"]);
    assert_eq!(
        (ran.status, &ran.json["outcome"]),
        (3, &json!("questions")),
        "{}",
        ran.stdout
    );
    assert_eq!(state(&desk, &dir), before);
    desk.clean(&dir);

    let asked = questions(&desk, &dir);
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert_eq!(asked[0]["id"], id());
    assert_eq!(asked[0]["resource"], REQUEST_ID);
    assert_eq!(asked[0]["file"], REQUEST);
    assert_eq!(asked[0]["field"], "url");
    assert_eq!(asked[0]["ours"], URL);
    assert!(asked[0]["theirs"].as_str().unwrap().ends_with("/theirs"));
    assert!(asked[0]["base"].as_str().unwrap().ends_with("/shipments"));
    assert_eq!(asked[0]["oursBy"]["title"], "My URL");
    assert_eq!(asked[0]["theirsBy"]["title"], "Their URL");

    assert_eq!(desk.sheaf(&dir, &["land"]).status, 3);
    assert_eq!(desk.ok(&dir, &["answer", &id(), "ours"])["open"], 0);
    assert_eq!(state(&desk, &dir), before);
    let landed = desk.ok(&dir, &["land"]);
    assert_eq!(landed["outcome"], "merged", "{landed}");
    let text = std::fs::read_to_string(dir.join(REQUEST)).unwrap();
    assert!(
        text.contains(URL) && text.contains("name: Book shipment") && text.contains("Described here"),
        "{text}"
    );
    assert_eq!(
        desk.git(&dir, &["log", "-1", "--format=%P"]).split(' ').count(),
        2
    );
    desk.clean(&dir);
    assert_eq!(questions(&desk, &dir), Vec::<Value>::new());
    desk.ok(&dir, &["undo"]);
    assert_eq!(state(&desk, &dir), before);
}

#[test]
fn a_value_of_ones_own_answers_and_can_be_taken_back() {
    let (desk, dir) = both_changed_the_url();
    desk.sheaf(&dir, &["pull"]);
    desk.ok(&dir, &["answer", &id(), "theirs"]);
    assert_eq!(desk.ok(&dir, &["answer", &id(), "--forget"])["open"], 1);
    let both = "https://both.example.test";
    desk.ok(&dir, &["answer", &id(), "--value", both]);
    desk.ok(&dir, &["land"]);
    assert!(std::fs::read_to_string(dir.join(REQUEST)).unwrap().contains(both));
}

#[test]
fn a_look_before_touches_nothing_and_leaves_nothing() {
    let (desk, dir) = both_changed_the_url();
    let before = state(&desk, &dir);
    let seen = desk.ok(&dir, &["pull", "--preview"]);
    assert_eq!(seen["outcome"], "ready", "{seen}");
    assert_eq!(seen["merge"]["open"], 1);
    assert_eq!(seen["merge"]["changes"][0]["name"], "Book shipment");
    assert_eq!(state(&desk, &dir), before);
    assert_eq!(questions(&desk, &dir), Vec::<Value>::new());
    assert_eq!(desk.sheaf(&dir, &["land"]).json["error"]["code"], "no-merge");
    let seen = desk.ok(&dir, &["merge", "origin/main", "--preview"]);
    assert_eq!(seen["merge"]["open"], 1);
}

#[test]
fn an_abort_leaves_everything_as_it_was() {
    let (desk, dir) = both_changed_the_url();
    let before = state(&desk, &dir);
    desk.ok(&dir, &["fetch"]);
    desk.sheaf(&dir, &["merge", "origin/main"]);
    desk.ok(&dir, &["answer", &id(), "theirs"]);
    desk.ok(&dir, &["abort"]);
    assert_eq!(state(&desk, &dir), before);
    assert_eq!(questions(&desk, &dir), Vec::<Value>::new());
    assert!(!dir.join(".git/sheaf/merge.json").exists());
}

#[test]
fn an_answer_is_not_taken_for_one_to_another_question() {
    let (desk, dir) = both_changed_the_url();
    desk.sheaf(&dir, &["pull"]);
    desk.ok(&dir, &["answer", &id(), "theirs"]);
    their_url(&desk, "/theirs-again");
    desk.ok(&dir, &["fetch"]);
    let asked = questions(&desk, &dir);
    assert_eq!(asked[0]["answer"], json!(null), "{asked:?}");
    assert!(asked[0]["theirs"].as_str().unwrap().ends_with("/theirs-again"));
    assert_eq!(desk.sheaf(&dir, &["land"]).status, 3);
}

#[test]
fn an_edit_that_is_not_committed_is_never_answered_away() {
    let (desk, dir) = both_changed_the_url();
    let uncommitted = "https://uncommitted.example.test";
    desk.ok(&dir, &["set", REQUEST_ID, "url", uncommitted]);
    desk.sheaf(&dir, &["pull"]);
    desk.ok(&dir, &["answer", &id(), "theirs"]);
    let asked = questions(&desk, &dir);
    let open: Vec<&Value> = asked.iter().filter(|q| q["answer"].is_null()).collect();
    assert_eq!(open.len(), 1, "{asked:?}");
    assert_eq!(open[0]["ours"], uncommitted);
    assert_eq!(open[0]["uncommitted"], true);
    desk.ok(&dir, &["answer", &id(), "ours"]);
    desk.ok(&dir, &["land"]);
    let text = std::fs::read_to_string(dir.join(REQUEST)).unwrap();
    assert!(text.contains(uncommitted), "{text}");
    let committed = desk.git(&dir, &["show", &format!("HEAD:{REQUEST}")]);
    assert!(committed.contains("/theirs"), "{committed}");
}

#[test]
fn all_questions_at_once() {
    let (desk, dir) = both_changed_the_url();
    desk.sheaf(&dir, &["pull"]);
    assert_eq!(desk.ok(&dir, &["answer", "--all", "theirs"])["open"], 0);
    desk.ok(&dir, &["land"]);
    let text = std::fs::read_to_string(dir.join(REQUEST)).unwrap();
    assert!(
        text.contains("/theirs") && text.contains("Described here"),
        "{text}"
    );
}

#[test]
fn a_half_answered_merge_is_not_thrown_away_by_another() {
    let (desk, dir) = both_changed_the_url();
    desk.ok(&dir, &["fetch"]);
    desk.ok(&dir, &["branch", "create", "side", "origin/main"]);
    desk.sheaf(&dir, &["merge", "origin/main"]);
    desk.ok(&dir, &["answer", &id(), "theirs"]);
    let ran = desk.sheaf(&dir, &["merge", "side"]);
    assert_eq!(ran.json["error"]["code"], "merge-waits", "{}", ran.stdout);
    desk.ok(&dir, &["abort"]);
    assert_eq!(desk.sheaf(&dir, &["merge", "side"]).status, 3);
}

#[test]
fn a_merge_that_waits_on_another_branch_is_gone_back_to_with_its_answers() {
    let (desk, dir) = both_changed_the_url();
    desk.sheaf(&dir, &["pull"]);
    desk.ok(&dir, &["answer", &id(), "theirs"]);
    desk.git(&dir, &["switch", "--quiet", "--create", "side"]);
    let ran = desk.sheaf(&dir, &["questions"]);
    assert_eq!(ran.json["error"]["code"], "branch-changed", "{}", ran.stdout);
    desk.ok(&dir, &["branch", "switch", "main"]);
    assert_eq!(questions(&desk, &dir)[0]["answer"], json!({ "take": "theirs" }));
    desk.ok(&dir, &["land"]);
    let undone = &desk.ok(&dir, &["undo", "--list"])["undo"][0];
    assert_eq!(undone["label"], "Pull from origin/main");
}

#[test]
fn questions_that_are_none() {
    let (desk, dir) = both_changed_the_url();
    assert_eq!(
        desk.sheaf(&dir, &["answer", "x", "ours"]).json["error"]["code"],
        "no-merge"
    );
    assert_eq!(desk.sheaf(&dir, &["abort"]).json["error"]["code"], "no-merge");
    desk.sheaf(&dir, &["pull"]);
    assert_eq!(
        desk.sheaf(&dir, &["answer", "x", "ours"]).json["error"]["code"],
        "no-question"
    );
    assert_eq!(desk.sheaf(&dir, &["answer", &id()]).status, 2);
}
