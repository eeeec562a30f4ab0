//! Structural changes of v5 files.

use serde_json::{Map, Value};

use super::draft::{Draft, find_item, list_item};
use super::error::EditError;
use crate::model::{Kind, ResourceId};
use crate::resource::Resource;
use crate::source::SourceFile;
use crate::v5::{self, Copy};
use crate::yaml::{Dialect, emit, parse, patch, raw};

/// An item on its way from one place to another.
pub(crate) struct Item {
    /// Its value.
    pub value: Map<String, Value>,
    /// Its text with comments, where it has one.
    pub text: Option<String>,
}

impl Draft<'_> {
    /// Puts a new item where its kind stands.
    pub(crate) fn insert_v5(
        &mut self,
        file: &SourceFile,
        holder: &Resource,
        kind: Kind,
        fields: &Map<String, Value>,
    ) -> Result<(), EditError> {
        let mut fields = fields.clone();
        let spec = match (kind, fields.get("contents").and_then(Value::as_str)) {
            (Kind::ApiSpec, Some(text)) => Some(v5::spec_text(text)?),
            _ => None,
        };
        if let Some(spec) = &spec {
            fields.insert("contents".to_owned(), spec.value.clone());
        }
        let value = v5::new_item(kind, &fields, false)?;
        self.insert_item(file, holder, kind, Item { value, text: None })
    }

    /// Puts an item where its kind stands, with its type where the file has these.
    pub(crate) fn insert_item(
        &mut self,
        file: &SourceFile,
        holder: &Resource,
        kind: Kind,
        item: Item,
    ) -> Result<(), EditError> {
        let mut value = item.value;
        let id = id_of(&value).unwrap_or_else(|| holder.id.clone());
        let root = v5_document(file).unwrap_or_default();
        if v5::is_list_item(kind) {
            v5::typed_as(&mut value, v5::is_typed(&root).then_some(kind));
        }
        let value = Value::Object(value);
        let text = item
            .text
            .and_then(|text| patch(&text, &value, Dialect::Yaml2).ok());
        self.change_document(file, &holder.id, |document| {
            v5::insert_item(document, holder, kind, value)
        })?;
        if let Some(text) = text {
            self.keep_text(&file.path, &id, text);
        }
        Ok(())
    }

    /// Takes an item out of its file.
    pub(crate) fn remove_v5(&mut self, file: &SourceFile, resource: &Resource) -> Result<(), EditError> {
        self.change_document(file, &resource.id, |document| {
            v5::remove_item(document, &resource.pointer).map(drop)
        })
    }

    /// Leaves an empty place where an item stood, so that the places of the others hold.
    pub(crate) fn empty_place(&mut self, file: &SourceFile, resource: &Resource) -> Result<(), EditError> {
        self.change_document(file, &resource.id, |document| {
            *v5::value_at(document, &resource.pointer)? = v5::EMPTY_PLACE.into();
            Some(())
        })
    }

    /// Closes the empty places of all files.
    pub(crate) fn close_all_places(&mut self, id: &ResourceId) -> Result<(), EditError> {
        for file in self.patched_v5_files() {
            self.change_document(file, id, |document| {
                v5::close_places(document);
                Some(())
            })?;
        }
        Ok(())
    }

    /// Puts a copy of an item behind it.
    pub(crate) fn copy_v5(
        &mut self,
        file: &SourceFile,
        resource: &Resource,
        copy: &Copy<'_>,
    ) -> Result<(), EditError> {
        if list_item(&resource.pointer).is_none() {
            return Err(EditError::read_only(
                "this part belongs to its collection file and cannot be copied alone.",
            ));
        }
        self.change_document(file, &resource.id, |document| {
            v5::copy_item(document, &resource.pointer, copy)
        })?;
        let Some(new) = copy.new_ids.get(&resource.id) else {
            return Ok(());
        };
        if let Some(text) = copied_text(file, resource, copy) {
            self.keep_text(&file.path, new, text);
        }
        Ok(())
    }
}

/// The text of an item with the ids, the name and the times of its copy.
fn copied_text(file: &SourceFile, resource: &Resource, copy: &Copy<'_>) -> Option<String> {
    let item = lifted(file, resource)?;
    let mut document = Value::Object(Map::from_iter([(
        "collection".to_owned(),
        Value::Array(vec![Value::Object(item.value)]),
    )]));
    let pointer = [
        crate::resource::Step::Key("collection"),
        crate::resource::Step::Index(0),
    ];
    v5::copy_item(&mut document, &pointer, copy)?;
    let new = document.get("collection")?.get(1)?.clone();
    patch(&item.text?, &new, Dialect::Yaml2).ok()
}

/// An item as it stands in its file.
pub(crate) fn lifted(file: &SourceFile, resource: &Resource) -> Option<Item> {
    let text = file.text()?;
    let root = parse(text).ok()?;
    let mut document = root.to_value();
    let value = v5::item_at(&mut document, &resource.pointer)?.clone();
    let node = find_item(&root, &resource.id.0);
    let text = node.and_then(|node| raw::lift(text, node));
    let text = text.unwrap_or_else(|| emit::document(&Value::Object(value.clone()), Dialect::Yaml2));
    Some(Item {
        value,
        text: Some(text),
    })
}

/// The document of a v5 file.
pub(crate) fn v5_document(file: &SourceFile) -> Option<Value> {
    parse(file.text()?).ok().map(|node| node.to_value())
}

fn id_of(item: &Map<String, Value>) -> Option<ResourceId> {
    let id = item.get("meta")?.get("id")?.as_str()?;
    Some(ResourceId(id.to_owned()))
}
