//! One request.

use serde_json::{Value, json};

use super::super::authentication::inherited;
use super::super::body::content_type_row;
use super::super::json::{any_text, as_text, description, flag, list, text};
use super::super::planned::Planned;
use super::super::report::Notes;
use super::super::rows::{row, row_with, value_of};
use super::super::url::split_query;
use crate::model::Kind;

/// A request with everything it has.
pub(super) fn request(item: &Value, notes: &mut Notes) -> Planned {
    let mut planned = Planned::new(Kind::Request, text(item, "name"));
    let place = planned.name().to_owned();
    let request = item.get("request").unwrap_or(&Value::Null);
    if let Value::String(url) = request {
        address(&Value::String(url.clone()), &mut planned, notes);
        planned.set("method", "GET");
    } else {
        let about = match description(request.get("description")) {
            "" => description(item.get("description")),
            about => about,
        };
        planned.set_text("description", about);
        let method = any_text(request, "method");
        planned.set(
            "method",
            if method.is_empty() {
                "GET".to_owned()
            } else {
                method.to_uppercase()
            },
        );
        address(request.get("url").unwrap_or(&Value::Null), &mut planned, notes);
        content(request, &mut planned, notes);
    }
    super::shared(item, &mut planned, notes);
    let own = super::authentication::authentication(request.get("auth"), &place, notes);
    planned.set("authentication", own.unwrap_or_else(inherited));
    settings(item, &mut planned, notes);
    if !list(item, "response").is_empty() {
        notes.left("Saved examples of responses are not taken", &place);
    }
    for key in ["certificate", "proxy"] {
        if request.get(key).is_some_and(|value| !value.is_null()) {
            notes.left("Certificates and proxies of a request are not taken", &place);
        }
    }
    planned
}

fn content(request: &Value, planned: &mut Planned, notes: &mut Notes) {
    let mut headers = headers(request.get("header"));
    let media_type = value_of(&headers, "Content-Type").unwrap_or_default().to_owned();
    let body = request.get("body").filter(|body| body.is_object());
    let body = body.map_or_else(
        || json!({}),
        |body| super::body::body(body, &media_type, planned.name(), notes),
    );
    if media_type.is_empty() {
        // Postman adds this one when it sends.
        headers.extend(content_type_row(&body));
    }
    planned.set("headers", headers);
    planned.set("body", body);
}

/// A list of rows, or lines of text (2.0).
fn headers(header: Option<&Value>) -> Vec<Value> {
    match header {
        Some(Value::Array(rows)) => rows
            .iter()
            .map(|row| {
                row_with(
                    any_text(row, "key"),
                    any_text(row, "value"),
                    description(row.get("description")),
                    flag(row, "disabled"),
                )
            })
            .collect(),
        Some(Value::String(lines)) => lines
            .lines()
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| row(name.trim(), value.trim()))
            .collect(),
        _ => Vec::new(),
    }
}

/// Address, query and path variables.
fn address(url: &Value, planned: &mut Planned, notes: &mut Notes) {
    let raw = match url {
        Value::String(raw) => raw.clone(),
        map => match text(map, "raw") {
            "" => from_parts(map),
            raw => raw.to_owned(),
        },
    };
    let (address, mut rows, fragment) = split_query(&raw);
    if fragment.is_some() {
        notes.left(
            "The part of an address behind # is never sent and is not taken",
            planned.name(),
        );
    }
    let query = list(url, "query");
    if !query.is_empty() {
        rows = query
            .iter()
            .map(|row| {
                row_with(
                    any_text(row, "key"),
                    any_text(row, "value"),
                    description(row.get("description")),
                    flag(row, "disabled"),
                )
            })
            .collect();
    }
    planned.set("url", address);
    planned.set("parameters", rows);
    let variables: Vec<Value> = list(url, "variable")
        .iter()
        .map(|variable| {
            let name = match any_text(variable, "key") {
                name if name.is_empty() => any_text(variable, "id"),
                name => name,
            };
            json!({ "name": name, "value": any_text(variable, "value") })
        })
        .collect();
    if !variables.is_empty() {
        planned.set("pathParameters", variables);
    }
}

fn from_parts(url: &Value) -> String {
    let joined = |key: &str, by: &str| match url.get(key) {
        Some(Value::Array(parts)) => parts
            .iter()
            .map(|part| match part {
                Value::Object(_) => any_text(part, "value"),
                other => as_text(other),
            })
            .collect::<Vec<_>>()
            .join(by),
        Some(Value::String(text)) => text.trim_start_matches('/').to_owned(),
        _ => String::new(),
    };
    let protocol = match text(url, "protocol") {
        "" => String::new(),
        protocol => format!("{}://", protocol.trim_end_matches("://")),
    };
    let port = match any_text(url, "port") {
        port if port.is_empty() => String::new(),
        port => format!(":{port}"),
    };
    let path = match joined("path", "/") {
        path if path.is_empty() => String::new(),
        path => format!("/{path}"),
    };
    format!("{protocol}{}{port}{path}", joined("host", "."))
}

fn settings(item: &Value, planned: &mut Planned, notes: &mut Notes) {
    let Some(behavior) = item.get("protocolProfileBehavior").and_then(Value::as_object) else {
        return;
    };
    for (key, value) in behavior {
        match (key.as_str(), value) {
            ("followRedirects", Value::Bool(on)) => {
                planned.set("settingFollowRedirects", if *on { "on" } else { "off" });
            }
            ("disableCookies", Value::Bool(true)) => {
                planned.set("settingSendCookies", false);
                planned.set("settingStoreCookies", false);
            }
            ("disableUrlEncoding", Value::Bool(true)) => planned.set("settingEncodeUrl", false),
            ("disableCookies" | "disableUrlEncoding", Value::Bool(false)) => {}
            _ => notes.left(
                "Settings of a request that Insomnia does not have are not taken",
                &format!("{key} of {}", planned.name()),
            ),
        }
    }
}
