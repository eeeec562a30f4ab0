//! A GraphQL request: its query as text, its variables as a tree.

use serde_json::{Map, Value};

use super::json::{Parts, json_tree};
use super::text::compare_text;
use crate::comparison::{PartChange, PartKind, PartsComparison, PartsOf, TextUnit};

/// What differs; nothing where one of the two is not what Insomnia writes.
pub(crate) fn compare_graphql(before: &str, after: &str) -> Option<PartsComparison> {
    let (before, after) = (request(before)?, request(after)?);
    let mut parts = Parts::new("");
    let removed = before.keys().filter(|key| !after.contains_key(*key));
    for key in after.keys().chain(removed) {
        let (old, new) = (before.get(key), after.get(key));
        if key == "query" || old == new {
            continue;
        }
        // Variables are kept as a map by some versions and as its text by others.
        match (old.and_then(variables), new.and_then(variables)) {
            (Some(old), Some(new)) => parts.compare(key, Some(&old), Some(&new), 0),
            _ => parts.push(key, old, new),
        }
    }
    let mut found = parts.finish(PartsOf::GraphQl);
    found
        .parts
        .splice(0..0, query(before.get("query"), after.get("query")));
    Some(found)
}

fn request(text: &str) -> Option<Map<String, Value>> {
    match json_tree(text)? {
        Value::Object(map) if map.contains_key("query") => Some(map),
        _ => None,
    }
}

fn variables(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => json_tree(text),
        Value::Object(_) => Some(value.clone()),
        _ => None,
    }
}

fn query(before: Option<&Value>, after: Option<&Value>) -> Option<PartChange> {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let (old, new) = (text(before), text(after));
    (old != new).then(|| PartChange {
        group: String::new(),
        place: "query".to_owned(),
        change: PartKind::Changed,
        before: None,
        after: None,
        text: Some(compare_text(TextUnit::Lines, &old, &new)),
    })
}
