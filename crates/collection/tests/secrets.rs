//! Texts with their places, and values that move into a private environment.
#![allow(clippy::unwrap_used)]

mod common;

use common::{NOW, applied, id, set, shop};
use serde_json::json;
use sheaf_collection::model::Kind;
use sheaf_collection::{Collections, private_name};

/// Every text of a file: field, in words, the name it stands under, and whether templates count.
fn texts(all: &Collections, path: &str) -> Vec<(String, String, String, bool)> {
    let mut found = Vec::new();
    all.each_text(path, &mut |place, name, _| {
        found.push((
            place.field(),
            place.label(),
            name.to_owned(),
            place.takes_templates(),
        ));
    });
    found
}

fn changed(all: &Collections, of: &str, path: &str, value: serde_json::Value) -> Collections {
    applied(all, all.set_fields(&id(of), &[set(path, value)], NOW).unwrap())
}

#[test]
fn each_text_has_its_place_and_its_name() {
    let form = json!({"mimeType": "x", "params": [{"id": "pair_1", "name": "pin", "value": "1"}]});
    let all = changed(&shop(), "req_2", "body", form);
    let all = changed(
        &all,
        "req_2",
        "authentication",
        json!({"type": "apikey", "key": "X-Key", "value": "v"}),
    );
    let all = changed(
        &all,
        "env_1",
        "data",
        json!({"keys": [{"token": "t"}], "a.b": "c"}),
    );
    let request = texts(&all, ".insomnia/Request/req_1.yml");
    let line = |field: &str, label: &str, name: &str, templates| {
        (field.to_owned(), label.to_owned(), name.to_owned(), templates)
    };
    for expected in [
        line("url", "URL", "url", true),
        line("headers.X-Tenant", "header X-Tenant", "X-Tenant", true),
        line("headers.X-Tenant[1]", "header X-Tenant (no. 2)", "X-Tenant", true),
        line("authentication.token", "authentication token", "token", true),
        line("body.text", "body", "text", true),
    ] {
        assert!(request.contains(&expected), "{expected:?} in {request:#?}");
    }
    assert!(
        !request
            .iter()
            .any(|(field, ..)| field == "_id" || field.contains("pair_"))
    );
    let second = texts(&all, ".insomnia/Request/req_2.yml");
    assert!(
        second.contains(&line("body.params.pin", "form field pin", "pin", true)),
        "{second:#?}"
    );
    assert!(second.contains(&line(
        "authentication.value",
        "authentication value",
        "apiKey",
        true
    )));
    let environment = texts(&all, ".insomnia/Environment/env_1.yml");
    assert!(environment.contains(&line(
        "data.keys[0].token",
        "environment value keys.0.token",
        "token",
        true
    )));
    assert!(environment.contains(&line("data.\"a.b\"", "environment value a.b", "a.b", true)));
}

#[test]
fn a_value_moves_into_a_private_environment() {
    let all = changed(&shop(), "req_1", "headers.X-Api-Key", json!("Key abc-123"));
    let (moved, files) = all
        .move_to_private(&id("req_1"), "headers.X-Api-Key", "abc-123", None, NOW)
        .unwrap();
    let shared: Vec<&str> = files
        .iter()
        .map(|file| file.path.as_str())
        .filter(|path| private_name(path).is_none())
        .collect();
    assert_eq!(shared, [".insomnia/Request/req_1.yml"]);
    let all = applied(&all, files);
    assert_eq!(
        (moved.variable.as_str(), moved.environment_name.as_str()),
        ("x_api_key", "Private")
    );
    let environment = all.resource(&moved.environment).unwrap();
    assert_eq!(environment.kind, Kind::Environment);
    assert_eq!(environment.parent_id, Some(id("env_1")));
    assert_eq!(environment.fields["data"], json!({"x_api_key": "abc-123"}));
    assert_eq!(environment.fields["isPrivate"], json!(true));
    let headers = &all.resource(&id("req_1")).unwrap().fields["headers"];
    assert_eq!(headers[3]["value"], json!("Key {{ _.x_api_key }}"));

    // the next one finds the environment, the same value its name, and another value another name
    let all = changed(&all, "req_2", "headers.X-Api-Key", json!("abc-123"));
    let (again, files) = all
        .move_to_private(&id("req_2"), "headers.X-Api-Key", "abc-123", None, NOW)
        .unwrap();
    assert_eq!(again, moved);
    let all = applied(&all, files);
    let all = changed(&all, "req_2", "headers.X-Api-Key", json!("other-value"));
    let (other, _) = all
        .move_to_private(&id("req_2"), "headers.X-Api-Key", "other-value", None, NOW)
        .unwrap();
    assert_eq!(
        (other.variable.as_str(), &other.environment),
        ("x_api_key_2", &moved.environment)
    );
    let (named, _) = all
        .move_to_private(
            &id("req_2"),
            "headers.X-Api-Key",
            "other-value",
            Some("shopKey"),
            NOW,
        )
        .unwrap();
    assert_eq!(named.variable, "shop_key");
}

#[test]
fn a_value_of_a_shared_environment_gets_a_name_of_its_own() {
    let all = changed(&shop(), "env_1", "data.token", json!("abc-123"));
    let (moved, files) = all
        .move_to_private(&id("env_1"), "data.token", "abc-123", None, NOW)
        .unwrap();
    assert_eq!(moved.variable, "token_2");
    let all = applied(&all, files);
    assert_eq!(
        all.resource(&id("env_1")).unwrap().fields["data"]["token"],
        json!("{{ _.token_2 }}")
    );
}

#[test]
fn what_no_environment_can_give_stays() {
    let all = changed(
        &shop(),
        "req_1",
        "preRequestScript",
        json!("const key = 'abc-123';"),
    );
    for (field, value) in [
        ("preRequestScript", "abc-123"),
        ("url", "abc-123"),
        ("name", "Create"),
    ] {
        let error = all
            .move_to_private(&id("req_1"), field, value, None, NOW)
            .unwrap_err();
        assert_eq!(error.code(), "bad-field", "{field}");
    }
}

#[test]
fn a_collection_in_one_file_keeps_its_value_out_too() {
    let text = "type: collection.insomnia.rest/5.0\nname: Parcels\nmeta:\n  id: wrk_1\ncollection:\n  - url: /x\n    name: Track\n    meta:\n      id: req_1\n    method: GET\n    headers:\n      - name: X-Token\n        value: abc-123\n";
    let all = Collections::read([("parcels.yaml".to_owned(), text.as_bytes().to_vec())]);
    let (moved, files) = all
        .move_to_private(&id("req_1"), "headers.X-Token", "abc-123", None, NOW)
        .unwrap();
    let all = applied(&all, files);
    let text = String::from_utf8(all.bytes_of("parcels.yaml").unwrap()).unwrap();
    assert!(
        text.contains("value: \"{{ _.x_token }}\"") && !text.contains("abc-123"),
        "{text}"
    );
    assert_eq!(
        all.resource(&moved.environment).unwrap().fields["data"],
        json!({"x_token": "abc-123"})
    );
}
