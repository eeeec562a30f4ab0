//! A project, a remote and a home that can be had again as they were.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{Desk, REPO, REQUEST_ID, collection};

/// Name of the project's folder.
pub(crate) const WORK: &str = "work";

pub(crate) struct Scene {
    pub(crate) desk: Desk,
    pub(crate) dir: PathBuf,
    kept: tempfile::TempDir,
}

impl Scene {
    /// A clone that holds something of every kind that could get lost: a commit that is not pushed, an edit, a new file,
    /// and a staged text that is neither in a commit nor on disk. Its branch `side` changes many files, and the remote has
    /// something new. `prepare` goes on from there.
    pub(crate) fn new(prepare: &dyn Fn(&Desk, &Path)) -> Self {
        let desk = Desk::with_collection();
        let dir = desk.clone(WORK);
        desk.ok(&dir, &["set", REQUEST_ID, "url", "https://mine.example.test"]);
        desk.ok(&dir, &["commit", "-m", "Mine"]);
        make_side(&desk, &dir);
        desk.ok(&dir, &["set", REQUEST_ID, "name", "Not committed"]);
        fs::write(dir.join("notes.txt"), "not committed\n").unwrap();
        fs::write(dir.join("staged.txt"), "staged and nowhere else\n").unwrap();
        desk.git(&dir, &["add", "staged.txt"]);
        fs::write(dir.join("staged.txt"), "on disk and nowhere else\n").unwrap();
        let theirs = collection()[1].1.replace("Shipments", "Their shipments");
        let files = [(collection()[1].0, theirs.as_str()), ("theirs.md", "theirs\n")];
        desk.colleague("main", &files, "Theirs");
        desk.colleague("other", &[("other.md", "other\n")], "Other");
        prepare(&desk, &dir);
        let scene = Self {
            desk,
            dir,
            kept: tempfile::tempdir().unwrap(),
        };
        copy(scene.desk.home(), &scene.kept.path().join("home"));
        copy(&scene.bare(), &scene.kept.path().join("bare"));
        scene
    }

    pub(crate) fn bare(&self) -> PathBuf {
        self.desk.host.repo_path(REPO)
    }

    /// Everything is as it was at first.
    pub(crate) fn again(&self) {
        for entry in fs::read_dir(self.desk.home()).unwrap().flatten() {
            remove(&entry.path());
        }
        remove(&self.bare());
        copy(&self.kept.path().join("home"), self.desk.home());
        copy(&self.kept.path().join("bare"), &self.bare());
    }
}

/// A branch on which files in several folders changed, came and went.
fn make_side(desk: &Desk, dir: &Path) {
    for n in 0..8 {
        write(dir, &format!("docs/d{}/f{n}.md", n % 3), "before\n");
    }
    desk.ok(dir, &["commit", "-m", "Documents"]);
    desk.ok(dir, &["branch", "create", "side"]);
    desk.ok(dir, &["branch", "switch", "side"]);
    desk.ok(dir, &["set", REQUEST_ID, "method", "PUT"]);
    for n in 0..6 {
        write(dir, &format!("docs/d{}/f{n}.md", n % 3), "side\n");
    }
    fs::remove_file(dir.join("docs/d0/f6.md")).unwrap();
    write(dir, "docs/new/f9.md", "side\n");
    desk.ok(dir, &["commit", "-m", "Side"]);
    desk.ok(dir, &["branch", "switch", "main"]);
    write(dir, "docs/d1/f7.md", "main\n");
    desk.ok(dir, &["commit", "-m", "Main"]);
}

pub(crate) fn write(dir: &Path, path: &str, text: &str) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// With times and links.
fn copy(from: &Path, to: &Path) {
    let mut source = from.as_os_str().to_owned();
    source.push("/.");
    fs::create_dir_all(to).unwrap();
    let copied = Command::new("cp").arg("-a").arg(source).arg(to).status().unwrap();
    assert!(copied.success());
}

fn remove(path: &Path) {
    if path.is_dir() && !path.is_symlink() {
        fs::remove_dir_all(path).unwrap();
    } else {
        fs::remove_file(path).unwrap();
    }
}
