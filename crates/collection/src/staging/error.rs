//! Why a part of the changes cannot be taken.

/// Why a part of the changes cannot be taken. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StageError {
    /// What was chosen does not differ.
    #[error("“{what}” has no changes. Look at the list of changes again.")]
    NotChanged {
        /// Id, path or field.
        what: String,
    },
    /// A resource that goes in as a whole or not at all.
    #[error("A part of “{name}” cannot be chosen: {why} Choose all of it.")]
    OnlyWhole {
        /// Name of the resource.
        name: String,
        /// Why, a sentence.
        why: &'static str,
    },
    /// A file that goes in as a whole or not at all.
    #[error("A part of {path} cannot be chosen: {why} Choose everything that changed in this file.")]
    OnlyWholeFile {
        /// Repository path.
        path: String,
        /// Why, a sentence.
        why: &'static str,
    },
}

impl StageError {
    /// Stable code for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotChanged { .. } => "not-changed",
            Self::OnlyWhole { .. } => "only-whole",
            Self::OnlyWholeFile { .. } => "only-whole-file",
        }
    }
}
