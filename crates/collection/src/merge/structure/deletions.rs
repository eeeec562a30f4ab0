//! One side deleted what the other changed or put something into.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Node, Presence, Structure};
use crate::merge::asks::{Asks, Taken};
use crate::merge::fields::differs;
use crate::merge::states::{Found, State, States};
use crate::model::ResourceId;

/// What has been decided so far.
#[derive(Default)]
pub(super) struct Deletions {
    /// Folders and others with the side that was taken.
    decided: HashMap<ResourceId, Taken>,
    /// What is deleted here and changed there, or the other way round.
    changed: Option<HashSet<ResourceId>>,
    /// What went back to where the side has it that deleted the folder it was moved into.
    returned: HashSet<ResourceId>,
    /// What had no place left on either side.
    gone: HashSet<ResourceId>,
}

type Below<'m> = HashMap<ResourceId, Vec<&'m ResourceId>>;

impl<'m> Structure<'m> {
    /// Decides about all that one side deleted; true where that moved something. One question about the outermost folder.
    pub(super) fn settle_deletions(
        &mut self,
        states: &'m States<'m>,
        asks: &mut Asks<'m>,
        deletions: &mut Deletions,
    ) -> bool {
        // A decision may bring back what an earlier one let go.
        for (id, node) in &mut self.nodes {
            node.stays = node.presence != Presence::Nobody && !deletions.gone.contains(*id);
        }
        let changed = deletions
            .changed
            .get_or_insert_with(|| self.changed_and_deleted(states));
        let mut roots: BTreeMap<ResourceId, Taken> = BTreeMap::new();
        for id in &self.order {
            let Some(node) = self.nodes.get(id).filter(|node| node.stays) else {
                continue;
            };
            let matters = match node.presence {
                Presence::Both | Presence::Added(_) => true,
                Presence::Kept(_) => changed.contains(*id),
                Presence::Nobody => false,
            };
            if matters && let Some((root, keeper)) = self.outermost_deleted(id, node) {
                roots.insert(root, keeper);
            }
        }
        // What was decided to stay does, even if what it was kept for has gone elsewhere since.
        for (id, taken) in &deletions.decided {
            if self
                .nodes
                .get(id)
                .is_some_and(|node| node.presence == Presence::Kept(*taken))
            {
                roots.insert(id.clone(), *taken);
            }
        }
        let below = self.below();
        let mut kept: HashSet<ResourceId> = HashSet::new();
        let mut moved = false;
        for (root, keeper) in roots {
            let taken = *deletions
                .decided
                .entry(root.clone())
                .or_insert_with(|| asks.deleted(&root).unwrap_or(Taken::Ours));
            if taken == keeper {
                self.keep(&root, &below, &mut kept);
            } else {
                let deleter = match keeper {
                    Taken::Ours => &states.theirs,
                    Taken::Theirs => &states.ours,
                };
                moved |= self.delete(&root, &below, deleter, deletions);
            }
        }
        for id in &self.order {
            if let Some(node) = self.nodes.get_mut(*id)
                && matches!(node.presence, Presence::Kept(_))
                && !kept.contains(*id)
            {
                node.stays = false;
            }
        }
        moved
    }

    /// The outermost of what the other side deleted around a resource, itself included, with the side that kept it.
    fn outermost_deleted(&self, id: &ResourceId, node: &Node) -> Option<(ResourceId, Taken)> {
        let kept = |node: &Node| match node.presence {
            Presence::Kept(side) if node.stays => Some(side),
            _ => None,
        };
        let mut outermost = kept(node).map(|side| (id.clone(), side));
        let mut seen = HashSet::new();
        let mut above = node.parent.clone();
        while let Some(id) = above.take().filter(|id| seen.insert(id.clone())) {
            let Some(node) = self.nodes.get(&id) else { break };
            let Some(side) = kept(node) else { break };
            outermost = Some((id, side));
            above.clone_from(&node.parent);
        }
        outermost
    }

    fn below(&self) -> Below<'m> {
        let mut below = Below::new();
        for id in &self.order {
            if let Some(parent) = self
                .nodes
                .get(id)
                .filter(|node| node.stays)
                .and_then(|node| node.parent.clone())
            {
                below.entry(parent).or_default().push(*id);
            }
        }
        below
    }

    fn keep(&self, root: &ResourceId, below: &Below<'m>, kept: &mut HashSet<ResourceId>) {
        let mut open = vec![root.clone()];
        while let Some(id) = open.pop() {
            let is_kept = self
                .nodes
                .get(&id)
                .is_some_and(|node| matches!(node.presence, Presence::Kept(_)));
            if is_kept && kept.insert(id.clone()) {
                open.extend(below.get(&id).into_iter().flatten().map(|id| (*id).clone()));
            }
        }
    }

    /// Deletes a folder with what was added to it. What was moved into it goes back to where the other side has it, or
    /// goes where that is deleted, too.
    fn delete(
        &mut self,
        root: &ResourceId,
        below: &Below<'m>,
        deleter: &State<'m>,
        deletions: &mut Deletions,
    ) -> bool {
        let mut open = vec![root.clone()];
        let mut moved = false;
        let mut seen = HashSet::new();
        while let Some(id) = open.pop() {
            if !seen.insert(id.clone()) {
                continue;
            }
            let Some(node) = self.nodes.get_mut(&id) else {
                continue;
            };
            let lies = deleter.get(&id).map(|found| &found.resource.parent);
            let went_along = node
                .parent
                .as_ref()
                .is_some_and(|parent| deletions.gone.contains(parent));
            match lies {
                Some(lies) if *lies != node.parent && deletions.returned.insert(id.clone()) => {
                    node.parent.clone_from(lies);
                    moved = true;
                    continue;
                }
                Some(lies) if *lies == node.parent && !went_along => continue,
                Some(_) => moved |= deletions.gone.insert(id.clone()),
                None => {}
            }
            node.stays = false;
            open.extend(below.get(&id).into_iter().flatten().map(|id| (*id).clone()));
        }
        moved
    }

    /// What one side deleted and the other did more to than to leave it as it was.
    fn changed_and_deleted(&self, states: &'m States<'m>) -> HashSet<ResourceId> {
        let changed = self.order.iter().filter(|id| {
            let Some(Presence::Kept(side)) = self.nodes.get(*id).map(|node| node.presence) else {
                return false;
            };
            let state = if side == Taken::Ours {
                &states.ours
            } else {
                &states.theirs
            };
            let bases = states.in_bases(id);
            state.get(id).is_some_and(|found| {
                bases
                    .iter()
                    .any(|base| base.is_none_or(|base| is_changed(states, base, found)))
            })
        });
        changed.map(|id| (*id).clone()).collect()
    }
}

fn is_changed(states: &States<'_>, base: Found<'_>, now: Found<'_>) -> bool {
    if base.resource.parent != now.resource.parent {
        return true;
    }
    if states.are_same(base, now) {
        return false;
    }
    let changes_layout = base.is_legacy() != now.is_legacy();
    differs(
        now.resource.kind,
        &base.resource.fields,
        &now.resource.fields,
        changes_layout,
    )
}
