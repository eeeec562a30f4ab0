//! Values with their keys in the order of another value, so that a text is patched where it differs and nowhere else.

use std::collections::HashMap;

use serde_json::{Map, Value};

/// The value with the keys of its maps as they stand in the model; new ones behind those that they follow.
pub(super) fn like(value: &Value, model: &Value) -> Value {
    match (value, model) {
        (Value::Object(map), Value::Object(model)) => Value::Object(map_like(map, model)),
        (Value::Array(items), Value::Array(models)) if items.len() == models.len() => Value::Array(
            items
                .iter()
                .zip(models)
                .map(|(item, model)| like(item, model))
                .collect(),
        ),
        (Value::Array(items), Value::Array(models)) => Value::Array(list_like(items, models)),
        _ => value.clone(),
    }
}

/// The same for a map.
pub(super) fn map_like(map: &Map<String, Value>, model: &Map<String, Value>) -> Map<String, Value> {
    let known = model
        .iter()
        .filter_map(|(key, model)| Some((key.clone(), like(map.get(key)?, model))));
    let mut ordered: Map<String, Value> = known.collect();
    if ordered.len() == map.len() {
        return ordered;
    }
    let mut behind: Option<&String> = None;
    for (key, value) in map {
        if !model.contains_key(key) {
            let at = behind.and_then(|behind| ordered.keys().position(|other| other == behind));
            ordered.shift_insert(at.map_or(0, |at| at + 1), key.clone(), value.clone());
        }
        behind = Some(key);
    }
    ordered
}

/// Items by their id or name, as the patch pairs them.
fn list_like(items: &[Value], models: &[Value]) -> Vec<Value> {
    let identity = |item: &Value| {
        let own = item
            .pointer("/meta/id")
            .or_else(|| item.get("id"))
            .or_else(|| item.get("name"));
        own.and_then(Value::as_str).map(str::to_owned)
    };
    let named: HashMap<String, &Value> = models
        .iter()
        .filter_map(|model| Some((identity(model)?, model)))
        .collect();
    let model_of = |item: &Value| named.get(&identity(item)?).copied();
    items
        .iter()
        .map(|item| model_of(item).map_or_else(|| item.clone(), |model| like(item, model)))
        .collect()
}
