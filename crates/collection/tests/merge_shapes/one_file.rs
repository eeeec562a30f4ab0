//! Collections of one file, and collections that became one file on one side.

use sheaf_collection::model::Kind;

use crate::common::merging::State;
use crate::common::{id, set};
use crate::depot::{FILE, migrated, one_file, tree};
use crate::shape::{Git, Shape};

const NOW: i64 = 1_719_000_000_000;

fn moved(state: &State, what: &str, to: &str) -> State {
    state.edited(|all| all.move_to(&id(what), &id(to), None, NOW))
}

fn deleted(state: &State, what: &str) -> State {
    state.edited(|all| all.delete(&id(what), NOW))
}

fn created(state: &State, kind: Kind, parent: &str, name: &str) -> State {
    let (_, edits) = state.all().create(kind, &id(parent), name, NOW).unwrap();
    state.with(edits)
}

fn replaced(state: &State, from: &str, to: &str) -> State {
    state.replaced(FILE, from, to)
}

#[test]
fn items() {
    let base = one_file();
    crate::check(vec![
        Shape::new(
            "both add a request at the end of a folder",
            &base,
            created(&base, Kind::Request, "fld_orders", "Cancel an order"),
            created(&base, Kind::Request, "fld_orders", "Track an order"),
        ),
        Shape::new(
            "both add a folder",
            &base,
            created(&base, Kind::RequestGroup, "wrk_depot", "Labels"),
            created(&base, Kind::RequestGroup, "wrk_depot", "Stock"),
        ),
        Shape::new(
            "each saves a request, and the file says when",
            &base,
            replaced(
                &base.set("req_list", &[set("url", "/a")], NOW),
                "modified: 1718000000000",
                "modified: 1719000000000",
            ),
            replaced(
                &base.set("req_place", &[set("url", "/b")], NOW),
                "modified: 1718000000000",
                "modified: 1719000500000",
            ),
        )
        .holds("req_list", "/url", "/a")
        .holds("req_place", "/url", "/b"),
        Shape::new(
            "one moves a folder, the other edits a request in it",
            &base,
            moved(&base, "fld_orders", "fld_admin"),
            base.set("req_place", &[set("url", "/b")], NOW),
        )
        .holds("fld_orders", "/parentId", "fld_admin")
        .holds("req_place", "/url", "/b"),
        Shape::new(
            "one moves a folder, the other adds a request into it",
            &base,
            moved(&base, "fld_orders", "fld_admin"),
            created(&base, Kind::Request, "fld_orders", "Cancel an order"),
        ),
        Shape::new(
            "one deletes a folder, the other edits a request in it",
            &base,
            deleted(&base, "fld_orders"),
            base.set("req_place", &[set("url", "/b")], NOW),
        )
        .asks(&["fld_orders"]),
        Shape::new(
            "both add a sub environment",
            &base,
            created(&base, Kind::Environment, "env_base", "Production"),
            created(&base, Kind::Environment, "env_base", "Local"),
        ),
        Shape::new(
            "both add a variable",
            &base,
            base.set("env_base", &[set("data.token", "a")], NOW),
            base.set("env_base", &[set("data.street", "Main")], NOW),
        )
        .holds("env_base", "/data/token", "a")
        .holds("env_base", "/data/street", "Main"),
        Shape::new(
            "each edits an operation of the spec",
            &base,
            replaced(&base, "summary: List orders", "summary: List all orders"),
            replaced(&base, "summary: Place an order", "summary: Place one order"),
        )
        .git(Git::Merges),
    ]);
}

const COOKIES: &str = "\
cookieJar:
  name: Default Jar
  meta:
    id: jar_1
    created: 1717000000000
    modified: 1718000000000
  cookies:
    - key: session
      value: a
      domain: depot.example.test
      path: /
      id: 5d2a1c34
      creation: 2026-01-05T10:00:00.000Z
      lastAccessed: 2026-01-05T10:00:00.000Z
";

#[test]
fn noise() {
    let base = one_file();
    let mut with_cookies = base.clone();
    let text = base
        .text(FILE)
        .replace("environments:\n", &format!("{COOKIES}environments:\n"));
    with_cookies.0.insert(FILE.to_owned(), text.into_bytes());
    let visited = |day: &str| {
        with_cookies.replaced(
            FILE,
            "lastAccessed: 2026-01-05",
            &format!("lastAccessed: 2026-01-{day}"),
        )
    };
    crate::check(vec![
        Shape::new(
            "both only sent requests",
            &with_cookies,
            visited("06"),
            visited("07"),
        ),
        Shape::new(
            "one only sent requests, the other edits",
            &with_cookies,
            visited("06"),
            with_cookies.set("req_list", &[set("url", "/a")], NOW),
        )
        .git(Git::Merges)
        .holds("req_list", "/url", "/a"),
        Shape::new(
            "both raise the version of the form",
            &of_version("5.0"),
            base.clone(),
            typed(),
        )
        .holds("req_list", "/url", "{{ _.base_url }}/orders"),
        Shape::new(
            "one raises the version of the form, the other renames the collection",
            &of_version("5.0"),
            base.clone(),
            of_version("5.0").set("wrk_depot", &[set("name", "Depot API")], NOW),
        )
        .holds("wrk_depot", "/name", "Depot API"),
        Shape::new(
            "one says types from then on, the other adds a request",
            &base,
            typed(),
            created(&base, Kind::Request, "fld_orders", "Cancel an order"),
        )
        .git(Git::Merges),
        Shape::new(
            "one says types from then on, the other edits a request and deletes one",
            &base,
            typed(),
            deleted(&base.set("req_list", &[set("url", "/a")], NOW), "req_upload"),
        )
        .holds("req_list", "/url", "/a")
        .gone(&["req_upload"]),
        Shape::new(
            "lines that end as on Windows",
            &base,
            with_text(base.text(FILE).replace('\n', "\r\n")),
            base.set("req_list", &[set("url", "/a")], NOW),
        )
        .holds("req_list", "/url", "/a"),
        Shape::new(
            "one renames the file, the other edits",
            &base,
            State(
                base.0
                    .values()
                    .map(|bytes| ("insomnia.yaml".to_owned(), bytes.clone()))
                    .collect(),
            ),
            base.set("req_list", &[set("url", "/a")], NOW),
        )
        .holds("req_list", "/url", "/a"),
        Shape::new(
            "one sorts all requests anew, the other adds one",
            &base,
            ["req_list", "req_place", "req_graph", "req_upload"]
                .iter()
                .zip(1..)
                .fold(base.clone(), |state, (request, key)| {
                    state.set(request, &[set("metaSortKey", key * 100)], NOW)
                }),
            created(&base, Kind::Request, "fld_orders", "Cancel an order"),
        )
        .git(Git::Merges)
        .holds("req_upload", "/metaSortKey", 400),
    ]);
}

fn of_version(version: &str) -> State {
    replaced(
        &one_file(),
        "schema_version: \"5.1\"",
        &format!("schema_version: \"{version}\""),
    )
}

/// The file as programs write it from version 5.2 on: every item says its type.
fn typed() -> State {
    let before = of_version("5.2").text(FILE);
    let (collection, rest) = before.split_at(before.find("environments:\n").unwrap());
    let mut text = String::new();
    for line in collection.split_inclusive('\n') {
        let indent = &line[..line.len() - line.trim_start().len()];
        let kind = match line.trim_start() {
            item if item.starts_with("- url:") => "Request",
            "- name: Orders\n" | "- name: Admin\n" => "RequestGroup",
            _ => {
                text.push_str(line);
                continue;
            }
        };
        let first = &line.trim_start()[2..];
        text.extend([indent, "- type: ", kind, "\n", indent, "  ", first]);
    }
    text.push_str(rest);
    with_text(text)
}

#[test]
fn items_say_their_type_all_or_none() {
    let base = one_file();
    let added = created(&base, Kind::Request, "fld_orders", "Cancel an order");
    let versions = of_version("5.0");
    let edited = base.set("req_list", &[set("url", "/a")], NOW);
    for (base, ours, theirs) in [
        (&base, typed(), added.clone()),
        (&base, added, typed()),
        (&base, typed(), edited.clone()),
        (&base, edited, typed()),
        (&versions, base.clone(), typed()),
        (&versions, typed(), base.clone()),
    ] {
        let text = crate::common::merging::clean(base, &ours, &theirs).text(FILE);
        assert!(text.contains("schema_version: \"5.2\""), "{text}");
        let items = text.matches("id: req_").count() + text.matches("id: fld_").count();
        assert_eq!(text.matches("type: Request").count(), items, "{text}");
    }
}

fn with_text(text: String) -> State {
    let mut state = State(std::collections::BTreeMap::new());
    state.0.insert(FILE.to_owned(), text.into_bytes());
    state
}

#[test]
fn migrations() {
    let (tree, one_file) = (tree(), one_file());
    crate::check(vec![
        Shape::new(
            "one migrates, the other edits",
            &tree,
            one_file.clone(),
            tree.set("req_place", &[set("url", "/b")], NOW),
        )
        .holds("req_place", "/url", "/b"),
        Shape::new(
            "one migrates, the other adds a request and deletes one",
            &tree,
            one_file.clone(),
            deleted(
                &created(&tree, Kind::Request, "fld_orders", "Cancel an order"),
                "req_upload",
            ),
        )
        .git(Git::Merges)
        .gone(&["req_upload"]),
        Shape::new(
            "both migrate",
            &tree,
            migrated(&tree, NOW),
            migrated(&tree.set("req_place", &[set("url", "/b")], NOW), NOW + 5),
        )
        .holds("req_place", "/url", "/b"),
        Shape::new(
            "both migrate and edit the same",
            &tree,
            migrated(&tree.set("req_place", &[set("url", "/a")], NOW), NOW),
            migrated(&tree.set("req_place", &[set("url", "/b")], NOW), NOW + 5),
        )
        .asks(&["req_place:url"]),
        Shape::new(
            "one migrates and edits, the other edits the same",
            &tree,
            one_file.set("req_place", &[set("url", "/a")], NOW),
            tree.set("req_place", &[set("url", "/b")], NOW),
        )
        .asks(&["req_place:url"]),
    ]);
}
