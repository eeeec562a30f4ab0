//! Archives of browsers.

use serde_json::json;

use crate::samples::HAR;
use crate::support::import;

#[test]
fn requests_stand_in_a_folder_a_host_with_their_repetitions() {
    let done = import(&[("visit.har", HAR)]);
    assert_eq!(
        done.tree(),
        [
            "visit",
            "  shop.test",
            "    POST /cart",
            "    POST /cart",
            "  cdn.test",
            "    GET /",
        ]
    );
    assert!(done.says(":authority, User-Agent"));
    assert!(done.says("data:text/plain,hi"));
    assert!(done.report.secrets >= 1);
}

#[test]
fn query_headers_cookies_and_bodies_are_taken() {
    let done = import(&[("visit.har", HAR)]);
    let cart = done.request("/cart");
    assert_eq!(cart["parameters"], json!([{"name": "x", "value": "1"}]));
    assert_eq!(cart["url"], "https://shop.test/cart");
    let bodies: Vec<_> = done
        .all
        .ids()
        .iter()
        .filter_map(|id| done.all.resource(id))
        .filter(|resource| resource.name == "/cart")
        .map(|resource| resource.fields["body"].clone())
        .collect();
    assert!(bodies.contains(&json!({"mimeType": "application/json", "text": "{\"a\":1}"})));
    assert!(bodies.contains(
        &json!({"mimeType": "application/x-www-form-urlencoded", "params": [{"name": "a", "value": "b c"}]})
    ));
}
