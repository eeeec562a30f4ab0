use std::sync::{Arc, Mutex};

use sheaf_git::error::{GitError, NetworkError};
use sheaf_git::model::RejectReason;
use sheaf_git::progress::{Progress, Stage};
use sheaf_git::push::{PushMode, PushOutcome};
use sheaf_git_host::{CertificateKind, Fault, Listener};

use crate::world::{REPO, World, noise};

#[test]
fn a_push_adds_commits() {
    let world = World::new();
    let repo = world.clone();
    world.commit("one", "1");
    world.commit("two", "2");
    let outcome = world.push(&repo);
    assert!(
        matches!(
            outcome,
            PushOutcome::Pushed {
                commits: 2,
                created: false,
                ..
            }
        ),
        "{outcome:?}"
    );
    assert_eq!(world.tip("HEAD"), world.remote_tip("main"));
    assert_eq!(world.tip("origin/main"), world.remote_tip("main"));
    assert_eq!(world.bare(&["log", "--format=%s", "main"]), "two\none\nBegin");
    world.assert_sound();
}

#[test]
fn the_first_push_of_a_branch_sets_its_upstream() {
    let world = World::new();
    let repo = world.clone();
    world.git(&["switch", "-q", "-c", "feature/x"]);
    world.commit("x", "x");
    let outcome = repo
        .push("feature/x", "feature/y", &PushMode::Normal, &world.net())
        .unwrap();
    assert!(
        matches!(
            outcome,
            PushOutcome::Pushed {
                commits: 1,
                created: true,
                ..
            }
        ),
        "{outcome:?}"
    );
    assert_eq!(
        world.git(&["rev-parse", "--abbrev-ref", "feature/x@{upstream}"]),
        "origin/feature/y"
    );
    assert_eq!(world.tip("feature/x"), world.remote_tip("feature/y"));
    world.assert_sound();
}

#[test]
fn a_push_to_another_branch_leaves_the_upstream() {
    let world = World::new();
    let repo = world.clone();
    world.commit("x", "x");
    repo.push("main", "rescue", &PushMode::Normal, &world.net())
        .unwrap();
    assert_eq!(
        world.git(&["rev-parse", "--abbrev-ref", "main@{upstream}"]),
        "origin/main"
    );
    assert_eq!(world.tip("main"), world.remote_tip("rescue"));
}

#[test]
fn the_first_push_into_an_empty_remote() {
    let world = World::empty(CertificateKind::Valid);
    let repo = world.clone();
    world.commit("x", "x");
    let outcome = world.push(&repo);
    assert!(
        matches!(
            outcome,
            PushOutcome::Pushed {
                commits: 1,
                created: true,
                ..
            }
        ),
        "{outcome:?}"
    );
    world.assert_sound();
}

#[test]
fn nothing_to_push_makes_no_request() {
    let world = World::new();
    let repo = world.clone();
    world.host.clear_requests();
    assert_eq!(world.push(&repo), PushOutcome::UpToDate);
    assert!(world.host.requests().is_empty());
}

#[test]
fn what_the_remote_has_already_is_noted() {
    let world = World::new();
    let repo = world.clone();
    world.commit("x", "x");
    world.push(&repo);
    world.git(&["update-ref", "-d", "refs/remotes/origin/main"]);
    world.host.clear_requests();
    assert_eq!(world.push(&repo), PushOutcome::UpToDate);
    assert_eq!(world.tip("origin/main"), world.remote_tip("main"));
    assert!(world.requests(Listener::Main).iter().all(|r| r.method == "GET"));
}

#[test]
fn commits_of_others_are_never_pushed_over() {
    let world = World::new();
    let repo = world.clone();
    let theirs = world.colleague("main", &[("theirs", "t")], "Theirs");
    world.commit("mine", "m");
    world.host.clear_requests();
    let PushOutcome::Rejected(rejection) = world.push(&repo) else {
        panic!()
    };
    assert_eq!(rejection.reason, RejectReason::RemoteHasNewer);
    assert_eq!(world.remote_tip("main").0, theirs);
    assert!(world.requests(Listener::Main).iter().all(|r| r.method == "GET"));
    repo.fetch(&world.net()).unwrap();
    let PushOutcome::Rejected(rejection) = world.push(&repo) else {
        panic!()
    };
    assert_eq!(rejection.reason, RejectReason::RemoteHasNewer);
}

#[test]
fn a_large_push_is_streamed() {
    let world = World::new();
    let repo = world.clone();
    world.commit("big", &noise(6_000_000));
    let outcome = world.push(&repo);
    assert!(
        matches!(outcome, PushOutcome::Pushed { commits: 1, .. }),
        "{outcome:?}"
    );
    let push = world
        .host
        .requests()
        .into_iter()
        .find(sheaf_git_host::Request::is_push)
        .unwrap();
    assert_eq!(push.content_length, None);
    assert!(push.body_bytes > 2_000_000, "{}", push.body_bytes);
    world.assert_sound();
}

#[test]
fn a_push_that_is_too_large_says_so() {
    let world = World::new();
    let repo = world.clone();
    world.host.fault(
        REPO,
        Some(Fault::TooLarge("Too large: 1 MB at most.\n".to_owned())),
    );
    let local = world.commit("small", "x");
    let PushOutcome::Rejected(rejection) = world.push(&repo) else {
        panic!()
    };
    assert_eq!(
        (rejection.reason, rejection.server_text.as_str()),
        (RejectReason::TooLarge, "Too large: 1 MB at most.")
    );
    assert_eq!(world.tip("HEAD"), local);
}

/// The host answers while the body is still under way and may close the connection in the middle of it.
#[test]
fn a_large_push_that_is_refused_early_ends() {
    let world = World::new();
    let repo = world.clone();
    world
        .host
        .fault(REPO, Some(Fault::TooLarge("Too large.\n".to_owned())));
    world.commit("big", &noise(8_000_000));
    match repo.push("main", "main", &PushMode::Normal, &world.net()) {
        Ok(PushOutcome::Rejected(rejection)) => assert_eq!(rejection.reason, RejectReason::TooLarge),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_push_whose_report_is_lost_is_not_taken_for_a_success() {
    let world = World::new();
    let repo = world.clone();
    world.commit("x", "x");
    for fault in [
        Fault::CutAfterBytes(5),
        Fault::CleanEofAfterBytes(0),
        Fault::CleanEofAfterBytes(5),
    ] {
        world.host.fault(REPO, Some(fault.clone()));
        let before = world.tip("origin/main");
        let result = repo.push("main", "main", &PushMode::Normal, &world.net());
        if world.remote_tip("main") == before {
            assert!(
                matches!(result, Err(GitError::Network(_))),
                "{fault:?}: {result:?}"
            );
        }
        assert!(
            !matches!(result, Ok(PushOutcome::Pushed { .. })),
            "{fault:?}: {result:?}"
        );
        assert_eq!(
            world.tip("origin/main") == world.tip("main"),
            matches!(result, Ok(PushOutcome::UpToDate))
        );
        world.host.fault(REPO, None);
        world.git(&["update-ref", "refs/remotes/origin/main", &before.0]);
        world.commit("x", &format!("{fault:?}"));
    }
    assert!(matches!(world.push(&repo), PushOutcome::Pushed { .. }));
    world.assert_sound();
}

#[test]
fn the_stages_of_a_push_are_reported() {
    let world = World::new();
    let repo = world.clone();
    world.commit("big", &noise(2_000_000));
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&seen);
    let mut net = world.net();
    net.progress = Some(Arc::new(move |p| sink.lock().unwrap().push(p)));
    repo.push("main", "main", &PushMode::Normal, &net).unwrap();
    let seen = seen.lock().unwrap();
    let has = |stage| seen.iter().any(|p: &Progress| p.stage == stage);
    assert!(
        has(Stage::Connecting) && has(Stage::Packing) && has(Stage::Sending),
        "{seen:?}"
    );
    let last = seen.last().unwrap();
    assert_eq!((last.stage, last.done), (Stage::Sending, last.total));
}

#[test]
fn a_push_can_be_cancelled() {
    for fault in [Fault::StallBeforeHeaders, Fault::StallAfterBytes(0)] {
        assert_cancels(fault);
    }
}

fn assert_cancels(fault: Fault) {
    let world = World::new();
    let repo = world.clone();
    world.commit("x", "x");
    world.host.fault(REPO, Some(fault));
    let net = world.net();
    let cancel = net.cancel.clone();
    let stopper = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(300));
        cancel.cancel();
        std::time::Instant::now()
    });
    let result = repo.push("main", "main", &PushMode::Normal, &net);
    let ended = std::time::Instant::now();
    assert!(matches!(result, Err(GitError::Cancelled)), "{result:?}");
    assert!(ended - stopper.join().unwrap() < crate::world::SOON);
}

#[test]
fn a_token_that_expired_is_an_error_and_not_a_refusal() {
    let world = World::new();
    let repo = world.clone();
    world.commit("x", "x");
    let result = repo.push("main", "main", &PushMode::Normal, &world.net_with("expired"));
    assert!(
        matches!(result, Err(GitError::Network(NetworkError::AuthFailed(_)))),
        "{result:?}"
    );
}

/// What one repository has says nothing about another.
#[test]
fn after_a_change_of_the_address_everything_is_pushed() {
    let world = World::new();
    let repo = world.clone();
    let same = world.host.url(REPO).replace("https://", "https://ana@");
    repo.config_set("remote.origin.url", Some(&same)).unwrap();
    repo.set_remote_url(&world.host.url(REPO)).unwrap();
    assert_eq!(world.push(&repo), PushOutcome::UpToDate);
    world.host.create_repo("team/other").unwrap();
    repo.set_remote_url(&world.host.url("team/other")).unwrap();
    let outcome = world.push(&repo);
    assert!(
        matches!(
            outcome,
            PushOutcome::Pushed {
                commits: 1,
                created: true,
                ..
            }
        ),
        "{outcome:?}"
    );
    assert_eq!(Some(world.tip("main").0), world.host.branch("team/other", "main"));
    assert_eq!(
        world.git(&["for-each-ref", "--format=%(refname)", "refs/remotes"]),
        "refs/remotes/origin/main"
    );
}

#[test]
fn a_commit_made_during_a_push_waits_for_the_next() {
    let world = World::new();
    let repo = world.clone();
    let planned = world.commit("one", "1");
    let committed = Arc::new(Mutex::new(false));
    let (done, target) = (Arc::clone(&committed), world.target());
    let mut net = world.net();
    net.progress = Some(Arc::new(move |_| {
        let mut done = done.lock().unwrap();
        if !*done {
            *done = true;
            crate::world::git(&target, &["commit", "-q", "--allow-empty", "-m", "During"]);
        }
    }));
    repo.push("main", "main", &PushMode::Normal, &net).unwrap();
    assert!(*committed.lock().unwrap() && world.tip("main") != planned);
    assert_eq!(world.remote_tip("main"), planned);
    assert_eq!(world.tip("origin/main"), planned);
    assert!(matches!(
        world.push(&repo),
        PushOutcome::Pushed { commits: 1, .. }
    ));
    world.assert_sound();
}
