//! Copies.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::draft::Draft;
use super::draft_v5::v5_document;
use super::error::EditError;
use super::ids::{base_environment_id, cookie_jar_id, new_id};
use super::order::keys_before;
use super::relocate::key_value;
use super::set::name_field;
use super::stamp::Stamp;
use crate::collections::Collections;
use crate::legacy::{file_path, private_name, private_path};
use crate::model::{FileEdit, Kind, ResourceId};
use crate::resource::Resource;
use crate::source::SourceFile;
use crate::v5::{self, Copy};
use crate::yaml::{Dialect, patch};

/// Fields that name another resource, which may have been copied along.
const REFERENCES: [&str; 3] = ["parentId", "requestId", "protoFileId"];

impl Collections {
    /// Copies a resource beside itself, with everything in it. The copy of a collection stands alone; as a v5 file it
    /// gets a path for which `is_taken` says no.
    pub fn duplicate(
        &self,
        id: &ResourceId,
        stamp: impl Into<Stamp>,
        is_taken: impl Fn(&str) -> bool,
    ) -> Result<(ResourceId, Vec<FileEdit>), EditError> {
        let (copies, edits) = self.duplicate_many(std::slice::from_ref(id), stamp, is_taken)?;
        let copy = copies.into_iter().next();
        Ok((copy.ok_or_else(|| EditError::not_found(&id.0))?, edits))
    }

    /// The same for several at once; the ids of the copies come in the order of the originals.
    pub fn duplicate_many(
        &self,
        ids: &[ResourceId],
        stamp: impl Into<Stamp>,
        is_taken: impl Fn(&str) -> bool,
    ) -> Result<(Vec<ResourceId>, Vec<FileEdit>), EditError> {
        let now = stamp.into().now;
        let originals = self.outermost(ids);
        let mut copies = HashMap::new();
        let mut draft = Draft::new(self);
        for id in self.last_first(&originals) {
            copies.insert(id, self.copy_into(&mut draft, id, now, &is_taken)?);
        }
        let copies = originals.iter().filter_map(|id| copies.remove(id)).collect();
        Ok((copies, draft.finish()?))
    }

    fn copy_into(
        &self,
        draft: &mut Draft<'_>,
        id: &ResourceId,
        now: i64,
        is_taken: &impl Fn(&str) -> bool,
    ) -> Result<ResourceId, EditError> {
        let (file, resource) = self.editable(id)?;
        self.check_copy(resource)?;
        let ids = self.with_descendants(id);
        let new_ids = self.new_ids(&ids);
        let copy_id = new_ids.get(id).cloned().unwrap_or_else(|| id.clone());
        if file.legacy_path().is_none() {
            let copy = Copy {
                new_ids: &new_ids,
                name: copy_name(resource),
                key: self.key_behind(resource),
                now,
            };
            if resource.kind == Kind::Workspace {
                let folder = file.path.rfind('/').map_or("", |at| &file.path[..=at]);
                let is_taken = |path: &str| is_taken(path) || draft.writes(path);
                let path = self.free_path(folder, &copy.name, is_taken);
                draft.write(path, &copy_id, copied_document(file, &copy)?);
            } else {
                draft.copy_v5(file, resource, &copy)?;
            }
        }
        for inner in &ids {
            let Some((file, original)) = self.located(inner) else {
                continue;
            };
            let (Some(place), Some(new_id)) = (file.legacy_path(), new_ids.get(inner)) else {
                continue;
            };
            let mut fields = copied(original, &new_ids, now);
            if inner == id {
                fields.insert(name_field(original.kind).to_owned(), copy_name(original).into());
                if fields.contains_key("metaSortKey") {
                    fields.insert("metaSortKey".to_owned(), key_value(self.key_behind(original)));
                }
            }
            let path = match private_name(&file.path) {
                Some(_) => private_path(new_id),
                None => file_path(place.root, original.kind, new_id),
            };
            draft.create(path, new_id, fields);
        }
        Ok(copy_id)
    }

    fn check_copy(&self, resource: &Resource) -> Result<(), EditError> {
        let parent = resource.parent.as_ref().and_then(|id| self.located(id));
        let in_collection = parent.is_some_and(|(_, holder)| holder.kind == Kind::Workspace);
        let in_v5 = parent.is_some_and(|(file, _)| file.legacy_path().is_none());
        match resource.kind {
            Kind::Environment if in_collection => Err(EditError::bad_place(
                "a collection has one base environment. Duplicate one of those below it.",
            )),
            Kind::ApiSpec => Err(EditError::bad_place("a collection has one API spec.")),
            Kind::CookieJar => Err(EditError::bad_place("a collection has one cookie jar.")),
            Kind::MockServer if in_v5 => Err(EditError::bad_place("this file has one mock server.")),
            _ => Ok(()),
        }
    }

    fn new_ids(&self, ids: &[ResourceId]) -> HashMap<ResourceId, ResourceId> {
        let mut new_ids = HashMap::new();
        for id in ids {
            let Some((_, resource)) = self.located(id) else {
                continue;
            };
            let new_parent = resource.parent.as_ref().and_then(|parent| new_ids.get(parent));
            let is_base = resource.kind == Kind::Environment
                && resource
                    .parent
                    .as_ref()
                    .is_some_and(|parent| *id == base_environment_id(parent));
            let new = match new_parent {
                Some(parent) if is_base => base_environment_id(parent),
                Some(parent) if resource.kind == Kind::CookieJar => cookie_jar_id(parent),
                _ => new_id(resource.kind),
            };
            new_ids.insert(id.clone(), new);
        }
        new_ids
    }

    /// A sort key right behind a resource.
    fn key_behind(&self, resource: &Resource) -> f64 {
        let own = resource.sort_key();
        let Some(parent) = &resource.parent else {
            return own;
        };
        let siblings = self.siblings(resource.kind, parent, &HashSet::new());
        let at = siblings.iter().position(|(id, _)| *id == resource.id);
        let next = at.and_then(|at| siblings.get(at + 1)).map(|(id, _)| id.clone());
        let keys = keys_before(&siblings, next.as_ref(), &[own]);
        // Without room the copy shares the key; its id then decides.
        let behind = keys.own.first().filter(|_| keys.others.is_empty());
        behind.copied().unwrap_or(own)
    }
}

/// The text of a whole v5 file with the ids, the name and the times of its copy.
fn copied_document(file: &SourceFile, copy: &Copy<'_>) -> Result<String, EditError> {
    let made = || {
        let text = file.text()?;
        let mut document = v5_document(file)?;
        v5::renew_document(&mut document, copy)?;
        patch(text, &document, Dialect::Yaml2).ok()
    };
    made().ok_or_else(|| EditError::Unsafe {
        id: ResourceId(file.path.clone()),
    })
}

fn copy_name(resource: &Resource) -> String {
    format!("{} (Copy)", resource.name())
}

fn copied(original: &Resource, new_ids: &HashMap<ResourceId, ResourceId>, now: i64) -> Map<String, Value> {
    let mut fields = original.fields.clone();
    if let Some(id) = new_ids.get(&original.id) {
        fields.insert("_id".to_owned(), id.0.clone().into());
    }
    for field in REFERENCES {
        let old = fields
            .get(field)
            .and_then(Value::as_str)
            .map(|id| ResourceId(id.to_owned()));
        if let Some(new) = old.and_then(|old| new_ids.get(&old)) {
            fields.insert(field.to_owned(), new.0.clone().into());
        }
    }
    for field in ["modified", "created"] {
        if let Some(time) = fields.get_mut(field) {
            *time = now.into();
        }
    }
    fields
}
