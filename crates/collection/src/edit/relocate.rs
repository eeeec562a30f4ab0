//! Moving and reordering.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Number, Value};

use super::draft::Draft;
use super::error::EditError;
use super::order::{group, keys_before};
use crate::collections::Collections;
use crate::model::{FileEdit, Kind, ResourceId};
use crate::resource::Resource;

/// Broken files may name each other as parents in a ring.
const MOST_HOLDERS: usize = 256;

impl Collections {
    /// Moves a resource into a folder or collection (or within its own), before a sibling or behind all.
    pub fn move_to(
        &self,
        id: &ResourceId,
        parent: &ResourceId,
        before: Option<&ResourceId>,
        now: i64,
    ) -> Result<Vec<FileEdit>, EditError> {
        self.move_many(std::slice::from_ref(id), parent, before, now)
    }

    /// The same for several at once, which land one behind the other in this order. What lies in another of them moves
    /// with it.
    pub fn move_many(
        &self,
        ids: &[ResourceId],
        parent: &ResourceId,
        before: Option<&ResourceId>,
        now: i64,
    ) -> Result<Vec<FileEdit>, EditError> {
        let moved = self.outermost(ids);
        let mut resources = Vec::new();
        for id in &moved {
            let (_, resource) = self.editable(id)?;
            self.check_move(resource, parent)?;
            resources.push(resource);
        }
        let mut draft = Draft::new(self);
        for (id, key) in self.keys_at(&resources, parent, before)? {
            let (file, resource) = self.editable(&id)?;
            let mut fields = with_key(resource, key);
            if file.legacy_path().is_some() {
                fields.insert("parentId".to_owned(), parent.0.clone().into());
            }
            draft.set_fields(resource, file, fields, now)?;
        }
        let (file, holder) = self.editable(parent)?;
        resources.retain(|resource| resource.parent.as_ref() != Some(parent));
        if file.legacy_path().is_none() && !resources.is_empty() {
            draft.relocate_v5(file, &resources, holder)?;
        }
        draft.finish()
    }

    fn check_move(&self, resource: &Resource, parent: &ResourceId) -> Result<(), EditError> {
        if self.contains(&resource.id, parent) {
            return Err(EditError::bad_place("a folder cannot be moved into itself."));
        }
        if resource.kind == Kind::Environment && resource.parent.as_ref() != Some(parent) {
            return Err(EditError::bad_place(
                "an environment stays in its collection; duplicate its values instead.",
            ));
        }
        self.check_parent(resource.kind, parent)?;
        let (from, _) = self.editable(&resource.id)?;
        let (to, _) = self.editable(parent)?;
        let both_legacy = from.legacy_path().is_some() && to.legacy_path().is_some();
        let stays = resource.parent.as_ref() == Some(parent);
        if !both_legacy && from.path != to.path && !stays {
            return Err(EditError::read_only(
                "moving between collection files is not possible yet.",
            ));
        }
        Ok(())
    }

    /// The sort keys that put resources where they should stand, also of siblings that have to make room.
    fn keys_at(
        &self,
        moved: &[&Resource],
        parent: &ResourceId,
        before: Option<&ResourceId>,
    ) -> Result<Vec<(ResourceId, f64)>, EditError> {
        let ids: HashSet<&ResourceId> = moved.iter().map(|resource| &resource.id).collect();
        let mut groups: BTreeMap<u8, Vec<&Resource>> = BTreeMap::new();
        for resource in moved {
            groups.entry(group(resource.kind)).or_default().push(resource);
        }
        let mut keys = Vec::new();
        for resources in groups.values() {
            let Some(first) = resources.first() else { continue };
            let siblings = self.siblings(first.kind, parent, &ids);
            let before = self.next_unmoved(before, parent, &ids);
            if before.is_some_and(|before| siblings.iter().all(|(id, _)| id != before)) {
                return Err(EditError::bad_place(
                    "what it should stand before is not in that folder.",
                ));
            }
            let own: Vec<f64> = resources.iter().map(|resource| resource.sort_key()).collect();
            let new = keys_before(&siblings, before, &own);
            keys.extend(new.others);
            keys.extend(resources.iter().map(|resource| resource.id.clone()).zip(new.own));
        }
        Ok(keys)
    }

    /// Before something that is itself moved means before what follows it.
    fn next_unmoved<'a>(
        &'a self,
        before: Option<&'a ResourceId>,
        parent: &ResourceId,
        moved: &HashSet<&ResourceId>,
    ) -> Option<&'a ResourceId> {
        let before = before?;
        if !moved.contains(before) {
            return Some(before);
        }
        let kind = self.located(before)?.1.kind;
        let children = self.index().children.get(parent).into_iter().flatten();
        children
            .skip_while(|id| *id != before)
            .filter(|id| !moved.contains(id))
            .find(|id| {
                self.located(id)
                    .is_some_and(|(_, next)| group(next.kind) == group(kind))
            })
    }

    /// Is `inner` the same as `outer`, or somewhere in it?
    fn contains(&self, outer: &ResourceId, inner: &ResourceId) -> bool {
        inner == outer || self.holders(inner).any(|holder| holder == outer)
    }

    /// What holds a resource, from the inside out.
    fn holders<'a>(&'a self, id: &'a ResourceId) -> impl Iterator<Item = &'a ResourceId> {
        let parent = |id: &ResourceId| {
            self.located(id)
                .and_then(|(_, resource)| resource.parent.as_ref())
        };
        std::iter::successors(parent(id), move |id| parent(id)).take(MOST_HOLDERS)
    }

    /// Each of these once, without those that lie in another of them.
    pub(crate) fn outermost(&self, ids: &[ResourceId]) -> Vec<ResourceId> {
        let all: HashSet<&ResourceId> = ids.iter().collect();
        let mut seen = HashSet::new();
        ids.iter()
            .filter(|id| seen.insert(*id))
            .filter(|id| self.holders(id).all(|holder| !all.contains(holder)))
            .cloned()
            .collect()
    }

    /// A resource and everything in it, holders first.
    pub(crate) fn with_descendants(&self, id: &ResourceId) -> Vec<ResourceId> {
        let mut found = vec![id.clone()];
        let mut seen: std::collections::HashSet<ResourceId> = found.iter().cloned().collect();
        let mut at = 0;
        while let Some(next) = found.get(at).cloned() {
            at += 1;
            let children = self.index().children.get(&next).into_iter().flatten();
            found.extend(children.filter(|child| seen.insert((*child).clone())).cloned());
        }
        found
    }
}

/// The fields of a resource with another sort key.
pub(crate) fn with_key(resource: &Resource, key: f64) -> Map<String, Value> {
    let mut fields = resource.fields.clone();
    if (key - resource.sort_key()).abs() > 0.0 || !fields.contains_key("metaSortKey") {
        let order = super::apply::field_order(resource.kind);
        crate::ordered::set_in_order(&mut fields, "metaSortKey", key_value(key), &order);
    }
    fields
}

/// A sort key as JavaScript would write it.
pub(crate) fn key_value(key: f64) -> Value {
    let number = crate::yaml::from_float(key).unwrap_or_else(|| Number::from(0));
    Value::Number(number)
}
