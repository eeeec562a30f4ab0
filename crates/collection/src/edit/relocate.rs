//! Moving and reordering.

use serde_json::{Map, Number, Value};

use super::draft::Draft;
use super::error::EditError;
use super::order::keys_before;
use crate::collections::Collections;
use crate::model::{FileEdit, Kind, ResourceId};
use crate::resource::Resource;

impl Collections {
    /// Moves a resource into a folder or collection (or within its own), before a sibling or behind all.
    pub fn move_to(
        &self,
        id: &ResourceId,
        parent: &ResourceId,
        before: Option<&ResourceId>,
        now: i64,
    ) -> Result<Vec<FileEdit>, EditError> {
        let (file, resource) = self.editable(id)?;
        self.check_move(resource, parent, before)?;
        let siblings = self.siblings(resource.kind, parent, id);
        let keys = keys_before(&siblings, before, resource.sort_key());
        let mut draft = Draft::new(self);
        for (sibling, key) in &keys.others {
            let (file, sibling) = self.editable(sibling)?;
            draft.set_fields(sibling, file, with_key(sibling, *key), now)?;
        }
        let mut fields = with_key(resource, keys.own);
        let changes_parent = resource.parent.as_ref() != Some(parent);
        if file.legacy_path().is_some() {
            fields.insert("parentId".to_owned(), parent.0.clone().into());
            draft.set_fields(resource, file, fields, now)?;
        } else {
            draft.set_fields(resource, file, fields, now)?;
            if changes_parent {
                let (_, holder) = self.editable(parent)?;
                draft.relocate_v5(file, resource, holder)?;
            }
        }
        draft.finish()
    }

    fn check_move(
        &self,
        resource: &Resource,
        parent: &ResourceId,
        before: Option<&ResourceId>,
    ) -> Result<(), EditError> {
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
        if !both_legacy && from.path != to.path {
            return Err(EditError::read_only(
                "moving between collection files is not possible yet.",
            ));
        }
        let siblings = self.siblings(resource.kind, parent, &resource.id);
        match before {
            Some(before) if !siblings.iter().any(|(id, _)| id == before) => Err(EditError::bad_place(
                "what it should stand before is not in that folder.",
            )),
            _ => Ok(()),
        }
    }

    /// Is `inner` the same as `outer`, or somewhere in it?
    fn contains(&self, outer: &ResourceId, inner: &ResourceId) -> bool {
        self.with_descendants(outer).contains(inner)
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
