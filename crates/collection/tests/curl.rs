//! cURL commands, both ways.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use proptest::prelude::*;
use serde_json::{Value, json};
use sheaf_collection::model::{FieldEdit, Kind, ResourceId};
use sheaf_collection::{Collections, CurlRequest, Scope, is_curl, parse_curl};

fn parsed(text: &str) -> CurlRequest {
    parse_curl(text).unwrap_or_else(|| panic!("no request in {text}"))
}

fn field(text: &str, name: &str) -> Value {
    parsed(text).fields.get(name).cloned().unwrap_or_default()
}

#[test]
fn a_plain_address_is_a_get() {
    let fields = parsed("curl https://api.test/v1/parcels?page=2&size=10").fields;
    assert_eq!(fields["url"], "https://api.test/v1/parcels");
    assert_eq!(fields["method"], "GET");
    assert_eq!(fields["name"], "/v1/parcels");
    assert_eq!(
        fields["parameters"],
        json!([{"name": "page", "value": "2"}, {"name": "size", "value": "10"}])
    );
    assert_eq!(fields["body"], json!({}));
}

#[test]
fn lines_that_go_on_and_quotes_are_read_as_bash_does() {
    let text = r#"curl --location 'https://api.test/a' \
  -H 'X-Note: it'\''s' \
  --header "X-Quote: \"yes\"" \
  -d $'{"a":"\u00fc\n\x41"}'"#;
    let fields = parsed(text).fields;
    assert_eq!(
        fields["headers"],
        json!([
            {"name": "X-Note", "value": "it's"},
            {"name": "X-Quote", "value": "\"yes\""},
            {"name": "Content-Type", "value": "application/x-www-form-urlencoded"},
        ])
    );
    assert_eq!(fields["method"], "POST");
    assert_eq!(fields["settingFollowRedirects"], "on");
}

#[test]
fn surrogate_pairs_of_browsers_are_one_character() {
    let text = r"curl https://a.test -H 'Content-Type: text/plain' --data-raw $'\ud83d\ude80!'";
    assert_eq!(field(text, "body")["text"], "🚀!");
}

#[test]
fn carets_of_windows_are_read() {
    let text = "curl ^\"https://api.test/a?b=^%^20c^\" ^\r\n  -X ^\"PUT^\" ^\r\n  -H ^\"content-type: application/json^\" ^\r\n  --data-raw ^\"^{^\\^\"a^\\^\":1^}^\"";
    let fields = parsed(text).fields;
    assert_eq!(fields["url"], "https://api.test/a");
    assert_eq!(fields["method"], "PUT");
    assert_eq!(fields["parameters"], json!([{"name": "b", "value": " c"}]));
    assert_eq!(
        fields["body"],
        json!({"mimeType": "application/json", "text": "{\"a\":1}"})
    );
}

#[test]
fn combined_short_options_and_glued_values_are_taken_apart() {
    let fields = parsed("curl -sSLXPATCH -uana:geheim -HA:b https://a.test/x -kd x=1").fields;
    assert_eq!(fields["method"], "PATCH");
    assert_eq!(
        fields["authentication"],
        json!({"type": "basic", "username": "ana", "password": "geheim"})
    );
    assert_eq!(fields["headers"][0], json!({"name": "A", "value": "b"}));
    assert_eq!(fields["body"]["params"], json!([{"name": "x", "value": "1"}]));
}

#[test]
fn data_goes_where_curl_sends_it() {
    let json_body = parsed("curl --json '{\"a\":1}' https://a.test");
    assert_eq!(json_body.fields["body"]["mimeType"], "application/json");
    assert_eq!(
        json_body.fields["headers"][1],
        json!({"name": "Accept", "value": "application/json"})
    );

    let query = parsed("curl -G https://a.test -d a=1 --data-urlencode 'q=x y&z'").fields;
    assert_eq!(query["method"], "GET");
    assert_eq!(
        query["parameters"],
        json!([{"name": "a", "value": "1"}, {"name": "q", "value": "x y&z"}])
    );

    let form = parsed("curl https://a.test --data-urlencode 'q=x y&z' -d b=2").fields;
    assert_eq!(
        form["body"]["params"],
        json!([{"name": "q", "value": "x y&z"}, {"name": "b", "value": "2"}])
    );

    let file = field(
        "curl https://a.test -H 'Content-Type: image/png' --data-binary @cat.png",
        "body",
    );
    assert_eq!(file, json!({"mimeType": "image/png", "fileName": "cat.png"}));

    let guessed = parsed("curl https://a.test -d '{\"a\":[1]}'");
    assert_eq!(guessed.fields["body"]["mimeType"], "application/json");
    assert_eq!(guessed.report.changed.len(), 1);
}

#[test]
fn forms_of_parts_keep_files_and_texts() {
    let text =
        "curl https://a.test -F name=Ana -F 'photo=@/tmp/a.png;type=image/png' --form-string 'note=@home'";
    let body = field(text, "body");
    assert_eq!(body["mimeType"], "multipart/form-data");
    assert_eq!(
        body["params"],
        json!([
            {"name": "name", "value": "Ana"},
            {"name": "photo", "value": "", "type": "file", "fileName": "/tmp/a.png"},
            {"name": "note", "value": "@home"},
        ])
    );
}

#[test]
fn cookies_agent_and_referer_become_headers() {
    let headers = field(
        "curl https://a.test -b 'a=1' -b b=2 -A me/1 -e https://b.test",
        "headers",
    );
    assert_eq!(
        headers,
        json!([
            {"name": "User-Agent", "value": "me/1"},
            {"name": "Referer", "value": "https://b.test"},
            {"name": "Cookie", "value": "a=1; b=2"},
        ])
    );
}

#[test]
fn what_is_not_taken_is_said() {
    let report = parsed("FOO=1 curl --frobnicate --proxy http://p:1 -k https://a.test -o out | jq .").report;
    let left = report.left.join("\n");
    for part in ["--frobnicate", "--proxy", "--insecure", "jq ."] {
        assert!(left.contains(part), "{part} is not in {left}");
    }
    assert!(!left.contains("--output"));
}

#[test]
fn shell_variables_become_variables_and_secrets_are_counted() {
    let text = "curl \"$BASE/users\" -H \"Authorization: Bearer ${TOKEN}\" -H 'X-Api-Key: abc'";
    let request = parsed(text);
    assert_eq!(request.fields["url"], "{{ _.BASE }}/users");
    assert_eq!(request.fields["headers"][0]["value"], "Bearer {{ _.TOKEN }}");
    assert_eq!(request.report.secrets, 1);
}

#[test]
fn only_commands_are_taken_for_commands() {
    assert!(is_curl("  curl https://a.test"));
    assert!(is_curl("$ curl -X GET a"));
    assert!(!is_curl("https://a.test/curl "));
    assert!(!is_curl("curling club"));
    assert!(parse_curl("curl").is_none());
    assert!(parse_curl("").is_none());
}

/// A project with one request that has these fields.
fn project(fields: &[(&str, Value)]) -> (Collections, ResourceId) {
    let (collection, files) =
        Collections::default().create_collection("Parcels", Scope::Collection, 1, |_| false);
    let all = Collections::default().with_files(files.into_iter().map(|file| (file.path, file.after)));
    let (id, files) = all.create(Kind::Request, &collection, "List", 1).unwrap();
    let all = all.with_files(files.into_iter().map(|file| (file.path, file.after)));
    let edits: Vec<FieldEdit> = fields
        .iter()
        .map(|(path, value)| FieldEdit {
            path: (*path).to_owned(),
            value: Some(value.clone()),
        })
        .collect();
    let files = all.set_fields(&id, &edits, 2).unwrap();
    (
        all.with_files(files.into_iter().map(|file| (file.path, file.after))),
        id,
    )
}

#[test]
fn a_request_becomes_a_command() {
    let (all, id) = project(&[
        ("url", "https://api.test/parcels/:id".into()),
        ("method", "POST".into()),
        ("pathParameters", json!([{"name": "id", "value": "a b"}])),
        (
            "parameters",
            json!([{"name": "q", "value": "x&y"}, {"name": "off", "value": "1", "disabled": true}]),
        ),
        ("headers", json!([{"name": "X-Note", "value": "it's"}])),
        (
            "body",
            json!({"mimeType": "application/json", "text": "{\"a\": 1}"}),
        ),
        (
            "authentication",
            json!({"type": "bearer", "token": "{{ _.token }}"}),
        ),
    ]);
    assert_eq!(
        all.curl(&id, None).unwrap(),
        "curl 'https://api.test/parcels/a%20b?q=x%26y' \\\n  \
         --header 'X-Note: it'\\''s' \\\n  \
         --header 'Authorization: Bearer {{ _.token }}' \\\n  \
         --header 'Content-Type: application/json' \\\n  \
         --data-raw '{\"a\": 1}'"
    );
}

#[test]
fn a_folder_is_no_command() {
    let (all, _) = project(&[]);
    let collection = all.trees()[0].id.clone();
    let error = all.curl(&collection, None).unwrap_err();
    assert_eq!(error.code(), "bad-place");
}

/// Fields that say what is sent, for comparing.
fn sent(fields: &serde_json::Map<String, Value>) -> Value {
    json!({
        "url": fields["url"], "method": fields["method"], "parameters": fields["parameters"],
        "headers": fields["headers"], "body": fields["body"], "authentication": fields["authentication"],
    })
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in ".{0,200}") {
        let _ = parse_curl(&text);
        let _ = parse_curl(&format!("curl {text}"));
    }

    #[test]
    fn shell_syntax_is_read_without_a_panic(text in r#"curl( |\\|"|'|\$'|\^|-[A-Za-z]|--data|\\u|@|=|\n|x){0,60}"#) {
        let _ = parse_curl(&text);
    }

    #[test]
    fn a_copied_command_pastes_as_the_same_request(
        method in "(GET|POST|PUT|DELETE)",
        names in proptest::collection::vec(("[a-zA-Z][a-zA-Z0-9-]{0,8}", "[ -~äß€]{1,20}"), 0..4),
        text in "[ -~\n\tüß🚀]{1,60}",
    ) {
        let rows: Vec<Value> = names.iter().map(|(name, value)| json!({"name": format!("x{name}"), "value": value.trim()}))
            .filter(|row| row["value"] != "" && !row["value"].as_str().unwrap_or_default().contains("{{")).collect();
        prop_assume!(!text.contains("{{"));
        let (all, id) = project(&[
            ("url", "https://api.test/a".into()),
            ("method", method.into()),
            ("parameters", rows.clone().into()),
            ("headers", rows.into_iter().chain([json!({"name": "Content-Type", "value": "text/plain"})]).collect()),
            ("body", json!({"mimeType": "text/plain", "text": text})),
            ("authentication", json!({"type": "basic", "username": "ana", "password": "p:w"})),
        ]);
        let before = all.resource(&id).unwrap().fields;
        let after = parsed(&all.curl(&id, None).unwrap()).fields;
        prop_assert_eq!(sent(&before), sent(&after));
    }
}
