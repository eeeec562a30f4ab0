//! What differs between the fields of two versions of a resource.

use serde_json::{Map, Value};

use super::label::{is_bookkeeping, label};
use super::rows::compare_rows;
use super::tree::compare_tree;
use crate::kinds::kind_info;
use crate::model::{FieldChange, Kind};

type Fields = Map<String, Value>;

/// One field that differs.
pub(crate) fn field_change(
    path: String,
    label: String,
    before: Option<String>,
    after: Option<String>,
) -> FieldChange {
    FieldChange {
        path,
        label,
        before,
        after,
        bookkeeping: false,
    }
}

/// A value as text: strings as they are, everything else as JSON.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => crate::yaml::js_number(number),
        other => other.to_string(),
    }
}

/// All differences but where the resource lies, in the order of the editor, bookkeeping last.
pub(crate) fn compare_fields(kind: Kind, before: &Fields, after: &Fields) -> Vec<FieldChange> {
    let own = kind_info(kind).map(|info| info.fields).unwrap_or_default();
    let known = own.iter().copied();
    let unknown = before
        .keys()
        .chain(after.keys().filter(|key| !before.contains_key(*key)));
    let unknown = unknown.map(String::as_str).filter(|key| !own.contains(key));
    let mut changes = Vec::new();
    for field in known
        .chain(unknown)
        .filter(|field| !matches!(*field, "_id" | "type" | "parentId"))
    {
        changes.extend(compare_field(field, before.get(field), after.get(field)));
    }
    if changes.is_empty() && !before.keys().eq(after.keys()) {
        changes.push(bookkeeping("", "order of fields"));
    }
    changes.sort_by_key(|change| change.bookkeeping);
    changes
}

/// The fields worth showing of a resource that came or went.
pub(crate) fn main_fields(kind: Kind, fields: &Fields, added: bool) -> Vec<FieldChange> {
    let is_main =
        |field: &str| !(field.starts_with("setting") || matches!(field, "isPrivate" | "contentType"));
    let shown = fields
        .iter()
        .filter(|(key, value)| is_main(key) && !is_empty(Some(value)));
    let shown: Fields = shown.map(|(key, value)| (key.clone(), value.clone())).collect();
    let none = Map::new();
    let changes = if added {
        compare_fields(kind, &none, &shown)
    } else {
        compare_fields(kind, &shown, &none)
    };
    changes.into_iter().filter(|change| !change.bookkeeping).collect()
}

fn compare_field(field: &str, before: Option<&Value>, after: Option<&Value>) -> Vec<FieldChange> {
    if before == after {
        return Vec::new();
    }
    if is_empty(before) && is_empty(after) {
        // Versions of Insomnia differ in whether they write empty fields.
        return vec![bookkeeping(field, &format!("empty {}", label(field)))];
    }
    match field {
        "headers" | "parameters" | "pathParameters" | "metadata" => match (rows(before), rows(after)) {
            (Some(before), Some(after)) => compare_rows(field, before, after),
            _ => vec![whole(field, before, after)],
        },
        "body" => compare_body(before, after),
        "data" | "environment" => compare_tree(field, before, after, &|inner| {
            format!("environment value {inner}")
        }),
        "authentication" => compare_tree(field, before, after, &|inner| format!("authentication {inner}")),
        "reflectionApi" => compare_tree(field, before, after, &|inner| format!("reflection {inner}")),
        _ => vec![whole(field, before, after)],
    }
}

fn whole(field: &str, before: Option<&Value>, after: Option<&Value>) -> FieldChange {
    let shown = |value: Option<&Value>| value.filter(|value| !value.is_null()).map(text);
    let mut change = field_change(field.to_owned(), label(field), shown(before), shown(after));
    change.bookkeeping = is_bookkeeping(field);
    change
}

fn bookkeeping(path: &str, label: &str) -> FieldChange {
    FieldChange {
        bookkeeping: true,
        ..field_change(path.to_owned(), label.to_owned(), None, None)
    }
}

fn compare_body(before: Option<&Value>, after: Option<&Value>) -> Vec<FieldChange> {
    let (Some(old), Some(new)) = (as_map(before), as_map(after)) else {
        return vec![whole("body", before, after)];
    };
    let mut keys: Vec<&String> = old.keys().collect();
    keys.extend(new.keys().filter(|key| !old.contains_key(*key)));
    let mut changes = Vec::new();
    for key in keys {
        let (old, new) = (old.get(key), new.get(key));
        if old == new || is_empty(old) && is_empty(new) {
            continue;
        }
        let path = format!("body.{key}");
        if let ("params", Some(old), Some(new)) = (key.as_str(), rows(old), rows(new)) {
            changes.extend(compare_rows(&path, old, new));
            continue;
        }
        let label = match key.as_str() {
            "text" | "params" => "body".to_owned(),
            "mimeType" => "body type".to_owned(),
            "fileName" => "body file".to_owned(),
            other => format!("body {other}"),
        };
        changes.push(field_change(path, label, old.map(text), new.map(text)));
    }
    changes
}

fn as_map(value: Option<&Value>) -> Option<Map<String, Value>> {
    match value {
        None | Some(Value::Null) => Some(Map::new()),
        Some(value) => value.as_object().cloned(),
    }
}

fn rows(value: Option<&Value>) -> Option<&[Value]> {
    match value {
        None | Some(Value::Null) => Some(&[]),
        Some(value) => value.as_array().map(Vec::as_slice),
    }
}

/// Nothing, or what Insomnia writes for nothing.
pub(crate) fn is_empty(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Array(items)) => items.is_empty(),
        Some(Value::Object(map)) => map.is_empty(),
        Some(_) => false,
    }
}
