//! What belongs to each resource of a v5 file alone, without those that it holds.

use std::ops::Range;

use super::states::Found;
use crate::model::Kind;
use crate::source::SourceFile;

/// The bytes of each resource of a file, by its number. What holds others has several pieces.
pub(super) struct Pieces(Vec<Vec<Range<usize>>>);

impl Pieces {
    /// Nothing where the items of the file cannot be told apart.
    pub(super) fn of(file: &SourceFile) -> Option<Self> {
        let resources = &file.parsed().resources;
        let mut spans = Vec::with_capacity(resources.len());
        for (number, resource) in resources.iter().enumerate() {
            let span = match resource.kind {
                // Also what stands before and behind everything.
                Kind::Workspace => 0..file.bytes.len(),
                _ => whole_lines(&file.bytes, resource.span.as_ref()?),
            };
            spans.push((span, number));
        }
        spans.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        let mut pieces = vec![Vec::new(); resources.len()];
        // Those that are open, with the place up to which they have been told.
        let mut open: Vec<(Range<usize>, usize, usize)> = Vec::new();
        for (span, number) in spans {
            while open.last().is_some_and(|(outer, ..)| outer.end <= span.start) {
                close(&mut open, &mut pieces);
            }
            if let Some((_, outer, told)) = open.last_mut() {
                pieces[*outer].push(*told..span.start);
                *told = span.end;
            }
            open.push((span.clone(), number, span.start));
        }
        while !open.is_empty() {
            close(&mut open, &mut pieces);
        }
        Some(Self(pieces))
    }

    fn get(&self, number: usize) -> &[Range<usize>] {
        self.0.get(number).map(Vec::as_slice).unwrap_or_default()
    }
}

fn close(open: &mut Vec<(Range<usize>, usize, usize)>, pieces: &mut [Vec<Range<usize>>]) {
    if let Some((span, number, told)) = open.pop() {
        pieces[number].push(told..span.end.max(told));
    }
}

/// To the end of the last line, where comments may stand.
fn whole_lines(bytes: &[u8], span: &Range<usize>) -> Range<usize> {
    let rest = bytes.get(span.end..).unwrap_or_default();
    span.start..span.end + memchr::memchr(b'\n', rest).unwrap_or(rest.len())
}

/// The column and the bytes of an item that holds no others.
pub(super) fn item_text(found: Found<'_>) -> Option<(usize, &str)> {
    let text = found.file.text()?;
    let span = whole_lines(text.as_bytes(), found.resource.span.as_ref()?);
    let before = &text[..span.start];
    let column = span.start - before.rfind('\n').map_or(0, |feed| feed + 1);
    Some((column, text.get(span)?))
}

/// Where that text stands.
pub(super) fn item_lines(found: Found<'_>) -> Option<Range<usize>> {
    Some(whole_lines(&found.file.bytes, found.resource.span.as_ref()?))
}

/// Are two resources written alike, to the byte?
pub(super) fn alike(one: (Found<'_>, &Pieces), other: (Found<'_>, &Pieces)) -> bool {
    let ((one, pieces), (other, other_pieces)) = (one, other);
    let column = |found: Found<'_>| {
        let start = found.resource.span.as_ref().map_or(0, |span| span.start);
        let before = found.file.bytes.get(..start).unwrap_or_default();
        start - memchr::memrchr(b'\n', before).map_or(0, |feed| feed + 1)
    };
    // Dashes before items that come or go are not what the holder says.
    let bytes = |found: Found<'_>, pieces: &[Range<usize>]| -> Vec<u8> {
        let parts = pieces
            .iter()
            .filter_map(|piece| found.file.bytes.get(piece.clone()));
        let ends = |byte: &u8| matches!(byte, b' ' | b'-' | b'\n' | b'\r');
        let parts =
            parts.map(|part| &part[..part.iter().rposition(|byte| !ends(byte)).map_or(0, |at| at + 1)]);
        parts.collect::<Vec<_>>().concat()
    };
    let (left, right) = (pieces.get(one.number), other_pieces.get(other.number));
    if one.resource.kind != other.resource.kind || column(one) != column(other) {
        return false;
    }
    match (left, right) {
        ([left], [right]) => one.file.bytes.get(left.clone()) == other.file.bytes.get(right.clone()),
        _ => bytes(one, left) == bytes(other, right),
    }
}
