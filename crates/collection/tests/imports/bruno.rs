//! Bruno, in both of its formats.

use serde_json::json;
use sheaf_collection::model::Kind;

use crate::samples::{BRUNO, OPEN_COLLECTION};
use crate::support::import;

#[test]
fn a_folder_of_bru_files_keeps_its_order() {
    let done = import(BRUNO);
    assert_eq!(
        done.tree(),
        [
            "Shop",
            "  Shop",
            "    All orders",
            "      POST List",
            "      POST Create",
            "    PUT Upload",
            "  Base Environment",
            "    Staging",
        ]
    );
    assert_eq!(done.report.source, "Bruno collection");
}

#[test]
fn every_block_has_its_place_or_is_told() {
    let done = import(BRUNO);
    let create = done.request("Create");
    assert_eq!(create["url"], "{{ _.base }}/orders/:id");
    assert_eq!(
        create["parameters"],
        json!([{"name": "dry", "value": "1"}, {"name": "skip", "value": "2", "disabled": true}])
    );
    assert_eq!(create["pathParameters"], json!([{"name": "id", "value": "42"}]));
    assert_eq!(create["headers"][0], json!({"name": "X:Odd", "value": "a"}));
    assert_eq!(create["headers"][1]["disabled"], true);
    assert_eq!(
        create["authentication"],
        json!({"type": "basic", "username": "ana", "password": "geheim"})
    );
    assert_eq!(create["body"]["text"], "{\n  \"a\": {\n    \"b\": 1\n  }\n}");
    assert_eq!(create["description"], "Makes one.");
    assert_eq!(
        create["preRequestScript"],
        "insomnia.variables.set(\"day\", \"1\");\ninsomnia.variables.set(\"a\", 1);"
    );
    let tests = create["afterResponseScript"].as_str().unwrap();
    assert!(
        tests.starts_with("insomnia.test(\"ok\"")
            && tests.contains("insomnia.expect(insomnia.response.code)")
    );
    assert!(done.says("res.status: eq 200"));
    assert!(done.says("Bodies beside the one that is used are not taken"));
    assert!(done.says("off in Staging.bru"));
    assert_eq!(
        done.request("List")["body"]["text"],
        r#"{"query":"{ me }","variables":{"a":1}}"#
    );
    assert_eq!(done.request("List")["authentication"], json!({}));
    assert_eq!(done.request("Upload")["authentication"], json!({"type": "none"}));
    assert_eq!(
        done.request("Upload")["body"]["params"].as_array().unwrap().len(),
        3
    );
    assert_eq!(
        done.fields(Kind::RequestGroup, "All orders")["environment"],
        json!({"page": "1"})
    );
    assert_eq!(
        done.fields(Kind::RequestGroup, "Shop")["authentication"],
        json!({"type": "bearer", "token": "{{ _.token }}"})
    );
    assert_eq!(
        done.fields(Kind::Environment, "Base Environment")["data"],
        json!({"base": "https://a.test"})
    );
    assert_eq!(
        done.fields(Kind::Environment, "Staging")["data"],
        json!({"base": "https://staging.test", "token": ""})
    );
}

#[test]
fn an_open_collection_is_the_same_in_yaml() {
    let done = import(OPEN_COLLECTION);
    assert_eq!(
        done.tree(),
        [
            "Open shop",
            "  Open shop",
            "    Users",
            "      POST Create user",
            "  Base Environment",
            "    Development"
        ]
    );
    let create = done.request("Create user");
    assert_eq!(create["url"], "{{ _.base }}/users");
    assert_eq!(create["parameters"][0]["disabled"], true);
    assert_eq!(
        create["body"],
        json!({"mimeType": "application/json", "text": "{\"a\": 1}"})
    );
    assert_eq!(create["description"], "Makes a user.");
    assert_eq!(create["afterResponseScript"], "insomnia.test('ok', () => {});");
}
