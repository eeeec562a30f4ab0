//! A collection as one file of Insomnia 11 and later, which imports it.

use serde_json::Map;

use crate::collections::Collections;
use crate::edit::EditError;
use crate::model::{Kind, ResourceId};
use crate::v5::{Part, fill_document, type_name};
use crate::yaml::{Dialect, emit};

/// Folders within folders.
const MAX_DEPTH: usize = 256;
/// The schema that Insomnia has written since the middle of 2025.
const VERSION: &str = "5.1";

impl Collections {
    /// The text of the file, and what it could not take along, a sentence each.
    pub fn export_insomnia(&self, id: &ResourceId) -> Result<(String, Vec<String>), EditError> {
        let (file, resource) = self.editable(id)?;
        if resource.kind != Kind::Workspace {
            return Err(EditError::bad_place(
                "only a whole collection is exported for Insomnia.",
            ));
        }
        if file.legacy_path().is_none() {
            let text = file.text().unwrap_or_default().to_owned();
            return Ok((text, Vec::new()));
        }
        let root = self.part(id, 0).ok_or_else(|| EditError::not_found(&id.0))?;
        let scope = resource.text("scope").unwrap_or_default();
        let first = Map::from_iter([
            ("type".to_owned(), type_name(scope).into()),
            ("schema_version".to_owned(), VERSION.into()),
            ("name".to_owned(), resource.name().into()),
        ]);
        let (document, notes) = fill_document(first, &root, false)?;
        Ok((emit::document(&document, Dialect::Yaml2), notes))
    }

    /// A resource with everything below it, in display order.
    fn part(&self, id: &ResourceId, depth: usize) -> Option<Part> {
        let (_, resource) = self.located(id)?;
        let children = self.index().children.get(id).into_iter().flatten();
        let children = children.filter(|_| depth < MAX_DEPTH);
        Some(Part {
            kind: resource.kind,
            fields: resource.fields.clone(),
            children: children.filter_map(|child| self.part(child, depth + 1)).collect(),
        })
    }
}
