//! Reading values whose types nobody promised.

use serde_json::{Map, Value};

/// The text under a key; empty where there is none.
pub(crate) fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A value as a text: numbers and flags as they are written, lists and maps as JSON, null as nothing.
pub(crate) fn as_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The same for the value under a key.
pub(crate) fn any_text(value: &Value, key: &str) -> String {
    value.get(key).map(as_text).unwrap_or_default()
}

/// The list under a key; empty where there is none.
pub(crate) fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

/// The entries of the map under a key.
pub(crate) fn entries<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = (&'v String, &'v Value)> {
    value.get(key).and_then(Value::as_object).into_iter().flatten()
}

/// True where the key holds `true`.
pub(crate) fn flag(value: &Value, key: &str) -> bool {
    value.get(key) == Some(&Value::Bool(true))
}

/// A text, or the text of `{content, type}`.
pub(crate) fn description(value: Option<&Value>) -> &str {
    match value {
        Some(Value::String(text)) => text,
        Some(map) => text(map, "content"),
        None => "",
    }
}

/// A map without its empty texts and nulls.
pub(crate) fn without_empty(map: Map<String, Value>) -> Map<String, Value> {
    map.into_iter()
        .filter(|(_, value)| !value.is_null() && value.as_str() != Some(""))
        .collect()
}
