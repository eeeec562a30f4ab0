//! Documents that are hard to write, and strings that YAML has opinions about.

use proptest::prelude::*;
use serde_json::{Map, Value};

const PIECES: [&str; 86] = [
    "a",
    "b c",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\n \n",
    "\n\t",
    "\t",
    "\t\n",
    "\r",
    "\r\n",
    "#",
    " #",
    "# ",
    ":",
    ": ",
    ":\n",
    "- ",
    "-",
    "---",
    "--- ",
    "...",
    "... a",
    "%",
    "?",
    "? ",
    "!",
    "&a",
    "*a",
    "|",
    ">",
    "'",
    "\"",
    "\\",
    "\\n",
    "\\ ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "/a/{b}",
    "{{ _.x }}",
    "{% now %}",
    "null",
    "~",
    "true",
    "no",
    "1",
    "007",
    "1e3",
    "1e999",
    "0x1f",
    "0o17",
    ".inf",
    ".iNf",
    "-.INF",
    ".nan",
    "+1",
    "1_000",
    "12345678901234567890",
    "-0",
    "2024-01-01",
    "1.0",
    "<<",
    "=",
    "é",
    "😀",
    "👩‍👩‍👧",
    "中文中文",
    "\u{a0}",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\u{3000}",
    "\u{feff}",
    "\u{7f}",
    "\u{1b}",
    "\u{0}",
    "\u{7}",
    "\u{e000}",
    "\u{fffd}",
    "longwordlongwordlongwordlongwordlongwordlongwordlongwordlongwordlongwordlongwordlongword",
    "some words that will be folded at the end of the line ",
    "    const value = await insomnia.send(request); // more than one line",
];

/// A string of such pieces, or of any characters.
pub(crate) fn string() -> impl Strategy<Value = String> {
    let piece = || prop::sample::select(PIECES.to_vec());
    let short = prop::collection::vec(piece(), 0..6).prop_map(|pieces| pieces.concat());
    let long = prop::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat());
    let lines = prop::collection::vec(prop::collection::vec(piece(), 0..8), 1..6).prop_map(|lines| {
        let lines: Vec<_> = lines.iter().map(|pieces| pieces.concat()).collect();
        lines.join("\n")
    });
    let repeated = (piece(), 1..400usize).prop_map(|(piece, times)| piece.repeat(times));
    prop_oneof![4 => short, 3 => long, 4 => lines, 1 => repeated, 1 => any::<String>()]
}

/// A key: mostly short, now and then integer-like, with braces, or longer than a simple key may be.
fn key() -> impl Strategy<Value = String> {
    let index = (0..20u32).prop_map(|index| index.to_string());
    let path = "/[a-z]{1,8}/\\{[a-z]{1,5}\\}(,[a-z])?";
    let word = "[a-z_]{1,10}";
    let long = "[a-z ]{1000,1060}";
    prop_oneof![8 => word, 3 => string(), 2 => index, 2 => path, 1 => long]
}

fn number() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<i32>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_filter_map("JSON has no such number", |number| {
            let number = (number != 0.0).then_some(number)?;
            serde_json::Number::from_f64(number).map(Value::Number)
        }),
        (-1e13..1e13f64).prop_map(Value::from),
    ]
}

/// Any value.
pub(crate) fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        2 => number(),
        10 => string().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| {
        let nulls = prop::collection::vec(key(), 1..4)
            .prop_map(|keys| Value::Object(keys.into_iter().map(|key| (key, Value::Null)).collect()));
        prop_oneof![
            4 => prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            6 => map(inner),
            1 => nulls,
        ]
    })
}

fn map(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    prop::collection::vec((key(), inner), 0..5)
        .prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>()))
}

/// A document: a map, as every file of Insomnia is.
pub(crate) fn document() -> impl Strategy<Value = Value> {
    // A byte order mark at the very start is one of the differences, see `differences.rs`.
    prop::collection::vec((key(), value()), 1..8).prop_map(|entries| {
        let entries = entries
            .into_iter()
            .filter(|(key, _)| !key.starts_with('\u{feff}'));
        Value::Object(entries.collect::<Map<_, _>>())
    })
}

/// The same, now and then far inside others, though not as far as 40 levels, where the packages write the word `undefined`.
pub(crate) fn deep_document() -> impl Strategy<Value = Value> {
    (document(), prop_oneof![9 => 0..3usize, 1 => 3..32usize]).prop_map(|(document, depth)| {
        (0..depth).fold(document, |inner, level| match level % 3 {
            2 => serde_json::json!({ "in": [inner, "beside"] }),
            _ => serde_json::json!({ "in": inner }),
        })
    })
}
