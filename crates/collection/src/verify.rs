//! Is every file read, and does an edit leave alone what it does not touch?

use std::collections::BTreeMap;

use serde_json::Value;

use crate::collections::Collections;
use crate::model::{FileCheck, Problem};
use crate::source::{SourceFile, usual_dialect};
use crate::v5;
use crate::yaml::{parse, patch};

/// A key that no file has, with a value that has to be quoted.
const MARK: (&str, &str) = ("sheaf verify", "an edit that is: # undone");

impl Collections {
    /// Every file by path, with what is wrong with it.
    ///
    /// A file is stable when writing its own values back changes no byte, and when something new in each of its
    /// resources is taken out again without a trace.
    pub fn verify(&self) -> Vec<FileCheck> {
        let mut problems: BTreeMap<String, Vec<Problem>> = BTreeMap::new();
        for problem in self.problems() {
            problems.entry(problem.path.clone()).or_default().push(problem);
        }
        let check = |file: &SourceFile| {
            let problems = problems.remove(&file.path).unwrap_or_default();
            // A file of another kind of thing is none of ours to understand.
            let is_foreign = problems.iter().any(|problem| problem.code == "unknown-type");
            let parsed = is_foreign || !file.parsed().resources.is_empty();
            FileCheck {
                path: file.path.clone(),
                parsed,
                byte_stable: parsed && is_stable(file),
                problems,
            }
        };
        self.files.values().map(AsRef::as_ref).map(check).collect()
    }
}

fn is_stable(file: &SourceFile) -> bool {
    let Some(text) = file.text() else { return false };
    let Ok(value) = parse(text).map(|node| node.to_value()) else {
        return false;
    };
    let usual = usual_dialect(&file.path);
    let written = |text: &str, value: &Value| patch(text, value, usual).ok();
    let unedited = written(text, &value);
    let undone = written(text, &marked(&value, file)).and_then(|edited| written(&edited, &value));
    unedited.as_deref() == Some(text) && undone.as_deref() == Some(text)
}

/// The document with something new at the end of each resource.
fn marked(document: &Value, file: &SourceFile) -> Value {
    let mut marked = document.clone();
    // Without a line feed at the end of the file, only one resource can end there.
    let ends = file.text().is_some_and(|text| text.ends_with('\n'));
    let number = if ends { usize::MAX } else { 1 };
    for resource in file.parsed().resources.iter().take(number) {
        if let Some(item) = v5::item_at(&mut marked, &resource.pointer) {
            item.insert(MARK.0.to_owned(), MARK.1.into());
        }
    }
    marked
}
