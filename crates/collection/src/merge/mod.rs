//! The three-way merge of collections: what both sides agree on, and what a person must be asked.
//!
//! Identity is the id of a resource, never its path or place. First it is decided what stays and what holds it
//! ([`structure`]), then what each of these resources says ([`fields`]), and then that is written into the text that is
//! here ([`write`]). What comes out is read again ([`check`]) before anybody gets it.

mod asks;
mod check;
mod fields;
mod json_text;
mod lines;
mod ordered;
mod pieces;
mod place;
mod result;
mod rows;
mod spec;
mod states;
mod structure;
mod text;
mod three;
mod tree;
mod v5_item;
mod v5_tree;
mod whole;
mod write;
mod write_legacy;
mod write_v5;

use crate::collections::Collections;
use crate::model::{Answers, Asks as What, FileEdit, Question, ResourceId};

use asks::Asks;
use states::States;
use structure::Structure;
use whole::merge_whole;

/// Three states of the files that at least one side changed. A file that only one side changed is in all of them.
#[derive(Clone, Copy)]
pub struct MergeSides<'m> {
    /// Where both come from. More than one where two branches were merged into one another; none where they have
    /// nothing in common.
    pub bases: &'m [&'m Collections],
    /// What is here.
    pub ours: &'m Collections,
    /// What comes in.
    pub theirs: &'m Collections,
    /// What neither side changed.
    pub beyond: &'m dyn Beyond,
}

/// What is known of resources in files that neither side changed. Asked where folders move, come or go, and for the
/// names of those that hold what a question is about.
pub trait Beyond {
    /// The name and the parent of a resource; nothing where there is none of this id.
    fn place(&self, id: &ResourceId) -> Option<(String, Option<ResourceId>)>;
}

/// What a merge found.
#[derive(Debug, Default, Clone)]
pub struct Merged {
    /// What has to change in the files here, by path. Where a question is open, the value here stays.
    pub files: Vec<FileEdit>,
    /// What a person must decide, by collection, folder and name, then in the order of the editor.
    pub questions: Vec<Question>,
}

/// Merges what both sides made of collections.
pub fn merge(sides: &MergeSides<'_>, answers: &Answers) -> Merged {
    let states = States::new(sides);
    let mut asks = Asks::new(&states, answers);
    let structure = Structure::new(&states, &mut asks);
    let entries = result::entries(&states, &structure, &mut asks);
    let mut written = write::write(&states, &structure, &entries);
    check::check(&states, &entries, &mut written, &mut asks);
    for path in &states.whole {
        written.files.extend(merge_whole(&states, path, true, &mut asks));
    }
    let mut questions = asks.into_questions();
    for question in &mut questions {
        if let Some(path) = written.paths.get(&question.resource) {
            question.file.clone_from(path);
        }
    }
    questions.sort_by(|a, b| order(a).cmp(&order(b)));
    written.files.sort_by(|a, b| a.path.cmp(&b.path));
    Merged {
        files: written.files,
        questions,
    }
}

/// By collection, folder and name. What is about all of a resource or its place comes before its fields.
fn order(question: &Question) -> (&[String], &str, &ResourceId, bool) {
    let is_field = question.asks == What::Value;
    (&question.location, &question.name, &question.resource, is_field)
}
