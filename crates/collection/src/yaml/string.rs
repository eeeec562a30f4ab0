//! Strings as npm `yaml` writes them: plain where possible, quoted where needed, blocks for lines.

use super::block::block;
use super::dialect::Dialect;
use super::fold::{Folding, Mode, fold};
use super::quoted::{double_quoted, quoted};
use super::scalar::is_typed;

/// Where a string stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'i> {
    /// Indentation of what continues the value.
    pub indent: &'i str,
    /// Width that stands before it on its first line, where that matters.
    pub at_start: Option<usize>,
    /// A key: one line, never a block.
    pub is_key: bool,
    /// One line only, for a value with a comment behind it.
    pub one_line: bool,
    /// Whose style.
    pub dialect: Dialect,
}

impl Place<'_> {
    /// Has to stay on one line.
    pub(crate) fn single_line(&self) -> bool {
        self.is_key || self.one_line
    }

    /// A key that begins a line of the document, where some texts mean something else.
    fn is_root_key(&self) -> bool {
        self.is_key && self.indent.len() == super::emit::STEP
    }

    /// Folds unless it has to stay on one line.
    pub(crate) fn fold(&self, text: &str, indent: &str, mode: Mode) -> String {
        if self.single_line() {
            return text.to_owned();
        }
        let folding = Folding {
            mode,
            indent,
            at_start: self.at_start,
            dialect: self.dialect,
        };
        fold(text, folding).text
    }
}

/// The text of a string.
pub(crate) fn string(value: &str, place: Place<'_>) -> String {
    let is_first = place.is_root_key() || place.indent.is_empty();
    let is_lost = is_first && value.starts_with('\u{feff}');
    if value.chars().any(is_control) || is_lost {
        return double_quoted(value, place);
    }
    plain(value, place)
}

fn is_control(char: char) -> bool {
    matches!(char, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}')
}

fn plain(value: &str, place: Place<'_>) -> String {
    let has_lines = value.contains('\n');
    if place.single_line() && has_lines || is_quoted_key(value, place) {
        return double_quoted(value, place);
    }
    if has_lines {
        return block(value, place);
    }
    if !may_be_plain(value) {
        return quoted(value, place);
    }
    if has_document_marker(value) {
        if place.indent.is_empty() {
            return block(
                value,
                Place {
                    indent: "  ",
                    ..place
                },
            );
        }
        if place.is_root_key() && (place.dialect == Dialect::Yaml2 || ends_document(value)) {
            return quoted(value, place);
        }
    }
    if is_typed(value, place.dialect) {
        return double_quoted(value, place);
    }
    place.fold(value, place.indent, Mode::Flow)
}

/// Keys with brackets are quoted by 1.x.
fn is_quoted_key(value: &str, place: Place<'_>) -> bool {
    place.is_key && place.dialect == Dialect::Yaml1 && value.contains(['[', ']', '{', '}', ','])
}

/// Nothing in a string of one line that a reader would take for something else.
pub(crate) fn may_be_plain(value: &str) -> bool {
    let mut chars = value.chars();
    let Some(first) = chars.next() else { return false };
    if "\t ,[]{}#&*!|>'\"%@`".contains(first) {
        return false;
    }
    if matches!(first, '?' | '-') && matches!(chars.next(), None | Some(' ' | '\t')) {
        return false;
    }
    let has_forbidden_pair = value
        .as_bytes()
        .windows(2)
        .any(|pair| matches!(pair, [b':', b' ' | b'\t'] | [b'\t' | b' ', b'#']));
    !value.ends_with(['\t', ' ', ':']) && !has_forbidden_pair
}

/// A line that would begin or end a document at the start of a line.
pub(crate) fn has_document_marker(value: &str) -> bool {
    value
        .split('\n')
        .any(|line| line.starts_with('%') || line.starts_with("---") || line.starts_with("..."))
}

/// A key that 1.x leaves plain, and cannot read again.
fn ends_document(key: &str) -> bool {
    matches!(
        key.as_bytes(),
        [b'-', b'-', b'-', b' ' | b'\t', ..] | [b'.', b'.', b'.', b' ' | b'\t', ..]
    )
}

/// The indentation, which must not be empty where a line could be taken for the start of a document.
pub(crate) fn safe_indent<'i>(value: &str, place: Place<'i>) -> &'i str {
    if place.indent.is_empty() && has_document_marker(value) {
        "  "
    } else {
        place.indent
    }
}

/// Every run of line feeds replaced.
pub(crate) fn map_feed_runs(text: &str, replace: impl Fn(&str) -> String) -> String {
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
