//! HTTP archives, as browsers save them (HAR 1.2).

use serde_json::{Value, json};

use super::body::{FORM, MULTIPART, text_body};
use super::json::{any_text, list, text};
use super::planned::Planned;
use super::report::Notes;
use super::rows::{file_row, row, value_of};
use super::url::{form_decoded, split_query};
use crate::model::Kind;

/// Headers that a browser adds by itself and that say nothing about the API.
const NOISE: &[&str] = &[
    "host",
    "connection",
    "content-length",
    "accept-encoding",
    "accept-language",
    "user-agent",
    "pragma",
    "cache-control",
    "upgrade-insecure-requests",
    "dnt",
    "te",
    "priority",
    "if-none-match",
    "if-modified-since",
    "sec-gpc",
];

/// Is it an archive?
pub(super) fn is_har(value: &Value) -> bool {
    value.pointer("/log/entries").is_some_and(Value::is_array)
}

/// All requests of an archive, in a folder a host where there are several.
pub(super) fn read(value: &Value, path: &str, notes: &mut Notes) -> Planned {
    let file = path.rsplit('/').next().unwrap_or_default();
    let name = file.rsplit_once('.').map_or(file, |(name, _)| name);
    let mut root = Planned::new(
        Kind::Workspace,
        if name.is_empty() { "HTTP archive" } else { name },
    );
    let log = value.get("log").unwrap_or(&Value::Null);
    let mut folders: Vec<(String, Planned)> = Vec::new();
    let mut by_host = std::collections::HashMap::new();
    for entry in list(log, "entries") {
        let Some((host, request)) = entry_request(entry, notes) else {
            continue;
        };
        let at = *by_host.entry(host.clone()).or_insert_with(|| {
            folders.push((host.clone(), Planned::new(Kind::RequestGroup, &host)));
            folders.len() - 1
        });
        folders[at].1.children.push(request);
    }
    if folders.len() == 1 {
        root.children = folders
            .into_iter()
            .flat_map(|(_, folder)| folder.children)
            .collect();
    } else {
        root.children = folders.into_iter().map(|(_, folder)| folder).collect();
    }
    if !list(log, "entries").is_empty() {
        notes.left("Responses are not taken", "");
    }
    root
}

fn entry_request(entry: &Value, notes: &mut Notes) -> Option<(String, Planned)> {
    let request = entry.get("request").unwrap_or(&Value::Null);
    let url = text(request, "url");
    let Some((scheme, rest)) = url.split_once("://") else {
        notes.left("Entries that are no request over the network are not taken", url);
        return None;
    };
    let is_socket = matches!(scheme, "ws" | "wss");
    if !is_socket && !matches!(scheme, "http" | "https") {
        notes.left("Entries that are no request over the network are not taken", url);
        return None;
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default().to_owned();
    let (address, mut query, _) = split_query(url);
    if query.is_empty() {
        query = list(request, "queryString")
            .iter()
            .map(|pair| row(any_text(pair, "name"), any_text(pair, "value")))
            .collect();
    }
    let path = address.split_once(&host).map_or("", |(_, path)| path);
    let name = if path.is_empty() { "/" } else { path };
    let kind = if is_socket {
        Kind::WebSocketRequest
    } else {
        Kind::Request
    };
    let mut planned = Planned::new(kind, name);
    planned.set("url", address);
    planned.set("parameters", query);
    planned.set("headers", headers(request, notes));
    if !is_socket {
        planned.set("method", any_text(request, "method").to_uppercase());
        planned.set("body", body(request.get("postData")));
    }
    if !text(entry, "comment").is_empty() {
        planned.set("description", text(entry, "comment"));
    }
    Some((host, planned))
}

fn headers(request: &Value, notes: &mut Notes) -> Vec<Value> {
    let mut rows = Vec::new();
    for header in list(request, "headers") {
        let name = any_text(header, "name");
        let lower = name.to_ascii_lowercase();
        if NOISE.contains(&lower.as_str()) || lower.starts_with("sec-") || lower.starts_with(':') {
            notes.left("Headers that browsers add by themselves are not taken", &name);
        } else {
            rows.push(row(name, any_text(header, "value")));
        }
    }
    let cookies: Vec<String> = list(request, "cookies")
        .iter()
        .map(|cookie| format!("{}={}", any_text(cookie, "name"), any_text(cookie, "value")))
        .collect();
    if !cookies.is_empty() && value_of(&rows, "Cookie").is_none() {
        rows.push(row("Cookie", cookies.join("; ")));
    }
    rows
}

fn body(data: Option<&Value>) -> Value {
    let Some(data) = data.filter(|data| data.is_object()) else {
        return json!({});
    };
    let media_type = text(data, "mimeType");
    let content = any_text(data, "text");
    let params = list(data, "params");
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    if essence == FORM && (content.is_empty() || !params.is_empty()) {
        let rows = params.iter().map(|pair| {
            row(
                form_decoded(&any_text(pair, "name")),
                form_decoded(&any_text(pair, "value")),
            )
        });
        return json!({ "mimeType": FORM, "params": rows.collect::<Vec<_>>() });
    }
    if essence == MULTIPART && !params.is_empty() {
        let rows = params.iter().map(|part| match text(part, "fileName") {
            "" => row(any_text(part, "name"), any_text(part, "value")),
            file => file_row(any_text(part, "name"), file, false),
        });
        return json!({ "mimeType": MULTIPART, "params": rows.collect::<Vec<_>>() });
    }
    if content.is_empty() {
        return json!({});
    }
    text_body(media_type, &content)
}
