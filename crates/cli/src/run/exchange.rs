//! `sheaf import | export`.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use sheaf_project::collection::ImportReport;
use sheaf_project::export::ExportFormat;
use sheaf_project::import::{ImportDone, ImportSource};

use super::{Context, Outcome};
use crate::outcome::Done;

pub(super) fn import(context: &Context, paths: &[PathBuf], into: Option<&str>, dry_run: bool) -> Outcome {
    let project = context.project()?;
    let into = into.map(|what| project.find(what)).transpose()?;
    let from = ImportSource::Paths {
        paths: paths.iter().map(|path| context.path(path)).collect(),
    };
    let done = if dry_run {
        project.preview_import(&from, into.as_ref())?
    } else {
        project.import(&from, into.as_ref())?
    };
    let text = words(&done, dry_run);
    Ok(Done::ok(&done, text))
}

pub(super) fn export(
    context: &Context,
    what: &str,
    file: &Path,
    format: Option<ExportFormat>,
    force: bool,
) -> Outcome {
    let project = context.project()?;
    let id = project.find(what)?;
    let done = project.export(&id, &context.path(file), format, force)?;
    let mut text = format!("Exported to {}.", done.path);
    for line in &done.notes {
        let _ = write!(text, "\n  {line}");
    }
    Ok(Done::ok(&done, text))
}

fn words(done: &ImportDone, dry_run: bool) -> String {
    let ImportReport {
        source,
        taken,
        changed,
        left,
        secrets,
    } = &done.report;
    let counts: Vec<String> = taken
        .iter()
        .map(|taken| {
            format!(
                "{} {}",
                taken.count,
                sheaf_project::import::kind_in_words(taken.kind, taken.count)
            )
        })
        .collect();
    let verb = if dry_run { "Would import" } else { "Imported" };
    let mut text = format!("{verb} from {source}: {}.", counts.join(", "));
    for (title, lines) in [("Changed", changed), ("Not taken", left)] {
        if !lines.is_empty() {
            // writing to a String cannot fail
            let _ = write!(text, "\n{title}:");
        }
        for line in lines {
            let _ = write!(text, "\n  {line}");
        }
    }
    if *secrets > 0 {
        let _ = write!(text, "\n{}", sheaf_project::import::secrets_in_words(*secrets));
    }
    text
}
