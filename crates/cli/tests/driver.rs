//! `sheaf merge-driver`: git itself merges collections by field and says in words what differs.

mod support;

use std::path::{Path, PathBuf};

use support::{Desk, REQUEST, REQUEST_ID};

/// A clone whose branch `side` changed the method and the name, and whose `main` changed the URL and `also`.
fn neighbours(also: &[&str]) -> (Desk, PathBuf) {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["branch", "create", "side"]);
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://main.example.test"]);
    if let [field, value] = also {
        desk.ok(&dir, &["set", REQUEST_ID, field, value]);
    }
    desk.ok(&dir, &["commit", "-m", "Main"]);
    desk.ok(&dir, &["branch", "switch", "side"]);
    desk.ok(&dir, &["set", REQUEST_ID, "method", "PUT"]);
    desk.ok(&dir, &["set", REQUEST_ID, "name", "Book shipment"]);
    desk.ok(&dir, &["commit", "-m", "Side"]);
    desk.ok(&dir, &["branch", "switch", "main"]);
    (desk, dir)
}

fn text(dir: &Path) -> String {
    std::fs::read_to_string(dir.join(REQUEST)).expect("the request")
}

/// Git's own exit status.
fn git_fails(desk: &Desk, dir: &Path, args: &[&str]) -> bool {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| desk.git(dir, args))).is_err()
}

#[test]
fn git_merges_by_field_where_it_could_not_by_lines() {
    let (desk, dir) = neighbours(&[]);
    assert!(git_fails(&desk, &dir, &["merge", "-q", "side"]));
    desk.git(&dir, &["merge", "--abort"]);

    desk.ok(&dir, &["merge-driver", "install"]);
    desk.git(&dir, &["merge", "-q", "--no-edit", "side"]);
    let text = text(&dir);
    for part in [
        "https://main.example.test",
        "method: PUT",
        "name: Book shipment # keep this",
        "x-unknown: stays",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert_eq!(desk.git(&dir, &["status", "--porcelain"]), "");
}

#[test]
fn git_rebases_by_field() {
    let (desk, dir) = neighbours(&[]);
    desk.ok(&dir, &["merge-driver", "install"]);
    desk.git(&dir, &["rebase", "-q", "side"]);
    let text = text(&dir);
    assert!(
        text.contains("https://main.example.test") && text.contains("method: PUT"),
        "{text}"
    );
}

#[test]
fn only_what_disagrees_is_marked() {
    let (desk, dir) = neighbours(&["name", "Send shipment"]);
    desk.ok(&dir, &["merge-driver", "install"]);
    assert!(git_fails(&desk, &dir, &["merge", "-q", "--no-edit", "side"]));
    let text = text(&dir);
    let start = text.find("<<<<<<<").expect("a mark");
    let end = text.find(">>>>>>>").expect("its end");
    let marked = &text[start..end];
    assert!(
        marked.contains("Send shipment") && marked.contains("Book shipment"),
        "{text}"
    );
    assert_eq!(text.matches("<<<<<<<").count(), 1, "{text}");
    assert!(
        !marked.contains("method:") && text.contains("method: PUT"),
        "{text}"
    );
    assert!(
        !marked.contains("url:") && text.contains("https://main.example.test"),
        "{text}"
    );
}

#[test]
fn git_diff_speaks_of_resources_and_leaves_other_files_to_lines() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    std::fs::write(dir.join("notes.yaml"), "a: 1\n").unwrap();
    desk.git(&dir, &["add", "notes.yaml"]);
    desk.git(&dir, &["commit", "-qm", "Notes"]);
    desk.ok(&dir, &["merge-driver", "install"]);
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://main.example.test"]);
    std::fs::write(dir.join("notes.yaml"), "a: 2\n").unwrap();
    let shown = desk.git(&dir, &["diff"]);
    assert!(
        shown.contains("Create shipment") && shown.contains("URL") && !shown.contains("modified:"),
        "{shown}"
    );
    assert!(shown.contains("-a: 1\n+a: 2"), "{shown}");
    std::fs::remove_file(dir.join(REQUEST)).unwrap();
    assert!(
        desk.git(&dir, &["diff", "--", REQUEST])
            .contains("Create shipment")
    );
}

#[test]
fn other_yaml_is_merged_by_lines_as_git_does() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let write = |text: &str| {
        std::fs::write(dir.join("notes.yaml"), text).expect("a file");
        desk.git(&dir, &["add", "notes.yaml"]);
        desk.git(&dir, &["commit", "-qm", "Notes"]);
    };
    write("a: 1\n\n\n\nb: 1\n");
    desk.ok(&dir, &["merge-driver", "install"]);
    desk.git(&dir, &["branch", "side"]);
    write("a: 2\n\n\n\nb: 1\n");
    desk.git(&dir, &["checkout", "-q", "side"]);
    write("a: 1\n\n\n\nb: 2\n");
    desk.git(&dir, &["merge", "-q", "--no-edit", "main"]);
    let text = std::fs::read_to_string(dir.join("notes.yaml")).unwrap();
    assert_eq!(text, "a: 2\n\n\n\nb: 2\n");
}

#[test]
fn uninstalling_leaves_every_byte_as_it_was() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let config = dir.join(".git/config");
    let attributes = dir.join(".git/info/attributes");
    let _ = std::fs::remove_file(&attributes);
    let before = std::fs::read(&config).unwrap();
    for _ in 0..2 {
        desk.ok(&dir, &["merge-driver", "install"]);
    }
    assert!(desk.git(&dir, &["config", "merge.sheaf.driver"]).ends_with("%P"));
    desk.ok(&dir, &["merge-driver", "uninstall"]);
    assert_eq!(std::fs::read(&config).unwrap(), before);
    assert!(!attributes.exists());
    let again = desk.ok(&dir, &["merge-driver", "uninstall"]);
    assert_eq!(again["changed"], serde_json::json!([]));
}

#[test]
fn for_all_repositories_of_the_user() {
    let (desk, dir) = neighbours(&[]);
    let own = desk.home().join(".gitconfig");
    std::fs::write(&own, "[alias]\n\tst = status").unwrap();
    desk.ok(&dir, &["merge-driver", "install", "--global"]);
    assert_eq!(desk.git(&dir, &["config", "--global", "alias.st"]), "status");
    desk.git(&dir, &["merge", "-q", "--no-edit", "side"]);
    desk.ok(&dir, &["merge-driver", "uninstall", "--global"]);
    assert_eq!(std::fs::read_to_string(&own).unwrap(), "[alias]\n\tst = status");
    assert!(!desk.path("config/git/attributes").exists());
}

#[test]
fn a_configuration_in_use_is_left_alone() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    std::fs::write(dir.join(".git/config.lock"), "").unwrap();
    let ran = desk.sheaf(&dir, &["merge-driver", "install"]);
    assert_eq!(ran.status, 1, "{}", ran.stdout);
    assert!(
        !std::fs::read_to_string(dir.join(".git/config"))
            .unwrap()
            .contains("sheaf\"]")
    );
}
