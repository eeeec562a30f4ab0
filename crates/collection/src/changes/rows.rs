//! Lists of rows, matched by name: the n-th of its name before with the n-th of its name after.

use std::collections::HashMap;

use serde_json::Value;

use super::fields::{field_change, text};
use super::label::row_word;
use crate::edit::{path_key, row_name};
use crate::model::FieldChange;

/// A row with its place.
struct Row<'v> {
    index: usize,
    key: (&'v str, usize),
    content: &'v Value,
}

/// What differs between two lists of rows; `field` is the path of the list.
pub(crate) fn compare_rows(field: &str, before: &[Value], after: &[Value]) -> Vec<FieldChange> {
    let (before, after) = (keyed(before), keyed(after));
    let old: HashMap<_, _> = before.iter().map(|row| (row.key, row)).collect();
    let new: HashMap<_, _> = after.iter().map(|row| (row.key, row)).collect();
    let mut changes = Vec::new();
    for row in &after {
        match old.get(&row.key) {
            Some(other) => changes.extend(compare_row(field, row, other.content)),
            None => changes.push(whole_row(field, row, None, Some(row_text(row.content)))),
        }
    }
    let removed = before.iter().filter(|row| !new.contains_key(&row.key));
    changes.extend(removed.map(|row| whole_row(field, row, Some(row_text(row.content)), None)));
    changes.extend(order_change(field, &before, &after));
    changes
}

fn keyed(rows: &[Value]) -> Vec<Row<'_>> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let number = |(index, row)| {
        let name = row_name(row);
        let count = counts.entry(name).or_default();
        *count += 1;
        Row {
            index,
            key: (name, *count),
            content: row,
        }
    };
    rows.iter().enumerate().map(number).collect()
}

fn label(field: &str, row: &Row<'_>) -> String {
    let word = row_word(field);
    match row.key {
        ("", _) => format!("{word} without name"),
        (name, 1) => format!("{word} {name}"),
        (name, number) => format!("{word} {name} (no. {number})"),
    }
}

fn path(field: &str, row: &Row<'_>) -> String {
    match row.key {
        (name, 1) if !name.is_empty() => format!("{field}.{}", path_key(name)),
        _ => format!("{field}[{}]", row.index),
    }
}

fn whole_row(field: &str, row: &Row<'_>, before: Option<String>, after: Option<String>) -> FieldChange {
    field_change(path(field, row), label(field, row), before, after)
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

fn compare_row(field: &str, after: &Row<'_>, before: &Value) -> Vec<FieldChange> {
    let (Some(old), Some(new)) = (before.as_object(), after.content.as_object()) else {
        let is_same = before == after.content;
        let change = || whole_row(field, after, Some(text(before)), Some(text(after.content)));
        return if is_same { Vec::new() } else { vec![change()] };
    };
    let removed = old.keys().filter(|key| !new.contains_key(*key));
    let mut changes = Vec::new();
    for key in new.keys().chain(removed) {
        let (old, new) = (old.get(key), new.get(key));
        if old == new || is_unset(old) && is_unset(new) {
            continue;
        }
        let (path, label) = match key.as_str() {
            "value" => (path(field, after), label(field, after)),
            "disabled" => (
                format!("{}.{key}", path(field, after)),
                format!("{} off", label(field, after)),
            ),
            key => (
                format!("{}.{key}", path(field, after)),
                format!("{} {key}", label(field, after)),
            ),
        };
        let mut change = field_change(path, label, old.map(text), new.map(text));
        change.bookkeeping = key == "id";
        changes.push(change);
    }
    changes
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
    let common = |rows: &[Row<'_>], others: &[Row<'_>]| -> Vec<String> {
        let rows = rows
            .iter()
            .filter(|row| others.iter().any(|other| other.key == row.key));
        rows.map(|row| row.key.0.to_owned()).collect()
    };
    let (old, new) = (common(before, after), common(after, before));
    let change = || {
        let label = format!("order of {} rows", row_word(field));
        field_change(
            field.to_owned(),
            label,
            Some(old.join(", ")),
            Some(new.join(", ")),
        )
    };
    (old != new).then(change)
}
