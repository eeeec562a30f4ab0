//! Names with values in running text: `API_KEY=…`, `"password": "…"`, `?token=…`, `Authorization: Bearer …`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// The part of a name that may say secret, what follows of the name, what stands between it and its value, and the value.
static ASSIGNMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)(?:passw|passphrase|passcode|pwd|secret|token|credential|authorization|auth|key)[a-z0-9_.\-]*",
        r#"(?:\\?["'`])?[ \t]*(?:=>|:=|[:=])[ \t]*(?:\\?["'`])?"#,
        r"(?:(?:bearer|basic|token|apikey)[ \t]+)?",
        r#"([^\s"'`\\&,;<>{}()\[\]|#]{8,})"#,
    ))
    .ok()
});

/// One name with a value.
pub(crate) struct Assignment<'t> {
    pub(crate) name: &'t str,
    pub(crate) value: Range<usize>,
}

/// All names that may say secret, with their values.
pub(crate) fn assignments(text: &str) -> Vec<Assignment<'_>> {
    let Some(shape) = ASSIGNMENT.as_ref() else {
        return Vec::new();
    };
    let one = |captures: regex::Captures<'_>| {
        let (whole, value) = (captures.get(0)?.range(), captures.get(1)?.range());
        Some(Assignment {
            name: name_around(text, whole.start),
            value,
        })
    };
    shape.captures_iter(text).filter_map(one).collect()
}

/// The whole name of which a part begins at `at`.
fn name_around(text: &str, at: usize) -> &str {
    let belongs = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.".contains(byte);
    let bytes = text.as_bytes();
    let before = bytes[..at].iter().rev().take_while(|byte| belongs(byte)).count();
    let behind = bytes[at..].iter().take_while(|byte| belongs(byte)).count();
    &text[at - before..at + behind]
}
