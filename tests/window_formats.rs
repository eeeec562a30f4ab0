//! What teams keep in their files: both layouts, a part of the changes, what others wrote, and what is brought in.
#![cfg(target_os = "linux")]

mod support;

use sheaf_demo::{CREATE_SHIPMENT, Person};
use sheaf_window_driver::Window;
use support::{World, close, done};

const URL: &str = "{{ _.base_url }}/v2/shipments";
const TARIFFS: &str = "specs/tariffs.yaml";

/// A collection file as Insomnia 11 writes it, with a comment that somebody added by hand.
const COLLECTION_FILE: &str = "\
type: collection.insomnia.rest/5.0
schema_version: \"5.1\"
name: Tariffs
meta:
  id: wrk_1f0c2e7d6a4f4b9c8e1a2d3f40516277
  created: 1780000000000
  modified: 1780000000000
  description: \"\"
collection:
  # asked for by the warehouse
  - url: \"{{ _.base_url }}/tariffs\"
    name: List tariffs
    meta:
      id: req_5a4938271605f4e3d2c1b0a998877c6b
      created: 1780000000000
      modified: 1780000000000
      isPrivate: false
      description: \"\"
      sortKey: -1780000000000
    method: GET
    settings:
      renderRequestBody: true
      encodeUrl: true
      followRedirects: global
      cookies:
        send: true
        store: true
      rebuildPath: true
environments:
  name: Base Environment
  meta:
    id: env_3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c
    created: 1780000000000
    modified: 1780000000000
    isPrivate: false
";

fn request_file() -> String {
    format!(".insomnia/Request/{CREATE_SHIPMENT}.yml")
}

/// Lines of a file that git sees as changed, without the headers of the diff.
fn changed_lines(world: &World, path: &str) -> Vec<String> {
    let diff = world.git(&["diff", "-U0", "--", path]);
    let is_change =
        |line: &&str| line.starts_with(['+', '-']) && !line.starts_with("+++") && !line.starts_with("---");
    diff.lines().filter(is_change).map(str::to_owned).collect()
}

/// The menu of a line of the tree, as the right button of the mouse opens it.
fn open_menu(window: &Window, name: &str) {
    let script = "
        const row = [...document.querySelectorAll('[role=treeitem]')].find((row) => row.innerText.includes(arguments[0]));
        const { left, top } = row.getBoundingClientRect();
        row.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left + 9, clientY: top + 9 }));";
    done(window.execute(script, &[name.into()]));
}

#[test]
fn one_field_is_committed_and_the_other_waits() {
    let world = World::new();
    let window = world.open_clone();
    let ana = Person::at(&window);
    done(ana.opens("Create shipment"));
    done(ana.edits("field-url", URL));
    done(ana.edits("field-name", "Book a shipment"));

    done(ana.opens_commit());
    done(window.says("field-change", URL));
    done(window.click("field-check-name"));
    done(ana.commits("Book with version 2"));

    let committed = world.git(&["show", &format!("HEAD:{}", request_file())]);
    assert!(
        committed.contains(URL) && committed.contains("name: Create shipment\n"),
        "{committed}"
    );
    let waiting = changed_lines(&world, &request_file());
    assert!(
        waiting.contains(&"+name: Book a shipment".to_owned()),
        "{waiting:?}"
    );
    assert!(!waiting.iter().any(|line| line.contains("url:")), "{waiting:?}");
    world.is_sound();
    close(window);
}

#[test]
fn an_edit_of_a_collection_file_changes_its_line_and_no_other() {
    let world = World::new();
    world
        .team
        .commits("main", &[(TARIFFS, COLLECTION_FILE)], "Describe the tariffs")
        .unwrap();
    let window = world.open_clone();
    let ana = Person::at(&window);

    done(ana.opens("List tariffs"));
    done(ana.edits("field-url", URL));
    let lines = changed_lines(&world, TARIFFS);
    assert_eq!(
        lines.len(),
        4,
        "the address and the time of the change: {lines:?}"
    );
    assert!(lines.contains(&format!("+  - url: \"{URL}\"")), "{lines:?}");
    assert!(
        std::fs::read_to_string(world.project().join(TARIFFS))
            .unwrap()
            .contains("# asked for by the warehouse")
    );

    done(ana.opens_commit());
    done(ana.commits("List tariffs of version 2"));
    done(ana.pushes());
    assert!(
        world
            .host_git(&["show", &format!("main:{TARIFFS}")])
            .contains(URL)
    );
    world.is_sound();
    close(window);
}

#[test]
fn what_another_program_writes_appears_by_itself() {
    let world = World::new();
    let window = world.open_clone();
    let path = world.project().join(request_file());
    let text = std::fs::read_to_string(&path).unwrap();

    std::fs::write(
        &path,
        text.replace("name: Create shipment", "name: Order a pickup"),
    )
    .unwrap();
    done(window.says("tree", "Order a pickup"));

    std::fs::write(&path, format!("<<<<<<< ours\n{text}")).unwrap();
    done(window.click_text("[role=treeitem]", CREATE_SHIPMENT));
    done(window.says("text-problem", "conflict markers"));
    assert!(
        std::fs::read_to_string(&path)
            .unwrap()
            .starts_with("<<<<<<< ours\n")
    );
    close(window);
}

#[test]
fn what_is_written_in_a_request_is_found() {
    let world = World::new();
    let window = world.open_clone();

    done(window.fill("tree-search", "Amselweg"));
    done(window.says("search-hit", "Amselweg"));
    done(window.click_text("search-hit", "Amselweg"));
    done(window.wait_value("field-name", "Create shipment"));
    close(window);
}

#[test]
fn a_pasted_command_becomes_a_request() {
    let world = World::new();
    let window = world.open_clone();
    let before = world.git(&["ls-files", "--others"]);
    assert_eq!(before, "");

    done(window.click("tree-new"));
    done(window.click("new-import"));
    done(window.click("import-from-text"));
    done(window.fill(
        "import-text",
        "curl -X POST https://api.example.com/labels -H 'X-Tenant: acme' -d '{\"size\":\"A6\"}'",
    ));
    done(window.click("import-submit"));
    done(window.see("import-report"));
    assert_eq!(world.git(&["ls-files", "--others"]), "", "a look changes nothing");
    done(window.click("import-submit"));
    done(window.gone("import-dialog"));

    let written = world.git(&["ls-files", "--others"]);
    let request = written.lines().find(|path| path.contains("/Request/")).unwrap();
    let text = std::fs::read_to_string(world.project().join(request)).unwrap();
    assert!(
        text.contains("url: https://api.example.com/labels") && text.contains("name: X-Tenant"),
        "{text}"
    );
    close(window);
}

#[test]
fn a_collection_becomes_a_single_file_and_comes_back() {
    let world = World::new();
    let window = world.open_clone();
    let before = world.git(&["rev-parse", "HEAD"]);

    open_menu(&window, "Parcel");
    done(window.click("tree-menu-convert"));
    done(window.click("confirm-yes"));
    done(window.says("ahead", "1"));
    done(window.see("toast-success"));
    assert_eq!(world.git(&["ls-files", ".insomnia/Request"]), "");
    assert_eq!(world.git(&["status", "--porcelain"]), "");
    assert_eq!(world.git(&["rev-parse", "HEAD~1"]), before);
    done(Person::at(&window).opens("Create shipment"));

    done(window.click("undo"));
    done(window.gone("ahead"));
    assert_eq!(world.git(&["rev-parse", "HEAD"]), before);
    world.is_sound();
    close(window);
}
