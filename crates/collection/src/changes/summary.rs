//! One line that says what happened.

use crate::comparison::{
    Comparison, DiffLine, LineChange, PartChange, PartKind, PartsComparison, PartsOf, TextComparison,
    TextUnit,
};
use crate::model::{ChangeKind, FieldChange, Kind, Problem};

const MAX_LENGTH: usize = 80;
const MAX_LABEL: usize = 40;
/// Longer values are not told in a line.
const MAX_VALUE: usize = 24;
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

/// The line for a file that cannot be read.
pub(crate) fn broken_summary(problem: Option<&Problem>) -> String {
    let Some(problem) = problem else {
        return "Cannot be read".to_owned();
    };
    let place = problem
        .line
        .map_or_else(String::new, |line| format!(", line {line}"));
    format!("Cannot be read{place}: {}", problem.message)
}

fn bookkeeping_summary(fields: &[FieldChange]) -> String {
    let labels: Vec<_> = fields.iter().map(|field| clip(&field.label)).collect();
    if labels.is_empty() {
        "Only formatting changed".to_owned()
    } else {
        format!("Only {}", join(&labels))
    }
}

/// What happened to a field, in a few words.
pub(crate) fn phrase(field: &FieldChange) -> String {
    let label = clip(&field.label);
    match (field.path.as_str(), &field.before, &field.after) {
        ("parentId" | "path", _, _) => label,
        ("name" | "fileName", Some(before), Some(_)) => format!("renamed from {}", clip(before)),
        (_, None, Some(_)) => format!("{label} added"),
        (_, Some(_), None) => format!("{label} removed"),
        (_, before, after) => match &field.comparison {
            Comparison::Value => value_phrase(field, &label, before.as_deref(), after.as_deref()),
            Comparison::Text(text) => text_phrase(&label, text),
            Comparison::Parts(found) => parts_phrase(&label, found),
            Comparison::Formatting => format!("{label}: formatting only"),
            Comparison::Large { .. } => format!("{label}: large text changed"),
        },
    }
}

fn value_phrase(field: &FieldChange, label: &str, before: Option<&str>, after: Option<&str>) -> String {
    let is_short = |value: &str| (1..=MAX_VALUE).contains(&value.chars().count());
    match (before, after) {
        (Some(before), Some(after)) if !is_secret(&field.path) && is_short(before) && is_short(after) => {
            format!("{label} {before} → {after}")
        }
        (Some(""), Some(_)) => format!("{label} filled in"),
        (Some(_), Some("")) => format!("{label} emptied"),
        _ => format!("{label} changed"),
    }
}

/// Values that no line of a list or commit message should spell out.
fn is_secret(path: &str) -> bool {
    const WORDS: [&str; 8] = [
        "auth",
        "token",
        "secret",
        "password",
        "passwd",
        "key",
        "cookie",
        "credential",
    ];
    let path = path.to_lowercase();
    WORDS.iter().any(|word| path.contains(word))
}

fn text_phrase(label: &str, text: &TextComparison) -> String {
    let changed = |line: &&DiffLine| line.change != LineChange::Same;
    let mut numbers: Vec<u32> = text
        .hunks
        .iter()
        .flat_map(|hunk| hunk.lines.iter().filter(changed))
        .filter_map(|line| line.after.or(line.before))
        .collect();
    numbers.dedup();
    match (numbers.as_slice(), text.by) {
        ([line], TextUnit::Lines) if text.more == 0 => format!("{label} line {line}"),
        _ => format!("{label} changed"),
    }
}

fn parts_phrase(label: &str, found: &PartsComparison) -> String {
    let only_group = found.parts.first().map(|part| part.group.as_str());
    let one_group = found
        .parts
        .iter()
        .all(|part| Some(part.group.as_str()) == only_group);
    match (found.parts.as_slice(), found.of) {
        ([part], _) if found.more == 0 => format!("{label}: {}", part_phrase(part)),
        ([first, ..], PartsOf::ApiSpec) if one_group && found.more == 0 => {
            format!("{label}: {} changed", clip(&first.group))
        }
        (parts, _) => {
            let count = parts.len() + usize::try_from(found.more).unwrap_or_default();
            format!("{label}: {count} places")
        }
    }
}

/// What happened at one place, in a few words: "GET /users/{id}: response 404 added".
pub(crate) fn part_phrase(part: &PartChange) -> String {
    let place = match (part.group.as_str(), part.place.as_str()) {
        ("", place) => clip(place),
        (group, "") => clip(group),
        (group, place) => format!("{}: {}", clip(group), clip(place)),
    };
    let is_short = |value: &&String| !value.contains('\n') && value.chars().count() <= MAX_VALUE;
    match (
        part.change,
        part.before.as_ref().filter(is_short),
        part.after.as_ref().filter(is_short),
    ) {
        (PartKind::Added, ..) => format!("{place} added"),
        (PartKind::Removed, ..) => format!("{place} removed"),
        (PartKind::Changed, Some(before), Some(after)) if !is_secret(&part.place) => {
            format!("{place} {before} → {after}")
        }
        (PartKind::Changed, ..) => format!("{place} changed"),
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

/// What a resource is, in words.
/// What a resource of this kind is called within a sentence.
pub(crate) fn kind_word(kind: Kind) -> &'static str {
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
