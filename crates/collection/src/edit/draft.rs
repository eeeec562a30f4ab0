//! Files on the way to their new content: values are changed first, text is patched once at the end.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::{Map, Value};

use super::error::EditError;
use super::stamp::Stamp;
use crate::collections::Collections;
use crate::model::{FileEdit, Kind, ResourceId};
use crate::resource::{Resource, Step};
use crate::source::{SourceFile, usual_dialect};
use crate::v5::{self, SpecText};
use crate::yaml::{Node, Part, emit, parse, patch, raw};

/// A set of changes that are written together or not at all.
pub(crate) struct Draft<'c> {
    all: &'c Collections,
    changed: BTreeMap<String, Changed>,
}

struct Changed {
    /// Who asked, for the error.
    id: ResourceId,
    after: After,
    /// Items with the text they are to be written in, comments included.
    kept: Vec<(ResourceId, String)>,
    /// The text of the API spec, where it changes.
    spec: Option<SpecText>,
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
    /// A file with this text.
    Text(String),
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
        stamp: Stamp,
    ) -> Result<(), EditError> {
        if fields == resource.fields {
            return Ok(());
        }
        if file.legacy_path().is_some() {
            if stamp.write_modified {
                let order = super::apply::field_order(resource.kind);
                crate::ordered::set_in_order(&mut fields, "modified", stamp.now.into(), &order);
            }
            self.put(file, &resource.id, After::Patched(Value::Object(fields)));
            return Ok(());
        }
        let spec = spec_change(resource, &fields)?;
        let mut after = match spec {
            Some(_) => After::Patched(self.document(file, &resource.id)?),
            None => self.with_item(file, resource)?,
        };
        let item = after
            .item_mut(&resource.pointer)
            .ok_or_else(|| unsafe_for(&resource.id))?;
        let before = item.clone();
        let mut old = resource.fields.clone();
        if let Some(spec) = &spec {
            v5::check_writable(resource.kind, "contents", item)?;
            let order = v5::order_of(resource.kind);
            crate::ordered::set_in_order(item, "contents", spec.value.clone(), order);
            // Written as it was typed, so that comments come along; it is no field for the value.
            for fields in [&mut old, &mut fields] {
                fields.shift_remove("contents");
            }
        }
        v5::change_item(item, resource.kind, &old, &fields)?;
        let says_the_same = spec.as_ref().is_none_or(|spec| same_text(resource, spec));
        let is_same = *item == before && says_the_same;
        if !is_same {
            v5::stamp(item, resource.kind, stamp);
        }
        // Also without a difference: what was taken out of this draft goes back.
        let changed = self.put(file, &resource.id, after);
        if spec.is_some() && !is_same {
            changed.spec = spec;
        }
        Ok(())
    }

    /// Changes the document of a v5 file.
    pub(crate) fn change_document(
        &mut self,
        file: &SourceFile,
        id: &ResourceId,
        change: impl FnOnce(&mut Value) -> Option<()>,
    ) -> Result<(), EditError> {
        let mut document = self.document(file, id)?;
        change(&mut document).ok_or_else(|| unsafe_for(id))?;
        self.put(file, id, After::Patched(document));
        Ok(())
    }

    /// The item of this id in a v5 file is written in this text.
    pub(crate) fn keep_text(&mut self, path: &str, id: &ResourceId, text: String) {
        if let Some(changed) = self.changed.get_mut(path) {
            changed.kept.push((id.clone(), text));
        }
    }

    /// Writes a new file.
    pub(crate) fn create(&mut self, path: String, id: &ResourceId, fields: Map<String, Value>) {
        self.set(path, id, After::New(Value::Object(fields)));
    }

    /// Writes a file with this text.
    pub(crate) fn write(&mut self, path: String, id: &ResourceId, text: String) {
        self.set(path, id, After::Text(text));
    }

    /// Is this file changed already?
    pub(crate) fn writes(&self, path: &str) -> bool {
        self.changed.contains_key(path)
    }

    /// The v5 files that are changed so far.
    pub(crate) fn patched_v5_files(&self) -> Vec<&'c SourceFile> {
        let is_patched = |changed: &Changed| matches!(changed.after, After::Patched(_) | After::Item { .. });
        let changed = self.changed.iter().filter(|(_, changed)| is_patched(changed));
        let files = changed.filter_map(|(path, _)| self.all.files.get(path).map(AsRef::as_ref));
        files
            .filter(|file: &&SourceFile| file.legacy_path().is_none())
            .collect()
    }

    /// Deletes a file.
    pub(crate) fn delete(&mut self, path: &str, id: &ResourceId) {
        self.set(path.to_owned(), id, After::Deleted);
    }

    /// Moves a file with what this draft has changed in it.
    pub(crate) fn rename_file(
        &mut self,
        file: &SourceFile,
        to: String,
        id: &ResourceId,
    ) -> Result<(), EditError> {
        let text = self.text(&file.path, id)?;
        let text = match self.changed.get(&file.path) {
            Some(Changed {
                after: After::Patched(value),
                ..
            }) => patch(text, value, usual_dialect(&file.path)).map_err(|_| unsafe_for(id))?,
            _ => text.to_owned(),
        };
        self.delete(&file.path, id);
        self.write(to, id, text);
        Ok(())
    }

    /// The files to write. Every patched one has been read back and compared.
    pub(crate) fn finish(mut self) -> Result<Vec<FileEdit>, EditError> {
        let mut edits = Vec::new();
        for (path, changed) in std::mem::take(&mut self.changed) {
            let id = changed.id.clone();
            let after = match changed.after {
                After::Deleted => None,
                After::New(value) => Some(new_text(&path, &id, &value)?),
                After::Text(text) => Some(text.into_bytes()),
                After::Item { span, pointer, value } => {
                    let text = self.text(&path, &id)?;
                    match Part::new(text.as_bytes(), &span).and_then(|part| part.patched(&value)) {
                        Some(patched) if patched == text.as_bytes() => continue,
                        Some(patched) => Some(patched),
                        None => {
                            let document = with_value(text, &pointer, value, &id)?;
                            let patched = patched(&path, text, &document, &[], None);
                            Some(patched.ok_or_else(|| unsafe_for(&id))?.into_bytes())
                        }
                    }
                }
                After::Patched(value) => {
                    let text = self.text(&path, &id)?;
                    let patched = patched(&path, text, &value, &changed.kept, changed.spec.as_ref());
                    let patched = patched.ok_or_else(|| unsafe_for(&id))?;
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

    fn set(&mut self, path: String, id: &ResourceId, after: After) -> &mut Changed {
        let changed = self.changed.entry(path).or_insert_with(|| Changed {
            id: id.clone(),
            after: After::Deleted,
            kept: Vec::new(),
            spec: None,
        });
        changed.after = after;
        changed
    }

    fn put(&mut self, file: &SourceFile, id: &ResourceId, after: After) -> &mut Changed {
        self.set(file.path.clone(), id, after)
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
        if let Some(changed) = self.changed.get_mut(&file.path) {
            match std::mem::replace(&mut changed.after, After::Deleted) {
                After::Patched(value) => return Ok(value),
                After::Item { pointer, value, .. } => {
                    return with_value(self.text(&file.path, id)?, &pointer, value, id);
                }
                _ => {}
            }
        }
        let text = self.text(&file.path, id)?;
        parse(text)
            .map(|node| node.to_value())
            .map_err(|_| unsafe_for(id))
    }

    fn text(&self, path: &str, id: &ResourceId) -> Result<&'c str, EditError> {
        let file = self.all.files.get(path);
        file.and_then(|file| file.text()).ok_or_else(|| unsafe_for(id))
    }
}

impl After {
    fn item_mut(&mut self, pointer: &[Step]) -> Option<&mut Map<String, Value>> {
        match self {
            Self::Patched(document) => v5::item_at(document, pointer),
            Self::Item { value, .. } => value.as_object_mut(),
            Self::New(_) | Self::Text(_) | Self::Deleted => None,
        }
    }
}

/// The document of a text, with another value at one place.
fn with_value(text: &str, pointer: &[Step], value: Value, id: &ResourceId) -> Result<Value, EditError> {
    let mut document = parse(text).map(Node::into_value).map_err(|_| unsafe_for(id))?;
    let place = v5::value_at(&mut document, pointer).ok_or_else(|| unsafe_for(id))?;
    *place = value;
    Ok(document)
}

fn unsafe_for(id: &ResourceId) -> EditError {
    EditError::Unsafe { id: id.clone() }
}

/// The new text of a spec that a v5 file holds as a tree.
fn spec_change(resource: &Resource, fields: &Map<String, Value>) -> Result<Option<SpecText>, EditError> {
    let new = fields.get("contents");
    if resource.kind != Kind::ApiSpec || new == resource.fields.get("contents") {
        return Ok(None);
    }
    new.and_then(Value::as_str).map(v5::spec_text).transpose()
}

fn same_text(resource: &Resource, spec: &SpecText) -> bool {
    resource.text("contents") == Some(spec.text.as_str())
}

/// The text of a file with another value: the spec and the items that are kept as text first, the rest as a patch.
fn patched(
    path: &str,
    text: &str,
    value: &Value,
    kept: &[(ResourceId, String)],
    spec: Option<&SpecText>,
) -> Option<String> {
    let with_spec = spec.map(|spec| v5::put_spec(text, spec));
    let text = match (with_spec, spec) {
        (Some(Some(text)), _) => text,
        // Written anew, comments would be lost.
        (Some(None), Some(spec)) if spec.text.contains('#') => return None,
        _ => text.to_owned(),
    };
    let mut result = patch(&text, value, usual_dialect(path)).ok()?;
    for (id, lifted) in kept {
        let better = parse(&result)
            .ok()
            .and_then(|root| raw::put(&result, find_item(&root, &id.0)?, lifted));
        result = better.unwrap_or(result);
    }
    Some(result)
}

/// The item of a v5 document with this id.
pub(crate) fn find_item<'n>(node: &'n Node, id: &str) -> Option<&'n Node> {
    const HOLDERS: [&str; 8] = [
        "collection",
        "children",
        "environments",
        "subEnvironments",
        "testSuites",
        "tests",
        "routes",
        "spec",
    ];
    let own = node.get("meta").and_then(|meta| meta.get("id"));
    if own.is_some_and(|own| own.to_value() == *id) {
        return Some(node);
    }
    let below = HOLDERS.iter().filter_map(|key| node.get(key));
    let found = below.flat_map(|node| std::iter::once(node).chain(node.items()));
    found.into_iter().find_map(|node| find_item(node, id))
}

/// The text of a new file, proved to be read back as what was meant.
pub(crate) fn new_text(path: &str, id: &ResourceId, value: &Value) -> Result<Vec<u8>, EditError> {
    let text = emit::document(value, usual_dialect(path));
    match parse(&text) {
        Ok(node) if node.to_value() == *value => Ok(text.into_bytes()),
        _ => Err(unsafe_for(id)),
    }
}

/// The container and the number of an item of a list in a v5 document.
pub(crate) fn list_item(pointer: &[Step]) -> Option<(&[Step], usize)> {
    match pointer.split_last() {
        Some((Step::Index(index), list)) => Some((list, *index)),
        _ => None,
    }
}
