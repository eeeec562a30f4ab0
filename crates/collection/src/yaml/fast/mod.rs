//! A quick reading of what Insomnia and Sheaf write.
//!
//! The emitters (npm `yaml` 1.10.2 and 2.x) use a small part of YAML: block maps and lists, scalars in every style,
//! `{}` and `[]`. This reads that part, with the positions that the full parser would give, and gives up on anything
//! else: the full parser then has the word, on values as on errors. So whatever is read here must be read in the same
//! way there, which `tests.rs` compares.

mod block_scalar;
mod keys;
mod lines;
mod plain;
mod quoted;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;

use self::keys::Keys;
use super::node::{Content, Entry, Node, Style};

/// Deeper than any collection of requests, and far from the end of the stack.
const MAX_DEPTH: usize = 64;
/// YAML allows 1024 characters for a key on a line.
const MAX_KEY: usize = 1000;

/// Says by depth (1 for the keys of the root) and key which values are not wanted.
pub(crate) type Skip = fn(usize, &str) -> bool;

/// A document, if it is written as the emitters write.
pub(crate) fn parse(text: &str) -> Option<Node> {
    parse_but(text, |_, _| false)
}

/// The same without the entries that are not wanted, which cost no memory but are read as strictly.
pub(crate) fn parse_but(text: &str, skip: Skip) -> Option<Node> {
    if memchr::memchr2(b'\r', 0, text.as_bytes()).is_some() || text.contains('\u{feff}') {
        return None;
    }
    let mut parser = Parser::new(text, skip);
    parser.seek(0)?;
    let (key, span) = parser.key()?;
    let root = parser.map(key, span)?;
    parser.ended.then_some(root)
}

/// Reads forward only. Between values it stands at the first character of a line that is neither blank nor a comment.
struct Parser<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    /// Column of what stands at `at`.
    column: usize,
    /// Nothing but blank lines and comments follow.
    ended: bool,
    /// Blank lines before this one.
    blank_lines: usize,
    /// A comment stands between the last value and this line.
    commented: bool,
    /// End of the last value.
    behind: usize,
    depth: usize,
    skip: Skip,
    /// Within a value that is not wanted.
    skipping: bool,
    /// Keys of all open maps.
    keys: Vec<Cow<'t, str>>,
}

/// A scalar, or a key where a colon follows.
enum Token<'t> {
    Key(Cow<'t, str>, Range<usize>),
    Scalar(Node),
}

impl<'t> Parser<'t> {
    fn new(text: &'t str, skip: Skip) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            column: 0,
            ended: false,
            blank_lines: 0,
            commented: false,
            behind: 0,
            depth: 0,
            skip,
            skipping: false,
            keys: Vec::new(),
        }
    }

    /// A map of which the first key has been read.
    fn map(&mut self, key: Cow<'t, str>, key_span: Range<usize>) -> Option<Node> {
        self.enter()?;
        let (start, column, skipping) = (key_span.start, self.column, self.skipping);
        let mut keys = Keys::new(&self.keys);
        let mut entries = Vec::new();
        let mut next = (key, key_span);
        loop {
            let (key, key_span) = next;
            keys.check(&self.keys, &key)?;
            self.skipping = skipping || (self.skip)(self.depth, &key);
            let value = self.value(column)?;
            if !self.skipping {
                let key = key.clone().into_owned();
                entries.push(Entry { key, key_span, value });
            }
            self.skipping = skipping;
            self.keys.push(key);
            if !self.stands_at(column) {
                break;
            }
            next = self.key()?;
        }
        keys.leave(&mut self.keys);
        self.leave(column)?;
        Some(self.collection(start, Content::Map(entries)))
    }

    fn key(&mut self) -> Option<(Cow<'t, str>, Range<usize>)> {
        match self.token(None)? {
            Token::Key(key, span) => Some((key, span)),
            Token::Scalar(_) => None,
        }
    }

    /// A scalar or a key. Lines that continue a scalar are indented beyond `parent`; without one only a key will do.
    fn token(&mut self, parent: Option<usize>) -> Option<Token<'t>> {
        match self.byte()? {
            b'"' | b'\'' => self.quoted(parent),
            _ => self.plain(parent),
        }
    }

    /// What follows the colon of a key in this column.
    fn value(&mut self, column: usize) -> Option<Node> {
        let colon = self.at;
        self.skip_spaces();
        match self.byte() {
            None | Some(b'\n') => self.value_below(colon, column),
            Some(b'#') if self.at > colon => self.value_below(colon, column),
            Some(b'|' | b'>') => self.block_scalar(column),
            Some(b'{' | b'[') => self.empty_collection(),
            Some(_) => match self.token(Some(column))? {
                Token::Scalar(node) => Some(node),
                Token::Key(..) => None,
            },
        }
    }

    /// The value of a key with nothing behind its colon.
    fn value_below(&mut self, colon: usize, column: usize) -> Option<Node> {
        self.at = colon;
        self.behind = colon;
        self.next_line()?;
        if self.stands_at(column) && self.is_dash() {
            return self.sequence(column, true);
        }
        if !self.stands_behind(column) {
            return Some(scalar(Value::Null, colon..colon));
        }
        match self.byte()? {
            b'{' | b'[' | b'|' | b'>' => None,
            _ => self.node(column),
        }
    }

    /// What stands here, below something that stands in the column `parent`.
    fn node(&mut self, parent: usize) -> Option<Node> {
        match self.byte()? {
            b'-' if self.is_dash() => self.sequence(self.column, false),
            b'{' | b'[' => self.empty_collection(),
            b'|' | b'>' => self.block_scalar(parent),
            _ => match self.token(Some(parent))? {
                Token::Key(key, span) => self.map(key, span),
                Token::Scalar(node) => Some(node),
            },
        }
    }

    /// A list whose dashes stand in this column; `as_key` where the key that holds it stands there, too.
    fn sequence(&mut self, column: usize, as_key: bool) -> Option<Node> {
        self.enter()?;
        let mut start = self.at;
        let mut items = Vec::new();
        while self.stands_at(column) && self.is_dash() {
            let dash = self.at;
            self.at += 1;
            self.skip_spaces();
            self.column += self.at - dash;
            if as_key && dash == start {
                // The full parser sees no beginning before the first item here.
                start = self.at;
            }
            let item = self.item(column)?;
            if !self.skipping {
                items.push(item);
            }
        }
        self.leave(column)?;
        Some(self.collection(start, Content::Seq(items)))
    }

    /// What stands behind a dash in this column.
    fn item(&mut self, dash: usize) -> Option<Node> {
        match self.byte()? {
            b'\n' | b'#' => None,
            _ => self.node(dash),
        }
    }

    fn empty_collection(&mut self) -> Option<Node> {
        let content = match self.bytes.get(self.at..self.at + 2)? {
            b"{}" => Content::Map(Vec::new()),
            b"[]" => Content::Seq(Vec::new()),
            _ => return None,
        };
        self.enter()?;
        self.depth -= 1;
        let span = self.at..self.at + 2;
        self.finish_at(span.end)?;
        Some(Node {
            span,
            style: Style::Flow,
            content,
        })
    }

    fn collection(&self, start: usize, content: Content) -> Node {
        Node {
            span: start..self.behind.max(start),
            style: Style::Block,
            content,
        }
    }

    fn enter(&mut self) -> Option<()> {
        self.depth += 1;
        (self.depth <= MAX_DEPTH).then_some(())
    }

    /// Behind a collection in this column nothing may stand further right.
    fn leave(&mut self, column: usize) -> Option<()> {
        self.depth -= 1;
        (!self.stands_behind(column)).then_some(())
    }
}

/// A scalar on the lines of its key.
fn scalar(value: Value, span: Range<usize>) -> Node {
    Node {
        span,
        style: Style::Flow,
        content: Content::Scalar(value),
    }
}
