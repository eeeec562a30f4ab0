//! Deleting.

use std::collections::HashSet;

use super::draft::Draft;
use super::error::EditError;
use super::stamp::Stamp;
use crate::collections::Collections;
use crate::model::{FileEdit, Kind, ResourceId};
use crate::resource::Resource;

impl Collections {
    /// Deletes a resource with everything in it; for a broken file (whose id is its path) the file.
    pub fn delete(&self, id: &ResourceId, stamp: impl Into<Stamp>) -> Result<Vec<FileEdit>, EditError> {
        self.delete_many(std::slice::from_ref(id), stamp)
    }

    /// The same for several at once.
    pub fn delete_many(
        &self,
        ids: &[ResourceId],
        _stamp: impl Into<Stamp>,
    ) -> Result<Vec<FileEdit>, EditError> {
        let gone = self.outermost(ids);
        let all_gone: HashSet<&ResourceId> = gone.iter().collect();
        let mut draft = Draft::new(self);
        for id in self.last_first(&gone) {
            let Some((file, resource)) = self.located(id) else {
                if !self.files.contains_key(&id.0) {
                    return Err(EditError::not_found(&id.0));
                }
                draft.delete(&id.0, id);
                continue;
            };
            self.check_deletable(resource, &all_gone)?;
            match (file.legacy_path(), resource.kind) {
                (None, Kind::Workspace) => draft.delete(&file.path, &resource.id),
                (None, _) => draft.remove_v5(file, resource)?,
                (Some(_), _) => {}
            }
            // What has a file of its own goes with what holds it.
            self.delete_files(&mut draft, id);
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

    fn delete_files(&self, draft: &mut Draft<'_>, id: &ResourceId) {
        for inner in self.with_descendants(id) {
            if let Some((file, _)) = self.located(&inner)
                && file.legacy_path().is_some()
            {
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
