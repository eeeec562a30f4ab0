//! A text with one value changed: the patched text has exactly the new value, and changing back gives the old one.
//!
//! The first line says how (first byte), which value (second byte) and what is new (the rest, `|` for a line feed).
use serde_json::{Map, Value};
use sheaf_collection::yaml_text::{self, Dialect};

pub(crate) fn check(bytes: &[u8]) {
    let Ok(input) = std::str::from_utf8(bytes) else {
        return;
    };
    let Some((head, text)) = input.split_once('\n') else {
        return;
    };
    let mut chars = head.chars();
    let mut next = || chars.next().map_or(0, u32::from);
    let (change, place) = (next(), next());
    let new = chars.as_str().replace('|', "\n");
    let Ok(old) = yaml_text::read(text) else { return };
    let mut target = old.clone();
    let mut values = 0;
    count(&old, &mut values);
    let mut left = place as usize % values;
    change_at(&mut target, &mut left, &|value| {
        *value = changed(change, &new, value);
    });
    let dialect = if change & 8 == 0 {
        Dialect::Yaml1
    } else {
        Dialect::Yaml2
    };
    let Some(patched) = yaml_text::patch(text, &target, dialect) else {
        return;
    };
    assert_eq!(yaml_text::read(&patched).as_ref(), Ok(&target), "{patched:?}");
    if let Some(back) = yaml_text::patch(&patched, &old, dialect) {
        assert_eq!(yaml_text::read(&back).as_ref(), Ok(&old), "{back:?}");
    }
}

fn changed(change: u32, new: &str, old: &Value) -> Value {
    let text = || Value::from(new);
    match (change & 0x7, old) {
        (0, _) => Value::Null,
        (1, _) => Value::from(change),
        (2, _) => Value::Array(vec![text(), old.clone()]),
        (3, _) => Value::Object(Map::from_iter([(new.to_owned(), old.clone())])),
        (4, Value::Array(items)) => Value::Array(items.iter().skip(1).cloned().chain([text()]).collect()),
        (4 | 5, Value::Object(map)) => {
            let kept = map.iter().filter(|(key, _)| key.as_str() != new).skip(1);
            let kept = kept.map(|(key, value)| (key.clone(), value.clone()));
            Value::Object(kept.chain([(new.to_owned(), text())]).collect())
        }
        (5, Value::Array(items)) => Value::Array([text()].into_iter().chain(items.iter().cloned()).collect()),
        _ => text(),
    }
}

fn count(value: &Value, values: &mut usize) {
    *values += 1;
    match value {
        Value::Array(items) => items.iter().for_each(|item| count(item, values)),
        Value::Object(map) => map.values().for_each(|value| count(value, values)),
        _ => {}
    }
}

fn change_at(value: &mut Value, left: &mut usize, change: &dyn Fn(&mut Value)) -> bool {
    if *left == 0 {
        change(value);
        return true;
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| change_at(item, left, change)),
        Value::Object(map) => map.values_mut().any(|value| change_at(value, left, change)),
        _ => false,
    }
}
