//! `OpenAPI` 3.0 and 3.1, and Swagger 2.

mod content;
mod example;
mod operation;
mod references;
mod security;
mod servers;

use std::collections::HashMap;

use serde_json::Value;

use super::json::{description, entries, list, text};
use super::planned::Planned;
use super::report::Notes;
use crate::model::Kind;
use references::References;

/// The methods that a path can have.
const METHODS: &[&str] = &[
    "get", "post", "put", "patch", "delete", "head", "options", "trace", "query",
];
/// Operations that become requests.
const MAX_OPERATIONS: usize = 50_000;

/// Bytes of all examples together.
const MAX_EXAMPLES: usize = 32 * 1024 * 1024;

/// Which version it is, by name; nothing where it is no description of an API.
pub(super) fn version(value: &Value) -> Option<&'static str> {
    let openapi = super::json::any_text(value, "openapi");
    if openapi.starts_with('3') {
        return Some(if openapi.starts_with("3.0") {
            "OpenAPI 3.0"
        } else {
            "OpenAPI 3.1"
        });
    }
    super::json::any_text(value, "swagger")
        .starts_with('2')
        .then_some("Swagger 2")
}

/// A design collection: the description as it is, and a request for every operation.
pub(super) fn read(value: &Value, source: &str, notes: &mut Notes) -> Planned {
    let info = value.get("info").unwrap_or(&Value::Null);
    let title = match text(info, "title").trim() {
        "" => "API",
        title => title,
    };
    let mut root = Planned::new(Kind::Workspace, title);
    root.set("scope", "design");
    root.set_text("description", description(info.get("description")));
    let language = if source.trim_start().starts_with('{') {
        "json"
    } else {
        "yaml"
    };
    // A name that the collection itself does not have: both are found by their names.
    let mut spec = Planned::new(Kind::ApiSpec, &format!("{title}.{language}"));
    spec.set("contents", source);
    spec.set("contentType", language);
    servers::environments(value, &mut root, notes);
    let mut reader = Reader {
        root: value,
        references: References::new(value),
        is_swagger: value.get("swagger").is_some(),
        variables: Vec::new(),
        spent: 0,
        notes,
    };
    let items = reader.items();
    let variables = std::mem::take(&mut reader.variables);
    for (name, example) in variables {
        let base = root.base_environment();
        if let Some(data) = base.fields.get_mut("data").and_then(Value::as_object_mut) {
            data.entry(name).or_insert(example);
        }
    }
    root.children.extend(items);
    root.children.push(spec);
    for key in ["webhooks", "x-webhooks"] {
        if entries(value, key).next().is_some() {
            notes.left(
                "Webhooks are not taken as requests; they stay in the description",
                "",
            );
        }
    }
    root
}

struct Reader<'r, 'n> {
    root: &'r Value,
    references: References<'r>,
    is_swagger: bool,
    /// Variables that the requests use, with a value to start from.
    variables: Vec<(String, Value)>,
    /// Bytes of examples so far.
    spent: usize,
    notes: &'n mut Notes,
}

impl Reader<'_, '_> {
    /// True where no more examples are made: a small description can refer to a large example a thousand times.
    fn is_spent(&mut self) -> bool {
        let is_spent = self.spent > MAX_EXAMPLES;
        if is_spent {
            self.notes.left("Examples beyond 32 MB are not taken", "");
        }
        is_spent
    }

    fn spend(&mut self, bytes: usize) {
        self.spent = self.spent.saturating_add(bytes);
    }

    /// Requests in folders by their first tag, in the order of the tags.
    fn items(&mut self) -> Vec<Planned> {
        let mut folders: Vec<Planned> = Vec::new();
        let mut by_tag: HashMap<String, usize> = HashMap::new();
        for tag in list(self.root, "tags") {
            let mut folder = Planned::new(Kind::RequestGroup, text(tag, "name"));
            folder.set_text("description", description(tag.get("description")));
            by_tag.insert(text(tag, "name").to_owned(), folders.len());
            folders.push(folder);
        }
        let mut loose = Vec::new();
        let mut count = 0;
        for (path, item) in entries(self.root, "paths") {
            let item = self.references.resolved(item);
            if path.starts_with("x-") {
                continue;
            }
            for method in METHODS {
                let Some(operation) = item.get(*method).filter(|operation| operation.is_object()) else {
                    continue;
                };
                count += 1;
                if count > MAX_OPERATIONS {
                    self.notes
                        .left("Of more than 50,000 operations the others are not taken", path);
                    continue;
                }
                let request = self.request(path, method, item, operation);
                let tag = list(operation, "tags").first().and_then(Value::as_str);
                match tag {
                    None => loose.push(request),
                    Some(tag) => {
                        let at = *by_tag.entry(tag.to_owned()).or_insert_with(|| {
                            folders.push(Planned::new(Kind::RequestGroup, tag));
                            folders.len() - 1
                        });
                        folders[at].children.push(request);
                    }
                }
            }
        }
        folders.retain(|folder| !folder.children.is_empty());
        folders.extend(loose);
        folders
    }
}
