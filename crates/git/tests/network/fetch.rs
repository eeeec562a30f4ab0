use sheaf_git::error::GitError;
use sheaf_git_host::{CertificateKind, Listener};

use crate::world::{REPO, World};

#[test]
fn a_fetch_moves_what_is_known_of_the_remote_and_nothing_else() {
    let world = World::new();
    world.colleague("old", &[("o", "o")], "Old");
    let repo = world.clone();
    let before = world.tip("main");
    world.colleague("main", &[("new", "new")], "New");
    world.colleague("feature/x", &[("x", "x")], "X");
    world.host.move_branch(REPO, "old", None).unwrap();

    let report = repo.fetch(&world.net()).unwrap();

    assert_eq!(report.updated, ["feature/x", "main"]);
    assert_eq!(report.pruned, ["old"]);
    assert!(report.bytes > 0 && !report.remote_empty);
    assert_eq!(world.tip("origin/main"), world.remote_tip("main"));
    assert_eq!(world.tip("main"), before);
    assert!(!world.target().join("new").exists());
    world.assert_sound();
}

#[test]
fn a_fetch_of_nothing_asks_once() {
    let world = World::new();
    let repo = world.clone();
    world.host.clear_requests();
    let report = repo.fetch(&world.net()).unwrap();
    assert_eq!(
        (report.updated.len(), report.pruned.len(), report.bytes),
        (0, 0, 0)
    );
    assert_eq!(world.requests(Listener::Main).len(), 1);
}

#[test]
fn a_branch_may_become_a_folder() {
    let world = World::new();
    world.colleague("a", &[("x", "x")], "X");
    let repo = world.clone();
    world.host.move_branch(REPO, "a", None).unwrap();
    world.colleague("a/b", &[("x", "x")], "X");
    let report = repo.fetch(&world.net()).unwrap();
    assert_eq!(
        (report.updated, report.pruned),
        (vec!["a/b".to_owned()], vec!["a".to_owned()])
    );
}

#[test]
fn rewritten_history_is_fetched_and_local_work_stays() {
    let world = World::new();
    let first = world.remote_tip("main");
    world.colleague("main", &[("gone", "gone")], "Gone soon");
    let repo = world.clone();
    let local = world.tip("main");
    world.host.move_branch(REPO, "main", Some(&first.0)).unwrap();
    let report = repo.fetch(&world.net()).unwrap();
    assert_eq!(report.updated, ["main"]);
    assert_eq!((world.tip("origin/main"), world.tip("main")), (first, local));
}

#[test]
fn tags_arrive_and_never_move() {
    let world = World::new();
    world.bare(&["tag", "v1", "main"]);
    let repo = world.clone();
    let v1 = world.tip("v1");
    world.colleague("main", &[("n", "n")], "N");
    world.bare(&["tag", "-f", "v1", "main"]);
    world.bare(&[
        "-c",
        "user.name=Bo",
        "-c",
        "user.email=b@x",
        "tag",
        "-a",
        "-m",
        "two",
        "v2",
        "main",
    ]);
    repo.fetch(&world.net()).unwrap();
    assert_eq!(world.tip("v1"), v1);
    assert_eq!(world.tip("v2^{}"), world.remote_tip("main"));
    world.assert_sound();
}

#[test]
fn an_empty_remote_is_no_error() {
    let world = World::empty(CertificateKind::Valid);
    let repo = world.clone();
    assert!(repo.fetch(&world.net()).unwrap().remote_empty);
}

#[test]
fn without_a_remote_there_is_nothing_to_fetch() {
    let world = World::new();
    let repo = world.clone();
    repo.config_set("remote.origin.url", None).unwrap();
    assert!(matches!(repo.fetch(&world.net()), Err(GitError::NoRemote)));
    assert_eq!(world.requests(Listener::Main).len(), 2);
}

#[test]
fn a_token_in_the_configuration_is_not_used() {
    let world = World::new();
    let repo = world.clone();
    world.host.clear_requests();
    let url = world
        .host
        .url(REPO)
        .replace("https://", "https://ana:hidden-word@");
    world.git(&["config", "remote.origin.url", &url]);
    let error = repo.fetch(&world.net()).unwrap_err();
    assert!(matches!(error, GitError::Uri(_)), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("hidden-word"));
    assert!(world.host.requests().is_empty());
}
