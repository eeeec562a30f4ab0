//! A map within a document, read and patched without the rest.
//!
//! The lines of a block map are a document themselves. Where the quick reader takes the whole document, the map reads
//! within it as it reads alone, and so do the lines behind it: the reader looks at nothing but the indentation of what
//! is open, and that is the same as long as the map begins in the same column and ends before the same line.

use std::ops::Range;

use serde_json::Value;

use super::dialect::Dialect;
use super::fast::{self, Skip};
use super::node::Node;
use super::patch::{normalised, patched};

/// The lines of a map, from its first key to the next line that is neither blank nor a comment.
pub(crate) struct Part<'t> {
    text: &'t [u8],
    lines: Range<usize>,
    /// Column of its keys.
    column: usize,
    /// Its lines, with spaces for what stands before it on the first.
    alone: String,
}

impl<'t> Part<'t> {
    /// The map with this span in a text that the quick reader takes.
    pub(crate) fn new(text: &'t [u8], span: &Range<usize>) -> Option<Self> {
        Self::of_lines(text, span.start..next_line(text, span.end))
    }

    /// The map that begins at the start of `lines` and ends before their end.
    pub(crate) fn of_lines(text: &'t [u8], lines: Range<usize>) -> Option<Self> {
        let before = text.get(..lines.start)?;
        let before = &before[memchr::memrchr(b'\n', before).map_or(0, |feed| feed + 1)..];
        if before.iter().any(|byte| !matches!(byte, b' ' | b'-')) {
            return None;
        }
        let column = before.len();
        let alone = std::str::from_utf8(text.get(lines.clone())?).ok()?;
        let alone = format!("{}{alone}", " ".repeat(column));
        Some(Self {
            text,
            lines,
            column,
            alone,
        })
    }

    /// From its first key to the next line that is neither blank nor a comment.
    pub(crate) fn lines(&self) -> Range<usize> {
        self.lines.clone()
    }

    /// Its text, in which the spans of what is read point: spaces up to its column, and its lines.
    pub(crate) fn alone(&self) -> &str {
        &self.alone
    }

    /// Column of its keys.
    pub(crate) fn column(&self) -> usize {
        self.column
    }

    /// The map.
    pub(crate) fn read(&self, skip: Skip) -> Option<Node> {
        fast::parse_but(&self.alone, skip)
    }

    /// The whole text with another value for the map. Nothing where it takes a look at the whole.
    pub(crate) fn patched(&self, target: &Value) -> Option<Vec<u8>> {
        let root = fast::parse(&self.alone)?;
        let target = normalised(target);
        if root.to_value() == target {
            return Some(self.text.to_owned());
        }
        let [one, two] =
            [Dialect::Yaml1, Dialect::Yaml2].map(|dialect| patched(&self.alone, &root, &target, dialect));
        // Where the two differ, only the rest of the file can tell which one wrote it.
        let new = one.filter(|one| Some(one) == two.as_ref())?;
        let before = new.bytes().take_while(|byte| *byte == b' ').count();
        let starts_alike = before == self.column && fast::parse(&new)?.span.start == before;
        let ends_alike = new.ends_with('\n') || self.lines.end == self.text.len();
        (starts_alike && ends_alike).then(|| {
            let (head, tail) = (&self.text[..self.lines.start], &self.text[self.lines.end..]);
            [head, &new.as_bytes()[self.column..], tail].concat()
        })
    }
}

/// The start of the first line behind the one in which `end` lies that is neither blank nor a comment.
fn next_line(text: &[u8], end: usize) -> usize {
    let mut at = end;
    while let Some(feed) = text.get(at..).and_then(|rest| memchr::memchr(b'\n', rest)) {
        let start = at + feed + 1;
        let first = text[start..].iter().find(|byte| **byte != b' ');
        if first.is_some_and(|byte| !matches!(byte, b'\n' | b'#')) {
            return start;
        }
        at = start;
    }
    text.len()
}
