//! Where results go: JSON to standard output, words to standard output, errors to standard error.

use std::io::Write;
use std::process::ExitCode;

use crate::outcome::{Done, Status};

/// Prints a result and gives its exit status.
pub(crate) fn print(done: &Done, json: bool) -> ExitCode {
    let text = if json {
        clean_json(&done.json.to_string())
    } else {
        clean(&done.text)
    };
    let written = if json || done.status == Status::Done {
        writeln!(std::io::stdout(), "{text}")
    } else {
        writeln!(std::io::stderr(), "{text}")
    };
    match written {
        Ok(()) => ExitCode::from(done.status as u8),
        // the reader went away (`sheaf log | head`): no reason to complain
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::from(done.status as u8),
        Err(_) => ExitCode::from(Status::Failed as u8),
    }
}

/// Whether a character steers a terminal, turns the text around (`Bidi_Control` of Unicode), or makes two names look
/// alike. Joiners stay: letters of several languages need them.
fn steers(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(
            c,
            '\u{61c}'
                | '\u{200b}'
                | '\u{200e}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}'
                | '\u{feff}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// JSON escapes what ASCII has to steer with; what is beyond is escaped here, and stays the same value.
pub(crate) fn clean_json(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if steers(c) {
            let mut units = [0; 2];
            let units = c.encode_utf16(&mut units).iter();
            text.extend(units.map(|unit| format!("\\u{unit:04x}")));
        } else {
            text.push(c);
        }
    }
    text
}

/// Names and messages come from files: nothing in them may steer the terminal.
fn clean(text: &str) -> String {
    text.trim_end_matches('\n')
        .chars()
        .map(|c| if steers(c) { '\u{fffd}' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{clean, clean_json};

    #[test]
    fn escape_sequences_do_not_reach_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\nc"), "a\u{fffd}[31mb\nc");
        assert_eq!(clean("a\u{9b}31m\u{61c}\u{200f}"), "a\u{fffd}31m\u{fffd}\u{fffd}");
        assert_eq!(clean("\u{645}\u{200c}\u{6cc}"), "\u{645}\u{200c}\u{6cc}");
    }

    #[test]
    fn json_steers_no_terminal_and_says_the_same() {
        let value = serde_json::json!({ "na\u{202e}me": "\u{9b}2J\u{1b}[2J\u{e0041}\n\u{e4}" });
        let text = clean_json(&value.to_string());
        assert!(
            !text
                .chars()
                .any(|c| c.is_control() || c == '\u{202e}' || c == '\u{e0041}')
        );
        assert!(text.contains('\u{e4}'));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
    }
}
