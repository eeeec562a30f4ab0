//! Conflicts that git left without a note of what they are from: a stash, a squash, carried edits, a patch.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::begun::{
    ENVIRONMENT, asked, both_changed_the_url, commit, copy, everything, replace, text, three_on_side, url,
};
use crate::support::{Desk, REQUEST};

/// A stash with another URL and name; what is committed since has another URL and a description.
fn stashed() -> (Desk, PathBuf) {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    replace(&dir, REQUEST, "/shipments", "/stashed");
    replace(&dir, REQUEST, "name: Create shipment", "name: Book shipment");
    desk.git(&dir, &["stash", "-q"]);
    replace(&dir, REQUEST, "/shipments", "/mine");
    replace(&dir, REQUEST, "description: \"\"", "description: Described here");
    commit(&desk, &dir, "My URL");
    (desk, dir)
}

fn unmerged(desk: &Desk, dir: &Path) -> usize {
    desk.git(dir, &["ls-files", "--unmerged"]).lines().count()
}

/// The files and the index; nothing is committed.
fn settled(desk: &Desk, dir: &Path, head: &str, parts: &[&str]) {
    let now = text(dir, REQUEST);
    for part in parts {
        assert!(now.contains(part), "{now}");
    }
    assert!(!now.contains("<<<<<<<"), "{now}");
    assert_eq!(unmerged(desk, dir), 0);
    assert_eq!(desk.git(dir, &["diff", "--", REQUEST]), "");
    assert!(!desk.git(dir, &["diff", "--cached", "--", REQUEST]).is_empty());
    assert_eq!(desk.git(dir, &["rev-parse", "HEAD"]), head);
}

#[test]
fn those_of_a_stash_are_settled_by_field_and_nothing_is_committed() {
    let (desk, dir) = stashed();
    let head = desk.git(&dir, &["rev-parse", "HEAD"]);
    assert!(!desk.try_git(&dir, &["stash", "pop"]));
    let began = everything(&desk, &dir);
    let status = desk.sheaf_plain(&dir, &["status"]).stdout;
    assert!(
        status.contains("The conflict with a stash left outside waits"),
        "{status}"
    );
    let view = desk.ok(&dir, &["questions"]);
    assert_eq!(
        (&view["of"]["begun"], &view["open"]),
        (&json!("conflict"), &json!(1))
    );
    assert_eq!(view["questions"][0]["id"], url());
    assert_eq!(view["questions"][0]["oursBy"]["title"], "My URL");
    assert_eq!(desk.sheaf(&dir, &["land"]).status, 3);
    // others have to wait
    assert_eq!(desk.sheaf(&dir, &["commit", "-m", "x"]).code(), "in-progress");
    desk.ok(&dir, &["answer", &url(), "theirs"]);
    assert_eq!(everything(&desk, &dir), began);
    let landed = desk.ok(&dir, &["land"]);
    assert_eq!(landed["outcome"], "settled", "{landed}");
    let parts = ["/stashed", "name: Book shipment # keep this", "Described here"];
    settled(&desk, &dir, &head, &parts);
    // as git has it, a stash that conflicted stays
    assert_eq!(desk.git(&dir, &["stash", "list"]).lines().count(), 1);
    assert_eq!(asked(&desk, &dir), Vec::<Value>::new());

    desk.ok(&dir, &["undo"]);
    assert_eq!(everything(&desk, &dir), began);
    assert_eq!(asked(&desk, &dir).len(), 1);
    desk.ok(&dir, &["redo"]);
    settled(&desk, &dir, &head, &parts);
    desk.ok(&dir, &["commit", "-m", "With the stash"]);
    desk.clean(&dir);
}

#[test]
fn taking_them_back_is_what_git_does() {
    let (desk, dir) = stashed();
    replace(&dir, ENVIRONMENT, "retries: 3", "retries: 4");
    assert!(!desk.try_git(&dir, &["stash", "pop"]));
    let began = everything(&desk, &dir);
    let git = copy(&desk, &dir, "git");
    desk.try_git(&git, &["update-index", "-q", "--refresh"]);
    desk.git(&git, &["reset", "-q", "--merge"]);
    let ran = desk.sheaf_plain(&dir, &["abort"]);
    assert!(
        ran.stdout.contains("a stash is still in git's list"),
        "{}",
        ran.stdout
    );
    assert_eq!(everything(&desk, &dir), everything(&desk, &git));
    assert!(text(&dir, ENVIRONMENT).contains("retries: 4"));
    assert_eq!(desk.git(&dir, &["stash", "list"]).lines().count(), 1);
    assert_eq!(desk.ok(&dir, &["branch", "parked"])["parked"], json!([]));
    desk.ok(&dir, &["undo"]);
    assert_eq!(everything(&desk, &dir), began);
    desk.ok(&dir, &["redo"]);
    assert_eq!(everything(&desk, &dir), everything(&desk, &git));
}

#[test]
fn those_of_a_squash_are_settled_for_the_commit_of_git() {
    let (desk, dir) = both_changed_the_url();
    let head = desk.git(&dir, &["rev-parse", "HEAD"]);
    assert!(!desk.try_git(&dir, &["merge", "--squash", "side"]));
    let back = copy(&desk, &dir, "back");
    let git = copy(&desk, &dir, "git");
    desk.try_git(&git, &["update-index", "-q", "--refresh"]);
    desk.git(&git, &["reset", "-q", "--merge"]);
    desk.ok(&back, &["abort"]);
    assert_eq!(everything(&desk, &back), everything(&desk, &git));
    assert!(!back.join(".git/SQUASH_MSG").exists());
    // what comes in is on a branch
    assert_eq!(desk.ok(&back, &["branch", "parked"])["parked"], json!([]));

    assert_eq!(desk.ok(&dir, &["questions"])["from"], "a squash");
    desk.ok(&dir, &["answer", "--all", "ours"]);
    desk.ok(&dir, &["land"]);
    settled(&desk, &dir, &head, &["/mine", "Book shipment", "Described here"]);
    assert!(text(&dir, "README.md").contains("Theirs"));
    desk.git(&dir, &["-c", "core.editor=true", "commit", "-q"]);
    desk.clean(&dir);
    let message = desk.git(&dir, &["log", "-1", "--format=%B"]);
    assert!(message.contains("Their URL"), "{message}");
}

/// Edits that are not committed, carried to a branch where they conflict.
fn carried() -> (Desk, PathBuf) {
    let (desk, dir) = both_changed_the_url();
    desk.git(&dir, &["switch", "-q", "-c", "other", "main~1"]);
    replace(&dir, REQUEST, "/shipments", "/edited");
    replace(&dir, REQUEST, "method: POST", "method: PUT");
    desk.try_git(&dir, &["checkout", "-q", "-m", "side"]);
    assert_eq!(unmerged(&desk, &dir), 3);
    (desk, dir)
}

#[test]
fn those_of_carried_edits_are_settled() {
    let (desk, dir) = carried();
    let head = desk.git(&dir, &["rev-parse", "side"]);
    let questions = asked(&desk, &dir);
    assert_eq!(questions.len(), 1, "{questions:?}");
    desk.ok(&dir, &["answer", "--all", "theirs"]);
    desk.ok(&dir, &["land"]);
    settled(&desk, &dir, &head, &["/edited", "method: PUT", "Book shipment"]);
}

#[test]
fn carried_edits_that_are_taken_back_are_parked() {
    let (desk, dir) = carried();
    desk.ok(&dir, &["abort"]);
    desk.clean(&dir);
    assert!(text(&dir, REQUEST).contains("/theirs"));
    let parked = desk.ok(&dir, &["branch", "parked"]);
    assert_eq!(parked["parked"][0]["branch"], "side", "{parked}");
    // and ask the same when they come back
    assert_eq!(desk.sheaf(&dir, &["branch", "unpark"]).status, 3);
    desk.ok(&dir, &["answer", "--all", "theirs"]);
    desk.ok(&dir, &["land"]);
    let now = text(&dir, REQUEST);
    for part in ["/edited", "method: PUT", "Book shipment"] {
        assert!(now.contains(part), "{now}");
    }
    assert_eq!(
        desk.git(&dir, &["status", "--porcelain"]),
        format!(" M {REQUEST}")
    );
}

#[test]
fn those_of_a_patch_and_of_a_pick_without_a_commit_are_settled() {
    for way in ["apply", "pick"] {
        let (desk, dir) = three_on_side();
        let head = desk.git(&dir, &["rev-parse", "HEAD"]);
        match way {
            "apply" => {
                let patch = desk.git(&dir, &["format-patch", "--stdout", "-1", "side~1"]) + "\n";
                std::fs::write(desk.path("url.patch"), patch).unwrap();
                let file = desk.path("url.patch");
                assert!(!desk.try_git(&dir, &["apply", "-3", file.to_str().unwrap()]));
            }
            _ => assert!(!desk.try_git(&dir, &["cherry-pick", "-n", "side~1"])),
        }
        assert_eq!(asked(&desk, &dir).len(), 1, "{way}");
        desk.ok(&dir, &["answer", "--all", "theirs"]);
        desk.ok(&dir, &["land"]);
        settled(&desk, &dir, &head, &["/theirs", "Described here"]);
    }
}

#[test]
fn what_a_person_settled_or_staged_counts() {
    let (desk, dir) = stashed();
    assert!(!desk.try_git(&dir, &["stash", "pop"]));
    let by_hand = desk
        .git(&dir, &["show", &format!("HEAD:{REQUEST}")])
        .replace("/mine", "/both")
        + "\n";
    std::fs::write(dir.join(REQUEST), &by_hand).unwrap();
    assert_eq!(asked(&desk, &dir), Vec::<Value>::new());
    let staged = copy(&desk, &dir, "staged");
    desk.ok(&dir, &["land"]);
    assert_eq!(text(&dir, REQUEST), by_hand);
    assert_eq!(unmerged(&desk, &dir), 0);
    desk.git(&staged, &["add", REQUEST]);
    assert_eq!(desk.sheaf(&staged, &["land"]).code(), "no-merge");
    desk.ok(&staged, &["commit", "-m", "By hand"]);
}
