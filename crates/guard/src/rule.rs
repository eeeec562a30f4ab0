//! One kind of secret that is known by its shape.

use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use aho_corasick::AhoCorasick;
use regex::Regex;

use crate::placeholder::is_placeholder;
use crate::rules::RULES;

/// How a kind of secret looks.
pub(crate) struct Rule {
    /// Stable name.
    pub(crate) code: &'static str,
    /// What it is, for people.
    pub(crate) what: &'static str,
    /// One of them is in every text that holds one.
    pub(crate) hints: &'static [&'static str],
    /// Its shape; the secret is the first group, or all of it.
    pub(crate) shape: &'static str,
    /// What else has to be true.
    pub(crate) check: Check,
}

/// What has to be true of a text of the right shape.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Check {
    /// It is no part of a longer word, and no example.
    Token,
    /// It is no example.
    NoExample,
    /// Nothing: the shape tells enough.
    Shape,
}

struct Compiled {
    hints: AhoCorasick,
    /// Which rule each hint is of.
    of: Vec<usize>,
    /// Made when a text first holds a hint of theirs, as making all of them takes longer than most searches.
    shapes: Vec<OnceLock<Option<Regex>>>,
}

static COMPILED: LazyLock<Option<Compiled>> = LazyLock::new(|| {
    let (mut hints, mut of) = (Vec::<&str>::new(), Vec::new());
    for (number, rule) in RULES.iter().enumerate() {
        hints.extend(rule.hints);
        of.extend(std::iter::repeat_n(number, rule.hints.len()));
    }
    Some(Compiled {
        hints: AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(&hints)
            .ok()?,
        of,
        shapes: RULES.iter().map(|_| OnceLock::new()).collect(),
    })
});

/// What has the shape of a secret, in the order of the rules.
pub(crate) fn find(text: &str) -> Vec<(Range<usize>, &'static Rule)> {
    let Some(compiled) = COMPILED.as_ref() else {
        return Vec::new();
    };
    let mut hinted = vec![false; RULES.len()];
    for hint in compiled.hints.find_overlapping_iter(text) {
        hinted[compiled.of[hint.pattern().as_usize()]] = true;
    }
    let mut found = Vec::new();
    for (number, rule) in RULES.iter().enumerate().filter(|(number, _)| hinted[*number]) {
        let Some(shape) = compiled.shapes[number].get_or_init(|| Regex::new(rule.shape).ok()) else {
            continue;
        };
        for captures in shape.captures_iter(text) {
            let Some(secret) = captures.get(1).or_else(|| captures.get(0)) else {
                continue;
            };
            if rule.holds(text, secret.range()) {
                found.push((secret.range(), rule));
            }
        }
    }
    found
}

impl Rule {
    fn holds(&self, text: &str, range: Range<usize>) -> bool {
        match self.check {
            Check::Token => !self.is_example(&text[range.clone()]) && stands_alone(text, &range),
            Check::NoExample => !self.is_example(&text[range]),
            Check::Shape => true,
        }
    }

    /// Judged without its prefix, which may hold a word as examples do.
    fn is_example(&self, value: &str) -> bool {
        let own = self.hints.iter().find_map(|hint| value.strip_prefix(hint));
        is_placeholder(own.unwrap_or(value))
    }
}

/// Whether no letter or digit touches it. What belongs to an escape (`\n`, `%20`) is none.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let before = &text.as_bytes()[..range.start];
    let touches = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let is_escape = match before {
        [.., b'\\', b'n' | b'r' | b't'] => true,
        [.., b'%', first, second] => first.is_ascii_hexdigit() && second.is_ascii_hexdigit(),
        _ => false,
    };
    (is_escape || !touches(before.last())) && !touches(text.as_bytes().get(range.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_shapes_can_be_read() {
        for rule in RULES {
            assert!(Regex::new(rule.shape).is_ok(), "{}", rule.code);
            assert!(!rule.hints.is_empty(), "{}", rule.code);
        }
        assert!(COMPILED.is_some());
    }
}
