//! Repositories that a power failure or a bad disk left damaged: they are told, and repaired.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::{Desk, REQUEST, REQUEST_ID};

/// The file of an object.
fn object(desk: &Desk, dir: &Path, what: &str) -> PathBuf {
    let id = desk.git(dir, &["rev-parse", what]);
    let (folder, name) = id.trim().split_at(2);
    dir.join(".git/objects").join(folder).join(name)
}

fn cut(path: &Path) {
    let bytes = fs::read(path).expect("the object");
    // objects are read-only
    fs::remove_file(path).expect("a folder that can be written");
    fs::write(path, &bytes[..bytes.len() / 2]).expect("a folder that can be written");
}

/// A clone whose last two commits were made here and pushed; of the first the request's content is cut off.
fn lost_in_the_past(desk: &Desk) -> (PathBuf, PathBuf) {
    let dir = desk.clone("work");
    for url in ["https://one.example.test", "https://two.example.test"] {
        desk.ok(&dir, &["set", REQUEST_ID, "url", url]);
        desk.ok(&dir, &["commit", "-m", url]);
    }
    desk.ok(&dir, &["push"]);
    let path = object(desk, &dir, &format!("HEAD~1:{REQUEST}"));
    cut(&path);
    (dir, path)
}

#[test]
fn an_object_that_is_cut_off_is_told_at_once_and_repaired() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://one.example.test"]);
    desk.ok(&dir, &["commit", "-m", "One"]);
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://two.example.test"]);
    let file = fs::read(dir.join(REQUEST)).unwrap();
    let head = desk.git(&dir, &["rev-parse", "HEAD"]);
    cut(&object(&desk, &dir, "HEAD^{tree}"));
    for args in [
        &["status"][..],
        &["log"],
        &["list"],
        &["commit", "-m", "x"],
        &["push"],
    ] {
        let ran = desk.sheaf(&dir, args);
        assert_eq!(
            (ran.status, ran.code()),
            (1, "damaged"),
            "{args:?}: {}",
            ran.stdout
        );
        assert!(ran.stdout.contains("sheaf repair"), "{}", ran.stdout);
    }
    let done = desk.ok(&dir, &["repair"]);
    assert_eq!(
        (&done["broughtBack"], &done["missing"]),
        (&1.into(), &0.into()),
        "{done}"
    );
    assert_eq!(desk.git(&dir, &["rev-parse", "HEAD"]), head);
    assert_eq!(fs::read(dir.join(REQUEST)).unwrap(), file);
    desk.git(&dir, &["fsck", "--strict"]);
    let status = desk.ok(&dir, &["status"]);
    assert_eq!(status["changes"].as_array().unwrap().len(), 1, "{status}");
    desk.ok(&dir, &["push"]);
    assert_eq!(
        desk.sheaf_plain(&dir, &["repair"]).stdout.trim(),
        "Nothing is damaged."
    );
}

#[test]
fn what_only_the_remote_has_is_fetched_again() {
    let desk = Desk::with_collection();
    let (dir, path) = lost_in_the_past(&desk);
    let damaged = fs::read(&path).unwrap();

    desk.unplug(&dir);
    let ran = desk.sheaf(&dir, &["repair"]);
    assert_eq!(ran.status, 1, "{}", ran.stdout);
    assert!(ran.stdout.contains("Nothing was moved"), "{}", ran.stdout);
    assert_eq!(fs::read(&path).unwrap(), damaged);
    desk.plug(&dir);

    let done = desk.ok(&dir, &["repair"]);
    assert_eq!(
        (&done["broughtBack"], &done["missing"]),
        (&1.into(), &0.into()),
        "{done}"
    );
    desk.git(&dir, &["fsck", "--strict"]);
    desk.clean(&dir);
    let content = desk.git(&dir, &["show", &format!("HEAD~1:{REQUEST}")]);
    assert!(content.contains("https://one.example.test"), "{content}");
    let left = fs::read_dir(dir.join(".git/sheaf")).unwrap();
    let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    assert!(
        !left.iter().any(|name| name.to_string_lossy().contains("clone")),
        "{left:?}"
    );
}

#[test]
fn without_the_remote_what_is_lost_is_counted() {
    let desk = Desk::with_collection();
    let (dir, _) = lost_in_the_past(&desk);
    desk.unplug(&dir);
    let ran = desk.sheaf_plain(&dir, &["repair", "--offline"]);
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    assert!(ran.stdout.contains("1 object is still missing"), "{}", ran.stdout);
    desk.ok(&dir, &["status"]);
}

#[test]
fn an_index_and_a_branch_that_nobody_can_read_are_told_and_repaired() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://one.example.test"]);
    let file = fs::read(dir.join(REQUEST)).unwrap();
    let head = desk.git(&dir, &["rev-parse", "HEAD"]);
    for (path, content) in [("index", "DIRC"), ("refs/heads/main", ""), ("HEAD", "")] {
        fs::write(dir.join(".git").join(path), content).unwrap();
        let ran = desk.sheaf(&dir, &["status"]);
        assert_eq!((ran.status, ran.code()), (1, "damaged"), "{path}: {}", ran.stdout);
        desk.ok(&dir, &["repair"]);
        assert_eq!(desk.git(&dir, &["rev-parse", "HEAD"]), head, "{path}");
        assert_eq!(fs::read(dir.join(REQUEST)).unwrap(), file);
        let status = desk.ok(&dir, &["status"]);
        assert_eq!(status["changes"].as_array().unwrap().len(), 1, "{path}: {status}");
        desk.git(&dir, &["fsck", "--strict"]);
    }
}
