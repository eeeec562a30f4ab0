//! JSON text with another value, changed in the smallest pieces and in its own formatting.

use std::collections::HashMap;
use std::ops::Range;

use serde_json::{Map, Value};

use super::bare;
use super::read::{Content, Entry, Node, read};
use crate::changes::{Run, runs};

type Edit = (Range<usize>, String);

/// The text with this value, proved by reading it; nothing where it could not be made.
pub(super) fn patched(text: &str, target: &Value) -> Option<String> {
    let root = read(text)?;
    let mut patcher = Patcher {
        text,
        style: Style::of(text),
        edits: Vec::new(),
    };
    patcher.node(&root, target);
    patcher.edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    for (range, new) in &patcher.edits {
        result.push_str(text.get(at..range.start)?);
        result.push_str(new);
        at = range.end;
    }
    result.push_str(&text[at..]);
    (read(&result)?.value() == *target).then_some(result)
}

/// How the text is formatted.
struct Style<'t> {
    /// One level of indentation.
    unit: &'t str,
    colon: &'static str,
}

impl<'t> Style<'t> {
    fn of(text: &'t str) -> Self {
        let indents = text
            .lines()
            .map(|line| &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]);
        Self {
            unit: indents
                .into_iter()
                .find(|indent| !indent.is_empty())
                .unwrap_or("  "),
            colon: if text.contains("\":") && !text.contains("\": ") {
                ":"
            } else {
                ": "
            },
        }
    }
}

struct Patcher<'t> {
    text: &'t str,
    style: Style<'t>,
    edits: Vec<Edit>,
}

impl Patcher<'_> {
    fn node(&mut self, node: &Node, target: &Value) {
        if node.value() == *target {
            return;
        }
        let done = match (&node.content, target) {
            (Content::Map(entries), Value::Object(target)) => self.map(entries, target),
            (Content::List(items), Value::Array(target)) => self.list(items, target),
            _ => false,
        };
        if !done {
            let text = self.written(target, node.span.start);
            self.edits.push((node.span.clone(), text));
        }
    }

    fn map(&mut self, entries: &[Entry], target: &Map<String, Value>) -> bool {
        let spans: Vec<Range<usize>> = entries
            .iter()
            .map(|entry| entry.start..entry.value.span.end)
            .collect();
        let keep: Vec<bool> = entries
            .iter()
            .map(|entry| target.contains_key(&entry.key))
            .collect();
        let Some(first) = keep.iter().position(|kept| *kept) else {
            return false;
        };
        self.remove(&spans, &keep, first);
        let places: HashMap<&String, usize> = entries
            .iter()
            .enumerate()
            .map(|(at, entry)| (&entry.key, at))
            .collect();
        let mut behind = None;
        for (key, value) in target {
            if let Some(at) = places.get(key).copied() {
                self.node(&entries[at].value, value);
                behind = Some(at);
                continue;
            }
            let value = self.written(value, spans[behind.unwrap_or(first)].start);
            let text = format!("{}{}{value}", Value::from(key.as_str()), self.style.colon);
            self.insert(&spans, behind, first, &text);
        }
        true
    }

    fn list(&mut self, items: &[Node], target: &[Value]) -> bool {
        let spans: Vec<Range<usize>> = items.iter().map(|item| item.span.clone()).collect();
        let old: Vec<String> = items.iter().map(|item| item.value().to_string()).collect();
        let new: Vec<String> = target.iter().map(Value::to_string).collect();
        // For each new item the old one that it continues.
        let mut pairs: Vec<Option<usize>> = vec![None; target.len()];
        for Run { before, after, .. } in runs(old.iter(), new.iter()) {
            for (old, new) in before.zip(after) {
                pairs[new] = Some(old);
            }
        }
        let mut keep = vec![false; items.len()];
        for at in pairs.iter().flatten() {
            keep[*at] = true;
        }
        let Some(first) = keep.iter().position(|kept| *kept) else {
            return false;
        };
        self.remove(&spans, &keep, first);
        let mut behind = None;
        for (pair, value) in pairs.iter().zip(target) {
            if let Some(at) = pair {
                self.node(&items[*at], value);
                behind = Some(*at);
                continue;
            }
            let text = self.written(value, spans[behind.unwrap_or(first)].start);
            self.insert(&spans, behind, first, &text);
        }
        true
    }

    fn remove(&mut self, spans: &[Range<usize>], keep: &[bool], first: usize) {
        for at in (0..spans.len()).filter(|at| !keep[*at]) {
            let range = if at < first {
                spans[at].start..spans[at + 1].start
            } else {
                spans[at - 1].end..spans[at].end
            };
            self.edits.push((range, String::new()));
        }
    }

    fn insert(&mut self, spans: &[Range<usize>], behind: Option<usize>, first: usize, text: &str) {
        let gap = self.between(spans);
        self.edits.push(match behind {
            Some(at) => (spans[at].end..spans[at].end, format!(",{gap}{text}")),
            None => (spans[first].start..spans[first].start, format!("{text},{gap}")),
        });
    }

    /// The blanks between two neighbours.
    fn between(&self, spans: &[Range<usize>]) -> &str {
        let at = spans.get(1).or(spans.first()).map_or(0, |span| span.start);
        let before = &self.text[..at];
        match &before[before.trim_end().len()..] {
            "" if self.style.colon == ": " => " ",
            gap => gap,
        }
    }

    /// A value as it stands at a place, by lines where the text has some.
    fn written(&self, value: &Value, at: usize) -> String {
        let line = &self.text[self.text[..at].rfind('\n').map_or(0, |feed| feed + 1)..];
        let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        let mut text = String::new();
        self.write(value, self.text.contains('\n').then_some(indent), &mut text);
        text
    }

    fn write(&self, value: &Value, indent: Option<&str>, text: &mut String) {
        let below = indent.map(|indent| format!("{indent}{}", self.style.unit));
        let (open, close, count) = match value {
            Value::Object(map) => ('{', '}', map.len()),
            Value::Array(items) => ('[', ']', items.len()),
            other => {
                let own = bare(other).map_or_else(|| other.to_string(), str::to_owned);
                text.push_str(&own);
                return;
            }
        };
        text.push(open);
        for at in 0..count {
            if at > 0 {
                text.push(',');
            }
            match &below {
                Some(below) => text.extend(["\n", below]),
                None if at > 0 && self.style.colon == ": " => text.push(' '),
                None => {}
            }
            match value {
                Value::Object(map) => {
                    if let Some((key, value)) = map.iter().nth(at) {
                        text.push_str(&Value::from(key.as_str()).to_string());
                        text.push_str(self.style.colon);
                        self.write(value, below.as_deref(), text);
                    }
                }
                Value::Array(items) => self.write(&items[at], below.as_deref(), text),
                _ => {}
            }
        }
        if let (Some(indent), true) = (indent, count > 0) {
            text.extend(["\n", indent]);
        }
        text.push(close);
    }
}
