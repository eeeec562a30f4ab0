//! Bruno: folders of `.bru` files, or of YAML files in the `OpenCollection` format.

mod blocks;
mod bru;
mod parts;
mod scripts;
mod yaml;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::json::{any_text, description, list, text};
use super::planned::{MAX_FOLDERS, Planned};
use super::report::Notes;
use super::template::{Dialect, environment_data, translate};
use crate::model::Kind;
use parts::Parts;

/// Is it the `bruno.json` of a collection?
pub(super) fn is_root(value: &Value) -> bool {
    text(value, "type") == "collection" && value.get("version").is_some() && value.get("name").is_some()
}

/// Is it a `.bru` file, by its content?
pub(super) fn is_bru(text: &str) -> bool {
    bru::is_bru(text)
}

/// Is it the root file of an `OpenCollection`?
pub(super) fn is_open_collection(value: &Value) -> bool {
    yaml::is_root(value)
}

/// Is it a request of an `OpenCollection`?
pub(super) fn is_open_request(value: &Value) -> bool {
    yaml::is_request(value)
}

/// A file of a collection, whichever of the two formats it has.
pub(super) enum Content {
    /// A `.bru` file.
    Bru(String),
    /// A YAML file.
    Yaml(Value),
}

/// A collection of files whose paths begin at its root. `name` is that of `bruno.json`.
pub(super) fn read(name: &str, files: Vec<(String, Content)>, notes: &mut Notes) -> Planned {
    let mut root = Planned::new(Kind::Workspace, name);
    let mut top = Folder::default();
    let mut environments = Vec::new();
    for (path, content) in files {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", &path));
        if folder == "environments" {
            environments.push(environment(file, &content, notes));
            continue;
        }
        if let Content::Yaml(value) = &content
            && is_open_collection(value)
        {
            bundled(value, &mut top, &mut environments, notes);
        }
        let is_own = matches!(
            file,
            "collection.bru" | "folder.bru" | "folder.yml" | "folder.yaml"
        ) || matches!(&content, Content::Yaml(value) if is_open_collection(value));
        let mut parts = content.parts(&path, notes);
        let place = top.at(folder, notes);
        if is_own {
            place.own = Some(parts);
        } else if content.is_request() {
            if parts.name.is_empty() {
                stem(file).clone_into(&mut parts.name);
            }
            place.requests.push(parts);
        } else {
            notes.left("A file that is no part of the collection is not taken", &path);
        }
    }
    finish(&mut root, top, notes);
    let base = root.base_environment();
    base.children.extend(environments);
    translate(&mut root, Dialect::Bruno, notes);
    root
}

/// What belongs to the whole collection: variables are those of the base environment, the rest is a folder around all.
fn finish(root: &mut Planned, mut top: Folder, notes: &mut Notes) {
    let mut own = top.own.take().unwrap_or_default();
    let data = environment_data(std::mem::take(&mut own.variables), root.name(), notes);
    root.base_environment().set("data", data);
    let docs = std::mem::take(&mut own.docs);
    root.set_text("description", &docs);
    root.name().clone_into(&mut own.name);
    let mut around = own.into_folder(notes);
    let items = top.items(notes);
    if around.fields.len() > 1 {
        notes.changed(
            "Headers, authentication and scripts of the whole collection stand in a folder around its requests",
            root.name(),
        );
        around.children = items;
        root.children.push(around);
    } else {
        root.children.extend(items);
    }
}

/// Items and environments that stand in the root file itself.
fn bundled(value: &Value, top: &mut Folder, environments: &mut Vec<Planned>, notes: &mut Notes) {
    let config = value.get("config").unwrap_or(&Value::Null);
    for environment in list(config, "environments") {
        let mut planned = Planned::new(Kind::Environment, &any_text(environment, "name"));
        let variables = yaml::variables(environment, planned.name(), notes);
        let data = environment_data(variables, planned.name(), notes);
        planned.set("data", data);
        environments.push(planned);
    }
    bundled_items(list(value, "items"), top, 0, notes);
}

fn bundled_items(items: &[Value], folder: &mut Folder, depth: usize, notes: &mut Notes) {
    for (index, item) in items.iter().enumerate() {
        let name = any_text(item.get("info").unwrap_or(&Value::Null), "name");
        let mut parts = yaml::parts(item, &name, notes);
        if parts.seq == 0.0 {
            parts.seq = f64::from(u32::try_from(index).unwrap_or(u32::MAX));
        }
        if is_open_request(item) {
            folder.requests.push(parts);
        } else if item.get("items").is_some() && depth < MAX_FOLDERS {
            let inner = folder.folders.entry(format!("{index:08} {name}")).or_default();
            inner.own = Some(parts);
            bundled_items(list(item, "items"), inner, depth + 1, notes);
        } else {
            notes.left(
                "An entry that is neither a folder nor a request is not taken",
                &name,
            );
        }
    }
}

fn environment(file: &str, content: &Content, notes: &mut Notes) -> Planned {
    let name = match content {
        Content::Yaml(value) if !text(value, "name").is_empty() => text(value, "name"),
        _ => stem(file),
    };
    let mut environment = Planned::new(Kind::Environment, name);
    let variables = match content {
        Content::Bru(text) => bru::parts(text, file, notes).variables,
        Content::Yaml(value) => {
            if !description(value.get("description")).is_empty() {
                notes.left("Descriptions of environments are not taken", name);
            }
            yaml::variables(value, name, notes)
        }
    };
    let data = environment_data(variables, name, notes);
    environment.set("data", data);
    environment
}

impl Content {
    fn parts(&self, path: &str, notes: &mut Notes) -> Parts {
        match self {
            Self::Bru(text) => bru::parts(text, path, notes),
            Self::Yaml(value) => yaml::parts(value, path, notes),
        }
    }

    fn is_request(&self) -> bool {
        match self {
            Self::Bru(_) => true,
            Self::Yaml(value) => is_open_request(value),
        }
    }
}

/// A folder on its way: what it says of itself, and what it holds.
#[derive(Default)]
struct Folder {
    own: Option<Parts>,
    folders: BTreeMap<String, Folder>,
    requests: Vec<Parts>,
}

impl Folder {
    /// The folder with this path, made where it is missing.
    fn at(&mut self, path: &str, notes: &mut Notes) -> &mut Folder {
        let names: Vec<&str> = path.split('/').filter(|name| !name.is_empty()).collect();
        if names.len() > MAX_FOLDERS {
            notes.changed("Folders deeper than 40 levels are taken up into the last", path);
        }
        names.into_iter().take(MAX_FOLDERS).fold(self, |folder, name| {
            folder.folders.entry(name.to_owned()).or_default()
        })
    }

    /// Folders before requests, each by their number, as Bruno shows them.
    fn items(mut self, notes: &mut Notes) -> Vec<Planned> {
        let mut folders: Vec<(f64, Planned)> = Vec::new();
        for (key, mut folder) in std::mem::take(&mut self.folders) {
            let mut own = folder.own.take().unwrap_or_default();
            if own.name.is_empty() {
                own.name = key;
            }
            let seq = own.seq;
            let mut planned = own.into_folder(notes);
            planned.children = folder.items(notes);
            folders.push((seq, planned));
        }
        folders.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        self.requests.sort_by(|one, other| one.seq.total_cmp(&other.seq));
        let requests = self.requests.into_iter().map(|parts| parts.into_request(notes));
        folders
            .into_iter()
            .map(|(_, folder)| folder)
            .chain(requests)
            .collect()
    }
}

/// The name of a file without its ending.
fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// A GraphQL body.
fn graphql(query: &str, variables: &str) -> Value {
    let mut content = json!({ "query": query });
    if !variables.trim().is_empty() {
        content["variables"] =
            serde_json::from_str(variables).unwrap_or_else(|_| Value::String(variables.to_owned()));
    }
    json!({ "mimeType": "application/graphql", "text": content.to_string() })
}
