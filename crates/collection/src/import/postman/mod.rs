//! Postman collections 2.0 and 2.1, environments and globals.

mod authentication;
mod body;
mod request;
mod scripts;

use serde_json::Value;

use super::json::{as_text, description, flag, list, text};
use super::planned::{MAX_FOLDERS, Planned};
use super::report::Notes;
use super::template::{Dialect, environment_data, translate};
use crate::model::Kind;

/// Is it a collection?
pub(super) fn is_collection(value: &Value) -> bool {
    let info = value.get("info").unwrap_or(&Value::Null);
    let by_schema =
        text(info, "schema").contains("getpostman.com") || text(info, "schema").contains("postman");
    value.get("item").is_some_and(Value::is_array) && (by_schema || info.is_object())
}

/// The format, by name.
pub(super) fn version(value: &Value) -> &'static str {
    let schema = value
        .pointer("/info/schema")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if schema.contains("v2.0") {
        "Postman collection 2.0"
    } else {
        "Postman collection 2.1"
    }
}

/// Is it an environment, or the globals?
pub(super) fn is_environment(value: &Value) -> bool {
    let has_rows = list(value, "values").iter().all(|row| row.get("key").is_some());
    value.get("values").is_some_and(Value::is_array)
        && (value.get("_postman_variable_scope").is_some() || has_rows && value.get("name").is_some())
}

/// A collection with its folders and requests.
pub(super) fn collection(value: &Value, notes: &mut Notes) -> Planned {
    let info = value.get("info").unwrap_or(&Value::Null);
    let mut root = Planned::new(Kind::Workspace, text(info, "name"));
    root.set_text("description", description(info.get("description")));
    let data = variables(list(value, "variable"), "key", root.name(), notes);
    root.base_environment().set("data", data);
    let mut top = Planned::new(Kind::RequestGroup, text(info, "name"));
    shared(value, &mut top, notes);
    let is_wrapped = ["authentication", "preRequestScript", "afterResponseScript"]
        .iter()
        .any(|field| top.fields.contains_key(*field));
    let items = items(list(value, "item"), 0, notes);
    if is_wrapped {
        notes.changed(
            "Authentication and scripts of the whole collection stand in a folder around its requests",
            root.name(),
        );
        top.children = items;
        root.children.push(top);
    } else {
        root.children.extend(items);
    }
    for (key, what) in [(
        "protocolProfileBehavior",
        "Settings of a whole collection are not taken",
    )] {
        if value
            .get(key)
            .and_then(Value::as_object)
            .is_some_and(|map| !map.is_empty())
        {
            notes.left(what, root.name());
        }
    }
    translate(&mut root, Dialect::Postman, notes);
    root
}

/// An environment, and whether it holds for all (globals).
pub(super) fn environment(value: &Value, notes: &mut Notes) -> (Planned, bool) {
    let mut root = Planned::new(Kind::Environment, text(value, "name"));
    let data = variables(list(value, "values"), "key", root.name(), notes);
    root.set("data", data);
    translate(&mut root, Dialect::Postman, notes);
    (root, text(value, "_postman_variable_scope") == "globals")
}

/// Data of an environment from rows.
fn variables(rows: &[Value], key: &str, place: &str, notes: &mut Notes) -> Value {
    let mut used = Vec::new();
    for row in rows {
        let name = match text(row, key) {
            "" => text(row, "id"),
            name => name,
        };
        let is_off = flag(row, "disabled") || row.get("enabled") == Some(&Value::Bool(false));
        if is_off {
            notes.left(
                "Variables that are switched off are not taken",
                &format!("{name} in {place}"),
            );
            continue;
        }
        let value = match row.get("value") {
            None | Some(Value::Null) => "".into(),
            Some(value) => value.clone(),
        };
        if !description(row.get("description")).is_empty() {
            notes.left(
                "Descriptions of variables are not taken",
                &format!("{name} in {place}"),
            );
        }
        used.push((name.to_owned(), value));
    }
    Value::Object(environment_data(used, place, notes))
}

/// Folders and requests of a list.
fn items(values: &[Value], depth: usize, notes: &mut Notes) -> Vec<Planned> {
    let mut planned = Vec::with_capacity(values.len());
    for value in values {
        if value.get("item").is_some_and(Value::is_array) {
            planned.push(folder(value, depth, notes));
        } else if value.get("request").is_some() {
            planned.push(request::request(value, notes));
        } else {
            notes.left(
                "An entry that is neither a folder nor a request is not taken",
                text(value, "name"),
            );
        }
    }
    planned
}

fn folder(value: &Value, depth: usize, notes: &mut Notes) -> Planned {
    let mut folder = Planned::new(Kind::RequestGroup, text(value, "name"));
    folder.set_text("description", description(value.get("description")));
    shared(value, &mut folder, notes);
    let data = variables(list(value, "variable"), "key", folder.name(), notes);
    if data.as_object().is_some_and(|data| !data.is_empty()) {
        folder.set("environment", data);
    }
    let inner = items(list(value, "item"), depth + 1, notes);
    if depth >= MAX_FOLDERS {
        notes.changed(
            "Folders deeper than 40 levels are taken up into the last",
            folder.name(),
        );
        let (folders, requests): (Vec<_>, Vec<_>) = inner
            .into_iter()
            .partition(|item| item.kind == Kind::RequestGroup);
        folder.children = requests;
        folder
            .children
            .extend(folders.into_iter().flat_map(|inner| inner.children));
    } else {
        folder.children = inner;
    }
    folder
}

/// What folders, requests and collections have alike: authentication and scripts.
fn shared(value: &Value, planned: &mut Planned, notes: &mut Notes) {
    let place = planned.name().to_owned();
    if let Some(auth) = authentication::authentication(value.get("auth"), &place, notes) {
        planned.set("authentication", auth);
    }
    for event in list(value, "event") {
        let script = event.get("script").unwrap_or(&Value::Null);
        let code = match script.get("exec") {
            Some(Value::Array(lines)) => lines.iter().map(as_text).collect::<Vec<_>>().join("\n"),
            Some(other) => as_text(other),
            None => as_text(script),
        };
        let field = match text(event, "listen") {
            "prerequest" => "preRequestScript",
            "test" => "afterResponseScript",
            other => {
                notes.left(
                    "A script for another moment is not taken",
                    &format!("{other} of {place}"),
                );
                continue;
            }
        };
        if flag(event, "disabled") {
            notes.left("Scripts that are switched off are not taken", &place);
        } else if script.get("src").is_some() && code.trim().is_empty() {
            notes.left("Scripts in other files are not taken", &place);
        } else if !code.trim().is_empty() {
            let code = scripts::translated(&code, &place, notes);
            let all = match planned.fields.get(field).and_then(Value::as_str) {
                Some(before) => format!("{before}\n{code}"),
                None => code,
            };
            planned.set(field, all);
        }
    }
}
