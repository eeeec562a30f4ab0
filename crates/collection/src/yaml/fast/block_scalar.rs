//! Scalars under `|` and `>`.

use std::ops::Range;

use serde_json::Value;

use super::super::node::{Content, Node, Style};
use super::Parser;

/// What `|-2` and its like say.
struct Header {
    folded: bool,
    /// `-`: no line end after the last line. `+`: all of them.
    chomp: Option<u8>,
    /// Indentation beyond the parent's, where it is said.
    indent: Option<usize>,
    end: usize,
}

/// A line that belongs to the scalar.
enum Line {
    Blank,
    Content(Range<usize>),
}

impl Parser<'_> {
    /// A block scalar below something in the column `parent`.
    pub(super) fn block_scalar(&mut self, parent: usize) -> Option<Node> {
        let start = self.at;
        let header = self.header()?;
        let mut at = header.end + 1;
        if self.bytes.get(at) == Some(&b'\t') {
            return None;
        }
        let indent = match header.indent {
            Some(indent) => parent + indent,
            None => self.found_indent(at, parent)?,
        };
        let mut body = Body::default();
        while let Some(line) = self.body_line(at, indent, parent, body.is_empty())? {
            at = match line {
                Line::Blank => {
                    body.blank_lines += 1;
                    self.line_end(at)? + 1
                }
                Line::Content(range) => {
                    let text = &self.text[range.clone()];
                    if self.skipping {
                        body.has_line = true;
                    } else {
                        body.push(text, header.folded);
                    }
                    if !text.trim_matches([' ', '\t']).is_empty() {
                        body.end = range.end;
                    }
                    range.end + 1
                }
            };
        }
        let end = if header.chomp == Some(b'+') {
            at - 1
        } else {
            body.end.max(header.end)
        };
        self.behind = end;
        self.seek(at)?;
        Some(Node {
            span: start..end,
            style: Style::Block,
            content: Content::Scalar(Value::String(body.chomped(header.chomp))),
        })
    }

    fn header(&self) -> Option<Header> {
        let end = self.line_end(self.at)?;
        let (mut chomp, mut indent) = (None, None);
        for byte in &self.bytes[self.at + 1..end] {
            match byte {
                b'+' | b'-' if chomp.is_none() => chomp = Some(*byte),
                b'1'..=b'9' if indent.is_none() => indent = Some(usize::from(byte - b'0')),
                _ => return None,
            }
        }
        Some(Header {
            folded: self.bytes[self.at] == b'>',
            chomp,
            indent,
            end,
        })
    }

    /// Indentation of the first line with content, or of the longest blank one before it.
    fn found_indent(&self, mut start: usize, parent: usize) -> Option<usize> {
        let mut indent = parent + 1;
        loop {
            let at = self.behind_spaces(start);
            indent = indent.max(at - start);
            match self.bytes.get(at) {
                Some(b'\n') => start = at + 1,
                None if at > start => return None,
                _ => return Some(indent),
            }
        }
    }

    /// The line that starts at `start`, if it belongs to the scalar.
    #[allow(clippy::option_option)]
    fn body_line(&self, start: usize, indent: usize, parent: usize, is_first: bool) -> Option<Option<Line>> {
        let mut at = start;
        while at < start + indent && self.bytes.get(at) == Some(&b' ') {
            at += 1;
        }
        match self.bytes.get(at) {
            Some(b'\n') => Some(Some(Line::Blank)),
            None => (at == start).then_some(None),
            Some(_) if at == start + indent => Some(Some(Line::Content(at..self.line_end(at)?))),
            Some(_) if is_first && at - start > parent => None,
            Some(_) => Some(None),
        }
    }
}

/// The text as it grows.
#[derive(Default)]
struct Body {
    text: String,
    /// End of the last line that is not blank; 0 before it.
    end: usize,
    blank_lines: usize,
    has_line: bool,
    /// The last line began with a blank: it is not folded.
    was_indented: bool,
}

impl Body {
    fn is_empty(&self) -> bool {
        !self.has_line
    }

    fn push(&mut self, line: &str, folded: bool) {
        let is_indented = line.starts_with([' ', '\t']);
        let folds = folded && self.has_line && !self.was_indented && !is_indented;
        if folds && self.blank_lines == 0 {
            self.text.push(' ');
        } else if self.has_line && !folds {
            self.text.push('\n');
        }
        self.push_blank_lines();
        self.text.push_str(line);
        self.has_line = true;
        self.was_indented = is_indented;
    }

    fn push_blank_lines(&mut self) {
        self.text.extend(std::iter::repeat_n('\n', self.blank_lines));
        self.blank_lines = 0;
    }

    fn chomped(mut self, chomp: Option<u8>) -> String {
        if self.has_line && chomp != Some(b'-') {
            self.text.push('\n');
        }
        if chomp == Some(b'+') {
            self.push_blank_lines();
        }
        self.text
    }
}
