//! Edits to a text: from the value it has to the value it should have, touching the smallest pieces.

use std::ops::Range;

use serde_json::{Map, Value};

use super::align::{Origin, aligned, kept};
use super::by_hand::{in_flow_style_of, in_style_of};
use super::comments::{comment_behind, comment_of_block, comments_between, dash_before, end_of_comments};
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
    let mut result = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for (range, new) in edits {
        // The line feed between two lines that both go is in both.
        result.push_str(text.get(at..range.start.max(at))?);
        let windows = new.contains('\n') && ends_lines_with_return(text, range.start);
        // Indentation that was taken from the text has its line ends already.
        let new = if windows {
            new.replace("\r\n", "\n").replace('\n', "\r\n")
        } else {
            new
        };
        result.push_str(&new);
        at = range.end;
    }
    result.push_str(text.get(at..)?);
    Some(result)
}

/// Does the line before this place (or, on the first, this one) end as on Windows?
fn ends_lines_with_return(text: &str, at: usize) -> bool {
    let before = text[..at].rfind('\n');
    let feed = before.or_else(|| text[at..].find('\n').map(|found| at + found));
    feed.is_some_and(|feed| text[..feed].ends_with('\r'))
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
                flow_map_edits(self.text, old, new, &|node, new| self.flow_value(node, new))
            }
            (Content::Seq(old), Value::Array(new), Style::Flow) => {
                flow_seq_edits(self.text, old, new, &|node, new| self.flow_value(node, new))
            }
            _ => Err(Rewrite),
        }
    }

    fn flow_value(&self, node: &Node, new: &Value) -> Vec<TextEdit> {
        self.inside(node, new).unwrap_or_else(|_| {
            let text = match (&node.content, new) {
                (Content::Scalar(Value::String(_)), Value::String(new)) => {
                    in_flow_style_of(&self.text[node.span.clone()], new)
                }
                _ => super::flow::flow(new),
            };
            vec![(node.span.clone(), text)]
        })
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
        let stays = |entry: &Entry| new.contains_key(&entry.key);
        let first = old.iter().position(stays).ok_or(Rewrite)?;
        let (leading, rest) = old.split_at(first);
        let mut edits = self.leading_entries(leading, &old[first])?;
        for entry in rest.iter().filter(|entry| !stays(entry)) {
            edits.push((self.entry_lines(entry)?, String::new()));
        }
        Ok(edits)
    }

    /// Takes out the first entries of a map. Behind a dash the next one comes to stand there, unless comments stand
    /// between them.
    fn leading_entries(&self, leading: &[Entry], next: &Entry) -> Result<Vec<TextEdit>, Rewrite> {
        let Some((first, others)) = leading.split_first() else {
            return Ok(Vec::new());
        };
        let start = first.key_span.start;
        let lines = if let Ok(lines) = self.entry_lines(first) {
            lines
        } else {
            let followers = others.iter().chain([next]);
            let ends = leading
                .iter()
                .map(|entry| line_end(self.text, entry.value.span.end));
            let mut gaps = ends.zip(followers.map(|entry| entry.key_span.start));
            if gaps.all(|(end, start)| comments_between(self.text, end..start).is_empty()) {
                return Ok(vec![(start..next.key_span.start, String::new())]);
            }
            let dash = self.text[..start].trim_end_matches(' ').len();
            dash..line_end(self.text, first.value.span.end)
        };
        let mut edits = vec![(lines, String::new())];
        for entry in others {
            edits.push((self.entry_lines(entry)?, String::new()));
        }
        Ok(edits)
    }

    fn entry_lines(&self, entry: &Entry) -> Result<Range<usize>, Rewrite> {
        self.lines(entry.key_span.start, entry.value.span.end)
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
                let at = end_of_comments(self.text, end, column);
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
        let column = self.column(entry.key_span.start);
        let width = colon - entry.key_span.start + 1;
        let written = |emitter: Emitter, value: &Value| emitter.value_behind_key(value, column, width);
        let behind = comment_behind(self.text, old.end);
        // What stands between the key and its value: on a line of the value's own, with comments before it.
        let gap = colon..old.start.max(colon);
        let comments = comments_between(self.text, gap.clone());
        let on_key_line = !self.text[gap].contains('\n');
        let is_scalar = entry.value.style == Style::Flow || matches!(entry.value.content, Content::Scalar(_));
        let is_commented = if is_scalar {
            behind.is_some()
        } else {
            comments.starts_with(' ')
        };
        let text = self.in_style_of(&entry.value, new, |old| written(self.emitter, old));
        let text = text.map_or_else(
            || written(self.emitter.before_comment(is_commented), new),
            |text| format!(" {text}"),
        );
        let text = with_comment(text, comment_of_block(self.text, &entry.value));
        match (text.strip_prefix(' '), &behind) {
            (None, Some(comment)) if on_key_line => {
                let comment_text = &self.text[comment.clone()];
                Ok((colon..comment.end, format!(" {comment_text}{text}")))
            }
            (None, _) => Ok((colon..old.end.max(colon), format!("{comments}{text}"))),
            (Some(bare), _) if is_scalar && old.start > colon && (on_key_line || !comments.is_empty()) => {
                Ok((old.clone(), bare.to_owned()))
            }
            (Some(_), _) if is_scalar => Ok((colon..old.end.max(colon), text)),
            // Comments within a list go with its items.
            (Some(_), behind) => {
                let end = behind.as_ref().map_or(old.end, |comment| comment.end);
                let on_key_line = comments.lines().next().unwrap_or_default();
                Ok((colon..end, format!("{text}{on_key_line}")))
            }
        }
    }

    /// A string in the style in which a person wrote the one that it takes the place of.
    fn in_style_of(&self, old: &Node, new: &Value, written: impl Fn(&Value) -> String) -> Option<String> {
        let (Content::Scalar(value @ Value::String(_)), Value::String(new)) = (&old.content, new) else {
            return None;
        };
        in_style_of(
            &self.text[old.span.clone()],
            written(value).trim_start_matches(' '),
            new,
        )
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

    fn block_seq(&self, old: &[Node], new: &[Value]) -> Result<Vec<TextEdit>, Rewrite> {
        if old.is_empty() || new.is_empty() {
            return Err(Rewrite);
        }
        let origins = aligned(old, new);
        let kept = kept(&origins, old.len());
        let mut edits = Vec::new();
        for (node, _) in old.iter().zip(&kept).filter(|(_, kept)| !**kept) {
            edits.push((self.lines(self.dash(node)?, node.span.end)?, String::new()));
        }
        let first = kept.iter().position(|kept| *kept).ok_or(Rewrite)?;
        let mut behind = None;
        for (origin, value) in origins.iter().zip(new) {
            match origin {
                Origin::Same(index) => behind = Some(&old[*index]),
                Origin::Continues(index) => {
                    edits.extend(self.item(&old[*index], value)?);
                    behind = Some(&old[*index]);
                }
                Origin::New => edits.push(self.added_item(&old[first], behind, value)?),
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
        let column = self.column(node.span.start);
        let text = self.in_style_of(node, new, |old| self.emitter.item(old, column));
        let text = text.unwrap_or_else(|| {
            let has_comment = comment_behind(self.text, node.span.end).is_some();
            self.emitter.before_comment(has_comment).item(new, column)
        });
        let text = with_comment(text, comment_of_block(self.text, node));
        Ok(vec![(node.span.clone(), text)])
    }

    fn dash(&self, node: &Node) -> Result<usize, Rewrite> {
        dash_before(self.text, node.span.start).ok_or(Rewrite)
    }

    fn column(&self, at: usize) -> usize {
        at - line_start(self.text, at)
    }
}

/// A value with a comment: in the header of a block, before lines, or behind.
fn with_comment(text: String, comment: Option<&str>) -> String {
    let Some(comment) = comment else { return text };
    let is_block = text.trim_start_matches(' ').starts_with(['|', '>', '\n']);
    match text.split_once('\n') {
        Some((first, rest)) if is_block => format!("{first} {comment}\n{rest}"),
        _ => format!("{text} {comment}"),
    }
}
