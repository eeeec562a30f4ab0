//! What a use case says when it did not work: what happened, what is unchanged, what to do.

use sheaf_collection::{EditError, ImportError, SearchError, StageError};
use sheaf_git::error::GitError;
use sheaf_git::uri::UriProblem;

use crate::model::ErrorView;

/// Result of a use case.
pub type Result<T> = std::result::Result<T, ProjectError>;

/// A use case that did not work.
#[derive(Debug, thiserror::Error)]
#[error("{cause}")]
pub struct ProjectError {
    /// Why.
    pub cause: Cause,
    unchanged: &'static str,
}

/// Why a use case did not work.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum Cause {
    #[error(transparent)]
    Git(#[from] GitError),
    #[error(transparent)]
    Edit(#[from] EditError),
    #[error(transparent)]
    Import(#[from] ImportError),
    #[error(transparent)]
    Search(#[from] SearchError),
    #[error(transparent)]
    Stage(#[from] StageError),
    #[error("the keychain of this system cannot be used: {0}")]
    Keychain(String),
    #[error("{message}")]
    Refused {
        code: &'static str,
        message: String,
        advice: String,
    },
}

impl ProjectError {
    /// A refusal that this layer decided on.
    pub fn refused(code: &'static str, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Cause::Refused {
            code,
            message: message.into(),
            advice: advice.into(),
        }
        .into()
    }

    /// Says what was left as it was, where "nothing was changed" is too little.
    #[must_use]
    pub fn keeping(mut self, unchanged: &'static str) -> Self {
        self.unchanged = unchanged;
        self
    }

    /// Stable code.
    pub fn code(&self) -> &str {
        match &self.cause {
            Cause::Git(e) => e.code(),
            Cause::Edit(e) => e.code(),
            Cause::Import(e) => e.code(),
            Cause::Search(e) => e.code(),
            Cause::Stage(e) => e.code(),
            Cause::Keychain(_) => "keychain",
            Cause::Refused { code, .. } => code,
        }
    }

    /// True where the network, not the host, was the obstacle: trying again later makes sense.
    pub fn is_offline(&self) -> bool {
        use sheaf_git::error::NetworkError as N;
        matches!(
            &self.cause,
            Cause::Git(GitError::Network(
                N::NameNotFound(_)
                    | N::Connect { .. }
                    | N::IdleTimeout(_)
                    | N::Unavailable { .. }
                    | N::Broken { .. }
            ))
        )
    }

    /// For the window and the command line.
    pub fn view(&self) -> ErrorView {
        let advice = match &self.cause {
            Cause::Git(e) => e.advice(),
            Cause::Edit(_) | Cause::Import(_) | Cause::Search(_) | Cause::Stage(_) => String::new(),
            Cause::Keychain(_) => {
                "Unlock or set up the keychain, or go on: the token is then kept for this run only."
                    .to_owned()
            }
            Cause::Refused { advice, .. } => advice.clone(),
        };
        ErrorView {
            code: self.code().to_owned(),
            message: sentence(&sheaf_git::redact::text(&self.to_string())),
            unchanged: self.unchanged.to_owned(),
            advice,
        }
    }
}

impl<E: Into<Cause>> From<E> for ProjectError {
    fn from(cause: E) -> Self {
        Self {
            cause: cause.into(),
            unchanged: "Nothing was changed.",
        }
    }
}

impl From<UriProblem> for Cause {
    fn from(problem: UriProblem) -> Self {
        Self::Git(GitError::Uri(problem))
    }
}

/// The text with a capital letter and a full stop.
fn sentence(text: &str) -> String {
    let mut chars = text.trim().chars();
    let Some(first) = chars.next() else {
        return String::new();
    };
    let text = format!("{}{}", first.to_uppercase(), chars.as_str());
    if text.ends_with(['.', '!', '?', '”']) {
        text
    } else {
        text + "."
    }
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn a_message_is_a_sentence() {
        assert_eq!(
            sentence("there is nothing to commit"),
            "There is nothing to commit."
        );
        assert_eq!(sentence(""), "");
    }
}
