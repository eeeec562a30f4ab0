//! `sheaf verify`.

use std::fmt::Write;
use std::path::Path;

use serde_json::{Value, json};
use sheaf_project::collection::model::FileCheck;
use sheaf_project::verify;

use super::{Context, Outcome};
use crate::outcome::{Done, Status};

pub(super) fn verify(context: &Context, path: Option<&Path>) -> Outcome {
    let checks = verify::verify(&context.path(path.unwrap_or(Path::new("."))))?;
    let files: Vec<Value> = checks.iter().map(object).collect();
    Ok(Done {
        status: if checks.iter().all(is_fine) {
            Status::Done
        } else {
            Status::Failed
        },
        json: json!({ "files": files }),
        text: told(&checks),
    })
}

fn is_fine(check: &FileCheck) -> bool {
    check.parsed && check.byte_stable
}

fn object(check: &FileCheck) -> Value {
    let problems = check.problems.iter().map(|problem| {
        json!({
            "line": problem.line,
            "column": problem.column,
            "code": problem.code,
            "message": problem.message,
        })
    });
    json!({
        "path": check.path,
        "parsed": check.parsed,
        "byte_stable": check.byte_stable,
        "problems": problems.collect::<Vec<_>>(),
    })
}

/// A line for each thing that is wrong, and one for all.
fn told(checks: &[FileCheck]) -> String {
    let mut text = String::new();
    for check in checks {
        for problem in &check.problems {
            let place = match (problem.line, problem.column) {
                (Some(line), Some(column)) => format!(":{line}:{column}"),
                _ => String::new(),
            };
            let _ = writeln!(text, "{}{place}: {}", check.path, problem.message);
        }
        if check.parsed && !check.byte_stable {
            let _ = writeln!(text, "{}: an edit that is undone leaves other bytes.", check.path);
        }
    }
    let count = |wanted: fn(&FileCheck) -> bool| checks.iter().filter(|check| wanted(check)).count();
    let (unread, unstable) = (
        count(|check| !check.parsed),
        count(|check| check.parsed && !check.byte_stable),
    );
    let _ = write!(
        text,
        "{} collection files: {} read and byte-stable, {unread} not readable, {unstable} not byte-stable.",
        checks.len(),
        count(is_fine),
    );
    text
}
