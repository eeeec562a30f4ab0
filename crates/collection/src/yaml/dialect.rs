//! Which of two emitters wrote a file: their layout of long and of odd strings differs, and files stay in theirs.

use serde_json::Value;

use super::emit::Emitter;
use super::node::{Content, Entry, Node, Style};
use super::spans::line_start;

/// The emitter whose bytes are reproduced, with its default options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// npm `yaml` 1.10.2, which writes the legacy tree and the v5 files of early 2025.
    Yaml1,
    /// npm `yaml` 2.8 and later, which writes v5 files.
    Yaml2,
}

/// Entries to look at before giving up: most files hold nothing that tells.
const MAX_ENTRIES: usize = 20_000;
/// Strings below this length are written alike, unless they have lines.
const SHORTEST_TELLING: usize = 40;

impl Dialect {
    /// The dialect in which alone something is written as it stands in this text.
    pub(crate) fn seen_in(text: &str, root: &Node) -> Option<Self> {
        let mut left = vec![root];
        let mut looked_at = 0;
        while let Some(node) = left.pop() {
            match &node.content {
                Content::Map(entries) if node.style == Style::Block => {
                    looked_at += entries.len();
                    if looked_at > MAX_ENTRIES {
                        return None;
                    }
                    if let Some(seen) = entries.iter().find_map(|entry| seen_in_entry(text, entry)) {
                        return Some(seen);
                    }
                    left.extend(entries.iter().map(|entry| &entry.value));
                }
                Content::Seq(items) if node.style == Style::Block => left.extend(items),
                _ => {}
            }
        }
        None
    }
}

fn seen_in_entry(text: &str, entry: &Entry) -> Option<Dialect> {
    let value = match &entry.value.content {
        Content::Scalar(value @ Value::String(string)) if is_telling(string) => value.clone(),
        _ if entry.key.contains(['[', ']', '{', '}', ',']) => Value::Bool(true),
        _ => return None,
    };
    let start = entry.key_span.start;
    let column = start - line_start(text, start);
    let written = |dialect| Emitter::new(dialect).entry(&entry.key, &value, column);
    let [one, two] = [Dialect::Yaml1, Dialect::Yaml2].map(written);
    let stands = text.get(start..)?;
    let is_here = |entry_text: &str| match &value {
        Value::Bool(_) => stands.starts_with(entry_text.strip_suffix("true").unwrap_or(entry_text)),
        _ => stands.starts_with(entry_text),
    };
    match (one != two && is_here(&one), one != two && is_here(&two)) {
        (true, false) => Some(Dialect::Yaml1),
        (false, true) => Some(Dialect::Yaml2),
        _ => None,
    }
}

fn is_telling(string: &str) -> bool {
    string.len() >= SHORTEST_TELLING || string.contains('\n')
}
