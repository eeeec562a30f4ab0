//! Quoted strings. Single quotes hold what has double ones; double quotes hold everything.

use super::fold::Mode;
use super::string::{Place, map_feed_runs, safe_indent};

const MIN_MULTI_LINE_LENGTH: usize = 40;

/// A quoted string, in the quotes that need fewer escapes.
pub(crate) fn quoted(value: &str, place: Place<'_>) -> String {
    if value.contains('"') && !value.contains('\'') {
        return single_quoted(value, place);
    }
    double_quoted(value, place)
}

fn single_quoted(value: &str, place: Place<'_>) -> String {
    let breaks_badly = value
        .as_bytes()
        .windows(2)
        .any(|pair| matches!(pair, [b' ' | b'\t', b'\n'] | [b'\n', b' ' | b'\t']));
    if breaks_badly || place.single_line() && value.contains('\n') {
        return double_quoted(value, place);
    }
    let indent = safe_indent(value, place);
    // Folding eats the first line feed of a run.
    let lines = map_feed_runs(&value.replace('\'', "''"), |run| format!("{run}\n{indent}"));
    place.fold(&format!("'{lines}'"), indent, Mode::Flow)
}

/// A double-quoted string.
pub(crate) fn double_quoted(value: &str, place: Place<'_>) -> String {
    let indent = safe_indent(value, place);
    let as_lines = !place.single_line() && json_length(value) >= MIN_MULTI_LINE_LENGTH;
    place.fold(&body(value, indent, as_lines), indent, Mode::Quoted)
}

/// A double-quoted string on one line, whatever its length.
pub(crate) fn one_line_quoted(value: &str) -> String {
    body(value, "", false)
}

/// Length of `JSON.stringify(value)`.
fn json_length(value: &str) -> usize {
    let length = |char: char| match char {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
        '\0'..='\u{1f}' => 6,
        _ => char.len_utf16(),
    };
    value.chars().map(length).sum::<usize>() + 2
}

fn body(value: &str, indent: &str, as_lines: bool) -> String {
    let mut body = String::with_capacity(value.len() + 2);
    body.push('"');
    let mut rest = value.chars();
    while let Some(char) = rest.next() {
        let behind = rest.as_str();
        if char == ' ' && behind.starts_with('\n') {
            body.push_str("\\ ");
        } else if char == '\n' && as_lines && !behind.is_empty() {
            body.push_str("\n\n");
            let run = behind.len() - behind.trim_start_matches('\n').len();
            // A line feed at the very end is written as an escape.
            let more = run.min(behind.len() - 1);
            body.extend(std::iter::repeat_n('\n', more));
            rest = behind[more..].chars();
            body.push_str(indent);
            push_space_guard(&mut body, rest.as_str());
        } else {
            push_escaped(&mut body, char);
        }
    }
    body.push('"');
    body
}

/// A space behind a line feed would be folded away. One before another line feed gets its own backslash; two would
/// make a backslash of it.
fn push_space_guard(body: &mut String, behind: &str) {
    if behind.starts_with(' ') && !behind.starts_with(" \n") {
        body.push('\\');
    }
}

fn push_escaped(body: &mut String, char: char) {
    match char {
        '"' => body.push_str("\\\""),
        '\\' => body.push_str("\\\\"),
        '\n' => body.push_str("\\n"),
        '\r' => body.push_str("\\r"),
        '\t' => body.push_str("\\t"),
        '\u{8}' => body.push_str("\\b"),
        '\u{c}' => body.push_str("\\f"),
        '\0' => body.push_str("\\0"),
        '\u{7}' => body.push_str("\\a"),
        '\u{b}' => body.push_str("\\v"),
        '\u{1b}' => body.push_str("\\e"),
        '\u{1}'..='\u{f}' => body.extend(['\\', 'x', '0', hex(char)]),
        '\u{10}'..='\u{1f}' => body.extend(['\\', 'x', '1', hex(char)]),
        _ => body.push(char),
    }
}

/// The last hexadecimal digit.
fn hex(char: char) -> char {
    char::from_digit(u32::from(char) % 16, 16).unwrap_or('0')
}
