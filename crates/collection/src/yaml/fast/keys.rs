//! Whether a key stands twice in a map.

use std::borrow::Cow;
use std::collections::HashSet;

/// Comparing a few is quicker than a set of all.
const FEW: usize = 24;

/// The keys of one map, on the stack of those of all open ones.
pub(super) struct Keys<'t> {
    base: usize,
    /// A bit for each look of a key: where its bit is not set, a key is new.
    looks: u64,
    many: Option<HashSet<Cow<'t, str>>>,
}

impl<'t> Keys<'t> {
    pub(super) fn new(stack: &[Cow<'t, str>]) -> Self {
        Self {
            base: stack.len(),
            looks: 0,
            many: None,
        }
    }

    /// Nothing where the key is one of those before it.
    pub(super) fn check(&mut self, stack: &[Cow<'t, str>], key: &str) -> Option<()> {
        let before = &stack[self.base..];
        let look = look(key);
        let is_new = self.looks & look == 0;
        self.looks |= look;
        if before.len() < FEW && is_new {
            return Some(());
        }
        if before.len() < FEW {
            return before.iter().all(|other| other != key).then_some(());
        }
        let many = self.many.get_or_insert_with(|| before.iter().cloned().collect());
        many.insert(Cow::Owned(key.to_owned())).then_some(())
    }

    pub(super) fn leave(self, stack: &mut Vec<Cow<'t, str>>) {
        stack.truncate(self.base);
    }
}

fn look(key: &str) -> u64 {
    let bytes = key.as_bytes();
    let ends = [bytes.first(), bytes.get(bytes.len() / 2), bytes.last()];
    let sum: usize = ends.into_iter().flatten().map(|byte| usize::from(*byte)).sum();
    1 << ((sum + 7 * bytes.len()) % 64)
}
