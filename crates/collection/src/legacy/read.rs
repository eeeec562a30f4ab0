//! Reads one file of the legacy tree.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::path::LegacyPath;
use crate::fields::Fields;
use crate::kinds::kind_named;
use crate::model::{Kind, Problem, ResourceId};
use crate::problem::{from_yaml, problem};
use crate::resource::{Head, Parsed, Place, Resource};
use crate::yaml::{Node, into_map, line_and_column, parse, parse_but, parse_json};

/// The resource in this file, or why there is none.
pub(crate) fn read(path: &str, place: &LegacyPath<'_>, bytes: &Arc<Vec<u8>>, text: &str) -> Parsed {
    let reader = |placed| Reader {
        path,
        place,
        text,
        placed,
    };
    if let Some(node) = parse_but(text, |depth, key| depth > 1 || !HEAD.contains(&key)) {
        let bytes = bytes.clone();
        return reader(true).resource(&node, || Fields::later(move || all_fields(&bytes)));
    }
    match parse(text) {
        Ok(node) => reader(true).resource(&node, || {
            into_map(node.clone().into_entries().unwrap_or_default()).into()
        }),
        Err(error) => match place.is_json.then(|| parse_json(text)).flatten() {
            Some(fields) => reader(false).resource(&Node::without_places(&fields), || fields.clone().into()),
            None => Parsed::broken(from_yaml(&error, text, path)),
        },
    }
}

/// The keys that are read at once.
const HEAD: [&str; 8] = [
    "_id",
    "type",
    "parentId",
    "name",
    "url",
    "method",
    "fileName",
    "metaSortKey",
];

fn all_fields(bytes: &[u8]) -> Map<String, Value> {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let entries = parse(text).ok().and_then(Node::into_entries);
    into_map(entries.unwrap_or_default())
}

struct Reader<'r> {
    path: &'r str,
    place: &'r LegacyPath<'r>,
    text: &'r str,
    /// The nodes know where they stand.
    placed: bool,
}

impl Reader<'_> {
    fn resource(&self, node: &Node, fields: impl FnOnce() -> Fields) -> Parsed {
        if node.entries().is_none() {
            let message =
                "This file should hold one resource, a map of keys and values, but holds something else.";
            let at = line_and_column(self.text, node.span.start);
            return Parsed::broken(problem("not-a-map", message, self.path, Some(at)));
        }
        let kind = match self.kind(node) {
            Ok(kind) => kind,
            Err(problem) => return Parsed::broken(problem),
        };
        if let Err(problem) = self.check_id(node) {
            return Parsed::broken(problem);
        }
        let text = |key| node.get(key).and_then(Node::as_str).map(str::to_owned);
        let resource = Resource {
            id: ResourceId(self.place.id.to_owned()),
            kind,
            // A workspace belongs to nothing in Git; what stands there is a local project.
            parent: text("parentId")
                .map(ResourceId)
                .filter(|_| kind != Kind::Workspace),
            head: Head {
                name: text("name"),
                url: text("url"),
                method: text("method"),
                file_name: text("fileName"),
                sort_key: node.get("metaSortKey").and_then(Node::as_f64).unwrap_or(0.0),
            },
            fields: fields(),
            pointer: Vec::new(),
            span: None,
            id_place: self.key_place(node, "_id"),
            parent_place: self.key_place(node, "parentId"),
        };
        Parsed {
            resources: vec![resource],
            problems: Vec::new(),
        }
    }

    fn kind(&self, node: &Node) -> Result<Kind, Problem> {
        let written = node.get("type").and_then(Node::as_str).unwrap_or_default();
        if written != self.place.folder {
            let message = format!(
                "This file says its type is `{written}` but lies in the folder `{}`. Move it or correct its `type`.",
                self.place.folder
            );
            return Err(problem(
                "type-mismatch",
                message,
                self.path,
                self.value_place(node, "type"),
            ));
        }
        kind_named(written).ok_or_else(|| {
            let message =
                format!("Sheaf does not know resources of the type `{written}`. The file is left alone.");
            problem("unknown-type", message, self.path, self.value_place(node, "type"))
        })
    }

    fn check_id(&self, node: &Node) -> Result<(), Problem> {
        let written = node.get("_id").and_then(Node::as_str).unwrap_or_default();
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
            self.value_place(node, "_id"),
        ))
    }

    fn key_place(&self, node: &Node, key: &str) -> Option<Place> {
        let entry = node.entry(key)?;
        self.placed
            .then(|| line_and_column(self.text, entry.key_span.start))
    }

    fn value_place(&self, node: &Node, key: &str) -> Option<Place> {
        match node.entry(key) {
            Some(entry) => self
                .placed
                .then(|| line_and_column(self.text, entry.value.span.start)),
            None => self.placed.then_some((1, 1)),
        }
    }
}
