//! Where in a resource something stands, as a path and in words; and who decides where sides disagree.

use serde_json::Value;

use super::three::Three;
use crate::changes::below;
use crate::edit::path_key;

/// A place within a resource.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// As in [`FieldEdit::path`](crate::model::FieldEdit::path).
    pub path: String,
    /// What it belongs to, in words.
    pub word: String,
    /// Where below that.
    pub inner: String,
}

impl Place {
    /// A place with words of its own.
    pub(super) fn new(path: impl Into<String>, word: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            word: word.into(),
            inner: String::new(),
        }
    }

    /// Under a key of this place.
    pub(super) fn below(&self, key: &str) -> Self {
        Self {
            path: format!("{}.{}", self.path, path_key(key)),
            word: self.word.clone(),
            inner: below(&self.inner, key),
        }
    }

    /// In words.
    pub(super) fn label(&self) -> String {
        if self.inner.is_empty() {
            self.word.clone()
        } else {
            format!("{} {}", self.word, self.inner)
        }
    }
}

/// Decides what a place is where both sides made something else of it.
pub(super) trait Settle {
    /// Why there is no result.
    type Refusal;

    /// The value of the place.
    fn settle(&mut self, place: &Place, three: &Three<'_>) -> Result<Option<Value>, Self::Refusal>;
}

/// Both sides made something else of a place within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Disagreement;

/// Decides nothing: whoever asks takes the whole as one place.
pub(super) struct Refuse;

impl Settle for Refuse {
    type Refusal = Disagreement;

    fn settle(&mut self, _: &Place, _: &Three<'_>) -> Result<Option<Value>, Disagreement> {
        Err(Disagreement)
    }
}
