//! What a file is, told by its content.

use serde_json::Value;

use super::bruno::{self, Content};
use super::planned::Planned;
use super::report::Notes;
use super::{curl, har, insomnia, openapi, postman, yaak};
use crate::collections::Collections;
use crate::model::Kind;
use crate::yaml;

/// Files that belong together, in one format.
pub(super) enum Source {
    /// One or several cURL commands.
    Curl(String),
    /// An export of Insomnia.
    Export(Value),
    /// Files that Insomnia's Git Sync wrote.
    Insomnia(Vec<(String, Vec<u8>)>),
    /// A collection of Postman, by its version.
    Postman(&'static str, Value),
    /// Environments of Postman.
    PostmanEnvironment(Value),
    /// A description of an API, by its version, and its text.
    OpenApi(&'static str, Value, String),
    /// An archive of a browser, and its path.
    Har(Value, String),
    /// A collection of Bruno: its name and its files.
    Bruno(String, Vec<(String, Content)>),
    /// Resources of Yaak.
    Yaak(Vec<Value>),
}

impl Source {
    /// What the format is called.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Curl(_) => "cURL",
            Self::Export(_) => "Insomnia export",
            Self::Insomnia(_) => "Insomnia collection",
            Self::Postman(version, _) | Self::OpenApi(version, ..) => version,
            Self::PostmanEnvironment(_) => "Postman environment",
            Self::Har(..) => "HTTP archive (HAR)",
            Self::Bruno(..) => "Bruno collection",
            Self::Yaak(_) => "Yaak workspace",
        }
    }

    /// The ids are Insomnia's.
    pub(super) fn keeps_ids(&self) -> bool {
        matches!(self, Self::Export(_) | Self::Insomnia(_))
    }

    /// The requests belong to no collection.
    pub(super) fn is_loose(&self) -> bool {
        matches!(self, Self::Curl(_) | Self::Har(..))
    }

    /// Reads it into collections. Environments of Postman join the collections that are there already.
    pub(super) fn read(self, roots: &mut Vec<Planned>, notes: &mut Notes) {
        match self {
            Self::Curl(text) => roots.extend(curl::read(&text, notes)),
            Self::Export(value) => roots.extend(insomnia::export(&value, notes)),
            Self::Insomnia(files) => roots.extend(insomnia::files(files, notes)),
            Self::Postman(_, value) => roots.push(postman::collection(&value, notes)),
            Self::PostmanEnvironment(value) => postman_environment(&value, roots, notes),
            Self::OpenApi(_, value, text) => roots.push(openapi::read(&value, &text, notes)),
            Self::Har(value, path) => {
                roots.extend(Some(har::read(&value, &path, notes)).filter(holds_something));
            }
            Self::Bruno(name, files) => roots.push(bruno::read(&name, files, notes)),
            Self::Yaak(models) => roots.extend(yaak::read(&models, notes)),
        }
    }
}

fn holds_something(root: &Planned) -> bool {
    !root.children.is_empty()
}

fn postman_environment(value: &Value, roots: &mut Vec<Planned>, notes: &mut Notes) {
    let (environment, is_global) = postman::environment(value, notes);
    if roots.is_empty() {
        roots.push(Planned::new(Kind::Workspace, environment.name()));
    }
    if roots.len() > 1 {
        notes.changed(
            "Environments stand in the first of several collections",
            environment.name(),
        );
    }
    let Some(root) = roots.first_mut() else { return };
    let base = root.base_environment();
    if !is_global {
        base.children.push(environment);
        return;
    }
    notes.changed("Globals are values of the base environment", environment.name());
    if !base.fields.contains_key("data") {
        base.set("data", Value::Object(serde_json::Map::new()));
    }
    let globals = environment.fields.get("data").and_then(Value::as_object);
    if let Some(data) = base.fields.get_mut("data").and_then(Value::as_object_mut) {
        for (name, value) in globals.into_iter().flatten() {
            data.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }
}

/// Sorts files by what they are. What is nothing known is noted.
pub(super) fn sources(files: Vec<(String, Vec<u8>)>, notes: &mut Notes) -> Vec<Source> {
    let mut sorter = Sorter::default();
    let bruno_roots = bruno_roots(&files);
    let mut bruno: Vec<Vec<(String, Content)>> = bruno_roots.iter().map(|_| Vec::new()).collect();
    for (path, bytes) in files {
        if let Some(inner) = tree_path(&path) {
            sorter.tree.push((inner.to_owned(), bytes));
            continue;
        }
        let Some(text) = text(bytes) else {
            notes.left("A file that is no text is not taken", &path);
            continue;
        };
        let root = bruno_roots
            .iter()
            .position(|(folder, _)| path.strip_prefix(folder.as_str()).is_some());
        if let Some(at) = root {
            let inner = path[bruno_roots[at].0.len()..].to_owned();
            match bruno_content(&inner, text) {
                _ if inner == "bruno.json" => {}
                Some(content) => bruno[at].push((inner, content)),
                None => notes.left("A file that is no part of the collection is not taken", &path),
            }
            continue;
        }
        sorter.file(path, text, notes);
    }
    for ((_, name), files) in bruno_roots.into_iter().zip(bruno) {
        sorter.sources.push(Source::Bruno(name, files));
    }
    sorter.finish()
}

#[derive(Default)]
struct Sorter {
    sources: Vec<Source>,
    environments: Vec<Source>,
    tree: Vec<(String, Vec<u8>)>,
    yaak: Vec<Value>,
    bru: Vec<(String, Content)>,
}

impl Sorter {
    fn file(&mut self, path: String, text: String, notes: &mut Notes) {
        if Collections::is_v5(text.as_bytes()) {
            // Such files are told by this ending, too.
            let path = format!("{path}.yaml");
            self.sources
                .push(Source::Insomnia(vec![(path, text.into_bytes())]));
            return;
        }
        if bruno::is_bru(&text) {
            self.bru.push((path, Content::Bru(text)));
            return;
        }
        match structured(&text) {
            Ok(Some(value)) => self.value(value, path, text, notes),
            Ok(None) | Err(_) if holds_curl(&text) => self.sources.push(Source::Curl(text)),
            Err(why) => notes.left(format!("A file that cannot be read is not taken ({why})"), &path),
            Ok(None) => notes.left("A file of no known format is not taken", &path),
        }
    }

    fn value(&mut self, mut value: Value, path: String, text: String, notes: &mut Notes) {
        if let Some(inner) = value
            .get_mut("collection")
            .filter(|inner| inner.get("info").is_some())
        {
            // What Postman's API answers.
            value = inner.take();
        }
        if insomnia::is_export(&value) {
            self.sources.push(Source::Export(value));
        } else if har::is_har(&value) {
            self.sources.push(Source::Har(value, path));
        } else if let Some(version) = openapi::version(&value) {
            self.sources.push(Source::OpenApi(version, value, text));
        } else if bruno::is_open_collection(&value) {
            let name = super::json::text(value.get("info").unwrap_or(&Value::Null), "name").to_owned();
            self.sources
                .push(Source::Bruno(name, vec![(path, Content::Yaml(value))]));
        } else if bruno::is_open_request(&value) {
            self.bru.push((path, Content::Yaml(value)));
        } else if postman::is_collection(&value) {
            self.sources
                .push(Source::Postman(postman::version(&value), value));
        } else if postman::is_environment(&value) {
            self.environments.push(Source::PostmanEnvironment(value));
        } else if yaak::is_model(&value) {
            self.yaak.push(value);
        } else if yaak::is_export(&value) {
            self.yaak.extend(yaak::exported(&value));
        } else if value.get("collections").is_some_and(Value::is_array) {
            // A dump of everything from Postman.
            for inner in super::json::list(&value, "collections") {
                if postman::is_collection(inner) {
                    self.sources
                        .push(Source::Postman(postman::version(inner), inner.clone()));
                }
            }
            let environments = super::json::list(&value, "environments").iter();
            self.environments
                .extend(environments.map(|inner| Source::PostmanEnvironment(inner.clone())));
        } else if holds_curl(&text) {
            // A header in a command reads as a map of YAML.
            self.sources.push(Source::Curl(text));
        } else {
            notes.left("A file of no known format is not taken", &path);
        }
    }

    fn finish(mut self) -> Vec<Source> {
        if !self.tree.is_empty() {
            self.sources.push(Source::Insomnia(self.tree));
        }
        if !self.yaak.is_empty() {
            self.sources.push(Source::Yaak(self.yaak));
        }
        if !self.bru.is_empty() {
            self.sources.push(Source::Bruno("Bruno".to_owned(), self.bru));
        }
        self.sources.extend(self.environments);
        self.sources
    }
}

/// A map in JSON or YAML; nothing where the text is none, an error where it looks like one and is not.
fn structured(text: &str) -> Result<Option<Value>, String> {
    let start = text.trim_start();
    if start.starts_with(['{', '[']) {
        return match serde_json::from_str::<Value>(text) {
            Ok(value) => Ok(Some(value)),
            // `{` starts a map of YAML, too.
            Err(error) => yaml::parse(text)
                .map(|node| Some(node.to_value()))
                .map_err(|_| error.to_string()),
        };
    }
    match yaml::parse(text) {
        Ok(node) => Ok(Some(node.to_value()).filter(Value::is_object)),
        Err(error) => {
            let (line, _) = yaml::line_and_column(text, error.offset);
            let is_yaml = ["openapi:", "swagger:", "_type:", "model:", "type:", "info:"]
                .iter()
                .any(|key| text.lines().any(|line| line.starts_with(key)));
            if is_yaml {
                Err(format!("line {line}: {}", error.message))
            } else {
                Ok(None)
            }
        }
    }
}

/// The path within the `.insomnia` tree, with the folder that the tree stands in.
fn tree_path(path: &str) -> Option<&str> {
    (path.starts_with(".insomnia/") || path.contains("/.insomnia/")).then_some(path)
}

/// Folders (with their `/`) that are collections of Bruno, deepest first, with their names.
fn bruno_roots(files: &[(String, Vec<u8>)]) -> Vec<(String, String)> {
    let mut roots: Vec<(String, String)> = Vec::new();
    for (path, bytes) in files {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let value = match file {
            "bruno.json" => serde_json::from_slice::<Value>(bytes).ok().filter(bruno::is_root),
            "opencollection.yml" | "opencollection.yaml" => std::str::from_utf8(bytes)
                .ok()
                .and_then(|text| yaml::parse(text).ok())
                .map(|node| node.to_value())
                .filter(bruno::is_open_collection),
            _ => None,
        };
        let Some(value) = value else { continue };
        let name = match super::json::text(&value, "name") {
            "" => super::json::text(value.get("info").unwrap_or(&Value::Null), "name"),
            name => name,
        };
        let folder = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        roots.push((folder, name.to_owned()));
    }
    roots.sort_by_key(|(folder, _)| std::cmp::Reverse(folder.len()));
    roots
}

/// A file within a collection of Bruno; nothing for what is none.
fn bruno_content(path: &str, text: String) -> Option<Content> {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending)?;
    match ending {
        "bru" => Some(Content::Bru(text)),
        "yml" | "yaml" => {
            let value = yaml::parse(&text).ok()?.to_value();
            value.is_object().then_some(Content::Yaml(value))
        }
        _ => None,
    }
}

/// The text of a file: UTF-8, or UTF-16 with its mark, as Windows saves it.
fn text(bytes: Vec<u8>) -> Option<String> {
    let wide = |bytes: &[u8], order: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes
            .chunks_exact(2)
            .map(|pair| order([pair[0], pair[1]]))
            .collect();
        String::from_utf16(&units).ok()
    };
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        _ => String::from_utf8(bytes).ok(),
    }
}

/// Does a line of the text start a cURL command?
fn holds_curl(text: &str) -> bool {
    const MAX_LINES: usize = 1000;
    text.lines().take(MAX_LINES).any(|line| {
        let mut words = line
            .split_whitespace()
            .filter(|word| !matches!(*word, "$" | "%" | "#" | ">"));
        let is_curl = |word: &str| {
            let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
            name.eq_ignore_ascii_case("curl") || name.eq_ignore_ascii_case("curl.exe")
        };
        words
            .find(|word| !word.contains('=') && !matches!(*word, "sudo" | "time" | "env"))
            .is_some_and(is_curl)
    })
}
