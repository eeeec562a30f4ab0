//! New, copied, moved and deleted items of a v5 document.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::write::{value_at, write_fields};
use crate::edit::{EditError, key_value, list_item};
use crate::model::{Kind, ResourceId};
use crate::resource::{Resource, Step};

/// The list under a holder that takes items of this kind.
fn list_key(holder: Kind, kind: Kind) -> Option<&'static str> {
    match (holder, kind) {
        (
            Kind::Workspace,
            Kind::Request
            | Kind::RequestGroup
            | Kind::GrpcRequest
            | Kind::WebSocketRequest
            | Kind::SocketIORequest,
        ) => Some("collection"),
        (
            Kind::RequestGroup,
            Kind::Request
            | Kind::RequestGroup
            | Kind::GrpcRequest
            | Kind::WebSocketRequest
            | Kind::SocketIORequest,
        ) => Some("children"),
        (Kind::Environment, Kind::Environment) => Some("subEnvironments"),
        (Kind::Workspace, Kind::UnitTestSuite) => Some("testSuites"),
        (Kind::UnitTestSuite, Kind::UnitTest) => Some("tests"),
        _ => None,
    }
}

/// Kinds that say their type in files of schema 5.2.
pub(crate) fn is_list_item(kind: Kind) -> bool {
    list_key(Kind::Workspace, kind) == Some("collection")
}

/// The v5 form of new legacy fields.
pub(crate) fn new_item(
    kind: Kind,
    fields: &Map<String, Value>,
    typed: bool,
) -> Result<Map<String, Value>, EditError> {
    let mut item = Map::new();
    for key in starting_keys(kind) {
        item.insert((*key).to_owned(), Value::Null);
    }
    if typed {
        item.insert("type".to_owned(), crate::kinds::kind_name(kind).into());
    }
    let own = fields
        .iter()
        .filter(|(key, _)| !matches!(key.as_str(), "_id" | "type" | "parentId"));
    let own: Map<String, Value> = own.map(|(key, value)| (key.clone(), value.clone())).collect();
    let meta = Map::from_iter([("id".to_owned(), fields.get("_id").cloned().unwrap_or_default())]);
    item.insert("meta".to_owned(), Value::Object(meta));
    write_fields(&mut item, kind, &Map::new(), &own)?;
    item.retain(|_, value| !value.is_null());
    Ok(item)
}

/// Keeps the order of the first keys, whatever comes first when they are set.
fn starting_keys(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::RequestGroup | Kind::Environment | Kind::UnitTest | Kind::UnitTestSuite => &["name"],
        _ => &["url", "name"],
    }
}

/// Puts an item into the list that its kind has under a holder.
pub(crate) fn insert_item(document: &mut Value, holder: &Resource, kind: Kind, item: Value) -> Option<()> {
    let key = list_key(holder.kind, kind)?;
    let holding = value_at(document, &holder.pointer)?.as_object_mut()?;
    if !holding.get(key).is_some_and(Value::is_array) {
        let order = list_order(holder.kind);
        crate::ordered::set_in_order(holding, key, Value::Array(Vec::new()), order);
    }
    let list = holding.get_mut(key)?.as_array_mut()?;
    let at = list
        .iter()
        .rposition(|other| rank(other) <= rank(&item))
        .map_or(0, |index| index + 1);
    list.insert(at, item);
    Some(())
}

fn list_order(holder: Kind) -> &'static [&'static str] {
    match holder {
        Kind::Workspace => &[
            "type",
            "schema_version",
            "name",
            "meta",
            "collection",
            "cookieJar",
            "environments",
            "spec",
            "testSuites",
        ],
        Kind::RequestGroup => &["name", "type", "meta", "children"],
        Kind::Environment => &["name", "meta", "data", "color", "subEnvironments"],
        _ => &["name", "meta", "tests"],
    }
}

/// Insomnia writes requests before folders before sockets, whatever their sort keys.
fn rank(item: &Value) -> u8 {
    if item.get("method").is_some() {
        0
    } else if item.get("url").is_none() {
        1
    } else if item.get("reflectionApi").is_some() {
        4
    } else if item
        .pointer("/meta/id")
        .and_then(Value::as_str)
        .is_some_and(|id| id.starts_with("socketio"))
    {
        3
    } else {
        2
    }
}

/// Takes an item out of its list; an empty list goes with it, as Insomnia leaves empty ones out.
pub(crate) fn remove_item(document: &mut Value, list: &[Step], index: usize) -> Option<()> {
    let items = value_at(document, list)?.as_array_mut()?;
    if index >= items.len() {
        return None;
    }
    items.remove(index);
    if items.is_empty()
        && let Some((Step::Key(key), holder)) = list.split_last()
    {
        value_at(document, holder)?.as_object_mut()?.shift_remove(*key);
    }
    Some(())
}

/// Moves items to another holder of the same document.
pub(crate) fn relocate_items(document: &mut Value, resources: &[&Resource], holder: &Resource) -> Option<()> {
    // Each leaves an empty place behind until the last is put in, so that the places of the others hold.
    let mut items = Vec::new();
    for resource in resources {
        let place = value_at(document, &resource.pointer)?;
        items.push((resource.kind, std::mem::replace(place, EMPTY_PLACE.into())));
    }
    for (kind, item) in items {
        insert_item(document, holder, kind, item)?;
    }
    close_places(document);
    Some(())
}

/// Stands where an item was; no file holds it, as none may hold a NUL.
const EMPTY_PLACE: &str = "\0";

/// Lists of items, wherever they are.
const LISTS: [&str; 5] = ["collection", "children", "testSuites", "tests", "subEnvironments"];

fn close_places(holder: &mut Value) {
    let Some(map) = holder.as_object_mut() else { return };
    for key in LISTS {
        let Some(items) = map.get_mut(key).and_then(Value::as_array_mut) else {
            continue;
        };
        let count = items.len();
        items.retain(|item| item != EMPTY_PLACE);
        items.iter_mut().for_each(close_places);
        if items.is_empty() && count > 0 {
            map.shift_remove(key);
        }
    }
    if let Some(base) = map.get_mut("environments") {
        close_places(base);
    }
}

/// Ids, name and times of a copy.
pub(crate) struct Copy<'c> {
    /// New ids by old ones.
    pub new_ids: &'c HashMap<ResourceId, ResourceId>,
    /// Name of the copy.
    pub name: String,
    /// Its sort key.
    pub key: f64,
    /// Unix milliseconds.
    pub now: i64,
}

/// Puts a copy of an item behind it.
pub(crate) fn copy_item(document: &mut Value, resource: &Resource, copy: &Copy<'_>) -> Option<()> {
    let (list, index) = list_item(&resource.pointer)?;
    let items = value_at(document, list)?.as_array_mut()?;
    let mut item = items.get(index)?.clone();
    renew(&mut item, copy);
    let map = item.as_object_mut()?;
    map.insert("name".to_owned(), copy.name.clone().into());
    if let Some(key) = map.get_mut("meta").and_then(|meta| meta.get_mut("sortKey")) {
        *key = key_value(copy.key);
    }
    items.insert(index + 1, item);
    Some(())
}

fn renew(item: &mut Value, copy: &Copy<'_>) {
    let Some(map) = item.as_object_mut() else { return };
    if let Some(meta) = map.get_mut("meta").and_then(Value::as_object_mut) {
        renew_id(meta, "id", copy);
        for time in ["created", "modified"] {
            if let Some(time) = meta.get_mut(time) {
                *time = copy.now.into();
            }
        }
    }
    renew_id(map, "requestId", copy);
    for list in ["children", "tests", "subEnvironments"] {
        map.get_mut(list)
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
            .for_each(|item| renew(item, copy));
    }
}

fn renew_id(map: &mut Map<String, Value>, key: &str, copy: &Copy<'_>) {
    let old = map
        .get(key)
        .and_then(Value::as_str)
        .map(|id| ResourceId(id.to_owned()));
    if let Some(new) = old.and_then(|old| copy.new_ids.get(&old)) {
        map.insert(key.to_owned(), new.0.clone().into());
    }
}
