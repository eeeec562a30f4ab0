//! Branches.

use sheaf_git::branches::DeleteOutcome;
use sheaf_git::error::GitError;
use sheaf_git::model::Head;

use crate::support::{NoMerge, Project};

#[test]
fn created_listed_and_switched() {
    let p = Project::with(&[("a", "1\n")]);
    p.branch("feature/x");
    p.branch("größe");
    p.repo.create_branch("from-id", Some(&p.head().0)).unwrap();
    p.repo.create_branch("from-name", Some("feature/x")).unwrap();
    p.switch("feature/x");
    let (local, remote) = p.repo.branches().unwrap();
    let names: Vec<_> = local.iter().map(|b| b.name.as_str()).collect();
    assert_eq!(names, ["feature/x", "from-id", "from-name", "größe", "main"]);
    assert!(local[0].current && !local[1].current && remote.is_empty());
    assert_eq!(p.git(&["branch", "--show-current"]).trim(), "feature/x");
    p.assert_clean();
}

#[test]
fn names_that_are_refused() {
    let p = Project::with(&[("a", "1\n")]);
    p.branch("Feature");
    let bad = |r: Result<(), GitError>| matches!(r, Err(GitError::BadBranchName { .. }));
    assert!(bad(p.repo.create_branch("a\nb", None)));
    assert!(bad(p.repo.create_branch("-x", None)));
    assert!(bad(p.repo.create_branch("main/x", None)));
    assert!(
        matches!(p.repo.create_branch("feature", None), Err(GitError::BranchExists(b)) if b == "Feature")
    );
    assert!(matches!(
        p.repo.create_branch("x", Some("nope")),
        Err(GitError::NoBranch(_))
    ));
    assert!(matches!(
        p.repo.create_branch("x", Some("HEAD~1")),
        Err(GitError::NoBranch(_))
    ));
    assert!(matches!(
        p.repo.create_branch("x", Some(&"0".repeat(40))),
        Err(GitError::NoCommit(_))
    ));
    assert!(matches!(
        Project::empty().repo.create_branch("x", None),
        Err(GitError::NoCommit(_))
    ));
}

#[test]
fn deleted_with_commits_nobody_else_has_and_brought_back() {
    let p = Project::with(&[("a", "1\n")]);
    p.repo.set_remote_url("https://example.org/a/b").unwrap();
    p.branch("side");
    p.switch("side");
    p.edit(&[("a", "2\n")]);
    let tip = p.commit("Only here");
    assert!(matches!(
        p.repo.delete_branch("side", true),
        Err(GitError::CurrentBranch(_))
    ));
    p.switch("main");
    p.repo.config_set("branch.side.remote", Some("origin")).unwrap();
    p.repo
        .config_set("branch.side.merge", Some("refs/heads/side"))
        .unwrap();
    let before = p.everything();
    let DeleteOutcome::Unmerged(lost) = p.repo.delete_branch("side", false).unwrap() else {
        panic!()
    };
    assert_eq!(
        lost.iter().map(|c| c.title.as_str()).collect::<Vec<_>>(),
        ["Only here"]
    );
    assert_eq!(p.everything(), before);
    assert_eq!(
        p.repo.delete_branch("side", true).unwrap(),
        DeleteOutcome::Deleted
    );
    assert_eq!(p.repo.config_get("branch.side.merge"), None);
    p.git(&["gc", "-q", "--prune=now"]);
    assert_eq!(p.repo.undo(&NoMerge).unwrap().label, "Delete branch side");
    assert_eq!(p.git(&["rev-parse", "side"]).trim(), tip.0);
    assert_eq!(p.git(&["config", "branch.side.merge"]).trim(), "refs/heads/side");
    assert!(matches!(
        p.repo.delete_branch("nope", false),
        Err(GitError::NoBranch(_))
    ));
}

#[test]
fn deleted_at_once_where_another_branch_has_it_all() {
    let p = Project::with(&[("a", "1\n")]);
    p.branch("side");
    p.git(&["pack-refs", "--all"]);
    assert_eq!(
        p.repo.delete_branch("side", false).unwrap(),
        DeleteOutcome::Deleted
    );
    assert_eq!(p.git(&["branch", "--list", "side"]), "");
    p.assert_clean();
}

#[test]
fn renamed_also_while_checked_out_and_only_in_case() {
    let p = Project::with(&[("a", "1\n")]);
    p.repo.rename_branch("main", "trunk").unwrap();
    assert_eq!(p.repo.head().unwrap().branch(), Some("trunk"));
    p.branch("other");
    assert!(matches!(
        p.repo.rename_branch("other", "trunk"),
        Err(GitError::BranchExists(_))
    ));
    p.repo.rename_branch("other", "Other").unwrap();
    p.repo.undo(&NoMerge).unwrap();
    p.repo.undo(&NoMerge).unwrap();
    p.repo.undo(&NoMerge).unwrap();
    assert_eq!(p.repo.head().unwrap().branch(), Some("main"));
    p.assert_clean();
}

#[test]
fn those_of_the_remote() {
    let p = Project::with(&[("a", "1\n")]);
    let first = p.head();
    p.edit(&[("a", "2\n")]);
    let second = p.commit("Second");
    p.repo.set_remote_url("https://example.org/a/b").unwrap();
    for (name, oid) in [("main", &first), ("feature/y", &second)] {
        p.git(&["update-ref", &format!("refs/remotes/origin/{name}"), &oid.0]);
    }
    p.git(&[
        "symbolic-ref",
        "refs/remotes/origin/HEAD",
        "refs/remotes/origin/main",
    ]);
    p.git(&["config", "branch.main.remote", "origin"]);
    p.git(&["config", "branch.main.merge", "refs/heads/main"]);
    let (local, remote) = p.repo.branches().unwrap();
    assert_eq!(
        (local[0].upstream.as_deref(), local[0].ahead, local[0].behind),
        (Some("origin/main"), Some(1), Some(0))
    );
    assert_eq!(
        remote.iter().map(|b| b.name.as_str()).collect::<Vec<_>>(),
        ["feature/y"]
    );
    p.repo.track_remote_branch("feature/y").unwrap();
    assert_eq!(
        p.git(&["rev-parse", "--abbrev-ref", "feature/y@{upstream}"])
            .trim(),
        "origin/feature/y"
    );
    let (local, remote) = p.repo.branches().unwrap();
    assert!(remote.is_empty());
    assert_eq!(
        (local[0].name.as_str(), local[1].name.as_str()),
        ("main", "feature/y")
    );
    p.git(&["update-ref", "refs/heads/main", &first.0]);
    p.git(&["update-ref", "refs/remotes/origin/main", &second.0]);
    assert_eq!(p.repo.ahead_behind("main").unwrap(), Some((0, 1)));
    assert_eq!(p.repo.overwritten_commits("main", "main").unwrap()[0].id, second);
    assert_eq!(p.repo.ahead_behind("feature/y").unwrap(), Some((0, 0)));
}

#[test]
fn a_detached_head_is_named() {
    let p = Project::with(&[("a", "1\n")]);
    p.git(&["checkout", "-q", "--detach"]);
    assert!(matches!(p.repo.head().unwrap(), Head::Detached { .. }));
    p.edit(&[("a", "2\n")]);
    let result = p.repo.commit(None, "x", &crate::support::author());
    assert!(matches!(result, Err(GitError::Detached)));
    p.switch("main");
    assert_eq!(p.changes(), ["M a"]);
    p.repo.undo(&NoMerge).unwrap();
    assert!(matches!(p.repo.head().unwrap(), Head::Detached { .. }));
}

#[test]
fn a_backup_is_reachable() {
    let p = Project::with(&[("a", "1\n")]);
    let one = p.repo.backup("main", &p.head()).unwrap();
    let two = p.repo.backup("main", &p.head()).unwrap();
    assert_ne!(one, two);
    assert_eq!(p.git(&["rev-parse", &one]).trim(), p.head().0);
}

#[test]
fn a_branch_does_not_become_a_folder_of_its_own_name() {
    let p = Project::with(&[("a", "1\n")]);
    p.branch("feature");
    p.branch("deep/er");
    let before = p.everything();
    for (old, new) in [
        ("feature", "feature/x"),
        ("deep/er", "deep"),
        ("feature", "Feature/x"),
    ] {
        let renamed = p.repo.rename_branch(old, new);
        assert!(
            matches!(&renamed, Err(GitError::BadBranchName { name, .. }) if name == new),
            "{old} {new}: {renamed:?}"
        );
    }
    assert_eq!(p.everything(), before);
    p.repo.rename_branch("feature", "other").unwrap();
    p.repo.rename_branch("other", "feature/x").unwrap();
    p.repo.rename_branch("feature/x", "other").unwrap();
    p.branch("feature");
    p.repo.delete_branch("feature", true).unwrap();
    p.branch("feature/y");
    p.assert_clean();
}

#[test]
fn a_commit_is_known_by_its_first_digits() {
    let p = Project::with(&[("a", "1\n")]);
    let id = p.head().0;
    for (name, from) in [
        ("seven", &id[..7]),
        ("twelve", &id[..12]),
        ("upper", &id[..9].to_uppercase()),
    ] {
        p.repo.create_branch(name, Some(from)).unwrap();
        assert_eq!(p.git(&["rev-parse", name]).trim(), id);
    }
    let short = p.repo.create_branch("six", Some(&id[..6]));
    assert!(matches!(short, Err(GitError::NoBranch(_))), "{short:?}");
    let tree = p.git(&["rev-parse", "HEAD^{tree}"]);
    assert!(p.repo.create_branch("tree", Some(&tree[..9])).is_err());
    let nobody = p.repo.create_branch("none", Some("0000000"));
    assert!(matches!(nobody, Err(GitError::NoCommit(_))), "{nobody:?}");
}
