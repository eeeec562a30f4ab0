//! Whatever a person types comes back as it was, and nothing else moves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{NOW, REQUEST, applied, id, only_text, set, shop};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Map, Value, json};
use sheaf_collection::Collections;

/// Pieces that YAML has opinions about.
const PIECES: [&str; 54] = [
    "a",
    "b c",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
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
    "...",
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
    "{",
    "}",
    "[",
    "]",
    ",",
    "{{ _.x }}",
    "null",
    "~",
    "true",
    "1",
    "1e3",
    "0x1f",
    ".inf",
    "é",
    "😀",
    "中文",
    "\u{a0}",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{7f}",
    "\u{1b}",
    "longwordlongwordlongwordlongwordlongword",
    "some words that will be folded at the end of the line ",
];

fn hostile_text() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..14);
    let any = any::<String>().prop_map(|text| text.replace('\0', ""));
    prop_oneof![4 => pieces.prop_map(|pieces| pieces.concat()), 1 => any]
}

fn hostile_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        (-1e9..1e9f64).prop_map(Value::from),
        hostile_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((hostile_text(), inner), 0..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn field(all: &Collections, resource: &str, pointer: &str) -> Value {
    let fields = Value::Object(all.resource(&id(resource)).unwrap().fields);
    fields.pointer(pointer).cloned().unwrap_or_default()
}

/// The text around an edited piece is the old text.
fn keeps_the_rest(new: &str, before: &str, after: &str) -> bool {
    let new = new.replace(&format!("modified: {NOW}"), "modified: 1718000000000");
    let (start, rest) = (REQUEST.find(before).unwrap(), REQUEST.find(after).unwrap());
    new.starts_with(&REQUEST[..start]) && new.ends_with(&REQUEST[rest..])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, rng_seed: RngSeed::Fixed(20_240_601), ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back(text in hostile_text()) {
        let all = shop();
        let places = [
            ("description", "/description", "description: ''", "method: POST"),
            ("body.text", "/body/text", "    text: |-", "parameters:"),
            ("headers.X-Tenant", "/headers/1/value", "    value: acme", " # the tenant"),
            ("authentication.token", "/authentication/token", "  token:", "preRequestScript"),
        ];
        for (path, pointer, before, after) in places {
            let edits = all.set_fields(&id("req_1"), &[set(path, text.clone())], NOW).unwrap();
            if edits.is_empty() {
                continue;
            }
            let new = only_text(&edits);
            prop_assert_eq!(field(&applied(&all, edits), "req_1", pointer), json!(text.clone()));
            prop_assert!(keeps_the_rest(&new, before, after), "{} {}", path, new);
        }
    }

    #[test]
    fn any_data_comes_back(value in hostile_json(), key in hostile_text()) {
        let all = shop();
        let path = format!("data.\"{}\"", key.replace('\\', "\\\\").replace('"', "\\\""));
        let edits = all.set_fields(&id("env_1"), &[set(&path, value.clone())], NOW).unwrap();
        let after = applied(&all, edits);
        prop_assert_eq!(&field(&after, "env_1", "/data")[&key], &value);
        let edits = after.set_fields(&id("env_1"), &[common::unset(&path)], NOW).unwrap();
        prop_assert!(applied(&after, edits).resource(&id("env_1")).unwrap().fields["data"].get(&key).is_none());
    }

    #[test]
    fn any_header_name_comes_back(name in hostile_text(), value in hostile_text()) {
        let all = shop();
        let rows = json!([{"name": name, "value": value, "disabled": true}, {"name": "b", "value": ""}]);
        let edits = all.set_fields(&id("req_1"), &[set("headers", rows.clone())], NOW).unwrap();
        prop_assert_eq!(field(&applied(&all, edits), "req_1", "/headers"), rows);
    }

    #[test]
    fn no_bytes_do_harm(bytes in prop::collection::vec(any::<u8>(), 0..200), pieces in hostile_text()) {
        for content in [bytes, pieces.into_bytes()] {
            for path in [".insomnia/Request/req_2.yml", ".insomnia/Workspace/wrk_1.yml", "a.yaml"] {
                let text = [b"type: collection.insomnia.rest/5.0\n".as_slice(), &content].concat();
                for content in [content.clone(), text] {
                    let all = shop().with_files([(path.to_owned(), Some(content))]);
                    let _ = (all.trees(), all.problems(), all.ids(), sheaf_collection::changes(&shop(), &all));
                }
            }
        }
    }

    #[test]
    fn broken_pieces_do_no_harm(at in 0..REQUEST.len(), length in 0..40usize, pieces in hostile_text()) {
        let end = (at + length).min(REQUEST.len());
        let text = [&REQUEST.as_bytes()[..at], pieces.as_bytes(), &REQUEST.as_bytes()[end..]].concat();
        let path = ".insomnia/Request/req_1.yml".to_owned();
        let all = shop().with_files([(path, Some(text))]);
        let _ = (all.trees(), all.problems());
        let edits = [set("url", "/x"), set("headers.X-Tenant", "a\nb"), set("body.text", "c")];
        if let Ok(edits) = all.set_fields(&id("req_1"), &edits, NOW) {
            let after = applied(&all, edits);
            prop_assert_eq!(field(&after, "req_1", "/url"), json!("/x"));
            prop_assert_eq!(field(&after, "req_1", "/body/text"), json!("c"));
        }
    }
}
