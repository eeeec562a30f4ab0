//! Where values end. The parser's own spans take comments and following lines along, which an edit must not touch.

use std::ops::Range;

/// Character positions to byte positions.
pub(crate) struct CharMap {
    offset: usize,
    length: usize,
    bytes: Option<Vec<usize>>,
}

impl CharMap {
    pub(crate) fn new(text: &str, offset: usize) -> Self {
        let bytes = (!text.is_ascii()).then(|| text.char_indices().map(|(byte, _)| byte).collect());
        Self {
            offset,
            length: text.len(),
            bytes,
        }
    }

    pub(crate) fn byte(&self, char_index: usize) -> usize {
        let byte = match &self.bytes {
            Some(bytes) => bytes.get(char_index).copied().unwrap_or(self.length),
            None => char_index.min(self.length),
        };
        self.offset + byte
    }
}

/// End of a quoted scalar that starts, maybe behind an anchor or a tag, at `range.start`.
pub(crate) fn quoted_end(text: &str, range: &Range<usize>) -> usize {
    let start = skip_properties(text, range.start);
    let bytes = text.as_bytes();
    let Some(&quote) = bytes.get(start) else {
        return range.end;
    };
    let mut at = start + 1;
    while at < range.end {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 2,
            byte if byte == quote => {
                if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') {
                    at += 2;
                } else {
                    return at + 1;
                }
            }
            _ => at += 1,
        }
    }
    range.end
}

/// From the header (`|-`) to the last line that belongs to the text.
pub(crate) fn block_scalar_span(text: &str, behind: usize, range: &Range<usize>) -> Range<usize> {
    let header = find_header(text, behind).filter(|&at| at < range.end.max(behind + 1));
    let Some(start) = header else { return range.clone() };
    let header_end = line_end(text, start);
    let keeps_blank_lines = text[start..header_end]
        .split('#')
        .next()
        .is_some_and(|line| line.contains('+'));
    let body = text
        .get(header_end..range.end.max(header_end))
        .unwrap_or_default();
    let (last, blank) = body_ends(body);
    let end = header_end + if keeps_blank_lines { blank } else { last };
    start..end
}

/// Ends of the last line with content and of the last blank line, both without the line feed.
fn body_ends(body: &str) -> (usize, usize) {
    let mut last = 0;
    let mut blank = 0;
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        // The parser's span may run into the indentation of the next line, which has no end of its own.
        let is_whole = line.ends_with('\n');
        if !bare.trim_matches([' ', '\t']).is_empty() {
            last = at + bare.len();
        }
        if is_whole || last == at + bare.len() {
            blank = at + bare.len();
        }
        at += line.len();
    }
    (last, blank.max(last))
}

fn find_header(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        match bytes.get(at)? {
            b' ' | b'\t' | b'\r' | b'\n' | b'-' | b'?' | b':' | b',' => at += 1,
            b'#' => at = line_end(text, at),
            b'&' | b'!' => at = skip_properties(text, at),
            b'|' | b'>' => return Some(at),
            _ => return None,
        }
    }
}

/// Behind `&anchor` and `!tag`, at the value.
pub(crate) fn skip_properties(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while matches!(bytes.get(at), Some(b'&' | b'!')) {
        while bytes.get(at).is_some_and(|byte| !byte.is_ascii_whitespace()) {
            at += 1;
        }
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
    }
    at
}

/// Position of the line feed (or of the carriage return before it) that ends the line, or the end of the text.
pub(crate) fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |found| at + found);
    if end > at && text.as_bytes()[end - 1] == b'\r' {
        end - 1
    } else {
        end
    }
}

/// Position of the first byte of the line.
pub(crate) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |found| found + 1)
}

/// Line and column of a byte, both from 1, the column in characters.
pub(crate) fn line_and_column(text: &str, at: usize) -> (u32, u32) {
    let at = floor_char_boundary(text, at);
    let line = text[..at].bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = text[line_start(text, at)..at].chars().count() + 1;
    (
        u32::try_from(line).unwrap_or(u32::MAX),
        u32::try_from(column).unwrap_or(u32::MAX),
    )
}

/// Lines and columns of many bytes of a text, counted on from the last one asked for.
pub(crate) struct Places<'t> {
    text: &'t str,
    start: usize,
    line: usize,
}

impl<'t> Places<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self {
            text,
            start: 0,
            line: 1,
        }
    }

    /// Line and column of a byte, both from 1, the column in characters.
    pub(crate) fn of(&mut self, at: usize) -> (u32, u32) {
        if at < self.start {
            (self.start, self.line) = (0, 1);
        }
        let (mut start, mut lines) = (self.start, 0);
        for feed in memchr::memchr_iter(b'\n', &self.text.as_bytes()[self.start..at]) {
            lines += 1;
            start = self.start + feed + 1;
        }
        (self.start, self.line) = (start, self.line + lines);
        let column = self.text[start..at].chars().count() + 1;
        (
            u32::try_from(self.line).unwrap_or(u32::MAX),
            u32::try_from(column).unwrap_or(u32::MAX),
        )
    }
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
