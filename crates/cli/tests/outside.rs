//! What git began outside and did not end: the same questions, landed or taken back here.

mod support;

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use support::{Desk, REQUEST, REQUEST_ID};

const ENVIRONMENT: &str = ".insomnia/Environment/env_089b064f280129285f90c9723395b230388e2a8e.yml";

fn text(dir: &Path, path: &str) -> String {
    std::fs::read_to_string(dir.join(path)).expect("the file")
}

fn replace(dir: &Path, path: &str, from: &str, to: &str) {
    let before = text(dir, path);
    assert!(before.contains(from), "{before}");
    std::fs::write(dir.join(path), before.replace(from, to)).expect("written");
}

fn commit(desk: &Desk, dir: &Path, message: &str) {
    desk.git(dir, &["add", "-A"]);
    desk.git(dir, &["commit", "-qm", message]);
}

/// Both sides changed the URL; the other side the name and the README as well, this side the description.
fn both_changed_the_url() -> (Desk, PathBuf) {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.git(&dir, &["switch", "-qc", "side"]);
    replace(&dir, REQUEST, "/shipments", "/theirs");
    replace(&dir, REQUEST, "name: Create shipment", "name: Book shipment");
    replace(&dir, "README.md", "# Parcels\n", "# Parcels\n\nTheirs\n");
    commit(&desk, &dir, "Their URL");
    desk.git(&dir, &["switch", "-q", "main"]);
    replace(&dir, REQUEST, "/shipments", "/mine");
    replace(&dir, REQUEST, "description: \"\"", "description: Described here");
    commit(&desk, &dir, "My URL");
    (desk, dir)
}

fn begun_merge() -> (Desk, PathBuf) {
    let (desk, dir) = both_changed_the_url();
    assert!(!desk.try_git(&dir, &["merge", "side"]));
    assert!(text(&dir, REQUEST).contains("<<<<<<<"));
    (desk, dir)
}

fn url() -> String {
    format!("{REQUEST_ID}:url")
}

fn asked(desk: &Desk, dir: &Path) -> Vec<Value> {
    let view = desk.ok(dir, &["questions"]);
    view["questions"].as_array().expect("a list").clone()
}

/// Files, index, HEAD and git's notes, as git sees them.
fn everything(desk: &Desk, dir: &Path) -> Vec<String> {
    let has = |name: &str| dir.join(".git").join(name).exists().to_string();
    vec![
        text(dir, REQUEST),
        text(dir, "README.md"),
        desk.git(dir, &["status", "--porcelain"]),
        desk.git(dir, &["ls-files", "--stage"]),
        desk.git(dir, &["rev-parse", "HEAD"]),
        has("MERGE_HEAD"),
        has("CHERRY_PICK_HEAD"),
        has("REVERT_HEAD"),
        has("rebase-merge"),
        has("rebase-apply"),
        has("sequencer"),
    ]
}

/// A copy of a folder, for git to do the same in.
fn copy(desk: &Desk, dir: &Path, name: &str) -> PathBuf {
    let to = desk.path(name);
    let status = std::process::Command::new("cp")
        .arg("-a")
        .args([dir, to.as_path()])
        .status();
    assert!(status.expect("cp runs").success());
    to
}

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

#[test]
fn what_cannot_be_ended_here_says_so_and_is_left_alone() {
    let (desk, dir) = both_changed_the_url();
    // three at once
    desk.git(&dir, &["branch", "third", "main~1"]);
    desk.git(&dir, &["switch", "-q", "third"]);
    std::fs::write(dir.join("third.txt"), "third\n").unwrap();
    commit(&desk, &dir, "Third");
    desk.git(&dir, &["switch", "-q", "-c", "start", "main~1"]);
    std::fs::write(dir.join("start.txt"), "start\n").unwrap();
    commit(&desk, &dir, "Start");
    desk.git(&dir, &["merge", "--no-commit", "third", "side"]);
    let before = everything(&desk, &dir);
    for command in ["questions", "land", "abort"] {
        let ran = desk.sheaf(&dir, &[command]);
        assert_eq!(ran.code(), "outside-only", "{}", ran.stdout);
        assert!(ran.stdout.contains("git merge --abort"), "{}", ran.stdout);
    }
    assert_eq!(desk.ok(&dir, &["status"])["inProgress"], "merge");
    assert_eq!(everything(&desk, &dir), before);
    desk.git(&dir, &["merge", "--abort"]);
    // a stash that conflicts
    desk.git(&dir, &["switch", "-q", "main"]);
    replace(&dir, REQUEST, "/mine", "/stashed");
    desk.git(&dir, &["stash", "-q"]);
    replace(&dir, REQUEST, "/mine", "/again");
    commit(&desk, &dir, "Again");
    assert!(!desk.try_git(&dir, &["stash", "pop"]));
    assert_eq!(desk.sheaf(&dir, &["questions"]).code(), "in-progress");
    assert_eq!(desk.sheaf(&dir, &["merge", "side"]).code(), "in-progress");
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

/// A commit on `side` that changes the URL, written by somebody else, and one on main that does so too.
fn with_author(desk: &Desk, dir: &Path, message: &str) {
    desk.git(dir, &["add", "-A"]);
    let author = "Ana Colleague <ana@example.test>";
    let date = "2024-01-02T03:04:05+00:00";
    desk.git(
        dir,
        &["commit", "-qm", message, "--author", author, "--date", date],
    );
}

fn who(desk: &Desk, dir: &Path, commit: &str) -> String {
    desk.git(
        dir,
        &["log", "-1", "--format=%an %ad, %cn: %s", "--date=short", commit],
    )
}

/// `side` has three commits: a README, the URL, and the retries; `main` another URL.
fn three_on_side() -> (Desk, PathBuf) {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.git(&dir, &["switch", "-qc", "side"]);
    replace(&dir, "README.md", "# Parcels\n", "# Parcels\n\nTheirs\n");
    with_author(&desk, &dir, "Side 1: README");
    replace(&dir, REQUEST, "/shipments", "/theirs");
    with_author(&desk, &dir, "Side 2: URL");
    replace(&dir, ENVIRONMENT, "retries: 3", "retries: 5");
    with_author(&desk, &dir, "Side 3: retries");
    desk.git(&dir, &["switch", "-q", "main"]);
    replace(&dir, REQUEST, "/shipments", "/mine");
    replace(&dir, REQUEST, "description: \"\"", "description: Described here");
    commit(&desk, &dir, "My URL");
    (desk, dir)
}

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
