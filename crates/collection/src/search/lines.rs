//! The matches of one text, line by line, as the window shows them.

use std::ops::Range;

use super::query::SearchQuery;
use crate::model::Span;

/// Characters of a line that are shown.
const SHOWN: usize = 160;
/// Characters shown before the first match.
const BEFORE: usize = 40;
/// Lines of one text that are told; the rest is found in the editor.
const MOST_LINES: usize = 50;

/// A line with matches.
pub(super) struct Line {
    /// 1-based.
    pub number: u32,
    /// What is shown of it.
    pub snippet: String,
    /// The matches in the snippet.
    pub ranges: Vec<Span>,
    /// The first match in the whole text.
    pub at: Span,
}

/// The lines of a text that hold a match, or begin one.
pub(super) fn lines(text: &str, query: &SearchQuery) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut counted = Counted::default();
    let mut matches = query.matches(text).peekable();
    while let Some(first) = matches.next() {
        if lines.len() == MOST_LINES {
            break;
        }
        let start = text[..first.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[first.start..]
            .find('\n')
            .map_or(text.len(), |at| first.start + at);
        let mut in_line = vec![first.clone()];
        while let Some(next) = matches.next_if(|next| next.start < end) {
            in_line.push(next);
        }
        let from = counted.up_to(text, first.start);
        let (snippet, ranges) = snippet(text, start..end, &in_line);
        lines.push(Line {
            number: from.lines + 1,
            snippet,
            ranges,
            at: Span {
                start: from.units,
                end: from.units + units(&text[first]),
            },
        });
    }
    lines
}

/// Lines and UTF-16 units before a place that only moves on.
#[derive(Default, Clone, Copy)]
struct Counted {
    bytes: usize,
    lines: u32,
    units: u32,
}

impl Counted {
    fn up_to(&mut self, text: &str, end: usize) -> Self {
        let piece = &text[self.bytes..end];
        self.bytes = end;
        self.units += units(piece);
        self.lines += u32::try_from(piece.bytes().filter(|byte| *byte == b'\n').count()).unwrap_or(u32::MAX);
        *self
    }
}

/// Length as the page counts.
fn units(text: &str) -> u32 {
    let count = if text.is_ascii() {
        text.len()
    } else {
        text.encode_utf16().count()
    };
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// What is shown of a line: from somewhat before its first match.
fn snippet(text: &str, line: Range<usize>, matches: &[Range<usize>]) -> (String, Vec<Span>) {
    let first = matches.first().map_or(line.start, |first| first.start);
    let lead = text[line.start..first].char_indices().rev().nth(BEFORE);
    let mut from = lead.map_or(line.start, |(at, _)| line.start + at);
    let is_cut = lead.is_some();
    if !is_cut {
        from += text[from..first].len() - text[from..first].trim_start().len();
    }
    let rest = &text[from..line.end];
    let to = rest
        .char_indices()
        .nth(SHOWN)
        .map_or(line.end, |(at, _)| from + at);
    let mut shown = String::from(if is_cut { "…" } else { "" });
    let offset = units(&shown);
    shown.extend(text[from..to].trim_end_matches('\r').chars().map(plain));
    if to < line.end {
        shown.push('…');
    }
    let ranges = matches.iter().filter(|found| found.start < to).map(|found| Span {
        start: offset + units(&text[from..found.start]),
        end: offset + units(&text[from..found.end.min(to)]),
    });
    let ranges = ranges.collect();
    (shown, ranges)
}

/// A snippet is one line: what would break or bend it is shown as a space of the same length.
fn plain(char: char) -> char {
    if char.is_control() { ' ' } else { char }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SearchOptions;

    fn found(text: &str, query: &str) -> Vec<Line> {
        lines(text, &SearchQuery::new(query, SearchOptions::default()).unwrap())
    }

    #[test]
    fn places_are_counted_as_the_page_counts() {
        let found = found("😀 é\n\tHay and hay", "hay");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].snippet, "Hay and hay");
        assert_eq!((found[0].number, found[0].at), (2, Span { start: 6, end: 9 }));
        assert_eq!(
            found[0].ranges,
            [Span { start: 0, end: 3 }, Span { start: 8, end: 11 }]
        );
    }

    #[test]
    fn long_lines_are_cut_around_the_match() {
        let text = format!("{}needle{}", "é".repeat(500), "x".repeat(500));
        let found = found(&text, "needle");
        let line = &found[0];
        assert!(line.snippet.chars().count() <= SHOWN + 2 && line.snippet.ends_with('…'));
        let range = line.ranges[0];
        let shown: Vec<u16> = line.snippet.encode_utf16().collect();
        let piece = &shown[range.start as usize..range.end as usize];
        assert_eq!(String::from_utf16(piece).unwrap(), "needle");
        assert_eq!(line.at.start, 500);
    }

    #[test]
    fn a_match_longer_than_what_is_shown_ends_with_it() {
        let found = found(&"ab".repeat(400), &"ab".repeat(200));
        assert_eq!(found[0].ranges.len(), 1);
        assert_eq!(found[0].ranges[0].end, u32::try_from(SHOWN).unwrap());
    }
}
