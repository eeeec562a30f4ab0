//! A v5 document taken apart into its resources, and put together from others.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::result::Entries;
use super::states::{Found, States};
use super::v5_item::merged_item;
use crate::model::{Kind, ResourceId};
use crate::ordered::set_in_order;
use crate::source::SourceFile;
use crate::v5::{self, Place, value_at};
use crate::yaml::{Node, parse};

/// Folders in folders.
const MAX_DEPTH: usize = 100;

/// Items by the id of their resource. What they hold is a key with nothing under it.
pub(super) type Items = HashMap<ResourceId, Map<String, Value>>;

/// The items of a file, each alone.
pub(super) fn taken_apart(file: &SourceFile) -> Option<Items> {
    let mut document = parse(file.text()?).map(Node::into_value).ok()?;
    let mut items = Items::new();
    for resource in file.parsed().resources.iter().rev() {
        let Value::Object(mut item) = value_at(&mut document, &resource.pointer)?.take() else {
            return None;
        };
        for (key, value) in &mut item {
            let is_taken = |value: &Value| {
                value
                    .as_array()
                    .is_some_and(|items| items.iter().all(Value::is_null))
            };
            if v5::is_container(key)
                && is_taken(value)
                && value.as_array().is_some_and(|items| !items.is_empty())
            {
                *value = Value::Null;
            }
        }
        items.insert(resource.id.clone(), item);
    }
    Some(items)
}

/// Puts documents together.
pub(super) struct Composer<'c, 'm> {
    pub states: &'m States<'m>,
    pub entries: &'c Entries<'m>,
    pub ours: Items,
    pub theirs: Items,
    /// Items say their type.
    pub typed: bool,
    /// What holds what, in the order of all resources.
    pub children: &'c HashMap<ResourceId, Vec<&'m ResourceId>>,
}

/// A list of items, or a single one, under a key.
type Slot = (&'static str, bool);

impl<'m> Composer<'_, 'm> {
    /// The document of a collection.
    pub(super) fn document(&self, root: &ResourceId) -> Option<Value> {
        let mut document = self.own(root)?;
        let mut below: Vec<(Slot, Vec<&'m ResourceId>)> = Vec::new();
        self.slots(root, &mut below);
        // Routes stand beside their server.
        for server in self.children.get(root).into_iter().flatten() {
            if self.kind(server) == Some(Kind::MockServer) {
                self.slots(server, &mut below);
            }
        }
        self.fill(&mut document, root, below, 0)?;
        Some(Value::Object(document))
    }

    fn kind(&self, id: &ResourceId) -> Option<Kind> {
        self.entries.get(id).map(|entry| entry.kind)
    }

    fn own(&self, id: &ResourceId) -> Option<Map<String, Value>> {
        let entry = self.entries.get(id)?;
        merged_item(entry, self.ours.get(id), self.theirs.get(id))
    }

    fn item(&self, id: &ResourceId, depth: usize) -> Option<Value> {
        if depth > MAX_DEPTH {
            return None;
        }
        let mut item = self.own(id)?;
        let kind = self.kind(id)?;
        let mut below = Vec::new();
        if kind != Kind::MockServer {
            self.slots(id, &mut below);
        }
        self.fill(&mut item, id, below, depth)?;
        if v5::is_list_item(kind) && !self.ours.contains_key(id) {
            let keeps = self.typed == item.contains_key("type");
            if !keeps {
                let children = item.shift_remove("children");
                v5::typed_as(&mut item, self.typed.then_some(kind));
                if let Some(children) = children {
                    set_in_order(&mut item, "children", children, v5::order_of(kind));
                }
            }
        }
        Some(Value::Object(item))
    }

    /// What a resource holds, by the key it stands under.
    fn slots(&self, holder: &ResourceId, below: &mut Vec<(Slot, Vec<&'m ResourceId>)>) {
        let Some(kind) = self.kind(holder) else { return };
        for child in self.children.get(holder).into_iter().flatten() {
            let place = self.kind(child).and_then(|child| v5::place(kind, child));
            let slot = match place {
                Some(Place::List(key) | Place::RootList(key)) => (key, true),
                Some(Place::Single(key)) => (key, false),
                None => continue,
            };
            match below.iter_mut().find(|(other, _)| *other == slot) {
                Some((_, ids)) => ids.push(child),
                None => below.push((slot, vec![child])),
            }
        }
    }

    fn fill(
        &self,
        item: &mut Map<String, Value>,
        holder: &ResourceId,
        below: Vec<(Slot, Vec<&'m ResourceId>)>,
        depth: usize,
    ) -> Option<()> {
        let kind = self.kind(holder)?;
        for ((key, is_list), ids) in below {
            if !is_list {
                let [only] = ids.as_slice() else { return None };
                set_in_order(item, key, self.item(only, depth + 1)?, v5::order_of(kind));
                continue;
            }
            let mut list: Vec<Value> = Vec::new();
            let (known, new) = self.ordered(&ids);
            for id in known {
                list.push(self.item(id, depth + 1)?);
            }
            for id in new {
                let new = self.item(id, depth + 1)?;
                let at = list.iter().rposition(|other| v5::rank(other) <= v5::rank(&new));
                list.insert(at.map_or(0, |at| at + 1), new);
            }
            set_in_order(item, key, Value::Array(list), v5::order_of(kind));
        }
        // Lists and places of which nothing is left go.
        item.retain(|key, value| !(v5::is_container(key) && value.is_null()));
        Some(())
    }

    /// Siblings as they follow one another in the files, and those that no file of both has.
    fn ordered(&self, ids: &[&'m ResourceId]) -> (Vec<&'m ResourceId>, Vec<&'m ResourceId>) {
        let order = siblings_order(self.states, ids);
        let known: HashSet<&ResourceId> = order.iter().copied().collect();
        let new = ids.iter().copied().filter(|id| !known.contains(*id)).collect();
        (order, new)
    }
}

/// The order of siblings in the result: as here, unless only what comes in changed it.
pub(super) fn siblings_order<'m>(states: &'m States<'m>, ids: &[&'m ResourceId]) -> Vec<&'m ResourceId> {
    let in_order = |find: &dyn Fn(&ResourceId) -> Option<Found<'m>>| {
        let mut found: Vec<(&str, usize, &'m ResourceId)> = ids
            .iter()
            .filter_map(|id| Some((find(id)?, *id)))
            .filter(|(found, _)| !found.is_legacy())
            .map(|(found, id)| (found.file.path.as_str(), found.number, id))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, _, id)| id).collect::<Vec<_>>()
    };
    let ours = in_order(&|id| states.ours.get(id));
    let theirs = in_order(&|id| states.theirs.get(id));
    let base = states.bases.first().map(|base| in_order(&|id| base.get(id)));
    let follows_theirs = base.is_some_and(|base| is_order_of(&base, &ours) && !is_order_of(&base, &theirs));
    let (lead, other) = if follows_theirs {
        (theirs, ours)
    } else {
        (ours, theirs)
    };
    let known: HashSet<&ResourceId> = lead.iter().copied().collect();
    let mut behind: HashMap<Option<&ResourceId>, Vec<&'m ResourceId>> = HashMap::new();
    let mut last: Option<&ResourceId> = None;
    for id in other {
        if known.contains(id) {
            last = Some(id);
        } else {
            behind.entry(last).or_default().push(id);
        }
    }
    let mut order: Vec<&'m ResourceId> = behind.remove(&None).unwrap_or_default();
    for id in lead {
        order.push(id);
        order.extend(behind.remove(&Some(id)).into_iter().flatten());
    }
    order
}

/// Are those that both have in the same order?
fn is_order_of(one: &[&ResourceId], other: &[&ResourceId]) -> bool {
    let (in_one, in_other): (HashSet<_>, HashSet<_>) = (one.iter().collect(), other.iter().collect());
    let left = one.iter().filter(|id| in_other.contains(id));
    left.eq(other.iter().filter(|id| in_one.contains(id)))
}
