//! A file of a known format in which some values are others: every importer is reached, and none takes a value for
//! what it is not.
//!
//! The first byte says which sample; then changes, each a byte for which value, a byte for what becomes of it.

use serde_json::{Map, Value, json};
use sheaf_collection::yaml_text;

use crate::feed::Feed;
use crate::import::is_imported;

#[path = "../../collection/tests/imports/samples.rs"]
mod samples;

type Files = &'static [(&'static str, &'static str)];

/// One of each format, with names its program would give.
const SAMPLES: [Files; 11] = [
    &[("postman.json", samples::POSTMAN)],
    &[("postman-20.json", samples::POSTMAN_20)],
    &[("environment.json", samples::POSTMAN_ENVIRONMENT)],
    &[("openapi.yaml", samples::OPENAPI)],
    &[("swagger.json", samples::SWAGGER)],
    &[("page.har", samples::HAR)],
    &[("insomnia.json", samples::INSOMNIA_4)],
    &[("insomnia-5.yaml", samples::INSOMNIA_5)],
    samples::BRUNO,
    samples::OPEN_COLLECTION,
    samples::YAAK,
];
/// Bytes of what is made of a sample.
const MOST: usize = 256 * 1024;

pub(crate) fn check(bytes: &[u8]) {
    let mut feed = Feed::new(bytes);
    let sample = SAMPLES[feed.below(SAMPLES.len())];
    let mut files: Vec<(String, Vec<u8>)> = sample
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
        .collect();
    let chosen = feed.below(files.len());
    let (_, text) = sample[chosen];
    let made = match yaml_text::read(text) {
        Ok(value) if value.is_object() => other_values(&mut feed, value),
        _ => other_lines(&mut feed, text),
    };
    if made.len() <= MOST {
        files[chosen].1 = made.into_bytes();
        is_imported(&files);
    }
}

fn other_lines(feed: &mut Feed<'_>, text: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    while !feed.is_over() && lines.len() < 2000 {
        let (place, what) = (feed.byte(), feed.byte());
        let other = lines[feed.below(lines.len())].clone();
        let new = feed.text();
        let at = usize::from(place) % lines.len();
        match what % 4 {
            0 => lines[at] = new,
            1 => lines.insert(at, new),
            2 => lines.insert(at, other),
            _ if lines.len() > 1 => drop(lines.remove(at)),
            _ => {}
        }
    }
    lines.join("\n")
}

fn other_values(feed: &mut Feed<'_>, mut value: Value) -> String {
    for _ in 0..16 {
        if feed.is_over() || value.to_string().len() > MOST {
            break;
        }
        let (place, what) = (feed.word(), feed.byte());
        let values = count(&value);
        let other = at(&value, usize::from(feed.word()) % values).cloned();
        let new = feed.text();
        if let Some(old) = at_mut(&mut value, usize::from(place) % values) {
            *old = changed(std::mem::take(old), what, new, other.unwrap_or_default());
        }
    }
    value.to_string()
}

fn changed(old: Value, what: u8, new: String, other: Value) -> Value {
    match what % 14 {
        0 => Value::Null,
        1 => json!(-1.5e300),
        2 => json!(true),
        3 => Value::from(new),
        4 => json!([]),
        5 => json!({}),
        6 => json!([old]),
        7 => Value::Object(Map::from_iter([(new, old)])),
        8 => other,
        9 => json!([old.clone(), old.clone(), old]),
        10 => json!({ "$ref": format!("#/{new}") }),
        11 => (0..60).fold(old, |inner, _| json!([inner])),
        12 => (0..60).fold(
            old,
            |inner, _| json!({ "item": [{ "name": new, "item": [inner] }] }),
        ),
        _ => match old {
            Value::Object(mut map) => {
                map.insert(new, other);
                Value::Object(map)
            }
            Value::Array(mut items) => {
                items.push(other);
                Value::Array(items)
            }
            old => old,
        },
    }
}

fn count(value: &Value) -> usize {
    let below = match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(map) => map.values().map(count).sum(),
        _ => 0,
    };
    1 + below
}

fn at(value: &Value, place: usize) -> Option<&Value> {
    let Some(mut left) = place.checked_sub(1) else {
        return Some(value);
    };
    let below: Vec<&Value> = match value {
        Value::Array(items) => items.iter().collect(),
        Value::Object(map) => map.values().collect(),
        _ => return None,
    };
    for inner in below {
        let inside = count(inner);
        if left < inside {
            return at(inner, left);
        }
        left -= inside;
    }
    None
}

fn at_mut(value: &mut Value, place: usize) -> Option<&mut Value> {
    let Some(mut left) = place.checked_sub(1) else {
        return Some(value);
    };
    let below: Vec<&mut Value> = match value {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(map) => map.values_mut().collect(),
        _ => return None,
    };
    for inner in below {
        let inside = count(inner);
        if left < inside {
            return at_mut(inner, left);
        }
        left -= inside;
    }
    None
}
