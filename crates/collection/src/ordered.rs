//! Keys in the order that the format has for them.

use serde_json::{Map, Value};

/// Sets a key. A new one goes behind the last key that the order puts before it, or to the end.
pub(crate) fn set_in_order(map: &mut Map<String, Value>, key: &str, value: Value, order: &[&str]) {
    if let Some(slot) = map.get_mut(key) {
        *slot = value;
        return;
    }
    let Some(rank) = order.iter().position(|other| *other == key) else {
        map.insert(key.to_owned(), value);
        return;
    };
    let comes_before = |other: &String| order[..rank].contains(&other.as_str());
    let index = map.keys().rposition(comes_before).map_or(0, |index| index + 1);
    map.shift_insert(index, key.to_owned(), value);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn new_keys_find_their_place() {
        let mut value = json!({"_id": 1, "zzz": 2, "name": 3});
        let map = value.as_object_mut().unwrap();
        let order = ["_id", "url", "name", "body"];
        set_in_order(map, "body", json!(4), &order);
        set_in_order(map, "url", json!(5), &order);
        set_in_order(map, "own", json!(6), &order);
        assert_eq!(
            map.keys().collect::<Vec<_>>(),
            ["_id", "url", "zzz", "name", "body", "own"]
        );
    }
}
