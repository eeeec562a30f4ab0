//! Edits within `{}` and `[]`, as JSON files have them.

use std::ops::Range;

use serde_json::{Map, Value};

use super::flow::{flow, flow_entry};
use super::node::{Entry, Node};
use super::patch::{Rewrite, TextEdit};

/// Edits a value in place.
type EditValue<'f> = &'f dyn Fn(&Node, &Value) -> Vec<TextEdit>;

/// Edits for a map in braces. New keys go to the end.
pub(crate) fn flow_map_edits(
    text: &str,
    node: &Node,
    old: &[Entry],
    new: &Map<String, Value>,
    edit: EditValue<'_>,
) -> Result<Vec<TextEdit>, Rewrite> {
    let spans: Vec<_> = old
        .iter()
        .map(|entry| entry.key_span.start..entry.value.span.end)
        .collect();
    let keep: Vec<_> = old.iter().map(|entry| new.contains_key(&entry.key)).collect();
    let mut edits = removals(node, &spans, &keep)?;
    for entry in old {
        if let Some(value) = new
            .get(&entry.key)
            .filter(|value| entry.value.to_value() != **value)
        {
            edits.extend(edit(&entry.value, value));
        }
    }
    let last = spans.last().ok_or(Rewrite)?;
    let gap = gap_before(text, last.start);
    for (key, value) in new
        .iter()
        .filter(|(key, _)| old.iter().all(|entry| entry.key != **key))
    {
        edits.push((last.end..last.end, format!(",{gap}{}", flow_entry(key, value))));
    }
    Ok(edits)
}

/// Edits for a list in brackets.
pub(crate) fn flow_seq_edits(
    node: &Node,
    old: &[Node],
    new: &[Value],
    edit: EditValue<'_>,
) -> Result<Vec<TextEdit>, Rewrite> {
    let spans: Vec<_> = old.iter().map(|item| item.span.clone()).collect();
    let keep: Vec<_> = (0..old.len()).map(|index| index < new.len()).collect();
    let mut edits = removals(node, &spans, &keep)?;
    for (item, value) in old
        .iter()
        .zip(new)
        .filter(|(item, value)| item.to_value() != **value)
    {
        edits.extend(edit(item, value));
    }
    let end = spans.last().ok_or(Rewrite)?.end;
    edits.extend(
        new.iter()
            .skip(old.len())
            .map(|value| (end..end, format!(", {}", flow(value)))),
    );
    Ok(edits)
}

fn removals(node: &Node, spans: &[Range<usize>], keep: &[bool]) -> Result<Vec<TextEdit>, Rewrite> {
    let first_kept = keep.iter().position(|kept| *kept).ok_or(Rewrite)?;
    if keep.last() == Some(&false) && node.span.is_empty() {
        return Err(Rewrite);
    }
    let mut edits = Vec::new();
    for index in (0..spans.len()).filter(|index| !keep[*index]) {
        let range = if index < first_kept {
            spans[index].start..spans[index + 1].start
        } else {
            spans[index - 1].end..spans[index].end
        };
        edits.push((range, String::new()));
    }
    Ok(edits)
}

/// The blanks between the comma (or the brace) and the last entry, so that a new one stands as the others do.
fn gap_before(text: &str, at: usize) -> &str {
    let gap = &text[text[..at].trim_end().len()..at];
    if gap.is_empty() { " " } else { gap }
}
