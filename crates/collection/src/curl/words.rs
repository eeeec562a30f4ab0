//! A pasted command line as the shell it was written for would split it.

use std::iter::Peekable;
use std::str::Chars;

use crate::import::Notes;

/// The words of one command.
pub(crate) type Command = Vec<String>;

/// Splits a text into commands. Bash with its quoting, Windows' `cmd` where it is written with carets, and the
/// backtick line ends of PowerShell.
pub(crate) fn commands(text: &str, notes: &mut Notes) -> Vec<Command> {
    if is_cmd(text) {
        super::words_cmd::commands(text)
    } else {
        Bash::new(text, notes).run()
    }
}

/// Written for Windows' `cmd`: the first line ends with a caret, or the first quote stands behind one.
fn is_cmd(text: &str) -> bool {
    let first_line = text.trim_start().lines().next().unwrap_or_default();
    let goes_on = first_line.trim_end().ends_with('^') && !first_line.contains('\'');
    let first_quote = text.find(['"', '\'']);
    goes_on || first_quote.is_some_and(|at| text[..at].ends_with('^') && text[at..].starts_with('"'))
}

struct Bash<'t, 'n> {
    chars: Peekable<Chars<'t>>,
    notes: &'n mut Notes,
    commands: Vec<Command>,
    words: Command,
    word: String,
    /// An empty word in quotes is a word, too.
    started: bool,
    /// The next word is the file of a redirection.
    drop_next: bool,
}

impl<'t, 'n> Bash<'t, 'n> {
    fn new(text: &'t str, notes: &'n mut Notes) -> Self {
        Self {
            chars: text.chars().peekable(),
            notes,
            commands: Vec::new(),
            words: Vec::new(),
            word: String::new(),
            started: false,
            drop_next: false,
        }
    }

    fn run(mut self) -> Vec<Command> {
        while let Some(char) = self.chars.next() {
            match char {
                '\n' | ';' | '|' => self.end_command(),
                '&' if !self.joins() => self.end_command(),
                char if char.is_whitespace() => self.end_word(),
                '\\' => self.escape(),
                '`' if self.at_line_end() => {}
                '\'' => self.single_quoted(),
                '"' => self.double_quoted(),
                '$' => self.dollar(),
                '#' if !self.started => self.comment(),
                '<' | '>' => self.redirect(),
                char => self.push(char),
            }
        }
        self.end_command();
        self.commands
    }

    fn push(&mut self, char: char) {
        self.started = true;
        self.word.push(char);
    }

    fn end_word(&mut self) {
        if !std::mem::take(&mut self.started) {
            return;
        }
        let word = std::mem::take(&mut self.word);
        if !std::mem::take(&mut self.drop_next) {
            self.words.push(word);
        }
    }

    fn end_command(&mut self) {
        self.end_word();
        self.drop_next = false;
        if !self.words.is_empty() {
            self.commands.push(std::mem::take(&mut self.words));
        }
    }

    /// An ampersand inside an address that somebody forgot to quote.
    fn joins(&mut self) -> bool {
        let goes_on = |next: &char| !next.is_whitespace() && *next != '&';
        self.started && self.word.contains('?') && self.chars.peek().is_some_and(goes_on)
    }

    /// True, and the line end read, where the line goes on below.
    fn at_line_end(&mut self) -> bool {
        let mut ahead = self.chars.clone();
        let mut taken = 1;
        if ahead.peek() == Some(&'\r') {
            ahead.next();
            taken = 2;
        }
        let is_end = ahead.next() == Some('\n');
        if is_end {
            for _ in 0..taken {
                self.chars.next();
            }
        }
        is_end
    }

    fn escape(&mut self) {
        if self.at_line_end() {
            return;
        }
        if let Some(char) = self.chars.next() {
            self.push(char);
        }
    }

    fn comment(&mut self) {
        while self.chars.peek().is_some_and(|char| *char != '\n') {
            self.chars.next();
        }
    }

    fn redirect(&mut self) {
        if self.word.chars().all(|char| char.is_ascii_digit()) {
            self.word.clear();
            self.started = false;
        }
        self.end_word();
        while self.chars.peek().is_some_and(|char| "<>&-".contains(*char)) {
            self.chars.next();
        }
        self.notes
            .left("Where the command read from or wrote to a file is not taken", "");
        self.drop_next = true;
    }

    fn single_quoted(&mut self) {
        self.started = true;
        for char in self.chars.by_ref() {
            if char == '\'' {
                return;
            }
            self.word.push(char);
        }
        self.unclosed();
    }

    fn double_quoted(&mut self) {
        self.started = true;
        while let Some(char) = self.chars.next() {
            match char {
                '"' => return,
                '\\' if self.at_line_end() => {}
                '\\' => match self.chars.next() {
                    Some(escaped @ ('"' | '\\' | '$' | '`')) => self.word.push(escaped),
                    Some(other) => self.word.extend(['\\', other]),
                    None => self.word.push('\\'),
                },
                '$' => self.variable(),
                char => self.word.push(char),
            }
        }
        self.unclosed();
    }

    fn unclosed(&mut self) {
        self.notes
            .changed("A quote is not closed; everything to the end belongs to it", "");
    }

    fn dollar(&mut self) {
        match self.chars.peek() {
            Some('\'') => {
                self.chars.next();
                self.ansi_quoted();
            }
            Some('"') => {
                self.chars.next();
                self.double_quoted();
            }
            _ => {
                self.started = true;
                self.variable();
            }
        }
    }

    /// `$NAME` and `${NAME}` become a variable of the environment.
    fn variable(&mut self) {
        let braced = self.chars.peek() == Some(&'{');
        if braced {
            self.chars.next();
        }
        let mut name = String::new();
        while let Some(char) = self
            .chars
            .next_if(|char| char.is_ascii_alphanumeric() || *char == '_')
        {
            name.push(char);
        }
        let closed = !braced || self.chars.next_if_eq(&'}').is_some();
        let is_name = name.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_');
        if is_name && closed {
            self.notes.changed(
                "Variables of the shell become variables of the environment",
                &name,
            );
            self.word.extend(["{{ _.", &name, " }}"]);
        } else {
            self.word.push('$');
            if braced {
                self.word.push('{');
            }
            self.word.push_str(&name);
        }
    }

    /// `$'…'` with the escapes of ANSI C.
    fn ansi_quoted(&mut self) {
        self.started = true;
        while let Some(char) = self.chars.next() {
            match char {
                '\'' => return,
                '\\' => self.ansi_escape(),
                char => self.word.push(char),
            }
        }
        self.unclosed();
    }

    fn ansi_escape(&mut self) {
        let Some(char) = self.chars.next() else {
            return;
        };
        let plain = match char {
            'a' => '\u{7}',
            'b' => '\u{8}',
            'e' | 'E' => '\u{1b}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\u{b}',
            'x' => return self.bytes(),
            'u' => return self.code(4),
            'U' => return self.code(8),
            '0'..='7' => return self.octal(char),
            '\\' | '\'' | '"' | '?' => char,
            other => {
                self.word.push('\\');
                other
            }
        };
        self.word.push(plain);
    }

    fn digits(&mut self, radix: u32, most: usize) -> Option<u32> {
        let mut value = None;
        for _ in 0..most {
            let Some(char) = self.chars.next_if(|char| char.is_digit(radix)) else {
                break;
            };
            let digit = char.to_digit(radix).unwrap_or_default();
            value = Some(value.unwrap_or(0_u32).wrapping_mul(radix).wrapping_add(digit));
        }
        value
    }

    fn code(&mut self, most: usize) {
        let value = self.digits(16, most);
        // Browsers write what is beyond the first plane as two halves.
        let is_high = value.is_some_and(|value| (0xd800..0xdc00).contains(&value));
        if is_high && let Some(pair) = self.low_half(value.unwrap_or_default()) {
            return self.word.push(pair);
        }
        let char = value.and_then(char::from_u32).unwrap_or('\u{fffd}');
        self.word.push(char);
    }

    fn low_half(&mut self, high: u32) -> Option<char> {
        let mut ahead = self.chars.clone();
        let is_escape = ahead.next() == Some('\\') && ahead.next() == Some('u');
        let digits: String = ahead.take(4).collect();
        let low = u32::from_str_radix(&digits, 16)
            .ok()
            .filter(|low| (0xdc00..0xe000).contains(low))?;
        let char = char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00));
        if is_escape && char.is_some() {
            self.chars.by_ref().nth(5);
            return char;
        }
        None
    }

    fn octal(&mut self, first: char) {
        let first = first.to_digit(8).unwrap_or_default();
        let mut value = first;
        for _ in 0..2 {
            match self.digits(8, 1) {
                Some(digit) => value = value * 8 + digit,
                None => break,
            }
        }
        self.word.push(char::from_u32(value & 0xff).unwrap_or('\u{fffd}'));
    }

    /// One or more `\xHH` that make up a text in UTF-8.
    fn bytes(&mut self) {
        let mut bytes = Vec::new();
        while let Some(byte) = self.digits(16, 2) {
            bytes.push(u8::try_from(byte).unwrap_or_default());
            let mut ahead = self.chars.clone();
            if ahead.next() != Some('\\') || ahead.next() != Some('x') {
                break;
            }
            self.chars.by_ref().nth(1);
        }
        self.word.push_str(&String::from_utf8_lossy(&bytes));
    }
}
