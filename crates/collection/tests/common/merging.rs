//! Merges of small collections, told in a few words.

use std::collections::BTreeMap;

use serde_json::Value;
use sheaf_collection::model::{Answer, Answers, Asks, FieldEdit, FileEdit, Question, QuestionId, ResourceId};
use sheaf_collection::{Beyond, Collections, MergeSides, Merged, merge};

use super::{files, id};

/// Nothing is beyond the files of a test.
pub(crate) struct NothingBeyond;

impl Beyond for NothingBeyond {
    fn place(&self, _: &ResourceId) -> Option<(String, Option<ResourceId>)> {
        None
    }
}

/// The files of a state.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct State(pub BTreeMap<String, Vec<u8>>);

impl std::fmt::Debug for State {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (path, bytes) in &self.0 {
            writeln!(formatter, "=== {path}\n{}", String::from_utf8_lossy(bytes))?;
        }
        Ok(())
    }
}

impl State {
    pub(crate) fn shop() -> Self {
        Self(files().into_iter().collect())
    }

    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let files = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
        Self(files.collect())
    }

    pub(crate) fn all(&self) -> Collections {
        Collections::read(self.0.clone())
    }

    pub(crate) fn text(&self, path: &str) -> String {
        let bytes = self
            .0
            .get(path)
            .unwrap_or_else(|| panic!("no {path} among {:?}", self.0.keys()));
        String::from_utf8(bytes.clone()).unwrap()
    }

    pub(crate) fn with(&self, edits: Vec<FileEdit>) -> Self {
        let mut state = self.clone();
        for edit in edits {
            match edit.after {
                Some(bytes) => drop(state.0.insert(edit.path, bytes)),
                None => drop(state.0.remove(&edit.path)),
            }
        }
        state
    }

    /// After an edit of fields at some time.
    pub(crate) fn set(&self, resource: &str, edits: &[FieldEdit], now: i64) -> Self {
        self.with(self.all().set_fields(&id(resource), edits, now).unwrap())
    }

    /// After any edit.
    pub(crate) fn edited<E: std::fmt::Debug>(
        &self,
        edit: impl FnOnce(&Collections) -> Result<Vec<FileEdit>, E>,
    ) -> Self {
        self.with(edit(&self.all()).unwrap())
    }

    /// With another text in a file.
    pub(crate) fn replaced(&self, path: &str, from: &str, to: &str) -> Self {
        let text = self.text(path);
        assert!(text.contains(from), "{from} is not in {path}:\n{text}");
        let mut state = self.clone();
        state
            .0
            .insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
        state
    }

    pub(crate) fn without(&self, path: &str) -> Self {
        let mut state = self.clone();
        assert!(state.0.remove(path).is_some(), "{path}");
        state
    }

    /// A field of a resource, by a pointer into its fields.
    pub(crate) fn field(&self, resource: &str, pointer: &str) -> Value {
        let view = self.all().resource(&id(resource));
        let fields = Value::Object(view.unwrap_or_else(|| panic!("no {resource}")).fields);
        fields.pointer(pointer).cloned().unwrap_or_default()
    }

    /// Without the times of changes.
    pub(crate) fn untimed(&self) -> Self {
        let untimed = |bytes: &Vec<u8>| {
            let text = String::from_utf8_lossy(bytes).into_owned();
            let lines = text
                .split_inclusive('\n')
                .filter(|line| !line.trim_start().starts_with("modified:"));
            lines.collect::<String>().into_bytes()
        };
        Self(
            self.0
                .iter()
                .map(|(path, bytes)| (path.clone(), untimed(bytes)))
                .collect(),
        )
    }

    pub(crate) fn has(&self, resource: &str) -> bool {
        self.all().ids().contains(&id(resource))
    }
}

/// What a merge came to.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub state: State,
    pub questions: Vec<Question>,
}

impl Outcome {
    /// The ids of the questions.
    pub(crate) fn asked(&self) -> Vec<&str> {
        self.questions
            .iter()
            .map(|question| question.id.0.as_str())
            .collect()
    }

    pub(crate) fn one(&self) -> &Question {
        assert_eq!(self.questions.len(), 1, "{:?}", self.asked());
        &self.questions[0]
    }
}

pub(crate) fn merged_with(bases: &[&State], ours: &State, theirs: &State, answers: &Answers) -> Outcome {
    let bases: Vec<Collections> = bases.iter().map(|base| base.all()).collect();
    let sides = MergeSides {
        bases: &bases.iter().collect::<Vec<_>>(),
        ours: &ours.all(),
        theirs: &theirs.all(),
        beyond: &NothingBeyond,
    };
    let Merged { files, questions } = merge(&sides, answers);
    for edit in &files {
        assert_ne!(
            edit.after.as_ref(),
            ours.0.get(&edit.path),
            "{} is no change",
            edit.path
        );
    }
    for question in &questions {
        assert!(!answers.contains_key(&question.id) || matches!(answers[&question.id], Answer::Value { .. }));
        assert!(
            !question.label.is_empty() && !question.name.is_empty() && !question.file.is_empty(),
            "{question:?}"
        );
        assert_eq!(
            question.asks == Asks::Value || question.asks == Asks::Place,
            question.field.is_some()
        );
    }
    Outcome {
        state: ours.with(files),
        questions,
    }
}

pub(crate) fn merged(base: &State, ours: &State, theirs: &State) -> Outcome {
    merged_with(&[base], ours, theirs, &Answers::new())
}

/// The same where nothing is to be asked.
pub(crate) fn clean(base: &State, ours: &State, theirs: &State) -> State {
    let outcome = merged(base, ours, theirs);
    assert!(outcome.questions.is_empty(), "{:#?}", outcome.questions);
    assert_eq!(problems(&outcome.state), problems(ours));
    outcome.state
}

/// The same with answers to all that is asked.
pub(crate) fn answered(base: &State, ours: &State, theirs: &State, answers: &[(&str, Answer)]) -> State {
    let outcome = merged_with(&[base], ours, theirs, &answers_of(answers));
    assert!(outcome.questions.is_empty(), "{:#?}", outcome.questions);
    outcome.state
}

pub(crate) fn answers_of(answers: &[(&str, Answer)]) -> Answers {
    let answers = answers
        .iter()
        .map(|(id, answer)| (QuestionId((*id).to_owned()), answer.clone()));
    answers.collect()
}

pub(crate) fn value(value: impl Into<Value>) -> Answer {
    Answer::Value { value: value.into() }
}

/// What is wrong with a state.
pub(crate) fn problems(state: &State) -> Vec<String> {
    let mut problems = state.all().problems();
    problems.retain(|problem| problem.code != "unseen-by-insomnia");
    problems
        .into_iter()
        .map(|problem| format!("{} {}", problem.code, problem.path))
        .collect()
}
