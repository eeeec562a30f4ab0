//! Edits within `{}` and `[]`, as JSON files have them.

use std::ops::Range;

use serde_json::{Map, Value};

use super::align::{Origin, aligned, by_place, kept};
use super::by_hand::in_flow_style_of;
use super::flow::{flow_string, flow_with};
use super::node::{Content, Entry, Node};
use super::patch::{Rewrite, TextEdit};
use super::spans::{line_end, line_start};

/// Edits a value in place.
type EditValue<'f> = &'f dyn Fn(&Node, &Value) -> Vec<TextEdit>;

/// Edits for a map in braces. New keys go to the end.
pub(crate) fn flow_map_edits(
    text: &str,
    old: &[Entry],
    new: &Map<String, Value>,
    edit: EditValue<'_>,
) -> Result<Vec<TextEdit>, Rewrite> {
    let spans = old
        .iter()
        .map(|entry| entry.key_span.start..entry.value.span.end)
        .collect();
    let keep: Vec<_> = old.iter().map(|entry| new.contains_key(&entry.key)).collect();
    let list = List { text, spans };
    let mut edits = list.removals(&keep)?;
    for entry in old {
        if let Some(value) = new
            .get(&entry.key)
            .filter(|value| entry.value.to_value() != **value)
        {
            edits.extend(edit(&entry.value, value));
        }
    }
    let added = new
        .iter()
        .filter(|(key, _)| old.iter().all(|entry| entry.key != **key));
    let model = old.first().map(|entry| &text[entry.key_span.clone()]);
    let added: Vec<_> = added
        .map(|(key, value)| format!("{}: {}", quoted_like(model, key), written_like(model, value)))
        .collect();
    edits.extend(list.insertions(keep.iter().rposition(|kept| *kept), &added)?);
    Ok(edits)
}

/// Edits for a list in brackets.
pub(crate) fn flow_seq_edits(
    text: &str,
    old: &[Node],
    new: &[Value],
    edit: EditValue<'_>,
) -> Result<Vec<TextEdit>, Rewrite> {
    let mut origins = aligned(old, new);
    let mut keep = kept(&origins, old.len());
    if origins.contains(&Origin::New) && keep.contains(&false) {
        // What goes and what comes would get into each other's commas.
        origins = by_place(old.len(), new.len());
        keep = kept(&origins, old.len());
    }
    let spans = old.iter().map(|item| item.span.clone()).collect();
    let list = List { text, spans };
    let mut edits = list.removals(&keep)?;
    let model = old.iter().find_map(|item| first_string(text, item));
    let mut behind = None;
    let mut added = Vec::new();
    for (origin, value) in origins.iter().zip(new) {
        let (Origin::Same(index) | Origin::Continues(index)) = *origin else {
            added.push(written_like(model, value));
            continue;
        };
        edits.extend(list.insertions(behind, &std::mem::take(&mut added))?);
        behind = Some(index);
        if matches!(origin, Origin::Continues(_)) && old[index].to_value() != *value {
            edits.extend(edit(&old[index], value));
        }
    }
    edits.extend(list.insertions(behind, &added)?);
    Ok(edits)
}

/// A value with the quotes of what stands beside it.
fn written_like(model: Option<&str>, value: &Value) -> String {
    flow_with(value, &|text| quoted_like(model, text))
}

fn quoted_like(model: Option<&str>, text: &str) -> String {
    model.map_or_else(|| flow_string(text), |model| in_flow_style_of(model, text))
}

/// The first key or string in a value, as it is written.
fn first_string<'t>(text: &'t str, node: &Node) -> Option<&'t str> {
    match &node.content {
        Content::Map(entries) => entries.first().map(|entry| &text[entry.key_span.clone()]),
        Content::Seq(items) => items.iter().find_map(|item| first_string(text, item)),
        Content::Scalar(Value::String(_)) => Some(&text[node.span.clone()]),
        Content::Scalar(_) | Content::Alias(_) => None,
    }
}

/// The places of the entries of a map or a list.
struct List<'t> {
    text: &'t str,
    spans: Vec<Range<usize>>,
}

impl List<'_> {
    /// New entries, one behind the other, behind one of the old ones or before all.
    fn insertions(&self, behind: Option<usize>, added: &[String]) -> Result<Vec<TextEdit>, Rewrite> {
        if added.is_empty() {
            return Ok(Vec::new());
        }
        let model = self.spans.get(behind.unwrap_or(0)).ok_or(Rewrite)?;
        let gap = self.gap_before(model.start);
        let new = added.join(&format!(",{gap}"));
        if behind.is_none() {
            return Ok(vec![(model.start..model.start, format!("{new},{gap}"))]);
        }
        let line_end = line_end(self.text, model.end);
        let rest = self.text[model.end..line_end].trim_start_matches([' ', '\t']);
        let has_comma = rest.starts_with(',');
        let is_commented = rest.trim_start_matches([',', ' ', '\t']).starts_with('#');
        Ok(match (is_commented && gap.contains('\n'), has_comma) {
            (true, true) => vec![(line_end..line_end, format!("{gap}{new},"))],
            (true, false) => vec![
                (model.end..model.end, ",".to_owned()),
                (line_end..line_end, format!("{gap}{new}")),
            ],
            (false, _) => vec![(model.end..model.end, format!(",{gap}{new}"))],
        })
    }

    /// What stands between the comma and a new entry: a space, or the line feed and the indentation of the others.
    fn gap_before(&self, at: usize) -> &str {
        let gap = &self.text[self.text[..at].trim_end().len()..at];
        if gap.contains('\n') { gap } else { " " }
    }

    /// Takes out the entries that are not kept, each with its comma.
    fn removals(&self, keep: &[bool]) -> Result<Vec<TextEdit>, Rewrite> {
        let last_kept = keep.iter().rposition(|kept| *kept).ok_or(Rewrite)?;
        let mut edits = Vec::new();
        let last = keep.len() - 1;
        if last_kept < last
            && self.comma_behind(last).is_none()
            && let Some(comma) = self.comma_behind(last_kept)
        {
            edits.push((comma..comma + 1, String::new()));
        }
        for index in (0..keep.len()).filter(|index| !keep[*index]) {
            edits.push((self.removal(index), String::new()));
        }
        Ok(edits)
    }

    /// An entry with its comma: whole lines where it has them for itself, else with the blanks on one side.
    fn removal(&self, index: usize) -> Range<usize> {
        let text = self.text;
        let start = self.spans[index].start;
        let end = self
            .comma_behind(index)
            .map_or(self.spans[index].end, |comma| comma + 1);
        let blanks = |text: &str| text.len() - text.trim_start_matches([' ', '\t']).len();
        let (line, line_end) = (line_start(text, start), line_end(text, end));
        let rest = &text[end + blanks(&text[end..line_end])..line_end];
        let is_first_on_line = text[line..start].trim_matches([' ', '\t']).is_empty();
        if is_first_on_line && line > 0 && (rest.is_empty() || rest.starts_with('#')) {
            let feed = text[..line]
                .strip_suffix("\r\n")
                .or(text[..line].strip_suffix('\n'));
            return feed.map_or(line, str::len)..line_end;
        }
        let is_followed = self.spans.len() > index + 1 && !rest.is_empty() && !rest.starts_with('#');
        if is_followed {
            start..line_end - rest.len()
        } else {
            text[..start].trim_end_matches([' ', '\t']).len()..end
        }
    }

    /// The comma that follows an entry, maybe behind comments.
    fn comma_behind(&self, index: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = self.spans[index].end;
        loop {
            match bytes.get(at)? {
                b' ' | b'\t' | b'\r' | b'\n' => at += 1,
                b'#' => at = line_end(self.text, at),
                b',' => return Some(at),
                _ => return None,
            }
        }
    }
}
