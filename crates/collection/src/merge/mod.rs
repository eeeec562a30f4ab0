//! The three-way merge of collections: what both sides agree on, and what a person must be asked.

mod file;

pub use file::merge_file;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::collections::Collections;
use crate::model::{Answer, Answers, Asks, FileEdit, Kind, Question, QuestionId, ResourceId};

/// Three states of the files that at least one side changed. A file that only one side changed is in all of them.
#[derive(Clone, Copy)]
pub struct MergeSides<'m> {
    /// Where both come from. More than one where two branches were merged into one another; none where they have
    /// nothing in common.
    pub bases: &'m [Collections],
    /// What is here.
    pub ours: &'m Collections,
    /// What comes in.
    pub theirs: &'m Collections,
    /// What neither side changed.
    pub beyond: &'m dyn Beyond,
}

/// What is known of resources in files that neither side changed. Asked only where folders move, come or go.
pub trait Beyond {
    /// The name and the parent of a resource; nothing where there is none of this id.
    fn place(&self, id: &ResourceId) -> Option<(String, Option<ResourceId>)>;
}

/// What a merge found.
#[derive(Debug, Default)]
pub struct Merged {
    /// What has to change in the files here, by path. Where a question is open, the value here stays.
    pub files: Vec<FileEdit>,
    /// What a person must decide, by collection, folder and name, then in the order of the editor.
    pub questions: Vec<Question>,
}

/// Merges what both sides made of collections.
pub fn merge(sides: &MergeSides<'_>, answers: &Answers) -> Merged {
    let states = [sides.ours, sides.theirs].into_iter().chain(sides.bases);
    let paths: BTreeSet<&String> = states.flat_map(|state| state.files.keys()).collect();
    let mut merged = Merged::default();
    for path in paths {
        merge_path(sides, path, answers, &mut merged);
    }
    merged
}

fn merge_path(sides: &MergeSides<'_>, path: &str, answers: &Answers, merged: &mut Merged) {
    let bytes = |state: &Collections| state.files.get(path).map(|file| file.bytes.to_vec());
    let (ours, theirs) = (bytes(sides.ours), bytes(sides.theirs));
    let base = sides.bases.first().and_then(&bytes);
    let id = QuestionId(path.to_owned());
    let after = match merge_file(path, base.as_deref(), ours.as_deref(), theirs.as_deref()) {
        Some(after) => after,
        None => match answers.get(&id) {
            Some(Answer::Ours) => ours.clone(),
            Some(Answer::Theirs) => theirs,
            Some(Answer::Value { value }) => value.as_str().map(|text| text.as_bytes().to_vec()),
            None => {
                merged
                    .questions
                    .push(file_question(id, path, [&base, &ours, &theirs]));
                return;
            }
        },
    };
    if after != ours {
        merged.files.push(FileEdit {
            path: path.to_owned(),
            after,
        });
    }
}

fn file_question(id: QuestionId, path: &str, values: [&Option<Vec<u8>>; 3]) -> Question {
    let text = |bytes: &Option<Vec<u8>>| {
        let text = bytes.as_ref().map(|bytes| std::str::from_utf8(bytes).ok());
        text.map(|text| text.map_or(Value::Null, Value::from))
    };
    let [base, ours, theirs] = values.map(text);
    Question {
        id,
        resource: ResourceId(path.to_owned()),
        kind: Kind::File,
        name: path.rsplit('/').next().unwrap_or(path).to_owned(),
        method: None,
        location: Vec::new(),
        file: path.to_owned(),
        field: None,
        label: "file".to_owned(),
        asks: Asks::File,
        base,
        ours,
        theirs,
    }
}
