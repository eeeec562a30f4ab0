//! Merges.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::begun::{
    ENVIRONMENT, asked, begun_merge, both_changed_the_url, commit, copy, everything, replace, text, url,
};
use crate::support::{Desk, REQUEST, REQUEST_ID};

#[test]
fn a_merge_is_asked_about_landed_undone_and_landed_again() {
    let (desk, dir) = begun_merge();
    let status = desk.sheaf_plain(&dir, &["status"]).stdout;
    assert!(
        status.contains("The merge of side begun outside waits"),
        "{status}"
    );
    let before = everything(&desk, &dir);
    let view = desk.ok(&dir, &["questions"]);
    assert_eq!(view["of"]["of"], "outside");
    assert_eq!(view["of"]["begun"], "merge");
    assert_eq!((&view["from"], &view["into"]), (&json!("side"), &json!("main")));
    let questions = asked(&desk, &dir);
    assert_eq!(questions.len(), 1, "{questions:?}");
    assert_eq!(questions[0]["id"], url());
    assert_eq!(questions[0]["uncommitted"], false);
    assert_eq!(questions[0]["oursBy"]["title"], "My URL");
    assert_eq!(questions[0]["theirsBy"]["title"], "Their URL");
    assert_eq!(desk.sheaf(&dir, &["land"]).status, 3);
    assert_eq!(desk.ok(&dir, &["answer", &url(), "theirs"])["open"], 0);
    assert_eq!(everything(&desk, &dir), before);

    let landed = desk.ok(&dir, &["land"]);
    assert_eq!(landed["outcome"], "merged", "{landed}");
    let merged = text(&dir, REQUEST);
    for part in ["/theirs", "name: Book shipment # keep this", "Described here"] {
        assert!(merged.contains(part), "{merged}");
    }
    assert!(!merged.contains("<<<<<<<"), "{merged}");
    assert!(text(&dir, "README.md").contains("Theirs"));
    desk.clean(&dir);
    let parents = desk.git(&dir, &["log", "-1", "--format=%P"]);
    assert!(
        parents.ends_with(&desk.git(&dir, &["rev-parse", "side"])),
        "{parents}"
    );
    let message = desk.git(&dir, &["log", "-1", "--format=%B"]);
    assert!(message.starts_with("Merge branch 'side'"), "{message}");
    assert!(message.contains("theirs") && !message.contains('#'), "{message}");
    assert_eq!(everything(&desk, &dir)[5], "false");
    assert_eq!(asked(&desk, &dir), Vec::<Value>::new());

    desk.ok(&dir, &["undo"]);
    assert_eq!(everything(&desk, &dir), before);
    assert_eq!(asked(&desk, &dir).len(), 1);
    desk.ok(&dir, &["redo"]);
    desk.clean(&dir);
    assert_eq!(text(&dir, REQUEST), merged);
    desk.git(&dir, &["merge-base", "--is-ancestor", "side", "main"]);
}

#[test]
fn it_comes_to_the_same_as_a_merge_begun_here() {
    let (desk, dir) = both_changed_the_url();
    let here = copy(&desk, &dir, "here");
    desk.sheaf(&here, &["merge", "side"]);
    assert!(!desk.try_git(&dir, &["merge", "side"]));
    for dir in [&dir, &here] {
        desk.ok(dir, &["answer", &url(), "ours"]);
        desk.ok(dir, &["land"]);
    }
    let tree = |dir: &Path| desk.git(dir, &["rev-parse", "HEAD^{tree}"]);
    assert_eq!(tree(&dir), tree(&here));
}

#[test]
fn taking_it_back_is_what_git_does() {
    let (desk, dir) = both_changed_the_url();
    replace(&dir, ENVIRONMENT, "retries: 3", "retries: 4");
    std::fs::write(dir.join("new.txt"), "new\n").unwrap();
    assert!(!desk.try_git(&dir, &["merge", "side"]));
    let git = copy(&desk, &dir, "git");
    desk.try_git(&git, &["update-index", "-q", "--refresh"]);
    desk.git(&git, &["merge", "--abort"]);
    let began = everything(&desk, &dir);
    let ran = desk.ok(&dir, &["abort"]);
    assert_eq!(ran["outcome"], "aborted");
    assert_eq!(everything(&desk, &dir), everything(&desk, &git));
    assert!(text(&dir, ENVIRONMENT).contains("retries: 4"));
    desk.git(&dir, &["fsck", "--strict", "--no-dangling"]);
    assert_eq!(desk.sheaf(&dir, &["abort"]).code(), "no-merge");
    desk.ok(&dir, &["undo"]);
    assert_eq!(everything(&desk, &dir), began);
    desk.ok(&dir, &["redo"]);
    assert_eq!(everything(&desk, &dir), everything(&desk, &git));
}

#[test]
fn what_a_person_settled_by_hand_is_not_asked_again() {
    for staged in [false, true] {
        let (desk, dir) = both_changed_the_url();
        replace(&dir, ENVIRONMENT, "retries: 3", "retries: 4");
        commit(&desk, &dir, "My retries");
        desk.git(&dir, &["switch", "-q", "side"]);
        replace(&dir, ENVIRONMENT, "retries: 3", "retries: 5");
        commit(&desk, &dir, "Their retries");
        desk.git(&dir, &["switch", "-q", "main"]);
        assert!(!desk.try_git(&dir, &["merge", "side"]));
        assert_eq!(asked(&desk, &dir).len(), 2);
        let by_hand = desk
            .git(
                &dir,
                &[
                    "show",
                    "main:./.insomnia/Request/req_7c6b5a4938271605f4e3d2c1b0a99887.yml",
                ],
            )
            .replace("/mine", "/both");
        std::fs::write(dir.join(REQUEST), format!("{by_hand}\n")).unwrap();
        if staged {
            desk.git(&dir, &["add", REQUEST]);
        }
        let questions = asked(&desk, &dir);
        assert_eq!(questions.len(), 1, "{questions:?}");
        assert_eq!(questions[0]["file"], ENVIRONMENT);
        desk.ok(&dir, &["answer", "--all", "theirs"]);
        desk.ok(&dir, &["land"]);
        desk.clean(&dir);
        assert_eq!(text(&dir, REQUEST), format!("{by_hand}\n"));
        assert!(text(&dir, ENVIRONMENT).contains("retries: 5"));
    }
}

#[test]
fn markers_that_were_staged_as_they_are_settle_nothing() {
    let (desk, dir) = begun_merge();
    desk.git(&dir, &["add", "-A"]);
    assert_eq!(asked(&desk, &dir).len(), 1);
    desk.ok(&dir, &["answer", "--all", "ours"]);
    desk.ok(&dir, &["land"]);
    desk.clean(&dir);
    assert!(!text(&dir, REQUEST).contains("<<<<<<<"));
}

#[test]
fn a_half_settled_file_is_asked_about_and_never_lost() {
    let (desk, dir) = begun_merge();
    replace(&dir, REQUEST, "x-unknown: stays", "x-unknown: by hand");
    let by_hand = text(&dir, REQUEST);
    desk.ok(&dir, &["answer", &url(), "theirs"]);
    let questions = asked(&desk, &dir);
    let open: Vec<&Value> = questions.iter().filter(|q| q["answer"].is_null()).collect();
    assert_eq!(open.len(), 1, "{questions:?}");
    assert_eq!(open[0]["uncommitted"], true);
    assert_eq!(open[0]["ours"], by_hand);
    desk.ok(&dir, &["answer", REQUEST, "theirs"]);
    desk.ok(&dir, &["land"]);
    desk.clean(&dir);
    desk.ok(&dir, &["undo"]);
    assert_eq!(text(&dir, REQUEST), by_hand);
}

#[test]
fn edits_beside_it_are_carried_along_by_field() {
    let (desk, dir) = both_changed_the_url();
    // a file that comes in without a conflict, edited here since
    desk.git(&dir, &["switch", "-q", "side"]);
    replace(&dir, ENVIRONMENT, "retries: 3", "retries: 5");
    commit(&desk, &dir, "Their retries");
    desk.git(&dir, &["switch", "-q", "main"]);
    assert!(!desk.try_git(&dir, &["merge", "side"]));
    let edited = |dir: &Path| {
        replace(
            dir,
            ENVIRONMENT,
            "https://parcels.example.test",
            "https://edited.example.test",
        );
        std::fs::write(dir.join("new.txt"), "new\n").unwrap();
    };
    edited(&dir);
    let aborted = copy(&desk, &dir, "aborted");
    assert_eq!(asked(&desk, &dir).len(), 1);
    desk.ok(&dir, &["answer", "--all", "ours"]);
    desk.ok(&dir, &["land"]);
    let now = text(&dir, ENVIRONMENT);
    assert!(
        now.contains("retries: 5") && now.contains("https://edited"),
        "{now}"
    );
    let committed = desk.git(&dir, &["show", &format!("HEAD:{ENVIRONMENT}")]);
    assert!(
        committed.contains("retries: 5") && !committed.contains("https://edited"),
        "{committed}"
    );
    let status = desk.git(&dir, &["status", "--porcelain"]);
    assert_eq!(status, format!(" M {ENVIRONMENT}\n?? new.txt"));

    desk.ok(&aborted, &["abort"]);
    let now = text(&aborted, ENVIRONMENT);
    assert!(
        now.contains("retries: 3") && now.contains("https://edited"),
        "{now}"
    );
    assert_eq!(text(&aborted, "new.txt"), "new\n");
}

#[test]
fn every_style_of_conflict_is_known() {
    for style in ["diff3", "zdiff3"] {
        let (desk, dir) = both_changed_the_url();
        desk.git(&dir, &["config", "merge.conflictStyle", style]);
        assert!(!desk.try_git(&dir, &["merge", "side"]));
        assert_eq!(asked(&desk, &dir).len(), 1, "{style}");
    }
    let (desk, dir) = both_changed_the_url();
    desk.ok(&dir, &["merge-driver", "install"]);
    assert!(!desk.try_git(&dir, &["merge", "side"]));
    assert!(text(&dir, REQUEST).contains("Book shipment"));
    let questions = asked(&desk, &dir);
    assert_eq!(questions.len(), 1, "{questions:?}");
    desk.ok(&dir, &["answer", "--all", "theirs"]);
    desk.ok(&dir, &["land"]);
    assert_eq!(desk.git(&dir, &["diff", "HEAD"]), "");
}

#[test]
fn a_deletion_against_an_edit_is_one_question() {
    for answer in ["ours", "theirs"] {
        let (desk, dir) = both_changed_the_url();
        desk.git(&dir, &["switch", "-q", "side"]);
        desk.git(&dir, &["rm", "-q", REQUEST]);
        commit(&desk, &dir, "Delete it");
        desk.git(&dir, &["switch", "-q", "main"]);
        assert!(!desk.try_git(&dir, &["merge", "side"]));
        let questions = asked(&desk, &dir);
        assert_eq!(questions.len(), 1, "{questions:?}");
        assert_eq!(questions[0]["id"], REQUEST_ID);
        desk.ok(&dir, &["answer", REQUEST_ID, answer]);
        desk.ok(&dir, &["land"]);
        desk.clean(&dir);
        assert_eq!(dir.join(REQUEST).exists(), answer == "ours");
    }
}

#[test]
fn a_deletion_that_was_settled_by_hand_stays() {
    let (desk, dir) = both_changed_the_url();
    desk.git(&dir, &["switch", "-q", "side"]);
    desk.git(&dir, &["rm", "-q", REQUEST]);
    commit(&desk, &dir, "Delete it");
    desk.git(&dir, &["switch", "-q", "main"]);
    assert!(!desk.try_git(&dir, &["merge", "side"]));
    desk.git(&dir, &["rm", "-q", REQUEST]);
    assert_eq!(asked(&desk, &dir), Vec::<Value>::new());
    desk.ok(&dir, &["land"]);
    desk.clean(&dir);
    assert!(!dir.join(REQUEST).exists());
}

#[test]
fn a_merge_without_questions_and_one_on_no_branch() {
    let (desk, dir) = both_changed_the_url();
    desk.git(&dir, &["switch", "-q", "--detach", "main~1"]);
    desk.git(&dir, &["merge", "--no-commit", "--no-ff", "side"]);
    assert_eq!(asked(&desk, &dir), Vec::<Value>::new());
    let landed = desk.ok(&dir, &["land"]);
    assert_eq!(landed["outcome"], "merged", "{landed}");
    desk.clean(&dir);
    assert_eq!(
        desk.git(&dir, &["rev-parse", "HEAD^2"]),
        desk.git(&dir, &["rev-parse", "side"])
    );
    assert!(!desk.try_git(&dir, &["symbolic-ref", "HEAD"]));
    assert_ne!(
        desk.git(&dir, &["rev-parse", "main"]),
        desk.git(&dir, &["rev-parse", "HEAD"])
    );
}

/// `start` has a file of its own, and with `url` another URL; `third` has one more file, and `side` what it has.
fn several_at_once(url: bool) -> (Desk, PathBuf) {
    let (desk, dir) = both_changed_the_url();
    desk.git(&dir, &["switch", "-q", "-c", "third", "main~1"]);
    std::fs::write(dir.join("third.txt"), "third\n").unwrap();
    commit(&desk, &dir, "Third");
    desk.git(&dir, &["switch", "-q", "-c", "start", "main~1"]);
    std::fs::write(dir.join("start.txt"), "start\n").unwrap();
    if url {
        replace(&dir, REQUEST, "/shipments", "/start");
    }
    commit(&desk, &dir, "Start");
    (desk, dir)
}

fn joins_three(desk: &Desk, dir: &Path) {
    desk.clean(dir);
    let tips = desk.git(dir, &["rev-parse", "start~1", "third", "side"]);
    let parents = desk.git(dir, &["log", "-1", "--format=%P"]);
    assert_eq!(parents.replace(' ', "\n"), tips);
    assert!(dir.join("third.txt").exists() && dir.join("start.txt").exists());
    assert!(text(dir, "README.md").contains("Theirs"));
    assert!(text(dir, REQUEST).contains("Book shipment"));
}

#[test]
fn a_merge_of_several_branches_at_once() {
    let (desk, dir) = several_at_once(false);
    desk.git(&dir, &["merge", "--no-commit", "third", "side"]);
    let view = desk.ok(&dir, &["questions"]);
    assert_eq!(
        (&view["from"], &view["open"]),
        (&json!("third and side"), &json!(0))
    );
    let landed = desk.ok(&dir, &["land"]);
    assert_eq!(landed["outcome"], "merged", "{landed}");
    joins_three(&desk, &dir);
}

#[test]
fn a_merge_of_several_branches_at_once_that_conflicts() {
    let (desk, dir) = several_at_once(true);
    assert!(!desk.try_git(&dir, &["merge", "third", "side"]));
    let began = everything(&desk, &dir);
    let git = copy(&desk, &dir, "git");
    let back = copy(&desk, &dir, "back");
    desk.try_git(&git, &["update-index", "-q", "--refresh"]);
    desk.git(&git, &["merge", "--abort"]);
    desk.ok(&back, &["abort"]);
    assert_eq!(everything(&desk, &back), everything(&desk, &git));
    let questions = asked(&desk, &dir);
    assert_eq!(questions.len(), 1, "{questions:?}");
    assert_eq!(questions[0]["id"], url());
    desk.ok(&dir, &["answer", &url(), "theirs"]);
    desk.ok(&dir, &["land"]);
    joins_three(&desk, &dir);
    assert!(text(&dir, REQUEST).contains("/theirs"));
    desk.ok(&dir, &["undo"]);
    assert_eq!(everything(&desk, &dir), began);
}

#[test]
fn nobody_is_named_for_what_another_of_several_branches_changed() {
    let (desk, dir) = both_changed_the_url();
    for branch in ["third", "fourth"] {
        desk.git(&dir, &["switch", "-q", "-c", branch, "main~1"]);
        replace(&dir, REQUEST, "/shipments", &format!("/{branch}"));
        commit(&desk, &dir, branch);
    }
    desk.git(&dir, &["switch", "-q", "-c", "start", "main~1"]);
    std::fs::write(dir.join("start.txt"), "start\n").unwrap();
    commit(&desk, &dir, "Start");
    assert!(!desk.try_git(&dir, &["merge", "third", "fourth"]));
    let questions = asked(&desk, &dir);
    assert_eq!(questions.len(), 1, "{questions:?}");
    assert_eq!(questions[0]["id"], url());
    assert_eq!(
        (&questions[0]["oursBy"], &questions[0]["theirsBy"]),
        (&Value::Null, &Value::Null)
    );
}

#[test]
fn a_merge_that_waits_here_is_there_again_afterwards() {
    let (desk, dir) = both_changed_the_url();
    desk.sheaf(&dir, &["merge", "side"]);
    desk.ok(&dir, &["answer", &url(), "theirs"]);
    desk.git(&dir, &["switch", "-q", "-c", "other", "main"]);
    assert!(!desk.try_git(&dir, &["merge", "side"]));
    let questions = asked(&desk, &dir);
    assert_eq!(questions[0]["answer"], json!(null), "{questions:?}");
    desk.ok(&dir, &["answer", &url(), "ours"]);
    desk.ok(&dir, &["abort"]);
    desk.git(&dir, &["switch", "-q", "main"]);
    assert_eq!(asked(&desk, &dir)[0]["answer"]["take"], "theirs");
}
