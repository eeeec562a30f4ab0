//! Why nothing can be imported.

/// Why nothing can be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// More bytes than an import takes.
    #[error("This is more than 100 MB. Import a part of it.")]
    TooLarge,
    /// More files than an import takes.
    #[error("These are more than 20,000 files. Import a part of them.")]
    TooMany,
    /// No request, folder or environment was found.
    #[error(
        "There is nothing to import here. Sheaf reads collections of Insomnia, Postman, Bruno and Yaak, OpenAPI, HAR \
         and cURL commands.{}",
        why.as_ref().map(|why| format!(" {why}")).unwrap_or_default()
    )]
    Nothing {
        /// What was in the way, where that is known.
        why: Option<String>,
    },
}

impl ImportError {
    /// Stable code for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge | Self::TooMany => "too-large",
            Self::Nothing { .. } => "nothing-to-import",
        }
    }
}
