//! What was done can be looked at, said better, named, and taken back: by commits, by tags, by a single value.
#![cfg(target_os = "linux")]

mod support;

use sheaf_demo::{CREATE_SHIPMENT, Person, Team};
use support::{World, close, done};

const URL: &str = "{{ _.base_url }}/v2/shipments";
const NAME: &str = "Book a shipment";

#[test]
fn a_commit_is_taken_back_after_a_look_and_comes_back() {
    let world = World::new();
    let window = world.open_clone();
    let ana = Person::at(&window);
    done(ana.commits_edit("Create shipment", "field-url", URL, "Book with version 2"));
    let tip = world.git(&["rev-parse", "HEAD"]);

    done(ana.chooses("history"));
    done(window.says("commit-head", "Book with version 2"));
    done(window.click("commit-menu"));
    done(window.click("commit-revert"));
    done(window.says("apply-dialog", URL));
    assert_eq!(world.git(&["rev-parse", "HEAD"]), tip, "a look changes nothing");
    done(window.click("apply-go"));
    done(window.says("toast-success", "Took back “Book with version 2”"));
    done(window.says("history-list", "Revert “Book with version 2”"));
    done(window.click("dialog-close"));

    assert_eq!(world.git(&["rev-parse", "HEAD^"]), tip);
    assert_eq!(
        world
            .git(&["diff", "HEAD^^", "HEAD", "--", ".insomnia/Request"])
            .lines()
            .filter(|line| line.starts_with("+url"))
            .count(),
        0
    );
    assert_eq!(world.git(&["status", "--porcelain"]), "");
    done(window.click("undo"));
    done(window.wait_value("field-url", URL));
    assert_eq!(world.git(&["rev-parse", "HEAD"]), tip);
    world.is_sound();
    close(window);
}

#[test]
fn the_last_commit_takes_more_in_and_gets_a_name_for_everybody() {
    let world = World::new();
    let window = world.open_clone();
    let ana = Person::at(&window);
    let before = world.git(&["rev-parse", "HEAD"]);
    done(ana.commits_edit("Create shipment", "field-url", URL, "Book with version 2"));
    done(ana.edits("field-name", NAME));
    done(ana.opens_commit());
    done(window.click("commit-amend"));
    done(window.says("commit-note", "Replaces “Book with version 2”"));
    done(window.wait_value("commit-message", "Book with version 2"));
    done(window.click("commit-submit"));
    done(window.gone("commit-dialog"));
    assert_eq!(world.git(&["rev-parse", "HEAD^"]), before);
    let path = format!("HEAD:.insomnia/Request/{CREATE_SHIPMENT}.yml");
    let text = world.git(&["show", &path]);
    assert!(text.contains(URL) && text.contains(NAME), "{text}");

    done(ana.pushes());
    done(ana.clears_messages());
    done(ana.chooses("tags"));
    done(window.click("tags-new"));
    done(window.fill("tag-name", "v2.0"));
    done(window.fill("tag-message", "The second version"));
    done(window.click("tag-create"));
    done(window.says("tags-dialog", "The second version"));
    done(window.click("tag-menu-v2.0"));
    done(window.click("tag-menu-push-v2.0"));
    done(window.says("toast-success", "Pushed the tag “v2.0”"));
    done(window.click("dialog-close"));
    let host_tip = world.host_git(&["rev-parse", "v2.0^{commit}"]);
    assert_eq!(host_tip, world.git(&["rev-parse", "HEAD"]));
    done(ana.chooses("history"));
    done(window.says("tag-v2.0", "v2.0"));
    world.is_sound();
    close(window);
}

#[test]
fn one_value_comes_back_from_an_older_version() {
    let world = World::new();
    let window = world.open_clone();
    let ana = Person::at(&window);
    done(ana.opens("Create shipment"));
    let old = done(window.value("field-url"));
    done(ana.edits("field-url", URL));
    done(ana.edits("field-name", NAME));
    done(ana.opens_commit());
    done(ana.commits("Book with version 2"));

    done(window.chord(&['\u{e009}', 'k']));
    done(window.fill("palette-input", "history of this"));
    done(window.click("palette-resource-history"));
    done(window.says("resource-history-dialog", "Book with version 2"));
    done(window.click("resource-history-blame"));
    done(window.says("blame-url", Team::ANA.0));
    done(window.click("blame-url"));
    done(window.click_text("[role=option]", "Describe the parcel tracking API"));
    done(window.click("restore-field-url"));
    done(window.says("toast-success", "URL is back"));
    done(window.click("dialog-close"));
    done(window.wait_value("field-url", &old));
    assert_eq!(done(window.value("field-name")), NAME);
    let diff = world.git(&["diff", "-U0", "HEAD"]);
    assert!(
        diff.contains(&format!("-url: \"{URL}\"")) && !diff.contains("name:"),
        "{diff}"
    );
    done(window.click("undo"));
    done(window.wait_value("field-url", URL));
    world.is_sound();
    close(window);
}
