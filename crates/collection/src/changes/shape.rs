//! How a field is taken apart into what can be told, and chosen, by itself.

use serde_json::{Map, Value};

use super::label::{is_rows, tree_word};
use super::noise::is_default;

/// A list of rows; nothing counts as an empty one.
pub(crate) type Rows<'v> = &'v [Value];

/// Two versions of a field, and what they are made of.
pub(crate) enum Shape<'v> {
    /// There is no difference.
    Same,
    /// Both say nothing.
    Noise,
    /// Rows with names.
    Rows(Rows<'v>, Rows<'v>),
    /// A body, with parts of its own.
    Body(Option<&'v Map<String, Value>>, Option<&'v Map<String, Value>>),
    /// A map whose keys are told one by one.
    Tree(&'static str),
    /// One value.
    Whole,
}

/// What a field is made of. `path` is its path from the top: `headers`, `body.params`.
pub(crate) fn shape<'v>(path: &str, before: Option<&'v Value>, after: Option<&'v Value>) -> Shape<'v> {
    if before == after {
        return Shape::Same;
    }
    if is_default(path, before) && is_default(path, after) {
        return Shape::Noise;
    }
    if is_rows(path)
        && let (Some(before), Some(after)) = (rows(before), rows(after))
    {
        return Shape::Rows(before, after);
    }
    match tree_word(path) {
        _ if path == "body" && is_map(before) && is_map(after) => Shape::Body(map(before), map(after)),
        Some(word) if is_map(before) && is_map(after) => Shape::Tree(word),
        _ => Shape::Whole,
    }
}

fn rows(value: Option<&Value>) -> Option<Rows<'_>> {
    match value {
        None | Some(Value::Null) => Some(&[]),
        Some(value) => value.as_array().map(Vec::as_slice),
    }
}

/// A map, or nothing.
fn is_map(value: Option<&Value>) -> bool {
    value.is_none_or(|value| value.is_object() || value.is_null())
}

fn map(value: Option<&Value>) -> Option<&Map<String, Value>> {
    value.and_then(Value::as_object)
}

/// Does a tree go on below these two values? A map that is empty on both sides, or stands against a value, is told whole.
pub(crate) fn goes_on(before: Option<&Value>, after: Option<&Value>) -> bool {
    let full = |value: Option<&Value>| map(value).is_some_and(|map| !map.is_empty());
    is_map(before) && is_map(after) && (full(before) || full(after))
}

/// The keys of both maps: those before first, in their order.
pub(crate) fn keys_of<'v>(
    before: Option<&'v Map<String, Value>>,
    after: Option<&'v Map<String, Value>>,
) -> impl Iterator<Item = &'v String> {
    let is_old = move |key: &&String| before.is_some_and(|map| map.contains_key(*key));
    let new = after
        .into_iter()
        .flat_map(Map::keys)
        .filter(move |key| !is_old(key));
    before.into_iter().flat_map(Map::keys).chain(new)
}
