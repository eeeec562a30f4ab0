//! Reads one file of the legacy tree.

use serde_json::{Map, Value};

use super::path::LegacyPath;
use crate::kinds::kind_named;
use crate::model::{Kind, Problem, ResourceId};
use crate::problem::{from_yaml, problem};
use crate::resource::{Parsed, Place, Resource};
use crate::yaml::{Node, line_and_column, parse, parse_json};

/// The resource in this file, or why there is none.
pub(crate) fn read(path: &str, place: &LegacyPath<'_>, text: &str) -> Parsed {
    let node = match parse(text) {
        Ok(node) => node,
        Err(error) => {
            let json = if place.is_json { parse_json(text) } else { None };
            return match json {
                Some(fields) => Reader {
                    path,
                    place,
                    text,
                    node: None,
                }
                .resource(fields),
                None => Parsed::broken(from_yaml(&error, text, path)),
            };
        }
    };
    let Value::Object(fields) = node.to_value() else {
        let message =
            "This file should hold one resource, a map of keys and values, but holds something else.";
        let at = line_and_column(text, node.span.start);
        return Parsed::broken(problem("not-a-map", message, path, Some(at)));
    };
    let node = Some(&node);
    Reader {
        path,
        place,
        text,
        node,
    }
    .resource(fields)
}

struct Reader<'r> {
    path: &'r str,
    place: &'r LegacyPath<'r>,
    text: &'r str,
    node: Option<&'r Node>,
}

impl Reader<'_> {
    fn resource(&self, fields: Map<String, Value>) -> Parsed {
        let kind = match self.kind(&fields) {
            Ok(kind) => kind,
            Err(problem) => return Parsed::broken(problem),
        };
        if let Err(problem) = self.check_id(&fields) {
            return Parsed::broken(problem);
        }
        let parent = fields
            .get("parentId")
            .and_then(Value::as_str)
            .map(|id| ResourceId(id.to_owned()));
        let resource = Resource {
            id: ResourceId(self.place.id.to_owned()),
            kind,
            // A workspace belongs to nothing in Git; what stands there is a local project.
            parent: parent.filter(|_| kind != Kind::Workspace),
            fields,
            pointer: Vec::new(),
            id_place: self.key_place("_id"),
            parent_place: self.key_place("parentId"),
        };
        Parsed {
            resources: vec![resource],
            problems: Vec::new(),
        }
    }

    fn kind(&self, fields: &Map<String, Value>) -> Result<Kind, Problem> {
        let written = fields.get("type").and_then(Value::as_str).unwrap_or_default();
        if written != self.place.folder {
            let message = format!(
                "This file says its type is `{written}` but lies in the folder `{}`. Move it or correct its `type`.",
                self.place.folder
            );
            return Err(problem(
                "type-mismatch",
                message,
                self.path,
                self.value_place("type"),
            ));
        }
        kind_named(written).ok_or_else(|| {
            let message =
                format!("Sheaf does not know resources of the type `{written}`. The file is left alone.");
            problem("unknown-type", message, self.path, self.value_place("type"))
        })
    }

    fn check_id(&self, fields: &Map<String, Value>) -> Result<(), Problem> {
        let written = fields.get("_id").and_then(Value::as_str).unwrap_or_default();
        if written == self.place.id {
            return Ok(());
        }
        let message = format!(
            "This file says its id is `{written}` but is named `{}`. Rename the file or correct its `_id`.",
            self.place.id
        );
        Err(problem(
            "id-mismatch",
            message,
            self.path,
            self.value_place("_id"),
        ))
    }

    fn key_place(&self, key: &str) -> Option<Place> {
        let entry = self.node?.entry(key)?;
        Some(line_and_column(self.text, entry.key_span.start))
    }

    fn value_place(&self, key: &str) -> Option<Place> {
        match self.node?.get(key) {
            Some(node) => Some(line_and_column(self.text, node.span.start)),
            None => Some((1, 1)),
        }
    }
}
