//! Several resources moved, deleted or copied at once, in both layouts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{NOW, applied, files, id, names, problem_codes};
use proptest::prelude::*;
use sheaf_collection::model::{FileEdit, ResourceId, TreeNode};
use sheaf_collection::{Collections, EditError};

/// `a` and `b` in a folder, `c` in a folder in it, `d` and `e` at the top, a suite with two tests.
fn legacy() -> Collections {
    let mut all = files();
    all.truncate(2);
    let mut add = |kind: &str, id: &str, parent: &str, key: u32| {
        let text = format!(
            "_id: {id}\ntype: {kind}\nparentId: {parent}\nmodified: 1\ncreated: 1\nname: {id}\nmetaSortKey: {key}\n"
        );
        all.push((format!(".insomnia/{kind}/{id}.yml"), text.into_bytes()));
    };
    add("RequestGroup", "fld_out", "wrk_1", 1);
    add("Request", "req_a", "fld_out", 1);
    add("Request", "req_b", "fld_out", 2);
    add("RequestGroup", "fld_in", "fld_out", 3);
    add("Request", "req_c", "fld_in", 1);
    add("Request", "req_d", "wrk_1", 2);
    add("Request", "req_e", "wrk_1", 3);
    add("UnitTestSuite", "uts_1", "wrk_1", 1);
    add("UnitTest", "ut_1", "uts_1", 1);
    add("UnitTest", "ut_2", "uts_1", 2);
    Collections::read(all)
}

const V5: &str = "\
type: collection.insomnia.rest/5.0
name: Parcels
meta:
  id: wrk_1
collection:
  - url: /d
    name: req_d
    meta:
      id: req_d
      sortKey: 2
    method: GET
  - url: /e
    name: req_e
    meta:
      id: req_e
      sortKey: 3
    method: GET
  - name: fld_out
    meta:
      id: fld_out
      sortKey: 1
    children:
      - url: /a # keep
        name: req_a
        meta:
          id: req_a
          sortKey: 1
        method: GET
      - url: /b
        name: req_b
        meta:
          id: req_b
          sortKey: 2
        method: GET
      - name: fld_in
        meta:
          id: fld_in
          sortKey: 3
        children:
          - url: /c
            name: req_c
            meta:
              id: req_c
              sortKey: 1
            method: GET
testSuites:
  - name: uts_1
    meta:
      id: uts_1
    tests:
      - name: ut_1
        meta:
          id: ut_1
          sortKey: 1
        code: \"1\"
      - name: ut_2
        meta:
          id: ut_2
          sortKey: 2
        code: \"2\"
";

fn v5() -> Collections {
    Collections::read([("parcels.yaml".to_owned(), V5.as_bytes().to_vec())])
}

fn ids(text: &str) -> Vec<ResourceId> {
    text.split_whitespace().map(id).collect()
}

/// The tree in one line: `a [b c]`.
fn outline(nodes: &[TreeNode]) -> String {
    let node = |node: &TreeNode| {
        if node.children.is_empty() {
            node.name.clone()
        } else {
            format!("{} [{}]", node.name, outline(&node.children))
        }
    };
    nodes.iter().map(node).collect::<Vec<_>>().join(" ")
}

fn after(all: &Collections, edits: Result<Vec<FileEdit>, EditError>) -> String {
    let all = applied(all, edits.unwrap());
    assert_eq!(problem_codes(&all), Vec::<String>::new());
    outline(&all.trees()[0].items)
}

#[test]
fn several_move_in_the_order_given_with_what_is_in_them() {
    for all in [legacy(), v5()] {
        let moved = |what: &str, parent: &str, before: Option<&str>| {
            let before = before.map(id);
            after(&all, all.move_many(&ids(what), &id(parent), before.as_ref(), NOW))
        };
        assert_eq!(
            moved("req_e req_a", "wrk_1", Some("req_d")),
            "fld_out [req_b fld_in [req_c]] req_e req_a req_d"
        );
        assert_eq!(
            moved("req_c req_a", "fld_out", Some("req_b")),
            "fld_out [req_c req_a req_b fld_in] req_d req_e"
        );
        assert_eq!(
            moved("fld_in req_c req_c req_d", "wrk_1", None),
            "fld_out [req_a req_b] req_e fld_in [req_c] req_d"
        );
        assert_eq!(
            moved("req_a req_b req_c", "wrk_1", Some("fld_out")),
            "req_a req_b req_c fld_out [fld_in] req_d req_e"
        );
        // before one that moves itself: before what comes behind it
        assert_eq!(
            moved("req_b req_a", "fld_out", Some("req_a")),
            "fld_out [req_b req_a fld_in [req_c]] req_d req_e"
        );
    }
}

#[test]
fn one_that_cannot_move_keeps_all_where_they_are() {
    for all in [legacy(), v5()] {
        for (what, parent) in [
            ("req_d fld_out", "fld_in"),
            ("req_d ut_1", "fld_out"),
            ("req_d", "uts_1"),
        ] {
            let error = all.move_many(&ids(what), &id(parent), None, NOW).unwrap_err();
            assert_eq!(error.code(), "bad-place", "{what}");
        }
        let error = all.move_many(&ids("req_d nothing"), &id("fld_in"), None, NOW);
        assert_eq!(error.unwrap_err().code(), "not-found");
    }
}

#[test]
fn tests_are_put_in_order() {
    for all in [legacy(), v5()] {
        let edits = all.move_many(&ids("ut_2"), &id("uts_1"), Some(&id("ut_1")), NOW);
        let all = applied(&all, edits.unwrap());
        assert_eq!(names(&all.trees()[0].tests[0].children), ["ut_2", "ut_1"]);
    }
}

#[test]
fn several_are_deleted_with_what_is_in_them() {
    for all in [legacy(), v5()] {
        let deleted = |what: &str| after(&all, all.delete_many(&ids(what), NOW));
        assert_eq!(deleted("req_a req_e req_c"), "fld_out [req_b fld_in] req_d");
        assert_eq!(deleted("fld_in req_c req_d"), "fld_out [req_a req_b] req_e");
        assert_eq!(deleted("req_d req_e fld_out"), "");
        let error = all.delete_many(&ids("req_d nothing"), NOW).unwrap_err();
        assert_eq!(error.code(), "not-found");
    }
}

#[test]
fn several_are_copied_behind_themselves() {
    for all in [legacy(), v5()] {
        let (copies, edits) = all
            .duplicate_many(&ids("req_e req_a fld_in req_c"), NOW, |_| false)
            .unwrap();
        let all = applied(&all, edits);
        assert_eq!(
            outline(&all.trees()[0].items),
            "fld_out [req_a req_a (Copy) req_b fld_in [req_c] fld_in (Copy) [req_c]] req_d req_e req_e (Copy)"
        );
        let name = |copy: &ResourceId| all.resource(copy).unwrap().name;
        let named: Vec<_> = copies.iter().map(name).collect();
        assert_eq!(named, ["req_e (Copy)", "req_a (Copy)", "fld_in (Copy)"]);
    }
}

#[test]
fn what_is_not_touched_keeps_its_text() {
    let text = common::only_text(&v5().delete_many(&ids("req_b req_c"), NOW).unwrap());
    assert!(text.contains("- url: /a # keep\n        name: req_a\n"), "{text}");
    let moved = v5().move_many(&ids("req_b req_c"), &id("wrk_1"), None, NOW);
    assert!(!common::only_text(&moved.unwrap()).contains('\0'));
}

fn some_ids() -> impl Strategy<Value = Vec<ResourceId>> {
    let all = ids("fld_out req_a req_b fld_in req_c req_d req_e uts_1 ut_1 ut_2 wrk_1 nothing");
    prop::collection::vec(prop::sample::select(all), 0..6)
}

proptest! {
    /// Whatever is asked for: the same comes out of both layouts, nothing gets lost, and nothing is broken.
    #[test]
    fn both_layouts_agree(what in some_ids(), to in some_ids(), before in some_ids()) {
        let (parent, before) = (to.first().cloned().unwrap_or_else(|| id("wrk_1")), before.first());
        let moved = |all: &Collections| {
            let edits = all.move_many(&what, &parent, before, NOW).map_err(|error| error.code())?;
            let all = applied(all, edits);
            assert_eq!(problem_codes(&all), Vec::<String>::new());
            assert_eq!(all.ids().len(), if all.trees()[0].path == "parcels.yaml" { 11 } else { 12 });
            Ok(outline(&all.trees()[0].items) + &outline(&all.trees()[0].tests))
        };
        let (old, new): (Result<String, &str>, Result<String, &str>) = (moved(&legacy()), moved(&v5()));
        prop_assert_eq!(old, new);
    }
}
