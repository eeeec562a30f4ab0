//! A value as the emitters write it: it is read back as it was, and writing it again changes nothing.

use serde_json::{Map, Value};
use sheaf_collection::yaml_text::{self, Dialect};

use crate::feed::Feed;

/// Depth and number of what is made.
const DEEPEST: usize = 12;
const WIDEST: usize = 6;
/// Texts that are more than they seem, in one place or another.
const ODD: [&str; 24] = [
    "",
    " ",
    "\n",
    "- a",
    "a: b",
    "a #b",
    "null",
    "~",
    "true",
    "0x1f",
    "1e3",
    ".inf",
    "1_000",
    "2020-01-01",
    "'",
    "\"",
    "|",
    ">",
    "&a",
    "*a",
    "!t",
    "%a",
    "@a",
    "? a",
];

/// The value written as text, which reads back as it was.
pub(crate) fn reads_back(value: &Value, dialect: Dialect) -> String {
    let written = yaml_text::write(value, dialect);
    let read = yaml_text::read(&written);
    assert_eq!(read.as_ref(), Ok(value), "{dialect:?}: {written:?}");
    written
}

pub(crate) fn check(bytes: &[u8]) {
    let mut feed = Feed::new(bytes);
    let mut map = Map::new();
    while !feed.is_over() && map.len() < 32 {
        map.insert(text(&mut feed), value(&mut feed, 0));
    }
    let value = Value::Object(map);
    for dialect in [Dialect::Yaml1, Dialect::Yaml2] {
        let written = reads_back(&value, dialect);
        assert!(sheaf_collection::fuzzing::reads_alike(&written), "{written:?}");
        // Nothing to change is no change.
        let patched = yaml_text::patch(&written, &value, dialect);
        assert_eq!(patched.as_deref(), Some(written.as_str()), "{dialect:?}");
    }
}

/// Numbers are those of JavaScript, so no whole one has more than 53 bits.
fn value(feed: &mut Feed<'_>, depth: usize) -> Value {
    match feed.below(if depth > DEEPEST { 6 } else { 9 }) {
        0 => Value::Null,
        1 => Value::Bool(feed.byte() & 1 == 1),
        2 => Value::from(i64::from(feed.word()) << feed.below(37)),
        3 => float(feed),
        4 => Value::from(ODD[feed.below(ODD.len())]),
        5 => Value::from(text(feed)),
        6 => Value::Array((0..feed.below(WIDEST)).map(|_| value(feed, depth + 1)).collect()),
        7 => Value::from(long(feed)),
        _ => {
            let entries = (0..feed.below(WIDEST)).map(|_| (text(feed), value(feed, depth + 1)));
            Value::Object(entries.collect())
        }
    }
}

fn float(feed: &mut Feed<'_>) -> Value {
    let number = f64::from(feed.word()) / f64::from(1 + u32::from(feed.word()));
    // A whole number is written as one.
    if number.fract() == 0.0 {
        Value::Null
    } else {
        Value::from(number)
    }
}

fn text(feed: &mut Feed<'_>) -> String {
    if feed.below(8) == 0 {
        return ODD[feed.below(ODD.len())].to_owned();
    }
    feed.text()
}

/// Long enough to be folded.
fn long(feed: &mut Feed<'_>) -> String {
    let (part, times) = (feed.text(), 1 + feed.below(40));
    let between = [" ", "\n", "  ", "\n\n", "", " \n", "\t", "\n "][feed.below(8)];
    vec![part; times].join(between)
}
