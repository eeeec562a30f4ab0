//! What Insomnia's writer leaves out of an item.

use serde_json::{Map, Value};

/// Lists of rows, whose ids mean nothing to anybody else.
const ROWS: [&str; 3] = ["headers", "parameters", "params"];

/// What belongs to the user as it is, empty or not.
const DATA: [&str; 3] = ["data", "environment", "contents"];

/// Drops ids of rows and rows without a name and a value, scripts without text, and whatever is empty.
///
/// Insomnia also drops what is empty in environment data and API specs. There it may have been meant, so it stays.
pub(crate) fn tidy(item: &mut Map<String, Value>) {
    for (key, value) in item.iter_mut() {
        if DATA.contains(&key.as_str()) {
            continue;
        }
        match value {
            Value::Array(rows) if ROWS.contains(&key.as_str()) => tidy_rows(rows),
            Value::Object(scripts) if key == "scripts" => scripts.retain(|_, text| text != ""),
            _ => {}
        }
        tidy_value(value);
    }
    item.retain(|key, value| DATA.contains(&key.as_str()) || !is_nothing(value));
}

fn tidy_rows(rows: &mut Vec<Value>) {
    rows.retain(|row| {
        ["name", "value"]
            .iter()
            .any(|key| row.get(key).is_some_and(|text| text != ""))
    });
    for row in rows.iter_mut().filter_map(Value::as_object_mut) {
        row.shift_remove("id");
    }
}

fn tidy_value(value: &mut Value) {
    match value {
        Value::Object(map) => tidy(map),
        Value::Array(items) => {
            items.iter_mut().for_each(tidy_value);
            items.retain(|item| !is_nothing(item));
        }
        _ => {}
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}
