//! Edits of the legacy layout: what is written, and what stays as it was.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{ENVIRONMENT, FOLDER, NOW, REQUEST, SECOND, applied, id, only_text, set, shop, unset};
use serde_json::{Value, json};
use sheaf_collection::model::{FieldEdit, Kind, Scope};
use sheaf_collection::{Collections, EditError};

fn edited(resource: &str, edits: &[FieldEdit]) -> String {
    only_text(&shop().set_fields(&id(resource), edits, NOW).unwrap())
}

/// The text with these replacements and the new time of change.
fn expected(text: &str, replacements: &[(&str, &str)]) -> String {
    let mut text = text.replace("modified: 1718000000000", "modified: 1800000000000");
    for (from, to) in replacements {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    text
}

#[test]
fn only_the_edited_piece_changes() {
    let cases: Vec<(FieldEdit, &str, &str)> = vec![
        (set("method", "PUT"), "method: POST", "method: PUT"),
        (set("url", "/a b"), "\"{{ _.base_url }}/shipments/:id\"", "/a b"),
        (
            set("description", "a\nb"),
            "description: ''",
            "description: |-\n  a\n  b",
        ),
        (set("headers.X-Tenant", "globex"), "value: acme", "value: globex"),
        (set("headers.x-tenant", "globex"), "value: acme", "value: globex"),
        (set("headers[2].value", "3"), "value: other", "value: \"3\""),
        (
            set("headers.Accept", "*/*"),
            "    value: other\n",
            "    value: other\n  - name: Accept\n    value: \"*/*\"\n",
        ),
        (
            unset("headers.Content-Type"),
            "  - name: Content-Type\n    value: application/json\n",
            "",
        ),
        (
            set("parameters.dryRun.disabled", false),
            "disabled: true",
            "disabled: false",
        ),
        (set("authentication.token", "t0ken"), "\"{{ _.token }}\"", "t0ken"),
        (
            set("pathParameters.id", "42"),
            "pathParameters: null",
            "pathParameters:\n  - name: id\n    value: \"42\"",
        ),
        (
            set("body.text", "{}"),
            "text: |-\n        {\n        \t\"ref\": \"SH-1\"\n        }",
            "text: \"{}\"",
        ),
        (
            set("authentication", json!({"type": "basic", "username": "u"})),
            "type: bearer\n  token: \"{{ _.token }}\"",
            "type: basic\n  username: u",
        ),
        (set("headers", json!([])), REQUEST_HEADERS, "headers: []"),
        (unset("x-own"), "x-own: [1, 2,   3]\n", ""),
        (set("x-own", json!([1, 2, 3, 4])), "[1, 2,   3]", "[1, 2,   3, 4]"),
        (
            set("settingEncodeUrl", false),
            "pathParameters: null\n",
            "pathParameters: null\nsettingEncodeUrl: false\n",
        ),
    ];
    for (edit, from, to) in cases {
        assert_eq!(
            edited("req_1", std::slice::from_ref(&edit)),
            expected(REQUEST, &[(from, to)]),
            "{edit:?}"
        );
    }
}

const REQUEST_HEADERS: &str = "headers:
  # what comes back
  - name: Content-Type
    value: application/json
  - name: X-Tenant
    value: acme # the tenant
  - name: X-Tenant
    value: other";

#[test]
fn a_comment_behind_a_value_survives_longer_values() {
    let text = edited("req_1", &[set("url", format!("/{} b", "a ".repeat(60)))]);
    assert!(text.contains(" b   # the address\n"), "{text}");
    let text = edited("req_1", &[set("headers.X-Tenant", "a\nb")]);
    assert!(text.contains("value: \"a\\nb\" # the tenant\n"), "{text}");
}

#[test]
fn the_same_value_writes_nothing() {
    let all = shop();
    for edit in [
        set("method", "POST"),
        set("headers.X-Tenant", "acme"),
        unset("headers.Nothing"),
    ] {
        assert_eq!(all.set_fields(&id("req_1"), &[edit], NOW), Ok(Vec::new()));
    }
    assert_eq!(all.rename(&id("fld_1"), "Shipments", NOW), Ok(Vec::new()));
    assert_eq!(
        all.set_fields(&id("env_1"), &[set("data.retries", 3.0)], NOW),
        Ok(Vec::new())
    );
}

#[test]
fn environment_data_keeps_its_types_and_order() {
    let text = edited(
        "env_1",
        &[
            set("data.retries", 4),
            set("data.new", "7"),
            unset("data.base_url"),
        ],
    );
    let changes = [
        (
            "  base_url: https://parcels.example.test\n  retries: 3\n",
            "  retries: 4\n",
        ),
        ("    a.b: true\n", "    a.b: true\n  new: \"7\"\n"),
        ("    - base_url\n", ""),
        ("    - nested\n", "    - nested\n    - new\n"),
    ];
    assert_eq!(text, expected(ENVIRONMENT, &changes));
    let text = edited("env_1", &[set("data.nested.\"a.b\"", Value::Null)]);
    assert_eq!(text, expected(ENVIRONMENT, &[("a.b: true", "a.b: null")]));
}

#[test]
fn values_that_do_not_fit_are_refused() {
    let all = shop();
    let cases = [
        (set("method", ""), "bad-value"),
        (set("method", "GET /"), "bad-value"),
        (set("name", "  "), "bad-value"),
        (set("name", "a\tb"), "bad-value"),
        (set("url", "a\nb"), "bad-value"),
        (set("url", 3), "bad-value"),
        (unset("url"), "bad-value"),
        (set("headers", "x"), "bad-value"),
        (set("headers", json!(["x"])), "bad-value"),
        (set("headers.X", 5), "bad-value"),
        (set("body", "x"), "bad-value"),
        (set("description", "a\0b"), "bad-value"),
        (set("settingEncodeUrl", "yes"), "bad-value"),
        (set("_id", "x"), "bad-field"),
        (set("modified", 5), "bad-field"),
        (set("nonsense", 5), "bad-field"),
        (set("url.x", 5), "bad-field"),
        (set("headers.a.b", "x"), "bad-field"),
        (set("headers[9]", json!({})), "bad-field"),
        (set("", 5), "bad-field"),
    ];
    for (edit, code) in cases {
        let error = all
            .set_fields(&id("req_1"), std::slice::from_ref(&edit), NOW)
            .unwrap_err();
        assert_eq!(error.code(), code, "{edit:?} {error}");
    }
    assert_eq!(
        all.rename(&id("req_x"), "A", NOW).unwrap_err().code(),
        "not-found"
    );
}

#[test]
fn what_is_created_can_be_read() {
    let mut all = shop();
    let parents = [
        (Kind::Request, "fld_1"),
        (Kind::RequestGroup, "wrk_1"),
        (Kind::GrpcRequest, "wrk_1"),
        (Kind::WebSocketRequest, "fld_1"),
        (Kind::Environment, "wrk_1"),
        (Kind::Environment, "env_1"),
        (Kind::ApiSpec, "wrk_1"),
        (Kind::UnitTestSuite, "wrk_1"),
    ];
    for (kind, parent) in parents {
        let (created, edits) = all.create(kind, &id(parent), "New: thing", NOW).unwrap();
        all = applied(&all, edits);
        let view = all.resource(&created).unwrap();
        assert_eq!((view.kind, view.name.as_str()), (kind, "New: thing"));
    }
    assert_eq!(all.problems(), []);
    let tree = &all.trees()[0];
    assert_eq!(tree.environments[0].children.len(), 2);
    let suite = tree.tests[0].id.clone();
    let (test, edits) = all.create(Kind::UnitTest, &suite, "T", NOW).unwrap();
    all = applied(&all, edits);
    assert_eq!(all.resource(&test).unwrap().parent_id, Some(suite));
}

#[test]
fn a_new_request_looks_as_insomnia_writes_it() {
    let (created, edits) = shop().create(Kind::Request, &id("fld_1"), "List", NOW).unwrap();
    assert_eq!(edits[0].path, format!(".insomnia/Request/{created}.yml"));
    let text = only_text(&edits);
    let expected = format!(
        "_id: {created}\ntype: Request\nparentId: fld_1\nmodified: {NOW}\ncreated: {NOW}\nurl: \"\"\nname: List\n\
         description: \"\"\nmethod: GET\nbody: {{}}\nparameters: []\nheaders: []\nauthentication: {{}}\n\
         preRequestScript: null\nmetaSortKey: -{NOW}\nisPrivate: false\npathParameters: null\n\
         afterResponseScript: null\nsettingStoreCookies: true\nsettingSendCookies: true\n\
         settingDisableRenderRequestBody: false\nsettingEncodeUrl: true\nsettingRebuildPath: true\n\
         settingFollowRedirects: global\n"
    );
    assert_eq!(text, expected);
}

#[test]
fn things_are_only_made_where_they_belong() {
    let all = shop();
    for (kind, parent) in [
        (Kind::Request, "req_1"),
        (Kind::UnitTest, "wrk_1"),
        (Kind::ApiSpec, "fld_1"),
        (Kind::Environment, "fld_1"),
        (Kind::CookieJar, "wrk_1"),
        (Kind::File, "wrk_1"),
    ] {
        assert_eq!(
            all.create(kind, &id(parent), "A", NOW).unwrap_err().code(),
            "bad-place",
            "{kind:?}"
        );
    }
    assert_eq!(
        all.create(Kind::Request, &id("fld_1"), " ", NOW)
            .unwrap_err()
            .code(),
        "bad-value"
    );
}

#[test]
fn a_new_collection_is_whole() {
    for (scope, count) in [(Scope::Collection, 2), (Scope::Design, 3)] {
        let (created, edits) = Collections::default().create_collection("Shop: ä", scope, NOW, |_| false);
        let all = applied(&Collections::default(), edits);
        assert_eq!(all.problems(), []);
        assert_eq!(all.ids().len(), count);
        let tree = &all.trees()[0];
        assert_eq!((&tree.id, tree.name.as_str()), (&created, "Shop: ä"));
        assert_eq!(tree.spec.is_some(), scope == Scope::Design);
        assert_eq!(tree.environments[0].id.0.len(), "env_".len() + 40);
    }
    assert_eq!(
        Collections::default()
            .create_collection("\n", Scope::Collection, NOW, |_| false)
            .1
            .len(),
        2,
        "a name nobody can see is replaced"
    );
}

#[test]
fn a_folder_is_copied_with_everything_in_it() {
    let all = shop();
    let (copy, edits) = all.duplicate(&id("fld_1"), NOW, |_| false).unwrap();
    assert_eq!(edits.len(), 3);
    let all = applied(&all, edits);
    assert_eq!(all.problems(), []);
    let tree = &all.trees()[0];
    assert_eq!(common::names(&tree.items), ["Shipments", "Shipments (Copy)"]);
    assert_eq!(tree.items[1].id, copy);
    assert_eq!(
        common::names(&tree.items[1].children),
        ["Create shipment", "Track"]
    );
    assert_ne!(tree.items[1].children[0].id, id("req_1"));
    assert_eq!(
        all.duplicate(&id("env_1"), NOW, |_| false).unwrap_err().code(),
        "bad-place"
    );
    let (_, edits) = all.duplicate(&id("wrk_1"), NOW, |_| false).unwrap();
    let all = applied(&all, edits);
    assert_eq!((all.problems(), all.trees().len()), (vec![], 2));
}

#[test]
fn moving_writes_as_little_as_it_can() {
    let all = shop();
    let edits = all
        .move_to(&id("req_2"), &id("fld_1"), Some(&id("req_1")), NOW)
        .unwrap();
    let text = only_text(&edits);
    assert_eq!(
        text,
        expected(
            SECOND,
            &[("metaSortKey: -1717000000040", "metaSortKey: -1717000000150.5")]
        )
    );
    let all = applied(&all, edits);
    assert_eq!(
        common::names(&all.trees()[0].items[0].children),
        ["Track", "Create shipment"]
    );

    let edits = all.move_to(&id("req_1"), &id("wrk_1"), None, NOW).unwrap();
    assert!(only_text(&edits).contains("\nparentId: wrk_1\n"));
    let all = applied(&all, edits);
    assert_eq!(
        common::names(&all.trees()[0].items),
        ["Shipments", "Create shipment"]
    );
}

#[test]
fn a_folder_does_not_go_into_itself() {
    let all = shop();
    let (inner, edits) = all
        .create(Kind::RequestGroup, &id("fld_1"), "Inner", NOW)
        .unwrap();
    let all = applied(&all, edits);
    for parent in [&inner, &id("fld_1"), &id("req_1"), &id("env_1")] {
        let error = all.move_to(&id("fld_1"), parent, None, NOW).unwrap_err();
        assert_eq!(error.code(), "bad-place", "{parent}");
    }
    let error = all
        .move_to(&id("req_1"), &id("wrk_1"), Some(&id("req_2")), NOW)
        .unwrap_err();
    assert_eq!(error.code(), "bad-place");
}

#[test]
fn deleting_takes_everything_along() {
    let all = shop();
    let edits = all.delete(&id("fld_1"), NOW).unwrap();
    assert_eq!(edits.len(), 3);
    assert!(edits.iter().all(|edit| edit.after.is_none()));
    assert_eq!(applied(&all, edits).ids().len(), 2);
    assert_eq!(all.delete(&id("env_1"), NOW).unwrap_err().code(), "read-only");
    assert_eq!(all.delete(&id("wrk_1"), NOW).unwrap().len(), 5);
}

#[test]
fn windows_line_ends_stay() {
    let text = SECOND.replace('\n', "\r\n");
    let path = ".insomnia/Request/req_2.yml".to_owned();
    let all = shop().with_files([(path, Some(text.clone().into_bytes()))]);
    let edits = all
        .set_fields(
            &id("req_2"),
            &[set("description", "a\nb"), set("headers.A", "b")],
            NOW,
        )
        .unwrap();
    let new = only_text(&edits);
    assert_eq!(new.replace("\r\n", "").find('\n'), None);
    assert_eq!(
        applied(&all, edits).resource(&id("req_2")).unwrap().fields["description"],
        "a\nb"
    );
}

#[test]
fn json_files_stay_json() {
    let text = "{\n  \"_id\": \"req_2\",\n  \"type\": \"Request\",\n  \"parentId\": \"fld_1\",\n  \"name\": \"Track\"\n}\n";
    let paths = [
        (".insomnia/Request/req_2.yml".to_owned(), None),
        (
            ".insomnia/Request/req_2.json".to_owned(),
            Some(text.as_bytes().to_vec()),
        ),
    ];
    let all = shop().with_files(paths);
    let edits = all
        .set_fields(
            &id("req_2"),
            &[set("name", "A \"b\""), set("headers.A", "b")],
            NOW,
        )
        .unwrap();
    let value: Value = serde_json::from_str(&only_text(&edits)).unwrap();
    assert_eq!(value["name"], "A \"b\"");
    assert_eq!(value["headers"], json!([{"name": "A", "value": "b"}]));
    assert!(only_text(&edits).starts_with("{\n  \"_id\": \"req_2\",\n  \"type\""));
}

#[test]
fn anchors_are_not_broken() {
    let text = "_id: req_2\ntype: Request\nparentId: fld_1\nname: &n Track\nurl: *n\nx: &m {a: 1}\ny: *m\n";
    let path = ".insomnia/Request/req_2.yml".to_owned();
    let all = shop().with_files([(path, Some(text.as_bytes().to_vec()))]);
    let edits = all.set_fields(&id("req_2"), &[set("url", "/u")], NOW).unwrap();
    assert!(only_text(&edits).contains("url: /u\n"));
    for edit in [set("name", "Other"), set("x.a", 2)] {
        let error = all.set_fields(&id("req_2"), &[edit], NOW).unwrap_err();
        assert!(matches!(error, EditError::Unsafe { .. }), "{error}");
    }
    assert!(FOLDER.contains("fld_1"));
}
