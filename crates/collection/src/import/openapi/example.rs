//! Examples from schemas.

use serde_json::{Map, Value};

use super::super::json::{entries, flag, list, text};
use super::references::References;

/// Objects within objects.
const MAX_DEPTH: usize = 8;
/// Values of one example.
const MAX_VALUES: usize = 1000;
/// Schemas that are joined for one object.
const MAX_PARTS: usize = 50;

/// Makes examples of one document. All together are limited: a few lines of schemas can describe gigabytes.
pub(super) struct Examples<'r> {
    references: References<'r>,
    left: usize,
}

impl<'r> Examples<'r> {
    pub(super) fn new(references: References<'r>) -> Self {
        Self {
            references,
            left: MAX_VALUES,
        }
    }

    /// An example of a schema; null where none can be made.
    pub(super) fn of(&mut self, schema: &'r Value) -> Value {
        self.example(schema, 0)
    }

    fn example(&mut self, schema: &'r Value, depth: usize) -> Value {
        let schema = self.references.resolved(schema);
        if self.left == 0 || depth > MAX_DEPTH {
            return Value::Null;
        }
        self.left -= 1;
        if let Some(given) = given(schema) {
            return given.clone();
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(first) = list(schema, key).first() {
                return self.example(first, depth + 1);
            }
        }
        let is_object = schema.get("properties").is_some() || schema.get("allOf").is_some();
        match kind(schema) {
            "object" => Value::Object(self.object(schema, depth)),
            "array" => self.array(schema, depth),
            "" if is_object => Value::Object(self.object(schema, depth)),
            "" if schema.get("items").is_some() => self.array(schema, depth),
            kind => simple(kind, schema),
        }
    }

    fn array(&mut self, schema: &'r Value, depth: usize) -> Value {
        let item = schema.get("items").map(|items| self.example(items, depth + 1));
        Value::Array(item.filter(|item| !item.is_null()).into_iter().collect())
    }

    fn object(&mut self, schema: &'r Value, depth: usize) -> Map<String, Value> {
        let mut object = Map::new();
        for part in self.parts(schema) {
            for (name, property) in entries(part, "properties") {
                if self.left == 0 {
                    return object;
                }
                if flag(self.references.resolved(property), "readOnly") {
                    continue;
                }
                let value = self.example(property, depth + 1);
                if !value.is_null() {
                    object.insert(name.clone(), value);
                }
            }
        }
        object
    }

    /// A schema and all it is joined from.
    fn parts(&self, schema: &'r Value) -> Vec<&'r Value> {
        let mut parts = Vec::new();
        let mut open = vec![schema];
        while let Some(next) = open.pop() {
            if parts.len() >= MAX_PARTS {
                break;
            }
            parts.push(next);
            open.extend(
                list(next, "allOf")
                    .iter()
                    .rev()
                    .take(MAX_PARTS)
                    .map(|part| self.references.resolved(part)),
            );
        }
        parts
    }
}

/// An example that the schema itself names.
pub(super) fn given(schema: &Value) -> Option<&Value> {
    schema
        .get("example")
        .or_else(|| schema.get("x-example"))
        .or_else(|| list(schema, "examples").first())
        .or_else(|| schema.get("default"))
        .or_else(|| schema.get("const"))
        .or_else(|| list(schema, "enum").first())
        .filter(|value| !value.is_null())
}

/// The type; of several the first that is not null.
fn kind(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::String(kind)) => kind,
        Some(Value::Array(kinds)) => kinds
            .iter()
            .filter_map(Value::as_str)
            .find(|kind| *kind != "null")
            .unwrap_or_default(),
        _ => "",
    }
}

fn simple(kind: &str, schema: &Value) -> Value {
    match kind {
        "integer" | "number" => schema
            .get("minimum")
            .filter(|value| value.is_number())
            .cloned()
            .unwrap_or_else(|| 0.into()),
        "boolean" => true.into(),
        "string" => match text(schema, "format") {
            "date-time" => "2024-01-01T00:00:00Z",
            "date" => "2024-01-01",
            "time" => "00:00:00Z",
            "email" => "user@example.com",
            "uuid" => "00000000-0000-4000-8000-000000000000",
            "uri" | "url" => "https://example.com",
            "hostname" => "example.com",
            "ipv4" => "192.0.2.1",
            "ipv6" => "2001:db8::1",
            "binary" | "byte" => "",
            _ => "string",
        }
        .into(),
        _ => Value::Null,
    }
}
