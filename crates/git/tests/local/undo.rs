//! Undo and redo.

use std::fs;

use sheaf_git::error::GitError;
use sheaf_git::repository::Repo;

use crate::support::{Lines, NoMerge, Project, author, strings};

#[test]
fn a_commit_becomes_uncommitted_changes_again() {
    let p = Project::with(&[("a", "1\n")]);
    let first = p.head();
    p.edit(&[("a", "2\n"), ("b", "new\n")]);
    let second = p.commit("Second");
    let point = p.repo.undo(&NoMerge).unwrap();
    assert_eq!(point.label, "Commit “Second”");
    assert_eq!(p.head(), first);
    assert_eq!(p.changes(), ["M a", "A b"]);
    assert_eq!(p.git_status(), [" M a", "?? b"]);
    assert_eq!(p.repo.redo(&NoMerge).unwrap().label, "Commit “Second”");
    assert_eq!(p.head(), second);
    p.assert_clean();
}

#[test]
fn the_first_commit_too_and_after_opening_again() {
    let p = Project::empty();
    p.edit(&[("a", "1\n")]);
    p.commit("First");
    let again = Repo::open(&p.root).unwrap();
    assert_eq!(again.undo_points(10).unwrap().len(), 1);
    again.undo(&NoMerge).unwrap();
    assert!(p.repo.head().unwrap().commit().is_none());
    assert_eq!(p.changes(), ["A a"]);
    assert!(matches!(p.repo.undo(&NoMerge), Err(GitError::NothingToUndo)));
    again.redo(&NoMerge).unwrap();
    p.assert_clean();
}

#[test]
fn what_was_edited_since_comes_back_with_redo() {
    let p = Project::with(&[("a", "1\n")]);
    p.edit(&[("a", "mine\n"), ("u", "untracked\n")]);
    assert_eq!(p.repo.discard(None).unwrap(), 2);
    p.edit(&[("a", "edited since\n")]);
    p.repo.undo(&NoMerge).unwrap();
    assert_eq!(p.text("a").unwrap(), "mine\n");
    assert_eq!(p.text("u").unwrap(), "untracked\n");
    p.repo.redo(&NoMerge).unwrap();
    assert_eq!(p.text("a").unwrap(), "edited since\n");
    assert_eq!(p.text("u"), None);
    p.repo.undo(&NoMerge).unwrap();
    assert_eq!(p.text("a").unwrap(), "mine\n");
}

#[test]
fn not_when_another_program_committed_since() {
    let p = Project::with(&[("a", "1\n")]);
    p.edit(&[("a", "2\n")]);
    p.commit("Ours");
    p.edit(&[("a", "3\n")]);
    p.git(&["commit", "-qam", "Theirs"]);
    let before = p.everything();
    assert!(matches!(p.repo.undo(&NoMerge), Err(GitError::MovedSince(b)) if b == "main"));
    assert_eq!(p.everything(), before);
}

#[test]
fn several_in_a_row() {
    let p = Project::with(&[("a", "0\n")]);
    for n in 1..=4 {
        p.edit(&[("a", &format!("{n}\n"))]);
        p.commit(&format!("Number {n}"));
    }
    for _ in 0..4 {
        p.repo.undo(&NoMerge).unwrap();
    }
    assert_eq!(p.git(&["rev-list", "--count", "HEAD"]).trim(), "1");
    assert_eq!(
        p.repo.redo_points(usize::MAX).unwrap()[0].label,
        "Commit “Number 1”"
    );
    for _ in 0..4 {
        p.repo.redo(&NoMerge).unwrap();
    }
    assert!(matches!(p.repo.redo(&NoMerge), Err(GitError::NothingToUndo)));
    p.assert_clean();
    p.repo.undo(&NoMerge).unwrap();
    p.edit(&[("b", "another way\n")]);
    p.repo.commit(Some(&strings(&["b"])), "Fork", &author()).unwrap();
    assert!(p.repo.redo_points(usize::MAX).unwrap().is_empty());
}

#[test]
fn a_merge_with_carried_changes() {
    let p = Project::with(&[("a", "1\n"), ("b", "1\n"), ("c", "1\n2\n3\n4\n5\n6\n7\n")]);
    p.branch("side");
    p.edit(&[("a", "main\n")]);
    p.commit("Main");
    p.switch("side");
    p.edit(&[("b", "side\n"), ("c", "1\n2\n3\n4\n5\n6\nside\n"), ("d", "new\n")]);
    let side = p.commit("Side");
    p.switch("main");
    p.edit(&[("c", "mine\n2\n3\n4\n5\n6\n7\n"), ("e", "untracked\n")]);
    let before = (p.files(), p.head());
    p.repo.merge(&side, "Merge side", &author(), &Lines).unwrap();
    assert_eq!(p.text("c").unwrap(), "mine\n2\n3\n4\n5\n6\nside\n");
    assert_eq!(p.changes(), ["M c", "A e"]);
    p.repo.undo(&NoMerge).unwrap();
    assert_eq!((p.files(), p.head()), before);
    p.assert_sound();
}

#[test]
fn saved_edits_and_their_folders() {
    let p = Project::with(&[("a", "1\n")]);
    let edits = [
        ("x/y/z.yml".to_owned(), Some(b"new\n".to_vec())),
        ("a".to_owned(), None),
    ];
    p.repo.write_files(&edits, "Edit two files").unwrap();
    assert_eq!(
        (p.text("x/y/z.yml").as_deref(), p.text("a")),
        (Some("new\n"), None)
    );
    assert_eq!(p.repo.undo(&NoMerge).unwrap().label, "Edit two files");
    assert_eq!(p.text("a").unwrap(), "1\n");
    assert!(!p.path("x").exists());
    p.assert_clean();
}

#[test]
fn saves_while_typing_are_all_undone_and_redone() {
    let p = Project::with(&[("a", "1\n")]);
    for text in ["12\n", "123\n", "1234\n"] {
        let edit = [("a".to_owned(), Some(text.as_bytes().to_vec()))];
        p.repo.write_files(&edit, "Edit a").unwrap();
    }
    let mut steps = 0;
    while p.repo.undo(&NoMerge).is_ok() {
        steps += 1;
    }
    // one step, unless the machine was so slow that the saves are no typing any more
    assert!((1..=3).contains(&steps), "{steps}");
    assert_eq!(p.text("a").unwrap(), "1\n");
    while p.repo.redo(&NoMerge).is_ok() {}
    assert_eq!(p.text("a").unwrap(), "1234\n");
}

#[test]
fn exact_bytes_come_back_where_git_stores_others() {
    let p = Project::empty();
    p.edit(&[(".gitattributes", "* text=auto\n"), ("a", "1\n")]);
    p.commit("First");
    p.edit(&[("a", "1\r\n2\r\n")]);
    p.repo.discard(None).unwrap();
    p.repo.undo(&NoMerge).unwrap();
    assert_eq!(p.text("a").unwrap(), "1\r\n2\r\n");
}

#[test]
fn garbage_collection_takes_nothing_away() {
    let p = Project::with(&[("a", "1\n")]);
    p.edit(&[("a", "precious\n"), ("u", "new\n")]);
    p.repo.discard(None).unwrap();
    p.git(&["reflog", "expire", "--expire=now", "--all"]);
    p.git(&["gc", "-q", "--prune=now"]);
    Repo::open(&p.root).unwrap().undo(&NoMerge).unwrap();
    assert_eq!(
        (p.text("a").unwrap().as_str(), p.text("u").unwrap().as_str()),
        ("precious\n", "new\n")
    );
}

#[test]
fn staged_content_that_is_nowhere_else_survives() {
    let p = Project::with(&[("a", "1\n")]);
    p.branch("side");
    p.edit(&[("a", "staged\n")]);
    p.git(&["add", "a"]);
    let blob = p.git(&["rev-parse", ":a"]).trim().to_owned();
    p.edit(&[("a", "edited again\n")]);
    p.switch("side");
    p.git(&["reflog", "expire", "--expire=now", "--all"]);
    p.git(&["gc", "-q", "--prune=now"]);
    assert_eq!(p.git(&["cat-file", "-p", &blob]), "staged\n");
    assert_eq!(p.text("a").unwrap(), "edited again\n");
}

#[test]
fn an_operation_cut_off_by_a_crash_is_taken_back() {
    let p = Project::with(&[("a", "1\n"), ("b", "1\n")]);
    p.edit(&[("a", "2\n"), ("b", "2\n")]);
    p.repo.discard(None).unwrap();
    // As if the crash had come after one file: the other still has its earlier bytes.
    let name = p.git(&[
        "for-each-ref",
        "--format=%(refname)",
        "--sort=-refname",
        "--count=1",
        "refs/sheaf/undo",
    ]);
    p.edit(&[("b", "2\n")]);
    fs::write(p.path(".git/sheaf/pending"), name.trim()).unwrap();
    fs::write(p.path(".git/index.lock"), "sheaf").unwrap();
    fs::write(p.path(".git/sheaf/index.draft"), "").unwrap();
    let cleaned = p.repo.clean_up().unwrap();
    assert!(cleaned.recovered);
    assert_eq!(
        (p.text("a").unwrap().as_str(), p.text("b").unwrap().as_str()),
        ("2\n", "2\n")
    );
    p.assert_sound();
    assert_eq!(p.repo.undo_points(9).unwrap().len(), 1);
}

#[test]
fn what_an_undo_point_needs_is_as_young_as_the_undo_point() {
    let p = Project::with(&[("a", "committed\n")]);
    p.edit(&[("a", "kept before\n")]);
    let oid = p.git(&["hash-object", "-w", "a"]).trim().to_owned();
    let object = p.path(&format!(".git/objects/{}/{}", &oid[..2], &oid[2..]));
    let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    let open = || fs::File::open(&object).unwrap();
    open().set_modified(old).unwrap();

    p.repo.discard(None).unwrap();
    assert!(open().metadata().unwrap().modified().unwrap() > old);
    p.git(&["gc", "-q", "--prune=now"]);
    p.repo.undo(&NoMerge).unwrap();
    assert_eq!(p.text("a").unwrap(), "kept before\n");
}
