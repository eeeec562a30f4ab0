//! Maps compared by key path: environment data, authentication and the like.

use serde_json::{Map, Value};

use super::fields::{field_change, text};
use crate::edit::path_key;
use crate::model::FieldChange;

const MAX_DEPTH: usize = 256;

/// What differs between two maps; `words` names a key path.
pub(crate) fn compare_tree(
    path: &str,
    before: Option<&Value>,
    after: Option<&Value>,
    words: &dyn Fn(&str) -> String,
) -> Vec<FieldChange> {
    let mut walk = Walk {
        words,
        changes: Vec::new(),
    };
    walk.compare(path, "", before, after, 0);
    walk.changes
}

struct Walk<'w> {
    words: &'w dyn Fn(&str) -> String,
    changes: Vec<FieldChange>,
}

impl Walk<'_> {
    fn compare(
        &mut self,
        path: &str,
        inner: &str,
        before: Option<&Value>,
        after: Option<&Value>,
        depth: usize,
    ) {
        if before == after {
            return;
        }
        let is_open = |value: Option<&Value>| value.is_none_or(|value| value.is_object() || value.is_null());
        let has_keys = map(before).or(map(after)).is_some();
        if depth < MAX_DEPTH && has_keys && is_open(before) && is_open(after) {
            self.compare_keys(path, inner, map(before), map(after), depth);
            return;
        }
        let label = (self.words)(inner);
        self.changes.push(field_change(
            path.to_owned(),
            label,
            before.map(text),
            after.map(text),
        ));
    }

    fn compare_keys(
        &mut self,
        path: &str,
        inner: &str,
        before: Option<&Map<String, Value>>,
        after: Option<&Map<String, Value>>,
        depth: usize,
    ) {
        let is_old = |key: &String| before.is_some_and(|map| map.contains_key(key));
        let old_keys = before.into_iter().flat_map(Map::keys);
        let new_keys = after.into_iter().flat_map(Map::keys).filter(|key| !is_old(key));
        for key in old_keys.chain(new_keys) {
            let step = path_key(key);
            let below = if inner.is_empty() {
                step.clone()
            } else {
                format!("{inner}.{step}")
            };
            let old = before.and_then(|map| map.get(key));
            let new = after.and_then(|map| map.get(key));
            self.compare(&format!("{path}.{step}"), &below, old, new, depth + 1);
        }
    }
}

/// A map with something in it.
fn map(value: Option<&Value>) -> Option<&Map<String, Value>> {
    value.and_then(Value::as_object).filter(|map| !map.is_empty())
}
