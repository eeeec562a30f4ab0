//! Rows with a name and a value: headers, parameters, form fields.

use serde_json::{Map, Value};

/// A row.
pub(crate) fn row(name: impl Into<String>, value: impl Into<String>) -> Value {
    row_with(name, value, "", false)
}

/// A row with what may be said of it. Without a description or a switch it has no such keys.
pub(crate) fn row_with(
    name: impl Into<String>,
    value: impl Into<String>,
    description: &str,
    disabled: bool,
) -> Value {
    let mut row = Map::new();
    row.insert("name".to_owned(), Value::String(name.into()));
    row.insert("value".to_owned(), Value::String(value.into()));
    if !description.is_empty() {
        row.insert("description".to_owned(), description.into());
    }
    if disabled {
        row.insert("disabled".to_owned(), true.into());
    }
    Value::Object(row)
}

/// A file of a form.
pub(crate) fn file_row(name: impl Into<String>, file: impl Into<String>, disabled: bool) -> Value {
    let mut row = row_with(name, "", "", disabled);
    if let Some(row) = row.as_object_mut() {
        row.insert("type".to_owned(), "file".into());
        row.insert("fileName".to_owned(), Value::String(file.into()));
    }
    row
}

/// The value of the first row that is in use and has this name, whatever its case.
pub(crate) fn value_of<'v>(rows: &'v [Value], name: &str) -> Option<&'v str> {
    let is_it = |row: &&Value| {
        row.get("disabled") != Some(&Value::Bool(true))
            && row["name"]
                .as_str()
                .is_some_and(|own| own.eq_ignore_ascii_case(name))
    };
    rows.iter().find(is_it)?["value"].as_str()
}
