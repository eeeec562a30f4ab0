//! Maps whose keys are told one by one: environment data, authentication and the like.

use serde_json::Value;

use super::content::{Content, compare_trees};
use super::fields::{field_change, texts};
use super::json::below;
use super::shape::{goes_on, keys_of};
use crate::edit::path_key;
use crate::model::FieldChange;

pub(crate) const MAX_DEPTH: usize = 256;

/// What differs between two maps; `word` is what a key of them is called.
pub(crate) fn compare_tree(
    path: &str,
    word: &'static str,
    before: Option<&Value>,
    after: Option<&Value>,
) -> Vec<FieldChange> {
    let mut walk = Walk {
        word,
        changes: Vec::new(),
    };
    walk.compare(path, "", before, after, 0);
    walk.changes
}

struct Walk {
    word: &'static str,
    changes: Vec<FieldChange>,
}

impl Walk {
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
        if depth < MAX_DEPTH && goes_on(before, after) {
            let map = |value: Option<&'_ Value>| value.and_then(Value::as_object).cloned();
            let (old, new) = (map(before), map(after));
            for key in keys_of(old.as_ref(), new.as_ref()) {
                let (old, new) = (
                    before.and_then(|map| map.get(key)),
                    after.and_then(|map| map.get(key)),
                );
                let path = format!("{path}.{}", path_key(key));
                self.compare(&path, &below(inner, key), old, new, depth + 1);
            }
            return;
        }
        self.changes.push(self.leaf(path, inner, before, after));
    }

    fn leaf(&self, path: &str, inner: &str, before: Option<&Value>, after: Option<&Value>) -> FieldChange {
        let label = if inner.is_empty() {
            self.word.to_owned()
        } else {
            format!("{} {inner}", self.word)
        };
        let (old, new) = texts(before, after);
        let mut change = field_change(
            path.to_owned(),
            label,
            Content::Json,
            old.as_deref(),
            new.as_deref(),
        );
        if let (Some(Value::Array(_)), Some(Value::Array(_))) = (before, after)
            && let (Some(before), Some(after)) = (before, after)
        {
            change.comparison = compare_trees(before, after);
        }
        change
    }
}
