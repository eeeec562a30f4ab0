//! Discarding and restoring.

use std::fs;
use std::time::{Duration, UNIX_EPOCH};

use crate::support::{NoMerge, Project, strings};

#[test]
fn everything_with_new_and_deleted_files() {
    let p = Project::with(&[("a", "1\n"), ("b/c", "1\n"), ("d", "1\n")]);
    p.edit(&[("a", "2\n"), ("new/x", "x\n"), ("staged", "s\n")]);
    fs::remove_dir_all(p.path("b")).unwrap();
    p.git(&["add", "staged", "a"]);
    p.git(&["rm", "-q", "d"]);
    let before = p.files();
    assert_eq!(p.repo.discard(None).unwrap(), 5);
    p.assert_clean();
    assert!(!p.path("new").exists());
    p.repo.undo(&NoMerge).unwrap();
    assert_eq!(p.files(), before);
    p.repo.redo(&NoMerge).unwrap();
    p.assert_clean();
    assert_eq!(p.repo.discard(None).unwrap(), 0);
}

#[test]
fn only_some() {
    let p = Project::with(&[("a", "1\n"), ("b", "1\n")]);
    p.edit(&[("a", "2\n"), ("b", "2\n"), ("c", "2\n")]);
    assert_eq!(p.repo.discard(Some(&strings(&["a", "c"]))).unwrap(), 2);
    assert_eq!(p.changes(), ["M b"]);
    assert_eq!(p.git_status(), [" M b"]);
    p.repo.undo(&NoMerge).unwrap();
    assert_eq!(p.changes(), ["M a", "M b", "A c"]);
}

#[test]
fn an_edit_in_the_moment_of_a_commit_is_not_hidden() {
    let p = Project::with(&[("a", "1\n"), ("b", "1\n")]);
    p.git(&["config", "core.trustctime", "false"]);
    let open = |path| fs::File::options().write(true).open(path).unwrap();
    let moment = fs::metadata(p.path("b")).unwrap().modified().unwrap();
    open(p.path(".git/index")).set_modified(moment).unwrap();
    p.edit(&[("a", "2\n"), ("b", "2\n")]);
    open(p.path("b")).set_modified(moment).unwrap();

    p.repo.discard(Some(&strings(&["a"]))).unwrap();
    assert_eq!(p.git_status(), [" M b"]);
    assert_eq!(p.changes(), ["M b"]);
}

#[test]
fn an_edit_in_the_second_of_a_commit_is_not_hidden() {
    let p = Project::with(&[("a", "1\n"), ("b", "1\n")]);
    p.git(&["config", "core.trustctime", "false"]);
    let open = |path| fs::File::options().write(true).open(path).unwrap();
    let second = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let set = |path, milliseconds| {
        let moment = second + Duration::from_millis(milliseconds);
        open(p.path(path)).set_modified(moment).unwrap();
    };
    set("b", 100);
    p.git(&["update-index", "--refresh"]);
    set(".git/index", 500);
    p.edit(&[("a", "2\n"), ("b", "2\n")]);
    set("b", 900);

    p.repo.discard(Some(&strings(&["a"]))).unwrap();
    assert_eq!(p.git_status(), [" M b"]);
    assert_eq!(p.changes(), ["M b"]);
}

#[test]
fn on_an_unborn_branch() {
    let p = Project::empty();
    p.edit(&[("a", "1\n")]);
    p.git(&["add", "a"]);
    p.repo.discard(None).unwrap();
    assert_eq!(p.text("a"), None);
    assert_eq!(p.git_status(), Vec::<String>::new());
    p.repo.undo(&NoMerge).unwrap();
    assert_eq!(p.text("a").unwrap(), "1\n");
}

#[test]
fn a_folder_in_place_of_a_file() {
    let p = Project::with(&[("x", "file\n")]);
    fs::remove_file(p.path("x")).unwrap();
    p.edit(&[("x/y", "inner\n")]);
    p.repo.discard(None).unwrap();
    p.assert_clean();
    p.repo.undo(&NoMerge).unwrap();
    assert_eq!(p.text("x/y").unwrap(), "inner\n");
}

#[test]
fn one_file_from_an_older_commit() {
    let p = Project::with(&[("a", "1\n")]);
    let first = p.head();
    p.edit(&[("a", "2\n"), ("b", "2\n")]);
    p.commit("Second");
    p.edit(&[("a", "uncommitted\n")]);
    p.repo.restore_file(&first, "a").unwrap();
    assert_eq!(p.text("a").unwrap(), "1\n");
    p.repo.restore_file(&first, "b").unwrap();
    assert_eq!(p.changes(), ["M a", "D b"]);
    p.repo.undo(&NoMerge).unwrap();
    p.repo.undo(&NoMerge).unwrap();
    assert_eq!(p.text("a").unwrap(), "uncommitted\n");
}
