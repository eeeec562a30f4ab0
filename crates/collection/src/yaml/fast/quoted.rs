//! Scalars in quotes.

use std::borrow::Cow;

use serde_json::Value;

use super::plain::push_fold;
use super::{MAX_KEY, Parser, Token, scalar};

impl<'t> Parser<'t> {
    /// A quoted scalar or key.
    pub(super) fn quoted(&mut self, parent: Option<usize>) -> Option<Token<'t>> {
        let start = self.at;
        let quote = self.byte()?;
        let (text, end) = if let Some(simple) = self.simply_quoted(quote) {
            simple
        } else {
            let (text, end) = self.quoted_pieces(quote, parent)?;
            (Cow::Owned(text), end)
        };
        if self.bytes.get(end) == Some(&b':') {
            let is_separate = matches!(self.bytes.get(end + 1), None | Some(b' ' | b'\n'));
            self.at = end + 1;
            let is_key = is_separate && end - start <= MAX_KEY && !self.bytes[start..end].contains(&b'\n');
            return is_key.then_some(Token::Key(text, start..end));
        }
        parent?;
        self.finish_at(end)?;
        let value = if self.skipping {
            Value::Null
        } else {
            Value::String(text.into_owned())
        };
        Some(Token::Scalar(scalar(value, start..end)))
    }

    /// The usual case: one line and no escapes.
    fn simply_quoted(&self, quote: u8) -> Option<(Cow<'t, str>, usize)> {
        let start = self.at + 1;
        let end = start + memchr::memchr3(quote, b'\\', b'\n', &self.bytes[start..])?;
        let is_doubled = quote == b'\'' && self.bytes.get(end + 1) == Some(&quote);
        (self.bytes[end] == quote && !is_doubled).then(|| (Cow::Borrowed(&self.text[start..end]), end + 1))
    }

    fn quoted_pieces(&self, quote: u8, parent: Option<usize>) -> Option<(String, usize)> {
        let mut text = String::new();
        let mut at = self.at + 1;
        loop {
            let piece = at;
            at += memchr::memchr3(quote, b'\\', b'\n', &self.bytes[at..])?;
            let written = &self.text[piece..at];
            match self.bytes[at] {
                b'\n' => {
                    text.push_str(written.trim_end_matches([' ', '\t']));
                    let (next, blank_lines) = self.continued(at + 1, parent?)?;
                    push_fold(&mut text, blank_lines);
                    at = next;
                }
                b'\\' if quote == b'\'' => {
                    text.push_str(&self.text[piece..=at]);
                    at += 1;
                }
                b'\\' if self.bytes.get(at + 1) == Some(&b'\n') => {
                    text.push_str(written);
                    let (next, blank_lines) = self.continued(at + 2, parent?)?;
                    text.extend(std::iter::repeat_n('\n', blank_lines));
                    at = next;
                }
                b'\\' => {
                    text.push_str(written);
                    let (char, length) = escape(&self.text[at + 1..])?;
                    text.push(char);
                    at += 1 + length;
                }
                _ if quote == b'\'' && self.bytes.get(at + 1) == Some(&quote) => {
                    text.push_str(&self.text[piece..=at]);
                    at += 2;
                }
                _ => {
                    text.push_str(written);
                    return Some((text, at + 1));
                }
            }
        }
    }

    /// From the start of a line to the text that goes on there or on a later line, with the blank lines between.
    fn continued(&self, mut start: usize, parent: usize) -> Option<(usize, usize)> {
        let mut blank_lines = 0;
        loop {
            let at = self.behind_spaces(start);
            match self.bytes.get(at)? {
                b'\n' => blank_lines += 1,
                b'\t' => return None,
                _ => return (at - start > parent).then_some((at, blank_lines)),
            }
            start = at + 1;
        }
    }
}

/// The character that stands for what follows a backslash, and how long that is.
fn escape(rest: &str) -> Option<(char, usize)> {
    let char = match rest.bytes().next()? {
        b'0' => '\0',
        b'a' => '\u{7}',
        b'b' => '\u{8}',
        b't' | b'\t' => '\t',
        b'n' => '\n',
        b'v' => '\u{b}',
        b'f' => '\u{c}',
        b'r' => '\r',
        b'e' => '\u{1b}',
        b' ' => ' ',
        b'"' => '"',
        b'/' => '/',
        b'\\' => '\\',
        b'N' => '\u{85}',
        b'_' => '\u{a0}',
        b'L' => '\u{2028}',
        b'P' => '\u{2029}',
        b'x' => return coded(rest, 2),
        b'u' => return coded(rest, 4),
        b'U' => return coded(rest, 8),
        _ => return None,
    };
    Some((char, 1))
}

fn coded(rest: &str, digits: usize) -> Option<(char, usize)> {
    let code = rest.get(1..=digits)?;
    if !code.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let char = char::from_u32(u32::from_str_radix(code, 16).ok()?)?;
    Some((char, 1 + digits))
}
