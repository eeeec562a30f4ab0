//! Whether a key stands twice in a map.

use std::collections::HashSet;

use super::super::node::Entry;

/// Comparing a few is quicker than a set of all.
const FEW: usize = 24;

#[derive(Default)]
pub(super) struct Keys {
    many: HashSet<String>,
}

impl Keys {
    /// Nothing where the key is one of the entries before it.
    pub(super) fn check(&mut self, before: &[Entry], key: &str) -> Option<()> {
        if before.len() < FEW {
            return before.iter().all(|entry| entry.key != key).then_some(());
        }
        if self.many.is_empty() {
            self.many.extend(before.iter().map(|entry| entry.key.clone()));
        }
        self.many.insert(key.to_owned()).then_some(())
    }
}
