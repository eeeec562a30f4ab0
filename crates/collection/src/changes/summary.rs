//! One line that says what happened.

use crate::model::{ChangeKind, FieldChange, Kind};

const MAX_LENGTH: usize = 80;
const MAX_LABEL: usize = 40;
const SEPARATOR: &str = " · ";

/// The line for a list of changes.
pub(crate) fn summary(kind: Kind, change: ChangeKind, fields: &[FieldChange]) -> String {
    match change {
        ChangeKind::Added => return format!("New {}", kind_word(kind)),
        ChangeKind::Deleted => return format!("{} deleted", capital(kind_word(kind))),
        _ => {}
    }
    let real: Vec<_> = fields
        .iter()
        .filter(|field| !field.bookkeeping)
        .map(phrase)
        .collect();
    if real.is_empty() {
        return bookkeeping_summary(fields);
    }
    capital(&join(&real))
}

fn bookkeeping_summary(fields: &[FieldChange]) -> String {
    let labels: Vec<_> = fields.iter().map(|field| clip(&field.label)).collect();
    if labels.is_empty() {
        "Only formatting changed".to_owned()
    } else {
        format!("Only {}", join(&labels))
    }
}

fn phrase(field: &FieldChange) -> String {
    let label = clip(&field.label);
    match (field.path.as_str(), &field.before, &field.after) {
        ("parentId" | "path", _, _) => label,
        ("name" | "fileName", Some(before), Some(_)) => format!("renamed from {}", clip(before)),
        (_, None, Some(_)) => format!("{label} added"),
        (_, Some(_), None) => format!("{label} removed"),
        _ => format!("{label} changed"),
    }
}

fn join(phrases: &[String]) -> String {
    let mut line = String::new();
    for (index, phrase) in phrases.iter().enumerate() {
        let left = phrases.len() - index;
        let more = if left > 1 { SEPARATOR.len() + 12 } else { 0 };
        if index > 0 && line.chars().count() + phrase.chars().count() + more > MAX_LENGTH {
            return format!("{line}{SEPARATOR}+ {left} more");
        }
        if index > 0 {
            line.push_str(SEPARATOR);
        }
        line.push_str(phrase);
    }
    line
}

fn clip(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|char| if char.is_control() { ' ' } else { char })
        .collect();
    if line.chars().count() <= MAX_LABEL {
        return line;
    }
    let short: String = line.chars().take(MAX_LABEL - 1).collect();
    format!("{short}…")
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Workspace => "collection",
        Kind::ApiSpec => "API spec",
        Kind::Environment => "environment",
        Kind::RequestGroup => "folder",
        Kind::Request => "request",
        Kind::GrpcRequest => "gRPC request",
        Kind::ProtoFile => "proto file",
        Kind::ProtoDirectory => "proto directory",
        Kind::WebSocketRequest => "WebSocket request",
        Kind::WebSocketPayload => "WebSocket message",
        Kind::SocketIORequest => "Socket.IO request",
        Kind::SocketIOPayload => "Socket.IO message",
        Kind::UnitTestSuite => "test suite",
        Kind::UnitTest => "test",
        Kind::MockServer => "mock server",
        Kind::MockRoute => "mock route",
        Kind::McpRequest => "MCP client",
        Kind::CookieJar => "cookie jar",
        Kind::ProjectLintRuleset => "lint ruleset",
        Kind::File | Kind::Broken => "file",
    }
}
