//! What comes, goes and moves on both sides.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::merging::{State, answered, answers_of, clean, merged, merged_with, problems, value};
use common::{NOW, id, set};
use serde_json::{Value, json};
use sheaf_collection::model::{Answer, Asks, Kind};

fn base() -> State {
    State::shop()
}

/// The shop with folders `fld_a` and `fld_b` beside the first, and a request in `fld_a`.
fn folders() -> State {
    let mut state = base();
    for (name, text) in [("fld_a", common::FOLDER), ("fld_b", common::FOLDER)] {
        let text = text.replace("fld_1", name).replace("Shipments", name);
        state
            .0
            .insert(format!(".insomnia/RequestGroup/{name}.yml"), text.into_bytes());
    }
    let inner = common::SECOND.replace("req_2", "req_a").replace("fld_1", "fld_a");
    state
        .0
        .insert(".insomnia/Request/req_a.yml".to_owned(), inner.into_bytes());
    assert!(problems(&state).is_empty());
    state
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

fn parent(state: &State, what: &str) -> Value {
    state.field(what, "/parentId")
}

#[test]
fn what_one_side_alone_did_is_taken_to_the_byte() {
    let base = folders();
    let changes = [
        moved(&base, "req_1", "fld_a"),
        deleted(&base, "fld_1"),
        deleted(&base, "fld_a"),
        created(&base, Kind::Request, "fld_a", "New").0,
        base.set("req_1", &[set("name", "Other")], 9),
        base.replaced(".insomnia/Request/req_1.yml", "# the tenant", "# a comment"),
        base.edited(|all| {
            all.duplicate(&id("fld_1"), NOW, |_| false)
                .map(|(_, edits)| edits)
        }),
    ];
    for changed in changes {
        assert_eq!(clean(&base, &base, &changed), changed);
        assert_eq!(clean(&base, &changed, &base), changed);
        assert_eq!(clean(&base, &changed, &changed), changed);
    }
}

#[test]
fn both_add() {
    let base = base();
    let (ours, one) = created(&base, Kind::Request, "fld_1", "One");
    let (theirs, two) = created(&base, Kind::RequestGroup, "fld_1", "Two");
    let result = clean(&base, &ours, &theirs);
    assert!(result.has(&one) && result.has(&two));
}

#[test]
fn a_move_and_an_edit_are_both_taken() {
    let base = folders();
    let result = clean(
        &base,
        &moved(&base, "req_1", "fld_a"),
        &base.set("req_1", &[set("url", "/b")], 9),
    );
    assert_eq!(
        (parent(&result, "req_1"), result.field("req_1", "/url")),
        (json!("fld_a"), json!("/b"))
    );
    let result = clean(
        &base,
        &base.set("req_1", &[set("url", "/b")], 9),
        &moved(&base, "req_1", "fld_a"),
    );
    assert_eq!(
        (parent(&result, "req_1"), result.field("req_1", "/url")),
        (json!("fld_a"), json!("/b"))
    );
}

#[test]
fn a_move_brings_its_place_among_the_others() {
    let base = folders();
    let ours = base.set("req_1", &[set("metaSortKey", 77)], 5);
    let theirs = moved(&base, "req_1", "fld_a");
    let result = clean(&base, &ours, &theirs);
    assert_eq!(
        result.field("req_1", "/metaSortKey"),
        theirs.field("req_1", "/metaSortKey")
    );
}

#[test]
fn two_moves_are_a_question_about_the_place() {
    let base = folders();
    let (ours, theirs) = (moved(&base, "req_1", "fld_a"), moved(&base, "req_1", "fld_b"));
    let outcome = merged(&base, &ours, &theirs);
    let question = outcome.one();
    assert_eq!(
        (question.id.0.as_str(), question.asks),
        ("req_1:parentId", Asks::Place)
    );
    assert_eq!(
        [&question.base, &question.ours, &question.theirs].map(|value| value.clone().unwrap()),
        [json!("fld_1"), json!("fld_a"), json!("fld_b")]
    );
    assert_eq!(parent(&outcome.state, "req_1"), json!("fld_a"));
    for (answer, expected) in [
        (Answer::Ours, "fld_a"),
        (Answer::Theirs, "fld_b"),
        (value("fld_1"), "fld_1"),
        (value("wrk_1"), "wrk_1"),
    ] {
        let result = answered(&base, &ours, &theirs, &[("req_1:parentId", answer)]);
        assert_eq!(parent(&result, "req_1"), json!(expected));
        assert!(problems(&result).is_empty());
    }
    for wrong in [
        json!("fld_none"),
        json!("req_2"),
        json!("req_1"),
        json!(1),
        Value::Null,
    ] {
        let answers = answers_of(&[("req_1:parentId", value(wrong.clone()))]);
        let outcome = merged_with(&[&base], &ours, &theirs, &answers);
        assert_eq!(outcome.asked(), ["req_1:parentId"], "{wrong}");
    }
}

#[test]
fn a_move_to_the_same_place_is_one_move() {
    let base = folders();
    let result = clean(
        &base,
        &moved(&base, "req_1", "fld_a"),
        &moved(&base, "req_1", "fld_a"),
    );
    assert_eq!(parent(&result, "req_1"), json!("fld_a"));
}

#[test]
fn moves_that_make_a_circle_are_a_question() {
    let base = folders();
    let (ours, theirs) = (moved(&base, "fld_a", "fld_b"), moved(&base, "fld_b", "fld_a"));
    let outcome = merged(&base, &ours, &theirs);
    let question = outcome.one();
    assert_eq!(
        (question.id.0.as_str(), question.asks),
        ("fld_a:parentId", Asks::Place)
    );
    assert_eq!(outcome.state.all().problems(), []);
    assert_eq!(
        [parent(&outcome.state, "fld_a"), parent(&outcome.state, "fld_b")],
        [json!("fld_b"), json!("wrk_1")]
    );
    for (answer, expected) in [
        (Answer::Ours, ["fld_b", "wrk_1"]),
        (Answer::Theirs, ["wrk_1", "fld_a"]),
        (value("fld_1"), ["fld_1", "fld_a"]),
    ] {
        let result = answered(&base, &ours, &theirs, &[("fld_a:parentId", answer)]);
        assert_eq!(
            [parent(&result, "fld_a"), parent(&result, "fld_b")],
            expected.map(|id| json!(id))
        );
        assert!(problems(&result).is_empty());
    }
    let answers = answers_of(&[("fld_a:parentId", value("fld_b"))]);
    assert_eq!(
        merged_with(&[&base], &ours, &theirs, &answers).asked(),
        ["fld_a:parentId"]
    );
}

#[test]
fn deletion_against_an_edit_is_a_question() {
    let base = folders();
    let edited = base.set("req_1", &[set("url", "/b")], 9);
    let gone = deleted(&base, "req_1");
    for (ours, theirs, edit, delete) in [
        (&gone, &edited, Answer::Theirs, Answer::Ours),
        (&edited, &gone, Answer::Ours, Answer::Theirs),
    ] {
        let outcome = merged(&base, ours, theirs);
        let question = outcome.one();
        assert_eq!((question.id.0.as_str(), question.asks), ("req_1", Asks::Deleted));
        assert_eq!(
            (question.label.as_str(), question.field.as_deref()),
            ("request", None)
        );
        assert_eq!(
            question.base.as_ref().unwrap()["url"],
            json!("{{ _.base_url }}/shipments/:id")
        );
        assert_eq!(
            [question.ours.is_some(), question.theirs.is_some()],
            [ours.has("req_1"), theirs.has("req_1")]
        );
        assert_eq!(outcome.state.has("req_1"), ours.has("req_1"));
        assert_eq!(answered(&base, ours, theirs, &[("req_1", edit)]), edited);
        assert_eq!(answered(&base, ours, theirs, &[("req_1", delete)]), gone);
        let answers = answers_of(&[("req_1", value(json!({})))]);
        assert_eq!(merged_with(&[&base], ours, theirs, &answers).asked(), ["req_1"]);
    }
}

#[test]
fn order_and_times_are_no_edit() {
    let base = folders();
    let ours = base.set("req_1", &[set("metaSortKey", 5)], 9);
    let gone = deleted(&base, "req_1");
    assert_eq!(clean(&base, &ours, &gone), gone);
    assert_eq!(clean(&base, &gone, &ours), gone);
}

#[test]
fn what_happens_below_a_deleted_folder_is_one_question() {
    let base = folders();
    let gone = deleted(&base, "fld_1");
    let (with_new, new) = created(&base, Kind::Request, "fld_1", "New");
    let edits = [
        with_new,
        base.set("req_1", &[set("url", "/b")], 9),
        base.set("fld_1", &[set("name", "Other")], 9),
        moved(&base, "req_a", "fld_1"),
        moved(&base, "fld_b", "fld_1"),
        created(
            &base.set("req_1", &[set("url", "/b")], 9),
            Kind::RequestGroup,
            "fld_1",
            "New",
        )
        .0,
    ];
    for edited in edits {
        for (ours, theirs, edit, delete) in [
            (&gone, &edited, Answer::Theirs, Answer::Ours),
            (&edited, &gone, Answer::Ours, Answer::Theirs),
        ] {
            let outcome = merged(&base, ours, theirs);
            assert_eq!(outcome.asked(), ["fld_1"]);
            assert_eq!(outcome.one().asks, Asks::Deleted);
            assert_eq!(outcome.state.untimed(), ours.untimed());
            assert_eq!(answered(&base, ours, theirs, &[("fld_1", edit)]), edited);
            let result = answered(&base, ours, theirs, &[("fld_1", delete)]);
            assert_eq!(result.untimed(), gone.untimed());
            assert!(!result.has(&new) && problems(&result).is_empty());
        }
    }
}

#[test]
fn a_deleted_folder_whose_content_was_moved_out_asks_nothing() {
    let base = folders();
    let ours = deleted(&moved(&base, "req_1", "fld_a"), "fld_1");
    let theirs = base.set("req_1", &[set("url", "/b")], 9);
    let result = clean(&base, &ours, &theirs);
    assert_eq!(
        (parent(&result, "req_1"), result.field("req_1", "/url")),
        (json!("fld_a"), json!("/b"))
    );
    assert!(!result.has("fld_1") && !result.has("req_2"));
}

#[test]
fn both_delete() {
    let base = folders();
    let result = clean(&base, &deleted(&base, "req_1"), &deleted(&base, "fld_1"));
    assert!(!result.has("fld_1") && !result.has("req_1") && !result.has("req_2"));
}

#[test]
fn a_move_into_a_folder_that_went_with_another_is_still_one_question() {
    let base = moved(&folders(), "fld_b", "fld_1");
    let gone = deleted(&base, "fld_1");
    let edited = moved(&base, "req_a", "fld_b");
    assert_eq!(merged(&base, &gone, &edited).asked(), ["fld_1"]);
    let result = answered(&base, &gone, &edited, &[("fld_1", Answer::Theirs)]);
    assert_eq!(result, edited);
    let result = answered(&base, &gone, &edited, &[("fld_1", Answer::Ours)]);
    assert_eq!(result.untimed(), gone.untimed());
}

#[test]
fn what_was_moved_out_of_one_deleted_folder_into_another_stays_somewhere() {
    let base = folders();
    // Ours deletes fld_1; theirs moves a request into it, out of fld_a, which it deletes.
    let ours = deleted(&base, "fld_1");
    let theirs = deleted(&moved(&base, "req_a", "fld_1"), "fld_a");
    let outcome = merged(&base, &ours, &theirs);
    assert!(outcome.asked().contains(&"fld_1"), "{:?}", outcome.asked());
    assert!(outcome.state.has("req_a"), "{:?}", outcome.asked());
    assert_eq!(
        problems(&outcome.state),
        Vec::<String>::new(),
        "{:?}",
        outcome.state
    );
    for (first, second) in [
        (Answer::Ours, Answer::Ours),
        (Answer::Ours, Answer::Theirs),
        (Answer::Theirs, Answer::Ours),
        (Answer::Theirs, Answer::Theirs),
    ] {
        let result = answered(&base, &ours, &theirs, &[("fld_1", first), ("fld_a", second)]);
        assert!(problems(&result).is_empty());
    }
}

#[test]
fn a_collection_that_one_side_deleted() {
    let base = folders();
    let gone = State(std::collections::BTreeMap::new());
    assert_eq!(clean(&base, &base, &gone), gone);
    let edited = base.set("req_1", &[set("url", "/b")], 9);
    let outcome = merged(&base, &edited, &gone);
    assert_eq!(outcome.asked(), ["wrk_1"]);
    assert_eq!(outcome.one().label, "collection");
    assert_eq!(
        answered(&base, &edited, &gone, &[("wrk_1", Answer::Theirs)]),
        gone
    );
    assert_eq!(
        answered(&base, &edited, &gone, &[("wrk_1", Answer::Ours)]),
        edited
    );
}

#[test]
fn files_that_cannot_be_read_merge_by_lines_or_ask() {
    const PATH: &str = ".insomnia/Request/req_1.yml";
    let base = folders();
    let broken = base.replaced(PATH, "method: POST", "method: [POST");
    assert_eq!(merged(&base, &base, &broken).state, broken);
    let ours = base.replaced(PATH, "name: Create shipment", "name: Ours");
    let outcome = merged(&base, &ours, &broken);
    let question = outcome.one();
    assert_eq!(
        (question.id.0.as_str(), question.asks, question.kind),
        (PATH, Asks::File, Kind::File)
    );
    assert_eq!(outcome.state, ours);
    assert_eq!(answered(&base, &ours, &broken, &[(PATH, Answer::Theirs)]), broken);
    let text = value(common::REQUEST);
    assert_eq!(answered(&base, &ours, &broken, &[(PATH, text)]), base);
    // A mistake that both come from, and that one side corrected.
    let corrected = broken.replaced(PATH, "method: [POST", "method: PUT");
    let ours = broken.replaced(PATH, "name: Create shipment", "name: Ours");
    let result = clean(&broken, &corrected, &ours);
    assert_eq!(
        (result.field("req_1", "/name"), result.field("req_1", "/method")),
        (json!("Ours"), json!("PUT"))
    );
}

#[test]
fn files_that_are_no_text_are_for_a_person() {
    const PATH: &str = ".insomnia/Request/req_1.yml";
    let base = folders();
    let with = |bytes: &[u8]| {
        let mut state = base.clone();
        state.0.insert(PATH.to_owned(), bytes.to_vec());
        state
    };
    let outcome = merged(&base, &with(b"\xff\xfe"), &with(b"a\0b"));
    assert_eq!(outcome.one().asks, Asks::File);
    assert_eq!(outcome.one().ours, Some(Value::Null));
}
