//! A token must not turn up in any record.

use std::sync::{Mutex, Once};

use sheaf_git::connection::check_connection;
use sheaf_git::push::PushMode;
use sheaf_git_host::{Fault, Refusal, Vendor};

use crate::world::{REPO, TOKEN, World};

static RECORDS: Mutex<Vec<String>> = Mutex::new(Vec::new());
static ONCE: Once = Once::new();

struct Capture;

impl log::Log for Capture {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let text = format!("{} {} {}", record.target(), record.level(), record.args());
        RECORDS
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .push(text);
    }

    fn flush(&self) {}
}

fn capture() {
    ONCE.call_once(|| {
        log::set_logger(&Capture).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
}

/// The token as it is, and as it goes over the wire.
fn forms() -> [String; 2] {
    // base64 of "git:secret-of-ana-0123"
    [TOKEN.to_owned(), "Z2l0OnNlY3JldC1vZi1hbmEtMDEyMw".to_owned()]
}

#[test]
fn no_record_and_no_error_holds_the_token() {
    capture();
    let world = World::new();
    let repo = world.clone();
    let mut said = vec![format!("{:?}", world.net().credentials)];
    world.commit("x", "x");
    world.host.protect(REPO, "main", Vendor::GitHub).unwrap();
    said.push(format!("{:?}", world.push(&repo)));
    world.host.accept_pushes(REPO).unwrap();
    let echo = format!("your token is {TOKEN}\n");
    world.host.refuse(REPO, Refusal::Hook(echo.clone())).unwrap();
    said.push(format!("{:?}", world.push(&repo)));
    said.push(format!(
        "{:?}",
        check_connection(&world.uri(), &world.net(), &|_| {})
    ));
    for fault in [
        Fault::RedirectOther,
        Fault::Forbidden(echo.clone()),
        Fault::UnauthorizedWithoutChallenge,
        Fault::CaptivePage,
        Fault::CutAfterBytes(1),
    ] {
        world.host.fault(REPO, Some(fault));
        said.push(format!("{:?}", repo.fetch(&world.net())));
        said.push(format!(
            "{:?}",
            repo.push("main", "main", &PushMode::Normal, &world.net())
        ));
        said.push(format!(
            "{:?}",
            check_connection(&world.uri(), &world.net(), &|_| {})
        ));
    }
    said.push(std::fs::read_to_string(world.target().join(".git/config")).unwrap());
    let records = RECORDS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    assert!(
        records
            .iter()
            .any(|r| r.starts_with("git-event") && r.contains("using the token for https://localhost"))
    );
    assert!(
        records
            .iter()
            .any(|r| r.starts_with("git-event") && r.contains("GH006"))
    );
    for text in said.iter().chain(records.iter()) {
        for form in forms() {
            assert!(!text.contains(&form), "{text}");
        }
    }
}
