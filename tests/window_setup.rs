//! From nothing to a shared project, and repositories that hold no collection.
#![cfg(target_os = "linux")]

mod support;

use sheaf_demo::{Connection, Person, Team};
use support::{World, close, done, git};

const NEW: &str = "parcels/new-api";

#[test]
fn a_local_project_is_shared_with_its_initial_snapshot() {
    let world = World::new();
    let host = world.team.host();
    let remote = host.create_repo(NEW).unwrap();
    let folder = world.desktop.home().join("Work");
    let window = world.open();
    done(window.click("main-menu"));
    done(window.click("menu-new-project"));
    done(window.fill("new-project-name", "new-api"));
    done(window.fill("new-project-folder", &folder.to_string_lossy()));
    done(window.click("new-project-create"));
    done(window.fill("new-collection-name", "Returns API"));
    done(window.click("new-collection-create"));
    done(window.says("tree", "Returns API"));

    let ana = Person::at(&window);
    done(ana.opens_settings());
    let connection = Connection {
        uri: host.url(NEW),
        ..world.connection()
    };
    done(ana.enters("settings", &connection));
    done(window.click("settings-push-snapshot"));
    done(window.says("toast-success", "Pushed"));

    let pushed = git(&remote, &["ls-tree", "-r", "--name-only", "main"]);
    assert!(pushed.contains(".insomnia/Workspace/"), "{pushed}");
    let project = folder.join("new-api");
    assert_eq!(
        git(&project, &["rev-parse", "HEAD"]),
        git(&remote, &["rev-parse", "main"])
    );
    assert_eq!(git(&project, &["status", "--porcelain"]), "");
    git(&project, &["fsck", "--strict"]);
    close(window);
}

#[test]
fn a_repository_without_a_collection_is_told_and_removed() {
    let world = World::new();
    let host = world.team.host();
    host.create_repo(NEW).unwrap();
    let files = [("README.md", "# Not an API\n")];
    host.push_as_colleague(NEW, "main", &files, Team::BO, "Begin")
        .unwrap();
    let window = world.open();
    let ana = Person::at(&window);
    let connection = Connection {
        uri: host.url(NEW),
        ..world.connection()
    };
    done(ana.opens_clone());
    done(ana.enters("clone", &connection));
    done(window.fill("clone-target", &world.project().to_string_lossy()));
    done(window.click("clone-start"));

    done(window.says(
        "clone-result",
        "neither an .insomnia folder nor a collection file",
    ));
    done(window.click("clone-remove"));
    done(window.says("toast-info", "Removed the clone"));
    done(window.see("dashboard-empty"));
    assert!(!world.project().exists());
    close(window);
}

#[test]
fn addresses_that_cannot_work_are_told_at_once() {
    let world = World::new();
    let window = world.open();
    let ana = Person::at(&window);
    done(ana.opens_clone());
    let uri = world.team.url();
    for wrong in [
        uri.replace("https://", "http://"),
        "git@git.example.com:parcels/api.git".to_owned(),
        "ssh://git.example.com/parcels/api".to_owned(),
        "file:///srv/parcels".to_owned(),
    ] {
        done(window.fill("clone-uri", &wrong));
        done(window.click("clone-start"));
        done(window.see("[data-testid=clone-uri][aria-invalid=true]"));
    }
    done(window.fill(
        "clone-uri",
        &uri.replace("https://", "https://ana:secret-in-address@"),
    ));
    done(window.click("clone-split"));
    done(window.wait_value("clone-uri", &uri));
    assert_eq!(done(window.value("clone-token")), "secret-in-address");
    close(window);
}

#[test]
fn a_damaged_repository_is_repaired() {
    let world = World::new();
    let window = world.open_clone();
    let ana = Person::at(&window);
    done(ana.opens("Create shipment"));
    done(ana.edits("field-name", "Book a shipment"));
    done(ana.opens_commit());
    done(ana.commits("A better name"));
    close(window);

    let tree = world.git(&["rev-parse", "HEAD^{tree}"]);
    let (folder, name) = tree.trim().split_at(2);
    let object = world.project().join(".git/objects").join(folder).join(name);
    std::fs::remove_file(&object).unwrap();
    std::fs::write(&object, "").unwrap();

    let window = world.open();
    done(window.see("[data-testid=project-missing], [data-testid=project-open]"));
    // The window may open the project by itself.
    done(window.click_if_there("project-open"));
    done(window.says("project-missing", "is cut off"));
    done(window.click("project-repair"));
    done(window.says("toast-success", "Repaired"));
    done(window.says("tree", "Book a shipment"));
    world.is_sound();
    close(window);
}
