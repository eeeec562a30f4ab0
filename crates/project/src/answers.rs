//! Answers to the questions of a merge. An answer counts for the three values it was given to and no others, so that
//! another fetch, or an edit, brings a question back instead of an answer to another one.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sheaf_collection::model::{Answer, Answers, Question, QuestionId};

/// Answers that were given so far.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Given(Vec<GivenAnswer>);

/// One answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct GivenAnswer {
    question: QuestionId,
    /// Mark of the values it was given to; absent where it counts for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seen: Option<String>,
    answer: Answer,
}

impl Given {
    /// No answers.
    pub(crate) fn none() -> &'static Self {
        static NONE: Given = Given(Vec::new());
        &NONE
    }

    /// Answers that count whatever the values are. The key may also be the id of a resource, or the path of a file,
    /// and is then about all questions in it.
    pub(crate) fn to_anything(answers: &Answers) -> Self {
        let given = |(question, answer): (&QuestionId, &Answer)| GivenAnswer {
            question: question.clone(),
            seen: None,
            answer: answer.clone(),
        };
        Self(answers.iter().map(given).collect())
    }

    /// The same with the answer to a question set, or (with none) taken back.
    pub(crate) fn with(mut self, question: &QuestionId, seen: &str, answer: Option<&Answer>) -> Self {
        self.0
            .retain(|given| given.question != *question || given.seen.as_deref() != Some(seen));
        self.0.extend(answer.map(|answer| GivenAnswer {
            question: question.clone(),
            seen: Some(seen.to_owned()),
            answer: answer.clone(),
        }));
        self
    }

    /// True where nothing was answered.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those of two; where both answer a question, the first counts.
    pub(crate) fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// The answer to a question.
    pub(crate) fn to(&self, question: &Question) -> Option<&Answer> {
        let seen = mark(question);
        let exact = |given: &&GivenAnswer| {
            given.question == question.id && given.seen.as_deref() == Some(seen.as_str())
        };
        let keys = [&question.id.0, &question.resource.0, &question.file];
        let any = |key: &str| {
            self.0
                .iter()
                .find(|given| given.seen.is_none() && given.question.0 == key)
        };
        let found = self.0.iter().find(exact);
        found
            .or_else(|| keys.into_iter().find_map(|key| any(key)))
            .map(|given| &given.answer)
    }
}

/// Tells the values of a question from others.
pub(crate) fn mark(question: &Question) -> String {
    let values = [&question.base, &question.ours, &question.theirs];
    let text = values.map(|value| value.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string));
    let digest = Sha256::digest(text.join("\n").as_bytes());
    let start = digest.first_chunk::<8>().copied().unwrap_or_default();
    format!("{:016x}", u64::from_be_bytes(start))
}
