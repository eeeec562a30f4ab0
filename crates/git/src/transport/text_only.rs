//! Names and words of a host, made UTF-8: git2 panics at a name that is none, and old repositories have such names.
//!
//! A byte stays a byte, as lines are framed by their length. A name with a question mark in it is one that no ref can
//! have, so it is left out further on.

use bytes::Bytes;

const INSTEAD: u8 = b'?';

/// Text in pieces that are cut anywhere.
#[derive(Default)]
pub(super) struct Utf8Only {
    /// The beginning of a letter whose end has not come yet.
    cut: Vec<u8>,
}

impl Utf8Only {
    pub(super) fn next(&mut self, piece: &[u8]) -> Bytes {
        let mut bytes = std::mem::take(&mut self.cut);
        bytes.extend_from_slice(piece);
        let mut text = Vec::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            text.extend_from_slice(chunk.valid().as_bytes());
            let is_last = text.len() + chunk.invalid().len() == bytes.len();
            if is_last && is_beginning(chunk.invalid()) {
                self.cut = chunk.invalid().to_vec();
            } else {
                text.resize(text.len() + chunk.invalid().len(), INSTEAD);
            }
        }
        text.into()
    }

    pub(super) fn end(&mut self) -> Bytes {
        vec![INSTEAD; std::mem::take(&mut self.cut).len()].into()
    }
}

fn is_beginning(invalid: &[u8]) -> bool {
    std::str::from_utf8(invalid).is_err_and(|error| error.error_len().is_none())
}

#[cfg(test)]
mod tests {
    use super::Utf8Only;

    #[test]
    fn letters_may_be_cut_anywhere() {
        let text = "a\u{e4}\u{20ac}\u{1f600}b".as_bytes();
        for length in 1..=text.len() {
            let mut only = Utf8Only::default();
            let mut read: Vec<u8> = text.chunks(length).flat_map(|piece| only.next(piece)).collect();
            read.extend(only.end());
            assert_eq!(read, text);
        }
    }

    #[test]
    fn what_is_no_text_keeps_its_length() {
        let mut only = Utf8Only::default();
        assert_eq!(only.next(b"caf\xe9 \xe2\x82")[..], *b"caf? ");
        assert_eq!(only.next(b"x\xf0\x9f")[..], *b"??x");
        assert_eq!(only.end()[..], *b"??");
    }
}
