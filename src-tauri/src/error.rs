//! What the page gets from a rejected command.

use serde::Serialize;
use sheaf_project::error::ProjectError;
use sheaf_project::model::ErrorView;

/// An [`ErrorView`], ready for the page.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct CommandError(pub ErrorView);

/// Result of a command.
pub(crate) type Result<T> = std::result::Result<T, CommandError>;

impl From<ProjectError> for CommandError {
    fn from(error: ProjectError) -> Self {
        Self(error.view())
    }
}

impl CommandError {
    /// An error of the shell itself.
    pub fn new(code: &str, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self(ErrorView {
            code: code.to_owned(),
            message: message.into(),
            unchanged: "Nothing was changed.".to_owned(),
            advice: advice.into(),
        })
    }
}
