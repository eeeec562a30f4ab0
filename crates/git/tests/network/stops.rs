//! Cancelling and time running out.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use sheaf_git::error::{GitError, NetworkError};
use sheaf_git::progress::Stage;
use sheaf_git::push::{PushMode, PushOutcome};
use sheaf_git_host::Fault;

use crate::world::{REPO, SOON, World, noise};

/// How long a clone lives on after it was cancelled.
fn cancel_latency(world: &World, after: Duration) -> Duration {
    let net = world.net();
    let cancel = net.cancel.clone();
    let stopper = std::thread::spawn(move || {
        std::thread::sleep(after);
        cancel.cancel();
        Instant::now()
    });
    let error = world.failed_clone(&net);
    let ended = Instant::now();
    assert!(matches!(error, GitError::Cancelled), "{error:?}");
    ended - stopper.join().unwrap()
}

#[test]
fn a_stalled_clone_can_be_cancelled() {
    let world = World::big();
    for fault in [
        Fault::StallBeforeHeaders,
        Fault::StallAfterBytes(0),
        Fault::StallAfterBytes(500_000),
    ] {
        world.host.fault(REPO, Some(fault.clone()));
        let latency = cancel_latency(&world, Duration::from_millis(400));
        assert!(latency < SOON, "{fault:?}: {latency:?}");
    }
}

#[test]
fn a_running_clone_can_be_cancelled() {
    let world = World::big();
    world.host.fault(
        REPO,
        Some(Fault::Slow {
            bytes_per_second: 300_000,
        }),
    );
    let latency = cancel_latency(&world, Duration::from_millis(600));
    assert!(latency < SOON, "{latency:?}");
}

#[test]
fn a_cancelled_token_starts_nothing() {
    let world = World::new();
    let net = world.net();
    net.cancel.cancel();
    assert!(matches!(world.failed_clone(&net), GitError::Cancelled));
    assert!(world.host.requests().is_empty());
}

#[test]
fn a_fetch_that_is_cancelled_moves_nothing() {
    let world = World::new();
    let repo = world.clone();
    let before = world.tip("origin/main");
    world.colleague("main", &[("big.txt", &noise(2_000_000))], "Grow");
    world.host.fault(REPO, Some(Fault::StallAfterBytes(200_000)));
    let net = world.net();
    let cancel = net.cancel.clone();
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        cancel.cancel();
    });
    assert!(matches!(repo.fetch(&net), Err(GitError::Cancelled)));
    assert_eq!(world.tip("origin/main"), before);
    let pack = world.target().join(".git/objects/pack");
    let left = std::fs::read_dir(pack).unwrap().flatten();
    assert!(
        left.into_iter()
            .all(|e| !e.file_name().to_string_lossy().starts_with("pack_git2_"))
    );
    world.host.fault(REPO, None);
    repo.fetch(&world.net()).unwrap();
    world.assert_sound();
}

#[test]
fn silence_is_not_waited_out_for_ever() {
    let world = World::big();
    for fault in [Fault::StallBeforeHeaders, Fault::StallAfterBytes(300_000)] {
        world.host.fault(REPO, Some(fault));
        let mut net = world.net();
        net.timeouts.idle = Duration::from_millis(700);
        let start = Instant::now();
        let error = world.failed_clone(&net);
        assert!(
            matches!(error, GitError::Network(NetworkError::IdleTimeout(_))),
            "{error:?}"
        );
        assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    }
}

#[test]
fn what_is_slow_but_moves_is_not_cut_off() {
    let world = World::new();
    world.host.fault(
        REPO,
        Some(Fault::Slow {
            bytes_per_second: 300,
        }),
    );
    let mut net = world.net();
    net.timeouts.idle = Duration::from_millis(500);
    let start = Instant::now();
    world.try_clone(&net).unwrap();
    assert!(start.elapsed() > net.timeouts.idle, "{:?}", start.elapsed());
}

#[test]
fn a_pack_that_is_cut_or_damaged_leaves_nothing() {
    let world = World::big();
    for (fault, broken) in [
        (Fault::CutAfterBytes(300_000), true),
        (Fault::CutAfterBytes(3), true),
        (Fault::CleanEofAfterBytes(300_000), true),
        (Fault::CleanEofAfterBytes(0), true),
        (Fault::FlipByteAt(300_000), false),
    ] {
        let error = world.failed_clone_with(fault.clone());
        let fits = match &error {
            GitError::Network(NetworkError::Broken { .. }) => broken,
            GitError::Network(NetworkError::Damaged(_)) => !broken,
            _ => false,
        };
        assert!(fits, "{fault:?}: {error:?}");
    }
}

#[test]
fn a_host_that_is_not_there_is_named() {
    let world = World::new();
    let mut net = world.anonymous();
    net.timeouts.connect = Duration::from_secs(2);
    let closed = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let uri = sheaf_git::uri::RemoteUri::parse(&format!("https://localhost:{closed}/a/b")).unwrap();
    let Err(error) = sheaf_git::clone::clone(&uri, &world.target(), None, &net) else {
        panic!()
    };
    assert!(
        matches!(error, GitError::Network(NetworkError::Connect { .. })),
        "{error:?}"
    );
    let uri = sheaf_git::uri::RemoteUri::parse("https://no-such-host.invalid/a/b").unwrap();
    let Err(error) = sheaf_git::clone::clone(&uri, &world.target(), None, &net) else {
        panic!()
    };
    assert!(
        matches!(error, GitError::Network(NetworkError::NameNotFound(_))),
        "{error:?}"
    );
    world.assert_nothing_left();
}

/// A listener that never answers the greeting.
#[test]
fn a_black_hole_is_left_in_time() {
    let world = World::new();
    let hole = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let uri = format!("https://localhost:{}/a/b", hole.local_addr().unwrap().port());
    let uri = sheaf_git::uri::RemoteUri::parse(&uri).unwrap();
    let mut net = world.anonymous();
    net.timeouts.connect = Duration::from_millis(600);
    let start = Instant::now();
    let Err(error) = sheaf_git::clone::clone(&uri, &world.target(), None, &net) else {
        panic!()
    };
    assert!(
        matches!(error, GitError::Network(NetworkError::Connect { .. })),
        "{error:?}"
    );
    assert!(start.elapsed() < Duration::from_secs(3));
}

#[test]
fn a_push_can_be_cancelled_while_it_is_packed() {
    let world = World::new();
    let repo = world.clone();
    for n in 0..5_000 {
        let text = noise(300) + &n.to_string();
        std::fs::create_dir_all(world.target().join(format!("d{}", n % 50))).unwrap();
        std::fs::write(world.target().join(format!("d{}/f{n}.yml", n % 50)), text).unwrap();
    }
    world.commit("x", "x");
    let before = world.remote_tip("main");
    // At a stage, not after a time: on a fast machine the push would be over by then.
    for stage in [Stage::Connecting, Stage::Packing] {
        let mut net = world.net();
        let cancel = net.cancel.clone();
        let at = Arc::new(Mutex::new(None));
        let noted = Arc::clone(&at);
        net.progress = Some(Arc::new(move |progress| {
            if progress.stage == stage {
                noted.lock().unwrap().get_or_insert_with(Instant::now);
                cancel.cancel();
            }
        }));
        let result = repo.push("main", "main", &PushMode::Normal, &net);
        let latency = at.lock().unwrap().unwrap().elapsed();
        assert!(
            matches!(result, Err(GitError::Cancelled)),
            "{stage:?}: {result:?}"
        );
        assert!(latency < SOON, "{stage:?}: {latency:?}");
        eprintln!("cancelled at {stage:?}: {latency:?}");
    }
    assert_eq!(world.remote_tip("main"), before);
    assert!(matches!(world.push(&repo), PushOutcome::Pushed { .. }));
}

#[test]
fn a_clone_can_be_cancelled_while_files_are_written() {
    let world = World::new();
    let files: Vec<(String, String)> = (0..4_000)
        .map(|n| (format!("d{}/f{n}", n % 50), n.to_string()))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    world.colleague("main", &files, "Grow");
    let mut net = world.net();
    let cancel = net.cancel.clone();
    let at = Arc::new(Mutex::new(None));
    let noted = Arc::clone(&at);
    net.progress = Some(Arc::new(move |progress| {
        if progress.stage == Stage::WritingFiles && progress.done > 0 {
            noted.lock().unwrap().get_or_insert_with(Instant::now);
            cancel.cancel();
        }
    }));
    let error = world.failed_clone(&net);
    assert!(matches!(error, GitError::Cancelled), "{error:?}");
    let latency = at.lock().unwrap().unwrap().elapsed();
    assert!(latency < SOON, "{latency:?}");
    eprintln!("cancelled while writing files: {latency:?}");
}
