//! Insomnia keeps the order of environment keys beside the data; a key missing there is shown in no order at all.

use serde_json::{Map, Value};

const ROOT: &str = "&";
const SEPARATOR: &str = "~|";

/// Data and the field that holds its order.
const ORDERED: [(&str, &str); 2] = [
    ("data", "dataPropertyOrder"),
    ("environment", "environmentPropertyOrder"),
];

/// After an edit of environment data: brings the order, where there is one, up to date.
pub(crate) fn update_order(field: &str, fields: &mut Map<String, Value>) {
    let Some((_, order_field)) = ORDERED.iter().find(|(data, _)| *data == field) else {
        return;
    };
    let Some(old) = fields.get(*order_field).and_then(Value::as_object) else {
        return;
    };
    let mut new = Map::new();
    if let Some(data) = fields.get(field) {
        collect(data, ROOT, old, &mut new);
    }
    let mut ordered: Map<String, Value> = Map::new();
    for path in old.keys().chain(new.keys()) {
        if let Some(keys) = new.get(path) {
            ordered.insert(path.clone(), keys.clone());
        }
    }
    // An empty order would hide the data from Insomnia.
    let value = if ordered.is_empty() {
        Value::Null
    } else {
        Value::Object(ordered)
    };
    fields.insert((*order_field).to_owned(), value);
}

fn collect(value: &Value, path: &str, old: &Map<String, Value>, new: &mut Map<String, Value>) {
    match value {
        Value::Object(map) => {
            if !map.is_empty() {
                new.insert(path.to_owned(), Value::Array(key_list(map, old.get(path))));
            }
            for (key, value) in map {
                collect(value, &format!("{path}{SEPARATOR}{key}"), old, new);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                collect(value, &format!("{path}{SEPARATOR}{index}"), old, new);
            }
        }
        _ => {}
    }
}

fn key_list(map: &Map<String, Value>, old: Option<&Value>) -> Vec<Value> {
    let old: Vec<&str> = old
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let kept = old.iter().copied().filter(|key| map.contains_key(*key));
    let added = map.keys().map(String::as_str).filter(|key| !old.contains(key));
    kept.chain(added).map(Value::from).collect()
}
