//! Values inside `{}` and `[]`: one line, strings always quoted, so that JSON files stay JSON.

use serde_json::Value;

/// The JSON text of a value.
pub(crate) fn flow(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", "))
        }
        Value::Object(map) => {
            let entries: Vec<_> = map.iter().map(|(key, value)| flow_entry(key, value)).collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Number(number) => super::js_number(number),
        Value::String(text) => flow_string(text),
        other => other.to_string(),
    }
}

/// `"key": value`.
pub(crate) fn flow_entry(key: &str, value: &Value) -> String {
    format!("{}: {}", flow_string(key), flow(value))
}

fn flow_string(text: &str) -> String {
    Value::from(text).to_string()
}
