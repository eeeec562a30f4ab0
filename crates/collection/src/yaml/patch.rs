//! Edits to a text: from the value it has to the value it should have, touching the smallest pieces.

use std::ops::Range;

use serde_json::{Map, Value};

use super::dialect::Dialect;
use super::emit::Emitter;
use super::flow_patch::{flow_map_edits, flow_seq_edits};
use super::node::{Content, Entry, Node, Style};
use super::number::from_float;
use super::parse::parse;
use super::spans::{line_end, line_start};

/// Why a text was not patched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PatchError {
    /// The text does not parse.
    Unreadable,
    /// The result would not have the intended value.
    Unsafe,
}

/// A piece of text to put in the place of another.
pub(crate) type TextEdit = (Range<usize>, String);

/// The structure asks for more than a patch: write the value anew.
pub(crate) struct Rewrite;

/// The text with the smallest change that gives it the value `target`, proved by parsing the result. What is written
/// anew is in the style of the emitter that wrote the text, which is the `usual` one unless the text shows the other.
pub(crate) fn patch(text: &str, target: &Value, usual: Dialect) -> Result<String, PatchError> {
    let root = parse(text).map_err(|_| PatchError::Unreadable)?;
    let target = normalised(target);
    if root.to_value() == target {
        return Ok(text.to_owned());
    }
    let dialect = Dialect::seen_in(text, &root).unwrap_or(usual);
    patched(text, &root, &target, dialect).ok_or(PatchError::Unsafe)
}

/// The text with the smallest change that gives it the value `target`, which has to be normalised.
pub(crate) fn patched(text: &str, root: &Node, target: &Value, dialect: Dialect) -> Option<String> {
    let emitter = Emitter::new(dialect);
    for whole_entries in [false, true] {
        let patcher = Patcher {
            text,
            emitter,
            whole_entries,
        };
        if let Ok(edits) = patcher.root(root, target)
            && let Some(result) = apply(text, edits)
            && parse(&result).is_ok_and(|node| node.into_value() == *target)
        {
            return Some(result);
        }
    }
    None
}

/// Numbers in the one form the parser gives them.
pub(crate) fn normalised(value: &Value) -> Value {
    match value {
        Value::Number(number) => number
            .as_f64()
            .and_then(from_float)
            .map_or_else(|| value.clone(), Value::Number),
        Value::Array(items) => Value::Array(items.iter().map(normalised).collect()),
        Value::Object(map) => Value::Object(
            map.iter()
                .map(|(key, value)| (key.clone(), normalised(value)))
                .collect(),
        ),
        other => other.clone(),
    }
}

fn apply(text: &str, mut edits: Vec<TextEdit>) -> Option<String> {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let crlf = text.contains("\r\n");
    let mut result = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for (range, new) in edits {
        // The line feed between two lines that both go is in both.
        result.push_str(text.get(at..range.start.max(at))?);
        result.push_str(&if crlf { new.replace('\n', "\r\n") } else { new });
        at = range.end;
    }
    result.push_str(text.get(at..)?);
    Some(result)
}

struct Patcher<'t> {
    text: &'t str,
    emitter: Emitter,
    whole_entries: bool,
}

impl Patcher<'_> {
    fn root(&self, root: &Node, target: &Value) -> Result<Vec<TextEdit>, Rewrite> {
        match self.inside(root, target) {
            Ok(edits) => Ok(edits),
            Err(Rewrite) if root.style == Style::Flow => {
                Ok(vec![(root.span.clone(), super::flow::flow(target))])
            }
            Err(Rewrite) => Err(Rewrite),
        }
    }

    /// Edits within a collection.
    fn inside(&self, node: &Node, new: &Value) -> Result<Vec<TextEdit>, Rewrite> {
        match (&node.content, new, node.style) {
            (Content::Map(old), Value::Object(new), Style::Block) => self.block_map(old, new),
            (Content::Seq(old), Value::Array(new), Style::Block) => self.block_seq(old, new),
            (Content::Map(old), Value::Object(new), Style::Flow) => {
                flow_map_edits(self.text, node, old, new, &|node, new| self.flow_value(node, new))
            }
            (Content::Seq(old), Value::Array(new), Style::Flow) => {
                flow_seq_edits(node, old, new, &|node, new| self.flow_value(node, new))
            }
            _ => Err(Rewrite),
        }
    }

    fn flow_value(&self, node: &Node, new: &Value) -> Vec<TextEdit> {
        self.inside(node, new)
            .unwrap_or_else(|_| vec![(node.span.clone(), super::flow::flow(new))])
    }

    fn block_map(&self, old: &[Entry], new: &Map<String, Value>) -> Result<Vec<TextEdit>, Rewrite> {
        let survivors: Vec<&Entry> = old.iter().filter(|entry| new.contains_key(&entry.key)).collect();
        let order = new
            .keys()
            .filter(|key| survivors.iter().any(|entry| &entry.key == *key));
        if survivors.is_empty() || !survivors.iter().map(|entry| &entry.key).eq(order) {
            return Err(Rewrite);
        }
        let mut edits = self.deleted_entries(old, new)?;
        for entry in &survivors {
            if let Some(value) = new.get(&entry.key) {
                edits.extend(self.entry_value(entry, value)?);
            }
        }
        edits.extend(self.added_entries(&survivors, new)?);
        Ok(edits)
    }

    fn deleted_entries(&self, old: &[Entry], new: &Map<String, Value>) -> Result<Vec<TextEdit>, Rewrite> {
        let mut edits = Vec::new();
        let mut leading = true;
        for (index, entry) in old.iter().enumerate() {
            if new.contains_key(&entry.key) {
                leading = false;
            } else if leading {
                let next = old.get(index + 1).ok_or(Rewrite)?;
                edits.push((entry.key_span.start..next.key_span.start, String::new()));
            } else {
                edits.push((
                    self.lines(entry.key_span.start, entry.value.span.end)?,
                    String::new(),
                ));
            }
        }
        Ok(edits)
    }

    /// The lines from `start`, which must be the first thing on its line, to the one in which `end` lies.
    fn lines(&self, start: usize, end: usize) -> Result<Range<usize>, Rewrite> {
        let first = line_start(self.text, start);
        if !self.text[first..start].trim_matches(' ').is_empty() {
            return Err(Rewrite);
        }
        if let Some(found) = self.text[end..].find('\n') {
            return Ok(first..end + found + 1);
        }
        // Without a line feed at its end, the file keeps none.
        let before = &self.text[..first];
        let before = before.strip_suffix('\n').unwrap_or(before);
        Ok(before.strip_suffix('\r').unwrap_or(before).len()..self.text.len())
    }

    fn added_entries(
        &self,
        survivors: &[&Entry],
        new: &Map<String, Value>,
    ) -> Result<Vec<TextEdit>, Rewrite> {
        let first = survivors.first().ok_or(Rewrite)?.key_span.start;
        let column = self.column(first);
        let mut edits: Vec<TextEdit> = Vec::new();
        let mut previous: Option<&Entry> = None;
        for (key, value) in new {
            if let Some(entry) = survivors.iter().find(|entry| &entry.key == key) {
                previous = Some(entry);
                continue;
            }
            let text = self.emitter.entry(key, value, column);
            edits.push(self.insertion(previous.map(|entry| entry.value.span.end), first, column, &text));
        }
        Ok(edits)
    }

    /// A new line behind the line in which `behind` lies, or before `first`.
    fn insertion(&self, behind: Option<usize>, first: usize, column: usize, text: &str) -> TextEdit {
        let spaces = " ".repeat(column);
        match behind {
            Some(end) => {
                let at = line_end(self.text, end);
                (at..at, format!("\n{spaces}{text}"))
            }
            None => (first..first, format!("{text}\n{spaces}")),
        }
    }

    fn entry_value(&self, entry: &Entry, new: &Value) -> Result<Vec<TextEdit>, Rewrite> {
        if entry.value.to_value() == *new {
            return Ok(Vec::new());
        }
        if !self.whole_entries
            && let Ok(edits) = self.inside(&entry.value, new)
        {
            return Ok(edits);
        }
        self.replaced_value(entry, new).map(|edit| vec![edit])
    }

    fn replaced_value(&self, entry: &Entry, new: &Value) -> Result<TextEdit, Rewrite> {
        let colon = self.behind_colon(entry)?;
        let old = &entry.value.span;
        let comment = self.comment_behind(old.end);
        let column = self.column(entry.key_span.start);
        let width = colon - entry.key_span.start;
        let text = self
            .emitter
            .before_comment(comment.is_some())
            .value_behind_key(new, column, width + 1);
        let on_key_line = !self.text[colon..old.start.max(colon)].contains('\n');
        if let (Some(comment), true) = (&comment, text.starts_with('\n')) {
            return Ok((
                colon..comment.end,
                format!(" {}{text}", &self.text[comment.clone()]),
            ));
        }
        match text.strip_prefix(' ') {
            Some(bare) if on_key_line && old.start > colon => Ok((old.clone(), bare.to_owned())),
            _ => Ok((colon..old.end.max(colon), text)),
        }
    }

    fn behind_colon(&self, entry: &Entry) -> Result<usize, Rewrite> {
        let rest = &self.text[entry.key_span.end..];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if rest[blanks..].starts_with(':') {
            Ok(entry.key_span.end + blanks + 1)
        } else {
            Err(Rewrite)
        }
    }

    fn comment_behind(&self, end: usize) -> Option<Range<usize>> {
        let line_end = line_end(self.text, end);
        let rest = &self.text[end..line_end];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        rest[blanks..].starts_with('#').then(|| end + blanks..line_end)
    }

    fn block_seq(&self, old: &[Node], new: &[Value]) -> Result<Vec<TextEdit>, Rewrite> {
        if old.is_empty() || new.is_empty() {
            return Err(Rewrite);
        }
        let same = |(node, value): &(&Node, &Value)| node.to_value() == **value;
        let head = old.iter().zip(new).take_while(same).count();
        let tail = old[head..]
            .iter()
            .rev()
            .zip(new[head..].iter().rev())
            .take_while(same)
            .count();
        let (old_middle, new_middle) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
        let pairs = aligned(old_middle, new_middle);
        let stays =
            |index: usize| index < head || index >= old.len() - tail || pairs.contains(&Some(index - head));
        let mut edits = Vec::new();
        for node in (head..old.len() - tail)
            .filter(|index| !stays(*index))
            .map(|index| &old[index])
        {
            edits.push((self.lines(self.dash(node)?, node.span.end)?, String::new()));
        }
        let first = (0..old.len()).find(|index| stays(*index)).ok_or(Rewrite)?;
        let mut behind = head.checked_sub(1);
        for (pair, value) in pairs.iter().zip(new_middle) {
            match pair {
                Some(index) => {
                    edits.extend(self.item(&old[head + index], value)?);
                    behind = Some(head + index);
                }
                None => edits.push(self.added_item(&old[first], behind.map(|index| &old[index]), value)?),
            }
        }
        Ok(edits)
    }

    /// A new item behind another, or before the first that stays.
    fn added_item(&self, first: &Node, behind: Option<&Node>, new: &Value) -> Result<TextEdit, Rewrite> {
        let first = self.dash(first)?;
        let column = self.column(first);
        let text = format!("- {}", self.emitter.item(new, column + 2));
        Ok(self.insertion(behind.map(|node| node.span.end), first, column, &text))
    }

    fn item(&self, node: &Node, new: &Value) -> Result<Vec<TextEdit>, Rewrite> {
        if node.to_value() == *new {
            return Ok(Vec::new());
        }
        if let Ok(edits) = self.inside(node, new) {
            return Ok(edits);
        }
        self.dash(node)?;
        let has_comment = self.comment_behind(node.span.end).is_some();
        let text = self
            .emitter
            .before_comment(has_comment)
            .item(new, self.column(node.span.start));
        Ok(vec![(node.span.clone(), text)])
    }

    /// Position of the dash before an item on the same line.
    fn dash(&self, node: &Node) -> Result<usize, Rewrite> {
        let before = self.text[..node.span.start].trim_end_matches(' ');
        if before.ends_with('-') && before.len() < node.span.start {
            Ok(before.len() - 1)
        } else {
            Err(Rewrite)
        }
    }

    fn column(&self, at: usize) -> usize {
        at - line_start(self.text, at)
    }
}

/// For each new item the old one that it continues: the one of the same id or name where all have one of their own,
/// so that comments stay with what they are about; else the one at the same place.
fn aligned(old: &[Node], new: &[Value]) -> Vec<Option<usize>> {
    let by_place = || {
        (0..new.len())
            .map(|index| (index < old.len()).then_some(index))
            .collect()
    };
    let old_values: Vec<Value> = old.iter().map(Node::to_value).collect();
    let (Some(old_keys), Some(new_keys)) = (identities(&old_values), identities(new)) else {
        return by_place();
    };
    let pairs: Vec<Option<usize>> = new_keys
        .iter()
        .map(|key| old_keys.iter().position(|other| other == key))
        .collect();
    let kept: Vec<usize> = pairs.iter().flatten().copied().collect();
    if kept.is_empty() || !kept.is_sorted() {
        return by_place();
    }
    pairs
}

/// What tells items of a list apart, where each has its own.
fn identities(items: &[Value]) -> Option<Vec<&str>> {
    let keys: Option<Vec<&str>> = items
        .iter()
        .map(|item| {
            let own = item
                .pointer("/meta/id")
                .or_else(|| item.get("id"))
                .or_else(|| item.get("name"));
            own.and_then(Value::as_str)
        })
        .collect();
    let keys = keys?;
    let unique: std::collections::HashSet<&str> = keys.iter().copied().collect();
    (unique.len() == keys.len()).then_some(keys)
}
