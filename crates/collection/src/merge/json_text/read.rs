//! JSON text as a tree that knows where its pieces stand.

use std::collections::HashSet;
use std::ops::Range;

use serde_json::Value;

use super::BARE;

const MAX_DEPTH: usize = 200;

/// A value in the text.
#[derive(Debug)]
pub(super) struct Node {
    /// Its bytes.
    pub span: Range<usize>,
    /// What it holds.
    pub content: Content,
}

/// What a value holds.
#[derive(Debug)]
pub(super) enum Content {
    Map(Vec<Entry>),
    List(Vec<Node>),
    /// A string, or with [`BARE`] before it whatever else.
    Leaf(String),
}

/// A key with its value.
#[derive(Debug)]
pub(super) struct Entry {
    pub key: String,
    /// Where the key begins.
    pub start: usize,
    pub value: Node,
}

impl Node {
    /// The value, where nothing but strings is at the leaves.
    pub(super) fn value(&self) -> Value {
        match &self.content {
            Content::Map(entries) => {
                let entries = entries
                    .iter()
                    .map(|entry| (entry.key.clone(), entry.value.value()));
                Value::Object(entries.collect())
            }
            Content::List(items) => Value::Array(items.iter().map(Node::value).collect()),
            Content::Leaf(text) => Value::String(text.clone()),
        }
    }
}

/// The tree of a text that is a map or a list.
pub(super) fn read(text: &str) -> Option<Node> {
    let mut reader = Reader { text, at: 0 };
    reader.blanks();
    let node = reader.value(0)?;
    reader.blanks();
    let is_open = !matches!(node.content, Content::Leaf(_));
    (is_open && reader.at == text.len()).then_some(node)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn takes(&mut self, sign: char) -> bool {
        let found = self.rest().starts_with(sign);
        self.at += usize::from(found);
        found
    }

    fn value(&mut self, depth: usize) -> Option<Node> {
        let start = self.at;
        let is_template = self.rest().starts_with("{{") || self.rest().starts_with("{%");
        let content = match self.rest().chars().next()? {
            _ if depth > MAX_DEPTH => return None,
            '{' if !is_template => Content::Map(self.map(depth)?),
            '[' => Content::List(self.list(depth)?),
            '"' => Content::Leaf(self.string()?),
            _ => Content::Leaf(self.bare()?),
        };
        Some(Node {
            span: start..self.at,
            content,
        })
    }

    fn map(&mut self, depth: usize) -> Option<Vec<Entry>> {
        let mut entries = Vec::new();
        let mut seen = HashSet::new();
        self.at += 1;
        self.blanks();
        if self.takes('}') {
            return Some(entries);
        }
        loop {
            self.blanks();
            let start = self.at;
            let key = self.string()?;
            self.blanks();
            if !self.takes(':') || !seen.insert(key.clone()) {
                return None;
            }
            self.blanks();
            let value = self.value(depth + 1)?;
            entries.push(Entry { key, start, value });
            self.blanks();
            if self.takes('}') {
                return Some(entries);
            }
            if !self.takes(',') {
                return None;
            }
        }
    }

    fn list(&mut self, depth: usize) -> Option<Vec<Node>> {
        let mut items = Vec::new();
        self.at += 1;
        self.blanks();
        if self.takes(']') {
            return Some(items);
        }
        loop {
            self.blanks();
            items.push(self.value(depth + 1)?);
            self.blanks();
            if self.takes(']') {
                return Some(items);
            }
            if !self.takes(',') {
                return None;
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        let rest = self.rest();
        let mut escaped = false;
        let end = rest.strip_prefix('"')?.bytes().position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        })?;
        let text: String = serde_json::from_str(&rest[..end + 2]).ok()?;
        self.at += end + 2;
        (!text.starts_with(BARE)).then_some(text)
    }

    /// A number, a word or templates, in the letters it is written in.
    fn bare(&mut self) -> Option<String> {
        let start = self.at;
        let mut has_template = false;
        loop {
            let rest = self.rest();
            let template = [("{{", "}}"), ("{%", "%}")]
                .into_iter()
                .find(|(open, _)| rest.starts_with(open));
            if let Some((_, close)) = template {
                has_template = true;
                self.at += rest.find(close)? + close.len();
                continue;
            }
            match rest.chars().next() {
                Some(char) if char.is_ascii_alphanumeric() || "+-._".contains(char) => self.at += 1,
                _ => break,
            }
        }
        let text = &self.text[start..self.at];
        let is_value = || serde_json::from_str::<Value>(text).is_ok();
        (has_template || !text.is_empty() && is_value()).then(|| format!("{BARE}{text}"))
    }
}
