//! Deleting.

use super::draft::{Draft, list_item};
use super::error::EditError;
use crate::collections::Collections;
use crate::model::{FileEdit, Kind, ResourceId};
use crate::resource::Resource;
use crate::source::SourceFile;
use crate::v5;

impl Collections {
    /// Deletes a resource with everything in it; for a broken file (whose id is its path) the file.
    pub fn delete(&self, id: &ResourceId, _now: i64) -> Result<Vec<FileEdit>, EditError> {
        let mut draft = Draft::new(self);
        match self.located(id) {
            None if self.files.contains_key(&id.0) => draft.delete(&id.0, id),
            None => return Err(EditError::not_found(&id.0)),
            Some((file, resource)) if file.legacy_path().is_some() => {
                self.check_deletable(resource)?;
                for inner in self.with_descendants(id) {
                    if let Some((file, _)) = self.located(&inner) {
                        draft.delete(&file.path, &inner);
                    }
                }
            }
            Some((file, resource)) => self.delete_v5(&mut draft, file, resource)?,
        }
        draft.finish()
    }

    fn delete_v5(
        &self,
        draft: &mut Draft<'_>,
        file: &SourceFile,
        resource: &Resource,
    ) -> Result<(), EditError> {
        if resource.kind == Kind::Workspace {
            draft.delete(&file.path, &resource.id);
            return Ok(());
        }
        self.check_deletable(resource)?;
        let Some((list, index)) = list_item(&resource.pointer) else {
            return Err(EditError::read_only(
                "this part belongs to its collection file and cannot be deleted alone.",
            ));
        };
        draft.change_document(file, resource, |document| v5::remove_item(document, list, index))
    }

    fn check_deletable(&self, resource: &Resource) -> Result<(), EditError> {
        let parent = resource.parent.as_ref().and_then(|id| self.located(id));
        let in_collection = parent.is_some_and(|(_, holder)| holder.kind == Kind::Workspace);
        let is_base = resource.kind == Kind::Environment && in_collection;
        let bases = || {
            let siblings = resource
                .parent
                .as_ref()
                .map(|parent| self.siblings(resource.kind, parent, &resource.id));
            siblings.unwrap_or_default().len()
        };
        if is_base && bases() == 0 {
            return Err(EditError::read_only(
                "a collection always has a base environment. Delete the values in it instead.",
            ));
        }
        Ok(())
    }
}
