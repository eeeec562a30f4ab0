//! Repositories in which git began something, and how they look.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{Desk, REQUEST, REQUEST_ID};

pub(crate) const ENVIRONMENT: &str = ".insomnia/Environment/env_089b064f280129285f90c9723395b230388e2a8e.yml";

pub(crate) fn text(dir: &Path, path: &str) -> String {
    std::fs::read_to_string(dir.join(path)).expect("the file")
}

pub(crate) fn replace(dir: &Path, path: &str, from: &str, to: &str) {
    let before = text(dir, path);
    assert!(before.contains(from), "{before}");
    std::fs::write(dir.join(path), before.replace(from, to)).expect("written");
}

pub(crate) fn commit(desk: &Desk, dir: &Path, message: &str) {
    desk.git(dir, &["add", "-A"]);
    desk.git(dir, &["commit", "-qm", message]);
}

/// Both sides changed the URL; the other side the name and the README as well, this side the description.
pub(crate) fn both_changed_the_url() -> (Desk, PathBuf) {
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

pub(crate) fn begun_merge() -> (Desk, PathBuf) {
    let (desk, dir) = both_changed_the_url();
    assert!(!desk.try_git(&dir, &["merge", "side"]));
    assert!(text(&dir, REQUEST).contains("<<<<<<<"));
    (desk, dir)
}

pub(crate) fn url() -> String {
    format!("{REQUEST_ID}:url")
}

pub(crate) fn asked(desk: &Desk, dir: &Path) -> Vec<Value> {
    let view = desk.ok(dir, &["questions"]);
    view["questions"].as_array().expect("a list").clone()
}

/// Files, index, HEAD and git's notes, as git sees them.
pub(crate) fn everything(desk: &Desk, dir: &Path) -> Vec<String> {
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
pub(crate) fn copy(desk: &Desk, dir: &Path, name: &str) -> PathBuf {
    let to = desk.path(name);
    let status = std::process::Command::new("cp")
        .arg("-a")
        .args([dir, to.as_path()])
        .status();
    assert!(status.expect("cp runs").success());
    to
}

/// A commit on `side` that changes the URL, written by somebody else, and one on main that does so too.
pub(crate) fn with_author(desk: &Desk, dir: &Path, message: &str) {
    desk.git(dir, &["add", "-A"]);
    let author = "Ana Colleague <ana@example.test>";
    let date = "2024-01-02T03:04:05+00:00";
    desk.git(
        dir,
        &["commit", "-qm", message, "--author", author, "--date", date],
    );
}

pub(crate) fn who(desk: &Desk, dir: &Path, commit: &str) -> String {
    desk.git(
        dir,
        &["log", "-1", "--format=%an %ad, %cn: %s", "--date=short", commit],
    )
}

/// `side` has three commits: a README, the URL, and the retries; `main` another URL.
pub(crate) fn three_on_side() -> (Desk, PathBuf) {
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
