use std::sync::{Arc, Mutex};

use sheaf_git::clone::clone;
use sheaf_git::error::{GitError, NetworkError};
use sheaf_git::progress::Stage;
use sheaf_git_host::{Access, CertificateKind, Listener};

use crate::world::{REPO, TOKEN, World, git};

#[test]
fn a_clone_is_what_git_would_have_made() {
    let world = World::new();
    world.colleague("feature/x", &[("x.txt", "x")], "Branch off");
    world.bare(&["tag", "v1", "main"]);
    let stages = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&stages);
    let mut net = world.net();
    net.progress = Some(Arc::new(move |p| sink.lock().unwrap().push(p.stage)));

    let report = world.try_clone(&net).unwrap();

    assert_eq!((report.empty, report.default_branch.as_str()), (false, "main"));
    assert_eq!(
        report.repo.work_dir().canonicalize().unwrap(),
        world.target().canonicalize().unwrap()
    );
    assert_eq!(
        std::fs::read_to_string(world.target().join("a/b.yml")).unwrap(),
        "x: 1\n"
    );
    assert_eq!(world.tip("HEAD"), world.remote_tip("main"));
    assert_eq!(
        world.git(&["branch", "-r"]),
        "origin/HEAD -> origin/main\n  origin/feature/x\n  origin/main"
    );
    assert_eq!(
        world.git(&["rev-parse", "--abbrev-ref", "main@{upstream}"]),
        "origin/main"
    );
    assert_eq!(world.git(&["config", "remote.origin.url"]), world.host.url(REPO));
    assert_eq!(
        world.git(&["config", "remote.origin.fetch"]),
        "+refs/heads/*:refs/remotes/origin/*"
    );
    assert_eq!(world.git(&["tag"]), "v1");
    assert_eq!(std::fs::read_dir(world.dir.path()).unwrap().count(), 1);
    let stages = stages.lock().unwrap();
    assert!(
        stages.contains(&Stage::Connecting) && stages.contains(&Stage::Receiving),
        "{stages:?}"
    );
    world.assert_sound();
}

#[test]
fn the_token_is_sent_at_once_and_to_every_request() {
    let world = World::new();
    world.clone();
    let requests = world.requests(Listener::Main);
    assert_eq!(
        requests.iter().map(|r| r.method.as_str()).collect::<Vec<_>>(),
        ["GET", "POST"]
    );
    assert!(
        requests
            .iter()
            .all(|r| r.authorization.as_ref().is_some_and(|a| a.token == TOKEN))
    );
    assert!(
        requests[0]
            .user_agent
            .as_ref()
            .unwrap()
            .starts_with("git/2.0 (Sheaf ")
    );
}

#[test]
fn without_a_token_the_host_asks_for_one() {
    let world = World::new();
    let error = world.failed_clone(&world.anonymous());
    assert!(
        matches!(error, GitError::Network(NetworkError::AuthNeeded(_))),
        "{error:?}"
    );
}

#[test]
fn a_wrong_token_is_refused_once() {
    let world = World::new();
    let error = world.failed_clone(&world.net_with("wrong"));
    assert!(
        matches!(error, GitError::Network(NetworkError::AuthFailed(_))),
        "{error:?}"
    );
    assert_eq!(world.requests(Listener::Main).len(), 1);
}

#[test]
fn a_token_of_another_origin_stays_at_home() {
    let world = World::new();
    let mut net = world.net();
    let other = format!("{}/x/y", world.host.other_origin());
    net.credentials.as_mut().unwrap().0 = sheaf_git::uri::RemoteUri::parse(&other).unwrap().origin().clone();
    let error = world.failed_clone(&net);
    assert!(
        matches!(error, GitError::Network(NetworkError::AuthNeeded(_))),
        "{error:?}"
    );
    assert!(
        world
            .requests(Listener::Main)
            .iter()
            .all(|r| r.authorization.is_none())
    );
}

#[test]
fn what_is_hidden_and_what_is_not_there_look_alike() {
    let world = World::new();
    world.host.add_token("outsider", "eve", Access::NoAccess);
    let error = world.failed_clone(&world.net_with("outsider"));
    assert!(
        matches!(error, GitError::Network(NetworkError::NotFound(_))),
        "{error:?}"
    );
}

#[test]
fn an_empty_remote_says_how_its_branch_is_called() {
    let world = World::empty(CertificateKind::Valid);
    world.bare(&["symbolic-ref", "HEAD", "refs/heads/trunk"]);
    let report = world.try_clone(&world.net()).unwrap();
    assert_eq!((report.empty, report.default_branch.as_str()), (true, "trunk"));
    assert_eq!(world.git(&["symbolic-ref", "HEAD"]), "refs/heads/trunk");
    assert_eq!(world.git(&["config", "branch.trunk.merge"]), "refs/heads/trunk");
}

#[test]
fn any_branch_can_be_the_first() {
    let world = World::new();
    world.colleague("feature/x", &[("x.txt", "x")], "Branch off");
    clone(&world.uri(), &world.target(), Some("feature/x"), &world.net()).unwrap();
    assert_eq!(world.git(&["symbolic-ref", "--short", "HEAD"]), "feature/x");
    assert_eq!(
        world.git(&["rev-parse", "--abbrev-ref", "@{upstream}"]),
        "origin/feature/x"
    );
    world.assert_sound();
}

#[test]
fn a_branch_that_is_not_there_is_named() {
    let world = World::new();
    let Err(error) = clone(&world.uri(), &world.target(), Some("nope"), &world.net()) else {
        panic!()
    };
    assert!(
        matches!(error, GitError::NoBranch(ref name) if name == "nope"),
        "{error:?}"
    );
    world.assert_nothing_left();
}

#[test]
fn a_folder_with_files_is_never_a_target() {
    let world = World::new();
    std::fs::create_dir(world.target()).unwrap();
    std::fs::write(world.target().join("mine"), "x").unwrap();
    let Err(error) = world.try_clone(&world.net()) else {
        panic!()
    };
    assert!(matches!(error, GitError::TargetExists(_)), "{error:?}");
    assert_eq!(std::fs::read_to_string(world.target().join("mine")).unwrap(), "x");
    assert!(world.requests(Listener::Main).is_empty());
}

#[test]
fn an_empty_folder_and_missing_parents_are_fine() {
    let world = World::new();
    std::fs::create_dir(world.target()).unwrap();
    world.clone();
    let deep = world.dir.path().join("p/q/r");
    clone(&world.uri(), &deep, None, &world.net()).unwrap();
    git(&deep, &["fsck", "--full"]);
}

#[test]
fn a_repository_cannot_send_us_elsewhere_by_its_settings() {
    let world = World::new();
    let repo = world.clone();
    let origin = world.host.origin();
    let other = world.host.other_origin();
    world.git(&["config", &format!("url.{other}.insteadOf"), &origin]);
    world.git(&["config", "remote.origin.pushurl", &format!("{other}/x")]);
    world.git(&["config", "remote.origin.fetch", "+refs/heads/*:refs/heads/*"]);
    world.git(&["config", "http.proxy", &other]);
    world.git(&["config", "http.sslVerify", "false"]);
    world.colleague("main", &[("c", "c")], "More");
    let before = world.tip("main");
    repo.fetch(&world.net()).unwrap();
    assert_eq!(world.tip("main"), before);
    assert_eq!(world.tip("origin/main"), world.remote_tip("main"));
    assert!(world.requests(Listener::Other).is_empty());
}

#[test]
fn leftovers_of_killed_clones_can_be_removed() {
    let world = World::new();
    let folder = world.dir.path().join(".sheaf-clone-1-1-1");
    std::fs::create_dir_all(folder.join("work")).unwrap();
    std::fs::write(folder.join("marker"), "").unwrap();
    assert_eq!(
        sheaf_git::clone::remove_stale_clones(world.dir.path()).unwrap(),
        1
    );
    world.assert_nothing_left();
}

#[test]
fn a_clone_removes_what_a_killed_one_left_beside_it() {
    let world = World::new();
    let dead = world.dir.path().join(".sheaf-clone-1-1-1");
    std::fs::create_dir_all(dead.join("work")).unwrap();
    std::fs::write(dead.join("marker"), "").unwrap();
    let unmarked = world.dir.path().join(".sheaf-clone-2-2-2");
    std::fs::create_dir(&unmarked).unwrap();
    let alive = world.dir.path().join(".sheaf-clone-3-3-3");
    std::fs::create_dir(&alive).unwrap();
    let marker = std::fs::File::create(alive.join("marker")).unwrap();
    marker.lock().unwrap();
    world.clone();
    assert!(!dead.exists() && unmarked.exists() && alive.exists());
}
