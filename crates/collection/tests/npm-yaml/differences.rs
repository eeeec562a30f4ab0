//! Every case in which we write something else than the packages, and why: each time the package itself does not read
//! back what it wrote. docs/FORMATS.md has the same table.

use serde_json::{Value, json};
use sheaf_collection::yaml_text::Dialect;

use super::BOTH;

/// One case.
pub(crate) struct Difference {
    pub reason: &'static str,
    pub dialects: &'static [Dialect],
    pub example: Value,
}

const WORDS: &str = "some words that go on until they are folded at the end of the line, and then on ";

/// All of them.
pub(crate) fn differences() -> Vec<Difference> {
    let case = |reason, dialects, example| Difference {
        reason,
        dialects,
        example,
    };
    let deep = (0..31).fold(
        json!(format!("{WORDS}{WORDS}\nb")),
        |inner, _| json!({ "a": inner }),
    );
    vec![
        case(
            "blanks between line feeds and nothing else: the block loses the blanks. We quote it.",
            &[Dialect::Yaml2],
            json!({ "a": "\n \n" }),
        ),
        case(
            "a folded block whose first line is indented: the line is folded although it must not be. We write it literally.",
            &[Dialect::Yaml2],
            json!({ "a": format!(" {WORDS}{WORDS}\nb") }),
        ),
        case(
            "a folded block in which an indented line holds U+2028: a line feed is doubled. We write it literally.",
            &BOTH,
            json!({ "a": format!("{WORDS}{WORDS}\n b\u{2028}c\nd") }),
        ),
        case(
            "a folded block deeper than 30 levels: a line feed is put before it. We leave that out.",
            &[Dialect::Yaml2],
            deep,
        ),
        case(
            "a quoted line of a single space: it becomes a backslash. We escape it once.",
            &BOTH,
            json!({ "a": "\u{1b} this is longer than forty characters\n \nb" }),
        ),
        case(
            "a quoted word too long for a line: a character beyond U+FFFF may be torn apart. We break before it.",
            &BOTH,
            json!({ "a": format!("\u{1b}{}", "😀".repeat(60)) }),
        ),
        case(
            "a first key that starts with U+FEFF: it is taken for a byte order mark. We quote such keys.",
            &BOTH,
            json!({ "\u{feff}a": 1 }),
        ),
        case(
            "a key that starts like the start or the end of a document. We quote it.",
            &[Dialect::Yaml1],
            json!({ "--- a": 1 }),
        ),
        case(
            "a key that starts like the start or the end of a document. We quote it.",
            &[Dialect::Yaml1],
            json!({ "... a": 1 }),
        ),
    ]
}
