//! Collections that are one file each, and collections that one side migrated to one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::merging::{State, answered, clean, merged, problems, value};
use common::{NOW, id, set, unset};
use serde_json::json;
use sheaf_collection::model::{Answer, Asks, Kind};

const PATH: &str = "parcels.yaml";

const PARCELS: &str = r#"# the parcels
type: collection.insomnia.rest/5.0
schema_version: "5.1"
name: Parcels
meta:
  id: wrk_1
  created: 1717000000000
  modified: 1718000000000
  description: ""
# the requests
collection:
  - url: https://a.test # one
    name: One
    meta:
      id: req_1
      created: 1717000000000
      modified: 1718000000000
      sortKey: 1
    method: GET
    headers:
      - name: Accept
        value: text/plain # plain
      - name: X-Tenant
        value: acme
    x-own:
      a: 1 # deep
  - name: Inner
    meta:
      id: fld_1
      created: 1717000000000
      modified: 1718000000000
      sortKey: 2
    children:
      # about two
      - url: https://b.test
        name: Two
        meta:
          id: req_2
          created: 1717000000000
          modified: 1718000000000
          sortKey: 3
        method: GET
        scripts:
          preRequest: |
            first
            second
            third
      - url: https://c.test
        name: Three # third
        meta:
          id: req_3
          created: 1717000000000
          modified: 1718000000000
          sortKey: 4
        method: GET
  - name: Other
    meta:
      id: fld_2
      created: 1717000000000
      modified: 1718000000000
      sortKey: 5
    children:
      - url: https://d.test
        name: Four
        meta:
          id: req_4
          created: 1717000000000
          modified: 1718000000000
          sortKey: 6
        method: GET
environments:
  name: Base Environment
  meta:
    id: env_1
    created: 1717000000000
    modified: 1718000000000
  data:
    base: https://a.test # here
    retries: 3
spec:
  contents:
    openapi: 3.1.0
    info:
      title: Parcels # the title
      version: 1.0.0
    paths:
      /parcels:
        get:
          summary: All # of them
          parameters:
            - name: page
              in: query
            - name: size
              in: query
          responses:
            "200":
              description: Fine
  meta:
    id: spc_1
    created: 1717000000000
    modified: 1718000000000
"#;

fn base() -> State {
    State::of(&[(PATH, PARCELS)])
}

fn moved(state: &State, what: &str, to: &str) -> State {
    state.edited(|all| all.move_to(&id(what), &id(to), None, NOW))
}

fn deleted(state: &State, what: &str) -> State {
    state.edited(|all| all.delete(&id(what), NOW))
}

fn created(state: &State, kind: Kind, parent: &str, name: &str) -> (State, String) {
    let (new, edits) = state.all().create(kind, &id(parent), name, NOW).unwrap();
    (state.with(edits), new.0)
}

#[test]
fn what_one_side_alone_did_is_taken_to_the_byte() {
    let base = base();
    let changes = [
        base.set("req_1", &[set("url", "/a")], 5),
        base.set("fld_1", &[set("name", "A")], 5),
        base.set("wrk_1", &[set("name", "A")], 5),
        base.set("env_1", &[set("data.new", "A")], 5),
        moved(&base, "req_1", "fld_1"),
        moved(&base, "fld_2", "fld_1"),
        deleted(&base, "fld_1"),
        created(&base, Kind::Request, "fld_1", "New").0,
        base.replaced(PATH, "# the parcels", "# other words"),
        base.replaced(PATH, "# about two", "# other words"),
        base.replaced(PATH, "# third", "# other words"),
        base.replaced(PATH, "# of them", "# other words"),
        base.edited(|all| {
            all.duplicate(&id("fld_1"), NOW, |_| false)
                .map(|(_, edits)| edits)
        }),
        State(std::collections::BTreeMap::new()),
    ];
    for changed in changes {
        assert_eq!(clean(&base, &base, &changed), changed);
        assert_eq!(clean(&base, &changed, &base), changed);
        assert_eq!(clean(&base, &changed, &changed), changed);
    }
}

#[test]
fn items_are_patched_where_they_stand() {
    let base = base();
    let ours = base
        .set("req_1", &[set("headers.Accept", "a/b")], 5)
        .set("req_2", &[set("url", "/ours")], 5);
    let theirs = base
        .set(
            "req_1",
            &[set("headers.X-Tenant", "other"), set("method", "PUT")],
            7,
        )
        .set("req_3", &[set("url", "/theirs")], 7)
        .set("env_1", &[set("data.retries", 4)], 7);
    let expected = PARCELS
        .replacen(
            "modified: 1718000000000\n      sortKey: 1",
            "modified: 7\n      sortKey: 1",
            1,
        )
        .replacen(
            "modified: 1718000000000\n          sortKey: 3",
            "modified: 5\n          sortKey: 3",
            1,
        )
        .replacen(
            "modified: 1718000000000\n          sortKey: 4",
            "modified: 7\n          sortKey: 4",
            1,
        )
        .replace("value: text/plain # plain", "value: a/b # plain")
        .replace("value: acme", "value: other")
        .replacen("method: GET", "method: PUT", 1)
        .replace("https://b.test", "/ours")
        .replace("https://c.test", "/theirs")
        .replace("modified: 1718000000000\n  data", "modified: 7\n  data")
        .replace("retries: 3", "retries: 4");
    let result = clean(&base, &ours, &theirs);
    assert_eq!(result.text(PATH), expected);
}

#[test]
fn scripts_and_own_keys_merge_within_items() {
    let base = base();
    let script = |text: &str| set("preRequestScript", text);
    let ours =
        base.set("req_2", &[script("FIRST\nsecond\nthird\n")], 5)
            .set("req_1", &[set("x-own.b", 2)], 5);
    let theirs =
        base.set("req_2", &[script("first\nsecond\nTHIRD\n")], 7)
            .set("req_1", &[set("x-own.c", 3)], 7);
    let result = clean(&base, &ours, &theirs);
    assert_eq!(
        result.field("req_2", "/preRequestScript"),
        json!("FIRST\nsecond\nTHIRD\n")
    );
    assert_eq!(result.field("req_1", "/x-own"), json!({"a": 1, "b": 2, "c": 3}));
    assert!(result.text(PATH).contains("a: 1 # deep"));
}

#[test]
fn one_value_in_two_ways_is_a_question() {
    let base = base();
    let ours = base.set("req_2", &[set("url", "/ours"), unset("preRequestScript")], 5);
    let theirs = base.set("req_2", &[set("url", "/theirs")], 7);
    let outcome = merged(&base, &ours, &theirs);
    let question = outcome.one();
    assert_eq!(
        (question.id.0.as_str(), question.file.as_str()),
        ("req_2:url", PATH)
    );
    assert_eq!(question.location, ["Parcels", "Inner"]);
    for (answer, url) in [
        (Answer::Ours, "/ours"),
        (Answer::Theirs, "/theirs"),
        (value("/c"), "/c"),
    ] {
        let result = answered(&base, &ours, &theirs, &[("req_2:url", answer)]);
        assert_eq!(result.field("req_2", "/url"), json!(url));
        assert!(result.text(PATH).contains("# about two"));
    }
}

#[test]
fn items_come_go_and_move_on_both_sides() {
    let base = base();
    let (ours, new) = created(&moved(&base, "req_1", "fld_2"), Kind::Request, "fld_1", "Ours");
    let (theirs, other) = created(&deleted(&base, "req_3"), Kind::Request, "fld_1", "Theirs");
    let theirs = theirs.set("req_1", &[set("url", "/theirs")], 7);
    let result = clean(&base, &ours, &theirs);
    assert_eq!(result.field("req_1", "/parentId"), json!("fld_2"));
    assert_eq!(result.field("req_1", "/url"), json!("/theirs"));
    assert!(result.has(&new) && result.has(&other) && !result.has("req_3"));
    for comment in [
        "# the parcels",
        "# the requests",
        "# about two",
        "# deep",
        "# here",
        "# of them",
    ] {
        assert!(
            result.text(PATH).contains(comment),
            "{comment}\n{}",
            result.text(PATH)
        );
    }
}

#[test]
fn a_folder_that_one_side_deleted_is_a_question() {
    let base = base();
    let gone = deleted(&base, "fld_1");
    let edited = base.set("req_2", &[set("url", "/edit")], 7);
    for (ours, theirs, edit, delete) in [
        (&gone, &edited, Answer::Theirs, Answer::Ours),
        (&edited, &gone, Answer::Ours, Answer::Theirs),
    ] {
        let outcome = merged(&base, ours, theirs);
        assert_eq!(
            (outcome.one().id.0.as_str(), outcome.one().asks),
            ("fld_1", Asks::Deleted)
        );
        assert_eq!(outcome.state, *ours);
        assert_eq!(answered(&base, ours, theirs, &[("fld_1", edit)]), edited);
        assert_eq!(answered(&base, ours, theirs, &[("fld_1", delete)]), gone);
    }
}

#[test]
fn moves_that_make_a_circle_are_a_question() {
    let base = base();
    let (ours, theirs) = (moved(&base, "fld_1", "fld_2"), moved(&base, "fld_2", "fld_1"));
    let outcome = merged(&base, &ours, &theirs);
    assert_eq!(outcome.asked(), ["fld_1:parentId"]);
    assert_eq!(outcome.state.untimed(), ours.untimed());
    let result = answered(&base, &ours, &theirs, &[("fld_1:parentId", Answer::Theirs)]);
    assert_eq!(result.field("fld_2", "/parentId"), json!("fld_1"));
    assert!(problems(&result).is_empty());
}

#[test]
fn a_spec_merges_by_its_places_with_its_comments() {
    let base = base();
    let contents = base.field("spc_1", "/contents").as_str().unwrap().to_owned();
    let with = |from: &str, to: &str, now| {
        assert!(contents.contains(from), "{from}\n{contents}");
        base.set("spc_1", &[set("contents", contents.replace(from, to))], now)
    };
    let ours = with("title: Parcels", "title: Ours", 5);
    let theirs = with("version: 1.0.0", "version: 2.0.0", 7);
    let result = clean(&base, &ours, &theirs);
    let expected = contents
        .replace("title: Parcels", "title: Ours")
        .replace("version: 1.0.0", "version: 2.0.0");
    assert_eq!(result.field("spc_1", "/contents"), json!(expected));
    let ours = with(
        "- name: size\n          in: query\n",
        "- name: size\n          in: query\n        - name: sort\n          in: query\n",
        5,
    );
    let theirs = with(
        "- name: size\n          in: query\n",
        "- name: limit # how many\n          in: query\n",
        7,
    );
    let outcome = merged(&base, &ours, &theirs);
    assert!(outcome.questions.is_empty(), "{:?}", outcome.asked());
    let text = outcome.state.field("spc_1", "/contents");
    let text = text.as_str().unwrap();
    assert!(
        text.contains("sort") && text.contains("limit # how many") && !text.contains("size"),
        "{text}"
    );
    let theirs = with("title: Parcels", "title: Theirs", 7);
    let ours = with("title: Parcels", "title: Ours", 5);
    assert_eq!(merged(&base, &ours, &theirs).asked(), ["spc_1:contents"]);
    let answer = contents.replace("title: Parcels", "title: Mine # mine");
    let result = answered(
        &base,
        &ours,
        &theirs,
        &[("spc_1:contents", value(answer.clone()))],
    );
    assert_eq!(result.field("spc_1", "/contents"), json!(answer));
}

#[test]
fn a_file_that_moved_is_the_same_collection() {
    let base = base();
    let mut renamed = State::of(&[("other/name.yaml", PARCELS)]);
    let edited = base.set("req_1", &[set("url", "/edit")], 7);
    let result = clean(&base, &edited, &renamed);
    assert_eq!(result.0.keys().collect::<Vec<_>>(), ["other/name.yaml"]);
    assert_eq!(result.field("req_1", "/url"), json!("/edit"));
    assert_eq!(clean(&base, &renamed, &edited), result);
    renamed = renamed.set("req_2", &[set("url", "/two")], 5);
    assert_eq!(
        clean(&base, &edited, &renamed).field("req_2", "/url"),
        json!("/two")
    );
}

#[test]
fn what_moves_to_another_collection_takes_its_edits_along() {
    let second = PARCELS
        .replace("wrk_1", "wrk_2")
        .replace("req_", "req_b")
        .replace("fld_", "fld_b")
        .replace("env_1", "env_b")
        .replace("spc_1", "spc_b");
    let base = State::of(&[(PATH, PARCELS), ("second.yaml", &second)]);
    assert!(problems(&base).is_empty());
    let ours = moved(&base, "req_1", "fld_b1");
    let theirs = base
        .set("req_1", &[set("url", "/edit")], 7)
        .set("fld_b1", &[set("name", "Else")], 7);
    for (ours, theirs) in [(&ours, &theirs), (&theirs, &ours)] {
        let result = clean(&base, ours, theirs);
        assert_eq!(result.field("req_1", "/url"), json!("/edit"));
        assert_eq!(result.field("req_1", "/parentId"), json!("fld_b1"));
        assert_eq!(result.all().resource(&id("req_1")).unwrap().path, "second.yaml");
        assert!(!result.text(PATH).contains("id: req_1\n"));
    }
}

/// The shop as a tree, and the same migrated.
fn migrated() -> (State, State) {
    let tree = State::shop();
    let conversion = tree.all().convert(&id("wrk_1"), NOW, |_| false).unwrap();
    (tree.clone(), tree.with(conversion.files))
}

#[test]
fn a_migration_takes_the_edits_of_the_tree_along() {
    let (tree, one_file) = migrated();
    let edited = tree
        .set("req_1", &[set("url", "/edit"), set("headers.X-New", "1")], 7)
        .set("env_1", &[set("data.retries", 9)], 7);
    let (edited, new) = created(&edited, Kind::Request, "fld_1", "New");
    let (edited, folder) = created(&deleted(&edited, "req_2"), Kind::RequestGroup, "wrk_1", "Folder");
    let path = one_file.0.keys().next().unwrap().clone();
    for (ours, theirs) in [(&one_file, &edited), (&edited, &one_file)] {
        let result = clean(&tree, ours, theirs);
        assert_eq!(result.0.keys().collect::<Vec<_>>(), [&path]);
        assert_eq!(result.field("req_1", "/url"), json!("/edit"));
        assert_eq!(result.field("req_1", "/headers/3/value"), json!("1"));
        assert_eq!(result.field("env_1", "/data/retries"), json!(9));
        assert_eq!(result.field(&new, "/parentId"), json!("fld_1"));
        assert!(result.has(&folder) && !result.has("req_2"));
        assert!(problems(&result).is_empty());
    }
    assert_eq!(clean(&tree, &tree, &one_file), one_file);
    assert_eq!(clean(&tree, &one_file, &tree), one_file);
}

#[test]
fn an_edit_against_an_edit_in_the_other_layout_is_a_question() {
    let (tree, one_file) = migrated();
    let ours = one_file.set("req_1", &[set("url", "/ours")], 5);
    let theirs = tree.set("req_1", &[set("url", "/theirs")], 7);
    let outcome = merged(&tree, &ours, &theirs);
    assert_eq!(outcome.asked(), ["req_1:url"]);
    let result = answered(&tree, &ours, &theirs, &[("req_1:url", Answer::Theirs)]);
    assert_eq!(result.field("req_1", "/url"), json!("/theirs"));
    assert_eq!(result.0.len(), 1);
}

#[test]
fn two_migrations_are_one_collection() {
    let (tree, one_file) = migrated();
    let conversion = tree
        .all()
        .convert(&id("wrk_1"), NOW, |path| path.starts_with("insomnia."))
        .unwrap();
    let other = tree.with(conversion.files);
    assert_ne!(
        one_file.0.keys().collect::<Vec<_>>(),
        other.0.keys().collect::<Vec<_>>()
    );
    let ours = one_file.set("req_1", &[set("url", "/ours")], 5);
    let theirs = other.set("req_2", &[set("url", "/theirs")], 7);
    let result = clean(&tree, &ours, &theirs);
    assert_eq!(
        result.0.keys().collect::<Vec<_>>(),
        ours.0.keys().collect::<Vec<_>>()
    );
    assert_eq!(result.field("req_1", "/url"), json!("/ours"));
    assert_eq!(result.field("req_2", "/url"), json!("/theirs"));
}

#[test]
fn what_cannot_be_read_is_a_question_about_the_file() {
    let base = base();
    let broken = base.replaced(PATH, "collection:\n", "collection: [\n");
    let ours = base.set("req_1", &[set("url", "/a")], 5);
    let outcome = merged(&base, &ours, &broken);
    assert_eq!(
        (outcome.one().id.0.as_str(), outcome.one().asks),
        (PATH, Asks::File)
    );
    assert_eq!(answered(&base, &ours, &broken, &[(PATH, Answer::Theirs)]), broken);
    assert_eq!(merged(&base, &base, &broken).state, broken);
}

#[test]
fn two_collections_of_one_name_are_a_question_about_the_file() {
    let base = State(std::collections::BTreeMap::new());
    let ours = State::of(&[(PATH, PARCELS)]);
    let theirs = State::of(&[(
        PATH,
        &PARCELS
            .replace("wrk_1", "wrk_2")
            .replace("req_", "req_b")
            .replace("fld_", "fld_b"),
    )]);
    let outcome = merged(&base, &ours, &theirs);
    assert_eq!(
        (outcome.one().id.0.as_str(), outcome.one().asks),
        (PATH, Asks::File)
    );
}

#[test]
fn items_without_ids_merge_in_their_places() {
    let nameless = PARCELS
        .replace("      id: req_1\n", "")
        .replace("      id: fld_1\n", "");
    let base = State::of(&[(PATH, &nameless)]);
    let ours = base.replaced(PATH, "https://a.test # one", "https://ours.test # one");
    let theirs = base.replaced(PATH, "value: acme", "value: theirs");
    let result = clean(&base, &ours, &theirs);
    assert_eq!(result, ours.replaced(PATH, "value: acme", "value: theirs"));
    let item = "  - url: https://new.test\n    name: New\n    method: GET\n";
    let theirs = base.replaced(PATH, "collection:\n", &format!("collection:\n{item}"));
    let result = merged(&base, &ours, &theirs);
    assert!(result.questions.len() <= 1);
    let theirs = base.replaced(PATH, "environments:\n", &format!("{item}environments:\n"));
    let result = clean(&base, &ours, &theirs);
    assert_eq!(
        result,
        theirs.replaced(PATH, "https://a.test # one", "https://ours.test # one")
    );
}
