//! `OpenAPI` and Swagger.

use serde_json::{Value, json};
use sheaf_collection::model::Kind;

use crate::samples::{OPENAPI, SWAGGER};
use crate::support::import;

#[test]
fn operations_are_requests_in_folders_by_tag() {
    let done = import(&[("openapi.yaml", OPENAPI)]);
    assert_eq!(
        done.tree(),
        [
            "Parcels",
            "  orders",
            "    GET Get an order",
            "    PUT putOrder",
            "  POST POST /upload",
            "  Base Environment",
            "    Production",
            "    https://staging.test",
        ]
    );
    let workspace = done.fields(Kind::Workspace, "Parcels");
    assert_eq!(workspace["scope"], "design");
    let spec = done.fields(Kind::ApiSpec, "Parcels.yaml");
    assert_eq!(spec["contents"], OPENAPI);
    assert_eq!(spec["contentType"], "yaml");
    assert!(done.says("Callbacks"));
}

#[test]
fn parameters_examples_and_security_are_taken() {
    let done = import(&[("openapi.yaml", OPENAPI)]);
    let get = done.request("Get an order");
    assert_eq!(get["url"], "{{ _.base_url }}/orders/:id");
    assert_eq!(get["pathParameters"], json!([{"name": "id", "value": "42"}]));
    assert_eq!(
        get["parameters"],
        json!([{"name": "expand", "value": "lines", "disabled": true}])
    );
    assert_eq!(
        get["headers"],
        json!([{"name": "X-Trace", "value": "00000000-0000-4000-8000-000000000000"}])
    );
    assert_eq!(
        get["authentication"],
        json!({"type": "bearer", "token": "{{ _.bearer_token }}"})
    );
    let put = done.request("putOrder");
    assert_eq!(put["authentication"]["addTo"], "header");
    let body: Value = serde_json::from_str(put["body"]["text"].as_str().unwrap()).unwrap();
    assert_eq!(body["created"], "2024-01-01");
    assert_eq!(body["lines"], json!([1]));
    assert!(body.get("id").is_none());
    let upload = done.request("POST /upload");
    assert_eq!(upload["authentication"], json!({"type": "none"}));
    assert_eq!(upload["body"]["params"][0]["type"], "file");
    assert_eq!(
        upload["body"]["params"][1],
        json!({"name": "note", "value": "hello", "disabled": true})
    );
    let base = done.fields(Kind::Environment, "Base Environment");
    assert_eq!(
        base["data"],
        json!({"base_url": "https://eu.api.test/v1", "bearer_token": "", "key_key": ""})
    );
}

#[test]
fn swagger_2_is_read() {
    let done = import(&[("swagger.json", SWAGGER)]);
    let make = done.request("Make");
    assert_eq!(make["url"], "{{ _.base_url }}/a/{{ _.id }}.json");
    assert_eq!(make["body"]["mimeType"], "application/json");
    let body: Value = serde_json::from_str(make["body"]["text"].as_str().unwrap()).unwrap();
    assert_eq!(body, json!({"n": 0, "ok": true}));
    assert_eq!(make["authentication"]["type"], "basic");
    let form = done.request("POST /form");
    assert_eq!(form["body"]["mimeType"], "multipart/form-data");
    let base = done.fields(Kind::Environment, "Base Environment");
    assert_eq!(base["data"]["base_url"], "http://old.test/api");
    assert_eq!(
        done.fields(Kind::ApiSpec, "Old parcels.json")["contentType"],
        "json"
    );
}
