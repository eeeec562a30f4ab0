//! New, copied, moved and deleted items of a v5 document.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::version::is_typed;
use super::write::{ROOT_ORDER, change_item, order_of, value_at};
use crate::edit::{EditError, key_value, list_item};
use crate::kinds::{kind_name, kind_of_id};
use crate::model::{Kind, ResourceId};
use crate::resource::{Resource, Step};

/// Where items of a kind stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the list under this key of the holder.
    List(&'static str),
    /// In the list under this key of the file.
    RootList(&'static str),
    /// Alone under this key of the file.
    Single(&'static str),
}

/// Where items of a kind stand that this holds; nothing where such a file has no place for them.
pub(crate) fn place(holder: Kind, kind: Kind) -> Option<Place> {
    match (holder, kind) {
        (Kind::Workspace, kind) if is_list_item(kind) => Some(Place::List("collection")),
        (Kind::RequestGroup, kind) if is_list_item(kind) => Some(Place::List("children")),
        (Kind::Environment, Kind::Environment) => Some(Place::List("subEnvironments")),
        (Kind::Workspace, Kind::UnitTestSuite) => Some(Place::List("testSuites")),
        (Kind::UnitTestSuite, Kind::UnitTest) => Some(Place::List("tests")),
        (Kind::Workspace | Kind::MockServer, Kind::MockRoute) => Some(Place::RootList("routes")),
        (Kind::Workspace, Kind::Environment) => Some(Place::Single("environments")),
        (Kind::Workspace, Kind::ApiSpec) => Some(Place::Single("spec")),
        (Kind::Workspace, Kind::CookieJar) => Some(Place::Single("cookieJar")),
        (Kind::Workspace, Kind::MockServer) => Some(Place::Single("server")),
        (Kind::Workspace, Kind::McpRequest) => Some(Place::Single("mcpRequest")),
        _ => None,
    }
}

/// Kinds that stand in a collection or a folder, and say their type in files of schema 5.2.
pub(crate) fn is_list_item(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Request
            | Kind::RequestGroup
            | Kind::GrpcRequest
            | Kind::WebSocketRequest
            | Kind::SocketIORequest
    )
}

/// The v5 form of legacy fields. What is empty is left out, as Insomnia does.
pub(crate) fn new_item(
    kind: Kind,
    fields: &Map<String, Value>,
    typed: bool,
) -> Result<Map<String, Value>, EditError> {
    let mut item = Map::new();
    let own = fields
        .iter()
        .filter(|(key, _)| !matches!(key.as_str(), "_id" | "type" | "parentId"));
    let own: Map<String, Value> = own
        .filter(|(key, _)| !is_left_out(kind, key))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let meta = Map::from_iter([("id".to_owned(), fields.get("_id").cloned().unwrap_or_default())]);
    item.insert("meta".to_owned(), Value::Object(meta));
    change_item(&mut item, kind, &Map::new(), &own)?;
    if typed {
        typed_as(&mut item, Some(kind));
    }
    Ok(item)
}

/// Fields of the legacy layout for which v5 has no place, as they follow from something else there.
fn is_left_out(kind: Kind, field: &str) -> bool {
    matches!(
        (kind, field),
        (Kind::ApiSpec, "fileName" | "contentType") | (Kind::MockServer, "name") | (Kind::Workspace, "scope")
    )
}

/// Says, or (with nothing) leaves out, the type of an item and of those in it.
pub(crate) fn typed_as(item: &mut Map<String, Value>, kind: Option<Kind>) {
    if let Some(kind) = kind {
        crate::ordered::set_in_order(item, "type", kind_name(kind).into(), order_of(kind));
    } else {
        item.shift_remove("type");
    }
    let children = item.get_mut("children").and_then(Value::as_array_mut);
    for child in children.into_iter().flatten().filter_map(Value::as_object_mut) {
        let below = kind.and_then(|_| item_kind(child));
        if kind.is_none() || below.is_some() {
            typed_as(child, below);
        }
    }
}

/// Says, or leaves out, the types of all items, as the version of the document wants it.
pub(crate) fn say_types(document: &mut Value) {
    let typed = is_typed(document);
    let items = document.get_mut("collection").and_then(Value::as_array_mut);
    for item in items.into_iter().flatten().filter_map(Value::as_object_mut) {
        let kind = item_kind(item).filter(|_| typed);
        if kind.is_some() || !typed {
            typed_as(item, kind);
        }
    }
}

/// What an item without a type is, as Insomnia tells.
pub(crate) fn item_kind(item: &Map<String, Value>) -> Option<Kind> {
    let has = |key| item.contains_key(key);
    if has("children") || !["method", "reflectionApi", "url"].into_iter().any(has) {
        return Some(Kind::RequestGroup);
    }
    if has("method") {
        return Some(Kind::Request);
    }
    if has("reflectionApi") {
        return Some(Kind::GrpcRequest);
    }
    let id = item
        .get("meta")
        .and_then(|meta| meta.get("id"))
        .and_then(Value::as_str);
    id.and_then(kind_of_id).filter(|kind| is_list_item(*kind))
}

/// Puts an item where its kind stands under a holder.
pub(crate) fn insert_item(document: &mut Value, holder: &Resource, kind: Kind, item: Value) -> Option<()> {
    let (pointer, key) = match place(holder.kind, kind)? {
        Place::List(key) => (holder.pointer.as_slice(), key),
        Place::RootList(key) => (&[][..], key),
        Place::Single(key) => {
            let root = document.as_object_mut()?;
            let is_free = root.get(key).is_none_or(Value::is_null);
            return is_free.then(|| crate::ordered::set_in_order(root, key, item, ROOT_ORDER));
        }
    };
    let holding = value_at(document, pointer)?.as_object_mut()?;
    if !holding.get(key).is_some_and(Value::is_array) {
        let order = if pointer.is_empty() {
            ROOT_ORDER
        } else {
            order_of(holder.kind)
        };
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

/// Insomnia writes requests before folders before sockets, whatever their sort keys.
pub(crate) fn rank(item: &Value) -> u8 {
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

/// Takes an item out of the place where it stands; an emptied list goes with it, as Insomnia leaves these out.
pub(crate) fn remove_item(document: &mut Value, pointer: &[Step]) -> Option<()> {
    if let [Step::Key(key)] = pointer {
        return document.as_object_mut()?.shift_remove(*key).map(drop);
    }
    let (list, index) = list_item(pointer)?;
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

/// Stands where an item was; no file holds it, as none may hold a NUL.
pub(crate) const EMPTY_PLACE: &str = "\0";

/// Lists of items, wherever they are.
const LISTS: [&str; 6] = [
    "collection",
    "children",
    "testSuites",
    "tests",
    "subEnvironments",
    "routes",
];

/// Takes out every empty place, and the lists that nothing is left of.
pub(crate) fn close_places(holder: &mut Value) {
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
pub(crate) fn copy_item(document: &mut Value, pointer: &[Step], copy: &Copy<'_>) -> Option<()> {
    let (list, index) = list_item(pointer)?;
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

/// A whole document with new ids, a new name and new times.
pub(crate) fn renew_document(document: &mut Value, copy: &Copy<'_>) -> Option<()> {
    renew(document, copy);
    let map = document.as_object_mut()?;
    crate::ordered::set_in_order(map, "name", copy.name.clone().into(), ROOT_ORDER);
    Some(())
}

fn renew(item: &mut Value, copy: &Copy<'_>) {
    const SINGLES: [&str; 5] = ["environments", "cookieJar", "spec", "server", "mcpRequest"];
    let Some(map) = item.as_object_mut() else { return };
    if let Some(meta) = map.get_mut("meta").and_then(Value::as_object_mut) {
        renew_id(meta, "id", copy);
        for time in ["created", "modified"] {
            if let Some(time) = meta.get_mut(time) {
                *time = copy.now.into();
            }
        }
    }
    for reference in ["requestId", "protoFileId"] {
        renew_id(map, reference, copy);
    }
    for key in LISTS {
        map.get_mut(key)
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
            .for_each(|item| renew(item, copy));
    }
    for key in SINGLES {
        if let Some(single) = map.get_mut(key) {
            renew(single, copy);
        }
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
