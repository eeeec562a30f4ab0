//! Values that look like passwords or tokens.

use serde_json::{Map, Value};

const AUTH_FIELDS: &[&str] = &[
    "password",
    "token",
    "clientSecret",
    "accessToken",
    "refreshToken",
    "secretAccessKey",
    "sessionToken",
    "consumerSecret",
    "tokenSecret",
    "privateKey",
];

const TELLING: &[&str] = &[
    "token",
    "secret",
    "password",
    "passwd",
    "pwd",
    "apikey",
    "accesskey",
    "privatekey",
    "credential",
    "authorization",
    "cookie",
];

const ROWS: &[&str] = &["headers", "parameters", "metadata"];

/// How many values of a resource look like secrets. Templates are none.
pub(crate) fn count(fields: &Map<String, Value>) -> u32 {
    let auth = fields.get("authentication").map_or(0, authentication);
    let rows = ROWS.iter().filter_map(|field| fields.get(*field)?.as_array());
    let rows = rows
        .flatten()
        .filter(|row| tells(row["name"].as_str().unwrap_or_default()) && is_secret(&row["value"]));
    let data = ["data", "environment"]
        .iter()
        .filter_map(|field| fields.get(*field));
    let data: u32 = data.map(|data| in_data(data, 0)).sum();
    auth + data + u32::try_from(rows.count()).unwrap_or(u32::MAX)
}

fn authentication(auth: &Value) -> u32 {
    let mut fields: Vec<&str> = AUTH_FIELDS.to_vec();
    match auth["type"].as_str() {
        Some("apikey") => fields.push("value"),
        Some("hawk") => fields.push("key"),
        _ => {}
    }
    let found = fields.iter().filter(|field| is_secret(&auth[**field]));
    u32::try_from(found.count()).unwrap_or(u32::MAX)
}

fn in_data(data: &Value, depth: usize) -> u32 {
    const MAX_DEPTH: usize = 32;
    let entries = data.as_object().into_iter().flatten();
    entries
        .map(|(name, value)| match value {
            Value::Object(_) if depth < MAX_DEPTH => in_data(value, depth + 1),
            value => u32::from(tells(name) && is_secret(value)),
        })
        .sum()
}

fn tells(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|char| char.to_ascii_lowercase())
        .collect();
    TELLING.iter().any(|word| plain.contains(word))
}

/// A text that is there and is no template.
fn is_secret(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|text| !text.trim().is_empty() && !text.contains("{{") && !text.contains("{%"))
}
