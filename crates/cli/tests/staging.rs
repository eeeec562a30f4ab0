//! Committing and discarding a part of a resource, what a pull would bring, and what a commit changed.

mod support;

use support::{Desk, REQUEST, REQUEST_ID};

const V5: &str = "type: collection.insomnia.rest/5.0\nschema_version: \"5.1\"\nname: New layout # mine\nmeta:\n  id: wrk_00000000000000000000000000000001\n  created: 1717000000000\n  modified: 1717000000000\ncollection:\n  - url: https://v5.example.test\n    name: Ping\n    meta:\n      id: req_00000000000000000000000000000002\n      created: 1717000000000\n      modified: 1717000000000\n    method: GET\n  - url: https://v5.example.test/two\n    name: Pong\n    meta:\n      id: req_00000000000000000000000000000003\n      created: 1717000000000\n      modified: 1717000000000\n    method: GET\n";

/// Lines that a commit added and removed, without the time of change.
fn difference(desk: &Desk, dir: &std::path::Path, range: &[&str]) -> Vec<String> {
    let diff = desk.git(dir, &[&["diff", "--unified=0"], range].concat());
    let lines = diff.lines().filter(|line| line.starts_with(['+', '-']));
    let real = lines
        .filter(|line| !line.starts_with("+++") && !line.starts_with("---") && !line.contains("modified:"));
    real.map(str::to_owned).collect()
}

#[test]
fn a_field_is_committed_and_the_others_stay_changed() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://one.example.test"]);
    desk.ok(&dir, &["set", REQUEST_ID, "headers.X-Debug", "1"]);
    let edited = std::fs::read(dir.join(REQUEST)).unwrap();
    let only = format!("{REQUEST_ID}:url");
    desk.ok(&dir, &["commit", "-m", "Only the URL", "--only", &only]);

    let committed = difference(&desk, &dir, &["HEAD~1", "HEAD"]);
    assert!(
        committed.iter().all(|line| line.contains("url:")),
        "{committed:?}"
    );
    assert_eq!(committed.len(), 2);
    assert_eq!(std::fs::read(dir.join(REQUEST)).unwrap(), edited);
    let left = difference(&desk, &dir, &["HEAD"]);
    assert_eq!(
        left.iter().filter(|line| line.contains("X-Debug")).count(),
        1,
        "{left:?}"
    );
    assert_eq!(
        desk.git(&dir, &["status", "--porcelain"]),
        format!(" M {REQUEST}")
    );
    desk.git(&dir, &["fsck", "--strict"]);

    desk.ok(
        &dir,
        &[
            "commit",
            "-m",
            "The rest",
            "--only",
            &format!("{REQUEST_ID}:headers.X-Debug"),
        ],
    );
    desk.clean(&dir);
    assert_eq!(
        desk.git(&dir, &["show", &format!("HEAD:{REQUEST}")]).as_bytes(),
        edited.trim_ascii_end()
    );
}

#[test]
fn a_resource_of_a_collection_file_is_committed_alone() {
    let desk = Desk::new();
    desk.colleague("main", &[("apis/ping.yaml", V5)], "A v5 file");
    let dir = desk.clone("work");
    desk.ok(&dir, &["set", "Ping", "url", "https://changed.example.test"]);
    desk.ok(&dir, &["set", "Pong", "url", "https://changed.example.test/two"]);
    desk.ok(
        &dir,
        &[
            "commit",
            "-m",
            "Pong",
            "--only",
            "req_00000000000000000000000000000003",
        ],
    );
    assert_eq!(
        difference(&desk, &dir, &["HEAD~1", "HEAD"]),
        [
            "-  - url: https://v5.example.test/two",
            "+  - url: https://changed.example.test/two"
        ]
    );
    let left = desk.ok(&dir, &["status"]);
    assert_eq!(left["changes"].as_array().unwrap().len(), 1, "{left}");
    assert_eq!(left["changes"][0]["name"], "Ping");
}

#[test]
fn a_changed_resource_is_chosen_by_its_name() {
    let desk = Desk::new();
    let v5 = V5.replace("name: Pong", "name: \"Ping: twice\"");
    desk.colleague("main", &[("apis/ping.yaml", &v5)], "A v5 file");
    let dir = desk.clone("work");
    for name in ["Ping", "Ping: twice"] {
        desk.ok(&dir, &["set", name, "url", "https://changed.example.test"]);
        desk.ok(&dir, &["set", name, "method", "POST"]);
    }
    desk.ok(
        &dir,
        &[
            "commit",
            "-m",
            "URL",
            "--only",
            "Ping: twice:url",
            "--only",
            "Ping",
        ],
    );
    let left = desk.ok(&dir, &["status"]);
    assert_eq!(left["changes"].as_array().unwrap().len(), 1, "{left}");
    assert_eq!(left["changes"][0]["name"], "Ping: twice");
    desk.ok(&dir, &["discard", "Ping: twice"]);
    desk.clean(&dir);

    desk.ok(&dir, &["rename", "Ping: twice", "Ping"]);
    desk.ok(&dir, &["set", "req_00000000000000000000000000000002", "url", "x"]);
    let ran = desk.sheaf(&dir, &["commit", "-m", "Which one", "--only", "Ping:url"]);
    assert_eq!((ran.status, ran.code()), (1, "ambiguous"), "{}", ran.stdout);
}

#[test]
fn a_field_is_discarded_and_brought_back() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://one.example.test"]);
    desk.ok(&dir, &["set", REQUEST_ID, "headers.X-Debug", "1"]);
    let edited = std::fs::read(dir.join(REQUEST)).unwrap();
    desk.ok(&dir, &["discard", &format!("{REQUEST_ID}:url")]);
    let left = difference(&desk, &dir, &["HEAD"]);
    assert!(left.iter().all(|line| !line.contains("url:")), "{left:?}");
    assert!(left.iter().any(|line| line.contains("X-Debug")));
    desk.ok(&dir, &["undo"]);
    assert_eq!(std::fs::read(dir.join(REQUEST)).unwrap(), edited);
    desk.ok(&dir, &["discard", REQUEST_ID]);
    desk.clean(&dir);
}

#[test]
fn a_choice_that_is_no_change_is_refused() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["set", REQUEST_ID, "url", "https://one.example.test"]);
    std::fs::write(dir.join("a:b.txt"), "a path with a colon\n").unwrap();
    for only in ["nothing", &format!("{REQUEST_ID}:method"), "req_0:url"] {
        let ran = desk.sheaf(&dir, &["commit", "-m", "x", "--only", only]);
        assert_eq!(
            (ran.status, ran.code()),
            (1, "not-changed"),
            "{only}: {}",
            ran.stdout
        );
    }
    // It is known by its whole name, and no name with a colon is ever committed.
    let ran = desk.sheaf(&dir, &["commit", "-m", "A file", "--only", "a:b.txt"]);
    assert_eq!(ran.code(), "unsafe-tree");
    assert_eq!(desk.ok(&dir, &["discard", "a:b.txt"])["files"], 1);
    assert!(!dir.join("a:b.txt").exists());
}

#[test]
fn the_difference_names_its_fields_and_places() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    desk.ok(&dir, &["set", REQUEST_ID, "headers.X-Debug", "1"]);
    let ran = desk.sheaf_plain(&dir, &["diff"]);
    assert!(
        ran.stdout
            .contains("header X-Debug  [headers.X-Debug]\n      + 1\n"),
        "{}",
        ran.stdout
    );
    assert!(!ran.stdout.contains("time of change"));
    assert!(
        desk.sheaf_plain(&dir, &["diff", "--all"])
            .stdout
            .contains("bookkeeping: time of change")
    );
    desk.ok(&dir, &["commit", "-m", "A header"]);
    assert_eq!(desk.sheaf_plain(&dir, &["diff"]).stdout.trim(), "No changes.");
    for name in ["HEAD", &desk.git(&dir, &["rev-parse", "--short", "HEAD"]), "main"] {
        let list = desk.ok(&dir, &["diff", name]);
        assert_eq!(
            list["changes"][0]["fields"][0]["path"], "headers.X-Debug",
            "{list}"
        );
        assert_eq!(list["changes"][0]["fields"][0]["comparison"]["kind"], "value");
    }
    assert_eq!(desk.sheaf(&dir, &["diff", "nothing"]).status, 1);
}

#[test]
fn what_a_pull_would_bring_is_shown_after_a_fetch() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    assert_eq!(desk.ok(&dir, &["diff", "--incoming"])["behind"], 0);
    let theirs = desk.git(&dir, &["show", &format!("HEAD:{REQUEST}")]);
    let theirs = theirs
        .replace("method: POST", "method: PUT")
        .replace("method: GET", "method: PUT")
        + "\n";
    desk.colleague("main", &[(REQUEST, &theirs)], "Use PUT");
    std::fs::write(dir.join("mine.txt"), "mine\n").unwrap();
    desk.ok(&dir, &["commit", "-m", "Mine"]);
    desk.ok(&dir, &["fetch"]);
    let found = desk.ok(&dir, &["diff", "--incoming"]);
    assert_eq!(
        (&found["ahead"], &found["behind"]),
        (&1.into(), &1.into()),
        "{found}"
    );
    assert_eq!(found["commits"][0]["title"], "Use PUT");
    assert_eq!(found["changes"]["changes"].as_array().unwrap().len(), 1);
    assert_eq!(found["changes"]["changes"][0]["fields"][0]["after"], "PUT");
    let ran = desk.sheaf_plain(&dir, &["diff", "--incoming"]);
    assert!(
        ran.stdout.starts_with("1 new commit on origin/main:"),
        "{}",
        ran.stdout
    );
}

#[test]
fn what_is_needed_goes_along() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let folder = "_id: fld_77\ntype: RequestGroup\nparentId: fld_78\nname: Inner\n";
    let outer =
        "_id: fld_78\ntype: RequestGroup\nparentId: wrk_5b1f0c2e7d6a4f3b9c8e1a2d3f405162\nname: Outer\n";
    for (name, text) in [("fld_77", folder), ("fld_78", outer)] {
        let path = dir.join(format!(".insomnia/RequestGroup/{name}.yml"));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let done = desk.ok(&dir, &["commit", "-m", "Inner", "--only", "fld_77"]);
    assert_eq!(done["along"], serde_json::json!(["Outer"]), "{done}");
    desk.clean(&dir);
}
