//! Bodies in all their modes.

use serde_json::{Value, json};

use super::super::body::{FORM, MULTIPART, file_body, text_body};
use super::super::json::{any_text, as_text, description, flag, list, text};
use super::super::report::Notes;
use super::super::rows::{file_row, row_with};

/// The body, with the media type that a header names.
pub(super) fn body(body: &Value, header: &str, place: &str, notes: &mut Notes) -> Value {
    if flag(body, "disabled") {
        notes.left("Bodies that are switched off are not taken", place);
        return json!({});
    }
    match text(body, "mode") {
        "raw" => raw(body, header),
        "urlencoded" => json!({ "mimeType": FORM, "params": form(body) }),
        "formdata" => json!({ "mimeType": MULTIPART, "params": parts(body, place, notes) }),
        "file" => file(body, header, place, notes),
        "graphql" => graphql(body.get("graphql").unwrap_or(&Value::Null)),
        "" | "none" => json!({}),
        other => {
            notes.left(
                "A body of an unknown mode is not taken",
                &format!("{other} of {place}"),
            );
            json!({})
        }
    }
}

fn raw(body: &Value, header: &str) -> Value {
    let raw = any_text(body, "raw");
    let language = body
        .pointer("/options/raw/language")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if raw.is_empty() && header.is_empty() && language.is_empty() {
        return json!({});
    }
    let media_type = match language {
        _ if !header.is_empty() => header,
        "json" => "application/json",
        "xml" => "application/xml",
        "html" => "text/html",
        "javascript" => "application/javascript",
        _ => "text/plain",
    };
    text_body(media_type, &raw)
}

fn form(body: &Value) -> Vec<Value> {
    list(body, "urlencoded")
        .iter()
        .map(|row| {
            row_with(
                any_text(row, "key"),
                any_text(row, "value"),
                description(row.get("description")),
                flag(row, "disabled"),
            )
        })
        .collect()
}

fn parts(body: &Value, place: &str, notes: &mut Notes) -> Vec<Value> {
    let mut rows = Vec::new();
    for part in list(body, "formdata") {
        let (name, off) = (any_text(part, "key"), flag(part, "disabled"));
        if !text(part, "contentType").is_empty() {
            notes.left(
                "Media types of single parts of a form are not taken",
                &format!("{name} of {place}"),
            );
        }
        if text(part, "type") == "file" {
            match part.get("src") {
                Some(Value::Array(files)) if !files.is_empty() => {
                    rows.extend(
                        files
                            .iter()
                            .map(|file| file_row(name.as_str(), as_text(file), off)),
                    );
                }
                Some(src) => rows.push(file_row(name, as_text(src), off)),
                None => rows.push(file_row(name, "", off)),
            }
            continue;
        }
        let value = any_text(part, "value");
        let is_long = value.contains('\n');
        let mut row = row_with(name, value, description(part.get("description")), off);
        if is_long {
            row["multiline"] = true.into();
        }
        rows.push(row);
    }
    rows
}

fn file(body: &Value, header: &str, place: &str, notes: &mut Notes) -> Value {
    let file = body.get("file").unwrap_or(&Value::Null);
    let path = match file {
        Value::String(path) => path.clone(),
        map => any_text(map, "src"),
    };
    if path.is_empty() {
        let content = any_text(file, "content");
        if content.is_empty() {
            notes.left("A file to send that was not chosen is not taken", place);
            return json!({});
        }
        return text_body(header, &content);
    }
    file_body(header, &path)
}

fn graphql(graphql: &Value) -> Value {
    let mut content = json!({ "query": any_text(graphql, "query") });
    let variables = any_text(graphql, "variables");
    if !variables.trim().is_empty() {
        content["variables"] =
            serde_json::from_str(&variables).unwrap_or_else(|_| Value::String(variables.clone()));
    }
    let operation = any_text(graphql, "operationName");
    if !operation.is_empty() {
        content["operationName"] = operation.into();
    }
    json!({ "mimeType": "application/graphql", "text": content.to_string() })
}
