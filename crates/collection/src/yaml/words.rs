//! What the parser complains of, in words for people who did not read the grammar.

/// A part of what the parser says, and what it comes to.
const WORDS: [(&str, &str); 16] = [
    ("unknown anchor", "an alias (`*name`) refers to nothing"),
    ("found unexpected end of stream", "a text in quotes has no end"),
    (
        "found unexpected document indicator",
        "a text in quotes has no end",
    ),
    (
        "unknown escape",
        "a backslash in double quotes means nothing; write two",
    ),
    (
        "escape code",
        "a backslash in double quotes means nothing; write two",
    ),
    (
        "hexadecimal",
        "a backslash in double quotes means nothing; write two",
    ),
    (
        "flow sequence",
        "a list in brackets is not closed, or lacks a comma",
    ),
    ("flow mapping", "a map in braces is not closed, or lacks a comma"),
    ("misplaced bracket", "a bracket closes nothing"),
    ("tab", "a tab stands where YAML wants spaces"),
    (
        "simple key expect",
        "a line is neither a key with a colon nor an item of a list",
    ),
    (
        "mapping values are not allowed",
        "a colon stands within a value: put the value in quotes, or correct the indentation",
    ),
    (
        "expected key",
        "a line is indented otherwise than those beside it",
    ),
    (
        "expected '-' indicator",
        "a line is indented otherwise than those beside it",
    ),
    ("indent", "a line is indented otherwise than those beside it"),
    (
        "unprintable character",
        "there is a character that no text should hold",
    ),
];

/// The message in such words, or as it is where there are none.
pub(crate) fn in_words(message: &str) -> &str {
    WORDS
        .iter()
        .find(|(part, _)| message.contains(part))
        .map_or(message, |(_, words)| words)
}
