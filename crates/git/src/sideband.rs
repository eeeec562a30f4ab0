//! What a server prints beside the data, made harmless: it comes from somebody else and goes to logs and windows.

use crate::unseen::is_unseen;

/// What is kept of one text.
const CAP: usize = 2048;
/// What is collected of one operation before it is cleaned.
const COLLECT: usize = 64 * 1024;

/// Collects what arrives in pieces cut anywhere.
#[derive(Debug, Default)]
pub(crate) struct Collector {
    all: Vec<u8>,
    line: Vec<u8>,
}

impl Collector {
    /// Takes a piece and gives each line that it completes. Lines that a terminal would overwrite are progress and
    /// are dropped.
    pub(crate) fn push(&mut self, piece: &[u8], mut complete: impl FnMut(&str)) {
        for byte in piece {
            match byte {
                b'\n' => self.end_line(&mut complete),
                b'\r' => self.line.clear(),
                _ if self.line.len() < CAP => self.line.push(*byte),
                _ => {}
            }
        }
    }

    /// Everything collected, cleaned.
    pub(crate) fn finish(mut self) -> String {
        self.end_line(&mut |_| {});
        clean(&String::from_utf8_lossy(&self.all))
    }

    fn end_line(&mut self, complete: &mut impl FnMut(&str)) {
        let line = std::mem::take(&mut self.line);
        let text = clean(&String::from_utf8_lossy(&line));
        if text.is_empty() || is_progress(&text) {
            return;
        }
        if self.all.len() + text.len() < COLLECT {
            self.all.extend_from_slice(text.as_bytes());
            self.all.push(b'\n');
            complete(&text);
        }
    }
}

/// The lines that git itself prints about its work; nobody needs them to understand an answer.
fn is_progress(line: &str) -> bool {
    const PROGRESS: [&str; 7] = [
        "Counting objects:",
        "Compressing objects:",
        "Enumerating objects:",
        "Resolving deltas:",
        "Total ",
        "Unpacking objects:",
        "Writing objects:",
    ];
    PROGRESS.iter().any(|p| line.starts_with(p))
}

/// Text without terminal sequences, control and direction characters and secrets, at most 2 KB of it.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(CAP));
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => skip_escape(&mut chars),
            '\n' | '\t' => out.push(c),
            '\r' => out.push('\n'),
            c if c.is_control() || is_unseen(c) => {}
            c => out.push(c),
        }
        if out.len() >= CAP {
            out.push('…');
            break;
        }
    }
    let lines: Vec<&str> = out.lines().map(str::trim_end).collect();
    crate::redact::text(lines.join("\n").trim())
}

/// Colours end with a letter; titles, links and the clipboard end with BEL or ESC \.
fn skip_escape(chars: &mut std::str::Chars<'_>) {
    match chars.next() {
        Some('[') => {
            for c in chars.by_ref() {
                if ('\u{40}'..='\u{7e}').contains(&c) {
                    return;
                }
            }
        }
        Some(']' | 'P' | '^' | '_' | 'X') => {
            let mut escape = false;
            for c in chars.by_ref() {
                if c == '\u{7}' || (escape && c == '\\') {
                    return;
                }
                escape = c == '\u{1b}';
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{CAP, Collector, clean};

    #[test]
    fn terminal_sequences_go() {
        assert_eq!(clean("\u{1b}[31merror\u{1b}[0m: no"), "error: no");
        assert_eq!(
            clean("\u{1b}]0;title\u{7}x\u{1b}]8;;https://evil\u{1b}\\link"),
            "xlink"
        );
        assert_eq!(clean("a\u{202e}b\u{0}c\u{8}"), "abc");
        assert_eq!(clean("a\u{61c}b\u{2060}c\u{ad}d\u{e0041}"), "abcd");
    }

    #[test]
    fn secrets_go_and_length_is_capped() {
        assert_eq!(
            clean("see https://me:pw@host/x ghp_abcdef"),
            "see https://***@host/x ***"
        );
        assert!(clean(&"x".repeat(10_000_000)).len() <= CAP + 4);
    }

    #[test]
    fn lines_are_put_together_and_progress_is_dropped() {
        let (mut collector, mut lines) = (Collector::default(), Vec::new());
        for piece in [
            "Counting obj",
            "ects: 10%\rCounting objects: 100% (3/3), done.\nGH0",
            "06: Pro\u{1b}[1mtected\nlast ü",
        ] {
            let (a, b) = piece.as_bytes().split_at(piece.len() / 2);
            collector.push(a, |line| lines.push(line.to_owned()));
            collector.push(b, |line| lines.push(line.to_owned()));
        }
        assert_eq!(lines, ["GH006: Protected"]);
        assert_eq!(collector.finish(), "GH006: Protected\nlast ü");
    }
}
