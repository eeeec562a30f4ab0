//! Why an edit was refused.

use crate::model::ResourceId;

/// Why an edit was refused. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// No resource with this id, path or name.
    #[error("There is nothing called `{what}` here. Check the name, or use the id.")]
    NotFound {
        /// What was asked for.
        what: String,
    },
    /// More than one resource has this name.
    #[error("More than one thing is called `{what}`: {}. Use the id of the one you mean.", candidates.join(", "))]
    Ambiguous {
        /// What was asked for.
        what: String,
        /// Ids and names that fit.
        candidates: Vec<String>,
    },
    /// Sheaf can show this but not change it.
    #[error("This can only be shown: {reason}")]
    ReadOnly {
        /// Why, and what to do.
        reason: String,
    },
    /// The field does not exist or cannot be set.
    #[error("The field `{field}` cannot be set: {reason}")]
    BadField {
        /// Path of the field.
        field: String,
        /// Why.
        reason: String,
    },
    /// The value does not fit the field.
    #[error("`{field}` cannot have this value: {reason}")]
    BadValue {
        /// Path of the field.
        field: String,
        /// What fits.
        reason: String,
    },
    /// The resource cannot go there.
    #[error("It cannot be put there: {reason}")]
    BadPlace {
        /// Why.
        reason: String,
    },
    /// The change could not be made without risk for the rest of the file.
    #[error(
        "The file of `{id}` was left as it is: the change could not be made without risk for the rest of the file. \
         Edit it in a text editor."
    )]
    Unsafe {
        /// The resource.
        id: ResourceId,
    },
}

impl EditError {
    /// Stable code for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "not-found",
            Self::Ambiguous { .. } => "ambiguous",
            Self::ReadOnly { .. } => "read-only",
            Self::BadField { .. } => "bad-field",
            Self::BadValue { .. } => "bad-value",
            Self::BadPlace { .. } => "bad-place",
            Self::Unsafe { .. } => "unsafe-edit",
        }
    }

    pub(crate) fn not_found(what: impl Into<String>) -> Self {
        Self::NotFound { what: what.into() }
    }

    pub(crate) fn read_only(reason: impl Into<String>) -> Self {
        Self::ReadOnly {
            reason: reason.into(),
        }
    }

    pub(crate) fn bad_field(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::BadField {
            field: field.into(),
            reason: reason.into(),
        }
    }

    pub(crate) fn bad_value(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::BadValue {
            field: field.into(),
            reason: reason.into(),
        }
    }

    pub(crate) fn bad_place(reason: impl Into<String>) -> Self {
        Self::BadPlace {
            reason: reason.into(),
        }
    }
}
