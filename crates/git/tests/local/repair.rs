//! Repositories that a power failure or a bad disk left damaged.

use std::fs;
use std::path::PathBuf;

use sheaf_git::error::GitError;
use sheaf_git::repair::{Repair, Repaired};
use sheaf_git::repository::Repo;

use crate::support::Project;

const REQUEST: &str = "url: https://one.example.test\n";

/// Two commits, and something that is not committed.
fn project() -> Project {
    let p = Project::with(&[("api/request.yml", REQUEST), ("api/other.yml", "name: Other\n")]);
    p.edit(&[("api/other.yml", "name: Another\n")]);
    p.commit("Another name");
    p.edit(&[("mine.yml", "not: committed\n")]);
    p
}

/// The file of the object that `what` names.
fn object(p: &Project, what: &str) -> PathBuf {
    let id = p.git(&["rev-parse", what]);
    let id = id.trim();
    p.path(&format!(".git/objects/{}/{}", &id[..2], &id[2..]))
}

fn cut(path: &PathBuf, to: usize) {
    let bytes = fs::read(path).unwrap();
    fs::remove_file(path).unwrap();
    fs::write(path, &bytes[..to.min(bytes.len() - 1)]).unwrap();
}

fn repair(p: &Project) -> Repaired {
    Repair::begin(&p.path("")).unwrap().finish().unwrap()
}

fn is_damaged(p: &Project) -> bool {
    let checked = Repo::open(&p.path("")).and_then(|repo| repo.check_readable());
    matches!(checked, Err(GitError::Damaged(_)))
}

/// `git fsck --strict` without what it says of objects that nothing needs any more.
fn assert_whole(p: &Project) {
    let (ok, said) = p.try_git(&["fsck", "--strict", "--no-dangling"], "");
    assert!(ok, "{said}");
    Repo::open(&p.path("")).unwrap().check_readable().unwrap();
}

#[test]
fn a_sound_repository_stays_as_it_is() {
    let p = project();
    let before = p.everything();
    assert!(!is_damaged(&p));
    assert!(repair(&p).is_empty());
    assert_eq!(p.everything(), before);
    assert!(!p.path(".git/sheaf/damaged").exists());
}

#[test]
fn an_object_that_is_cut_off_is_told_wherever_it_is_cut() {
    let p = project();
    let path = object(&p, "HEAD:api/request.yml");
    let whole = fs::read(&path).unwrap();
    for length in 0..whole.len() {
        fs::remove_file(&path).unwrap();
        fs::write(&path, &whole[..length]).unwrap();
        assert!(is_damaged(&p), "{length} of {}", whole.len());
    }
    fs::remove_file(&path).unwrap();
    fs::write(&path, &whole).unwrap();
    assert!(!is_damaged(&p));
    // what was found whole is found damaged when it changes
    cut(&path, 5);
    assert!(is_damaged(&p));
}

#[test]
fn lost_content_comes_back_from_the_file() {
    let p = project();
    let before = p.everything();
    let path = object(&p, "HEAD:api/request.yml");
    cut(&path, 9);
    let done = repair(&p);
    assert_eq!((done.brought_back, done.missing), (1, 0), "{done:?}");
    assert_eq!(done.set_aside.len(), 1);
    assert!(done.refs.is_empty() && !done.index);
    assert!(
        PathBuf::from(done.folder.unwrap())
            .join(&done.set_aside[0])
            .is_file()
    );
    assert_eq!(p.everything(), before);
    assert_whole(&p);
}

#[test]
fn lost_folders_come_back_from_the_index() {
    let p = project();
    let before = p.everything();
    cut(&object(&p, "HEAD:api"), 0);
    cut(&object(&p, "HEAD^{tree}"), 12);
    let done = repair(&p);
    assert_eq!((done.brought_back, done.missing), (2, 0), "{done:?}");
    assert_eq!(p.everything(), before);
    assert_whole(&p);
}

#[test]
fn a_branch_whose_last_commit_is_lost_leads_to_the_one_before() {
    let p = project();
    let (files, lost) = (p.files(), p.head());
    let before = p.git(&["rev-parse", "HEAD^"]);
    cut(&object(&p, "HEAD"), 20);
    let done = repair(&p);
    // the way back to the lost commit is lost, too
    let (moved, gone) = done.refs.split_first().unwrap();
    let undo = |name: &str| name.starts_with("refs/sheaf/undo/");
    assert!(
        gone.iter().all(|gone| undo(&gone.name) && gone.after.is_none()),
        "{done:?}"
    );
    assert_eq!(moved.name, "refs/heads/main");
    assert_eq!(moved.before, Some(lost));
    assert_eq!(moved.after.as_deref(), Some(before.trim()));
    assert!(done.index);
    assert_eq!(p.files(), files);
    // what the lost commit held is a change again
    assert_eq!(p.changes(), ["M api/other.yml", "A mine.yml"]);
    assert_whole(&p);
}

#[test]
fn what_is_lost_far_back_moves_nothing() {
    let p = project();
    let before = p.everything();
    cut(&object(&p, "HEAD~1:api/other.yml"), 9);
    let done = repair(&p);
    assert_eq!((done.brought_back, done.missing), (0, 1), "{done:?}");
    assert!(done.refs.is_empty() && !done.index, "{done:?}");
    assert_eq!(p.everything(), before);
    Repo::open(&p.path("")).unwrap().check_readable().unwrap();
}

#[test]
fn a_branch_that_is_empty_leads_to_where_its_log_says() {
    let p = project();
    let (head, files) = (p.head(), p.files());
    fs::write(p.path(".git/refs/heads/main"), "").unwrap();
    let done = repair(&p);
    assert_eq!(done.refs.len(), 1, "{done:?}");
    assert_eq!(p.head(), head);
    assert_eq!(p.files(), files);
    assert_whole(&p);
}

#[test]
fn a_head_that_is_empty_leads_to_the_branch_it_was_on() {
    let p = project();
    p.branch("side");
    p.switch("side");
    fs::write(p.path(".git/HEAD"), "\0\0\0\0").unwrap();
    let done = repair(&p);
    assert_eq!(done.refs[0].after.as_deref(), Some("side"), "{done:?}");
    assert_eq!(p.git(&["symbolic-ref", "HEAD"]).trim(), "refs/heads/side");
    assert_whole(&p);
}

#[test]
fn an_index_that_is_cut_off_is_made_anew() {
    let p = project();
    let (files, status) = (p.files(), p.git_status());
    let index = p.path(".git/index");
    let bytes = fs::read(&index).unwrap();
    for length in [0, 4, 20, bytes.len() - 1] {
        fs::write(&index, &bytes[..length]).unwrap();
        assert!(repair(&p).index, "{length}");
        assert_eq!(p.files(), files);
        assert_eq!(p.git_status(), status);
        assert_whole(&p);
    }
}

#[test]
fn everything_at_once_loses_no_file() {
    let p = project();
    let files = p.files();
    let lost = ["HEAD", "HEAD^{tree}", "HEAD:api", "HEAD:api/other.yml"].map(|what| object(&p, what));
    for path in &lost {
        cut(path, 3);
    }
    fs::write(p.path(".git/index"), "DIRC").unwrap();
    fs::write(p.path(".git/logs/HEAD"), "0000").unwrap();
    let done = repair(&p);
    assert_eq!(done.missing, 0, "{done:?}");
    assert_eq!(p.files(), files);
    assert_whole(&p);
}

#[test]
fn what_was_moved_aside_goes_back_where_a_repair_is_given_up() {
    let p = project();
    let path = object(&p, "HEAD~1:api/other.yml");
    cut(&path, 9);
    let damaged = fs::read(&path).unwrap();
    let repair = Repair::begin(&p.path("")).unwrap();
    assert_eq!(repair.missing(), 1);
    assert!(!path.exists());
    drop(repair);
    assert_eq!(fs::read(&path).unwrap(), damaged);
    assert!(
        !p.path(".git/sheaf/damaged")
            .read_dir()
            .is_ok_and(|mut left| left.next().is_some())
    );
}
