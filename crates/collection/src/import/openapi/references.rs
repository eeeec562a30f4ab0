//! `$ref` within one document.

use serde_json::Value;

use super::super::json::text;

/// References that lead to references.
const MAX_STEPS: usize = 32;

/// Follows references of a document.
#[derive(Clone, Copy)]
pub(super) struct References<'r> {
    root: &'r Value,
}

impl<'r> References<'r> {
    pub(super) fn new(root: &'r Value) -> Self {
        Self { root }
    }

    /// What a value stands for. A reference that leads nowhere, in a circle or to another file stands for itself.
    pub(super) fn resolved(self, value: &'r Value) -> &'r Value {
        let mut current = value;
        for _ in 0..MAX_STEPS {
            match text(current, "$ref").strip_prefix('#') {
                Some(pointer) => match self.at(pointer) {
                    Some(next) => current = next,
                    None => return current,
                },
                None => return current,
            }
        }
        value
    }

    fn at(self, pointer: &str) -> Option<&'r Value> {
        let decoded = super::super::url::percent_decoded(pointer)?;
        self.root.pointer(&decoded)
    }
}
