//! Texts that are JSON, templates included: merged by their trees, written into the text that is here.

mod patch;
mod read;

use serde_json::Value;

use super::lines::Woven;
use super::place::Disagreement;
use super::three::Three;
use super::tree::{NoNames, merge_quietly};
use patch::patched;
use read::read;

/// What both sides made of a JSON text. `woven` are the lines of both, which keep the most where they mean the same.
/// Nothing where one of the texts is no map and no list.
pub(super) fn merge_json(
    [base, ours, theirs]: [&str; 3],
    woven: &Woven,
) -> Option<Result<String, Disagreement>> {
    let [old, our, their] = [read(base)?, read(ours)?, read(theirs)?].map(|node| node.value());
    let three = Three {
        bases: vec![Some(&old)],
        ours: Some(&our),
        theirs: Some(&their),
    };
    let of_lines = woven.is_clean.then(|| read(&woven.text)).flatten();
    let Ok(Some(target)) = merge_quietly(&three, &NoNames) else {
        // Items that touch one another may be lines apart.
        return Some(of_lines.map(|_| woven.text.clone()).ok_or(Disagreement));
    };
    if of_lines.is_some_and(|node| node.value() == target) {
        return Some(Ok(woven.text.clone()));
    }
    Some(patched(ours, &target).ok_or(Disagreement))
}

/// Stands before the text of what is no string: numbers keep their digits so, and templates are told from strings.
const BARE: char = '\0';

/// The text of a value that is no string, list or map.
fn bare(value: &Value) -> Option<&str> {
    value.as_str()?.strip_prefix(BARE)
}

#[cfg(test)]
mod tests {
    use super::super::lines::weave;
    use super::*;

    fn merged(base: &str, ours: &str, theirs: &str) -> Option<String> {
        merge_json([base, ours, theirs], &weave(base, ours, theirs))
            .unwrap()
            .ok()
    }

    #[test]
    fn keys_on_one_line_are_told_apart() {
        let cases = [
            (
                r#"{"a": 1, "b": 2}"#,
                r#"{"a": 9, "b": 2}"#,
                r#"{"a": 1, "b": 8}"#,
                r#"{"a": 9, "b": 8}"#,
            ),
            (
                r#"{"a":1,"b":2}"#,
                r#"{"a":1,"b":2,"c":3}"#,
                r#"{"b":2}"#,
                r#"{"b":2,"c":3}"#,
            ),
            (
                r#"{"a":1}"#,
                r#"{"a":2}"#,
                r#"{"a":1,"b":[{"c":"é\n"}]}"#,
                r#"{"a":2,"b":[{"c":"é\n"}]}"#,
            ),
            (
                r#"{"n": {{ _.n }}, "m": 1.50}"#,
                r#"{"n": {{ _.k }}, "m": 1.50}"#,
                r#"{"n": {{ _.n }}, "m": 12345678901234567890}"#,
                r#"{"n": {{ _.k }}, "m": 12345678901234567890}"#,
            ),
            (
                r#"{"n": {{ _.n }}, "m": 1}"#,
                r#"{"n": "{{ _.n }}", "m": 1}"#,
                r#"{"n": {{ _.n }}, "m": 2}"#,
                r#"{"n": "{{ _.n }}", "m": 2}"#,
            ),
            ("[1, 2, 3, 4]", "[0, 1, 2, 3, 4]", "[1, 2, 3]", "[0, 1, 2, 3]"),
            (
                r#"[{"a": 1, "b": 1}]"#,
                r#"[{"a": 2, "b": 1}]"#,
                r#"[{"a": 1, "b": 2}]"#,
                r#"[{"a": 2, "b": 2}]"#,
            ),
            (
                r#"{"a": {}, "b": 1}"#,
                r#"{"a": {}, "b": 2}"#,
                r#"{"a": {"x": []}, "b": 1}"#,
                r#"{"a": {"x": []}, "b": 2}"#,
            ),
        ];
        for (base, ours, theirs, expected) in cases {
            assert_eq!(
                merged(base, ours, theirs).as_deref(),
                Some(expected),
                "{base} {ours} {theirs}"
            );
        }
    }

    #[test]
    fn the_formatting_here_stays() {
        let base = "{\n  \"a\": 1,\n  \"b\": 2\n}";
        let ours = "{\n\t\"a\": 9,\n\t\"b\": 2\n}";
        let theirs = "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": {\n    \"d\": [1]\n  }\n}";
        assert_eq!(
            merged(base, ours, theirs).as_deref(),
            Some("{\n\t\"a\": 9,\n\t\"b\": 2,\n\t\"c\": {\n\t\t\"d\": [\n\t\t\t1\n\t\t]\n\t}\n}")
        );
    }

    #[test]
    fn a_query_merges_by_its_lines() {
        assert_eq!(
            merged(
                r#"{"query":"a\nb\nc"}"#,
                r#"{"query":"A\nb\nc"}"#,
                r#"{"query":"a\nb\nC"}"#
            )
            .as_deref(),
            Some(r#"{"query":"A\nb\nC"}"#)
        );
    }

    #[test]
    fn what_disagrees_is_for_a_person() {
        for (base, ours, theirs) in [
            (r#"{"a": 1}"#, r#"{"a": 2}"#, r#"{"a": 3}"#),
            (r#"{"a": 1}"#, "{}", r#"{"a": 3}"#),
            ("[1, 2]", "[1, 3, 4]", "[5]"),
        ] {
            assert_eq!(merged(base, ours, theirs), None);
        }
    }

    #[test]
    fn what_is_no_json_is_left_to_lines() {
        for text in [
            "",
            "a",
            "\"a\"",
            "{\"a\": }",
            "{\"a\": 1, \"a\": 2}",
            "{a: 1}",
            "{\"a\": 1} x",
            "[1,]",
            "{\"a\": \"b}",
            "[{{ x ]",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
