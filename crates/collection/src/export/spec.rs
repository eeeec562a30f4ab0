//! The API spec as a file of its own.

use serde_json::Value;

use crate::collections::Collections;
use crate::edit::EditError;
use crate::model::{Kind, ResourceId};
use crate::yaml::{Dialect, emit, parse};

impl Collections {
    /// The API spec of a collection: as it is written, or where the other language is wanted, in that.
    pub fn export_spec(&self, id: &ResourceId, as_json: bool) -> Result<String, EditError> {
        let (_, resource) = self.editable(id)?;
        let spec = if resource.kind == Kind::ApiSpec {
            Some(id)
        } else {
            let collection = self.index().collection_of.get(id).unwrap_or(id);
            let mut children = self.index().children.get(collection).into_iter().flatten();
            children.find(|id| {
                self.located(id)
                    .is_some_and(|(_, child)| child.kind == Kind::ApiSpec)
            })
        };
        let Some((_, spec)) = spec.and_then(|id| self.located(id)) else {
            return Err(EditError::bad_place("this collection has no API spec."));
        };
        let text = spec.text("contents").unwrap_or_default();
        let is_json = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
        if is_json == as_json {
            return Ok(text.to_owned());
        }
        let unreadable =
            || EditError::bad_value("contents", "the API spec has a mistake and cannot be translated.");
        if as_json {
            let value = parse(text).map_err(|_| unreadable())?.to_value();
            let json = serde_json::to_string_pretty(&value).map_err(|_| unreadable())?;
            return Ok(json + "\n");
        }
        let value: Value = serde_json::from_str(text).map_err(|_| unreadable())?;
        Ok(emit::document(&value, Dialect::Yaml2))
    }
}
