//! Lists of rows, matched by name: the n-th of its name before with the n-th of its name after.

use std::collections::HashMap;

use serde_json::Value;

use super::content::Content;
use super::fields::{bookkeeping, field_change, text, texts};
use super::label::{row_key, row_word};
use super::shape::keys_of;
use crate::edit::path_key;
use crate::model::FieldChange;

/// Name of a row, and which of that name it is, from 0.
pub(crate) type RowName<'v> = (&'v str, usize);

/// A row with its name.
pub(crate) struct Row<'v> {
    /// Its name.
    pub name: RowName<'v>,
    /// What it holds.
    pub content: &'v Value,
}

/// The rows of a list with their names.
pub(crate) fn named<'v>(field: &str, rows: &'v [Value]) -> Vec<Row<'v>> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let key = row_key(field);
    let number = |row: &'v Value| {
        let name = row.get(key).and_then(Value::as_str).unwrap_or_default();
        let count = counts.entry(name).or_default();
        *count += 1;
        Row {
            name: (name, *count - 1),
            content: row,
        }
    };
    rows.iter().map(number).collect()
}

/// What differs between two lists of rows; `field` is the path of the list.
pub(crate) fn compare_rows(field: &str, before: &[Value], after: &[Value]) -> Vec<FieldChange> {
    let (before, after) = (named(field, before), named(field, after));
    let old: HashMap<_, _> = before.iter().map(|row| (row.name, row)).collect();
    let new: HashMap<_, _> = after.iter().map(|row| (row.name, row)).collect();
    let mut changes = Vec::new();
    for row in &after {
        match old.get(&row.name) {
            Some(other) => changes.extend(compare_row(field, row.name, other.content, row.content)),
            None => changes.push(whole_row(field, row.name, None, Some(row.content))),
        }
    }
    let removed = before.iter().filter(|row| !new.contains_key(&row.name));
    changes.extend(removed.map(|row| whole_row(field, row.name, Some(row.content), None)));
    changes.extend(order_change(field, &before, &after));
    changes
}

/// A row in words: `header X-Tenant`, `header X-Tenant (no. 2)`.
pub(crate) fn row_label(field: &str, name: RowName<'_>) -> String {
    let word = row_word(field);
    match name {
        ("", _) => format!("{word} without name"),
        (name, 0) => format!("{word} {name}"),
        (name, number) => format!("{word} {name} (no. {})", number + 1),
    }
}

/// Path of a row: `headers.Accept`, and for the second of its name `headers.Accept[1]`.
pub(crate) fn row_path(field: &str, (name, number): RowName<'_>) -> String {
    let path = format!("{field}.{}", path_key(name));
    if number == 0 {
        path
    } else {
        format!("{path}[{number}]")
    }
}

/// Path of one key of a row. Its value stands for the row.
pub(crate) fn cell_path(field: &str, name: RowName<'_>, key: &str) -> String {
    let row = row_path(field, name);
    if key == "value" {
        row
    } else {
        format!("{row}.{}", path_key(key))
    }
}

fn whole_row(field: &str, name: RowName<'_>, before: Option<&Value>, after: Option<&Value>) -> FieldChange {
    let (old, new) = (before.map(row_text), after.map(row_text));
    field_change(
        row_path(field, name),
        row_label(field, name),
        Content::Plain,
        old.as_deref(),
        new.as_deref(),
    )
}

fn row_text(row: &Value) -> String {
    let value = match (row.get("value"), row.get("fileName").and_then(Value::as_str)) {
        (_, Some(file)) if !file.is_empty() => file.to_owned(),
        (Some(value), _) => text(value),
        (None, _) if row.is_object() => String::new(),
        (None, _) => text(row),
    };
    if row.get("disabled") == Some(&Value::Bool(true)) {
        format!("{value} (off)")
    } else {
        value
    }
}

fn compare_row(field: &str, name: RowName<'_>, before: &Value, after: &Value) -> Vec<FieldChange> {
    let (Some(old), Some(new)) = (before.as_object(), after.as_object()) else {
        let is_same = before == after;
        return if is_same {
            Vec::new()
        } else {
            vec![whole_row(field, name, Some(before), Some(after))]
        };
    };
    let differing = keys_of(Some(old), Some(new)).filter(|key| old.get(*key) != new.get(*key));
    differing
        .map(|key| compare_cell(field, name, key, old.get(key), new.get(key)))
        .collect()
}

fn compare_cell(
    field: &str,
    name: RowName<'_>,
    key: &str,
    before: Option<&Value>,
    after: Option<&Value>,
) -> FieldChange {
    let (path, row) = (cell_path(field, name, key), row_label(field, name));
    if is_noise(key, before, after) {
        return bookkeeping(&path, &format!("{row} {key}"));
    }
    let (old, new) = texts(before, after);
    let change = |label: String, content, old: Option<&str>, new: Option<&str>| {
        field_change(path.clone(), label, content, old, new)
    };
    match key {
        "value" => change(row, Content::Plain, old.as_deref(), new.as_deref()),
        "disabled" => {
            let word = |value: Option<&Value>| if is_unset(value) { "on" } else { "off" };
            change(
                format!("{row} on or off"),
                Content::Plain,
                Some(word(before)),
                Some(word(after)),
            )
        }
        "description" => change(
            format!("{row} description"),
            Content::Prose,
            old.as_deref(),
            new.as_deref(),
        ),
        key => change(
            format!("{row} {key}"),
            Content::Plain,
            old.as_deref(),
            new.as_deref(),
        ),
    }
}

/// Whether a key of a row that differs is not worth a look.
pub(crate) fn is_noise(key: &str, before: Option<&Value>, after: Option<&Value>) -> bool {
    is_unset(before) && is_unset(after) || is_row_bookkeeping(key)
}

/// Ids, and the times a cookie was made and seen.
fn is_row_bookkeeping(key: &str) -> bool {
    matches!(key, "id" | "creation" | "creationIndex" | "lastAccessed")
}

/// `disabled: false` and an empty description say as much as nothing.
fn is_unset(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null | Value::Bool(false)) => true,
        Some(Value::String(text)) => text.is_empty(),
        Some(_) => false,
    }
}

fn order_change(field: &str, before: &[Row<'_>], after: &[Row<'_>]) -> Option<FieldChange> {
    let (old, new) = (common(before, after), common(after, before));
    if old == new {
        return None;
    }
    let names = |names: &[RowName<'_>]| names.iter().map(|name| name.0).collect::<Vec<_>>().join(", ");
    let label = format!("order of {}s", row_word(field));
    Some(field_change(
        field.to_owned(),
        label,
        Content::Plain,
        Some(&names(&old)),
        Some(&names(&new)),
    ))
}

/// The rows that both lists have, in the order of the first.
fn common<'v>(rows: &[Row<'v>], others: &[Row<'_>]) -> Vec<RowName<'v>> {
    let others: std::collections::HashSet<RowName<'_>> = others.iter().map(|row| row.name).collect();
    rows.iter()
        .map(|row| row.name)
        .filter(|name| others.contains(name))
        .collect()
}
