//! The collection that two people work on.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sheaf_project::collection::Collections;
use sheaf_project::collection::model::{FieldEdit, FileEdit, Kind, ResourceId, Scope};

use crate::failure::Failure;

const FOLDERS: usize = 5;
const REQUESTS: usize = 40;
/// When it was made.
const THEN: i64 = 1_750_000_000_000;

/// A collection with the ids of what can be edited in it.
pub(crate) struct Sample {
    pub(crate) collections: Collections,
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) folders: Vec<ResourceId>,
    pub(crate) requests: Vec<ResourceId>,
    pub(crate) environment: ResourceId,
}

/// In the tree, a resource a file.
pub(super) fn legacy() -> Result<Sample, Failure> {
    let mut sample = Sample {
        collections: Collections::default(),
        files: BTreeMap::new(),
        folders: Vec::new(),
        requests: Vec::new(),
        environment: ResourceId(String::new()),
    };
    let (root, edits) = sample
        .collections
        .create_collection("Parcels", Scope::Collection, THEN, |_| false);
    sample.apply(edits);
    for n in 0..FOLDERS {
        let (id, edits) =
            sample
                .collections
                .create(Kind::RequestGroup, &root, &format!("Folder {n}"), THEN)?;
        sample.apply(edits);
        sample.folders.push(id);
    }
    for n in 0..REQUESTS {
        let folder = sample.folders.get(n % FOLDERS).cloned().unwrap_or(root.clone());
        let (id, edits) = sample
            .collections
            .create(Kind::Request, &folder, &format!("Request {n}"), THEN)?;
        sample.apply(edits);
        let edits = sample.collections.set_fields(&id, &fields(n), THEN)?;
        sample.apply(edits);
        sample.requests.push(id);
    }
    let (environment, edits) = sample
        .collections
        .create(Kind::Environment, &root, "Staging", THEN)?;
    sample.apply(edits);
    let data: serde_json::Map<String, Value> = (0..12)
        .map(|n| (format!("key_{n}"), format!("value {n}").into()))
        .collect();
    let edits = sample
        .collections
        .set_fields(&environment, &[set("data", Value::Object(data))], THEN)?;
    sample.apply(edits);
    sample.environment = environment;
    Ok(sample)
}

/// The same in one file.
pub(super) fn v5() -> Result<Sample, Failure> {
    let mut sample = legacy()?;
    let root = sample
        .collections
        .trees()
        .first()
        .map(|tree| tree.id.clone())
        .ok_or_else(|| Failure::new("there is no collection"))?;
    let conversion = sample.collections.convert(&root, THEN, |_| false)?;
    sample.apply(conversion.files);
    Ok(sample)
}

impl Sample {
    fn apply(&mut self, edits: Vec<FileEdit>) {
        self.collections = apply(&self.collections, &mut self.files, edits);
    }
}

/// The state after some edits.
pub(super) fn apply(
    collections: &Collections,
    files: &mut BTreeMap<String, Vec<u8>>,
    edits: Vec<FileEdit>,
) -> Collections {
    for FileEdit { path, after } in &edits {
        match after {
            Some(bytes) => drop(files.insert(path.clone(), bytes.clone())),
            None => drop(files.remove(path)),
        }
    }
    collections.with_files(edits.into_iter().map(|edit| (edit.path, edit.after)))
}

pub(super) fn set(path: &str, value: Value) -> FieldEdit {
    FieldEdit {
        path: path.to_owned(),
        value: Some(value),
    }
}

fn fields(n: usize) -> Vec<FieldEdit> {
    let rows = |what: &str, count: usize| -> Value {
        (0..count)
            .map(|row| json!({ "name": format!("{what}-{row}"), "value": format!("{what} {n} {row}") }))
            .collect()
    };
    let body: serde_json::Map<String, Value> = (0..10)
        .map(|leaf| (format!("leaf_{leaf}"), json!(leaf)))
        .collect();
    let body = serde_json::to_string_pretty(&body).unwrap_or_default();
    let script: Vec<String> = (0..12).map(|line| format!("const line{line} = {n};")).collect();
    vec![
        set("url", format!("https://api.example.test/{n}").into()),
        set("method", "POST".into()),
        set("headers", rows("X-Header", 5)),
        set("parameters", rows("param", 4)),
        set("body", json!({ "mimeType": "application/json", "text": body })),
        set("description", "What it does.\n\nMore about it.".into()),
        set("afterResponseScript", script.join("\n").into()),
    ]
}
