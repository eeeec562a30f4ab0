//! Structural changes of v5 files.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::draft::Draft;
use super::error::EditError;
use crate::model::{Kind, ResourceId};
use crate::resource::Resource;
use crate::source::SourceFile;
use crate::v5::{self, Copy};

const PART_OF_FILE: &str = "this part belongs to its collection file and cannot be copied or made alone.";

impl Draft<'_> {
    /// Puts a new item into its list.
    pub(crate) fn insert_v5(
        &mut self,
        file: &SourceFile,
        holder: &Resource,
        kind: Kind,
        fields: &Map<String, Value>,
    ) -> Result<(), EditError> {
        if matches!(kind, Kind::ApiSpec) || kind == Kind::Environment && holder.kind == Kind::Workspace {
            return Err(EditError::read_only(PART_OF_FILE));
        }
        let typed = file
            .text()
            .is_some_and(|text| text.contains("schema_version: \"5.2\""));
        let item = v5::new_item(kind, fields, typed && v5::is_list_item(kind))?;
        self.change_document(file, holder, |document| {
            v5::insert_item(document, holder, kind, Value::Object(item))
        })
    }

    /// Moves items to another holder in the same file.
    pub(crate) fn relocate_v5(
        &mut self,
        file: &SourceFile,
        resources: &[&Resource],
        holder: &Resource,
    ) -> Result<(), EditError> {
        self.change_document(file, holder, |document| {
            v5::relocate_items(document, resources, holder)
        })
    }

    /// Puts a copy of an item behind it.
    pub(crate) fn copy_v5(
        &mut self,
        file: &SourceFile,
        resource: &Resource,
        new_ids: &HashMap<ResourceId, ResourceId>,
        name: String,
        key: f64,
        now: i64,
    ) -> Result<(), EditError> {
        if super::draft::list_item(&resource.pointer).is_none() {
            return Err(EditError::read_only(PART_OF_FILE));
        }
        let copy = Copy {
            new_ids,
            name,
            key,
            now,
        };
        self.change_document(file, resource, |document| {
            v5::copy_item(document, resource, &copy)
        })
    }
}
