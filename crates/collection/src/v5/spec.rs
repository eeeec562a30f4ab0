//! The API spec in a v5 file: a tree there, a text for whoever edits it.

use serde_json::{Map, Value};

use crate::edit::EditError;
use crate::yaml::{self, Node, raw};

/// A spec as it goes into a file.
#[derive(Debug, Clone)]
pub(crate) struct SpecText {
    /// Its text, fit to stand below a key.
    pub text: String,
    /// What it means.
    pub value: Value,
}

/// Reads what was typed. What is no map of YAML or JSON is refused with the place of the mistake.
pub(crate) fn spec_text(typed: &str) -> Result<SpecText, EditError> {
    let text = standing_below_a_key(typed);
    let error = match yaml::parse(&text) {
        Ok(node) => return from_value(text, node.to_value()),
        Err(error) => error,
    };
    if let Some(map) = yaml::parse_json(&text) {
        // Escapes that YAML does not know: what they stand for is written instead.
        let value = yaml::normalised(&Value::Object(map));
        return Ok(SpecText {
            text: serde_json::to_string_pretty(&value).unwrap_or_default(),
            value,
        });
    }
    let (line, column) = yaml::line_and_column(&text, error.offset);
    let line = line + typed_lines_before(typed, &text);
    Err(EditError::bad_value(
        "contents",
        format!(
            "line {line}, column {column}: {}. This collection file keeps the spec as a part of itself, so it has to be \
             readable YAML or JSON. Nothing was changed.",
            error.message
        ),
    ))
}

fn from_value(text: String, value: Value) -> Result<SpecText, EditError> {
    match value {
        Value::Object(_) => Ok(SpecText { text, value }),
        Value::Null if !text.lines().any(|line| line.trim_start().starts_with('#')) => Ok(SpecText {
            text: String::new(),
            value: Value::Object(Map::new()),
        }),
        _ => Err(EditError::bad_value(
            "contents",
            "an API spec is a map of keys and values, which starts with a key such as `openapi`.",
        )),
    }
}

/// Lines that were left out at the start.
fn typed_lines_before(typed: &str, text: &str) -> u32 {
    let before = typed.lines().count().saturating_sub(text.lines().count());
    u32::try_from(before).unwrap_or_default()
}

/// Without the marks of a document of its own, and in braces without tabs, as these cannot indent there.
fn standing_below_a_key(typed: &str) -> String {
    let text = typed.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let is_mark = |line: &&str| line.trim_end() == "---" || line.starts_with("%YAML ");
    let is_before =
        |line: &str| line.trim().is_empty() || line.starts_with(['#', '%']) || line.trim_end() == "---";
    let head: Vec<&str> = text.lines().take_while(|line| is_before(line)).collect();
    let text = if head.iter().any(|line| line.trim_end() == "---") {
        let kept = head.iter().filter(|line| !is_mark(line)).copied();
        kept.chain(text.lines().skip(head.len()))
            .collect::<Vec<_>>()
            .join("\n")
            + "\n"
    } else {
        text
    };
    let text = text
        .strip_suffix("\n...\n")
        .map_or(text.clone(), |bare| format!("{bare}\n"));
    if text.trim_start().starts_with('{') {
        text.lines().map(spaces_for_tabs).collect::<Vec<_>>().join("\n") + "\n"
    } else {
        text
    }
}

fn spaces_for_tabs(line: &str) -> String {
    let bare = line.trim_start_matches([' ', '\t']);
    let blanks = &line[..line.len() - bare.len()];
    format!("{}{bare}", blanks.replace('\t', "  "))
}

/// The file with this text as its spec, comments and formatting included. Nothing where it cannot stand there.
pub(crate) fn put_spec(file: &str, spec: &SpecText) -> Option<String> {
    let root = yaml::parse(file).ok()?;
    let node = root.get("spec")?;
    let Some(entry) = node.entry("contents") else {
        return put_spec(&with_contents(file, node)?, spec);
    };
    let result = raw::put_value(file, entry, &spec.text)?;
    let mut target = root.to_value();
    *target.get_mut("spec")?.get_mut("contents")? = spec.value.clone();
    let is_meant = |node: Node| node.to_value() == target;
    yaml::parse(&result).is_ok_and(is_meant).then_some(result)
}

/// The same with a key for the contents before the others of the spec.
fn with_contents(file: &str, spec: &Node) -> Option<String> {
    let at = spec.span.start;
    let column = at - file[..at].rfind('\n')? - 1;
    let (before, behind) = file.split_at(at);
    let text = format!("{before}contents: {{}}\n{}{behind}", " ".repeat(column));
    let has_contents = |root: Node| {
        root.get("spec")
            .is_some_and(|spec| spec.entry("contents").is_some())
    };
    yaml::parse(&text).is_ok_and(has_contents).then_some(text)
}
