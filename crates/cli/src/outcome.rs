//! What a command leaves: a status, a JSON object, and the same in words.

use serde::Serialize;
use serde_json::{Value, json};
use sheaf_project::error::ProjectError;
use sheaf_project::model::ErrorView;

/// How it ended; the number is the exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// Done.
    Done = 0,
    /// Failed; see the error.
    Failed = 1,
    /// The command line itself is wrong.
    Usage = 2,
    /// Nothing was touched; the user must decide.
    Decide = 3,
}

/// Result of a command.
pub(crate) struct Done {
    /// How it ended.
    pub status: Status,
    /// The object of `--json`.
    pub json: Value,
    /// The same for people.
    pub text: String,
}

impl Done {
    /// It worked.
    pub(crate) fn ok(json: &impl Serialize, text: impl Into<String>) -> Self {
        Self {
            status: Status::Done,
            json: value(json),
            text: text.into(),
        }
    }

    /// The user must decide.
    pub(crate) fn decide(json: &impl Serialize, text: impl Into<String>) -> Self {
        Self {
            status: Status::Decide,
            json: value(json),
            text: text.into(),
        }
    }

    /// It failed.
    pub(crate) fn error(view: &ErrorView) -> Self {
        let lines = [&view.message, &view.unchanged, &view.advice].map(String::as_str);
        let text = lines
            .into_iter()
            .filter(|l| !l.is_empty())
            .collect::<Vec<_>>()
            .join("\n");
        Self {
            status: Status::Failed,
            json: json!({ "error": view }),
            text,
        }
    }

    /// The command line is wrong in a way that only shows when it is carried out.
    pub(crate) fn usage(message: &str) -> Self {
        let view = ErrorView {
            code: "usage".to_owned(),
            message: message.to_owned(),
            unchanged: "Nothing was changed.".to_owned(),
            advice: "See sheaf --help.".to_owned(),
        };
        Self {
            status: Status::Usage,
            ..Self::error(&view)
        }
    }
}

impl From<ProjectError> for Done {
    fn from(error: ProjectError) -> Self {
        Self::error(&error.view())
    }
}

fn value(of: &impl Serialize) -> Value {
    serde_json::to_value(of).unwrap_or(Value::Null)
}
