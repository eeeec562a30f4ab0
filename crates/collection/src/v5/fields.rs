//! Where v5 keeps what the legacy layout calls by other names.

use serde_json::{Map, Value};

use crate::model::Kind;

/// A legacy field, and the keys under which v5 keeps it.
type Mapping = (&'static str, &'static [&'static str]);

const META: &[Mapping] = &[
    ("_id", &["meta", "id"]),
    ("modified", &["meta", "modified"]),
    ("created", &["meta", "created"]),
    ("description", &["meta", "description"]),
    ("isPrivate", &["meta", "isPrivate"]),
    ("metaSortKey", &["meta", "sortKey"]),
];

const SCRIPTS: &[Mapping] = &[
    ("preRequestScript", &["scripts", "preRequest"]),
    ("afterResponseScript", &["scripts", "afterResponse"]),
];

const SETTINGS: &[Mapping] = &[
    (
        "settingDisableRenderRequestBody",
        &["settings", "renderRequestBody"],
    ),
    ("settingEncodeUrl", &["settings", "encodeUrl"]),
    ("settingFollowRedirects", &["settings", "followRedirects"]),
    ("settingSendCookies", &["settings", "cookies", "send"]),
    ("settingStoreCookies", &["settings", "cookies", "store"]),
    ("settingRebuildPath", &["settings", "rebuildPath"]),
    ("settingPath", &["settings", "path"]),
];

/// Keys that hold other resources, which are no fields.
const CONTAINERS: [&str; 11] = [
    "children",
    "subEnvironments",
    "tests",
    "collection",
    "cookieJar",
    "environments",
    "spec",
    "testSuites",
    "server",
    "routes",
    "mcpRequest",
];

fn mappings(kind: Kind) -> impl Iterator<Item = &'static Mapping> {
    let scripts = if matches!(kind, Kind::Request | Kind::RequestGroup) {
        SCRIPTS
    } else {
        &[]
    };
    let has_settings = matches!(
        kind,
        Kind::Request | Kind::WebSocketRequest | Kind::SocketIORequest
    );
    META.iter()
        .chain(scripts)
        .chain(if has_settings { SETTINGS } else { &[] })
}

/// The keys under which v5 keeps a legacy field; nothing where the name is the same.
pub(crate) fn field_place(kind: Kind, field: &str) -> Option<&'static [&'static str]> {
    mappings(kind)
        .find(|(name, _)| *name == field)
        .map(|(_, place)| *place)
}

/// The value as v5 writes it.
pub(crate) fn to_v5(field: &str, value: &Value) -> Value {
    match (field, value) {
        ("settingDisableRenderRequestBody", Value::Bool(disabled)) => Value::Bool(!disabled),
        _ => value.clone(),
    }
}

/// Does this key of an item hold other resources?
pub(crate) fn is_container(key: &str) -> bool {
    CONTAINERS.contains(&key)
}

/// Does this key of an item hold other resources, or its type, and so is no field?
pub(crate) fn is_no_field(key: &str) -> bool {
    key == "type" || CONTAINERS.contains(&key)
}

/// The fields of a v5 item under their legacy names. What has no legacy name keeps its own.
pub(crate) fn legacy_fields(kind: Kind, item: Map<String, Value>) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut rest = item;
    rest.retain(|key, _| !is_no_field(key));
    for (name, place) in mappings(kind) {
        if let Some(value) = take(&mut rest, place) {
            // The same negation leads back.
            fields.insert((*name).to_owned(), to_v5(name, &value));
        }
    }
    for emptied in ["meta", "scripts", "settings"] {
        if rest.get(emptied).is_some_and(is_hollow) {
            rest.shift_remove(emptied);
        }
    }
    fields.extend(rest);
    fields
}

fn take(map: &mut Map<String, Value>, place: &[&str]) -> Option<Value> {
    match place {
        [] => None,
        [key] => map.shift_remove(*key),
        [key, inner @ ..] => take(map.get_mut(*key)?.as_object_mut()?, inner),
    }
}

/// Nothing left but empty maps.
fn is_hollow(value: &Value) -> bool {
    value.as_object().is_some_and(|map| map.values().all(is_hollow))
}
