//! Values as npm `yaml` writes them with its defaults.

use serde_json::{Map, Value};

use super::dialect::Dialect;
use super::number::js_number;
use super::string::{Place, string};

/// Spaces a level.
pub(crate) const STEP: usize = 2;
const LONGEST_SIMPLE_KEY: usize = 1024;

/// A whole document.
pub(crate) fn document(value: &Value, dialect: Dialect) -> String {
    format!("{}\n", Emitter::new(dialect).node(value, 0, None))
}

/// Writes values in the style of one dialect.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Emitter {
    dialect: Dialect,
    one_line: bool,
}

impl Emitter {
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            one_line: false,
        }
    }

    /// Strings that are written directly stay on one line, as a comment follows them.
    pub(crate) fn before_comment(self, has_comment: bool) -> Self {
        Self {
            one_line: has_comment,
            ..self
        }
    }

    /// `key: value`, with what continues it indented behind `indent`.
    pub(crate) fn entry(self, key: &str, value: &Value, indent: usize) -> String {
        let key = self.key_text(key, indent);
        if let Some(explicit) = key.strip_prefix("? ") {
            let text = self.node(value, indent + STEP, None);
            return format!("? {explicit}\n{}: {text}", " ".repeat(indent));
        }
        let at_start = key.encode_utf16().count() + 1;
        format!("{key}{}", self.value_behind_key(value, indent, at_start))
    }

    /// What stands behind the colon, with the space or line feed before it.
    pub(crate) fn value_behind_key(self, value: &Value, indent: usize, at_start: usize) -> String {
        let inner = indent + STEP;
        if is_block(value) {
            return format!("\n{}{}", " ".repeat(inner), self.node(value, inner, None));
        }
        let text = self.node(value, inner, Some(at_start));
        if text.starts_with('\n') {
            text
        } else {
            format!(" {text}")
        }
    }

    /// A list item behind its dash; `indent` is the column of what follows the dash.
    pub(crate) fn item(self, value: &Value, indent: usize) -> String {
        self.node(value, indent, None)
    }

    /// The key with its colon, or `? key` where it is too long for a simple one.
    fn key_text(self, key: &str, indent: usize) -> String {
        let spaces = " ".repeat(indent + STEP);
        let place = Place {
            indent: &spaces,
            at_start: None,
            is_key: true,
            one_line: true,
            dialect: self.dialect,
        };
        let text = string(key, place);
        if text.encode_utf16().count() > LONGEST_SIMPLE_KEY {
            format!("? {text}")
        } else {
            format!("{text}:")
        }
    }

    fn node(self, value: &Value, indent: usize, at_start: Option<usize>) -> String {
        match value {
            Value::Null => "null".to_owned(),
            Value::Bool(value) => value.to_string(),
            Value::Number(number) => js_number(number),
            Value::String(text) => {
                let spaces = " ".repeat(indent);
                let place = Place {
                    indent: &spaces,
                    at_start,
                    is_key: false,
                    one_line: self.one_line,
                    dialect: self.dialect,
                };
                string(text, place)
            }
            Value::Array(items) if items.is_empty() => "[]".to_owned(),
            Value::Object(map) if map.is_empty() => "{}".to_owned(),
            Value::Array(items) => self.before_comment(false).sequence(items, indent),
            Value::Object(map) => self.before_comment(false).mapping(map, indent),
        }
    }

    fn sequence(self, items: &[Value], indent: usize) -> String {
        let items = items.iter();
        let lines: Vec<_> = items
            .map(|item| format!("- {}", self.node(item, indent + STEP, None)))
            .collect();
        lines.join(&format!("\n{}", " ".repeat(indent)))
    }

    fn mapping(self, map: &Map<String, Value>, indent: usize) -> String {
        // 1.x writes a map of nothing but nulls as a set.
        let as_set = self.dialect == Dialect::Yaml1 && map.values().all(Value::is_null);
        let lines: Vec<_> = javascript_order(map)
            .into_iter()
            .map(|(key, value)| {
                if as_set {
                    self.key_without_value(key, indent)
                } else {
                    self.entry(key, value, indent)
                }
            })
            .collect();
        lines.join(&format!("\n{}", " ".repeat(indent)))
    }

    fn key_without_value(self, key: &str, indent: usize) -> String {
        let text = self.key_text(key, indent);
        let bare = text
            .strip_prefix("? ")
            .or_else(|| text.strip_suffix(':'))
            .unwrap_or(&text);
        format!("? {bare}")
    }
}

fn is_block(value: &Value) -> bool {
    match value {
        Value::Array(items) => !items.is_empty(),
        Value::Object(map) => !map.is_empty(),
        _ => false,
    }
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
