//! Both sides changed one resource: field by field, row by row, key by key, line by line.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::too_many_lines, clippy::type_complexity, reason = "tables of cases")]

mod common;

use common::merging::{State, answered, answers_of, clean, merged, merged_with, value};
use common::{set, unset};
use serde_json::{Value, json};
use sheaf_collection::model::{Answer, Asks, FieldEdit, Kind};

const REQUEST: &str = ".insomnia/Request/req_1.yml";

fn base() -> State {
    State::shop()
}

/// What two edits of one resource come to.
fn both(resource: &str, ours: &[FieldEdit], theirs: &[FieldEdit]) -> (State, State, State) {
    let base = base();
    (
        base.clone(),
        base.set(resource, ours, 5),
        base.set(resource, theirs, 7),
    )
}

#[test]
fn what_both_changed_elsewhere_needs_nobody() {
    let row = |value: &str| json!({"name": "X-New", "value": value});
    let cases: Vec<(&str, FieldEdit, FieldEdit, &str, Value)> = vec![
        (
            "req_1",
            set("url", "/a"),
            set("method", "PUT"),
            "/url",
            json!("/a"),
        ),
        (
            "req_1",
            set("url", "/a"),
            set("method", "PUT"),
            "/method",
            json!("PUT"),
        ),
        ("req_1", set("url", "/a"), set("url", "/a"), "/url", json!("/a")),
        (
            "req_1",
            set("headers.Content-Type", "text/plain"),
            set("headers.X-New", row("1")),
            "/headers/0/value",
            json!("text/plain"),
        ),
        (
            "req_1",
            set("headers.Content-Type", "text/plain"),
            set("headers.X-New", row("1")),
            "/headers/3/value",
            json!("1"),
        ),
        (
            "req_1",
            set("headers.Content-Type.disabled", true),
            set("headers.Content-Type.value", "a/b"),
            "/headers/0",
            json!({"name": "Content-Type", "value": "a/b", "disabled": true}),
        ),
        (
            "req_1",
            unset("headers.Content-Type"),
            set("headers.X-Tenant[1]", "third"),
            "/headers",
            json!([{"name": "X-Tenant", "value": "acme"}, {"name": "X-Tenant", "value": "third"}]),
        ),
        (
            "req_1",
            set("headers.X-Tenant", "first"),
            set("headers.X-Tenant[1]", "second"),
            "/headers/2/value",
            json!("second"),
        ),
        (
            "req_1",
            set("authentication.token", "t"),
            set("authentication.prefix", "p"),
            "/authentication",
            json!({"type": "bearer", "token": "t", "prefix": "p"}),
        ),
        (
            "env_1",
            set("data.base_url", "/a"),
            set("data.retries", 4),
            "/data",
            json!({"base_url": "/a", "retries": 4, "nested": {"a.b": true}}),
        ),
        (
            "env_1",
            set("data.nested.c", 1),
            set("data.nested.d", 2),
            "/data/nested",
            json!({"a.b": true, "d": 2, "c": 1}),
        ),
        (
            "env_1",
            unset("data.retries"),
            set("data.nested.\"a.b\"", false),
            "/data",
            json!({"base_url": "https://parcels.example.test", "nested": {"a.b": false}}),
        ),
        (
            "env_1",
            set("data.nested.c", 1),
            set("data.nested.d", 2),
            "/dataPropertyOrder/&~|nested",
            json!(["a.b", "c", "d"]),
        ),
        (
            "req_1",
            set("metaSortKey", 5),
            set("metaSortKey", 6),
            "/metaSortKey",
            json!(5),
        ),
        (
            "req_1",
            set("x-own", json!([1, 2, 3, 4])),
            set("url", "/a"),
            "/x-own",
            json!([1, 2, 3, 4]),
        ),
        (
            "req_1",
            set("x-own", json!([0, 1, 2, 3])),
            set("x-own", json!([1, 2, 4])),
            "/x-own",
            json!([0, 1, 2, 4]),
        ),
    ];
    for (resource, ours, theirs, pointer, expected) in cases {
        let told = format!("{ours:?} {theirs:?}");
        let (base, ours, theirs) = both(resource, &[ours], &[theirs]);
        let result = clean(&base, &ours, &theirs);
        assert_eq!(result.field(resource, pointer), expected, "{told}");
        assert_eq!(result.field(resource, "/modified"), json!(7), "{told}");
        assert_eq!(result.field(resource, "/created"), json!(1_717_000_000_000_i64));
    }
}

#[test]
fn one_value_in_two_ways_is_a_question() {
    let row = |value: &str| json!({"name": "X-New", "value": value});
    let cases: Vec<(&str, FieldEdit, FieldEdit, &str, &str, [Value; 3])> = vec![
        (
            "req_1",
            set("url", "/a"),
            set("url", "/b"),
            "req_1:url",
            "URL",
            [json!("{{ _.base_url }}/shipments/:id"), json!("/a"), json!("/b")],
        ),
        (
            "req_1",
            set("name", "A"),
            set("name", "B"),
            "req_1:name",
            "name",
            [json!("Create shipment"), json!("A"), json!("B")],
        ),
        (
            "req_1",
            set("headers.Content-Type", "a"),
            set("headers.Content-Type", "b"),
            "req_1:headers.Content-Type",
            "header Content-Type",
            [json!("application/json"), json!("a"), json!("b")],
        ),
        (
            "req_1",
            set("headers.X-Tenant[1]", "a"),
            set("headers.X-Tenant[1]", "b"),
            "req_1:headers.X-Tenant[1]",
            "header X-Tenant (no. 2)",
            [json!("other"), json!("a"), json!("b")],
        ),
        (
            "req_1",
            set("headers.Content-Type.description", "a"),
            set("headers.Content-Type.description", "b"),
            "req_1:headers.Content-Type.description",
            "header Content-Type description",
            [Value::Null, json!("a"), json!("b")],
        ),
        (
            "req_1",
            set("headers.X-New", row("1")),
            set("headers.X-New", row("2")),
            "req_1:headers.X-New",
            "header X-New",
            [Value::Null, json!("1"), json!("2")],
        ),
        (
            "req_1",
            unset("headers.Content-Type"),
            set("headers.Content-Type", "b"),
            "req_1:headers.Content-Type",
            "header Content-Type",
            [
                json!({"name": "Content-Type", "value": "application/json"}),
                Value::Null,
                json!({"name": "Content-Type", "value": "b"}),
            ],
        ),
        (
            "env_1",
            set("data.nested.\"a.b\"", 1),
            set("data.nested.\"a.b\"", 2),
            "env_1:data.nested.\"a.b\"",
            "environment value nested.\"a.b\"",
            [json!(true), json!(1), json!(2)],
        ),
        (
            "env_1",
            unset("data.retries"),
            set("data.retries", 2),
            "env_1:data.retries",
            "environment value retries",
            [json!(3), Value::Null, json!(2)],
        ),
        (
            "req_1",
            set("authentication", json!({"type": "basic"})),
            set("authentication.token", "t"),
            "req_1:authentication",
            "authentication",
            [
                json!({"type": "bearer", "token": "{{ _.token }}"}),
                json!({"type": "basic"}),
                json!({"type": "bearer", "token": "t"}),
            ],
        ),
        (
            "req_1",
            set("body.mimeType", "a/b"),
            set("body.mimeType", "c/d"),
            "req_1:body.mimeType",
            "body type",
            [json!("application/json"), json!("a/b"), json!("c/d")],
        ),
        (
            "req_1",
            set("x-own", json!([1])),
            set("x-own", json!([2])),
            "req_1:x-own",
            "x-own",
            [json!([1, 2, 3]), json!([1]), json!([2])],
        ),
    ];
    for (resource, ours, theirs, id, label, values) in cases {
        let (base, ours, theirs) = both(resource, &[ours], &[theirs]);
        let outcome = merged(&base, &ours, &theirs);
        let question = outcome.one();
        assert_eq!((question.id.0.as_str(), question.label.as_str()), (id, label));
        assert_eq!(question.asks, Asks::Value);
        let shown =
            [&question.base, &question.ours, &question.theirs].map(|value| value.clone().unwrap_or_default());
        assert_eq!(shown, values, "{id}");
        // What is here stays.
        assert_eq!(
            answered(&base, &ours, &theirs, &[(id, Answer::Ours)]),
            outcome.state
        );
        let taken = answered(&base, &ours, &theirs, &[(id, Answer::Theirs)]);
        let modified = |state: &State| state.field(resource, "/modified");
        assert_eq!((modified(&outcome.state), modified(&taken)), (json!(7), json!(7)));
        let fields = |state: &State| state.all().resource(&common::id(resource)).unwrap().fields;
        assert_eq!(fields(&taken), fields(&theirs), "{id}");
    }
}

#[test]
fn a_question_says_what_it_is_about() {
    let (base, ours, theirs) = both(
        "req_1",
        &[set("url", "/a"), set("name", "Mine")],
        &[set("url", "/b")],
    );
    let outcome = merged(&base, &ours, &theirs);
    let question = outcome.one();
    assert_eq!(question.resource, common::id("req_1"));
    assert_eq!((question.kind, question.name.as_str()), (Kind::Request, "Mine"));
    assert_eq!(question.method.as_deref(), Some("POST"));
    assert_eq!(question.location, ["Parcels", "Shipments"]);
    assert_eq!(question.file, REQUEST);
    assert_eq!(question.field.as_deref(), Some("url"));
}

#[test]
fn questions_come_in_the_order_of_the_editor() {
    let edits = |word: &str| {
        [
            set("method", if word == "a" { "PUT" } else { "GET" }),
            set("name", word),
            set("headers.Content-Type", word),
            set("url", word),
            set("body.mimeType", word),
        ]
    };
    let (base, ours, theirs) = both("req_1", &edits("a"), &edits("b"));
    let (ours, theirs) = (
        ours.set("env_1", &[set("data.retries", 1)], 5),
        theirs.set("env_1", &[set("data.retries", 2)], 7),
    );
    assert_eq!(
        merged(&base, &ours, &theirs).asked(),
        [
            "env_1:data.retries",
            "req_1:url",
            "req_1:name",
            "req_1:method",
            "req_1:body.mimeType",
            "req_1:headers.Content-Type"
        ]
    );
}

#[test]
fn an_answer_is_a_value_of_the_type_of_the_field() {
    let (base, ours, theirs) = both("req_1", &[set("url", "/a")], &[set("url", "/b")]);
    let result = answered(&base, &ours, &theirs, &[("req_1:url", value("/c"))]);
    assert_eq!(result.field("req_1", "/url"), json!("/c"));
    for wrong in [json!(1), Value::Null, json!({"a": 1}), json!("a\nb"), json!("\0")] {
        let answers = answers_of(&[("req_1:url", value(wrong.clone()))]);
        let outcome = merged_with(&[&base], &ours, &theirs, &answers);
        assert_eq!(outcome.asked(), ["req_1:url"], "{wrong}");
        assert_eq!(outcome.state.field("req_1", "/url"), json!("/a"));
    }
}

#[test]
fn answers_to_what_is_not_asked_have_no_effect() {
    let (base, ours, theirs) = both("req_1", &[set("url", "/a")], &[set("method", "PUT")]);
    let answers = [
        ("req_1:url", Answer::Theirs),
        ("req_9", Answer::Theirs),
        ("", value(1)),
        (REQUEST, value("x")),
    ];
    assert_eq!(
        answered(&base, &ours, &theirs, &answers),
        clean(&base, &ours, &theirs)
    );
}

#[test]
fn the_text_here_stays_but_for_what_comes_in() {
    let (base, ours, theirs) = both(
        "req_1",
        &[set("headers.X-Tenant", "ours")],
        &[set("method", "PUT"), set("headers.X-Tenant[1]", "theirs")],
    );
    let result = clean(&base, &ours, &theirs).text(REQUEST);
    let expected = common::REQUEST
        .replace("modified: 1718000000000", "modified: 7")
        .replace("method: POST", "method: PUT")
        .replace("value: acme", "value: ours")
        .replace("value: other", "value: theirs");
    assert_eq!(result, expected);
}

#[test]
fn comments_of_both_sides_stay() {
    let base = base();
    let ours = base
        .replaced(REQUEST, "# the tenant", "# our tenant")
        .set("req_1", &[set("url", "/a")], 5);
    let theirs = base
        .replaced(REQUEST, "  # what comes back", "  # what comes back, says theirs")
        .set("req_1", &[set("method", "PUT")], 7);
    let text = clean(&base, &ours, &theirs).text(REQUEST);
    assert!(
        text.contains("# our tenant") && text.contains("# what comes back, says theirs"),
        "{text}"
    );
}

#[test]
fn long_texts_merge_by_their_lines() {
    let lines = |first: &str, last: &str| format!("{first}\nsame\nsame too\n{last}\n");
    for field in ["preRequestScript", "description", "afterResponseScript"] {
        let start = base().set("req_1", &[set(field, lines("a", "z"))], 3);
        let ours = start.set("req_1", &[set(field, lines("A", "z"))], 5);
        let theirs = start.set("req_1", &[set(field, lines("a", "Z"))], 7);
        let result = clean(&start, &ours, &theirs);
        assert_eq!(
            result.field("req_1", &format!("/{field}")),
            json!(lines("A", "Z"))
        );
        let theirs = start.set("req_1", &[set(field, lines("B", "Z"))], 7);
        let outcome = merged(&start, &ours, &theirs);
        let question = outcome.one();
        assert_eq!(question.id.0, format!("req_1:{field}"));
        assert_eq!(question.theirs, Some(json!(lines("B", "Z"))));
        assert_eq!(
            outcome.state.field("req_1", &format!("/{field}")),
            json!(lines("A", "z"))
        );
    }
}

#[test]
fn json_bodies_merge_by_their_places() {
    let start = base().set("req_1", &[set("body.text", r#"{"a": 1, "b": {"c": 2}}"#)], 3);
    let with = |text: &str, now| start.set("req_1", &[set("body.text", text)], now);
    let result = clean(
        &start,
        &with(r#"{"a": 9, "b": {"c": 2}}"#, 5),
        &with(
            "{\n  \"a\": 1,\n  \"b\": {\n    \"c\": 2,\n    \"d\": {{ _.d }}\n  }\n}",
            7,
        ),
    );
    assert_eq!(
        result.field("req_1", "/body/text"),
        json!(r#"{"a": 9, "b": {"c": 2, "d": {{ _.d }}}}"#)
    );
    let outcome = merged(
        &start,
        &with(r#"{"a": 9}"#, 5),
        &with(r#"{"a": 8, "b": {"c": 2}}"#, 7),
    );
    assert_eq!(outcome.asked(), ["req_1:body.text"]);
    assert_eq!(outcome.one().label, "body");
    assert_eq!(outcome.one().ours, Some(json!(r#"{"a": 9}"#)));
}

#[test]
fn the_order_of_rows_asks_nobody() {
    let start = base().set(
        "req_1",
        &[set(
            "headers",
            json!([{"name": "a", "value": "1"}, {"name": "b", "value": "2"}, {"name": "c", "value": "3"}]),
        )],
        3,
    );
    let order = |names: &str, now| {
        let rows = names.chars().map(|name| {
            let number = name.to_ascii_lowercase() as u32 - 96;
            json!({"name": name.to_string(), "value": number.to_string()})
        });
        start.set("req_1", &[set("headers", rows.collect::<Vec<_>>())], now)
    };
    for (ours, theirs, expected) in [
        ("cba", "abc", "cba"),
        ("abc", "cba", "cba"),
        ("bac", "acb", "bac"),
        ("abcd", "cba", "cdba"),
        ("dabc", "abce", "dabce"),
        ("ab", "cba", "ba"),
        ("bca", "abcd", "bcda"),
    ] {
        let result = clean(&start, &order(ours, 5), &order(theirs, 7));
        let rows = result.field("req_1", "/headers");
        let names: String = rows
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["name"].as_str().unwrap())
            .collect();
        assert_eq!(names, expected, "{ours} {theirs}");
    }
}

#[test]
fn rows_of_one_name_that_come_and_go_on_both_sides_are_for_a_person() {
    let rows = |values: &[&str]| {
        let rows = values.iter().map(|value| json!({"name": "a", "value": value}));
        set("headers", rows.collect::<Vec<_>>())
    };
    let start = base().set("req_1", &[rows(&["1", "2"])], 3);
    let outcome = merged(
        &start,
        &start.set("req_1", &[rows(&["2"])], 5),
        &start.set("req_1", &[rows(&["1"])], 7),
    );
    assert_eq!(outcome.asked(), ["req_1:headers"]);
    let outcome = merged(
        &start,
        &start.set("req_1", &[rows(&["2"])], 5),
        &start.set("req_1", &[rows(&["2"])], 7),
    );
    assert!(outcome.questions.is_empty());
}

#[test]
fn nothing_written_in_another_way_is_no_disagreement() {
    let base = base();
    let ours = base
        .replaced(REQUEST, "description: ''\n", "")
        .set("req_1", &[set("url", "/a")], 5);
    let theirs = base.set("req_1", &[set("description", "said"), set("method", "PUT")], 7);
    let result = clean(&base, &ours, &theirs);
    assert_eq!(result.field("req_1", "/description"), json!("said"));
}
