//! A v5 file of which one item has changed: only that item is read again.

use std::ops::Range;

use super::read::{Own, head, item_kind, spec_text};
use crate::fields::Fields;
use crate::model::Kind;
use crate::resource::{Parsed, Place, Resource, Step};
use crate::yaml::{Node, Part, line_and_column};

/// What the new text holds, where all that differs lies within one item that holds no others. See [`Part`] for why the
/// rest then reads as before.
pub(crate) fn reread(old: &Parsed, before: &[u8], after: &[u8]) -> Option<Parsed> {
    if !old.problems.is_empty() {
        return None;
    }
    let changed = difference(before, after);
    let (number, part) = changed_item(old, before, &changed)?;
    let item = &old.resources[number];
    let old_lines = part.lines();
    let shift = Shift {
        old_lines: old_lines.clone(),
        new_end: after.len() - (before.len() - old_lines.end),
        old_item_end: item.span.as_ref()?.end,
        line: line_at(before, old_lines.start),
        lines: count(before, &old_lines),
    };
    let new_part = Part::of_lines(after, old_lines.start..shift.new_end)?;
    let is_last = shift.new_end == after.len();
    if !(new_part.alone().ends_with('\n') || is_last) || new_part.column() == 0 {
        return None;
    }
    let node = new_part.read(|_, _| false)?;
    let column = new_part.column();
    if node.span.start != column {
        return None;
    }
    let new_item_end = node.span.end - column + old_lines.start;
    let new_lines = count(after, &(old_lines.start..shift.new_end));
    let again = read_again(item, node, &new_part, old_lines.start..new_item_end, shift.line)?;
    let mut again = Some(again);
    let resources = old.resources.iter().enumerate().map(|(index, resource)| {
        if index == number {
            return again.take();
        }
        let span = resource.span.as_ref()?;
        let span = shift.position(span.start, new_item_end)?..shift.position(span.end, new_item_end)?;
        let place = shift.place(resource.id_place?, new_lines)?;
        Some(resource.moved(Some(span), Some(place)))
    });
    Some(Parsed {
        resources: resources.collect::<Option<_>>()?,
        problems: Vec::new(),
    })
}

/// The item alone, with its fields.
fn read_again(
    old: &Resource,
    node: Node,
    part: &Part<'_>,
    span: Range<usize>,
    first_line: usize,
) -> Option<Resource> {
    let id_node = node.get("meta").and_then(|meta| meta.get("id"))?;
    let in_list = matches!(
        old.pointer.iter().rev().nth(1),
        Some(Step::Key("collection" | "children"))
    );
    if id_node.as_str() != Some(old.id.0.as_str()) || in_list && item_kind(&node) != Some(old.kind) {
        return None;
    }
    let (line, column) = line_and_column(part.alone(), id_node.span.start);
    let own = Own {
        kind: old.kind,
        id: old.id.clone(),
        parent: old.parent.clone(),
        scope: "collection",
    };
    let mut new = old.moved(
        Some(span),
        Some((u32::try_from(first_line).ok()?.checked_add(line - 1)?, column)),
    );
    new.head = head(&node);
    let spec = spec_text(old.kind, part.alone(), &node);
    new.fields = Fields::from(own.fields(node, spec));
    Some(new)
}

/// The item in which all that differs lies.
fn changed_item<'b>(old: &Parsed, before: &'b [u8], changed: &Range<usize>) -> Option<(usize, Part<'b>)> {
    let starts = old.resources.iter().enumerate().filter_map(|(number, resource)| {
        let start = resource.span.as_ref()?.start;
        (holds_no_others(resource) && start <= changed.start).then_some((start, number))
    });
    let (_, number) = starts.max()?;
    let part = Part::new(before, old.resources[number].span.as_ref()?)?;
    (changed.end <= part.lines().end).then_some((number, part))
}

fn holds_no_others(resource: &Resource) -> bool {
    matches!(resource.pointer.last(), Some(Step::Index(_)))
        && !matches!(resource.kind, Kind::RequestGroup | Kind::UnitTestSuite)
}

/// The bytes of the old text that differ.
fn difference(before: &[u8], after: &[u8]) -> Range<usize> {
    let start = alike(before.chunks(CHUNK), after.chunks(CHUNK), |a, b| {
        a.iter().zip(b).take_while(|(a, b)| a == b).count()
    });
    let (rest, other) = (&before[start..], &after[start..]);
    let end = alike(rest.rchunks(CHUNK), other.rchunks(CHUNK), |a, b| {
        a.iter()
            .rev()
            .zip(b.iter().rev())
            .take_while(|(a, b)| a == b)
            .count()
    });
    start..before.len() - end
}

const CHUNK: usize = 4096;

/// How many bytes of two texts are alike: of the chunks that are, and within the first that are not.
fn alike<'b>(
    before: impl Iterator<Item = &'b [u8]>,
    after: impl Iterator<Item = &'b [u8]>,
    within: impl Fn(&[u8], &[u8]) -> usize,
) -> usize {
    let mut count = 0;
    for (a, b) in before.zip(after) {
        if a != b {
            return count + within(a, b);
        }
        count += a.len();
    }
    count
}

/// Where what stood in the old text stands in the new one.
struct Shift {
    /// Bytes of the lines of the changed item.
    old_lines: Range<usize>,
    /// Where they end now.
    new_end: usize,
    /// Where the item ended.
    old_item_end: usize,
    /// Number of its first line, from 1.
    line: usize,
    /// How many line ends it had.
    lines: usize,
}

impl Shift {
    fn position(&self, at: usize, new_item_end: usize) -> Option<usize> {
        if at <= self.old_lines.start {
            Some(at)
        } else if at == self.old_item_end {
            Some(new_item_end)
        } else {
            (at >= self.old_lines.end).then(|| at - self.old_lines.end + self.new_end)
        }
    }

    fn place(&self, (line, column): Place, new_lines: usize) -> Option<Place> {
        let at = usize::try_from(line).ok()?;
        if at <= self.line {
            return Some((line, column));
        }
        let line = (at >= self.line + self.lines).then(|| at - self.lines + new_lines)?;
        Some((u32::try_from(line).ok()?, column))
    }
}

fn line_at(text: &[u8], at: usize) -> usize {
    count(text, &(0..at)) + 1
}

fn count(text: &[u8], range: &Range<usize>) -> usize {
    memchr::memchr_iter(b'\n', &text[range.clone()]).count()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::super::read::read;
    use super::*;

    const TEXT: &str = "\
type: collection.insomnia.rest/5.0
name: Parcels
meta:
  id: wrk_1
collection:
  - name: Folder
    meta:
      id: fld_1
      sortKey: 5
    children:
      - url: /a
        name: One
        meta:
          id: req_1
        method: GET
        body:
          text: |+
            x

      # of the next
      - url: /b
        name: Two é
        meta:
          id: req_2
        method: GET
  - url: /c
    name: Three
    meta:
      id: req_3
    method: POST
environments:
  name: Base
  meta:
    id: env_1
  subEnvironments:
    - name: Sub
      meta:
        id: env_2
      data:
        a: 1
";

    fn parsed(text: &str) -> Parsed {
        read("a.yaml", &Arc::new(text.as_bytes().to_vec()), text)
    }

    /// Was one item enough? What it gives must be what the whole text gives.
    fn rereads(before: &str, after: &str) -> bool {
        match reread(&parsed(before), before.as_bytes(), after.as_bytes()) {
            Some(quick) => {
                assert_eq!(format!("{quick:#?}"), format!("{:#?}", parsed(after)), "{after}");
                true
            }
            None => false,
        }
    }

    #[test]
    fn an_edit_of_an_item_reads_that_item() {
        for (old, new) in [
            ("url: /a", "url: /a/longer"),
            (
                "/b\n",
                "/b\n        description: |+\n          x\n\n          y\n",
            ),
            ("Two é", "Zweitens"),
            ("            x\n", "            x\n            y\n"),
            (
                "method: POST\n",
                "method: POST\n    headers:\n      - name: A\n        value: b\n",
            ),
            ("a: 1\n", "a: 2\n        b: 3\n"),
        ] {
            assert!(rereads(TEXT, &TEXT.replacen(old, new, 1)), "{old} {new}");
        }
    }

    #[test]
    fn anything_else_reads_the_whole() {
        for (old, new) in [
            ("name: Folder", "name: Other"),
            ("id: req_2", "id: req_9"),
            ("method: POST", "other: POST"),
            ("  - url: /c", "  - url: /d\n  - url: /c"),
            ("url: /b", "url: [/b]"),
            ("environments:", "environment:"),
        ] {
            assert!(!rereads(TEXT, &TEXT.replacen(old, new, 1)), "{old} {new}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            cases: std::env::var("SHEAF_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400),
            failure_persistence: None,
            rng_seed: RngSeed::Fixed(7),
            ..ProptestConfig::default()
        })]

        #[test]
        fn any_change_reads_as_the_whole(
            at in 0..TEXT.len(),
            length in 0..30usize,
            new in prop::sample::select(vec![
                "", "x", "\n", " ", "  ", "\n\n", ": ", "- ", "#", "\"", "|", "é", "\n        z: 1", "\n      - url: /n",
                "\n        z: |+\n          k\n\n", "\n    # c\n", "method: GET\n",
            ]),
        ) {
            let boundary = |at: usize| (0..=at).rev().find(|at| TEXT.is_char_boundary(*at)).unwrap_or(0);
            let (start, end) = (boundary(at), boundary((at + length).min(TEXT.len())));
            rereads(TEXT, &format!("{}{new}{}", &TEXT[..start], &TEXT[end..]));
        }
    }
}
