//! The fields of a resource that are searched, and what they are called.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::lines::{Line, lines};
use super::query::SearchQuery;
use crate::changes::{label, row_word};
use crate::edit::{name_field, path_key, row_name};
use crate::model::FieldHit;
use crate::resource::{KEPT_BY_PROGRAMS, Resource};

/// A choice of three words: nobody looks for it.
const CHOICE: &str = "settingFollowRedirects";

/// Where a resource holds what is searched; at most `most` hits.
pub(super) fn hits(resource: &Resource, query: &SearchQuery, most: usize) -> Vec<FieldHit> {
    let mut walk = Walk {
        query,
        most,
        hits: Vec::new(),
        path: Vec::new(),
    };
    let name = name_field(resource.kind);
    if let Some(value) = resource.fields.get(name) {
        walk.value(name, value);
    }
    let others = resource.fields.iter().filter(|(field, _)| {
        *field != name && *field != CHOICE && !KEPT_BY_PROGRAMS.contains(&field.as_str())
    });
    for (field, value) in others {
        walk.value(field, value);
    }
    walk.hits
}

/// The same for a file that cannot be read as a resource.
pub(super) fn hits_of_text(text: &str, query: &SearchQuery, most: usize) -> Vec<FieldHit> {
    let found = lines(text, query).into_iter().take(most);
    found
        .map(|line| hit(line, "text".to_owned(), "file".to_owned(), false))
        .collect()
}

/// One step below a field.
#[derive(Clone, Copy)]
enum Step<'r> {
    Key(&'r str),
    /// With the name of the row.
    Row(usize, &'r str),
}

struct Walk<'r, 'q> {
    query: &'q SearchQuery,
    most: usize,
    hits: Vec<FieldHit>,
    /// Below the field; names are put together only where there is a hit.
    path: Vec<Step<'r>>,
}

impl<'r> Walk<'r, '_> {
    fn value(&mut self, field: &'r str, value: &'r Value) {
        match value {
            Value::String(text) => self.text(field, text, false),
            Value::Number(number) => self.text(field, &crate::yaml::js_number(number), false),
            Value::Array(items) => self.list(field, items),
            Value::Object(map) => self.map(field, map),
            Value::Bool(_) | Value::Null => {}
        }
    }

    fn list(&mut self, field: &'r str, items: &'r [Value]) {
        for (index, item) in items.iter().enumerate() {
            self.path.push(Step::Row(index, row_name(item)));
            self.value(field, item);
            self.path.pop();
        }
    }

    fn map(&mut self, field: &'r str, map: &'r Map<String, Value>) {
        let in_row = matches!(self.path.last(), Some(Step::Row(..))) && !has_own_keys(field);
        for (key, value) in map {
            // ids of rows are made by programs
            if in_row && key == "id" {
                continue;
            }
            self.path.push(Step::Key(key));
            if has_own_keys(field) {
                self.text(field, key, true);
            }
            self.value(field, value);
            self.path.pop();
        }
    }

    fn text(&mut self, field: &'r str, text: &str, in_key: bool) {
        if self.hits.len() >= self.most {
            return;
        }
        for line in lines(text, self.query) {
            if self.hits.len() < self.most {
                self.hits
                    .push(hit(line, self.path(field), self.label(field), in_key));
            }
        }
    }

    fn path(&self, field: &str) -> String {
        let mut path = path_key(field);
        for step in &self.path {
            match step {
                Step::Key(key) => {
                    path.push('.');
                    path.push_str(&path_key(key));
                }
                // writing to a String cannot fail
                Step::Row(index, _) => drop(write!(path, "[{index}]")),
            }
        }
        path
    }

    fn label(&self, field: &str) -> String {
        match (field, self.path.as_slice()) {
            ("headers" | "parameters" | "pathParameters" | "metadata", [Step::Row(_, name), ..]) => {
                named(row_word(field), name)
            }
            ("body", [Step::Key("params"), Step::Row(_, name), ..]) => named("form field", name),
            ("body", [Step::Key("text"), ..] | []) => "body".to_owned(),
            ("body", [Step::Key("mimeType"), ..]) => "body type".to_owned(),
            ("body", [Step::Key("fileName"), ..]) => "body file".to_owned(),
            (field, path) if has_own_keys(field) => named("environment value", &keys(path)),
            ("authentication", path) => named("authentication", &keys(path)),
            (field, _) => label(field),
        }
    }
}

/// Fields whose keys are chosen by people.
fn has_own_keys(field: &str) -> bool {
    matches!(field, "data" | "environment")
}

fn named(word: &str, name: &str) -> String {
    format!("{word} {name}").trim_end().to_owned()
}

fn keys(path: &[Step<'_>]) -> String {
    let keys = path.iter().map(|step| match step {
        Step::Key(key) => (*key).to_owned(),
        Step::Row(index, _) => index.to_string(),
    });
    keys.collect::<Vec<_>>().join(".")
}

fn hit(line: Line, path: String, label: String, in_key: bool) -> FieldHit {
    FieldHit {
        path,
        label,
        snippet: line.snippet,
        ranges: line.ranges,
        line: line.number,
        at: line.at,
        in_key,
    }
}
