//! Block scalars, `|` and `>`.

use super::dialect::Dialect;
use super::fold::{Folding, Mode, fold};
use super::quoted::double_quoted;
use super::string::{Place, map_feed_runs, safe_indent};

const LINE_WIDTH: usize = 80;

/// A text of lines: literal where they fit, folded where one is long.
pub(crate) fn block(value: &str, place: Place<'_>) -> String {
    if !may_be_block(value, place.dialect) {
        return double_quoted(value, place);
    }
    let indent = safe_indent(value, place);
    let parts = Parts::new(value, indent);
    let folded = has_long_line(value, indent.len())
        .then(|| parts.folded(indent, place.dialect))
        .flatten();
    let literal = || parts.literal(indent, place.dialect);
    if !is_risky(value) {
        return folded.unwrap_or_else(literal);
    }
    folded
        .filter(|block| comes_back(block, indent, value))
        .or_else(|| Some(literal()).filter(|block| comes_back(block, indent, value)))
        .unwrap_or_else(|| double_quoted(value, place))
}

/// A block cannot end in blanks behind a line feed, and 1.x makes none of blanks alone.
fn may_be_block(value: &str, dialect: Dialect) -> bool {
    let tail = value.trim_end_matches([' ', '\t']);
    let ends_badly = tail.len() < value.len() && tail.ends_with('\n');
    let is_white = |char: char| char.is_whitespace() || char == '\u{feff}';
    let is_all_white = dialect == Dialect::Yaml1 && value.chars().all(is_white);
    !ends_badly && !is_all_white
}

/// Holds what the emitters are known to get wrong: lines of nothing but blanks, a first line that is indented, and
/// characters at which JavaScript's `.` stops.
fn is_risky(value: &str) -> bool {
    let is_indented = value.trim_start_matches('\n').starts_with([' ', '\t']);
    is_indented || has_blank_line(value) || value.contains(['\u{2028}', '\u{2029}'])
}

/// Does a reader get the text back?
fn comes_back(block: &str, indent: &str, value: &str) -> bool {
    let key_indent = indent.strip_prefix("  ").unwrap_or_default();
    let node = super::parse(&format!("{key_indent}key: {block}\n"));
    node.is_ok_and(|node| {
        node.get("key")
            .is_some_and(|node| node.to_value().as_str() == Some(value))
    })
}

struct Parts<'v> {
    chomp: &'static str,
    starts_with_space: bool,
    /// The line feeds at the start, with indentation.
    start: String,
    body: &'v str,
    /// What stands behind the last character, with indentation.
    end: String,
}

impl<'v> Parts<'v> {
    fn new(value: &'v str, indent: &str) -> Self {
        let body = value.trim_end_matches(['\n', '\t', ' ']);
        let tail = &value[body.len()..];
        let chomp = match tail.find('\n') {
            None => "-",
            Some(at) if body.is_empty() || at + 1 != tail.len() => "+",
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

    fn literal(&self, indent: &str, dialect: Dialect) -> String {
        let header = self.header(indent, dialect);
        let body = map_feed_runs(self.body, |run| format!("{run}{indent}"));
        format!("|{header}\n{indent}{}{body}{}", self.start, self.end)
    }

    /// Nothing where a word is too long for a line and the dialect then takes a literal block.
    fn folded(&self, indent: &str, dialect: Dialect) -> Option<String> {
        let body = map_feed_runs(&double_feeds(self.body), |run| format!("{run}{indent}"));
        let folding = Folding {
            mode: Mode::Block,
            indent,
            at_start: None,
            dialect,
        };
        let folded = fold(&format!("{}{body}{}", self.start, self.end), folding);
        if dialect == Dialect::Yaml2 && folded.overflows {
            return None;
        }
        Some(format!(
            ">{}\n{indent}{}",
            self.header(indent, dialect),
            folded.text
        ))
    }

    /// Chomping and, where the text starts with a space, the indentation.
    fn header(&self, indent: &str, dialect: Dialect) -> String {
        let size = match (self.starts_with_space, indent.is_empty()) {
            (false, _) => "",
            (true, true) => "1",
            (true, false) => "2",
        };
        match dialect {
            Dialect::Yaml1 => format!("{}{size}", self.chomp),
            Dialect::Yaml2 => format!("{size}{}", self.chomp),
        }
    }
}

/// Like all runs, except the one at the very end.
fn indent_inner_runs(tail: &str, indent: &str) -> String {
    let inner = tail.trim_end_matches('\n');
    let indented = map_feed_runs(inner, |run| format!("{run}{indent}"));
    format!("{indented}{}", &tail[inner.len()..])
}

/// Is there a line of nothing but blanks?
fn has_blank_line(value: &str) -> bool {
    let is_blank = |line: &str| !line.is_empty() && line.trim_matches([' ', '\t']).is_empty();
    value.split('\n').any(is_blank)
}

fn has_long_line(value: &str, indent: usize) -> bool {
    let Some(limit) = LINE_WIDTH.checked_sub(indent) else {
        return true;
    };
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
