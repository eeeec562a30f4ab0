//! Strings as npm `yaml` 1.10.2 writes them: plain where possible, quoted where needed, blocks for lines.

use super::fold::{Mode, fold};
use super::scalar::is_typed;

const LINE_WIDTH: usize = 80;
const MIN_MULTI_LINE_LENGTH: usize = 40;

/// Where a string stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'i> {
    /// Indentation of what continues the value.
    pub indent: &'i str,
    /// Width that stands before it on its first line, where that matters.
    pub at_start: Option<usize>,
    /// A key: one line, never a block.
    pub is_key: bool,
    /// Inside `{}` or `[]`.
    pub in_flow: bool,
    /// One line only, for a value with a comment behind it.
    pub one_line: bool,
}

impl Place<'_> {
    fn single_line(&self) -> bool {
        self.is_key || self.one_line
    }
}

/// The text of a string.
pub(crate) fn string(value: &str, place: Place<'_>) -> String {
    if value.chars().any(is_control) || breaks_lines_otherwise(value) {
        return double_quoted(value, place);
    }
    plain(value, place)
}

/// Some readers end a line at these two, so beside real line feeds a block would not come back as it was.
fn breaks_lines_otherwise(value: &str) -> bool {
    value.contains(['\u{2028}', '\u{2029}']) && value.contains('\n')
}

fn is_control(char: char) -> bool {
    matches!(char, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{feff}')
}

fn plain(value: &str, place: Place<'_>) -> String {
    let is_special = |char: char| matches!(char, '[' | ']' | '{' | '}' | ',');
    let has_lines = value.contains('\n');
    if place.single_line() && (has_lines || place.is_key && value.contains(is_special))
        || place.in_flow && value.contains(is_special)
    {
        return double_quoted(value, place);
    }
    if !may_be_plain(value) {
        return if place.is_key || place.in_flow || !has_lines {
            quoted(value, place)
        } else {
            block(value, place)
        };
    }
    if has_lines && !place.is_key && !place.in_flow {
        return block(value, place);
    }
    if place.indent.is_empty() && has_document_marker(value) {
        return block(
            value,
            Place {
                indent: "  ",
                ..place
            },
        );
    }
    if is_typed(value) {
        return double_quoted(value, place);
    }
    if place.single_line() {
        value.to_owned()
    } else {
        fold(value, place.indent, Mode::Flow, place.at_start)
    }
}

fn may_be_plain(value: &str) -> bool {
    let mut chars = value.chars();
    let Some(first) = chars.next() else { return false };
    if "\n\t ,[]{}#&*!|>'\"%@`".contains(first) {
        return false;
    }
    if matches!(first, '?' | '-') && matches!(chars.next(), None | Some(' ' | '\t')) {
        return false;
    }
    !value.ends_with(['\n', '\t', ' ', ':']) && !has_forbidden_pair(value)
}

fn has_forbidden_pair(value: &str) -> bool {
    value.as_bytes().windows(2).any(|pair| {
        matches!(
            pair,
            [b'\n' | b':', b' ' | b'\t'] | [b' ' | b'\t', b'\n'] | [b'\n' | b'\t' | b' ', b'#']
        )
    })
}

fn quoted(value: &str, place: Place<'_>) -> String {
    if value.contains('"') && !value.contains('\'') {
        return single_quoted(value, place);
    }
    double_quoted(value, place)
}

fn has_document_marker(value: &str) -> bool {
    value
        .split('\n')
        .any(|line| line.starts_with('%') || line.starts_with("---") || line.starts_with("..."))
}

fn quote_indent<'i>(value: &str, place: Place<'i>) -> &'i str {
    if place.indent.is_empty() && has_document_marker(value) {
        "  "
    } else {
        place.indent
    }
}

fn single_quoted(value: &str, place: Place<'_>) -> String {
    let breaks_badly = value
        .as_bytes()
        .windows(2)
        .any(|pair| matches!(pair, [b' ' | b'\t', b'\n'] | [b'\n', b' ' | b'\t']));
    if breaks_badly || place.single_line() && value.contains('\n') {
        return double_quoted(value, place);
    }
    let indent = quote_indent(value, place);
    let body = format!("'{}'", repeat_feeds(&value.replace('\'', "''"), indent));
    if place.single_line() {
        body
    } else {
        fold(&body, indent, Mode::Flow, place.at_start)
    }
}

/// Every run of line feeds gets one more and the indentation: folding eats the first.
fn repeat_feeds(text: &str, indent: &str) -> String {
    map_feed_runs(text, |run| format!("{run}\n{indent}"))
}

fn map_feed_runs(text: &str, replace: impl Fn(&str) -> String) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('\n') {
        let run = rest.len() - start - rest[start..].trim_start_matches('\n').len();
        result.push_str(&rest[..start]);
        result.push_str(&replace(&rest[start..start + run]));
        rest = &rest[start + run..];
    }
    result.push_str(rest);
    result
}

/// A double-quoted string.
pub(crate) fn double_quoted(value: &str, place: Place<'_>) -> String {
    let indent = quote_indent(value, place);
    let json = json_units(value);
    let as_lines = !place.single_line() && json_length(value) >= MIN_MULTI_LINE_LENGTH;
    let body = quoted_body(&json, indent, as_lines);
    if place.single_line() {
        body
    } else {
        fold(&body, indent, Mode::Quoted, place.at_start)
    }
}

/// The JSON text, one piece for each character.
fn json_units(value: &str) -> Vec<String> {
    let mut pieces = vec!["\"".to_owned()];
    pieces.extend(value.chars().map(escape));
    pieces.push("\"".to_owned());
    pieces
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

fn escape(char: char) -> String {
    match char {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        '\u{8}' => "\\b".to_owned(),
        '\u{c}' => "\\f".to_owned(),
        '\0' => "\\0".to_owned(),
        '\u{7}' => "\\a".to_owned(),
        '\u{b}' => "\\v".to_owned(),
        '\u{1b}' => "\\e".to_owned(),
        '\u{1}'..='\u{1f}' => format!("\\x{:02x}", char as u32),
        // Raw, a byte order mark would be dropped by some readers.
        '\u{feff}' => "\\ufeff".to_owned(),
        _ => char.to_string(),
    }
}

fn quoted_body(json: &[String], indent: &str, as_lines: bool) -> String {
    let is_feed = |at: usize| json.get(at).is_some_and(|piece| piece == "\\n");
    let mut body = String::new();
    let mut at = 0;
    while let Some(piece) = json.get(at) {
        let is_last = at + 2 == json.len();
        if piece == " " && is_feed(at + 1) {
            body.push_str("\\ ");
        } else if piece == "\\n" && as_lines && !is_last {
            body.push_str("\n\n");
            while is_feed(at + 1) && at + 3 < json.len() {
                body.push('\n');
                at += 1;
            }
            body.push_str(indent);
            // A space before another line feed gets its own backslash; two would make a backslash of it.
            if json.get(at + 1).is_some_and(|next| next == " ") && !is_feed(at + 2) {
                body.push('\\');
            }
        } else {
            body.push_str(piece);
        }
        at += 1;
    }
    body
}

fn block(value: &str, place: Place<'_>) -> String {
    let all_white = value.chars().all(char::is_whitespace);
    let tail = value.trim_end_matches([' ', '\t']);
    if all_white || tail.len() < value.len() && tail.ends_with('\n') {
        return double_quoted(value, place);
    }
    let indent = quote_indent(value, place);
    let literal = !has_long_line(value, LINE_WIDTH.saturating_sub(indent.len()));
    let parts = BlockParts::new(value, indent);
    let as_literal = || {
        let body = map_feed_runs(parts.body, |run| format!("{run}{indent}"));
        format!(
            "|{}\n{indent}{}{body}{}",
            parts.indicators(indent),
            parts.start,
            parts.end
        )
    };
    if literal {
        return as_literal();
    }
    let body = map_feed_runs(&double_feeds(parts.body), |run| format!("{run}{indent}"));
    let text = format!("{}{body}{}", parts.start, parts.end);
    let folded = format!(
        ">{}\n{indent}{}",
        parts.indicators(indent),
        fold(&text, indent, Mode::Block, None)
    );
    if has_blank_line(value) && !comes_back(&folded, indent, value) {
        as_literal()
    } else {
        folded
    }
}

/// Does a reader get the text back? Lines of nothing but blanks are not always told from the folding.
fn comes_back(folded: &str, indent: &str, value: &str) -> bool {
    let key_indent = indent.strip_prefix("  ").unwrap_or_default();
    let node = super::parse(&format!("{key_indent}key: {folded}\n"));
    node.is_ok_and(|node| {
        node.get("key")
            .is_some_and(|node| node.to_value().as_str() == Some(value))
    })
}

struct BlockParts<'v> {
    chomp: &'static str,
    starts_with_space: bool,
    start: String,
    body: &'v str,
    end: String,
}

impl<'v> BlockParts<'v> {
    fn new(value: &'v str, indent: &str) -> Self {
        let body = value.trim_end_matches(['\n', '\t', ' ']);
        let tail = &value[body.len()..];
        let chomp = match tail.find('\n') {
            None => "-",
            Some(at) if at + 1 != tail.len() => "+",
            Some(_) => "",
        };
        let tail = tail.strip_suffix('\n').unwrap_or(tail);
        let lead_length = body.len() - body.trim_start_matches(['\n', ' ']).len();
        let lead = &body[..lead_length];
        let start = &lead[..lead.trim_end_matches(' ').len()];
        Self {
            chomp,
            starts_with_space: lead.contains(' '),
            start: map_feed_runs(start, |run| format!("{run}{indent}")),
            body: &body[start.len()..],
            end: indent_inner_runs(tail, indent),
        }
    }

    fn indicators(&self, indent: &str) -> String {
        let size = if indent.is_empty() { "1" } else { "2" };
        format!("{}{}", self.chomp, if self.starts_with_space { size } else { "" })
    }
}

/// Like all runs, except the one at the very end.
fn indent_inner_runs(tail: &str, indent: &str) -> String {
    let inner = tail.trim_end_matches('\n');
    format!(
        "{}{}",
        map_feed_runs(inner, |run| format!("{run}{indent}")),
        &tail[inner.len()..]
    )
}

/// Is there a line of nothing but blanks?
fn has_blank_line(value: &str) -> bool {
    value
        .split('\n')
        .any(|line| !line.is_empty() && line.trim_matches([' ', '\t']).is_empty())
}

fn has_long_line(value: &str, limit: usize) -> bool {
    value
        .split('\n')
        .any(|line| line.len() > limit && line.encode_utf16().count() > limit)
}

/// In a `>` block a line feed is written twice, but not beside lines that are indented further.
fn double_feeds(body: &str) -> String {
    let doubled = map_feed_runs(body, |run| format!("\n{run}"));
    MoreIndented {
        text: &doubled,
        at: 0,
        result: String::with_capacity(doubled.len()),
    }
    .run()
}

/// `/(?:^|\n)([\t ].*)(?:([\n\t ]*)\n(?![\n\t ]))?/g` replaced by `$1$2`.
struct MoreIndented<'t> {
    text: &'t str,
    at: usize,
    result: String,
}

impl MoreIndented<'_> {
    fn run(mut self) -> String {
        while self.at < self.text.len() {
            match self.line_start() {
                Some(line) => self.keep_line(line),
                None => self.copy_char(),
            }
        }
        self.result
    }

    fn is_blank(&self, at: usize) -> bool {
        matches!(self.text.as_bytes().get(at), Some(b' ' | b'\t'))
    }

    fn line_start(&self) -> Option<usize> {
        if self.at == 0 && self.is_blank(0) {
            return Some(0);
        }
        let feed = self.text.as_bytes().get(self.at) == Some(&b'\n');
        (feed && self.is_blank(self.at + 1)).then_some(self.at + 1)
    }

    fn copy_char(&mut self) {
        let char = self.text[self.at..].chars().next();
        self.result.extend(char);
        self.at += char.map_or(1, char::len_utf8);
    }

    fn keep_line(&mut self, line: usize) {
        // What a dot matches in JavaScript: these end a line, too.
        let end = self.text[line..]
            .find(['\n', '\u{2028}', '\u{2029}'])
            .map_or(self.text.len(), |found| line + found);
        self.result.push_str(&self.text[line..end]);
        let rest = &self.text[end..];
        let run = rest.len() - rest.trim_start_matches(['\n', '\t', ' ']).len();
        // The run must end in a line feed that no blank follows; otherwise nothing is taken.
        match rest[..run].rfind('\n') {
            Some(last) if last + 1 == run => {
                self.result.push_str(&rest[..last]);
                self.at = end + run;
            }
            _ => self.at = end,
        }
    }
}
