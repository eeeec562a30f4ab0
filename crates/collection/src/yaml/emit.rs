//! Values as npm `yaml` 1.10.2 writes them with its defaults.

use serde_json::{Map, Value};

use super::number::js_number;
use super::string::{Place, string};

const STEP: usize = 2;
const LONGEST_SIMPLE_KEY: usize = 1024;

/// A whole document.
pub(crate) fn document(value: &Value) -> String {
    format!("{}\n", node(value, 0, None, false))
}

/// `key: value`, with what continues it indented behind `indent`.
pub(crate) fn entry(key: &str, value: &Value, indent: usize) -> String {
    let key = key_text(key, indent);
    if let Some(explicit) = key.strip_prefix("? ") {
        return explicit_entry(explicit, value, indent);
    }
    let at_start = key.encode_utf16().count() + 1;
    format!("{key}{}", value_behind_key(value, indent, at_start, false))
}

/// What stands behind the colon, with the space or line feed before it. `one_line` keeps strings on one line.
pub(crate) fn value_behind_key(value: &Value, indent: usize, at_start: usize, one_line: bool) -> String {
    let inner = indent + STEP;
    if is_block(value) {
        return format!("\n{}{}", " ".repeat(inner), node(value, inner, None, one_line));
    }
    let text = node(value, inner, Some(at_start), one_line);
    if text.starts_with('\n') {
        text
    } else {
        format!(" {text}")
    }
}

/// A list item behind its dash; `indent` is the column of what follows the dash.
pub(crate) fn item(value: &Value, indent: usize, one_line: bool) -> String {
    node(value, indent, None, one_line)
}

/// The key with its colon, or `? key` where it is too long for a simple one.
fn key_text(key: &str, indent: usize) -> String {
    let spaces = " ".repeat(indent + STEP);
    let place = Place {
        indent: &spaces,
        at_start: None,
        is_key: true,
        in_flow: false,
        one_line: true,
    };
    let text = string(key, place);
    if text.encode_utf16().count() > LONGEST_SIMPLE_KEY {
        format!("? {text}")
    } else {
        format!("{text}:")
    }
}

fn explicit_entry(key: &str, value: &Value, indent: usize) -> String {
    let text = node(value, indent + STEP, None, false);
    format!("? {key}\n{}: {text}", " ".repeat(indent))
}

fn is_block(value: &Value) -> bool {
    match value {
        Value::Array(items) => !items.is_empty(),
        Value::Object(map) => !map.is_empty(),
        _ => false,
    }
}

fn node(value: &Value, indent: usize, at_start: Option<usize>, one_line: bool) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => js_number(number),
        Value::String(text) => {
            let spaces = " ".repeat(indent);
            string(
                text,
                Place {
                    indent: &spaces,
                    at_start,
                    is_key: false,
                    in_flow: false,
                    one_line,
                },
            )
        }
        Value::Array(items) if items.is_empty() => "[]".to_owned(),
        Value::Object(map) if map.is_empty() => "{}".to_owned(),
        Value::Array(items) => sequence(items, indent),
        Value::Object(map) => mapping(map, indent),
    }
}

fn sequence(items: &[Value], indent: usize) -> String {
    let lines: Vec<_> = items
        .iter()
        .map(|item| format!("- {}", node(item, indent + STEP, None, false)))
        .collect();
    lines.join(&format!("\n{}", " ".repeat(indent)))
}

fn mapping(map: &Map<String, Value>, indent: usize) -> String {
    let all_null = map.values().all(Value::is_null);
    let lines: Vec<_> = javascript_order(map)
        .into_iter()
        .map(|(key, value)| {
            if all_null {
                key_without_value(key, indent)
            } else {
                entry(key, value, indent)
            }
        })
        .collect();
    lines.join(&format!("\n{}", " ".repeat(indent)))
}

/// A map of nothing but nulls is written as a set.
fn key_without_value(key: &str, indent: usize) -> String {
    let text = key_text(key, indent);
    format!(
        "? {}",
        text.strip_prefix("? ")
            .unwrap_or(text.strip_suffix(':').unwrap_or(&text))
    )
}

/// A JavaScript object lists integer keys first, in ascending order.
fn javascript_order(map: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut entries: Vec<_> = map.iter().collect();
    entries.sort_by_key(|(key, _)| array_index(key).map_or((1, 0), |index| (0, index)));
    entries
}

fn array_index(key: &str) -> Option<u32> {
    let index: u32 = key.parse().ok()?;
    (index != u32::MAX && index.to_string() == key).then_some(index)
}
