//! The tree of a YAML document: values, and where in the text they stand.

use std::ops::Range;

use serde_json::{Map, Value};

/// How a node is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Indentation makes the structure; for a scalar `|` or `>`.
    Block,
    /// `{}`, `[]`; for a scalar one that is plain or quoted.
    Flow,
}

/// What a node holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Content {
    /// A string, number, boolean or null.
    Scalar(Value),
    /// Keys and values in file order.
    Map(Vec<Entry>),
    /// Items in file order.
    Seq(Vec<Node>),
    /// `*name`, with the value it stands for.
    Alias(Value),
}

/// One value in the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    /// Bytes of the value without the blank lines and comments behind it.
    pub span: Range<usize>,
    /// How it is written.
    pub style: Style,
    /// What it holds.
    pub content: Content,
}

/// One key with its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    /// The key as JavaScript would see it.
    pub key: String,
    /// Bytes of the key.
    pub key_span: Range<usize>,
    /// The value.
    pub value: Node,
}

impl Node {
    /// A map that stands nowhere: all its spans are empty.
    pub(crate) fn without_places(map: &Map<String, Value>) -> Self {
        let node = |content| Self {
            span: 0..0,
            style: Style::Flow,
            content,
        };
        let entries = map.iter().map(|(key, value)| Entry {
            key: key.clone(),
            key_span: 0..0,
            value: node(Content::Scalar(value.clone())),
        });
        node(Content::Map(entries.collect()))
    }

    /// The value without positions.
    pub(crate) fn to_value(&self) -> Value {
        match &self.content {
            Content::Scalar(value) | Content::Alias(value) => value.clone(),
            Content::Seq(items) => Value::Array(items.iter().map(Node::to_value).collect()),
            Content::Map(entries) => Value::Object(entries_to_map(entries)),
        }
    }

    /// The same, without a copy.
    pub(crate) fn into_value(self) -> Value {
        match self.content {
            Content::Scalar(value) | Content::Alias(value) => value,
            Content::Seq(items) => Value::Array(items.into_iter().map(Node::into_value).collect()),
            Content::Map(entries) => Value::Object(into_map(entries)),
        }
    }

    /// The keys and values of a map.
    pub(crate) fn entries(&self) -> Option<&[Entry]> {
        match &self.content {
            Content::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The same, without a copy.
    pub(crate) fn into_entries(self) -> Option<Vec<Entry>> {
        match self.content {
            Content::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The text of a string.
    pub(crate) fn as_str(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar(value) | Content::Alias(value) => value.as_str(),
            _ => None,
        }
    }

    /// A number as a float.
    pub(crate) fn as_f64(&self) -> Option<f64> {
        match &self.content {
            Content::Scalar(value) | Content::Alias(value) => value.as_f64(),
            _ => None,
        }
    }

    /// The entry of a map with this key.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.content {
            Content::Map(entries) => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }

    /// The value under this key.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The items of a list; empty for anything else.
    pub(crate) fn items(&self) -> &[Node] {
        match &self.content {
            Content::Seq(items) => items,
            _ => &[],
        }
    }
}

/// Entries as the map they stand for.
pub(crate) fn into_map(entries: Vec<Entry>) -> Map<String, Value> {
    entries
        .into_iter()
        .map(|entry| (entry.key, entry.value.into_value()))
        .collect()
}

fn entries_to_map(entries: &[Entry]) -> Map<String, Value> {
    entries
        .iter()
        .map(|entry| (entry.key.clone(), entry.value.to_value()))
        .collect()
}
