//! One place in three states, and what follows from them without asking anybody.

use serde_json::Value;

/// What stands at a place; nothing where there is none.
pub(super) type Side<'v> = Option<&'v Value>;

/// One place in all states.
#[derive(Debug, Clone)]
pub(super) struct Three<'v> {
    /// Where both come from: one, or several that may differ, or none.
    pub bases: Vec<Side<'v>>,
    /// What is here.
    pub ours: Side<'v>,
    /// What comes in.
    pub theirs: Side<'v>,
}

impl<'v> Three<'v> {
    /// What both come from, where that is known.
    pub(super) fn base(&self) -> Option<Side<'v>> {
        let (first, rest) = self.bases.split_first()?;
        rest.iter().all(|other| other == first).then_some(*first)
    }

    /// The same place below, under a key.
    pub(super) fn below(&self, key: &str) -> Self {
        self.map(|value| value.get(key))
    }

    /// Another place, found in the same way in each state.
    pub(super) fn map(&self, find: impl Fn(&'v Value) -> Side<'v>) -> Self {
        Self {
            bases: self.bases.iter().map(|base| base.and_then(&find)).collect(),
            ours: self.ours.and_then(&find),
            theirs: self.theirs.and_then(&find),
        }
    }

    /// What the place has to be where one side alone changed it, or both alike. `alike` says which values stand for
    /// the same.
    pub(super) fn settled(&self, alike: impl Fn(Side<'v>, Side<'v>) -> bool) -> Option<Side<'v>> {
        let by = |alike: &dyn Fn(Side<'v>, Side<'v>) -> bool| match self.base() {
            _ if alike(self.ours, self.theirs) => Some(self.ours),
            Some(base) if alike(base, self.ours) => Some(self.theirs),
            Some(base) if alike(base, self.theirs) => Some(self.ours),
            _ => None,
        };
        by(&|a, b| a == b).or_else(|| by(&alike))
    }

    /// The values as they are put to a person: the base is one that is known, or the first.
    pub(super) fn shown_base(&self) -> Side<'v> {
        self.base()
            .unwrap_or_else(|| self.bases.first().copied().flatten())
    }
}

/// No value stands for another.
pub(super) fn exactly(_: Side<'_>, _: Side<'_>) -> bool {
    false
}
