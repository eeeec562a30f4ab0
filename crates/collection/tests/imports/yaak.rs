//! Yaak.

use serde_json::json;
use sheaf_collection::model::Kind;

use crate::samples::YAAK;
use crate::support::import;

#[test]
fn a_synced_folder_is_a_collection() {
    let done = import(YAAK);
    assert_eq!(
        done.tree(),
        [
            "Yak shop",
            "  Orders",
            "    POST Create",
            "  Global Variables",
            "    Staging"
        ]
    );
    let create = done.request("Create");
    assert_eq!(create["url"], "{{ _.base }}/orders/:id");
    assert_eq!(create["pathParameters"], json!([{"name": "id", "value": "42"}]));
    assert_eq!(
        create["parameters"],
        json!([{"name": "dry", "value": "1", "disabled": true}])
    );
    assert_eq!(
        create["body"],
        json!({"mimeType": "application/json", "text": "{\"a\":1}"})
    );
    assert_eq!(create["authentication"]["username"], "ana");
    assert!(done.says("secure(value='x')"));
    let base = done.fields(Kind::Environment, "Global Variables");
    assert_eq!(base["data"], json!({"base": "https://a.test"}));
}
