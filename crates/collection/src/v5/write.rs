//! Changes to the document of a v5 file.

use serde_json::{Map, Value};

use super::fields::{field_place, to_v5};
use crate::edit::EditError;
use crate::model::Kind;
use crate::ordered::set_in_order;
use crate::resource::Step;

const META_ORDER: &[&str] = &["id", "created", "modified", "isPrivate", "description", "sortKey"];
const GROUP_META_ORDER: &[&str] = &["id", "created", "modified", "isPrivate", "sortKey", "description"];
const ROOT_ORDER: &[&str] = &["type", "schema_version", "name", "meta"];
const REQUEST_ORDER: &[&str] = &[
    "url",
    "name",
    "type",
    "meta",
    "method",
    "body",
    "parameters",
    "headers",
    "authentication",
    "scripts",
    "settings",
    "pathParameters",
];
const SOCKET_ORDER: &[&str] = &[
    "url",
    "name",
    "type",
    "meta",
    "settings",
    "authentication",
    "headers",
    "parameters",
    "pathParameters",
];
const GROUP_ORDER: &[&str] = &[
    "name",
    "type",
    "meta",
    "children",
    "scripts",
    "authentication",
    "environment",
    "environmentPropertyOrder",
    "headers",
];
const GRPC_ORDER: &[&str] = &[
    "url",
    "name",
    "type",
    "meta",
    "body",
    "metadata",
    "protoFileId",
    "protoMethodName",
    "reflectionApi",
];
const ENVIRONMENT_ORDER: &[&str] = &[
    "name",
    "meta",
    "data",
    "color",
    "subEnvironments",
    "dataPropertyOrder",
];
const TEST_ORDER: &[&str] = &["name", "meta", "requestId", "code", "tests"];

/// The item at this place of a document.
pub(crate) fn item_at<'v>(document: &'v mut Value, pointer: &[Step]) -> Option<&'v mut Map<String, Value>> {
    value_at(document, pointer)?.as_object_mut()
}

/// The value at this place of a document.
pub(crate) fn value_at<'v>(document: &'v mut Value, pointer: &[Step]) -> Option<&'v mut Value> {
    pointer.iter().try_fold(document, |value, step| match step {
        Step::Key(key) => value.get_mut(*key),
        Step::Index(index) => value.get_mut(*index),
    })
}

/// Takes over into a v5 item what differs between two sets of legacy fields.
pub(crate) fn write_fields(
    item: &mut Map<String, Value>,
    kind: Kind,
    old: &Map<String, Value>,
    new: &Map<String, Value>,
) -> Result<(), EditError> {
    let removed = old
        .keys()
        .filter(|key| !new.contains_key(*key))
        .map(|key| (key, &Value::Null));
    let set = new.iter().filter(|(key, value)| old.get(*key) != Some(*value));
    for (field, value) in set.chain(removed) {
        check_writable(kind, field)?;
        let own = [field.as_str()];
        let place = field_place(kind, field).unwrap_or(&own);
        write_value(item, place, to_v5(field, value), kind);
    }
    Ok(())
}

fn check_writable(kind: Kind, field: &str) -> Result<(), EditError> {
    if kind == Kind::ApiSpec && field != "modified" {
        return Err(EditError::read_only(
            "this collection file holds the spec as part of itself, not as a text. Edit the file in a text editor.",
        ));
    }
    if matches!(field, "scope" | "_id" | "type" | "parentId") {
        return Err(EditError::read_only(
            "collection files of Insomnia 11 and later fix this when they are made.",
        ));
    }
    Ok(())
}

fn write_value(item: &mut Map<String, Value>, place: &[&str], value: Value, kind: Kind) {
    write_below(item, place, value, order_of(kind), kind);
}

fn write_below(map: &mut Map<String, Value>, place: &[&str], value: Value, order: &[&str], kind: Kind) {
    match place {
        [] => {}
        // Insomnia leaves empty values out, so a new one is no value.
        [key] if is_empty(&value) => {
            map.shift_remove(*key);
        }
        [key] => set_in_order(map, key, value, order),
        [key, inner @ ..] => {
            if !map.get(*key).is_some_and(Value::is_object) {
                if is_empty(&value) {
                    return;
                }
                set_in_order(map, key, Value::Object(Map::new()), order);
            }
            if let Some(below) = map.get_mut(*key).and_then(Value::as_object_mut) {
                write_below(below, inner, value, inner_order(key, kind), kind);
                if below.is_empty() {
                    map.shift_remove(*key);
                }
            }
        }
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

fn order_of(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Workspace => ROOT_ORDER,
        Kind::Request => REQUEST_ORDER,
        Kind::WebSocketRequest | Kind::SocketIORequest => SOCKET_ORDER,
        Kind::RequestGroup => GROUP_ORDER,
        Kind::GrpcRequest => GRPC_ORDER,
        Kind::Environment => ENVIRONMENT_ORDER,
        Kind::UnitTest | Kind::UnitTestSuite => TEST_ORDER,
        _ => &[],
    }
}

fn inner_order(key: &str, kind: Kind) -> &'static [&'static str] {
    match (key, kind) {
        ("meta", Kind::RequestGroup) => GROUP_META_ORDER,
        ("meta", _) => META_ORDER,
        ("scripts", _) => &["preRequest", "afterResponse"],
        ("settings", _) => &[
            "renderRequestBody",
            "encodeUrl",
            "followRedirects",
            "cookies",
            "rebuildPath",
        ],
        _ => &[],
    }
}
