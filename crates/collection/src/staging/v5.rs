//! A part of the changes of a collection file, where one file holds everything.
//!
//! Resources are found in a document by a mark that says their id, as places shift while others come and go. The text
//! is patched after each item that comes, goes or moves, so that each patch is the smallest one.

use serde_json::{Map, Value};

use super::choice::{Extent, Pick};
use super::select::put;
use crate::changes::Fields;
use crate::model::{ChangeKind, Kind, ResourceId};
use crate::ordered::set_in_order;
use crate::resource::Resource;
use crate::source::SourceFile;
use crate::v5::{field_place, item_at, to_v5};
use crate::yaml::{Dialect, parse, patch};

/// No key of a YAML file holds this character.
const MARK: &str = "\0id";
/// With more items that come, go or move, the text is patched once at the end.
const MAX_PATCHES: usize = 24;

type Select<'s> = &'s dyn Fn(&Pick<'_>, &Resource, &Resource) -> Fields;

/// The bytes of the file with what was picked of its changes; nothing where that cannot be made safely.
pub(super) fn build(
    before: Option<&SourceFile>,
    after: Option<&SourceFile>,
    picks: &[&Pick<'_>],
    select: Select<'_>,
) -> Option<Vec<u8>> {
    let (base, model) = (before.or(after)?, after.or(before)?);
    let mut part = Part {
        text: base.text()?.to_owned(),
        document: marked(base)?,
        model: marked(model)?,
        patches: picks.iter().filter(|pick| is_structural(pick)).count(),
    };
    if before.is_none() {
        // A new file: what was not chosen is taken out of it.
        for pick in picks.iter().filter(|pick| pick.extent == Extent::Nothing) {
            part.remove(&pick.change.id)?;
        }
        return part.finish();
    }
    for pick in picks.iter().filter(|pick| pick.extent != Extent::Nothing) {
        let id = &pick.change.id;
        if let (Some(old), Some(new)) = (resource(before, id), resource(after, id)) {
            part.set_fields(old, new, &select(pick, old, new))?;
        }
    }
    part.patch()?;
    let picked = |id: &ResourceId| picks.iter().find(|pick| pick.change.id == *id);
    for new in after.into_iter().flat_map(|file| &file.parsed().resources) {
        match picked(&new.id) {
            Some(pick) if pick.change.change == ChangeKind::Added && pick.extent == Extent::All => {
                let item = part.new_item(&new.id)?;
                part.insert(&new.id, item)?;
            }
            Some(pick) if is_move(pick) && pick.takes("parentId") => {
                let item = take(&mut part.document, &new.id.0)?;
                part.insert(&new.id, item)?;
            }
            _ => {}
        }
    }
    let is_gone = |pick: &&&Pick<'_>| pick.change.change == ChangeKind::Deleted && pick.extent == Extent::All;
    for pick in picks.iter().filter(is_gone) {
        // What lies in a folder went with the folder.
        if item(&mut part.document, &pick.change.id.0).is_some() {
            part.remove(&pick.change.id)?;
        }
    }
    part.finish()
}

fn resource<'f>(file: Option<&'f SourceFile>, id: &ResourceId) -> Option<&'f Resource> {
    file?
        .parsed()
        .resources
        .iter()
        .find(|resource| resource.id == *id)
}

fn is_move(pick: &Pick<'_>) -> bool {
    pick.change.fields.iter().any(|field| field.path == "parentId")
}

fn is_structural(pick: &Pick<'_>) -> bool {
    let came_or_went = matches!(pick.change.change, ChangeKind::Added | ChangeKind::Deleted);
    pick.extent != Extent::Nothing && (came_or_went || is_move(pick))
}

/// The document of a file with the id of each resource noted in it.
fn marked(file: &SourceFile) -> Option<Value> {
    let mut document = parse(file.text()?).ok()?.to_value();
    for resource in &file.parsed().resources {
        let item = item_at(&mut document, &resource.pointer)?;
        item.insert(MARK.to_owned(), resource.id.0.clone().into());
    }
    Some(document)
}

fn unmarked(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let own = map.iter().filter(|(key, _)| *key != MARK);
            Value::Object(own.map(|(key, value)| (key.clone(), unmarked(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(unmarked).collect()),
        other => other.clone(),
    }
}

fn mark(value: &Value) -> Option<&str> {
    value.get(MARK)?.as_str()
}

/// The item of a resource.
fn item<'v>(value: &'v mut Value, id: &str) -> Option<&'v mut Map<String, Value>> {
    if mark(value) == Some(id) {
        return value.as_object_mut();
    }
    match value {
        Value::Object(map) => map.values_mut().find_map(|value| item(value, id)),
        Value::Array(items) => items.iter_mut().find_map(|value| item(value, id)),
        _ => None,
    }
}

/// Takes an item out; a list that becomes empty goes with it, as Insomnia writes none.
fn take(value: &mut Value, id: &str) -> Option<Value> {
    match value {
        Value::Array(items) => match items.iter().position(|item| mark(item) == Some(id)) {
            Some(at) => Some(items.remove(at)),
            None => items.iter_mut().find_map(|item| take(item, id)),
        },
        Value::Object(map) => {
            let direct = map
                .iter()
                .find(|(_, value)| mark(value) == Some(id))
                .map(|(key, _)| key.clone());
            if let Some(key) = direct {
                return map.shift_remove(&key);
            }
            let (key, taken) = map
                .iter_mut()
                .find_map(|(key, value)| Some((key.clone(), take(value, id)?)))?;
            if map.get(&key).and_then(Value::as_array).is_some_and(Vec::is_empty) {
                map.shift_remove(&key);
            }
            Some(taken)
        }
        _ => None,
    }
}

/// Takes other resources out of an item.
fn strip(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|_, value| mark(value).is_none() && !holds_only_marked(value));
            map.values_mut().for_each(strip);
        }
        Value::Array(items) => {
            items.retain(|item| mark(item).is_none());
            items.iter_mut().for_each(strip);
        }
        _ => {}
    }
}

fn holds_only_marked(value: &Value) -> bool {
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    !items.is_empty() && items.iter().all(|item| mark(item).is_some())
}

/// Where an item stands: in which resource, under which key, and in a list behind and before which others.
struct Home {
    owner: String,
    key: String,
    /// The keys of the owner, for the place of a new one.
    order: Vec<String>,
    /// Siblings before it, the nearest first, and those behind it; absent where it stands alone.
    siblings: Option<(Vec<String>, Vec<String>)>,
}

fn home(value: &Value, id: &str) -> Option<Home> {
    let children: Vec<&Value> = match value {
        Value::Object(map) => map.values().collect(),
        Value::Array(items) => items.iter().collect(),
        _ => return None,
    };
    if let (Value::Object(map), Some(owner)) = (value, mark(value)) {
        let home = |key: &String, siblings| Home {
            owner: owner.to_owned(),
            key: key.clone(),
            order: map.keys().cloned().collect(),
            siblings,
        };
        for (key, value) in map {
            if mark(value) == Some(id) {
                return Some(home(key, None));
            }
            let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
            if let Some(at) = items.iter().position(|item| mark(item) == Some(id)) {
                let ids = |items: &[Value]| {
                    items
                        .iter()
                        .filter_map(mark)
                        .map(str::to_owned)
                        .collect::<Vec<_>>()
                };
                let mut before = ids(&items[..at]);
                before.reverse();
                return Some(home(key, Some((before, ids(&items[at + 1..])))));
            }
        }
    }
    children.into_iter().find_map(|value| home(value, id))
}

struct Part {
    text: String,
    document: Value,
    /// The document after.
    model: Value,
    /// Items that come, go or move.
    patches: usize,
}

impl Part {
    /// Makes the text hold what the document says.
    fn patch(&mut self) -> Option<()> {
        self.text = patch(&self.text, &unmarked(&self.document), Dialect::Yaml2).ok()?;
        Some(())
    }

    fn patch_early(&mut self) -> Option<()> {
        if self.patches > MAX_PATCHES {
            Some(())
        } else {
            self.patch()
        }
    }

    fn finish(mut self) -> Option<Vec<u8>> {
        self.patch()?;
        Some(self.text.into_bytes())
    }

    fn remove(&mut self, id: &ResourceId) -> Option<()> {
        take(&mut self.document, &id.0)?;
        self.patch_early()
    }

    fn new_item(&mut self, id: &ResourceId) -> Option<Value> {
        let mut item = Value::Object(item(&mut self.model, &id.0)?.clone());
        strip(&mut item);
        Some(item)
    }

    /// Puts an item where it stands after, next to those of its siblings that are there.
    fn insert(&mut self, id: &ResourceId, new: Value) -> Option<()> {
        let home = home(&self.model, &id.0)?;
        let order: Vec<&str> = home.order.iter().map(String::as_str).collect();
        let owner = item(&mut self.document, &home.owner)?;
        let Some((before, behind)) = home.siblings else {
            set_in_order(owner, &home.key, new, &order);
            return self.patch_early();
        };
        if !owner.get(&home.key).is_some_and(Value::is_array) {
            set_in_order(owner, &home.key, Value::Array(Vec::new()), &order);
        }
        let list = owner.get_mut(&home.key)?.as_array_mut()?;
        let place = |id: &String| list.iter().position(|item| mark(item) == Some(id));
        let at = before.iter().find_map(place).map(|at| at + 1);
        let at = at.or_else(|| behind.iter().find_map(place)).unwrap_or(list.len());
        list.insert(at, new);
        self.patch_early()
    }

    /// Gives an item those fields (under their legacy names) that differ from before.
    fn set_fields(&mut self, old: &Resource, new: &Resource, fields: &Fields) -> Option<()> {
        let model = item(&mut self.model, &new.id.0)?.clone();
        let target = item(&mut self.document, &old.id.0)?;
        let removed = old.fields.keys().filter(|key| !fields.contains_key(*key));
        let differing = fields
            .keys()
            .filter(|key| fields.get(*key) != old.fields.get(*key));
        for field in differing.chain(removed).filter(|field| *field != "parentId") {
            let own = [field.as_str()];
            let place: &[&str] = match (new.kind, field.as_str()) {
                (Kind::Workspace, "scope") => &["type"],
                (kind, field) => field_place(kind, field).unwrap_or(&own),
            };
            let value = if fields.get(field) == new.fields.get(field) {
                value_at(&model, place).cloned()
            } else {
                fields.get(field).map(|value| to_v5(field, value))
            };
            set_at(target, place, value, &model);
        }
        Some(())
    }
}

fn value_at<'v>(map: &'v Map<String, Value>, place: &[&str]) -> Option<&'v Value> {
    let (first, rest) = place.split_first()?;
    rest.iter()
        .try_fold(map.get(*first)?, |value, key| value.get(*key))
}

/// Sets a value below a map, with the keys in the order of the model; a map that becomes empty goes.
fn set_at(map: &mut Map<String, Value>, place: &[&str], value: Option<Value>, model: &Map<String, Value>) {
    let Some((key, rest)) = place.split_first() else {
        return;
    };
    if rest.is_empty() {
        return put(map, key, value, model);
    }
    let none = Map::new();
    let below = model.get(*key).and_then(Value::as_object).unwrap_or(&none);
    if !map.get(*key).is_some_and(Value::is_object) {
        if value.is_none() {
            return;
        }
        put(map, key, Some(Value::Object(Map::new())), model);
    }
    if let Some(Value::Object(inner)) = map.get_mut(*key) {
        set_at(inner, rest, value, below);
        if inner.is_empty() {
            map.shift_remove(*key);
        }
    }
}
