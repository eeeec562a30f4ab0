//! Moves that together put a folder into itself.

use std::collections::HashSet;

use super::{Structure, place_id, push_place};
use crate::merge::asks::{Asks, Taken};
use crate::merge::states::{Found, States};
use crate::model::{Answer, ResourceId};

impl<'m> Structure<'m> {
    /// Takes moves back until nothing lies in itself; true where there was something to do. One question a circle.
    pub(super) fn break_circles(&mut self, states: &'m States<'m>, asks: &mut Asks<'m>) -> bool {
        let mut found = false;
        for id in self.moved(states) {
            let Some(circle) = self.circle(states, id) else {
                continue;
            };
            found = true;
            let both = circle
                .iter()
                .filter(|id| states.ours.get(id).is_some() && states.theirs.get(id).is_some());
            let first = both.min().unwrap_or(id).clone();
            let taken = match asks.answer(&place_id(&first)) {
                Some(Answer::Theirs) => Taken::Theirs,
                Some(Answer::Ours) => Taken::Ours,
                Some(Answer::Value { value }) => {
                    if let Some(holder) = self.outside(states, &first, value) {
                        self.put(&first, Some(holder));
                        continue;
                    }
                    ask_circle(states, asks, &first);
                    Taken::Ours
                }
                None => {
                    ask_circle(states, asks, &first);
                    Taken::Ours
                }
            };
            for id in &circle {
                if let Some(found) = found_in(states, taken, id) {
                    self.put(id, found.resource.parent.clone());
                }
            }
        }
        found
    }

    /// What does not lie where a side has it, in the order of the ids.
    fn moved(&self, states: &'m States<'m>) -> Vec<&'m ResourceId> {
        let mut moved: Vec<&'m ResourceId> = self.order.clone();
        moved.retain(|id| {
            let Some(node) = self.nodes.get(id).filter(|node| node.stays) else {
                return false;
            };
            let differs =
                |taken| found_in(states, taken, id).is_some_and(|found| found.resource.parent != node.parent);
            differs(Taken::Ours) || differs(Taken::Theirs)
        });
        moved.sort_unstable();
        moved
    }

    fn put(&mut self, id: &ResourceId, parent: Option<ResourceId>) {
        if let Some(node) = self.nodes.get_mut(id) {
            node.parent = parent;
        }
    }

    /// A folder that a person named, where it lies outside of what it should hold.
    fn outside(&self, states: &States<'_>, id: &ResourceId, value: &serde_json::Value) -> Option<ResourceId> {
        let mut without = Self {
            nodes: self.nodes.clone(),
            order: Vec::new(),
        };
        without.put(id, None);
        without.holder(states, id, value)
    }

    /// The folders that lie in one another, where this is one of them.
    fn circle(&self, states: &'m States<'m>, id: &ResourceId) -> Option<Vec<ResourceId>> {
        let mut circle = vec![id.clone()];
        let mut seen = HashSet::from([id.clone()]);
        let mut above = self.parent(states, id);
        while let Some(at) = above {
            if at == *id {
                // What was so before is no matter of this merge.
                let is_old = |id: &ResourceId| {
                    let ours = found_in(states, Taken::Ours, id).map(|found| &found.resource.parent);
                    ours.is_some() && ours == self.nodes.get(id).map(|node| &node.parent)
                };
                return (!circle.iter().all(is_old)).then_some(circle);
            }
            if !seen.insert(at.clone()) {
                return None;
            }
            above = self.parent(states, &at);
            circle.push(at);
        }
        None
    }
}

fn found_in<'m>(states: &'m States<'m>, taken: Taken, id: &ResourceId) -> Option<Found<'m>> {
    match taken {
        Taken::Ours => states.ours.get(id),
        Taken::Theirs => states.theirs.get(id),
    }
}

fn ask_circle<'m>(states: &'m States<'m>, asks: &mut Asks<'m>, id: &ResourceId) {
    if asks.is_asked(&place_id(id)) {
        return;
    }
    let base = states.in_bases(id).first().copied().flatten();
    let holders = [base, states.ours.get(id), states.theirs.get(id)];
    push_place(
        asks,
        id,
        holders.map(|found| found.and_then(|found| found.resource.parent.as_ref())),
    );
}
