//! Every text of a file's resources, with where it stands and the name it stands under.

use serde_json::{Map, Value};

use crate::changes::{RowName, body_label, is_rows, label, named, row_label, row_path, tree_word};
use crate::collections::Collections;
use crate::edit::path_key;
use crate::model::{Kind, ResourceId, ResourcePlace};
use crate::resource::{KEPT_BY_PROGRAMS, Resource};

/// What Insomnia has encrypted.
const ENCRYPTED: &str = "__insomnia_vault";
/// Deeper values are not looked into.
const MAX_DEPTH: usize = 64;

/// Where a text stands in a resource.
pub struct TextPlace<'c, 's> {
    resource: &'c Resource,
    steps: &'s [Step<'c>],
}

#[derive(Clone, Copy)]
enum Step<'c> {
    Key(&'c str),
    Row(RowName<'c>),
    Index(usize),
}

impl Collections {
    /// Visits every text of the resources in a file with its place, the name it stands under, and itself.
    pub fn each_text<'c>(&'c self, path: &str, visit: &mut dyn FnMut(&TextPlace<'c, '_>, &'c str, &'c str)) {
        let file = self.files.get(path);
        for resource in file.into_iter().flat_map(|file| &file.parsed().resources) {
            let mut walk = Walk {
                resource,
                steps: Vec::new(),
                visit,
            };
            walk.map(&resource.fields, 0);
        }
    }

    /// What a resource is called and where it lies.
    pub fn resource_place(&self, id: &ResourceId) -> Option<ResourcePlace> {
        let (_, resource) = self.located(id)?;
        Some(ResourcePlace {
            id: id.clone(),
            kind: resource.kind,
            name: resource.name(),
            method: resource.method(),
            location: self.location(resource),
        })
    }
}

impl TextPlace<'_, '_> {
    /// The resource.
    pub fn id(&self) -> &ResourceId {
        &self.resource.id
    }

    /// Path of the field, as an edit names it: `headers.Authorization`.
    pub fn field(&self) -> String {
        let mut path = String::new();
        let mut in_row = false;
        for step in self.steps {
            match step {
                Step::Key("value") if in_row => {}
                Step::Key(key) if path.is_empty() => path = path_key(key),
                Step::Key(key) => path = format!("{path}.{}", path_key(key)),
                Step::Row(name) => path = row_path(&path, *name),
                Step::Index(index) => path = format!("{path}[{index}]"),
            }
            in_row = matches!(step, Step::Row(_));
        }
        path
    }

    /// The same in words: `header Authorization`.
    pub fn label(&self) -> String {
        let keys = |steps: &[Step<'_>]| {
            let keys = steps.iter().map(|step| match step {
                Step::Key(key) => (*key).to_owned(),
                Step::Row((name, _)) => (*name).to_owned(),
                Step::Index(index) => index.to_string(),
            });
            keys.collect::<Vec<_>>().join(".")
        };
        match self.steps {
            [Step::Key(field), Step::Row(name), rest @ ..] => cell_label(field, *name, rest),
            [Step::Key("body"), Step::Key(list), Step::Row(name), rest @ ..] => {
                cell_label(&format!("body.{list}"), *name, rest)
            }
            [Step::Key("body"), Step::Key(key), ..] => body_label(key),
            [Step::Key(field), rest @ ..] => match tree_word(field).filter(|_| !rest.is_empty()) {
                Some(word) => format!("{word} {}", keys(rest)),
                None => label(field),
            },
            _ => String::new(),
        }
    }

    /// Whether a template would be filled in here when the request is sent.
    pub fn takes_templates(&self) -> bool {
        let fits = matches!(
            self.resource.kind,
            Kind::Request
                | Kind::RequestGroup
                | Kind::Environment
                | Kind::GrpcRequest
                | Kind::WebSocketRequest
                | Kind::SocketIORequest
        );
        fits && match self.steps {
            [Step::Key("url")]
            | [Step::Key("authentication" | "data" | "environment"), ..]
            | [Step::Key("body"), Step::Key("text")] => true,
            [
                Step::Key("headers" | "parameters" | "pathParameters" | "metadata"),
                cell @ ..,
            ]
            | [Step::Key("body"), Step::Key("params"), cell @ ..] => {
                matches!(cell, [] | [Step::Row(_), Step::Key("value")])
            }
            _ => false,
        }
    }
}

fn cell_label(field: &str, name: RowName<'_>, rest: &[Step<'_>]) -> String {
    let row = row_label(field, name);
    match rest {
        [Step::Key("value")] | [] => row,
        [Step::Key(key), ..] => format!("{row} {key}"),
        _ => row,
    }
}

struct Walk<'c, 'v> {
    resource: &'c Resource,
    steps: Vec<Step<'c>>,
    visit: &'v mut dyn FnMut(&TextPlace<'c, '_>, &'c str, &'c str),
}

impl<'c> Walk<'c, '_> {
    fn map(&mut self, map: &'c Map<String, Value>, depth: usize) {
        let in_row = matches!(self.steps.last(), Some(Step::Row(_)));
        for (key, value) in map {
            let is_made = if in_row {
                key == "id" || key == "value" && is_encrypted(map)
            } else {
                (KEPT_BY_PROGRAMS.contains(&key.as_str()) || key == ENCRYPTED) && self.steps.len() < 2
            };
            if !is_made {
                self.steps.push(Step::Key(key));
                self.value(value, depth);
                self.steps.pop();
            }
        }
    }

    fn value(&mut self, value: &'c Value, depth: usize) {
        match value {
            Value::String(text) => self.text(text),
            Value::Object(map) if depth < MAX_DEPTH => self.map(map, depth + 1),
            Value::Array(items) if depth < MAX_DEPTH => self.list(items, depth + 1),
            _ => {}
        }
    }

    fn list(&mut self, items: &'c [Value], depth: usize) {
        let field = match self.steps.as_slice() {
            [Step::Key(field)] => (*field).to_owned(),
            [Step::Key("body"), Step::Key(key)] => format!("body.{key}"),
            _ => String::new(),
        };
        if is_rows(&field) {
            for row in named(&field, items) {
                self.steps.push(Step::Row(row.name));
                self.value(row.content, depth);
                self.steps.pop();
            }
            return;
        }
        for (index, item) in items.iter().enumerate() {
            self.steps.push(Step::Index(index));
            self.value(item, depth);
            self.steps.pop();
        }
    }

    fn text(&mut self, text: &'c str) {
        if text.is_empty() {
            return;
        }
        let place = TextPlace {
            resource: self.resource,
            steps: &self.steps,
        };
        let name = self.name();
        (self.visit)(&place, name, text);
    }

    /// What the text stands under: the name of its row, or the nearest key.
    fn name(&self) -> &'c str {
        match self.steps.as_slice() {
            [.., Step::Row((name, _)), Step::Key("value")] => name,
            [Step::Key("authentication"), Step::Key("value")] => "apiKey",
            [Step::Key("authentication"), Step::Key("key")] if self.is_hawk() => "secretKey",
            steps => {
                let key = steps.iter().rev().find_map(|step| match step {
                    Step::Key(key) => Some(*key),
                    _ => None,
                });
                key.unwrap_or_default()
            }
        }
    }

    fn is_hawk(&self) -> bool {
        let kind = self
            .resource
            .fields
            .get("authentication")
            .map(|auth| &auth["type"]);
        kind.and_then(Value::as_str) == Some("hawk")
    }
}

/// A row of an environment table that Insomnia keeps in its vault.
fn is_encrypted(row: &Map<String, Value>) -> bool {
    row.get("type").and_then(Value::as_str) == Some("secret")
}
