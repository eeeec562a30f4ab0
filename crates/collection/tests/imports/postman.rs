//! Postman.

use serde_json::json;
use sheaf_collection::model::Kind;

use crate::samples::{POSTMAN, POSTMAN_20, POSTMAN_ENVIRONMENT};
use crate::support::import;

#[test]
fn a_collection_keeps_its_folders_and_order() {
    let done = import(&[("parcels.json", POSTMAN)]);
    assert_eq!(
        done.tree(),
        [
            "Parcels",
            "  Parcels",
            "    Orders",
            "      POST Create",
            "    PUT Form",
            "    POST Upload",
            "    POST Graph",
            "    POST Binary",
            "    GET Key",
            "    GET Plain",
            "  Base Environment",
        ]
    );
    assert_eq!(done.report.source, "Postman collection 2.1");
}

#[test]
fn requests_keep_what_they_send() {
    let done = import(&[("parcels.json", POSTMAN)]);
    let create = done.request("Create");
    assert_eq!(create["url"], "{{ _.base }}/orders/:id");
    assert_eq!(
        create["parameters"],
        json!([{"name": "dry", "value": "1"}, {"name": "skip", "value": "2", "disabled": true}])
    );
    assert_eq!(create["pathParameters"], json!([{"name": "id", "value": "42"}]));
    assert_eq!(
        create["headers"],
        json!([
            {"name": "X-Trace", "value": "{% uuid 'v4' %}", "description": "who"},
            {"name": "X-Off", "value": "1", "disabled": true},
            {"name": "Content-Type", "value": "application/json"},
        ])
    );
    assert_eq!(
        create["body"],
        json!({"mimeType": "application/json", "text": "{\"ref\": \"{{ _.ref }}\"}"})
    );
    assert_eq!(create["description"], "Makes one");
    assert_eq!(
        create["afterResponseScript"],
        "insomnia.test('ok', () => insomnia.response.to.have.status(201));"
    );
    assert_eq!(
        done.request("Form")["body"]["params"][1],
        json!({"name": "b", "value": "2", "description": "why", "disabled": true})
    );
    assert_eq!(
        done.request("Upload")["body"]["params"].as_array().unwrap().len(),
        3
    );
    let graph = done.request("Graph");
    assert_eq!(graph["body"]["text"], r#"{"query":"{ me }","variables":{"a":1}}"#);
    assert_eq!(done.request("Binary")["body"]["fileName"], "/a.bin");
    assert_eq!(
        done.request("Plain")["parameters"],
        json!([{"name": "b", "value": "c"}])
    );
}

#[test]
fn authentication_and_scripts_are_inherited_as_before() {
    let done = import(&[("parcels.json", POSTMAN)]);
    let around = done.fields(Kind::RequestGroup, "Parcels");
    assert_eq!(
        around["authentication"],
        json!({"type": "bearer", "token": "{{ _.token }}"})
    );
    assert_eq!(
        around["preRequestScript"],
        "insomnia.environment.set('now', Date.now());\nconsole.log('apm.x');"
    );
    assert_eq!(
        done.fields(Kind::RequestGroup, "Orders")["authentication"],
        json!({"type": "none"})
    );
    assert_eq!(done.request("Create")["authentication"], json!({}));
    assert_eq!(
        done.request("Key")["authentication"],
        json!({"type": "apikey", "key": "X-Key", "value": "abc", "addTo": "queryParams"})
    );
}

#[test]
fn variables_and_environments_are_environments() {
    let done = import(&[("e.json", POSTMAN_ENVIRONMENT), ("parcels.json", POSTMAN)]);
    let base = done.fields(Kind::Environment, "Base Environment");
    assert_eq!(
        base["data"],
        json!({"base": "https://api.test", "api_key": "s3cret-value"})
    );
    assert_eq!(
        done.fields(Kind::Environment, "Staging")["data"],
        json!({"base": "https://staging.test"})
    );
    assert!(done.says("api.key → api_key"));
    assert!(done.says("off in Parcels"));
    assert!(done.says("x in Staging"));
    assert!(done.says("Saved examples of responses are not taken: Create"));
    assert_eq!(done.report.secrets, 2);
}

#[test]
fn the_older_version_is_read_too() {
    let done = import(&[("old", POSTMAN_20)]);
    let login = done.request("Login");
    assert_eq!(login["url"], "https://old.test:8443/a/b");
    assert_eq!(
        login["authentication"],
        json!({"type": "basic", "username": "ana", "password": "geheim"})
    );
    assert_eq!(
        login["headers"],
        json!([{"name": "Accept", "value": "text/plain"}, {"name": "X-A", "value": "b"}])
    );
    assert_eq!(done.tree()[1], "  GET Login");
}
