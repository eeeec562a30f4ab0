//! Where results go: JSON to standard output, words to standard output, errors to standard error.

use std::io::Write;
use std::process::ExitCode;

use crate::outcome::{Done, Status};

/// Prints a result and gives its exit status.
pub(crate) fn print(done: &Done, json: bool) -> ExitCode {
    let text = if json {
        done.json.to_string()
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

/// Names and messages come from files: nothing in them may steer the terminal.
fn clean(text: &str) -> String {
    let steers = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || ('\u{202a}'..='\u{202e}').contains(&c)
            || ('\u{2066}'..='\u{2069}').contains(&c)
    };
    text.trim_end_matches('\n')
        .chars()
        .map(|c| if steers(c) { '\u{fffd}' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn escape_sequences_do_not_reach_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\nc"), "a\u{fffd}[31mb\nc");
    }
}
