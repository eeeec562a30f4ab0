//! Cherry-picks and reverts.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::begun::{ENVIRONMENT, asked, commit, copy, everything, replace, text, three_on_side, url, who};
use crate::support::{Desk, REQUEST};

#[test]
fn a_cherry_pick_keeps_its_author_and_can_be_taken_back() {
    let (desk, dir) = three_on_side();
    assert!(!desk.try_git(&dir, &["cherry-pick", "side~1"]));
    let began = everything(&desk, &dir);
    let git = copy(&desk, &dir, "git");
    let view = desk.ok(&dir, &["questions"]);
    assert_eq!(
        (&view["of"]["begun"], &view["open"]),
        (&json!("cherryPick"), &json!(1))
    );
    desk.try_git(&git, &["update-index", "-q", "--refresh"]);
    desk.git(&git, &["cherry-pick", "--abort"]);
    desk.ok(&dir, &["abort"]);
    assert_eq!(everything(&desk, &dir), everything(&desk, &git));
    desk.ok(&dir, &["undo"]);
    assert_eq!(everything(&desk, &dir), began);

    desk.ok(&dir, &["answer", &url(), "theirs"]);
    let landed = desk.ok(&dir, &["land"]);
    assert_eq!(landed["outcome"], "merged", "{landed}");
    desk.clean(&dir);
    assert_eq!(
        who(&desk, &dir, "HEAD"),
        "Ana Colleague 2024-01-02, Dana Developer: Side 2: URL"
    );
    let merged = text(&dir, REQUEST);
    assert!(
        merged.contains("/theirs") && merged.contains("Described here"),
        "{merged}"
    );
    assert_eq!(everything(&desk, &dir)[6], "false");
}

#[test]
fn a_row_of_cherry_picks_goes_on_to_its_end_and_back_to_its_start() {
    let (desk, dir) = three_on_side();
    assert!(!desk.try_git(&dir, &["cherry-pick", "main..side"]));
    let git = copy(&desk, &dir, "git");
    let back = copy(&desk, &dir, "back");
    desk.try_git(&git, &["update-index", "-q", "--refresh"]);
    desk.git(&git, &["cherry-pick", "--abort"]);
    desk.ok(&back, &["abort"]);
    assert_eq!(everything(&desk, &back), everything(&desk, &git));

    desk.ok(&dir, &["answer", &url(), "ours"]);
    let landed = desk.ok(&dir, &["land"]);
    assert_eq!(landed["outcome"], "replayed", "{landed}");
    assert_eq!(landed["dropped"][0]["title"], "Side 2: URL");
    desk.clean(&dir);
    assert!(text(&dir, ENVIRONMENT).contains("retries: 5"));
    assert_eq!(
        desk.git(&dir, &["log", "--format=%s", "main~3..main"]),
        "Side 3: retries\nSide 1: README\nMy URL"
    );
    assert_eq!(everything(&desk, &dir)[10], "false");
}

#[test]
fn a_revert_is_asked_about_and_landed() {
    let (desk, dir) = three_on_side();
    desk.git(&dir, &["switch", "-q", "side"]);
    replace(&dir, REQUEST, "/theirs", "/later");
    commit(&desk, &dir, "Later");
    assert!(!desk.try_git(&dir, &["revert", "--no-edit", "side~2"]));
    let git = copy(&desk, &dir, "git");
    let back = copy(&desk, &dir, "back");
    desk.try_git(&git, &["update-index", "-q", "--refresh"]);
    desk.git(&git, &["revert", "--abort"]);
    desk.ok(&back, &["abort"]);
    assert_eq!(everything(&desk, &back), everything(&desk, &git));
    assert_eq!(desk.ok(&dir, &["questions"])["of"]["begun"], "revert");
    desk.ok(&dir, &["answer", "--all", "theirs"]);
    desk.ok(&dir, &["land"]);
    desk.clean(&dir);
    assert!(text(&dir, REQUEST).contains("/shipments"));
    let message = desk.git(&dir, &["log", "-1", "--format=%B"]);
    assert!(message.starts_with("Revert \"Side 2: URL\""), "{message}");
    assert!(message.contains("This reverts commit"), "{message}");
}

/// `side` joins a branch that changes the URL; `main` changes it, too.
fn a_merge_on_side() -> (Desk, PathBuf) {
    let (desk, dir) = three_on_side();
    desk.git(&dir, &["switch", "-q", "-c", "topic", "side"]);
    replace(&dir, REQUEST, "/theirs", "/topic");
    commit(&desk, &dir, "Topic");
    desk.git(&dir, &["switch", "-q", "side"]);
    std::fs::write(dir.join("side.txt"), "side\n").unwrap();
    commit(&desk, &dir, "Side 4: a file");
    desk.git(&dir, &["merge", "-q", "--no-edit", "topic"]);
    (desk, dir)
}

fn landed_as_one(desk: &Desk, dir: &Path, url: &str) {
    let questions = asked(desk, dir);
    assert_eq!(questions.len(), 1, "{questions:?}");
    desk.ok(dir, &["answer", "--all", "theirs"]);
    let landed = desk.ok(dir, &["land"]);
    assert_eq!(landed["outcome"], "merged", "{landed}");
    desk.clean(dir);
    assert!(text(dir, REQUEST).contains(url));
    let parents = desk.git(dir, &["log", "-1", "--format=%P"]);
    assert_eq!(parents.split(' ').count(), 1, "{parents}");
}

#[test]
fn a_merge_is_taken_over_from_the_side_that_git_was_told() {
    let (desk, dir) = a_merge_on_side();
    desk.git(&dir, &["switch", "-q", "main"]);
    let head = desk.git(&dir, &["rev-parse", "HEAD"]);
    assert!(!desk.try_git(&dir, &["cherry-pick", "-m", "1", "side"]));
    let back = copy(&desk, &dir, "back");
    let git = copy(&desk, &dir, "git");
    desk.try_git(&git, &["update-index", "-q", "--refresh"]);
    desk.git(&git, &["cherry-pick", "--abort"]);
    desk.ok(&back, &["abort"]);
    assert_eq!(everything(&desk, &back), everything(&desk, &git));
    landed_as_one(&desk, &dir, "/topic");
    assert_eq!(desk.git(&dir, &["rev-parse", "HEAD~1"]), head);
    assert!(!dir.join("side.txt").exists());
}

#[test]
fn a_merge_is_taken_back_to_the_side_that_git_was_told() {
    let (desk, dir) = a_merge_on_side();
    replace(&dir, REQUEST, "/topic", "/later");
    commit(&desk, &dir, "Later");
    assert!(!desk.try_git(&dir, &["revert", "--no-edit", "-m", "1", "side~1"]));
    landed_as_one(&desk, &dir, "/theirs");
    assert!(dir.join("side.txt").exists());
}

#[test]
fn what_cannot_be_ended_here_says_so_and_is_left_alone() {
    let (desk, dir) = a_merge_on_side();
    desk.git(&dir, &["switch", "-q", "main"]);
    assert!(!desk.try_git(&dir, &["cherry-pick", "-m", "1", "side"]));
    // nothing tells any more which side counts
    desk.git(&dir, &["checkout", "-q", "--theirs", REQUEST]);
    desk.git(&dir, &["add", REQUEST]);
    let before = everything(&desk, &dir);
    for command in ["questions", "land", "abort"] {
        let ran = desk.sheaf(&dir, &[command]);
        assert_eq!(ran.code(), "outside-only", "{}", ran.stdout);
        for part in ["which of its sides counts", "git cherry-pick --abort"] {
            assert!(ran.stdout.contains(part), "{}", ran.stdout);
        }
    }
    assert_eq!(desk.ok(&dir, &["status"])["inProgress"], "cherry-pick");
    assert_eq!(everything(&desk, &dir), before);
    desk.git(&dir, &["-c", "core.editor=true", "cherry-pick", "--continue"]);
    desk.clean(&dir);
    assert_eq!(asked(&desk, &dir), Vec::<Value>::new());
}
