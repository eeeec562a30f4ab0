//! One resource as an item of a v5 file.

use serde_json::{Map, Value};

use super::fields::follows_from_layout;
use super::result::{Entry, Says};
use super::states::Found;
use super::tree::put;
use crate::changes::{Fields, keys_of};
use crate::edit::complete;
use crate::model::Kind;
use crate::v5;
use crate::yaml::{Node, normalised, parse};

type Item = Map<String, Value>;

/// The item with what the resource says in the result. `ours` and `theirs` are its items in the files of both, which
/// may hold places for others.
pub(super) fn merged_item(entry: &Entry<'_>, ours: Option<&Item>, theirs: Option<&Item>) -> Option<Item> {
    let fields = entry.fields()?;
    let (our, their) = (entry.ours.zip(ours.cloned()), entry.theirs.zip(theirs.cloned()));
    match (&entry.says, our, their) {
        (Says::Ours, Some((_, item)), _) | (Says::Theirs, _, Some((_, item))) => Some(item),
        (_, Some((found, mut item)), _) => {
            change(
                &mut item,
                entry.kind,
                &found.resource.fields,
                fields,
                entry.theirs,
                theirs,
            )?;
            Some(item)
        }
        (_, None, Some((found, mut item))) => {
            change(
                &mut item,
                entry.kind,
                &found.resource.fields,
                fields,
                entry.ours,
                ours,
            )?;
            Some(item)
        }
        (_, None, None) => new_item(entry, fields),
    }
}

/// An item for a resource that has been kept in a tree so far.
fn new_item(entry: &Entry<'_>, fields: &Fields) -> Option<Item> {
    let mut fields = complete(entry.text()?.resource, fields.clone());
    let contents = match (entry.kind, fields.get("contents").and_then(Value::as_str)) {
        (Kind::ApiSpec, Some(text)) => Some(tree_of(text)?),
        _ => None,
    };
    if contents.is_some() {
        fields.shift_remove("contents");
    }
    if entry.kind == Kind::Workspace {
        fields.retain(|field, _| !matches!(field.as_str(), "name" | "scope"));
    }
    let mut item = v5::new_item(entry.kind, &fields, false).ok()?;
    v5::tidy(&mut item);
    if let Some(contents) =
        contents.filter(|contents| contents.as_object().is_some_and(|map| !map.is_empty()))
    {
        item.shift_insert(0, "contents".to_owned(), contents);
    }
    Some(item)
}

/// What a spec means, as it stands in a collection file.
fn tree_of(text: &str) -> Option<Value> {
    v5::spec_text(text).ok().map(|spec| normalised(&spec.value))
}

/// Gives an item those fields that differ from its own. What is as in the other version is written as there.
fn change(
    item: &mut Item,
    kind: Kind,
    old: &Fields,
    new: &Fields,
    other: Option<Found<'_>>,
    other_item: Option<&Item>,
) -> Option<()> {
    let none = Map::new();
    for field in keys_of(Some(old), Some(new)) {
        let value = new.get(field);
        if value == old.get(field) || matches!(field.as_str(), "_id" | "type" | "parentId") {
            continue;
        }
        // Such a file has no place for what follows from its layout.
        let is_left_out = follows_from_layout(field) && !(kind == Kind::Workspace && field == "scope");
        if (is_left_out || kind == Kind::MockServer && field == "name") && !item.contains_key(field) {
            continue;
        }
        let own = [field.as_str()];
        let place: &[&str] = match (kind, field.as_str()) {
            (Kind::Workspace, "scope") => &["type"],
            _ => v5::field_place(kind, field).unwrap_or(&own),
        };
        let is_of_other = other.is_some_and(|other| other.resource.fields.get(field) == value);
        let written = match (other_item.filter(|_| is_of_other), value, field.as_str()) {
            (Some(other), ..) => value_at(other, place).cloned(),
            (None, Some(Value::String(scope)), "scope") if kind == Kind::Workspace => {
                Some(v5::type_name(scope).into())
            }
            (None, Some(Value::String(text)), "contents") if kind == Kind::ApiSpec => Some(tree_of(text)?),
            (None, Some(value), _) => tidied(field, v5::to_v5(field, value), other_item.is_none()),
            (None, None, _) => None,
        };
        set_at(item, place, written, other_item.unwrap_or(&none), kind);
    }
    Some(())
}

/// Out of a tree come ids of rows and other things that a collection file does not have.
fn tidied(field: &str, value: Value, comes_from_tree: bool) -> Option<Value> {
    if !comes_from_tree {
        return Some(value);
    }
    let mut alone = Map::from_iter([(field.to_owned(), value)]);
    v5::tidy(&mut alone);
    alone.shift_remove(field)
}

fn value_at<'v>(map: &'v Item, place: &[&str]) -> Option<&'v Value> {
    let (first, rest) = place.split_first()?;
    rest.iter()
        .try_fold(map.get(*first)?, |value, key| value.get(*key))
}

/// Sets a value below a map, with the keys in the order of the model; a map that becomes empty goes.
fn set_at(map: &mut Item, place: &[&str], value: Option<Value>, model: &Item, kind: Kind) {
    let Some((key, rest)) = place.split_first() else {
        return;
    };
    if rest.is_empty() {
        if model.contains_key(*key) || value.is_none() {
            return put(map, key, value, model);
        }
        return crate::ordered::set_in_order(map, key, value.unwrap_or_default(), v5::order_of(kind));
    }
    let none = Map::new();
    let below = model.get(*key).and_then(Value::as_object).unwrap_or(&none);
    if !map.get(*key).is_some_and(Value::is_object) {
        if value.is_none() {
            return;
        }
        set_at(map, &[key], Some(Value::Object(Map::new())), model, kind);
    }
    if let Some(Value::Object(inner)) = map.get_mut(*key) {
        set_at(inner, rest, value, below, kind);
        if inner.is_empty() {
            map.shift_remove(*key);
        }
    }
}

/// The value of a text that is one item.
pub(super) fn item_of(text: &str) -> Option<Item> {
    match parse(text).map(Node::into_value).ok()? {
        Value::Object(map) => Some(map),
        _ => None,
    }
}
