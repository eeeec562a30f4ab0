//! What is there after a start: projects, tokens, and one window only.
#![cfg(target_os = "linux")]

mod support;

use std::path::Path;
use std::time::Duration;

use sheaf_demo::{Person, Team};
use sheaf_window_driver::Keychain;
use support::{APP, World, close, done};

#[test]
fn projects_and_tokens_survive_a_restart() {
    let world = World::new();
    let window = world.open_clone();
    close(window);

    let window = world.open();
    done(Person::at(&window).comes_back());
    assert_eq!(done(window.text("project-name")), "tracking");
    // Only the keychain can know the token now.
    done(Person::at(&window).fetches());
    done(window.see("toast-success"));
    done(Person::at(&window).opens_settings());
    done(window.says("settings-token-stored", "Stored in the keychain"));
    assert_eq!(done(window.value("settings-uri")), world.team.url());
    world.is_sound();
    close(window);
}

#[test]
fn a_second_start_hands_over_to_the_first_window() {
    let world = World::new();
    let window = world.open();
    done(window.see("dashboard-empty"));

    let second = done(world.desktop.run(Path::new(APP), &[], Duration::from_secs(30)));

    assert!(second.success(), "{second}");
    assert_eq!(done(window.windows()), 1);
    done(window.see("dashboard-empty"));
    close(window);
}

#[test]
fn without_a_keychain_the_token_is_kept_for_this_run() {
    let world = World::with(Keychain::Missing);
    let window = world.open();
    let ana = Person::at(&window);
    done(ana.opens_clone());
    done(window.says("keychain-missing", "for this run only"));
    done(ana.enters("clone", &world.connection()));
    done(ana.clones_to(&world.project()));
    done(ana.fetches());
    done(window.says("toast-success", "Fetched"));
    world.is_sound();
    close(window);

    let window = world.open();
    done(Person::at(&window).comes_back());
    done(Person::at(&window).fetches());
    let said = done(window.text("toast-error"));
    assert!(said.contains("token"), "{said}");
    done(window.click("toast-action-change-token"));
    done(window.see("settings-token"));
    world.is_sound();
    close(window);
}

#[test]
fn a_token_in_the_address_is_moved_to_the_keychain_once_somebody_says_so() {
    let world = World::new();
    close(world.open_clone());
    let (address, token) = (world.team.url(), Team::TOKEN);
    let with_token = address.replace("https://", &format!("https://ana:{token}@"));
    world.git(&["config", "remote.origin.url", &with_token]);

    let window = world.open();
    let ana = Person::at(&window);
    done(ana.comes_back());
    done(window.see("banner-address-token"));
    assert_eq!(
        world.git(&["config", "remote.origin.url"]),
        with_token,
        "nobody said so yet"
    );
    done(window.click("move-address-token"));
    done(window.says("toast-success", "in the keychain"));
    done(window.gone("banner-address-token"));

    assert_eq!(world.git(&["config", "remote.origin.url"]), address);
    assert_eq!(world.git(&["config", "sheaf.username"]), "ana");
    world.is_sound();
    done(ana.clears_messages());
    done(ana.fetches());
    done(window.says("toast-success", "Fetched"));
    close(window);
}
