//! Values compared as trees, place by place: `items[2].price`.

use serde_json::{Map, Value};

use super::fields::text;
use super::text::{clip, compare_text, runs};
use crate::comparison::{PartChange, PartKind, PartsComparison, PartsOf, TextUnit};
use crate::edit::path_key;

/// Places shown of one value; more are counted.
const MAX_PARTS: usize = 200;
/// Characters shown of one value.
const MAX_VALUE: usize = 300;
/// A longer text within a value is compared by itself.
const SHORT: usize = 100;
const MAX_DEPTH: usize = 200;
/// More digits than a floating point number keeps: such numbers are compared as text.
const MAX_DIGITS: usize = 15;

/// The value that a text stands for; nothing where the text says more than the value would. Templates
/// (`{{ _.name }}`) may stand where a value is.
pub(crate) fn json_tree(source: &str) -> Option<Value> {
    let quoted = quote_templates(source)?;
    let value: Value = serde_json::from_str(&quoted).ok()?;
    let tokens = Tokens::of(&quoted);
    let is_open = value.is_object() || value.is_array();
    (is_open && tokens.longest_number <= MAX_DIGITS && tokens.keys == count_keys(&value)).then_some(value)
}

/// Puts templates that stand outside of strings into quotes; nothing where one has no end.
fn quote_templates(source: &str) -> Option<String> {
    let mut quoted = String::with_capacity(source.len());
    let mut rest = source;
    let mut scan = Scan::default();
    while let Some(char) = rest.chars().next() {
        let close = [("{{", "}}"), ("{%", "%}")]
            .iter()
            .find(|(open, _)| rest.starts_with(open));
        if let Some((_, close)) = close.filter(|_| !scan.in_string) {
            let end = rest.find(close)? + close.len();
            quoted.push_str(&Value::from(&rest[..end]).to_string());
            rest = &rest[end..];
            continue;
        }
        scan.step(char);
        quoted.push(char);
        rest = &rest[char.len_utf8()..];
    }
    Some(quoted)
}

/// Whether a place in JSON text is within a string.
#[derive(Default)]
struct Scan {
    in_string: bool,
    escaped: bool,
}

impl Scan {
    fn step(&mut self, char: char) {
        match char {
            _ if self.escaped => self.escaped = false,
            '\\' if self.in_string => self.escaped = true,
            '"' => self.in_string = !self.in_string,
            _ => {}
        }
    }
}

/// What a value forgets of its text: keys that stand twice, and digits of long numbers.
#[derive(Default)]
struct Tokens {
    keys: usize,
    longest_number: usize,
}

impl Tokens {
    fn of(source: &str) -> Self {
        let mut tokens = Self::default();
        let mut scan = Scan::default();
        let mut digits = 0;
        for char in source.chars() {
            if !scan.in_string {
                tokens.keys += usize::from(char == ':');
                digits = if char.is_ascii_digit() { digits + 1 } else { digits };
                if !matches!(char, '0'..='9' | '.' | '-' | '+' | 'e' | 'E') {
                    digits = 0;
                }
                tokens.longest_number = tokens.longest_number.max(digits);
            }
            scan.step(char);
        }
        tokens
    }
}

fn count_keys(value: &Value) -> usize {
    match value {
        Value::Object(map) => map.len() + map.values().map(count_keys).sum::<usize>(),
        Value::Array(items) => items.iter().map(count_keys).sum(),
        _ => 0,
    }
}

/// What differs between two values.
pub(crate) fn compare_values(of: PartsOf, before: &Value, after: &Value) -> PartsComparison {
    let mut parts = Parts::new("");
    parts.compare("", Some(before), Some(after), 0);
    parts.finish(of)
}

/// Places that differ, as they are found.
pub(crate) struct Parts {
    group: String,
    found: Vec<PartChange>,
    more: u32,
}

impl Parts {
    pub(crate) fn new(group: &str) -> Self {
        Self {
            group: group.to_owned(),
            found: Vec::new(),
            more: 0,
        }
    }

    /// What follows belongs to this.
    pub(crate) fn group(&mut self, name: &str) {
        name.clone_into(&mut self.group);
    }

    pub(crate) fn finish(self, of: PartsOf) -> PartsComparison {
        PartsComparison {
            of,
            parts: self.found,
            more: self.more,
        }
    }

    /// Compares what stands at a place, down to the smallest piece that differs.
    pub(crate) fn compare(
        &mut self,
        place: &str,
        before: Option<&Value>,
        after: Option<&Value>,
        depth: usize,
    ) {
        match (before, after) {
            (Some(before), Some(after)) if before == after => {}
            (Some(Value::Object(old)), Some(Value::Object(new))) if depth < MAX_DEPTH => {
                self.maps(place, old, new, depth);
            }
            (Some(Value::Array(old)), Some(Value::Array(new))) if depth < MAX_DEPTH => {
                self.lists(place, old, new, depth);
            }
            (None, None) => {}
            _ => self.push(place, before, after),
        }
    }

    fn maps(&mut self, place: &str, old: &Map<String, Value>, new: &Map<String, Value>, depth: usize) {
        let removed = old.keys().filter(|key| !new.contains_key(*key));
        for key in new.keys().chain(removed) {
            let below = below(place, key);
            self.compare(&below, old.get(key), new.get(key), depth + 1);
        }
    }

    fn lists(&mut self, place: &str, old: &[Value], new: &[Value], depth: usize) {
        if old.len() == new.len() {
            for (index, (old, new)) in old.iter().zip(new).enumerate() {
                self.compare(&format!("{place}[{index}]"), Some(old), Some(new), depth + 1);
            }
            return;
        }
        let texts = |items: &[Value]| items.iter().map(Value::to_string).collect::<Vec<_>>();
        let (old_texts, new_texts) = (texts(old), texts(new));
        for run in runs(old_texts.iter(), new_texts.iter())
            .into_iter()
            .filter(|run| !run.same)
        {
            let paired = run.before.len().min(run.after.len());
            for (before, after) in run.before.clone().zip(run.after.clone()) {
                self.compare(
                    &format!("{place}[{after}]"),
                    Some(&old[before]),
                    Some(&new[after]),
                    depth + 1,
                );
            }
            for before in run.before.skip(paired) {
                self.push(&format!("{place}[{before}]"), Some(&old[before]), None);
            }
            for after in run.after.skip(paired) {
                self.push(&format!("{place}[{after}]"), None, Some(&new[after]));
            }
        }
    }

    /// One place that differs.
    pub(crate) fn push(&mut self, place: &str, before: Option<&Value>, after: Option<&Value>) {
        if self.found.len() >= MAX_PARTS {
            self.more += 1;
            return;
        }
        let change = match (before, after) {
            (None, _) => PartKind::Added,
            (_, None) => PartKind::Removed,
            _ => PartKind::Changed,
        };
        let is_long = [before, after].into_iter().flatten().any(is_long_text);
        let texts = before.and_then(Value::as_str).zip(after.and_then(Value::as_str));
        self.found.push(PartChange {
            group: self.group.clone(),
            place: place.to_owned(),
            change,
            before: before.map(shown),
            after: after.map(shown),
            text: texts
                .filter(|_| is_long)
                .map(|(before, after)| compare_text(TextUnit::Words, before, after)),
        });
    }

    /// A place that came or went as a whole and is told without its value.
    pub(crate) fn push_name(&mut self, place: &str, change: PartKind) {
        if self.found.len() >= MAX_PARTS {
            self.more += 1;
            return;
        }
        self.found.push(PartChange {
            group: self.group.clone(),
            place: place.to_owned(),
            change,
            before: None,
            after: None,
            text: None,
        });
    }
}

/// The place of a key below another place.
pub(crate) fn below(place: &str, key: &str) -> String {
    let key = path_key(key);
    if place.is_empty() {
        key
    } else {
        format!("{place}.{key}")
    }
}

fn is_long_text(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|text| text.len() > SHORT || text.contains('\n'))
}

fn shown(value: &Value) -> String {
    clip(&text(value), MAX_VALUE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> Vec<String> {
        let (before, after) = (json_tree(before).unwrap(), json_tree(after).unwrap());
        let found = compare_values(PartsOf::Json, &before, &after);
        let say = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
        found
            .parts
            .into_iter()
            .map(|part| format!("{} {} {}", part.place, say(part.before), say(part.after)))
            .collect()
    }

    #[test]
    fn places_are_told_down_to_the_value() {
        assert_eq!(
            told(
                r#"{"a": 1, "items": [{"price": 3}, {"price": 5}], "gone": true}"#,
                r#"{"items": [{"price": 4}, {"price": 5}], "a": 1, "a.b": null}"#
            ),
            ["items[0].price 3 4", "\"a.b\" - null", "gone true -"]
        );
    }

    #[test]
    fn an_item_that_came_or_went_is_one_place() {
        assert_eq!(told("[1, 2, 3]", "[1, 3]"), ["[1] 2 -"]);
        assert_eq!(told("[1, 3]", "[0, 1, 3]"), ["[0] - 0"]);
        assert_eq!(told("[{\"a\": 1}, 9]", "[{\"a\": 2}]"), ["[0].a 1 2", "[1] 9 -"]);
    }

    #[test]
    fn templates_may_stand_for_values() {
        assert_eq!(
            told(
                "{\"n\": {{ _.n }}, \"s\": \"{{ _.s }}\"}",
                "{\"n\": {{ _.m }}, \"s\": \"{{ _.s }}\"}"
            ),
            ["n {{ _.n }} {{ _.m }}"]
        );
    }

    #[test]
    fn what_a_value_would_hide_is_no_tree() {
        for text in [
            "{\"a\": 1, \"a\": 2}",
            "{\"a\": 12345678901234567890}",
            "{\"a\": 0.12345678901234567}",
            "not json",
            "\"text\"",
            "{\"a\": }",
            "",
        ] {
            assert_eq!(json_tree(text), None, "{text}");
        }
        assert!(json_tree("{\"a\": \"1:2:12345678901234567890\"}").is_some());
    }

    #[test]
    fn large_values_are_cut_and_counted() {
        let list =
            |from: usize| Value::from((from..from + 500).map(|n| Value::from(n * 7)).collect::<Vec<_>>());
        let found = compare_values(PartsOf::Json, &list(0), &list(9000));
        assert_eq!((found.parts.len(), found.more), (MAX_PARTS, 300));
    }
}
