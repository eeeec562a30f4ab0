//! How a field that differs is taken apart: JSON, GraphQL, scripts, settings, specs, and what is only formatting.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{NOW, SECOND, applied, id, set, shop};
use serde_json::{Value, json};
use sheaf_collection::model::{Comparison, FieldChange, LineChange, PartsOf, ResourceChange, TextUnit};
use sheaf_collection::{Collections, changes};

const V5: &str = r#"type: spec.insomnia.rest/5.0
schema_version: "5.1"
name: Parcels
meta:
  id: wrk_9
  created: 1717000000000
  modified: 1718000000000
collection:
  - url: https://a.test
    name: One
    meta:
      id: req_91
      created: 1717000000000
      modified: 1718000000000
    method: GET
    settings:
      renderRequestBody: true
      encodeUrl: true
      followRedirects: global
      cookies:
        send: true
        store: true
      rebuildPath: true
  - name: Inner
    meta:
      id: fld_9
    children: []
cookieJar:
  name: Default Jar
  meta:
    id: jar_9
  cookies:
    - id: c0
      key: sid
      value: abc
      domain: example.test
      path: /
spec:
  contents:
    openapi: 3.1.0
    info:
      title: Parcels
      version: 1.0.0
    paths:
      /parcels:
        get:
          responses:
            "200":
              description: Fine
  meta:
    id: spc_9
testSuites:
  - name: Smoke
    meta:
      id: uts_9
    tests:
      - name: works
        meta:
          id: ut_9
        requestId: req_91
        code: |-
          const r = await insomnia.send();
          expect(r.status).to.equal(201);
"#;

fn v5(text: &str) -> Collections {
    Collections::read([("parcels.yaml".to_owned(), text.as_bytes().to_vec())])
}

fn v5_change(from: &str, to: &str) -> ResourceChange {
    assert!(V5.contains(from), "{from}");
    only(changes(&v5(V5), &v5(&V5.replace(from, to))))
}

fn only(mut changes: Vec<ResourceChange>) -> ResourceChange {
    assert_eq!(changes.len(), 1, "{changes:#?}");
    changes.remove(0)
}

/// The request with a field of one value becomes one of another; its change is the only real one.
fn field(path: &str, before: impl Into<Value>, after: impl Into<Value>) -> (FieldChange, String) {
    let all = shop();
    let start = applied(
        &all,
        all.set_fields(&id("req_1"), &[set(path, before)], NOW).unwrap(),
    );
    let end = applied(
        &start,
        start
            .set_fields(&id("req_1"), &[set(path, after)], NOW + 1)
            .unwrap(),
    );
    let change = only(changes(&start, &end));
    let mut real = change.fields.into_iter().filter(|field| !field.bookkeeping);
    (real.next().unwrap(), change.summary)
}

fn places(comparison: &Comparison) -> Vec<String> {
    let Comparison::Parts(found) = comparison else {
        panic!("{comparison:?}")
    };
    found
        .parts
        .iter()
        .map(|part| format!("{}{}", part.group, part.place))
        .collect()
}

#[test]
fn json_bodies_are_told_by_place() {
    let (change, summary) = field(
        "body.text",
        "{\n  \"ref\": \"SH-1\",\n  \"items\": [{\"price\": 3}]\n}",
        "{\n  \"items\": [{\"price\": 4}],\n  \"ref\": \"SH-1\"\n}",
    );
    assert_eq!(places(&change.comparison), ["items[0].price"]);
    assert_eq!(summary, "Body: items[0].price 3 → 4");
}

#[test]
fn json_written_another_way_is_formatting() {
    let (change, summary) = field(
        "body.text",
        "{\n  \"a\": 1,\n  \"b\": [2]\n}",
        "{\"b\":[2],\n\"a\":1}",
    );
    assert_eq!(change.comparison, Comparison::Formatting);
    assert_eq!(summary, "Body: formatting only");
    let (change, _) = field("body.text", "{\n\"a\": 1, \"a\": 2}", "{\n\"a\": 2}");
    assert!(
        matches!(change.comparison, Comparison::Text(_)),
        "a key that stands twice is no formatting"
    );
}

#[test]
fn a_body_that_is_no_json_is_told_by_lines() {
    let (change, summary) = field("body.text", "<a>\n  <b/>\n</a>", "<a>\n  <c/>\n</a>");
    let Comparison::Text(text) = change.comparison else {
        panic!()
    };
    assert_eq!((text.by, text.added, text.removed), (TextUnit::Lines, 1, 1));
    assert_eq!(summary, "Body line 2");
}

#[test]
fn graphql_bodies_are_told_by_query_and_variables() {
    let body = |query: &str, variables: Value| {
        json!({
            "mimeType": "application/graphql",
            "text": json!({"query": query, "variables": variables}).to_string(),
        })
    };
    let (change, _) = field(
        "body",
        body("query {\n  parcels { id }\n}", json!({"first": 5})),
        body("query {\n  parcels { id name }\n}", json!("{\"first\": 6}")),
    );
    assert_eq!(places(&change.comparison), ["query", "variables.first"]);
    let Comparison::Parts(found) = change.comparison else {
        panic!()
    };
    assert_eq!(found.of, PartsOf::GraphQl);
    assert_eq!(
        found.parts[0].text.as_ref().unwrap().hunks[0].lines[1].change,
        LineChange::Removed
    );
}

#[test]
fn form_rows_are_told_by_name() {
    let form = |value: &str| json!({"mimeType": "multipart/form-data", "params": [{"name": "a", "value": value, "id": "pair_1"}]});
    let (change, summary) = field("body", form("1"), form("2"));
    assert_eq!(
        (change.path.as_str(), summary.as_str()),
        ("body.params.a", "Form field a 1 → 2")
    );
}

#[test]
fn scripts_are_told_by_line_and_descriptions_by_word() {
    let (change, summary) = field("preRequestScript", "a();\nb();\nc();", "a();\nb(1);\nc();");
    assert!(matches!(change.comparison, Comparison::Text(text) if text.by == TextUnit::Lines));
    assert_eq!(summary, "Pre-request script line 2");
    let (change, _) = field("description", "Makes\na parcel.", "Makes\none parcel.");
    assert!(matches!(change.comparison, Comparison::Text(text) if text.by == TextUnit::Words));
}

#[test]
fn settings_are_told_in_words() {
    let (change, summary) = field("settingFollowRedirects", "global", "off");
    assert_eq!(change.before.as_deref(), Some("as in the preferences"));
    assert_eq!(summary, "Follow redirects as in the preferences → off");
    let (change, _) = field("settingDisableRenderRequestBody", true, json!(false));
    assert_eq!(
        (change.before.as_deref(), change.after.as_deref()),
        (Some("off"), Some("on"))
    );
}

#[test]
fn environment_lists_are_trees() {
    let all = shop();
    let start = applied(
        &all,
        all.set_fields(&id("env_1"), &[set("data.list", json!([1, {"a": 2}]))], NOW)
            .unwrap(),
    );
    let end = applied(
        &start,
        start
            .set_fields(&id("env_1"), &[set("data.list", json!([1, {"a": 3}]))], NOW)
            .unwrap(),
    );
    let change = only(changes(&start, &end));
    assert_eq!(change.fields[0].path, "data.list");
    assert_eq!(places(&change.fields[0].comparison), ["[1].a"]);
}

#[test]
fn secrets_stay_out_of_the_line() {
    let all = shop();
    let start = applied(
        &all,
        all.set_fields(&id("env_1"), &[set("data.apiKey", "abc")], NOW)
            .unwrap(),
    );
    let end = applied(
        &start,
        start
            .set_fields(&id("env_1"), &[set("data.apiKey", "def")], NOW)
            .unwrap(),
    );
    assert_eq!(
        only(changes(&start, &end)).summary,
        "Environment value apiKey changed"
    );
}

#[test]
fn defaults_that_come_and_go_are_bookkeeping() {
    let settings = &V5[V5.find("    settings:").unwrap()..V5.find("  - name: Inner").unwrap()];
    let change = v5_change(settings, "");
    assert!(change.only_bookkeeping, "{change:#?}");
    let change = v5_change("schema_version: \"5.1\"", "schema_version: \"5.2\"");
    assert!(change.only_bookkeeping, "{change:#?}");
}

#[test]
fn embedded_specs_are_told_by_operation() {
    let change = v5_change(
        "              description: Fine\n",
        "              description: Fine\n            \"404\":\n              description: Gone\n",
    );
    assert_eq!(places(&change.fields[0].comparison), ["GET /parcelsresponse 404"]);
    assert_eq!(change.summary, "API spec: GET /parcels: response 404 added");
}

#[test]
fn spec_texts_are_told_by_operation_and_broken_ones_by_line() {
    let spec = |contents: &str| {
        let text = json!({"_id": "spc_1", "type": "ApiSpec", "parentId": "wrk_1", "fileName": "a", "contents": contents});
        shop().with_files([(
            ".insomnia/ApiSpec/spc_1.yml".to_owned(),
            Some(text.to_string().into_bytes()),
        )])
    };
    let yaml = "openapi: 3.1.0\ninfo:\n  title: A\npaths:\n  /a:\n    get: {responses: {}}\n";
    let told = |after: &str| only(changes(&spec(yaml), &spec(after)));
    assert_eq!(
        told(&yaml.replace("title: A", "title: B")).summary,
        "API spec: info: title A → B"
    );
    assert_eq!(
        told(&format!("# note\n{yaml}")).summary,
        "API spec: formatting only"
    );
    let json = "{\"openapi\": \"3.1.0\", \"info\": {\"title\": \"A\"}, \"paths\": {\"/a\": {\"get\": {\"responses\": {}}, \"put\": {}}}}";
    assert_eq!(told(json).summary, "API spec: PUT /a added");
    assert_eq!(
        told(&yaml.replace("title: A", "title: [")).summary,
        "API spec line 3"
    );
}

#[test]
fn tests_and_cookies_are_told_in_words() {
    let change = v5_change("to.equal(201)", "to.equal(200)");
    assert_eq!(
        (change.name.as_str(), change.summary.as_str()),
        ("works", "Test code line 2")
    );
    let change = v5_change("value: abc", "value: abd");
    assert_eq!(
        (change.fields[0].label.as_str(), change.fields[0].path.as_str()),
        ("cookie sid", "cookies.sid")
    );
    let text = V5.replace("requestId: req_91", "requestId: null");
    let change = only(changes(&v5(&text), &v5(V5)));
    assert_eq!(change.fields[0].after.as_deref(), Some("One"));
}

#[test]
fn large_texts_are_said_to_be_large() {
    let state = |letter: &str| {
        let text = SECOND.replace(
            "body: {}",
            &format!("body:\n  text: {}", letter.repeat(4_400_000)),
        );
        shop().with_files([(".insomnia/Request/req_2.yml".to_owned(), Some(text.into_bytes()))])
    };
    let change = only(changes(&state("a"), &state("b")));
    let field = &change.fields[0];
    assert!(matches!(
        field.comparison,
        Comparison::Large {
            before_bytes: 4_400_000,
            ..
        }
    ));
    assert!(field.before.as_ref().unwrap().len() < 2000);
    assert_eq!(change.summary, "Body: large text changed");
}

#[test]
fn line_endings_are_formatting() {
    let (change, _) = field("preRequestScript", "a\nb\n", "a\r\nb\r\n");
    assert_eq!(change.comparison, Comparison::Formatting);
}
