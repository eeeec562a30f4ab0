//! Lists of rows with a name: headers, parameters and the like.

use serde_json::{Map, Value, json};

/// Fields that are lists of rows.
const ROW_FIELDS: [&str; 4] = ["headers", "parameters", "pathParameters", "metadata"];

/// What a row may have, so that `headers.X.disabled` is told from a name with a dot.
const ROW_KEYS: [&str; 9] = [
    "id",
    "name",
    "value",
    "description",
    "disabled",
    "type",
    "multiline",
    "fileName",
    "enabled",
];

/// Is this field a list of rows? `inner` is the key below a body.
pub(crate) fn is_row_field(field: &str, inner: Option<&str>) -> bool {
    match (field, inner) {
        ("body", Some("params")) => true,
        (field, None) => ROW_FIELDS.contains(&field),
        _ => false,
    }
}

/// May a row have this key?
pub(crate) fn is_row_key(key: &str) -> bool {
    ROW_KEYS.contains(&key)
}

/// Name of a row.
pub(crate) fn row_name(row: &Value) -> &str {
    row.get("name").and_then(Value::as_str).unwrap_or_default()
}

/// The row of this name: as written, or else whatever its case.
pub(crate) fn find_row(rows: &[Value], name: &str) -> Option<usize> {
    let exact = rows.iter().position(|row| row_name(row) == name);
    exact.or_else(|| {
        rows.iter()
            .position(|row| row_name(row).eq_ignore_ascii_case(name))
    })
}

/// A new row. A map is taken as the row itself.
pub(crate) fn new_row(name: &str, value: Value) -> Value {
    match value {
        Value::Object(given) => {
            let mut row: Map<String, Value> = Map::new();
            row.insert("name".to_owned(), name.into());
            row.extend(given);
            Value::Object(row)
        }
        value => json!({ "name": name, "value": value }),
    }
}
