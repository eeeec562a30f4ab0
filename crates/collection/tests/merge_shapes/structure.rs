//! What came, went and moved while somebody else worked on.

use sheaf_collection::model::Kind;

use crate::common::merging::State;
use crate::common::{id, set};
use crate::depot::{WORKSPACE, tree};
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

fn edited(state: &State, what: &str) -> State {
    state.set(what, &[set("description", "Edited.")], NOW + 5)
}

#[test]
fn moves() {
    let base = tree();
    crate::check(vec![
        Shape::new(
            "one moves a request, the other edits it",
            &base,
            moved(&base, "req_place", "fld_admin"),
            base.set("req_place", &[set("url", "/v2/orders")], NOW + 5),
        )
        .holds("req_place", "/parentId", "fld_admin")
        .holds("req_place", "/url", "/v2/orders"),
        Shape::new(
            "both move a request to other folders",
            &base,
            moved(&base, "req_place", "fld_admin"),
            moved(&base, "req_place", "wrk_depot"),
        )
        .asks(&["req_place:parentId"]),
        Shape::new(
            "one moves a folder, the other adds a request into it",
            &base,
            moved(&base, "fld_orders", "fld_admin"),
            created(&base, Kind::Request, "fld_orders", "Cancel an order"),
        )
        .git(Git::Merges)
        .holds("fld_orders", "/parentId", "fld_admin"),
        Shape::new(
            "one moves a folder, the other renames it",
            &base,
            moved(&base, "fld_orders", "fld_admin"),
            base.set("fld_orders", &[set("name", "Purchases")], NOW + 5),
        )
        .holds("fld_orders", "/parentId", "fld_admin")
        .holds("fld_orders", "/name", "Purchases"),
        Shape::new(
            "each moves a folder into the other's",
            &base,
            moved(&base, "fld_orders", "fld_admin"),
            moved(&base, "fld_admin", "fld_orders"),
        )
        .git(Git::Breaks)
        .asks(&["fld_admin:parentId"]),
        Shape::new(
            "both drag requests to the same place",
            &base,
            base.edited(|all| all.move_to(&id("req_place"), &id("fld_orders"), Some(&id("req_list")), NOW)),
            base.edited(|all| all.move_to(&id("req_graph"), &id("fld_orders"), Some(&id("req_list")), NOW)),
        )
        .git(Git::Merges)
        .holds("req_graph", "/parentId", "fld_orders"),
    ]);
}

#[test]
fn deletions() {
    let base = tree();
    crate::check(vec![
        Shape::new(
            "one deletes what the other edits",
            &base,
            deleted(&base, "req_place"),
            edited(&base, "req_place"),
        )
        .asks(&["req_place"]),
        Shape::new(
            "one deletes what the other only reorders",
            &base,
            deleted(&base, "req_place"),
            base.set("req_place", &[set("metaSortKey", -5)], NOW),
        )
        .gone(&["req_place"]),
        Shape::new(
            "one deletes a folder, the other adds a request into it",
            &base,
            deleted(&base, "fld_orders"),
            created(&base, Kind::Request, "fld_orders", "Cancel an order"),
        )
        .git(Git::Breaks)
        .asks(&["fld_orders"]),
        Shape::new(
            "one deletes a folder, the other edits two requests in it",
            &base,
            deleted(&base, "fld_orders"),
            edited(&edited(&base, "req_list"), "req_place"),
        )
        .asks(&["fld_orders"]),
        Shape::new(
            "one deletes a folder, the other saved something else",
            &base,
            deleted(&base, "fld_orders"),
            edited(&base, "req_graph"),
        )
        .git(Git::Merges)
        .gone(&["fld_orders", "req_list", "req_place"]),
        Shape::new(
            "one deletes a request, the other the folder that holds it",
            &base,
            deleted(&base, "req_list"),
            deleted(&base, "fld_orders"),
        )
        .git(Git::Merges)
        .gone(&["fld_orders", "req_list", "req_place"]),
        Shape::new(
            "one takes a request out of a folder that the other deletes",
            &base,
            moved(&base, "req_place", "fld_admin"),
            deleted(&base, "fld_orders"),
        )
        .asks(&["req_place"]),
        Shape::new(
            "one deletes a request, the other the test of it",
            &base,
            deleted(&base, "req_list"),
            deleted(&base, "ut_list"),
        )
        .git(Git::Merges)
        .gone(&["req_list", "ut_list"]),
    ]);
}

#[test]
fn names_and_scopes() {
    let base = tree();
    let migrated = base
        .replaced(WORKSPACE, "scope: design", "scope: collection")
        .replaced(WORKSPACE, "1718000000000", "1719000000000");
    crate::check(vec![
        Shape::new(
            "one renames the collection, the other describes it",
            &base,
            base.set("wrk_depot", &[set("name", "Depot API")], NOW),
            edited(&base, "wrk_depot"),
        )
        .holds("wrk_depot", "/name", "Depot API")
        .holds("wrk_depot", "/description", "Edited."),
        Shape::new(
            "another version of the program writes another scope",
            &base,
            migrated,
            base.set("wrk_depot", &[set("name", "Depot API")], NOW + 5),
        )
        .holds("wrk_depot", "/name", "Depot API"),
        Shape::new(
            "both rename a folder",
            &base,
            base.set("fld_orders", &[set("name", "Purchases")], NOW),
            base.set("fld_orders", &[set("name", "Sales")], NOW + 5),
        )
        .asks(&["fld_orders:name"]),
        Shape::new(
            "variables of a folder",
            &base,
            base.set("fld_orders", &[set("environment.token", "a")], NOW),
            base.set("fld_orders", &[set("environment.street", "Main")], NOW + 5),
        )
        .holds("fld_orders", "/environment/token", "a")
        .holds("fld_orders", "/environment/street", "Main"),
        Shape::new(
            "a test and the request that it is of",
            &base,
            base.set("ut_list", &[set("name", "Lists orders")], NOW),
            base.set("ut_list", &[set("requestId", "req_place")], NOW + 5),
        )
        .holds("ut_list", "/name", "Lists orders")
        .holds("ut_list", "/requestId", "req_place"),
    ]);
}
