//! Clone by the menu, and what stands on disk afterwards.
#![cfg(target_os = "linux")]

mod support;

use sheaf_demo::{Person, Team};
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
