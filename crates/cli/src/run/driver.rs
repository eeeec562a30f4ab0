//! `sheaf merge-driver …`: git asks us how collections are merged and shown.

use std::fs;
use std::path::Path;

use serde_json::json;
use sheaf_project::driver::{Shown, drive, install, shown, uninstall};

use super::{Context, Outcome, difference};
use crate::arguments::MergeDriver;
use crate::outcome::Done;

pub(super) fn run(context: &Context, what: &MergeDriver) -> Outcome {
    match what {
        MergeDriver::Install { global } => {
            let program = std::env::current_exe()
                .map_err(|e| Done::usage(&format!("The path of sheaf is not known: {e}.")))?;
            let project = (!global).then(|| context.project()).transpose()?;
            let files = install(project.as_ref(), &program)?;
            let [config, attributes] =
                [&files.config, &files.attributes].map(|path| path.display().to_string());
            Ok(Done::ok(
                &json!({ "config": config, "attributes": attributes }),
                format!(
                    "git merge, git rebase and git diff now ask sheaf about collections.\nChanged: {config}, \
                     {attributes}. sheaf merge-driver uninstall takes it back."
                ),
            ))
        }
        MergeDriver::Uninstall { global } => {
            let project = (!global).then(|| context.project()).transpose()?;
            let files = uninstall(project.as_ref())?;
            let files: Vec<String> = files.iter().map(|path| path.display().to_string()).collect();
            let text = if files.is_empty() {
                "It was not installed here; nothing was changed.".to_owned()
            } else {
                format!("Taken back in {}.", files.join(", "))
            };
            Ok(Done::ok(&json!({ "changed": files }), text))
        }
        MergeDriver::Merge {
            base,
            ours,
            theirs,
            marker_size,
            path,
        } => merge([base, ours, theirs], *marker_size, path),
        MergeDriver::Show { arguments } => show(arguments),
    }
}

/// Git reads the result from the file of our side, and conflicts from the exit status.
fn merge(files: [&std::path::PathBuf; 3], marker_size: u16, path: &str) -> Outcome {
    let [base, ours, theirs] = [read(files[0])?, read(files[1])?, read(files[2])?];
    let driven = drive(path, &base, &ours, &theirs, marker_size)?;
    fs::write(files[1], &driven.content).map_err(|e| unreadable(files[1], &e))?;
    if driven.open.is_empty() {
        return Ok(Done::ok(&json!({ "clean": true }), ""));
    }
    let text = format!("{path}: both sides changed {}.", driven.open.join(", "));
    Ok(Done::decide(
        &json!({ "clean": false, "open": driven.open }),
        text,
    ))
}

/// `path old-file old-hex old-mode new-file new-hex new-mode`, and for an unmerged file the path alone
/// (`GIT_EXTERNAL_DIFF` in git's manual).
fn show(arguments: &[String]) -> Outcome {
    let [path, old, _, _, new, ..] = arguments else {
        let path = arguments.first().map_or("", String::as_str);
        return Ok(Done::ok(
            &json!({ "unmerged": path }),
            format!("* Unmerged: {path}"),
        ));
    };
    let side = |file: &String| match file.as_str() {
        "/dev/null" | "nul" => Ok(None),
        file => read(Path::new(file)).map(Some),
    };
    let (old, new) = (side(old)?, side(new)?);
    Ok(match shown(path, old.as_deref(), new.as_deref())? {
        Shown::Changes(changes) => {
            let text = difference::changes(&changes, false);
            Done::ok(&json!({ "changes": changes }), format!("{path}\n{text}"))
        }
        Shown::Text(text) => {
            let text = String::from_utf8_lossy(&text).into_owned();
            Done::ok(&json!({ "text": text }), text.trim_end().to_owned())
        }
    })
}

fn read(path: &Path) -> Result<Vec<u8>, Done> {
    fs::read(path).map_err(|e| unreadable(path, &e))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Done {
    Done::usage(&format!("{} cannot be used: {error}.", path.display()))
}
