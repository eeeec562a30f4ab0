//! Yaak: the folder it keeps in step with its collections (`yaak.*.yaml`), and its exports.

use serde_json::{Map, Value, json};

use super::authentication::{Given, authentication, inherited};
use super::body::{FORM, MULTIPART, content_type_row, file_body};
use super::flat::{Flat, trees};
use super::json::{any_text, flag, list, text};
use super::planned::Planned;
use super::report::Notes;
use super::rows::{file_row, row_with, value_of};
use super::template::{Dialect, environment_data, translate};
use super::url::split_query;
use crate::model::Kind;

const MODELS: &[&str] = &[
    "workspace",
    "environment",
    "folder",
    "http_request",
    "grpc_request",
    "websocket_request",
];

/// Is it one resource?
pub(super) fn is_model(value: &Value) -> bool {
    MODELS.contains(&text(value, "model")) && value.get("id").is_some_and(Value::is_string)
}

/// Is it an export?
pub(super) fn is_export(value: &Value) -> bool {
    value.get("yaakSchema").is_some() && value.get("resources").is_some_and(Value::is_object)
}

/// The resources of an export.
pub(super) fn exported(value: &Value) -> Vec<Value> {
    const LISTS: &[(&str, &str)] = &[
        ("workspaces", "workspace"),
        ("environments", "environment"),
        ("folders", "folder"),
        ("httpRequests", "http_request"),
        ("grpcRequests", "grpc_request"),
        ("websocketRequests", "websocket_request"),
    ];
    let resources = value.get("resources").unwrap_or(&Value::Null);
    let mut models = Vec::new();
    for (name, model) in LISTS {
        for resource in list(resources, name) {
            let mut resource = resource.clone();
            if let Some(map) = resource.as_object_mut() {
                map.insert("model".to_owned(), (*model).into());
            }
            models.push(resource);
        }
    }
    models
}

/// The collections of a set of resources.
pub(super) fn read(models: &[Value], notes: &mut Notes) -> Vec<Planned> {
    let mut sorted: Vec<&Value> = models.iter().collect();
    let priority = |model: &Value| model.get("sortPriority").and_then(Value::as_f64).unwrap_or(0.0);
    sorted.sort_by(|one, other| priority(one).total_cmp(&priority(other)));
    let mut flat = Vec::new();
    let mut environments = Vec::new();
    for model in sorted {
        let name = any_text(model, "name");
        match text(model, "model") {
            "environment" => environments.push(model),
            "workspace" => {
                let mut planned = Planned::new(Kind::Workspace, &name);
                planned.set_text("description", text(model, "description"));
                flat.push(flat_of(model, None, planned));
            }
            "folder" => {
                let mut planned = Planned::new(Kind::RequestGroup, &name);
                planned.set_text("description", text(model, "description"));
                shared(model, &mut planned, notes);
                flat.push(flat_of(model, Some(parent(model)), planned));
            }
            kind => flat.push(flat_of(model, Some(parent(model)), request(kind, model, notes))),
        }
    }
    for model in environments {
        let planned = environment(model, &mut flat, notes);
        flat.extend(planned);
    }
    let mut roots = trees(flat, notes);
    for root in &mut roots {
        arrange(root, models, notes);
        translate(root, Dialect::Yaak, notes);
    }
    roots
}

fn flat_of(model: &Value, parent: Option<String>, mut planned: Planned) -> Flat {
    let id = any_text(model, "id");
    planned.old_id = Some(id.clone());
    Flat { id, parent, planned }
}

/// The folder, or else the collection.
fn parent(model: &Value) -> String {
    match text(model, "folderId") {
        "" => any_text(model, "workspaceId"),
        folder => folder.to_owned(),
    }
}

/// The base environment, one below it, or the variables of a folder, which go into the folder itself.
fn environment(model: &Value, flat: &mut [Flat], notes: &mut Notes) -> Option<Flat> {
    let mut planned = Planned::new(Kind::Environment, text(model, "name"));
    let name = planned.name().to_owned();
    if model.get("public") == Some(&Value::Bool(false)) {
        notes.changed("A private environment is kept where Git never sees it", &name);
        planned.set("isPrivate", true);
    }
    let mut variables = Vec::new();
    for variable in list(model, "variables") {
        let variable_name = any_text(variable, "name");
        if is_off(variable) {
            notes.left(
                "Variables that are switched off are not taken",
                &format!("{variable_name} in {name}"),
            );
        } else if !variable_name.is_empty() {
            variables.push((variable_name, variable.get("value").cloned().unwrap_or_default()));
        }
    }
    let data = environment_data(variables, &name, notes);
    if text(model, "parentModel") == "folder" {
        let folder = any_text(model, "parentId");
        if let Some(flat) = flat.iter_mut().find(|flat| flat.id == folder) {
            flat.planned.set("environment", data);
        }
        return None;
    }
    planned.set("data", data);
    if let Some(color) = model.get("color").filter(|color| color.is_string()) {
        planned.set("color", color.clone());
    }
    Some(flat_of(model, Some(any_text(model, "workspaceId")), planned))
}

/// One base environment with the others below it, and what belongs to the whole collection in a folder around all.
fn arrange(root: &mut Planned, models: &[Value], notes: &mut Notes) {
    let is_base = |planned: &Planned| {
        let id = planned.old_id.as_deref().unwrap_or_default();
        models.iter().any(|model| {
            text(model, "id") == id && (text(model, "parentModel") == "workspace" || flag(model, "base"))
        })
    };
    let (environments, items): (Vec<Planned>, Vec<Planned>) = std::mem::take(&mut root.children)
        .into_iter()
        .partition(|child| child.kind == Kind::Environment);
    let (mut bases, others): (Vec<Planned>, Vec<Planned>) = environments.into_iter().partition(is_base);
    let mut base = if bases.is_empty() {
        Planned::new(Kind::Environment, "Base Environment")
    } else {
        bases.remove(0)
    };
    base.children.extend(bases);
    base.children.extend(others);
    let own = root.old_id.clone().unwrap_or_default();
    let workspace = models
        .iter()
        .find(|model| text(model, "model") == "workspace" && text(model, "id") == own);
    let mut around = Planned::new(Kind::RequestGroup, root.name());
    if let Some(workspace) = workspace {
        shared(workspace, &mut around, notes);
    }
    if around.fields.len() > 1 {
        notes.changed(
            "Headers and authentication of the whole collection stand in a folder around its requests",
            root.name(),
        );
        around.children = items;
        root.children.push(around);
    } else {
        root.children = items;
    }
    root.children.push(base);
}

/// Headers and authentication of a folder or collection.
fn shared(model: &Value, planned: &mut Planned, notes: &mut Notes) {
    let headers = rows(list(model, "headers"));
    if !headers.is_empty() {
        planned.set("headers", headers);
    }
    if let Some(auth) = own_authentication(model, notes) {
        planned.set("authentication", auth);
    }
}

fn request(kind: &str, model: &Value, notes: &mut Notes) -> Planned {
    let kind = match kind {
        "grpc_request" => Kind::GrpcRequest,
        "websocket_request" => Kind::WebSocketRequest,
        _ => Kind::Request,
    };
    let mut planned = Planned::new(kind, text(model, "name"));
    planned.set_text("description", text(model, "description"));
    let (address, mut query, _) = split_query(text(model, "url"));
    planned.set("url", address);
    if kind == Kind::GrpcRequest {
        planned.set("metadata", rows(list(model, "metadata")));
        planned.set("body", json!({ "text": any_text(model, "message") }));
        let (service, method) = (text(model, "service"), text(model, "method"));
        if !service.is_empty() {
            planned.set("protoMethodName", format!("/{service}/{method}"));
        }
        if own_authentication(model, notes).is_some() {
            notes.left("Authentication of gRPC requests is not taken", planned.name());
        }
        return planned;
    }
    let mut path = Vec::new();
    for parameter in list(model, "urlParameters") {
        let name = any_text(parameter, "name");
        match name.strip_prefix(':') {
            Some(name) => path.push(json!({ "name": name, "value": any_text(parameter, "value") })),
            None if name.is_empty() => {}
            None => query.push(row_with(
                name,
                any_text(parameter, "value"),
                "",
                is_off(parameter),
            )),
        }
    }
    planned.set("parameters", query);
    if !path.is_empty() {
        planned.set("pathParameters", path);
    }
    let mut headers = rows(list(model, "headers"));
    if kind == Kind::Request {
        planned.set("method", any_text(model, "method").to_uppercase());
        let body = body(model, notes);
        if value_of(&headers, "Content-Type").is_none() {
            headers.extend(content_type_row(&body));
        }
        planned.set("body", body);
    } else if !text(model, "message").is_empty() {
        let mut payload = Planned::new(Kind::WebSocketPayload, "Message");
        payload.set("value", text(model, "message"));
        planned.children.push(payload);
    }
    planned.set("headers", headers);
    planned.set(
        "authentication",
        own_authentication(model, notes).unwrap_or_else(inherited),
    );
    settings(model, &mut planned);
    planned
}

fn settings(model: &Value, planned: &mut Planned) {
    let set = |key: &str| {
        let setting = model.get(key)?;
        (setting.get("enabled") == Some(&Value::Bool(true))).then(|| flag(setting, "value"))
    };
    if let Some(follow) = set("settingFollowRedirects") {
        planned.set("settingFollowRedirects", if follow { "on" } else { "off" });
    }
    for key in ["settingSendCookies", "settingStoreCookies"] {
        if let Some(on) = set(key) {
            planned.set(key, on);
        }
    }
}

fn own_authentication(model: &Value, notes: &mut Notes) -> Option<Value> {
    let scheme = text(model, "authenticationType");
    let values = model.get("authentication").unwrap_or(&Value::Null);
    if scheme.is_empty() {
        return None;
    }
    let found = authentication(scheme, &Given(&|name| any_text(values, name)));
    let Some(mut auth) = found else {
        notes.left(
            "Authentication of a type that Insomnia does not have is not taken",
            &format!("{scheme} of {}", text(model, "name")),
        );
        return None;
    };
    if flag(values, "disabled") {
        auth["disabled"] = true.into();
    }
    Some(auth)
}

fn body(model: &Value, notes: &mut Notes) -> Value {
    let body = model.get("body").unwrap_or(&Value::Null);
    match text(model, "bodyType") {
        "" | "none" => json!({}),
        "binary" => file_body("", text(body, "filePath")),
        "graphql" => {
            let mut content = Map::new();
            content.insert("query".to_owned(), any_text(body, "query").into());
            let variables = any_text(body, "variables");
            if !variables.trim().is_empty() {
                let parsed = serde_json::from_str(&variables).unwrap_or(Value::String(variables));
                content.insert("variables".to_owned(), parsed);
            }
            json!({ "mimeType": "application/graphql", "text": Value::Object(content).to_string() })
        }
        media_type @ (FORM | MULTIPART) => {
            let mut params = Vec::new();
            for field in list(body, "form") {
                let name = any_text(field, "name");
                if !text(field, "contentType").is_empty() {
                    let place = format!("{name} of {}", text(model, "name"));
                    notes.left("Media types of single parts of a form are not taken", &place);
                }
                let file = text(field, "file");
                params.push(if file.is_empty() {
                    row_with(name, any_text(field, "value"), "", is_off(field))
                } else {
                    file_row(name, file, is_off(field))
                });
            }
            json!({ "mimeType": media_type, "params": params })
        }
        "other" => json!({ "mimeType": "text/plain", "text": any_text(body, "text") }),
        media_type => json!({ "mimeType": media_type, "text": any_text(body, "text") }),
    }
}

fn rows(values: &[Value]) -> Vec<Value> {
    values
        .iter()
        .filter(|row| is_filled(row))
        .map(|row| row_with(any_text(row, "name"), any_text(row, "value"), "", is_off(row)))
        .collect()
}

/// Yaak keeps an empty row at the end.
fn is_filled(row: &Value) -> bool {
    !text(row, "name").is_empty() || !text(row, "value").is_empty()
}

fn is_off(row: &Value) -> bool {
    row.get("enabled") == Some(&Value::Bool(false))
}
