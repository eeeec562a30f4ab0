//! What hosts and networks answer instead.

use std::time::{Duration, Instant};

use sheaf_git::error::{GitError, NetworkError};
use sheaf_git_host::{Fault, Listener};

use crate::world::{REPO, World};

fn network(error: GitError) -> NetworkError {
    let GitError::Network(error) = error else {
        panic!("{error:?}")
    };
    error
}

fn assert_never_left(world: &World) {
    for listener in [Listener::Other, Listener::Plain] {
        assert!(world.requests(listener).is_empty(), "{listener:?}");
    }
}

#[test]
fn another_origin_is_not_followed() {
    let world = World::new();
    let error = network(world.failed_clone_with(Fault::RedirectOther));
    let NetworkError::Redirected { to, .. } = &error else {
        panic!("{error:?}")
    };
    assert_eq!(*to, format!("{}/{REPO}", world.host.other_origin()));
    assert!(error.advice().contains(to));
    assert_never_left(&world);
}

#[test]
fn a_way_without_encryption_is_not_followed() {
    let world = World::new();
    let error = network(world.failed_clone_with(Fault::RedirectHttp));
    assert!(
        matches!(&error, NetworkError::Redirected { to, .. } if to.starts_with("http://")),
        "{error:?}"
    );
    assert_never_left(&world);
}

#[test]
fn a_circle_ends() {
    let world = World::new();
    let error = network(world.failed_clone_with(Fault::RedirectLoop));
    assert!(matches!(error, NetworkError::RedirectLoop(_)), "{error:?}");
    assert!(world.requests(Listener::Main).len() <= 6);
}

#[test]
fn the_own_origin_is_followed_and_remembered_for_the_rest() {
    let world = World::new();
    world.host.fault(REPO, Some(Fault::RedirectSamePath));
    let repo = world.clone();
    assert_eq!(world.git(&["config", "remote.origin.url"]), world.host.url(REPO));
    world.commit("x", "x");
    world.push(&repo);
    assert_eq!(world.tip("HEAD"), world.remote_tip("main"));
    let posts: Vec<_> = world
        .requests(Listener::Main)
        .into_iter()
        .filter(|r| r.method == "POST")
        .collect();
    assert!(
        !posts.is_empty() && posts.iter().all(|r| r.path.contains("parcels.git/")),
        "{posts:?}"
    );
    world.assert_sound();
}

#[test]
fn a_body_is_not_sent_twice() {
    let world = World::new();
    let error = network(world.failed_clone_with(Fault::PostRedirect307));
    assert!(matches!(error, NetworkError::Redirected { .. }), "{error:?}");
    assert_never_left(&world);
}

#[test]
fn pages_for_people_are_no_git_host() {
    let world = World::new();
    for fault in [Fault::CaptivePage, Fault::Empty200] {
        let error = network(world.failed_clone_with(fault));
        assert!(matches!(error, NetworkError::NotAGitHost(_)), "{error:?}");
    }
}

#[test]
fn refusals_keep_the_words_of_the_host() {
    let world = World::new();
    let error = network(world.failed_clone_with(Fault::Forbidden(
        "Single sign-on is \u{1b}[1mrequired\u{1b}[0m.\n".to_owned(),
    )));
    let NetworkError::Forbidden { text, .. } = &error else {
        panic!("{error:?}")
    };
    assert_eq!(text, "Single sign-on is required.");
    let error = network(world.failed_clone_with(Fault::NotFound));
    assert!(matches!(error, NetworkError::NotFound(_)), "{error:?}");
    let error = network(world.failed_clone_with(Fault::UnauthorizedWithoutChallenge));
    assert!(matches!(error, NetworkError::AuthFailed(_)), "{error:?}");
}

#[test]
fn a_long_wait_is_left_to_the_person() {
    let world = World::new();
    let error = network(world.failed_clone_with(Fault::TooManyRequests {
        retry_after_seconds: 3600,
    }));
    assert!(
        matches!(
            error,
            NetworkError::TooManyRequests {
                retry_after: Some(3600),
                ..
            }
        ),
        "{error:?}"
    );
    let error = network(world.failed_clone_with(Fault::Unavailable {
        retry_after_seconds: 60,
    }));
    assert!(
        matches!(
            error,
            NetworkError::Unavailable {
                status: 503,
                retry_after: Some(60),
                ..
            }
        ),
        "{error:?}"
    );
    assert_eq!(world.requests(Listener::Main).len(), 2);
}

#[test]
fn a_short_wait_is_waited_once() {
    let world = World::new();
    let start = Instant::now();
    let error = network(world.failed_clone_with(Fault::Unavailable {
        retry_after_seconds: 1,
    }));
    assert!(matches!(error, NetworkError::Unavailable { .. }), "{error:?}");
    assert_eq!(world.requests(Listener::Main).len(), 2);
    assert!(start.elapsed() >= Duration::from_secs(1));
}

#[test]
fn a_wait_can_be_cancelled() {
    let world = World::new();
    world.host.fault(
        REPO,
        Some(Fault::TooManyRequests {
            retry_after_seconds: 9,
        }),
    );
    let net = world.net();
    let cancel = net.cancel.clone();
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        cancel.cancel();
    });
    let start = Instant::now();
    assert!(matches!(world.failed_clone(&net), GitError::Cancelled));
    assert!(start.elapsed() < Duration::from_secs(2));
}
