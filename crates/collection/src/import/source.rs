//! What a file is, told by its content.

use super::planned::Planned;
use super::report::Notes;

/// Files that belong together, in one format.
pub(super) enum Source {
    /// One or several cURL commands.
    Curl(String),
}

impl Source {
    /// What the format is called.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Curl(_) => "cURL",
        }
    }

    /// The ids are Insomnia's.
    pub(super) fn keeps_ids(&self) -> bool {
        !matches!(self, Self::Curl(_))
    }

    /// The requests belong to no collection.
    pub(super) fn is_loose(&self) -> bool {
        matches!(self, Self::Curl(_))
    }

    /// Reads it into collections.
    pub(super) fn read(self, roots: &mut Vec<Planned>, notes: &mut Notes) {
        match self {
            Self::Curl(text) => roots.extend(super::curl::read(&text, notes)),
        }
    }
}

/// Sorts files by what they are. What is nothing known is noted.
pub(super) fn sources(files: Vec<(String, Vec<u8>)>, notes: &mut Notes) -> Vec<Source> {
    let mut sources = Vec::new();
    for (path, bytes) in files {
        let Some(text) = text(bytes) else {
            notes.left("A file that is no text is not taken", &path);
            continue;
        };
        if holds_curl(&text) {
            sources.push(Source::Curl(text));
        } else {
            notes.left("A file of no known format is not taken", &path);
        }
    }
    sources
}

/// The text of a file: UTF-8, or UTF-16 with its mark, as Windows saves it.
fn text(bytes: Vec<u8>) -> Option<String> {
    let wide = |bytes: &[u8], order: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes
            .chunks_exact(2)
            .map(|pair| order([pair[0], pair[1]]))
            .collect();
        String::from_utf16(&units).ok()
    };
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        _ => String::from_utf8(bytes).ok(),
    }
}

/// Does a line of the text start a cURL command?
fn holds_curl(text: &str) -> bool {
    const MAX_LINES: usize = 1000;
    text.lines().take(MAX_LINES).any(|line| {
        let mut words = line
            .split_whitespace()
            .filter(|word| !matches!(*word, "$" | "%" | "#" | ">"));
        let is_curl = |word: &str| {
            let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
            name.eq_ignore_ascii_case("curl") || name.eq_ignore_ascii_case("curl.exe")
        };
        words
            .find(|word| !word.contains('=') && !matches!(*word, "sudo" | "time" | "env"))
            .is_some_and(is_curl)
    })
}
