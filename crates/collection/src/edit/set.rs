//! Setting fields and renaming.

use serde_json::Value;

use super::apply::apply;
use super::draft::Draft;
use super::error::EditError;
use super::property_order::update_order;
use super::stamp::Stamp;
use super::validate::validate;
use crate::collections::Collections;
use crate::model::{FieldEdit, FileEdit, Kind, ResourceId};
use crate::resource::Resource;
use crate::source::SourceFile;

impl Collections {
    /// Sets fields of one resource. A value that is already there is no change; without a change nothing is written.
    pub fn set_fields(
        &self,
        id: &ResourceId,
        edits: &[FieldEdit],
        stamp: impl Into<Stamp>,
    ) -> Result<Vec<FileEdit>, EditError> {
        let (file, resource) = self.editable(id)?;
        let mut fields = resource.fields.clone();
        for edit in edits {
            let field = apply(resource.kind, &mut fields, edit)?;
            validate(&field, fields.get(&field))?;
            if fields.get(&field) != resource.fields.get(&field) {
                update_order(&field, &mut fields);
            }
        }
        let mut draft = Draft::new(self);
        let stamp = stamp.into();
        if !self.move_for_privacy(&mut draft, (file, resource), edits, &fields, stamp)? {
            draft.set_fields(resource, file, fields, stamp)?;
        }
        draft.finish()
    }

    /// Gives a resource another name.
    pub fn rename(
        &self,
        id: &ResourceId,
        name: &str,
        stamp: impl Into<Stamp>,
    ) -> Result<Vec<FileEdit>, EditError> {
        let (_, resource) = self.editable(id)?;
        let edit = FieldEdit {
            path: name_field(resource.kind).to_owned(),
            value: Some(Value::from(name)),
        };
        self.set_fields(id, &[edit], stamp)
    }

    /// A resource with its file, or why it cannot be edited.
    pub(crate) fn editable(&self, id: &ResourceId) -> Result<(&SourceFile, &Resource), EditError> {
        if let Some(found) = self.located(id) {
            return Ok(found);
        }
        if self.files.contains_key(&id.0) {
            return Err(EditError::read_only(
                "this file is broken. Correct it in a text editor, restore an older version, or delete it.",
            ));
        }
        Err(EditError::not_found(&id.0))
    }
}

/// Which field is the name.
pub(crate) fn name_field(kind: Kind) -> &'static str {
    if kind == Kind::ApiSpec { "fileName" } else { "name" }
}
