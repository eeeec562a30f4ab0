//! A pull that makes the commits that are not pushed again on top of what others pushed.

mod support;

use std::path::{Path, PathBuf};

use serde_json::json;
use support::{Desk, REQUEST, REQUEST_ID};

const URL: &str = "https://mine.example.test";

fn url() -> String {
    format!("{REQUEST_ID}:url")
}

/// Two commits here that are not pushed, and one there.
fn diverged(theirs: &str) -> (Desk, PathBuf) {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let text = support::collection()[2].1.replace("/shipments", theirs);
    let text = text.replace("name: Create shipment", "name: Book shipment");
    desk.colleague("main", &[(REQUEST, &text)], "Theirs");
    desk.ok(&dir, &["set", REQUEST_ID, "description", "Described here"]);
    desk.ok(&dir, &["commit", "-m", "Mine 1"]);
    desk.ok(&dir, &["set", REQUEST_ID, "url", URL]);
    desk.ok(&dir, &["commit", "-m", "Mine 2"]);
    (desk, dir)
}

fn log(desk: &Desk, dir: &Path, range: &str) -> String {
    desk.git(dir, &["log", "--format=%an/%cn %s", range])
}

fn head(desk: &Desk, dir: &Path) -> String {
    desk.git(dir, &["rev-parse", "HEAD"])
}

#[test]
fn the_commits_that_are_not_pushed_are_made_again() {
    let (desk, dir) = diverged("/shipments");
    let before = head(&desk, &dir);
    std::fs::write(dir.join("README.md"), "# Edited\n").unwrap();
    let ran = desk.ok(&dir, &["pull", "--rebase"]);
    assert_eq!(
        (&ran["outcome"], &ran["commits"]),
        (&json!("replayed"), &json!(2)),
        "{ran}"
    );
    assert_eq!(
        log(&desk, &dir, "origin/main..main"),
        "Dana Developer/Dana Developer Mine 2\nDana Developer/Dana Developer Mine 1"
    );
    assert_eq!(desk.git(&dir, &["rev-list", "--merges", "main"]), "");
    let text = std::fs::read_to_string(dir.join(REQUEST)).unwrap();
    for part in [URL, "Described here", "Book shipment"] {
        assert!(text.contains(part), "{text}");
    }
    assert_eq!(desk.git(&dir, &["status", "--porcelain"]), " M README.md");
    desk.git(&dir, &["fsck", "--strict", "--no-dangling"]);
    desk.ok(&dir, &["undo"]);
    assert_eq!(head(&desk, &dir), before);
    assert_eq!(desk.git(&dir, &["status", "--porcelain"]), " M README.md");
}

#[test]
fn questions_wait_and_nothing_moves_before() {
    let (desk, dir) = diverged("/theirs");
    let before = head(&desk, &dir);
    let seen = desk.ok(&dir, &["pull", "--rebase", "--preview"]);
    assert_eq!(seen["merge"]["of"]["of"], "rebase", "{seen}");
    let ran = desk.sheaf(&dir, &["pull", "--rebase"]);
    assert_eq!(
        (ran.status, &ran.json["outcome"]),
        (3, &json!("questions")),
        "{}",
        ran.stdout
    );
    assert_eq!(head(&desk, &dir), before);
    desk.clean(&dir);
    let view = desk.ok(&dir, &["questions"]);
    assert_eq!(view["questions"][0]["id"], url());
    // as in git: ours is what the commits are put on
    assert_eq!(view["questions"][0]["theirs"], URL);
    assert_eq!(view["onto"], "origin/main");
    assert_eq!(view["questions"][0]["theirsBy"]["title"], "Mine 2");
    assert_eq!(view["questions"][0]["oursBy"]["title"], "Theirs");
    let said = desk.sheaf_plain(&dir, &["questions"]).stdout;
    assert!(
        said.contains("ours is origin/main, theirs is your commit"),
        "{said}"
    );
    desk.ok(&dir, &["answer", &url(), "theirs"]);
    let landed = desk.ok(&dir, &["land"]);
    assert_eq!(landed["outcome"], "replayed", "{landed}");
    desk.clean(&dir);
    let text = std::fs::read_to_string(dir.join(REQUEST)).unwrap();
    assert!(text.contains(URL) && text.contains("Book shipment"), "{text}");
}

#[test]
fn a_commit_that_changes_nothing_any_more_is_left_out() {
    let (desk, dir) = diverged("/shipments");
    let same = "# Said by both\n";
    std::fs::write(dir.join("README.md"), same).unwrap();
    desk.ok(&dir, &["commit", "-m", "Mine 3"]);
    desk.colleague("main", &[("README.md", same)], "The same");
    let pulled = desk.sheaf_plain(&dir, &["pull", "--rebase"]).stdout;
    assert!(
        pulled.contains("Left out") && pulled.contains("Mine 3"),
        "{pulled}"
    );
    assert_eq!(
        log(&desk, &dir, "origin/main..main"),
        "Dana Developer/Dana Developer Mine 2\nDana Developer/Dana Developer Mine 1"
    );
    desk.clean(&dir);
}

#[test]
fn the_author_stays_and_who_pulls_commits() {
    let (desk, dir) = diverged("/shipments");
    std::fs::write(dir.join("README.md"), "# By Ana\n").unwrap();
    let author = "Ana Colleague <ana@example.test>";
    desk.git(&dir, &["commit", "-qam", "By Ana", "--author", author]);
    desk.ok(&dir, &["pull", "--rebase"]);
    assert_eq!(
        log(&desk, &dir, "main~1..main"),
        "Ana Colleague/Dana Developer By Ana"
    );
}

#[test]
fn where_it_cannot_be_a_merge_joins_and_says_why() {
    // a merge among the commits
    let (desk, dir) = diverged("/shipments");
    desk.git(&dir, &["switch", "-qc", "side", "main~1"]);
    std::fs::write(dir.join("side.txt"), "side\n").unwrap();
    desk.git(&dir, &["add", "-A"]);
    desk.git(&dir, &["commit", "-qm", "Side"]);
    desk.git(&dir, &["switch", "-q", "main"]);
    desk.git(&dir, &["merge", "-q", "side", "-m", "Merge side"]);
    let ran = desk.ok(&dir, &["pull", "--rebase"]);
    assert_eq!(ran["outcome"], "merged", "{ran}");
    assert!(ran["instead"].as_str().unwrap().contains("merges among"), "{ran}");

    // what others may have is never made again
    let (desk, dir) = diverged("/shipments");
    desk.git(&dir, &["branch", "keep"]);
    desk.ok(&dir, &["push", "--new-branch", "other"]);
    desk.git(&dir, &["switch", "-qC", "main", "keep"]);
    let before = head(&desk, &dir);
    let ran = desk.ok(&dir, &["pull", "--rebase"]);
    assert!(ran["instead"].as_str().unwrap().contains("the remote"), "{ran}");
    desk.git(&dir, &["merge-base", "--is-ancestor", &before, "HEAD"]);
}

#[test]
fn the_project_says_how_it_pulls() {
    let is_linear = |desk: &Desk, dir: &Path| desk.git(dir, &["rev-list", "--merges", "main"]).is_empty();
    let (desk, dir) = diverged("/shipments");
    assert_eq!(desk.ok(&dir, &["settings"])["pullBy"], "merge");
    assert_eq!(
        desk.ok(&dir, &["settings", "--pull", "rebase"])["pullBy"],
        "rebase"
    );
    desk.ok(&dir, &["pull"]);
    assert!(is_linear(&desk, &dir));

    // as git is set, unless it was chosen here or said now
    for (chosen, said, linear) in [
        (None, None, true),
        (Some("merge"), None, false),
        (None, Some("--merge"), false),
    ] {
        let (desk, dir) = diverged("/shipments");
        desk.git(&dir, &["config", "pull.rebase", "true"]);
        if let Some(by) = chosen {
            desk.ok(&dir, &["settings", "--pull", by]);
        }
        let pull: Vec<&str> = ["pull"].into_iter().chain(said).collect();
        desk.ok(&dir, &pull);
        assert_eq!(is_linear(&desk, &dir), linear, "{chosen:?} {said:?}");
    }
    let (desk, dir) = diverged("/shipments");
    desk.git(&dir, &["config", "pull.rebase", "true"]);
    desk.git(&dir, &["config", "branch.main.rebase", "false"]);
    desk.ok(&dir, &["pull"]);
    assert!(!is_linear(&desk, &dir));
}

#[test]
fn nothing_of_ones_own_only_moves_forward() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.colleague("main", &[("new.txt", "new\n")], "Theirs");
    let ran = desk.ok(&dir, &["pull", "--rebase"]);
    assert_eq!(ran["outcome"], "fastForward", "{ran}");
    assert_eq!(desk.ok(&dir, &["pull", "--rebase"])["outcome"], "upToDate");
    desk.clean(&dir);
}

#[test]
fn a_cherry_pick_has_its_author_and_who_picked_it() {
    let (desk, dir) = diverged("/shipments");
    desk.ok(&dir, &["fetch"]);
    desk.ok(&dir, &["cherry-pick", "origin/main"]);
    assert_eq!(
        log(&desk, &dir, "main~1..main"),
        "Ana Colleague/Dana Developer Theirs"
    );
    let when = |rev: &str| desk.git(&dir, &["log", "-1", "--format=%at", rev]);
    assert_eq!(when("main"), when("origin/main"));
}

#[test]
fn one_answer_to_all_leaves_open_what_has_other_sides() {
    let (desk, dir) = diverged("/theirs");
    desk.ok(&dir, &["set", REQUEST_ID, "name", "Edited"]);
    assert_eq!(desk.sheaf(&dir, &["pull", "--rebase"]).status, 3);
    // ours is origin/main for the commit, and what is not committed for the edit
    assert_eq!(desk.ok(&dir, &["answer", "--all", "ours"])["open"], 1);
    let view = desk.ok(&dir, &["questions"]);
    let open = view["questions"].as_array().unwrap();
    let open: Vec<_> = open.iter().filter(|asked| asked["answer"].is_null()).collect();
    assert_eq!(open.len(), 1, "{view}");
    assert_eq!(
        (&open[0]["uncommitted"], &open[0]["ours"], &open[0]["theirs"]),
        (&json!(true), &json!("Edited"), &json!("Book shipment"))
    );
    desk.ok(&dir, &["answer", "--all", "ours"]);
    desk.ok(&dir, &["land"]);
    let text = std::fs::read_to_string(dir.join(REQUEST)).unwrap();
    assert!(
        text.contains("name: Edited") && text.contains("/theirs"),
        "{text}"
    );
}

#[test]
fn a_commit_of_which_only_the_time_of_the_change_is_left_is_left_out() {
    let (desk, dir) = diverged("/shipments");
    let text = std::fs::read_to_string(dir.join(REQUEST)).unwrap();
    let renamed = |modified: &str| {
        let now = text.lines().find(|line| line.starts_with("modified:")).unwrap();
        text.replace(now, &format!("modified: {modified}"))
            .replace("# keep this", "# said by both")
    };
    std::fs::write(dir.join(REQUEST), renamed("1900000000002")).unwrap();
    desk.git(&dir, &["commit", "-qam", "Mine 3"]);
    let there = desk.git(&dir, &["show", &format!("origin/main:{REQUEST}")]) + "\n";
    let there = there.replace("# keep this", "# said by both");
    desk.colleague("main", &[(REQUEST, &there)], "The same");
    let pulled = desk.ok(&dir, &["pull", "--rebase"]);
    assert_eq!(pulled["dropped"][0]["title"], "Mine 3", "{pulled}");
    assert_eq!(
        log(&desk, &dir, "origin/main..main"),
        "Dana Developer/Dana Developer Mine 2\nDana Developer/Dana Developer Mine 1"
    );
    desk.clean(&dir);
    // one that never said more stays
    let text = std::fs::read_to_string(dir.join(REQUEST)).unwrap();
    let now = text.lines().find(|line| line.starts_with("modified:")).unwrap();
    std::fs::write(dir.join(REQUEST), text.replace(now, "modified: 1900000000003")).unwrap();
    desk.git(&dir, &["commit", "-qam", "Saved again"]);
    desk.colleague("main", &[("NOTES.md", "Notes\n")], "Notes");
    desk.ok(&dir, &["pull", "--rebase"]);
    assert!(log(&desk, &dir, "origin/main..main").contains("Saved again"));
}
