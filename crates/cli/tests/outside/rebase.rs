//! Rebases.

use std::path::Path;

use serde_json::json;

use crate::begun::{ENVIRONMENT, asked, commit, everything, replace, text, three_on_side, url, who};
use crate::support::{Desk, REQUEST};

fn rebased(desk: &Desk, dir: &Path) {
    desk.clean(dir);
    assert_eq!(desk.git(dir, &["symbolic-ref", "HEAD"]), "refs/heads/side");
    assert_eq!(
        desk.git(dir, &["log", "--format=%s", "main..side"]),
        "Side 3: retries\nSide 2: URL\nSide 1: README"
    );
    assert_eq!(
        who(desk, dir, "side~1"),
        "Ana Colleague 2024-01-02, Dana Developer: Side 2: URL"
    );
    let merged = text(dir, REQUEST);
    assert!(
        merged.contains("/theirs") && merged.contains("Described here"),
        "{merged}"
    );
    assert!(text(dir, ENVIRONMENT).contains("retries: 5"));
    let gone = everything(desk, dir);
    assert_eq!(gone[8..10], ["false", "false"]);
    assert!(!dir.join(".git/REBASE_HEAD").exists());
}

#[test]
fn a_rebase_goes_on_to_its_end_and_back_to_its_start() {
    for way in ["--merge", "--apply"] {
        let (desk, dir) = three_on_side();
        desk.git(&dir, &["switch", "-q", "side"]);
        let start = everything(&desk, &dir);
        assert!(!desk.try_git(&dir, &["rebase", way, "main"]));
        let began = everything(&desk, &dir);
        let view = desk.ok(&dir, &["questions"]);
        assert_eq!(
            (&view["of"]["begun"], &view["into"], &view["open"]),
            (&json!("rebase"), &json!("side"), &json!(1)),
            "{way}"
        );
        let by = |side: &str| &view["questions"][0][side]["title"];
        assert_eq!(
            (&view["onto"], by("oursBy"), by("theirsBy")),
            (&json!("main"), &json!("My URL"), &json!("Side 2: URL")),
            "{way}"
        );
        desk.ok(&dir, &["abort"]);
        assert_eq!(everything(&desk, &dir), start, "{way}");
        assert_eq!(desk.git(&dir, &["symbolic-ref", "HEAD"]), "refs/heads/side");
        desk.ok(&dir, &["undo"]);
        assert_eq!(everything(&desk, &dir), began, "{way}");

        desk.ok(&dir, &["answer", &url(), "theirs"]);
        let landed = desk.ok(&dir, &["land"]);
        assert_eq!(
            (&landed["outcome"], &landed["goesOn"]),
            (&json!("replayed"), &json!(false)),
            "{landed}"
        );
        rebased(&desk, &dir);
        desk.ok(&dir, &["undo"]);
        assert_eq!(everything(&desk, &dir), began, "{way}");
        // git can go on from there as if nothing had been
        std::fs::write(
            dir.join(REQUEST),
            desk.git(&dir, &["show", &format!("side:{REQUEST}")]) + "\n",
        )
        .unwrap();
        desk.git(&dir, &["add", "-A"]);
        desk.git(&dir, &["-c", "core.editor=true", "rebase", "--continue"]);
        desk.clean(&dir);
    }
}

#[test]
fn an_interactive_rebase_is_left_to_git_after_this_step() {
    let (desk, dir) = three_on_side();
    desk.git(&dir, &["switch", "-q", "side"]);
    desk.git(&dir, &["config", "core.editor", "true"]);
    // the last of the three is to be reworded
    desk.git(
        &dir,
        &["config", "sequence.editor", "sed -i -e '3s/^pick/reword/'"],
    );
    assert!(!desk.try_git(&dir, &["rebase", "-i", "main"]));
    desk.ok(&dir, &["answer", "--all", "theirs"]);
    let ran = desk.sheaf(&dir, &["land"]);
    assert_eq!(
        (ran.status, &ran.json["goesOn"]),
        (0, &json!(true)),
        "{}",
        ran.stdout
    );
    assert!(dir.join(".git/rebase-merge").exists());
    assert_eq!(desk.git(&dir, &["status", "--porcelain"]), "");
    for command in ["questions", "land", "abort"] {
        assert_eq!(desk.sheaf(&dir, &[command]).code(), "outside-only");
    }
    desk.git(&dir, &["rebase", "--continue"]);
    desk.git(&dir, &["config", "--unset", "core.editor"]);
    rebased(&desk, &dir);
}

#[test]
fn edits_that_git_put_aside_come_back() {
    for land in [true, false] {
        let (desk, dir) = three_on_side();
        desk.git(&dir, &["switch", "-q", "side"]);
        replace(&dir, REQUEST, "name: Create shipment", "name: Edited");
        assert!(!desk.try_git(&dir, &["rebase", "--autostash", "main"]));
        assert!(!text(&dir, REQUEST).contains("name: Edited"));
        if land {
            desk.ok(&dir, &["answer", "--all", "theirs"]);
            desk.ok(&dir, &["land"]);
        } else {
            desk.ok(&dir, &["abort"]);
        }
        let now = text(&dir, REQUEST);
        assert!(now.contains("name: Edited"), "{now}");
        assert_eq!(now.contains("Described here"), land);
        assert_eq!(
            desk.git(&dir, &["status", "--porcelain"]),
            format!(" M {REQUEST}")
        );
    }
}

#[test]
fn a_question_of_a_later_commit_is_asked_before_anything_moves() {
    let (desk, dir) = three_on_side();
    replace(&dir, ENVIRONMENT, "retries: 3", "retries: 4");
    commit(&desk, &dir, "My retries");
    desk.git(&dir, &["switch", "-q", "side"]);
    assert!(!desk.try_git(&dir, &["rebase", "main"]));
    let began = everything(&desk, &dir);
    assert_eq!(asked(&desk, &dir).len(), 1);
    assert_eq!(desk.ok(&dir, &["answer", &url(), "theirs"])["open"], 1);
    let ran = desk.sheaf(&dir, &["land"]);
    assert_eq!(ran.status, 3, "{}", ran.stdout);
    assert_eq!(everything(&desk, &dir), began);
    desk.ok(&dir, &["answer", "--all", "theirs"]);
    desk.ok(&dir, &["land"]);
    rebased(&desk, &dir);
}
