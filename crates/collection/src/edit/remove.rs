//! Deleting.

use std::collections::HashSet;

use super::draft::{Draft, list_item};
use super::error::EditError;
use crate::collections::Collections;
use crate::legacy::private_name;
use crate::model::{FileEdit, Kind, ResourceId};
use crate::resource::Resource;
use crate::source::SourceFile;
use crate::v5;

impl Collections {
    /// Deletes a resource with everything in it; for a broken file (whose id is its path) the file.
    pub fn delete(&self, id: &ResourceId, now: i64) -> Result<Vec<FileEdit>, EditError> {
        self.delete_many(std::slice::from_ref(id), now)
    }

    /// The same for several at once.
    pub fn delete_many(&self, ids: &[ResourceId], _now: i64) -> Result<Vec<FileEdit>, EditError> {
        let gone = self.outermost(ids);
        let all_gone: HashSet<&ResourceId> = gone.iter().collect();
        let mut draft = Draft::new(self);
        for id in self.last_first(&gone) {
            match self.located(id) {
                None if self.files.contains_key(&id.0) => draft.delete(&id.0, id),
                None => return Err(EditError::not_found(&id.0)),
                Some((file, resource)) => {
                    self.check_deletable(resource, &all_gone)?;
                    if file.legacy_path().is_some() {
                        self.delete_legacy(&mut draft, id);
                    } else {
                        delete_v5(&mut draft, file, resource)?;
                        self.delete_private_below(&mut draft, id);
                    }
                }
            }
        }
        draft.finish()
    }

    /// An item that leaves or enters a list of a collection file shifts those behind it: the last one goes first.
    pub(crate) fn last_first<'a>(&self, ids: &'a [ResourceId]) -> Vec<&'a ResourceId> {
        let place = |id: &ResourceId| {
            self.located(id)
                .map(|(file, resource)| (&file.path, &resource.pointer))
        };
        let mut ids: Vec<&ResourceId> = ids.iter().collect();
        ids.sort_by(|a, b| place(b).cmp(&place(a)));
        ids
    }

    /// What is kept out of Git does not go with the file of its collection.
    fn delete_private_below(&self, draft: &mut Draft<'_>, id: &ResourceId) {
        for inner in self.with_descendants(id) {
            if let Some((file, _)) = self.located(&inner)
                && private_name(&file.path).is_some()
            {
                draft.delete(&file.path, &inner);
            }
        }
    }

    fn delete_legacy(&self, draft: &mut Draft<'_>, id: &ResourceId) {
        for inner in self.with_descendants(id) {
            if let Some((file, _)) = self.located(&inner) {
                draft.delete(&file.path, &inner);
            }
        }
    }

    fn check_deletable(&self, resource: &Resource, gone: &HashSet<&ResourceId>) -> Result<(), EditError> {
        let parent = resource.parent.as_ref().and_then(|id| self.located(id));
        let in_collection = parent.is_some_and(|(_, holder)| holder.kind == Kind::Workspace);
        let is_base = resource.kind == Kind::Environment && in_collection;
        let others = || {
            let parent = resource.parent.as_ref();
            parent.map(|parent| self.siblings(resource.kind, parent, gone))
        };
        if is_base && others().unwrap_or_default().is_empty() {
            return Err(EditError::read_only(
                "a collection always has a base environment. Delete the values in it instead.",
            ));
        }
        Ok(())
    }
}

fn delete_v5(draft: &mut Draft<'_>, file: &SourceFile, resource: &Resource) -> Result<(), EditError> {
    if resource.kind == Kind::Workspace {
        draft.delete(&file.path, &resource.id);
        return Ok(());
    }
    let Some((list, index)) = list_item(&resource.pointer) else {
        return Err(EditError::read_only(
            "this part belongs to its collection file and cannot be deleted alone.",
        ));
    };
    draft.change_document(file, resource, |document| v5::remove_item(document, list, index))
}
