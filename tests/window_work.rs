//! A day's work: edit, commit, push, pull, and what to do when the host says no.
#![cfg(target_os = "linux")]

mod support;

use sheaf_demo::{CREATE_SHIPMENT, Person, Team};
use sheaf_git_host::Vendor;
use support::{World, close, done, events};

const URL: &str = "{{ _.base_url }}/v2/shipments";

#[test]
fn an_edit_is_committed_and_pushed() {
    let world = World::new();
    let window = world.open_clone();
    let ana = Person::at(&window);
    let before = world.host_git(&["rev-parse", "main"]);

    done(ana.opens("Create shipment"));
    done(ana.edits("field-url", URL));
    done(ana.opens_commit());
    done(window.says("change-list", "Create shipment"));
    done(window.says("field-change", URL));
    done(ana.commits("Book with version 2"));
    done(window.says("ahead", "1"));
    assert_eq!(world.host_git(&["rev-parse", "main"]), before);
    done(ana.pushes());
    done(window.gone("ahead"));

    let path = format!(".insomnia/Request/{CREATE_SHIPMENT}.yml");
    assert_eq!(
        world.host_git(&["log", "-1", "--format=%an %ae %s", "main"]),
        "Ana Flores ana@parcels.example.com Book with version 2"
    );
    assert_eq!(world.host_git(&["diff", "--name-only", &before, "main"]), path);
    assert!(world.host_git(&["show", &format!("main:{path}")]).contains(URL));
    assert_eq!(
        world
            .git(&["status", "--porcelain=v2", "--branch"])
            .lines()
            .nth(3),
        Some("# branch.ab +0 -0")
    );
    world.is_sound();
    let log = close(window);
    assert!(
        events(&log)
            .iter()
            .any(|event| event.starts_with("git-event push finished")),
        "{log}"
    );
}

#[test]
fn a_colleagues_push_is_pulled_and_own_edits_come_along() {
    let world = World::new();
    let window = world.open_clone();
    let ana = Person::at(&window);
    world
        .team
        .commits("main", &[("NOTES.md", "Ask Bo.\n")], "Say whom to ask")
        .unwrap();
    done(ana.opens("Create shipment"));
    done(ana.edits("field-url", URL));

    done(ana.fetches());
    done(window.says("behind", "1"));
    done(ana.pulls("Brought in 1 commit"));
    done(window.gone("behind"));

    assert_eq!(
        world.git(&["rev-parse", "HEAD"]),
        world.host_git(&["rev-parse", "main"])
    );
    let changed = world.git(&["status", "--porcelain"]);
    assert_eq!(
        changed.trim(),
        format!("M .insomnia/Request/{CREATE_SHIPMENT}.yml")
    );
    assert_eq!(done(window.value("field-url")), URL);
    world.is_sound();
    close(window);
}

#[test]
fn a_push_to_a_protected_branch_goes_to_a_new_one() {
    let world = World::new();
    world
        .team
        .host()
        .protect(Team::REPOSITORY, "main", Vendor::GitHub)
        .unwrap();
    let before = world.host_git(&["rev-parse", "main"]);
    let window = world.open_clone();
    let ana = Person::at(&window);
    done(ana.commits_edit("Create shipment", "field-url", URL, "Book with version 2"));

    done(ana.is_refused());
    done(window.says("rejection-server-text", "GH006"));
    done(ana.wants_new_branch("ana/version-2"));
    done(ana.pushes_to_new_branch());

    assert_eq!(world.host_git(&["rev-parse", "main"]), before);
    assert_eq!(
        world.host_git(&["log", "-1", "--format=%s", "ana/version-2"]),
        "Book with version 2"
    );
    assert_eq!(
        world.git(&["rev-parse", "--abbrev-ref", "HEAD@{upstream}"]),
        "origin/ana/version-2"
    );
    done(window.says("branch-button", "ana/version-2"));
    world.is_sound();
    let log = close(window);
    assert!(
        events(&log)
            .iter()
            .any(|event| event.starts_with("git-event push rejected")),
        "{log}"
    );
}

#[test]
fn a_disagreement_changes_nothing_until_it_is_answered() {
    let world = World::new();
    let window = world.open_clone();
    let ana = Person::at(&window);
    done(ana.commits_edit("Create shipment", "field-url", URL, "Book with version 2"));
    let change = (
        "url: \"{{ _.base_url }}/shipments\"",
        "url: \"{{ _.base_url }}/bookings\"",
    );
    world
        .team
        .changes("main", "Create shipment", change, "Book elsewhere")
        .unwrap();
    let before = world.git(&["rev-parse", "HEAD"]);

    done(ana.looks_at_pull("1 question"));
    done(window.says("preview-questions", "Create shipment"));
    done(window.click("preview-cancel"));
    assert!(!world.project().join(".git/sheaf/merge.json").exists());
    done(ana.looks_at_pull("1 question"));
    done(window.click("preview-land"));
    done(window.says("questions-dialog", "Create shipment"));
    done(window.says("side-theirs", "/bookings"));
    done(window.click("questions-close"));
    assert_eq!(world.git(&["rev-parse", "HEAD"]), before);
    assert_eq!(world.git(&["status", "--porcelain"]), "");
    done(window.says("banner-waiting", "0 of 1 answered"));

    done(ana.chooses("pull"));
    done(window.click("take-ours"));
    done(window.says("questions-progress", "1 of 1"));
    done(window.click("questions-land"));
    done(window.says("toast-success", "Merged 1 commit"));
    done(ana.pushes());

    assert_eq!(world.host_git(&["rev-list", "--count", "--merges", "main"]), "1");
    let path = format!("main:.insomnia/Request/{CREATE_SHIPMENT}.yml");
    assert!(world.host_git(&["show", &path]).contains(URL));
    world.is_sound();
    close(window);
}

#[test]
fn a_merge_that_git_began_is_ended_in_the_window() {
    let world = World::new();
    let window = world.open_clone();
    let path = world
        .project()
        .join(format!(".insomnia/Request/{CREATE_SHIPMENT}.yml"));
    let text = std::fs::read_to_string(&path).unwrap();
    let commit = |url: &str| {
        let edited = text.replace("{{ _.base_url }}/shipments", url);
        assert_ne!(edited, text);
        std::fs::write(&path, edited).unwrap();
        world.git(&["commit", "-qam", url]);
    };
    world.git(&["switch", "-qc", "side"]);
    commit("{{ _.base_url }}/bookings");
    world.git(&["switch", "-q", "main"]);
    commit(URL);
    world.git(&["-c", "alias.begin=!git merge side || true", "begin"]);

    done(window.says("banner-waiting", "A merge begun outside"));
    done(window.click("waiting-open"));
    done(window.says("questions-dialog", "Create shipment"));
    done(window.says("side-theirs", "/bookings"));
    done(window.click("take-ours"));
    done(window.says("questions-progress", "1 of 1"));
    done(window.click("questions-land"));
    done(window.says("toast-success", "Merged 1 commit"));
    done(window.gone("banner-waiting"));

    assert_eq!(world.git(&["rev-list", "--count", "--merges", "main"]), "1");
    assert!(std::fs::read_to_string(&path).unwrap().contains(URL));
    world.is_sound();
    close(window);
}

#[test]
fn a_branch_of_the_remote_is_brought_here_and_changes_are_parked() {
    let world = World::new();
    let window = world.open_clone();
    let ana = Person::at(&window);
    done(ana.opens("List shipments"));
    done(ana.edits("field-url", URL));

    done(window.click("branch-button"));
    done(window.click(&format!("branch-fetch-{}", Team::COLLEAGUES_BRANCH)));
    done(window.click(&format!("branch-switch-{}", Team::COLLEAGUES_BRANCH)));
    done(window.click("switch-park"));
    done(window.click("switch-go"));
    done(window.says("branch-button", Team::COLLEAGUES_BRANCH));
    done(window.says("tree", "Create shipment (v2)"));
    assert_eq!(world.git(&["status", "--porcelain"]), "");
    assert_eq!(
        world.git(&["rev-parse", "HEAD"]),
        world.host_git(&["rev-parse", Team::COLLEAGUES_BRANCH])
    );

    done(window.click("branch-button"));
    done(window.click("branch-switch-main"));
    done(window.says("branch-button", "main"));
    done(ana.opens("List shipments"));
    done(window.wait_value("field-url", URL));
    world.is_sound();
    close(window);
}

#[test]
fn branches_that_are_gone_on_the_host_are_taken_off_the_list_and_come_back() {
    let world = World::new();
    world.host_git(&["branch", "tried-once", "main"]);
    let window = world.open_clone();
    let ana = Person::at(&window);
    let known = "refs/remotes/origin/tried-once";
    let commit = world.git(&["rev-parse", known]);
    done(ana.chooses("branches"));
    done(window.see("branch-tried-once"));
    done(window.click("branches-prune"));
    done(window.says(".toast", "has every branch on the list"));
    world.host_git(&["branch", "-D", "tried-once"]);

    done(window.click("branches-prune"));
    done(window.says("toast-success", "Off the list: “tried-once”"));
    done(window.gone("branch-tried-once"));
    assert_eq!(world.git(&["for-each-ref", "--format=%(refname)", known]), "");

    done(window.click("toast-action-undo"));
    done(window.see("branch-tried-once"));
    assert_eq!(world.git(&["rev-parse", known]), commit);
    world.is_sound();
    close(window);
}

#[test]
fn a_commit_is_undone_from_the_header() {
    let world = World::new();
    let window = world.open_clone();
    let ana = Person::at(&window);
    let before = world.git(&["rev-parse", "HEAD"]);
    done(ana.commits_edit("Create shipment", "field-url", URL, "Book with version 2"));
    done(window.says("ahead", "1"));

    done(window.click("undo"));
    done(window.gone("ahead"));
    assert_eq!(world.git(&["rev-parse", "HEAD"]), before);
    assert!(
        world.git(&["diff", "HEAD"]).contains(URL),
        "the edit itself stays"
    );
    done(window.click("redo"));
    done(window.says("ahead", "1"));
    assert_eq!(world.git(&["log", "-1", "--format=%s"]), "Book with version 2");
    world.is_sound();
    close(window);
}

#[test]
fn git_events_are_listed_in_the_window() {
    let world = World::new();
    let window = world.open_clone();
    done(Person::at(&window).fetches());
    done(window.see("toast-success"));

    done(window.click("main-menu"));
    done(window.click("menu-events"));

    done(window.says("event-row", "clone"));
    done(window.says("event-row", "fetch"));
    let text = done(window.text("events-panel"));
    assert!(!text.contains(Team::TOKEN), "{text}");
    close(window);
}
