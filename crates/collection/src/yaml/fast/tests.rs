//! Whatever is read quickly must be what the full parser reads: values, keys, styles and positions.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Map, Value, json};

use super::super::node::{Content, Style};
use super::super::{Dialect, Node, Part, emit, normalised, parse::parse_fully};
use super::{parse, parse_but};

/// Was the text read quickly? Panics where the full parser does not read the same.
fn agrees(text: &str) -> bool {
    let quick = parse(text);
    let skipped = parse_but(text, |_, key| key.len() % 2 == 1);
    assert_eq!(
        quick.is_some(),
        skipped.is_some(),
        "skipping is as strict in {text:?}"
    );
    let (Some(quick), Some(skipped)) = (quick, skipped) else {
        return false;
    };
    assert_skipped(&quick, &skipped);
    parts_read_alike(text, &quick);
    match parse_fully(text) {
        Ok(full) => assert_eq!(quick, full, "in {text:?}"),
        Err(error) => panic!("read quickly, but refused: {error:?} in {text:?}"),
    }
    true
}

/// What is wanted is there, as it is without skipping.
fn assert_skipped(whole: &Node, skipped: &Node) {
    assert_eq!(whole.span, skipped.span);
    let (Some(whole), Some(skipped)) = (whole.entries(), skipped.entries()) else {
        return;
    };
    let wanted: Vec<_> = whole.iter().filter(|entry| entry.key.len() % 2 == 0).collect();
    assert_eq!(wanted.len(), skipped.len());
    for (whole, skipped) in wanted.into_iter().zip(skipped) {
        assert_eq!((&whole.key, &whole.key_span), (&skipped.key, &skipped.key_span));
        assert_skipped(&whole.value, &skipped.value);
    }
}

/// A map reads alone as it reads in its document.
fn parts_read_alike(text: &str, node: &Node) {
    for (_, map) in maps(node, &mut Vec::new()) {
        let part = Part::new(text.as_bytes(), &map.span).unwrap();
        let alone = part.read(|_, _| false).unwrap();
        assert_eq!(alone.to_value(), map.to_value(), "{:?} in {text:?}", map.span);
    }
}

/// Block maps below the root, with the way to each.
fn maps<'n>(node: &'n Node, way: &mut Vec<String>) -> Vec<(Vec<String>, &'n Node)> {
    let mut found = Vec::new();
    let below: Vec<(String, &Node)> = match &node.content {
        Content::Map(entries) => entries
            .iter()
            .map(|entry| (entry.key.clone(), &entry.value))
            .collect(),
        Content::Seq(items) => items
            .iter()
            .enumerate()
            .map(|(index, item)| (index.to_string(), item))
            .collect(),
        _ => Vec::new(),
    };
    for (step, node) in below {
        way.push(step);
        if node.style == Style::Block && node.entries().is_some() {
            found.push((way.clone(), node));
        }
        found.extend(maps(node, way));
        way.pop();
    }
    found
}

fn at<'v>(value: &'v mut Value, way: &[String]) -> &'v mut Value {
    way.iter().fold(value, |value, step| match value {
        Value::Array(items) => &mut items[step.parse::<usize>().unwrap()],
        other => &mut other[step.as_str()],
    })
}

/// A part with another value makes the document with that value there; how many were patched so.
fn parts_are_patched(text: &str, new: &Value) -> usize {
    let Some(root) = parse(text) else { return 0 };
    let patched = maps(&root, &mut Vec::new()).into_iter().filter(|(way, map)| {
        let part = Part::new(text.as_bytes(), &map.span).unwrap();
        let mut target = root.to_value();
        let place = at(&mut target, way);
        let mut changed = place.as_object().unwrap().clone();
        changed.extend(new.as_object().unwrap().clone());
        if let Some(first) = changed
            .keys()
            .next()
            .cloned()
            .filter(|_| changed.len().is_multiple_of(2))
        {
            changed.shift_remove(&first);
        }
        *place = Value::Object(changed);
        let Some(patched) = part.patched(place) else {
            return false;
        };
        let patched = String::from_utf8(patched).unwrap();
        let read =
            parse_fully(&patched).unwrap_or_else(|error| panic!("{error:?} in {patched:?} from {text:?}"));
        assert_eq!(read.to_value(), normalised(&target), "{patched:?} from {text:?}");
        true
    });
    patched.count()
}

#[test]
fn a_part_is_patched_where_it_stands() {
    let text = "list:\n  - a: 1\n    b: |+\n      x\n\n  # of the next\n  - a: 2\n    c: {}\nend: 1\n";
    assert_eq!(
        parts_are_patched(text, &json!({"a": "x: y", "z": {"k": [1, "l\nm"]}})),
        2
    );
}

#[test]
fn the_emitters_styles_are_read_quickly() {
    for text in [
        "a: 1\nb: null\nc: true\nd: text\ne: \"\"\nf: {}\ng: []\n",
        "a:\n  - b: 1\n    c: 2\n  - d\nb:\n- x\n- y: 1\n  z:\n  - - 1\n    - 2\nc: 1\n",
        "a: some long text\n  that goes on\n\n  and on\nb: 1\n",
        "a:\n  some long text\n  that goes on\nb:\n  \"quoted\n  text\"\n",
        "\"a b\": \"x \\\n  \\ny\\u00e9 \\\n\n  z\"\n'c': 'it''s\n  so'\n",
        "a: |\n  x\n   y\n\n  z\nb: |-\n  x\nc: |+\n  x\n\n\nd: >\n  x\n  y\n\n  z\n   w\n  v\n",
        "a: |2-\n    x\n  y\nb: |-2\n    x\nc: |\n  \tx\n  \t\ny: 1\n",
        "- a\n",
        "a: # c\n  b: 1 # d\n  # e\n  c: x # f\n\n# g\nd: 'x' # h\n",
        "a:\nb:\n  c:\nd:\n",
    ] {
        assert!(agrees(text) || text.starts_with('-'), "{text:?}");
    }
}

#[test]
fn anything_else_is_left_to_the_full_parser() {
    for text in [
        "",
        "a",
        "[a]",
        "a: [1]",
        "a: {b: 1}",
        "a: &x 1",
        "a: *x",
        "a: !t 1",
        "? a\n: 1",
        "a: 1\r\nb: 2",
        "a:\t1",
        "\ta: 1",
        "a: 1\na: 2",
        "---\na: 1",
        "a: 1\n...\n",
        "%YAML 1.2\n---\na: 1",
        "\u{feff}a: 1",
        "a: b: c",
        "a: 1\n b: 2",
        "a: x # c\n  y",
        "a: - b",
        "a: \"x\" y",
        "a: \"x",
        "a: \"\\q\"",
        "a: |\n\tx\n",
        "a: |x\n  y\n",
        "a:\n  |\n  x\n",
        "a: @b",
        "a: `b",
        "a: %b",
        "a: |\n    \n  x\n",
        "a: 1\n- b\n",
        "a: \"x\ny\"",
        "a: ]",
        "a: |\n x",
    ] {
        assert_eq!(parse(text), None, "{text:?}");
    }
}

/// Lines that the format is made of, so that mutations meet each other.
const LINES: [&str; 44] = [
    "a: 1",
    "b: x y",
    "c:",
    "d: |",
    "e: >-",
    "f: |2-",
    "g: |+",
    "- h",
    "- i: 1",
    "-",
    "- - j",
    "k: {}",
    "l: []",
    "m: \"n",
    "o\"",
    "p: 'q",
    "r'",
    "s: \"t\\",
    "# u",
    "v: w # x",
    "\"y\": z",
    "text",
    "more: : text",
    "- |",
    "- >+",
    "- \"x\"",
    "",
    " ",
    "\t",
    "\tx",
    "x:y",
    "x: y:",
    "-x: y",
    "---",
    "...",
    "- {}",
    "- []: 1",
    "é: 😀",
    "~: ~",
    "1: 0x1f",
    "x: 'it''s'",
    "\\n\"",
    "? a",
    "- # c",
];

fn lines() -> impl Strategy<Value = String> {
    let line = (0..5usize, prop::sample::select(LINES.to_vec()));
    prop::collection::vec(line, 0..12).prop_map(|lines| {
        let lines: Vec<_> = lines
            .into_iter()
            .map(|(indent, line)| format!("{}{line}", " ".repeat(indent)))
            .collect();
        lines.join("\n")
    })
}

const PIECES: [&str; 30] = [
    "a",
    "b c",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    "#",
    " #",
    ":",
    ": ",
    "- ",
    "---",
    "?",
    "!",
    "&a",
    "*a",
    "|",
    ">",
    "'",
    "\"",
    "\\",
    "{",
    "}",
    ",",
    "null",
    "1e3",
    "é",
    "\u{2028}",
    "some words that will be folded at the end of the line ",
];

fn value() -> impl Strategy<Value = Value> {
    let text = || {
        prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..10).prop_map(|pieces| pieces.concat())
    };
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        (-1e9..1e9f64).prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    let nested = leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((text(), inner), 0..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>())),
        ]
    });
    prop::collection::vec(nested, 1..4).prop_map(|values| {
        let entries = values.into_iter().enumerate();
        Value::Object(
            entries
                .map(|(number, value)| (format!("key{number}"), value))
                .collect(),
        )
    })
}

/// A character or a line that goes, doubles, moves or comes.
#[derive(Debug, Clone)]
enum Mutation {
    Delete(usize),
    Insert(usize, &'static str),
    DeleteLine(usize),
    DoubleLine(usize),
    Indent(usize, bool),
}

fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    let at = || any::<usize>();
    let one = prop_oneof![
        at().prop_map(Mutation::Delete),
        (at(), prop::sample::select(PIECES.to_vec())).prop_map(|(at, piece)| Mutation::Insert(at, piece)),
        at().prop_map(Mutation::DeleteLine),
        at().prop_map(Mutation::DoubleLine),
        (at(), any::<bool>()).prop_map(|(at, more)| Mutation::Indent(at, more)),
    ];
    prop::collection::vec(one, 0..4)
}

fn mutate(text: &str, mutation: &Mutation) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    match mutation {
        Mutation::Delete(at) if !chars.is_empty() => {
            let gone = at % chars.len();
            return chars
                .iter()
                .enumerate()
                .filter(|(index, _)| *index != gone)
                .map(|(_, char)| char)
                .collect();
        }
        Mutation::Delete(_) => {}
        Mutation::Insert(at, piece) => {
            let at = at % (chars.len() + 1);
            return [&chars[..at], &piece.chars().collect::<Vec<_>>(), &chars[at..]]
                .concat()
                .iter()
                .collect();
        }
        Mutation::DeleteLine(at) => drop(lines.remove(at % lines.len())),
        Mutation::DoubleLine(at) => {
            let at = at % lines.len();
            lines.insert(at, lines[at].clone());
        }
        Mutation::Indent(at, more) => {
            let at = at % lines.len();
            let line = &lines[at];
            lines[at] = if *more {
                format!(" {line}")
            } else {
                line.strip_prefix(' ').unwrap_or(line).to_owned()
            };
        }
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("SHEAF_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1000),
        failure_persistence: None,
        rng_seed: std::env::var("SHEAF_SEED").ok().and_then(|seed| seed.parse().ok()).map_or(RngSeed::Fixed(5), RngSeed::Fixed),
        ..ProptestConfig::default()
    })]

    #[test]
    fn lines_in_any_order_are_read_alike(text in lines()) {
        agrees(&text);
        agrees(&format!("{text}\n"));
        agrees(&format!("first: 1\n{text}\n"));
    }

    #[test]
    fn what_is_emitted_and_mutated_is_read_alike(value in value(), mutations in mutations()) {
        for dialect in [Dialect::Yaml1, Dialect::Yaml2] {
            let mut text = emit::document(&value, dialect);
            agrees(&text);
            for mutation in &mutations {
                text = mutate(&text, mutation);
                agrees(&text);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("SHEAF_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(100),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(6),
        ..ProptestConfig::default()
    })]

    #[test]
    fn patched_parts_make_the_document_that_was_meant(
        value in value(), new in value(), mutations in mutations(), lines in lines()
    ) {
        let mut text = emit::document(&json!({"list": [value, 1, value], "deep": {"er": value}}), Dialect::Yaml2);
        parts_are_patched(&text, &new);
        for mutation in &mutations {
            text = mutate(&text, mutation);
            parts_are_patched(&text, &new);
        }
        parts_are_patched(&format!("list:\n{lines}\n"), &new);
    }
}

#[test]
fn emitted_resources_are_read_quickly() {
    let value = json!({
        "_id": "req_1", "url": "{{ _.base_url }}/parcels/:id", "name": "Get it", "description": "a\n\n b\n",
        "body": {"mimeType": "application/json", "text": "{\n\t\"a\": 1\n}"}, "parameters": [],
        "headers": [{"name": "A", "value": "x".repeat(90)}, {"name": "B: #", "value": "' \" \\"}],
        "metaSortKey": -1_717_000_000_050.5, "isPrivate": false, "authentication": {}, "preRequestScript": null,
    });
    assert!(agrees(&emit::document(&value, Dialect::Yaml1)));
}
