//! One file of an `OpenCollection`, Bruno's format from version 3 on.

use serde_json::{Value, json};

use super::super::body::{FORM, MULTIPART, file_body, text_body};
use super::super::json::{any_text, as_text, description, flag, list, text};
use super::super::report::Notes;
use super::super::rows::{file_row, row_with};
use super::parts::Parts;
use crate::model::Kind;

/// Is it the file at the root of a collection?
pub(super) fn is_root(value: &Value) -> bool {
    value.get("opencollection").is_some()
}

/// Is it a request?
pub(super) fn is_request(value: &Value) -> bool {
    value.get("info").is_some_and(Value::is_object) && call(value).is_some()
}

fn call(value: &Value) -> Option<(&'static str, &Value)> {
    ["http", "graphql", "grpc", "websocket"]
        .into_iter()
        .find_map(|kind| Some((kind, value.get(kind)?)))
}

/// What a request, a folder or the root says.
pub(super) fn parts(value: &Value, place: &str, notes: &mut Notes) -> Parts {
    let info = value.get("info").unwrap_or(&Value::Null);
    let mut parts = Parts {
        name: text(info, "name").to_owned(),
        seq: info.get("seq").and_then(Value::as_f64).unwrap_or(0.0),
        docs: match value.get("docs").map(|docs| description(Some(docs))) {
            Some(docs) if !docs.is_empty() => docs.to_owned(),
            _ => description(info.get("description")).to_owned(),
        },
        ..Parts::default()
    };
    if !list(info, "tags").is_empty() {
        notes.left("Tags are not taken", place);
    }
    let (kind, call) = call(value).unwrap_or(("", value.get("request").unwrap_or(&Value::Null)));
    parts.kind = Some(match kind {
        "grpc" => Kind::GrpcRequest,
        "websocket" => Kind::WebSocketRequest,
        _ => Kind::Request,
    });
    parts.method = any_text(call, "method");
    parts.url = any_text(call, "url");
    parts.headers = rows(list(call, "headers").iter().chain(list(call, "metadata")));
    parameters(call, &mut parts);
    authentication(call.get("auth"), &mut parts);
    match kind {
        "graphql" => {
            let body = chosen(call.get("body"), "body");
            parts.body = Some(super::graphql(
                &any_text(body, "query"),
                &any_text(body, "variables"),
            ));
            if parts.method.is_empty() {
                "POST".clone_into(&mut parts.method);
            }
        }
        "grpc" | "websocket" => {
            let message = chosen(call.get("message"), "message");
            parts.message = match message {
                Value::String(text) => text.clone(),
                map => any_text(map, "data"),
            };
        }
        _ => parts.body = body(chosen(call.get("body"), "body"), place, notes),
    }
    for runtime in [value.get("runtime"), value.get("request")].into_iter().flatten() {
        self::runtime(runtime, place, &mut parts, notes);
    }
    settings(value, &mut parts);
    if !list(value, "examples").is_empty() {
        notes.left("Saved examples of responses are not taken", place);
    }
    parts
}

/// Variables of an environment.
pub(super) fn variables(value: &Value, place: &str, notes: &mut Notes) -> Vec<(String, Value)> {
    let mut variables = Vec::new();
    for variable in list(value, "variables") {
        let name = any_text(variable, "name");
        if flag(variable, "disabled") || variable.get("enabled") == Some(&Value::Bool(false)) {
            notes.left(
                "Variables that are switched off are not taken",
                &format!("{name} in {place}"),
            );
            continue;
        }
        if flag(variable, "secret") && variable.get("value").is_none() {
            notes.changed(
                "Secret variables are taken without a value, as none is in the files",
                &name,
            );
        }
        let value = chosen(variable.get("value"), "value");
        let value = match value {
            Value::Object(typed) => typed.get("data").cloned().unwrap_or_default(),
            other => other.clone(),
        };
        variables.push((name, if value.is_null() { "".into() } else { value }));
    }
    variables
}

/// The variant that is selected, where there are several.
fn chosen<'v>(value: Option<&'v Value>, key: &str) -> &'v Value {
    let value = value.unwrap_or(&Value::Null);
    let Some(variants) = value
        .as_array()
        .filter(|list| list.iter().all(|one| one.get(key).is_some()))
    else {
        return value;
    };
    let selected = variants.iter().find(|variant| flag(variant, "selected"));
    selected
        .or_else(|| variants.first())
        .and_then(|variant| variant.get(key))
        .unwrap_or(&Value::Null)
}

fn off(row: &Value) -> bool {
    flag(row, "disabled") || row.get("enabled") == Some(&Value::Bool(false))
}

fn rows<'v>(values: impl Iterator<Item = &'v Value>) -> Vec<Value> {
    values
        .map(|row| {
            row_with(
                any_text(row, "name"),
                any_text(row, "value"),
                description(row.get("description")),
                off(row),
            )
        })
        .collect()
}

fn parameters(call: &Value, parts: &mut Parts) {
    let (path, query): (Vec<&Value>, Vec<&Value>) = list(call, "params")
        .iter()
        .partition(|row| text(row, "type") == "path");
    parts.path = path
        .into_iter()
        .map(|row| json!({ "name": any_text(row, "name"), "value": any_text(row, "value") }))
        .collect();
    if !query.is_empty() {
        parts.query = Some(rows(query.into_iter()));
    }
}

/// A word, or a map with a type; its values may lie in maps within.
fn authentication(auth: Option<&Value>, parts: &mut Parts) {
    match auth {
        Some(Value::String(word)) => parts.scheme.clone_from(word),
        Some(map) => {
            text(map, "type").clone_into(&mut parts.scheme);
            parts.secrets = map
                .as_object()
                .into_iter()
                .flatten()
                .flat_map(|(name, value)| match value {
                    // `credentials: { clientId, placement }` and the like
                    Value::Object(inner) => inner
                        .iter()
                        .map(|(inner, value)| {
                            let name = if inner == "placement" {
                                format!("{name}Placement")
                            } else if inner == "value" {
                                name.clone()
                            } else {
                                inner.clone()
                            };
                            (name, as_text(value))
                        })
                        .collect(),
                    value => vec![(name.clone(), as_text(value))],
                })
                .collect();
            if map.pointer("/pkce").is_some_and(|pkce| !flag(pkce, "disabled")) {
                parts.secrets.push(("usePkce".to_owned(), "true".to_owned()));
            }
        }
        None => {}
    }
}

fn body(body: &Value, place: &str, notes: &mut Notes) -> Option<Value> {
    let data = body.get("data").unwrap_or(&Value::Null);
    let body = match text(body, "type") {
        "json" => text_body("application/json", &as_text(data)),
        "xml" => text_body("application/xml", &as_text(data)),
        "text" => text_body("text/plain", &as_text(data)),
        "sparql" => text_body("application/sparql-query", &as_text(data)),
        "form-urlencoded" => json!({ "mimeType": FORM, "params": rows(list(body, "data").iter()) }),
        "multipart-form" => {
            let mut params = Vec::new();
            for part in list(body, "data") {
                let name = any_text(part, "name");
                if !text(part, "contentType").is_empty() {
                    notes.left(
                        "Media types of single parts of a form are not taken",
                        &format!("{name} of {place}"),
                    );
                }
                match (text(part, "type"), part.get("value")) {
                    ("file", Some(Value::Array(files))) => {
                        params.extend(
                            files
                                .iter()
                                .map(|file| file_row(name.as_str(), as_text(file), off(part))),
                        );
                    }
                    ("file", file) => {
                        params.push(file_row(name, file.map(as_text).unwrap_or_default(), off(part)));
                    }
                    _ => params.extend(rows(std::iter::once(part))),
                }
            }
            json!({ "mimeType": MULTIPART, "params": params })
        }
        "file" => {
            let files = list(body, "data");
            let file = files
                .iter()
                .find(|file| flag(file, "selected"))
                .or_else(|| files.first())?;
            file_body(text(file, "contentType"), text(file, "filePath"))
        }
        _ => return None,
    };
    Some(body)
}

fn runtime(runtime: &Value, place: &str, parts: &mut Parts, notes: &mut Notes) {
    parts.variables.extend(variables(runtime, place, notes));
    for script in list(runtime, "scripts") {
        let code = any_text(script, "code");
        match text(script, "type") {
            "before-request" => parts.before = code,
            "after-response" => parts.after = code,
            "tests" => parts.tests = code,
            other => notes.left(
                "A script for another moment is not taken",
                &format!("{other} of {place}"),
            ),
        }
    }
    for assertion in list(runtime, "assertions") {
        let line = ["expression", "operator", "value"]
            .map(|key| any_text(assertion, key))
            .join(" ");
        notes.left(
            "Assertions are not taken; write them as tests",
            &format!("{line} in {place}"),
        );
    }
    if !list(runtime, "actions").is_empty() {
        notes.left(
            "Variables that are set from a response are not taken; set them in a script",
            place,
        );
    }
}

fn settings(value: &Value, parts: &mut Parts) {
    let settings = value.get("settings").unwrap_or(&Value::Null);
    parts.encode_url = settings.get("encodeUrl").and_then(Value::as_bool);
    parts.follow = settings
        .get("followRedirects")
        .and_then(Value::as_bool)
        .filter(|follow| !follow);
}
