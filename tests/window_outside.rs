//! What git began outside is ended or taken back in the window, and a pull that puts commits on top of others.
#![cfg(target_os = "linux")]

mod support;

use std::path::PathBuf;

use sheaf_demo::{CREATE_SHIPMENT, Person};
use support::{World, close, done};

const MINE: &str = "{{ _.base_url }}/v2/shipments";
const THEIRS: &str = "{{ _.base_url }}/bookings";

fn request(world: &World) -> PathBuf {
    let path = format!(".insomnia/Request/{CREATE_SHIPMENT}.yml");
    world.project().join(path)
}

/// `side` and `main` each have a commit with an address of their own; `main` is checked out.
fn both_change_the_address(world: &World) {
    let path = request(world);
    let text = std::fs::read_to_string(&path).expect("the file of the request");
    let commit = |url: &str, title: &str| {
        let edited = text.replace("{{ _.base_url }}/shipments", url);
        assert_ne!(edited, text);
        std::fs::write(&path, edited).expect("a folder that can be written");
        world.git(&["commit", "-qam", title]);
    };
    world.git(&["switch", "-qc", "side"]);
    commit(MINE, "Book with version 2");
    world.git(&["switch", "-q", "main"]);
    commit(THEIRS, "Book elsewhere");
}

/// Begins what stops at a conflict.
fn begin(world: &World, command: &str) {
    world.git(&["-c", &format!("alias.begin=!git {command} || true"), "begin"]);
    assert_eq!(world.git(&["ls-files", "--unmerged"]).lines().count(), 3);
}

#[test]
fn a_rebase_that_git_began_is_ended() {
    let world = World::new();
    let window = world.open_clone();
    both_change_the_address(&world);
    world.git(&["switch", "-q", "side"]);
    begin(&world, "rebase main");

    done(window.says("banner-waiting", "A rebase begun outside"));
    done(window.click("waiting-open"));
    done(window.says("questions-dialog", "Rebase of “side”, begun outside"));
    done(window.says("side-ours", "main"));
    done(window.says("side-ours", "/bookings"));
    let commit = world.git(&["rev-parse", "side"]);
    done(window.says("side-theirs", &format!("Your commit {}", &commit[..8])));
    done(window.says("side-theirs", "/v2/shipments"));
    done(window.click("take-theirs"));
    done(window.says("questions-progress", "1 of 1"));
    done(window.click("questions-land"));
    done(window.says("toast-success", "Put 1 commit on top of main"));
    done(window.gone("banner-waiting"));

    assert_eq!(world.git(&["symbolic-ref", "HEAD"]), "refs/heads/side");
    assert_eq!(
        world.git(&["log", "--format=%s", "-2"]),
        "Book with version 2\nBook elsewhere"
    );
    assert_eq!(
        world.git(&["rev-parse", "side~1"]),
        world.git(&["rev-parse", "main"])
    );
    assert_eq!(world.git(&["status", "--porcelain"]), "");
    assert!(!world.project().join(".git/rebase-merge").exists());
    assert!(std::fs::read_to_string(request(&world)).unwrap().contains(MINE));
    world.is_sound();
    close(window);
}

#[test]
fn a_cherry_pick_that_git_began_is_taken_back() {
    let world = World::new();
    let window = world.open_clone();
    both_change_the_address(&world);
    let head = world.git(&["rev-parse", "HEAD"]);
    let text = std::fs::read(request(&world)).unwrap();
    begin(&world, "cherry-pick side");

    done(window.says("banner-waiting", "A cherry-pick begun outside"));
    done(window.click("waiting-open"));
    done(window.says("side-theirs", "/v2/shipments"));
    done(window.click("questions-drop"));
    done(window.click("confirm-yes"));
    done(window.says("toast-success", "Taken back"));
    done(window.gone("banner-waiting"));

    assert_eq!(world.git(&["rev-parse", "HEAD"]), head);
    assert_eq!(world.git(&["status", "--porcelain"]), "");
    assert!(!world.project().join(".git/CHERRY_PICK_HEAD").exists());
    assert_eq!(std::fs::read(request(&world)).unwrap(), text);
    world.is_sound();
    close(window);
}

#[test]
fn what_a_stash_left_in_conflict_is_settled() {
    let world = World::new();
    let window = world.open_clone();
    let path = request(&world);
    let text = std::fs::read_to_string(&path).expect("the file of the request");
    let with = |url: &str| {
        let edited = text.replace("{{ _.base_url }}/shipments", url);
        std::fs::write(&path, edited).expect("a folder that can be written");
    };
    with(MINE);
    world.git(&["stash", "-q"]);
    with(THEIRS);
    world.git(&["commit", "-qam", "Book elsewhere"]);
    let head = world.git(&["rev-parse", "HEAD"]);
    begin(&world, "stash pop");

    done(window.says("banner-waiting", "A conflict with"));
    done(window.click("waiting-open"));
    done(window.says("side-ours", "/bookings"));
    done(window.says("side-theirs", "/v2/shipments"));
    done(window.click("take-theirs"));
    done(window.says("questions-progress", "1 of 1"));
    done(window.click("questions-land"));
    done(window.says("toast-success", "Settled"));
    done(window.gone("banner-waiting"));

    let settled = std::fs::read_to_string(&path).expect("the file of the request");
    assert!(
        settled.contains(MINE) && !settled.contains("<<<<<<<"),
        "{settled}"
    );
    assert_eq!(world.git(&["ls-files", "--unmerged"]), "");
    assert_eq!(world.git(&["rev-parse", "HEAD"]), head);
    assert_eq!(world.git(&["stash", "list"]).lines().count(), 1);
    world.is_sound();
    close(window);
}

#[test]
fn a_pull_puts_commits_on_top_where_that_is_chosen() {
    let world = World::new();
    let window = world.open_clone();
    let ana = Person::at(&window);
    done(ana.opens_settings());
    if !window.has("settings-rebase").unwrap() {
        done(window.click("settings-advanced"));
    }
    done(window.click("settings-rebase"));
    done(window.click("settings-save"));
    done(window.gone("remote-settings-dialog"));
    done(ana.commits_edit("Create shipment", "field-url", MINE, "Book with version 2"));
    world
        .team
        .commits("main", &[("NOTES.md", "Ask Bo.\n")], "Say whom to ask")
        .unwrap();

    done(ana.looks_at_pull("and yours are put on top"));
    done(window.click("preview-land"));
    done(window.says("toast-success", "Put 1 commit on top of origin/main"));
    done(window.says("ahead", "1"));

    assert_eq!(
        world.git(&["log", "--format=%s", "-2"]),
        "Book with version 2\nSay whom to ask"
    );
    assert_eq!(world.git(&["rev-list", "--merges", "HEAD"]), "");
    assert_eq!(
        world.git(&["rev-parse", "main~1"]),
        world.host_git(&["rev-parse", "main"])
    );
    assert_eq!(world.git(&["status", "--porcelain"]), "");
    done(ana.pushes());
    world.is_sound();
    close(window);
}
