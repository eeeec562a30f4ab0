//! Switching with and without changes.

use std::fs;

use sheaf_git::error::GitError;
use sheaf_git::file_merge::FileAnswer;
use sheaf_git::switch::{SwitchMode, SwitchOutcome, UnparkOutcome};

use crate::support::{Answering, Answers, Lines, NoMerge, Project, disagreements};

/// `main` and `side` differ in `a` and in a file each.
fn two_branches() -> Project {
    let p = Project::with(&[("a", "1\n2\n3\n4\n5\n6\n7\n"), ("b", "b\n")]);
    p.branch("side");
    p.edit(&[("only/main", "m\n")]);
    p.commit("Main");
    p.switch("side");
    p.edit(&[("a", "1\n2\n3\n4\n5\n6\nside\n"), ("only/side", "s\n")]);
    p.commit("Side");
    p.switch("main");
    p
}

fn switch(p: &Project, to: &str, mode: SwitchMode) -> SwitchOutcome<String> {
    p.repo.switch_branch(to, mode, &Lines).unwrap()
}

fn switched(carried: usize, parked: usize, unparked: usize) -> SwitchOutcome<String> {
    SwitchOutcome::Switched {
        carried,
        parked,
        unparked,
        still_parked: false,
    }
}

#[test]
fn clean_there_and_back() {
    let p = two_branches();
    assert_eq!(switch(&p, "side", SwitchMode::Carry), switched(0, 0, 0));
    assert_eq!(
        (p.text("only/main"), p.text("only/side").unwrap().as_str()),
        (None, "s\n")
    );
    p.assert_clean();
    assert_eq!(switch(&p, "side", SwitchMode::Carry), switched(0, 0, 0));
    p.repo.undo(&NoMerge).unwrap();
    assert_eq!(p.repo.head().unwrap().branch(), Some("main"));
    p.assert_clean();
    p.repo.redo(&NoMerge).unwrap();
    assert_eq!(p.repo.head().unwrap().branch(), Some("side"));
    p.assert_clean();
    let missing = p.repo.switch_branch("nope", SwitchMode::Carry, &Lines);
    assert!(matches!(missing, Err(GitError::NoBranch(_))));
}

#[test]
fn changes_come_along() {
    let p = two_branches();
    p.edit(&[("a", "mine\n2\n3\n4\n5\n6\n7\n"), ("new/x", "x\n")]);
    fs::remove_file(p.path("b")).unwrap();
    assert_eq!(switch(&p, "side", SwitchMode::Carry), switched(3, 0, 0));
    assert_eq!(p.text("a").unwrap(), "mine\n2\n3\n4\n5\n6\nside\n");
    assert_eq!(p.changes(), ["M a", "D b", "A new/x"]);
    p.repo.undo(&NoMerge).unwrap();
    assert_eq!(p.text("a").unwrap(), "mine\n2\n3\n4\n5\n6\n7\n");
    assert_eq!(p.changes(), ["M a", "D b", "A new/x"]);
    p.assert_sound();
}

#[test]
fn a_change_that_is_already_there_is_none_any_more() {
    let p = two_branches();
    p.edit(&[("only/side", "s\n")]);
    assert_eq!(switch(&p, "side", SwitchMode::Carry), switched(0, 0, 0));
    p.assert_clean();
}

#[test]
fn disagreement_touches_nothing_until_answered() {
    let p = two_branches();
    p.edit(&[("a", "1\n2\n3\n4\n5\n6\nmine\n"), ("only/side", "mine\n")]);
    let before = p.everything();
    let SwitchOutcome::Open(open) = switch(&p, "side", SwitchMode::Carry) else {
        panic!()
    };
    let open = disagreements(open);
    assert_eq!(
        open.iter().map(|d| d.path.as_str()).collect::<Vec<_>>(),
        ["a", "only/side"]
    );
    assert_eq!(open[1].base, None);
    assert_eq!(open[1].ours.as_deref(), Some(&b"mine\n"[..]));
    assert_eq!(open[1].theirs.as_deref(), Some(&b"s\n"[..]));
    assert!(open.iter().all(|d| d.uncommitted));
    assert_eq!(p.everything(), before);
    let answers = Answers::from([
        ("a".into(), FileAnswer::Ours),
        ("only/side".into(), FileAnswer::Theirs),
    ]);
    let outcome = p
        .repo
        .switch_branch("side", SwitchMode::Carry, &Answering::all(&answers))
        .unwrap();
    assert_eq!(outcome, switched(1, 0, 0));
    assert_eq!(p.text("a").unwrap(), "1\n2\n3\n4\n5\n6\nmine\n");
    assert_eq!(p.text("only/side").unwrap(), "s\n");
    p.repo.undo(&NoMerge).unwrap();
    assert_eq!(p.everything().0, before.0);
}

#[test]
fn an_ignored_file_is_not_overwritten_silently() {
    let p = two_branches();
    p.edit(&[
        (".git/info/exclude", "only/\n"),
        ("only/side", "ignored but mine\n"),
    ]);
    assert_eq!(p.changes(), Vec::<String>::new());
    let SwitchOutcome::Open(open) = switch(&p, "side", SwitchMode::Carry) else {
        panic!()
    };
    let open = disagreements(open);
    assert_eq!(open[0].path, "only/side");
    let parked = switch(&p, "side", SwitchMode::Park);
    assert_eq!(parked, switched(0, 1, 0));
    assert_eq!(p.text("only/side").unwrap(), "s\n");
    assert_eq!(switch(&p, "main", SwitchMode::Carry), switched(0, 0, 1));
    assert_eq!(p.text("only/side").unwrap(), "ignored but mine\n");
}

#[test]
fn parked_and_brought_back() {
    let p = two_branches();
    p.edit(&[("a", "mine\n"), ("new/x", "x\n")]);
    fs::remove_file(p.path("b")).unwrap();
    let before = p.files();
    assert_eq!(switch(&p, "side", SwitchMode::Park), switched(0, 3, 0));
    p.assert_clean();
    assert!(
        p.repo
            .branches()
            .unwrap()
            .0
            .iter()
            .any(|b| b.name == "main" && b.parked)
    );
    p.git(&["gc", "-q", "--prune=now"]);
    assert_eq!(switch(&p, "main", SwitchMode::Carry), switched(0, 0, 3));
    assert_eq!(p.files(), before);
    assert!(p.repo.branches().unwrap().0.iter().all(|b| !b.parked));
    p.repo.undo(&NoMerge).unwrap();
    p.assert_clean();
    p.repo.undo(&NoMerge).unwrap();
    assert_eq!(p.files(), before);
    assert!(p.repo.branches().unwrap().0.iter().all(|b| !b.parked));
    p.assert_sound();
}

#[test]
fn what_does_not_fit_any_more_stays_parked() {
    let p = two_branches();
    p.edit(&[("b", "mine\n")]);
    switch(&p, "side", SwitchMode::Park);
    p.edit(&[("b", "carried\n")]);
    let SwitchOutcome::Switched {
        carried: 1,
        unparked: 0,
        still_parked: true,
        ..
    } = switch(&p, "main", SwitchMode::Carry)
    else {
        panic!()
    };
    assert_eq!(p.text("b").unwrap(), "carried\n");
    let UnparkOutcome::Open(open) = p.repo.unpark(&Lines).unwrap() else {
        panic!()
    };
    let open = disagreements(open);
    assert_eq!(
        (open[0].path.as_str(), open[0].theirs.as_deref()),
        ("b", Some(&b"mine\n"[..]))
    );
    let answers = Answers::from([("b".into(), FileAnswer::Theirs)]);
    assert_eq!(
        p.repo.unpark(&Answering::lines(&answers)).unwrap(),
        UnparkOutcome::Unparked(1)
    );
    assert_eq!(p.text("b").unwrap(), "mine\n");
    assert_eq!(
        p.repo.unpark(&Answering::lines(&answers)).unwrap(),
        UnparkOutcome::NothingParked
    );
    p.repo.undo(&NoMerge).unwrap();
    assert_eq!(p.text("b").unwrap(), "carried\n");
}

#[test]
fn parked_twice() {
    let p = two_branches();
    p.edit(&[("b", "one\n")]);
    switch(&p, "side", SwitchMode::Park);
    p.edit(&[("b", "two\n")]);
    switch(&p, "main", SwitchMode::Carry);
    assert_eq!(switch(&p, "side", SwitchMode::Park), switched(0, 1, 0));
    let SwitchOutcome::Switched {
        unparked: 1,
        still_parked: true,
        ..
    } = switch(&p, "main", SwitchMode::Carry)
    else {
        panic!()
    };
    assert_eq!(p.text("b").unwrap(), "two\n");
    let answers = Answers::from([("b".into(), FileAnswer::Theirs)]);
    assert_eq!(
        p.repo.unpark(&Answering::lines(&answers)).unwrap(),
        UnparkOutcome::Unparked(1)
    );
    assert_eq!(p.text("b").unwrap(), "one\n");
}

#[test]
fn a_folder_in_the_way_of_a_file() {
    let p = two_branches();
    p.edit(&[("only/side/inner", "mine\n")]);
    let before = p.everything();
    let result = p.repo.switch_branch("side", SwitchMode::Carry, &Lines);
    assert!(matches!(result, Err(GitError::InTheWay(p)) if p == "only/side"));
    assert_eq!(p.everything(), before);
    assert_eq!(switch(&p, "side", SwitchMode::Park), switched(0, 1, 0));
    p.assert_clean();
}

#[test]
fn file_and_folder_change_places() {
    let p = Project::with(&[("x", "file\n")]);
    p.branch("side");
    p.switch("side");
    fs::remove_file(p.path("x")).unwrap();
    p.edit(&[("x/y/z", "inner\n")]);
    p.commit("Folder");
    for name in ["main", "side", "main"] {
        p.switch(name);
        p.assert_clean();
    }
}

#[test]
fn a_deleted_branch_takes_its_parked_changes_along_and_back() {
    let p = two_branches();
    p.switch("side");
    p.edit(&[("b", "parked\n")]);
    switch(&p, "main", SwitchMode::Park);
    assert!(matches!(
        p.repo.delete_branch("side", false).unwrap(),
        sheaf_git::branches::DeleteOutcome::Unmerged(list) if list.len() == 2
    ));
    p.repo.delete_branch("side", true).unwrap();
    p.repo.undo(&NoMerge).unwrap();
    p.repo.rename_branch("side", "renamed").unwrap();
    assert_eq!(switch(&p, "renamed", SwitchMode::Carry), switched(0, 0, 1));
    assert_eq!(p.text("b").unwrap(), "parked\n");
}
