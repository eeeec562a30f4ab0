//! The questions of a merge as they come up, and the answers that there are.

use std::convert::Infallible;

use serde_json::Value;

use super::place::{Place, Settle};
use super::states::{Found, States};
use super::three::Three;
use crate::changes::kind_word;
use crate::model::{Answer, Answers, Asks as What, Kind, Question, QuestionId, ResourceId};

/// Questions, with all that is needed to put them.
pub(super) struct Asks<'m> {
    states: &'m States<'m>,
    answers: &'m Answers,
    questions: Vec<Question>,
}

/// Which side a person took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// What is here.
    Ours,
    /// What comes in.
    Theirs,
}

impl<'m> Asks<'m> {
    pub(super) fn new(states: &'m States<'m>, answers: &'m Answers) -> Self {
        Self {
            states,
            answers,
            questions: Vec::new(),
        }
    }

    /// What is still open.
    pub(super) fn into_questions(self) -> Vec<Question> {
        self.questions
    }

    /// How many questions there are so far.
    pub(super) fn mark(&self) -> usize {
        self.questions.len()
    }

    /// Takes the questions since then back.
    pub(super) fn back_to(&mut self, mark: usize) {
        self.questions.truncate(mark);
    }

    /// What a person said.
    pub(super) fn answer(&self, id: &QuestionId) -> Option<&'m Answer> {
        self.answers.get(id)
    }

    /// Has this been put already?
    pub(super) fn is_asked(&self, id: &QuestionId) -> bool {
        self.questions.iter().any(|question| question.id == *id)
    }

    /// Puts a question.
    pub(super) fn push(&mut self, question: Question) {
        self.questions.push(question);
    }

    /// Asks for the fields of a resource.
    pub(super) fn about<'a>(&'a mut self, id: &'a ResourceId) -> Asking<'a, 'm> {
        Asking {
            asks: self,
            id,
            took_values: false,
            without_values: false,
        }
    }

    /// Keep it, or delete it with all that is in it? Nothing while that is open.
    pub(super) fn deleted(&mut self, id: &ResourceId) -> Option<Taken> {
        let question_id = QuestionId(id.0.clone());
        match self.answer(&question_id) {
            Some(Answer::Ours) => return Some(Taken::Ours),
            Some(Answer::Theirs) => return Some(Taken::Theirs),
            Some(Answer::Value { .. }) | None => {}
        }
        let fields =
            |found: Option<Found<'_>>| found.map(|found| Value::Object(found.resource.fields.clone()));
        let states = self.states;
        let values = [
            states.bases.iter().find_map(|base| fields(base.get(id))),
            fields(states.ours.get(id)),
            fields(states.theirs.get(id)),
        ];
        let mut question = self.question(id, question_id, What::Deleted, values);
        kind_word(question.kind).clone_into(&mut question.label);
        self.push(question);
        None
    }

    /// A question about a resource.
    pub(super) fn question(
        &self,
        id: &ResourceId,
        question_id: QuestionId,
        asks: What,
        [base, ours, theirs]: [Option<Value>; 3],
    ) -> Question {
        let states = self.states;
        let found = states.any(id);
        Question {
            id: question_id,
            resource: id.clone(),
            kind: found.map_or(Kind::Broken, |found| found.resource.kind),
            name: found.map_or_else(|| id.0.clone(), |found| found.resource.name()),
            method: found.and_then(|found| found.resource.method()),
            location: states.location(id),
            file: found.map(|found| found.file.path.clone()).unwrap_or_default(),
            field: None,
            label: String::new(),
            asks,
            base,
            ours,
            theirs,
        }
    }
}

/// Asks about the fields of one resource.
pub(super) struct Asking<'a, 'm> {
    asks: &'a mut Asks<'m>,
    id: &'a ResourceId,
    /// A value that a person gave was taken.
    pub took_values: bool,
    /// Values that a person gave are not taken.
    pub without_values: bool,
}

impl Settle for Asking<'_, '_> {
    type Refusal = Infallible;

    fn settle(&mut self, place: &Place, three: &Three<'_>) -> Result<Option<Value>, Infallible> {
        let question_id = QuestionId(format!("{}:{}", self.id, place.path));
        match self.asks.answer(&question_id) {
            Some(Answer::Ours) => return Ok(three.ours.cloned()),
            Some(Answer::Theirs) => return Ok(three.theirs.cloned()),
            Some(Answer::Value { value }) if !self.without_values && fits(value, three) => {
                self.took_values = true;
                return Ok(Some(value.clone()));
            }
            Some(Answer::Value { .. }) | None => {}
        }
        let values = [three.shown_base(), three.ours, three.theirs].map(Option::<&Value>::cloned);
        let mut question = self.asks.question(self.id, question_id, What::Value, values);
        question.field = Some(place.path.clone());
        question.label = place.label();
        self.asks.push(question);
        Ok(three.ours.cloned())
    }
}

/// Is the value of the type of one that stands there?
fn fits(value: &Value, three: &Three<'_>) -> bool {
    let like = |side: &Value| std::mem::discriminant(side) == std::mem::discriminant(value);
    let sides = [three.ours, three.theirs, three.shown_base()];
    sides.into_iter().flatten().any(like)
}
