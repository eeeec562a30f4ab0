//! Changes to the document of a v5 file.

use serde_json::{Map, Value};

use super::fields::{field_place, to_v5};
use crate::edit::{EditError, Stamp, new_id};
use crate::model::Kind;
use crate::ordered::set_in_order;
use crate::resource::Step;

const META_ORDER: &[&str] = &["id", "created", "modified", "isPrivate", "description", "sortKey"];
const GROUP_META_ORDER: &[&str] = &["id", "created", "modified", "isPrivate", "sortKey", "description"];
/// Keys of a file.
pub(super) const ROOT_ORDER: &[&str] = &[
    "type",
    "schema_version",
    "name",
    "meta",
    "server",
    "routes",
    "mcpRequest",
    "collection",
    "cookieJar",
    "environments",
    "spec",
    "testSuites",
    "certificates",
];
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
const SPEC_ORDER: &[&str] = &["file", "contents", "meta"];
const JAR_ORDER: &[&str] = &["name", "meta", "cookies"];
const SERVER_ORDER: &[&str] = &["meta", "url", "useInsomniaCloud"];
const ROUTE_ORDER: &[&str] = &[
    "name",
    "meta",
    "body",
    "headers",
    "method",
    "mimeType",
    "statusCode",
    "statusText",
];
const MCP_ORDER: &[&str] = &[
    "name",
    "url",
    "transportType",
    "headers",
    "authentication",
    "meta",
    "env",
    "roots",
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
    "eventListeners",
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

/// Takes over into a v5 item what differs between two sets of legacy fields. An item that gets its first bookkeeping
/// gets an id, too, as Insomnia reads no `meta` without one.
pub(crate) fn change_item(
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
        check_writable(kind, field, item)?;
        let own = [field.as_str()];
        let place = field_place(kind, field).unwrap_or(&own);
        write_value(item, place, to_v5(field, value), kind);
    }
    if let Some(meta) = item.get_mut("meta").and_then(Value::as_object_mut)
        && !meta.contains_key("id")
    {
        meta.shift_insert(0, "id".to_owned(), new_id(kind).0.into());
    }
    Ok(())
}

/// Brings the time of the last change up to date. An item without bookkeeping gets none.
pub(crate) fn stamp(item: &mut Map<String, Value>, kind: Kind, stamp: Stamp) {
    if stamp.write_modified
        && let Some(meta) = item.get_mut("meta").and_then(Value::as_object_mut)
    {
        set_in_order(meta, "modified", stamp.now.into(), inner_order("meta", kind));
    }
}

/// Refuses fields that have no place in a v5 file, or one of their own.
pub(crate) fn check_writable(kind: Kind, field: &str, item: &Map<String, Value>) -> Result<(), EditError> {
    match (kind, field) {
        (Kind::ApiSpec, "fileName") => Err(EditError::read_only(
            "a collection file has no place for a file name of its API spec. The name of the collection is shown.",
        )),
        (Kind::ApiSpec, "contentType") => Err(EditError::read_only(
            "the API spec is a part of the collection file, in whatever form its text has.",
        )),
        (Kind::ApiSpec, "contents") if item.contains_key("file") => Err(EditError::read_only(
            "the text of this API spec is in a file of its own, which this refers to.",
        )),
        (Kind::MockServer, "name") => Err(EditError::read_only(
            "a mock server in a collection file has the name of the collection. Rename that.",
        )),
        (_, "scope" | "_id" | "type" | "parentId") => Err(EditError::read_only(
            "collection files of Insomnia 11 and later fix this when they are made.",
        )),
        (_, "meta" | "scripts" | "settings") => Err(EditError::read_only(
            "these keys hold several fields. Set the field itself, such as `description` or `preRequestScript`.",
        )),
        _ => Ok(()),
    }
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

/// Keys of an item of this kind, in file order.
pub(crate) fn order_of(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Workspace => ROOT_ORDER,
        Kind::Request => REQUEST_ORDER,
        Kind::WebSocketRequest | Kind::SocketIORequest => SOCKET_ORDER,
        Kind::RequestGroup => GROUP_ORDER,
        Kind::GrpcRequest => GRPC_ORDER,
        Kind::Environment => ENVIRONMENT_ORDER,
        Kind::UnitTest | Kind::UnitTestSuite => TEST_ORDER,
        Kind::ApiSpec => SPEC_ORDER,
        Kind::CookieJar => JAR_ORDER,
        Kind::MockServer => SERVER_ORDER,
        Kind::MockRoute => ROUTE_ORDER,
        Kind::McpRequest => MCP_ORDER,
        _ => &[],
    }
}

fn inner_order(key: &str, kind: Kind) -> &'static [&'static str] {
    match (key, kind) {
        ("meta", Kind::RequestGroup) => GROUP_META_ORDER,
        ("meta", _) => META_ORDER,
        ("scripts", _) => &["preRequest", "afterResponse"],
        ("settings", Kind::Request) => &[
            "renderRequestBody",
            "encodeUrl",
            "followRedirects",
            "cookies",
            "rebuildPath",
        ],
        ("settings", _) => &["encodeUrl", "cookies", "followRedirects", "path"],
        ("cookies", Kind::Request) => &["send", "store"],
        ("cookies", _) => &["store", "send"],
        _ => &[],
    }
}
