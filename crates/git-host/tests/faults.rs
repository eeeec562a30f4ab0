//! Every fault, seen from outside.

mod client;

use client::raw::{Ending, get_refs, post_fetch};
use client::{AUTHOR, Outcome, REPO, World, wait_until};
use sheaf_git_host::{Fault, Listener};

fn faulty(fault: Fault) -> World {
    let world = World::new();
    world.host.fault(REPO, Some(fault));
    world
}

fn assert_fails(outcome: &Outcome, words: &str) {
    assert!(!outcome.ok, "{}", outcome.stderr);
    assert!(
        outcome.stderr.contains(words),
        "no `{words}` in\n{}",
        outcome.stderr
    );
}

#[test]
fn an_answer_can_be_any_of_the_usual_refusals() {
    let later = |status| (status, "retry-after", Some("17"));
    for (fault, (status, header, value)) in [
        (
            Fault::UnauthorizedWithoutChallenge,
            (401, "www-authenticate", None),
        ),
        (
            Fault::Forbidden("Single sign-on is required.\n".to_owned()),
            (403, "content-type", Some("text/plain; charset=utf-8")),
        ),
        (
            Fault::NotFound,
            (404, "content-type", Some("text/plain; charset=utf-8")),
        ),
        (
            Fault::TooManyRequests {
                retry_after_seconds: 17,
            },
            later(429),
        ),
        (
            Fault::Unavailable {
                retry_after_seconds: 17,
            },
            later(503),
        ),
        (
            Fault::CaptivePage,
            (200, "content-type", Some("text/html; charset=utf-8")),
        ),
        (Fault::Empty200, (200, "content-length", Some("0"))),
    ] {
        let world = faulty(fault.clone());
        let answer = get_refs(&world.host);
        assert_eq!(
            (answer.status, answer.header(header)),
            (status, value),
            "{fault:?}"
        );
        let git_believes_it = fault == Fault::Empty200;
        assert_eq!(world.clone_repo().ok, git_believes_it, "{fault:?}");
    }
}

#[test]
fn the_words_of_a_refusal_reach_the_user() {
    let world = faulty(Fault::Forbidden("Single sign-on is required.\n".to_owned()));
    assert_fails(&world.clone_repo(), "remote: Single sign-on is required.");
}

#[test]
fn a_push_can_be_too_large_and_a_fetch_cannot() {
    let world = faulty(Fault::TooLarge("Too large.\n".to_owned()));
    world.clone_and_commit();
    assert_fails(&world.push(), "413");
}

#[test]
fn a_fault_is_of_one_repository_and_can_be_healed() {
    let world = faulty(Fault::NotFound);
    world.host.create_repo("team/other").unwrap();
    world
        .host
        .push_as_colleague("team/other", "main", &[("a", "")], AUTHOR, "Begin")
        .unwrap();
    assert!(
        world
            .git(world.folder.path(), &["ls-remote", &world.host.url("team/other")])
            .ok
    );
    world.host.fault(REPO, None);
    assert!(world.clone_repo().ok);
}

#[test]
fn a_redirect_elsewhere_is_told_apart_by_what_arrives_there() {
    for (fault, listener) in [
        (Fault::RedirectOther, Listener::Other),
        (Fault::RedirectHttp, Listener::Plain),
    ] {
        let world = faulty(fault);
        assert!(!world.clone_repo().ok);
        let arrived = world.requests_on(listener);
        assert_eq!(arrived.len(), 1);
        assert_eq!(arrived[0].path, "/team/parcels/info/refs?service=git-upload-pack");
        assert_eq!(arrived[0].authorization, None);
        assert!(world.requests_on(Listener::Main)[0].authorization.is_some());
    }
}

#[test]
fn a_redirect_to_the_other_spelling_leads_there() {
    let world = faulty(Fault::RedirectSamePath);
    let outcome = world.clone_repo();
    assert!(outcome.ok, "{}", outcome.stderr);
    assert_eq!(get_refs(&world.host).status, 301);
}

#[test]
fn a_redirect_in_a_circle_never_arrives() {
    let world = faulty(Fault::RedirectLoop);
    assert!(!world.clone_repo().ok);
    let requests = world.host.requests();
    assert!(requests.len() > 5, "{}", requests.len());
    assert!(requests.iter().all(|request| request.status == Some(302)));
}

#[test]
fn a_redirected_post_finds_no_follower() {
    let world = faulty(Fault::PostRedirect307);
    assert!(!world.clone_repo().ok);
    assert!(world.requests_on(Listener::Other).is_empty());
    let statuses: Vec<_> = world
        .host
        .requests()
        .iter()
        .map(|request| request.status)
        .collect();
    assert_eq!(statuses, [Some(200), Some(307)]);
}

#[test]
fn a_stall_before_the_headers_answers_nothing_until_the_host_stops() {
    let world = faulty(Fault::StallBeforeHeaders);
    let url = world.host.url(REPO);
    let mut client = world.spawn(&["ls-remote", &url]);
    wait_until(|| !world.host.requests().is_empty());
    assert_eq!(world.host.requests()[0].status, None);
    assert!(client.is_running());
    drop(world);
    wait_until(|| !client.is_running());
}

#[test]
fn a_body_ends_the_way_the_fault_says() {
    for (fault, length, ending) in [
        (Fault::StallAfterBytes(40), 40, Ending::Silent),
        (Fault::CutAfterBytes(40), 40, Ending::Cut),
        (Fault::CutAfterBytes(0), 0, Ending::Cut),
        (Fault::CleanEofAfterBytes(40), 40, Ending::Complete),
    ] {
        let world = faulty(fault.clone());
        let answer = post_fetch(&world.host, &world.host.branch(REPO, "main").unwrap());
        assert_eq!(
            (answer.status, answer.body().len(), answer.ending),
            (200, length, ending),
            "{fault:?}"
        );
    }
}

#[test]
fn a_fault_beyond_the_end_strikes_at_the_end() {
    for (fault, ending) in [
        (Fault::StallAfterBytes(1 << 40), Ending::Silent),
        (Fault::CutAfterBytes(1 << 40), Ending::Cut),
    ] {
        let world = faulty(fault);
        let answer = post_fetch(&world.host, &world.host.branch(REPO, "main").unwrap());
        assert!(answer.body().starts_with(b"0008NAK\nPACK"));
        assert_eq!(answer.ending, ending);
    }
}

#[test]
fn one_bit_of_one_byte_is_flipped() {
    let world = World::new();
    let commit = world.host.branch(REPO, "main").unwrap();
    let sound = post_fetch(&world.host, &commit).body();
    world.host.fault(REPO, Some(Fault::FlipByteAt(30)));
    let mut flipped = post_fetch(&world.host, &commit).body();
    assert_eq!(flipped[30], sound[30] ^ 1);
    flipped[30] ^= 1;
    assert_eq!(flipped, sound);
    assert!(!world.clone_repo().ok);
}

#[test]
fn a_slow_body_comes_whole_and_in_small_pieces() {
    let world = World::new();
    let commit = world.host.branch(REPO, "main").unwrap();
    let sound = post_fetch(&world.host, &commit).body();
    world.host.fault(
        REPO,
        Some(Fault::Slow {
            bytes_per_second: 2000,
        }),
    );
    let answer = post_fetch(&world.host, &commit);
    assert_eq!(answer.body(), sound);
    assert!(answer.pieces.iter().all(|piece| piece.len() <= 100));
}

#[test]
fn the_list_of_refs_passes_every_fault_of_a_body() {
    let world = World::new();
    for fault in [
        Fault::StallAfterBytes(0),
        Fault::Slow { bytes_per_second: 1 },
        Fault::CutAfterBytes(0),
        Fault::FlipByteAt(0),
        Fault::CleanEofAfterBytes(0),
        Fault::Delay(1),
    ] {
        world.host.fault(REPO, Some(fault.clone()));
        let outcome = world.git(world.folder.path(), &["ls-remote", &world.host.url(REPO)]);
        assert!(outcome.ok, "{fault:?}: {}", outcome.stderr);
    }
}

#[test]
fn a_broken_clone_fails_in_git_too() {
    for fault in [
        Fault::CutAfterBytes(60),
        Fault::CleanEofAfterBytes(60),
        Fault::FlipByteAt(60),
    ] {
        let world = faulty(fault.clone());
        assert!(!world.clone_repo().ok, "{fault:?}");
    }
}

#[test]
fn a_push_whose_report_is_lost_has_landed() {
    let world = World::new();
    world.clone_and_commit();
    let before = world.host.branch(REPO, "main");
    world.host.fault(REPO, Some(Fault::CutAfterBytes(0)));
    assert!(!world.push().ok);
    assert_ne!(world.host.branch(REPO, "main"), before);
}
