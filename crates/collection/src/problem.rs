//! Problems in words.

use crate::model::Problem;
use crate::resource::Place;
use crate::yaml::{YamlError, YamlErrorKind, line_and_column};

/// A problem of a file.
pub(crate) fn problem(code: &str, message: impl Into<String>, path: &str, place: Option<Place>) -> Problem {
    Problem {
        code: code.to_owned(),
        message: message.into(),
        path: path.to_owned(),
        line: place.map(|(line, _)| line),
        column: place.map(|(_, column)| column),
    }
}

/// A problem of the parser.
pub(crate) fn from_yaml(error: &YamlError, text: &str, path: &str) -> Problem {
    let (code, advice) = match error.kind {
        YamlErrorKind::Syntax => (
            "syntax",
            "Correct the file in a text editor, or restore an older version of it.",
        ),
        YamlErrorKind::TooDeep => ("too-deep", "Sheaf reads up to 256 levels."),
        YamlErrorKind::AliasBomb => ("alias-bomb", "Write the values out instead of referring to them."),
    };
    let message = format!("This file is no readable YAML: {}. {advice}", error.message);
    problem(code, message, path, Some(line_and_column(text, error.offset)))
}
