//! Scalars without quotes.

use std::borrow::Cow;

use serde_json::Value;

use super::super::scalar::{key_name, resolve_plain};
use super::{MAX_KEY, Parser, Token, scalar};

/// What ends a plain scalar within its line.
#[derive(PartialEq, Eq)]
enum Stop {
    Line,
    Colon,
}

impl<'t> Parser<'t> {
    /// A plain scalar or key.
    pub(super) fn plain(&mut self, parent: Option<usize>) -> Option<Token<'t>> {
        let start = self.at;
        if !self.may_start_plain() {
            return None;
        }
        let (end, stop) = self.plain_line();
        if stop == Stop::Colon {
            let key = &self.text[start..end];
            let is_simple = key.len() <= MAX_KEY && !key.ends_with([' ', '\t']);
            self.at = end + 1;
            return is_simple.then(|| Token::Key(plain_key(key), start..end));
        }
        let parent = parent?;
        self.finish_at(end)?;
        let first = &self.text[start..end];
        if !self.stands_behind(parent) {
            let value = if self.skipping {
                Value::Null
            } else {
                resolve_plain(first)
            };
            return Some(Token::Scalar(scalar(value, start..end)));
        }
        let text = self.folded(first.to_owned(), parent)?;
        let value = if self.skipping {
            Value::Null
        } else {
            resolve_plain(&text)
        };
        Some(Token::Scalar(scalar(value, start..self.behind)))
    }

    /// The lines that continue a plain scalar.
    fn folded(&mut self, mut text: String, parent: usize) -> Option<String> {
        while self.stands_behind(parent) {
            if self.commented {
                return None;
            }
            push_fold(&mut text, self.blank_lines);
            let start = self.at;
            let (end, stop) = self.plain_line();
            if stop == Stop::Colon {
                return None;
            }
            text.push_str(&self.text[start..end]);
            self.finish_at(end)?;
        }
        Some(text)
    }

    fn may_start_plain(&self) -> bool {
        match self.bytes.get(self.at) {
            Some(b'-' | b'?' | b':') => {
                !matches!(self.bytes.get(self.at + 1), None | Some(b' ' | b'\t' | b'\n'))
            }
            Some(byte) => !b" \t\n[]{},#&*!|>'\"%@`".contains(byte),
            None => false,
        }
    }

    /// The end of the text on this line, and what stops it.
    fn plain_line(&self) -> (usize, Stop) {
        let rest = &self.bytes[self.at..];
        let is_blank = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t'));
        let mut at = 0;
        let stop = loop {
            match rest.get(at) {
                None | Some(b'\n') => break Stop::Line,
                Some(b':')
                    if is_blank(rest.get(at + 1)) || matches!(rest.get(at + 1), None | Some(b'\n')) =>
                {
                    break Stop::Colon;
                }
                Some(b'#') if at > 0 && is_blank(rest.get(at - 1)) => break Stop::Line,
                Some(_) => at += 1,
            }
        };
        if stop == Stop::Line {
            while at > 0 && is_blank(rest.get(at - 1)) {
                at -= 1;
            }
        }
        (self.at + at, stop)
    }
}

/// One line end becomes a space; of several, all but the first stay.
pub(super) fn push_fold(text: &mut String, blank_lines: usize) {
    if blank_lines == 0 {
        text.push(' ');
    } else {
        text.extend(std::iter::repeat_n('\n', blank_lines));
    }
}

/// A key as JavaScript would see it.
fn plain_key(text: &str) -> Cow<'_, str> {
    match text.as_bytes() {
        [b'0'..=b'9' | b'-' | b'+' | b'.', ..]
        | b"~"
        | b"null"
        | b"Null"
        | b"NULL"
        | b"True"
        | b"TRUE"
        | b"False"
        | b"FALSE" => Cow::Owned(key_name(resolve_plain(text))),
        _ => Cow::Borrowed(text),
    }
}
