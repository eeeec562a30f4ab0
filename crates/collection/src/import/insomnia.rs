//! Insomnia's own files: exports of version 4 as JSON or YAML, collection files of version 5, and `.insomnia` folders.

use serde_json::{Map, Value};

use super::flat::{Flat, known_fields, trees};
use super::json::{list, text};
use super::planned::Planned;
use super::report::Notes;
use crate::collections::Collections;
use crate::kinds::kind_named;
use crate::model::Kind;

/// Is it an export of version 4 (or 3, which has the same form)?
pub(super) fn is_export(value: &Value) -> bool {
    value.get("resources").is_some_and(Value::is_array)
        && (text(value, "_type") == "export" || value.get("__export_format").is_some())
}

/// The collections of an export.
pub(super) fn export(value: &Value, notes: &mut Notes) -> Vec<Planned> {
    let mut flat = Vec::new();
    for resource in list(value, "resources") {
        let Some(fields) = resource.as_object() else {
            notes.left("An entry that is no resource is not taken", "");
            continue;
        };
        let kind_name = match text(resource, "_type") {
            "" => text(resource, "type"),
            name => name,
        };
        let Some(kind) = kind(kind_name) else {
            notes.left(
                "Resources of a kind that Sheaf does not know are not taken",
                &format!("{} ({kind_name})", text(resource, "name")),
            );
            continue;
        };
        flat.push(resource_of(
            kind,
            text(resource, "_id"),
            text(resource, "parentId"),
            fields,
            notes,
        ));
    }
    trees(flat, notes)
}

/// The collections in files that Insomnia's Git Sync wrote.
pub(super) fn files(files: Vec<(String, Vec<u8>)>, notes: &mut Notes) -> Vec<Planned> {
    let collections = Collections::read(files);
    for problem in collections.problems() {
        notes.left(
            "A file with a problem is not taken as it is",
            &format!("{}: {}", problem.path, problem.message),
        );
    }
    let mut flat = Vec::new();
    for id in collections.ids() {
        let Some((_, resource)) = collections.located(&id) else {
            continue;
        };
        let parent = resource.parent.as_ref().map_or("", |parent| parent.0.as_str());
        flat.push(resource_of(resource.kind, &id.0, parent, &resource.fields, notes));
    }
    trees(flat, notes)
}

fn resource_of(kind: Kind, id: &str, parent: &str, fields: &Map<String, Value>, notes: &mut Notes) -> Flat {
    let name_field = if kind == Kind::ApiSpec { "fileName" } else { "name" };
    let name = fields.get(name_field).and_then(Value::as_str).unwrap_or_default();
    let is_private = kind == Kind::Environment && fields.get("isPrivate") == Some(&Value::Bool(true));
    if is_private {
        notes.changed("A private environment is kept where Git never sees it", name);
    }
    let mut planned = Planned::new(kind, name);
    if is_private {
        planned.set("isPrivate", true);
    }
    planned.fields.extend(known_fields(kind, fields, name, notes));
    if let Some(key) = fields.get("metaSortKey").filter(|key| key.is_number()) {
        planned.set("metaSortKey", key.clone());
    }
    // An order without entries would hide the values.
    for order in ["dataPropertyOrder", "environmentPropertyOrder"] {
        if planned
            .fields
            .get(order)
            .and_then(Value::as_object)
            .is_some_and(Map::is_empty)
        {
            planned.fields.shift_remove(order);
        }
    }
    // Insomnia Designer had names of its own.
    match planned.fields.get("scope").and_then(Value::as_str) {
        Some("spec" | "designer") => planned.set("scope", "design"),
        Some("collection" | "design" | "mock-server" | "environment") => {}
        _ if kind == Kind::Workspace => planned.set("scope", "collection"),
        _ => {}
    }
    planned.old_id = Some(id.to_owned());
    Flat {
        id: id.to_owned(),
        parent: Some(parent.to_owned()).filter(|parent| !parent.is_empty()),
        planned,
    }
}

/// `request_group` is `RequestGroup`.
fn kind(name: &str) -> Option<Kind> {
    let special = match name {
        "websocket_request" => Some(Kind::WebSocketRequest),
        "websocket_payload" => Some(Kind::WebSocketPayload),
        "socketio_request" | "socket_io_request" => Some(Kind::SocketIORequest),
        "socketio_payload" | "socket_io_payload" => Some(Kind::SocketIOPayload),
        _ => None,
    };
    let camel = || -> String {
        name.split('_')
            .flat_map(|word| {
                let mut chars = word.chars();
                let first = chars.next().map(|char| char.to_ascii_uppercase());
                first.into_iter().chain(chars)
            })
            .collect()
    };
    special
        .or_else(|| kind_named(&camel()))
        .or_else(|| kind_named(name))
}
