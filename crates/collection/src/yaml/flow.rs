//! Values inside `{}` and `[]`: one line, strings quoted so that JSON files stay JSON.

use serde_json::Value;

/// The JSON text of a value.
pub(crate) fn flow(value: &Value) -> String {
    flow_with(value, &flow_string)
}

/// The same with other quotes for keys and strings.
pub(crate) fn flow_with(value: &Value, quoted: &dyn Fn(&str) -> String) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| flow_with(item, quoted)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(map) => {
            let entries: Vec<_> = map
                .iter()
                .map(|(key, value)| format!("{}: {}", quoted(key), flow_with(value, quoted)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Number(number) => super::js_number(number),
        Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}

/// A string in the quotes of JSON.
pub(crate) fn flow_string(text: &str) -> String {
    Value::from(text).to_string()
}
