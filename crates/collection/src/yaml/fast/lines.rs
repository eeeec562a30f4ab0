//! Moving from line to line.

use super::Parser;

impl Parser<'_> {
    pub(super) fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn skip_spaces(&mut self) {
        self.at = self.behind_spaces(self.at);
    }

    pub(super) fn behind_spaces(&self, mut at: usize) -> usize {
        while self.bytes.get(at) == Some(&b' ') {
            at += 1;
        }
        at
    }

    /// A dash that begins an item.
    pub(super) fn is_dash(&self) -> bool {
        self.byte() == Some(b'-') && matches!(self.bytes.get(self.at + 1), None | Some(b' ' | b'\n'))
    }

    pub(super) fn stands_at(&self, column: usize) -> bool {
        !self.ended && self.column == column
    }

    pub(super) fn stands_behind(&self, column: usize) -> bool {
        !self.ended && self.column > column
    }

    pub(super) fn line_end(&self, at: usize) -> Option<usize> {
        memchr::memchr(b'\n', self.bytes.get(at..)?).map(|found| at + found)
    }

    /// A value ends at `end`: goes on to the next line.
    pub(super) fn finish_at(&mut self, end: usize) -> Option<()> {
        self.behind = end;
        self.at = end;
        self.next_line()
    }

    /// From the end of a value to the next line. Nothing but blanks and a comment may stand between.
    pub(super) fn next_line(&mut self) -> Option<()> {
        let at = self.behind_spaces(self.at);
        match self.bytes.get(at) {
            None => {
                self.end();
                Some(())
            }
            Some(b'\n') => self.seek(at + 1),
            Some(b'#') if at > self.at => {
                let next = self.line_end(at).map_or(self.bytes.len(), |feed| feed + 1);
                self.seek(next)?;
                self.commented = true;
                Some(())
            }
            Some(_) => None,
        }
    }

    /// To the first line at or behind `start`, the start of a line, that holds anything.
    pub(super) fn seek(&mut self, mut start: usize) -> Option<()> {
        self.blank_lines = 0;
        self.commented = false;
        loop {
            let at = self.behind_spaces(start);
            start = match self.bytes.get(at) {
                None => break,
                Some(b'\n') => {
                    self.blank_lines += 1;
                    at + 1
                }
                Some(b'#') => {
                    self.commented = true;
                    self.line_end(at).map_or(self.bytes.len(), |feed| feed + 1)
                }
                Some(b'\t') => return None,
                Some(_) => {
                    self.at = at;
                    self.column = at - start;
                    return (self.column > 0 || !self.is_document_marker()).then_some(());
                }
            };
        }
        self.end();
        Some(())
    }

    fn end(&mut self) {
        self.at = self.bytes.len();
        self.ended = true;
    }

    fn is_document_marker(&self) -> bool {
        let rest = &self.bytes[self.at..];
        rest.starts_with(b"---") || rest.starts_with(b"...")
    }
}
