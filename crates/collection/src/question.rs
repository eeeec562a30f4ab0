//! What a merge asks a person, and what a person answers. Plain data, derived from files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::model::{Kind, ResourceId};

/// Names a question within one merge, over restarts and new fetches: `ID`, or `ID:FIELD` with the field as in
/// [`FieldEdit::path`](crate::model::FieldEdit::path); for an ordinary file its path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(export)]
pub struct QuestionId(pub String);

impl std::fmt::Display for QuestionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Asks {
    /// Both sides gave one field another value.
    Value,
    /// One side deleted the resource, the other changed it or put something into it. The values are its fields;
    /// absent where it is deleted.
    Deleted,
    /// Both sides moved the resource, or their moves together would make a circle. The values are ids of folders.
    Place,
    /// Both sides changed a file that is no collection, or that cannot be read piece by piece. The values are texts;
    /// absent where there is no such file, null where it is no text.
    File,
}

/// A disagreement that a merge cannot settle: one field, three values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Question {
    /// Key of the answer.
    pub id: QuestionId,
    /// Id of the resource, or the path of an ordinary file.
    pub resource: ResourceId,
    /// What it is.
    pub kind: Kind,
    /// Its name here.
    pub name: String,
    /// `GET`, `POST`, … where it is a request.
    pub method: Option<String>,
    /// Names of the collection and folders that hold it, outermost first.
    pub location: Vec<String>,
    /// Repository path of the file that will hold the answer.
    pub file: String,
    /// Dotted path, as in [`FieldEdit::path`](crate::model::FieldEdit::path); absent where it is about all of it.
    pub field: Option<String>,
    /// In words: "URL", "header X-Tenant", "body"; for the whole resource what it is.
    pub label: String,
    /// What is asked.
    pub asks: Asks,
    /// Value that both come from; absent where there was none.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "unknown")]
    pub base: Option<Value>,
    /// Value here; absent where there is none.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "unknown")]
    pub ours: Option<Value>,
    /// Value that comes in; absent where there is none.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "unknown")]
    pub theirs: Option<Value>,
}

/// A value that is there is one, also where it is null.
fn given<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(from).map(Some)
}

/// What a person answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "take")]
#[ts(export)]
pub enum Answer {
    /// What is here.
    Ours,
    /// What comes in.
    Theirs,
    /// This value instead: of the type of the field, for a file its text.
    Value {
        /// The value.
        #[ts(type = "unknown")]
        value: Value,
    },
}

/// Answers by question. One to a question that is not asked (any more) has no effect.
pub type Answers = BTreeMap<QuestionId, Answer>;
