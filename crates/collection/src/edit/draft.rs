//! Files on the way to their new content: values are changed first, text is patched once at the end.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::{Map, Value};

use super::error::EditError;
use crate::collections::Collections;
use crate::model::{FileEdit, ResourceId};
use crate::resource::{Resource, Step};
use crate::source::{SourceFile, usual_dialect};
use crate::v5;
use crate::yaml::{Node, Part, emit, parse, patch};

/// A set of changes that are written together or not at all.
pub(crate) struct Draft<'c> {
    all: &'c Collections,
    changed: BTreeMap<String, Changed>,
}

struct Changed {
    /// Who asked, for the error.
    id: ResourceId,
    after: After,
}

enum After {
    /// The file with this value, patched into its text.
    Patched(Value),
    /// The v5 file with this value for one of its items, patched into the text of that item.
    Item {
        span: Range<usize>,
        pointer: Vec<Step>,
        value: Value,
    },
    /// A new file.
    New(Value),
    /// No file any more.
    Deleted,
}

impl<'c> Draft<'c> {
    pub(crate) fn new(all: &'c Collections) -> Self {
        Self {
            all,
            changed: BTreeMap::new(),
        }
    }

    /// Gives a resource other fields (under their legacy names). Without a difference nothing happens.
    pub(crate) fn set_fields(
        &mut self,
        resource: &Resource,
        file: &SourceFile,
        mut fields: Map<String, Value>,
        now: i64,
    ) -> Result<(), EditError> {
        if fields == resource.fields {
            return Ok(());
        }
        let order = super::apply::field_order(resource.kind);
        crate::ordered::set_in_order(&mut fields, "modified", now.into(), &order);
        if file.legacy_path().is_some() {
            self.put(file, resource, After::Patched(Value::Object(fields)));
            return Ok(());
        }
        let mut after = self.with_item(file, resource)?;
        let item = after
            .item_mut(&resource.pointer)
            .ok_or_else(|| EditError::Unsafe {
                id: resource.id.clone(),
            })?;
        v5::write_fields(item, resource.kind, &resource.fields, &fields)?;
        self.put(file, resource, after);
        Ok(())
    }

    /// Changes the document of a v5 file.
    pub(crate) fn change_document(
        &mut self,
        file: &SourceFile,
        resource: &Resource,
        change: impl FnOnce(&mut Value) -> Option<()>,
    ) -> Result<(), EditError> {
        let mut document = self.document(file, &resource.id)?;
        change(&mut document).ok_or_else(|| EditError::Unsafe {
            id: resource.id.clone(),
        })?;
        self.put(file, resource, After::Patched(document));
        Ok(())
    }

    /// Writes a new file.
    pub(crate) fn create(&mut self, path: String, id: &ResourceId, fields: Map<String, Value>) {
        self.changed.insert(
            path,
            Changed {
                id: id.clone(),
                after: After::New(Value::Object(fields)),
            },
        );
    }

    /// Deletes a file.
    pub(crate) fn delete(&mut self, path: &str, id: &ResourceId) {
        self.changed.insert(
            path.to_owned(),
            Changed {
                id: id.clone(),
                after: After::Deleted,
            },
        );
    }

    /// The files to write. Every patched one has been read back and compared.
    pub(crate) fn finish(mut self) -> Result<Vec<FileEdit>, EditError> {
        let mut edits = Vec::new();
        for (path, Changed { id, after }) in std::mem::take(&mut self.changed) {
            let after = match after {
                After::Deleted => None,
                After::New(value) => Some(new_text(&path, &id, &value)?),
                After::Item { span, pointer, value } => {
                    let text = self.text(&path, &id)?;
                    match Part::new(text.as_bytes(), &span).and_then(|part| part.patched(&value)) {
                        Some(patched) if patched == text.as_bytes() => continue,
                        Some(patched) => Some(patched),
                        None => {
                            let document = with_value(text, &pointer, value, &id)?;
                            Some(whole(&path, text, &document, &id)?.into_bytes())
                        }
                    }
                }
                After::Patched(value) => {
                    let text = self.text(&path, &id)?;
                    let patched = whole(&path, text, &value, &id)?;
                    if patched == text {
                        continue;
                    }
                    Some(patched.into_bytes())
                }
            };
            edits.push(FileEdit { path, after });
        }
        Ok(edits)
    }

    fn put(&mut self, file: &SourceFile, resource: &Resource, after: After) {
        self.changed.insert(
            file.path.clone(),
            Changed {
                id: resource.id.clone(),
                after,
            },
        );
    }

    /// A change of one resource, to begin with: where it can be, of its item alone.
    fn with_item(&mut self, file: &SourceFile, resource: &Resource) -> Result<After, EditError> {
        let alone = match (&resource.span, list_item(&resource.pointer)) {
            (Some(span), Some(_)) if !self.changed.contains_key(&file.path) => {
                let node = Part::new(&file.bytes, span).and_then(|part| part.read(|_, _| false));
                node.map(|node| After::Item {
                    span: span.clone(),
                    pointer: resource.pointer.clone(),
                    value: node.into_value(),
                })
            }
            _ => None,
        };
        match alone {
            Some(alone) => Ok(alone),
            None => Ok(After::Patched(self.document(file, &resource.id)?)),
        }
    }

    /// The document as it is by now; whoever takes it puts it back.
    fn document(&mut self, file: &SourceFile, id: &ResourceId) -> Result<Value, EditError> {
        match self.changed.remove(&file.path).map(|changed| changed.after) {
            Some(After::Patched(value)) => return Ok(value),
            Some(After::Item { pointer, value, .. }) => {
                return with_value(self.text(&file.path, id)?, &pointer, value, id);
            }
            _ => {}
        }
        let text = self.text(&file.path, id)?;
        parse(text)
            .map(|node| node.to_value())
            .map_err(|_| EditError::Unsafe { id: id.clone() })
    }

    fn text(&self, path: &str, id: &ResourceId) -> Result<&'c str, EditError> {
        let file = self.all.files.get(path);
        file.and_then(|file| file.text())
            .ok_or_else(|| EditError::Unsafe { id: id.clone() })
    }
}

impl After {
    fn item_mut(&mut self, pointer: &[Step]) -> Option<&mut Map<String, Value>> {
        match self {
            Self::Patched(document) => v5::item_at(document, pointer),
            Self::Item { value, .. } => value.as_object_mut(),
            Self::New(_) | Self::Deleted => None,
        }
    }
}

/// The document of a text, with another value at one place.
fn with_value(text: &str, pointer: &[Step], value: Value, id: &ResourceId) -> Result<Value, EditError> {
    let mut document = parse(text)
        .map(Node::into_value)
        .map_err(|_| EditError::Unsafe { id: id.clone() })?;
    let place = v5::value_at(&mut document, pointer).ok_or_else(|| EditError::Unsafe { id: id.clone() })?;
    *place = value;
    Ok(document)
}

fn whole(path: &str, text: &str, document: &Value, id: &ResourceId) -> Result<String, EditError> {
    patch(text, document, usual_dialect(path)).map_err(|_| EditError::Unsafe { id: id.clone() })
}

/// The text of a new file, proved to be read back as what was meant.
pub(crate) fn new_text(path: &str, id: &ResourceId, value: &Value) -> Result<Vec<u8>, EditError> {
    let text = emit::document(value, usual_dialect(path));
    match parse(&text) {
        Ok(node) if node.to_value() == *value => Ok(text.into_bytes()),
        _ => Err(EditError::Unsafe { id: id.clone() }),
    }
}

/// The container and the number of an item of a list in a v5 document.
pub(crate) fn list_item(pointer: &[Step]) -> Option<(&[Step], usize)> {
    match pointer.split_last() {
        Some((Step::Index(index), list)) => Some((list, *index)),
        _ => None,
    }
}
