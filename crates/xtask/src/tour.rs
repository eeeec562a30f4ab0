use std::path::Path;

use sheaf_demo::{Connection, Person, Team};
use sheaf_git_host::Vendor;
use sheaf_window_driver::{Desktop, Keychain, Window};

use crate::failure::Failure;

const REQUEST: &str = "Create shipment";
const URL: &str = "{{ _.base_url }}/v2/shipments";

/// Walks through a day's work in the real window and leaves a picture of each step.
pub(crate) fn tour(program: &Path, team: &Team, pictures: &Path) -> Result<(), Failure> {
    let desktop = Desktop::start(Keychain::Unlocked)?;
    let window = desktop.open(program)?;
    let mut album = Album::new(&window, pictures)?;
    let ana = Person::at(&window);
    clone(ana, &window, team, &desktop, &mut album)?;
    share(ana, &window, &mut album)?;
    pull(ana, &window, team, &mut album)?;
    answer(ana, &window, team, &mut album)?;
    leave_protected_branch(ana, &window, team, &mut album)?;
    look_around(ana, &window, &mut album)?;
    println!("\n{} pictures in {}", album.taken, pictures.display());
    window.close()?;
    Ok(())
}

fn clone(
    ana: Person,
    window: &Window,
    team: &Team,
    desktop: &Desktop,
    album: &mut Album,
) -> Result<(), Failure> {
    window.see("dashboard-empty")?;
    album.picture("start", "The first start")?;
    ana.opens_clone()?;
    ana.enters("clone", &Connection::of(team))?;
    ana.tests_connection("clone")?;
    album.picture("clone", "Clone repository…, with the connection tested")?;
    ana.clones_to(&desktop.home().join("Sheaf/parcel-tracking"))?;
    album.picture("cloned", "The collection is here")
}

fn share(ana: Person, window: &Window, album: &mut Album) -> Result<(), Failure> {
    ana.opens(REQUEST)?;
    ana.edits("field-url", URL)?;
    window.click("request-tab-headers")?;
    window.fill("headers-4-name", "X-Request-Source")?;
    ana.edits("headers-4-value", "web-shop")?;
    album.picture("edit", "A request is edited")?;
    ana.clears_messages()?;
    ana.opens_commit()?;
    window.fill("commit-message", "Book shipments with version 2 of the API")?;
    album.picture("commit", "What goes into the commit")?;
    window.click("commit-submit")?;
    window.gone("commit-dialog")?;
    window.says("ahead", "1")?;
    album.picture("committed", "Committed, not pushed yet")?;
    ana.clears_messages()?;
    ana.pushes()?;
    album.picture("push", "Pushed")
}

fn pull(ana: Person, window: &Window, team: &Team, album: &mut Album) -> Result<(), Failure> {
    team.changes(
        "main",
        "Track parcel",
        ("value: de\n", "value: en\n"),
        "Track parcels in English",
    )?;
    ana.clears_messages()?;
    ana.fetches()?;
    window.says("behind", "1")?;
    album.picture("colleague", "A colleague has pushed")?;
    ana.clears_messages()?;
    ana.looks_at_pull("1 request changes")?;
    window.see("change-detail")?;
    album.picture("preview", "What a pull would bring, before anything moves")?;
    window.click("preview-land")?;
    window.says("toast-success", "Brought in 1 commit")?;
    window.gone("operation")?;
    album.picture("pull", "Pulled")
}

fn answer(ana: Person, window: &Window, team: &Team, album: &mut Album) -> Result<(), Failure> {
    ana.clears_messages()?;
    ana.commits_edit(
        "Cancel shipment",
        "field-url",
        "{{ _.base_url }}/v2/shipments/:id",
        "Cancel with version 2 of the API",
    )?;
    team.changes(
        "main",
        "Cancel shipment",
        ("/shipments/", "/bookings/"),
        "Call shipments bookings",
    )?;
    team.changes("main", "Scan history", ("/scans", "/events"), "Call scans events")?;
    team.changes(
        "main",
        "Change address",
        ("name: Change address", "name: Change recipient"),
        "Say what is changed",
    )?;
    ana.clears_messages()?;
    ana.looks_at_pull("1 question")?;
    album.picture("preview-question", "Both sides changed the same field")?;
    window.click("preview-land")?;
    window.see("side-theirs")?;
    album.picture("questions", "What counts is for a person to say")?;
    window.click("take-ours")?;
    window.says("questions-progress", "1 of 1")?;
    window.click("questions-land")?;
    window.says("toast-success", "Merged 3 commits")?;
    ana.clears_messages()?;
    ana.chooses("timeline")?;
    window.click_text("timeline-step", "Edit “Cancel shipment”")?;
    window.see("change-detail")?;
    album.picture("timeline", "The way back, step by step")?;
    window.click("timeline-close")?;
    window.gone("timeline-dialog")?;
    Ok(())
}

fn leave_protected_branch(
    ana: Person,
    window: &Window,
    team: &Team,
    album: &mut Album,
) -> Result<(), Failure> {
    team.host().protect(Team::REPOSITORY, "main", Vendor::GitHub)?;
    ana.clears_messages()?;
    ana.commits_edit(
        "List shipments",
        "field-url",
        URL,
        "List shipments with version 2 of the API",
    )?;
    ana.clears_messages()?;
    ana.is_refused()?;
    album.picture("rejected", "The branch is protected")?;
    ana.wants_new_branch("ana/version-2")?;
    album.picture("new-branch", "The way out: a new branch")?;
    ana.pushes_to_new_branch()?;
    window.says("branch-button", "ana/version-2")?;
    album.picture("pushed-to-new-branch", "Pushed to the new branch")
}

fn look_around(ana: Person, window: &Window, album: &mut Album) -> Result<(), Failure> {
    ana.clears_messages()?;
    window.click("branch-button")?;
    window.see(&format!("branch-{}", Team::COLLEAGUES_BRANCH))?;
    album.picture("branches", "Branches, here and on the remote")?;
    window.click("dialog-close")?;
    ana.chooses("history")?;
    window.see("commit-head")?;
    window.see("change-detail")?;
    album.picture("history", "What was done, by whom")?;
    window.click("dialog-close")?;
    window.click("main-menu")?;
    window.click("menu-events")?;
    window.see("event-row")?;
    album.picture("git-events", "Every step of Git, to read and to hand on")?;
    window.click("events-close")?;
    ana.leaves()?;
    album.picture("dashboard", "All projects")
}

/// The pictures, numbered in the order they were taken.
struct Album<'a> {
    window: &'a Window,
    folder: &'a Path,
    taken: usize,
}

impl<'a> Album<'a> {
    /// Begins anew: pictures of an earlier walk would pass for those of this one.
    fn new(window: &'a Window, folder: &'a Path) -> Result<Self, Failure> {
        for entry in folder.read_dir().into_iter().flatten() {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "png") {
                std::fs::remove_file(path)?;
            }
        }
        Ok(Self {
            window,
            folder,
            taken: 0,
        })
    }

    fn picture(&mut self, name: &str, what: &str) -> Result<(), Failure> {
        self.taken += 1;
        let file = self.folder.join(format!("{:02}-{name}.png", self.taken));
        self.window.picture(&file)?;
        println!("{:3}  {what}", self.taken);
        Ok(())
    }
}
