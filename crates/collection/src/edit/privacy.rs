//! Private environments: kept where Git never sees them.

use serde_json::{Map, Value};

use super::draft::Draft;
use super::error::EditError;
use super::stamp::Stamp;
use super::template::new_fields;
use crate::collections::Collections;
use crate::legacy::{file_path, private_name, private_path};
use crate::model::{FieldEdit, Kind};
use crate::ordered::set_in_order;
use crate::resource::Resource;
use crate::source::SourceFile;

const FIELD: &str = "isPrivate";

impl Collections {
    /// Moves an environment out of the files of its collection, or back into them, where an edit asks for it. False
    /// where it stays where it is. One that other tools marked as private but wrote into Git moves out by being marked
    /// again.
    pub(crate) fn move_for_privacy(
        &self,
        draft: &mut Draft<'_>,
        (file, resource): (&SourceFile, &Resource),
        edits: &[FieldEdit],
        fields: &Map<String, Value>,
        stamp: Stamp,
    ) -> Result<bool, EditError> {
        if resource.kind != Kind::Environment || !edits.iter().any(|edit| edit.path == FIELD) {
            return Ok(false);
        }
        let wanted = fields.get(FIELD).and_then(Value::as_bool).unwrap_or_default();
        if wanted == private_name(&file.path).is_some() {
            return Ok(false);
        }
        let fields = whole(resource, fields, wanted, stamp);
        if wanted {
            self.keep_out(draft, file, resource, fields)?;
        } else {
            self.share(draft, file, resource, fields)?;
        }
        Ok(true)
    }

    fn keep_out(
        &self,
        draft: &mut Draft<'_>,
        file: &SourceFile,
        resource: &Resource,
        fields: Map<String, Value>,
    ) -> Result<(), EditError> {
        let parent = resource.parent.as_ref().and_then(|id| self.located(id));
        if parent.is_none_or(|(_, holder)| holder.kind != Kind::Environment) {
            return Err(EditError::bad_value(
                FIELD,
                "the base environment belongs to everyone who has the collection. Make an environment below it \
                 private.",
            ));
        }
        draft.create(private_path(&resource.id), &resource.id, fields);
        if file.legacy_path().is_some() {
            draft.delete(&file.path, &resource.id);
            return Ok(());
        }
        draft.remove_v5(file, resource)
    }

    fn share(
        &self,
        draft: &mut Draft<'_>,
        file: &SourceFile,
        resource: &Resource,
        fields: Map<String, Value>,
    ) -> Result<(), EditError> {
        let holder = resource.parent.as_ref().and_then(|id| self.located(id));
        let Some((holding_file, holder)) = holder else {
            return Err(EditError::bad_place(
                "the collection of this environment is not on this branch. Switch to one that has it first.",
            ));
        };
        draft.delete(&file.path, &resource.id);
        if let Some(place) = holding_file.legacy_path() {
            let path = file_path(place.root, resource.kind, &resource.id);
            draft.create(path, &resource.id, fields);
            return Ok(());
        }
        draft.insert_v5(holding_file, holder, resource.kind, &fields)
    }
}

/// All fields of the legacy form, also of an environment from a collection file, which lacks some.
fn whole(
    resource: &Resource,
    fields: &Map<String, Value>,
    private: bool,
    stamp: Stamp,
) -> Map<String, Value> {
    let mut whole = new_fields(
        resource.kind,
        &resource.id,
        resource.parent.as_ref(),
        &resource.name(),
        stamp.now,
    );
    for (field, value) in fields {
        whole.insert(field.clone(), value.clone());
    }
    let order = super::apply::field_order(resource.kind);
    set_in_order(&mut whole, FIELD, private.into(), &order);
    if stamp.write_modified {
        set_in_order(&mut whole, "modified", stamp.now.into(), &order);
    }
    whole
}
