//! Words of a command line that was written for Windows' `cmd`, as browsers copy it.

use super::words::Command;

/// A character, and whether a caret took its meaning away.
type Marked = (char, bool);

/// Splits a text into commands: first carets as `cmd` reads them, then quotes as programs on Windows do.
pub(super) fn commands(text: &str) -> Vec<Command> {
    let mut commands = Vec::new();
    let mut line: Vec<Marked> = Vec::new();
    let mut in_quotes = false;
    let mut chars = text.chars().filter(|char| *char != '\r').peekable();
    while let Some(char) = chars.next() {
        match char {
            '^' if !in_quotes => match chars.next() {
                // A line end that is escaped is none; a second one behind it is meant.
                Some('\n') => {
                    if chars.next_if_eq(&'\n').is_some() {
                        line.push(('\n', true));
                    } else {
                        line.push((' ', false));
                    }
                }
                Some(escaped) => line.push((escaped, true)),
                None => {}
            },
            '\n' => {
                in_quotes = false;
                finish(&mut line, &mut commands);
            }
            '&' | '|' if !in_quotes => finish(&mut line, &mut commands),
            char => {
                if char == '"' {
                    in_quotes = !in_quotes;
                }
                line.push((char, false));
            }
        }
    }
    finish(&mut line, &mut commands);
    commands
}

fn finish(line: &mut Vec<Marked>, commands: &mut Vec<Command>) {
    let words = words(&std::mem::take(line));
    if !words.is_empty() {
        commands.push(words);
    }
}

/// Backslashes escape quotes and, before a quote, themselves; a doubled quote inside quotes is one.
fn words(line: &[Marked]) -> Command {
    let mut words = Vec::new();
    let mut word = String::new();
    let (mut started, mut in_quotes, mut at) = (false, false, 0);
    while let Some((char, escaped)) = line.get(at) {
        at += 1;
        match char {
            '\\' => {
                let run = 1 + line[at..].iter().take_while(|(char, _)| *char == '\\').count();
                at += run - 1;
                started = true;
                if line.get(at).is_some_and(|(char, _)| *char == '"') {
                    word.extend(std::iter::repeat_n('\\', run / 2));
                    if run % 2 == 1 {
                        word.push('"');
                        at += 1;
                    }
                } else {
                    word.extend(std::iter::repeat_n('\\', run));
                }
            }
            '"' if in_quotes && line.get(at).is_some_and(|(char, _)| *char == '"') => {
                word.push('"');
                at += 1;
            }
            '"' => {
                in_quotes = !in_quotes;
                started = true;
            }
            char if char.is_whitespace() && !in_quotes && !(*escaped && *char == '\n') => {
                if std::mem::take(&mut started) {
                    words.push(std::mem::take(&mut word));
                }
            }
            char => {
                started = true;
                word.push(*char);
            }
        }
    }
    if started {
        words.push(word);
    }
    words
}
