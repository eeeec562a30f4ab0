//! What comes is seen before it lands, and what was done is gone back to.
#![cfg(target_os = "linux")]

mod support;

use sheaf_demo::{CREATE_SHIPMENT, Person, Team};
use support::{World, close, done};

const URL: &str = "{{ _.base_url }}/v2/shipments";

#[test]
fn a_pull_is_seen_before_it_lands_and_brings_only_what_was_seen() {
    let world = World::new();
    let window = world.open_clone();
    let ana = Person::at(&window);
    let before = world.git(&["rev-parse", "HEAD"]);
    world
        .team
        .commits("main", &[("NOTES.md", "Ask Bo.\n")], "Say whom to ask")
        .unwrap();
    let seen = world.host_git(&["rev-parse", "main"]);

    done(ana.looks_at_pull("1 file changes"));
    done(window.says("text-diff", "Ask Bo."));
    assert_eq!(world.git(&["rev-parse", "HEAD"]), before);
    assert_eq!(world.git(&["status", "--porcelain"]), "");
    world
        .team
        .commits("main", &[("LATER.md", "Not seen.\n")], "Come later")
        .unwrap();
    done(window.click("preview-land"));
    done(window.says("toast-success", "Brought in 1 commit"));

    assert_eq!(world.git(&["rev-parse", "HEAD"]), seen);
    world.is_sound();
    close(window);
}

#[test]
fn a_branch_is_merged_after_a_look() {
    let world = World::new();
    let window = world.open_clone();
    let before = world.git(&["rev-parse", "HEAD"]);
    done(window.click("branch-button"));
    done(window.click(&format!("branch-fetch-{}", Team::COLLEAGUES_BRANCH)));
    done(window.says("toast-success", "is here now"));
    done(window.click("dialog-close"));
    done(window.gone("branches-dialog"));
    done(Person::at(&window).clears_messages());
    done(window.click("branch-button"));
    done(window.click(&format!("branch-menu-{}", Team::COLLEAGUES_BRANCH)));
    done(window.click("branch-menu-merge"));

    done(window.says("preview-dialog", "1 request changes"));
    done(window.says("change-detail", "Create shipment (v2)"));
    assert_eq!(world.git(&["rev-parse", "HEAD"]), before);
    done(window.click("preview-land"));
    done(window.says("tree", "Create shipment (v2)"));

    assert_ne!(world.git(&["rev-parse", "HEAD"]), before);
    world.is_sound();
    close(window);
}

#[test]
fn the_timeline_leads_back_several_steps_and_forth_again() {
    let world = World::new();
    let window = world.open_clone();
    let ana = Person::at(&window);
    let path = world
        .project()
        .join(format!(".insomnia/Request/{CREATE_SHIPMENT}.yml"));
    let before = (world.git(&["rev-parse", "HEAD"]), std::fs::read(&path).unwrap());
    done(ana.commits_edit("Create shipment", "field-url", URL, "Book with version 2"));
    done(window.says("ahead", "1"));
    let after = (world.git(&["rev-parse", "HEAD"]), std::fs::read(&path).unwrap());

    done(ana.chooses("timeline"));
    done(window.says("timeline-step", "Commit “Book with version 2”"));
    done(window.click_text("timeline-step", "Edit “Create shipment”"));
    done(window.says("timeline-points", "2 steps"));
    done(window.says("field-change", URL));
    assert_eq!(world.git(&["rev-parse", "HEAD"]), after.0);
    done(window.click("timeline-go"));
    done(window.gone("timeline-dialog"));
    done(window.says("toast-success", "Undone: 2 steps"));
    assert_eq!(world.git(&["rev-parse", "HEAD"]), before.0);
    assert_eq!(std::fs::read(&path).unwrap(), before.1);

    done(ana.chooses("timeline"));
    done(window.click_text("timeline-step", "Commit “Book with version 2”"));
    done(window.says("timeline-go", "Do 2 steps again"));
    done(window.click("timeline-go"));
    done(window.says("ahead", "1"));
    assert_eq!(world.git(&["rev-parse", "HEAD"]), after.0);
    assert_eq!(std::fs::read(&path).unwrap(), after.1);
    world.is_sound();
    close(window);
}
