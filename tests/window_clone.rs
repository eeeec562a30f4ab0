//! Clone by the menu, and what stands on disk afterwards.
#![cfg(target_os = "linux")]

mod support;

use std::time::Duration;

use sheaf_demo::{Connection, Person, Team};
use sheaf_git_host::Fault;
use sheaf_window_driver::until;
use support::{World, close, done, events};

#[test]
fn a_repository_is_cloned_by_the_menu() {
    let world = World::new();
    let window = world.open();
    let ana = Person::at(&window);
    done(window.see("dashboard-empty"));
    done(ana.opens_clone());
    done(ana.enters("clone", &world.connection()));
    done(ana.tests_connection("clone"));
    done(ana.clones_to(&world.project()));

    assert_eq!(done(window.text("project-name")), "tracking");
    done(ana.opens("Create shipment"));
    assert_eq!(world.git(&["status", "--porcelain"]), "");
    assert_eq!(world.git(&["config", "remote.origin.url"]), world.team.url());
    assert_eq!(world.git(&["config", "user.name"]), Team::ANA.0);
    world.is_sound();

    let log = close(window);
    let events = events(&log);
    assert!(
        events
            .iter()
            .any(|event| event.starts_with("git-event clone started")),
        "{log}"
    );
    assert!(
        events
            .iter()
            .any(|event| event.starts_with("git-event clone finished")),
        "{log}"
    );
}

#[test]
fn a_cancelled_clone_leaves_nothing_behind() {
    let world = World::new();
    let host = world.team.host();
    host.fault(Team::REPOSITORY, Some(Fault::StallAfterBytes(100)));
    let window = world.open();
    let ana = Person::at(&window);
    done(ana.opens_clone());
    done(ana.enters("clone", &world.connection()));
    done(window.fill("clone-target", &world.project().to_string_lossy()));
    done(window.click("clone-start"));
    done(window.see("clone-progress"));
    let stalled = || {
        host.requests()
            .iter()
            .any(|request| request.method == "POST")
            .then_some(())
            .ok_or(String::new())
    };
    done(until("the pack to begin", Duration::from_secs(30), stalled));

    done(window.click("clone-cancel"));

    done(window.says("toast-info", "Nothing was left behind"));
    let left: Vec<_> = std::fs::read_dir(world.project().parent().unwrap())
        .into_iter()
        .flatten()
        .collect();
    assert!(left.is_empty(), "{left:?}");
    close(window);
}

#[test]
fn a_wrong_token_is_told_before_and_after_the_clone() {
    let world = World::new();
    let window = world.open();
    let ana = Person::at(&window);
    let connection = Connection {
        token: "expired".to_owned(),
        ..world.connection()
    };
    done(ana.opens_clone());
    done(ana.enters("clone", &connection));
    done(window.click("clone-test"));
    done(window.see("[data-testid=step-login][data-state=failed]"));
    done(window.see("[data-testid=step-tls][data-state=ok]"));
    done(window.fill("clone-target", &world.project().to_string_lossy()));
    done(window.click("clone-start"));
    done(window.see("error-note"));
    assert!(!world.project().exists());
    close(window);
}
