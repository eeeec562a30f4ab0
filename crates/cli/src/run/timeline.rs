//! `sheaf undo | redo`.

use std::fmt::Write;

use serde_json::json;
use sheaf_project::error::ProjectError;
use sheaf_project::git::event::now_ms;
use sheaf_project::git::model::{RefKind, RefMove, RefPlace, UndoPoint};
use sheaf_project::model::UndoPreview;
use sheaf_project::project::Project;
use sheaf_project::words::counted;

use super::{Context, Outcome, difference, words};
use crate::outcome::Done;

pub(super) fn list(context: &Context) -> Outcome {
    let found = context.project()?.timeline()?;
    let mut text = String::new();
    for (n, point) in (1..).zip(&found.undo) {
        let _ = writeln!(text, "{n:>3}  before {}", point_line(point));
    }
    if found.undo.is_empty() {
        text.push_str("There is nothing to undo.\n");
    }
    if !found.redo.is_empty() {
        text.push_str("Undone, and to be done again with sheaf redo N:\n");
    }
    for (n, point) in (1..).zip(&found.redo) {
        let _ = writeln!(text, "{n:>3}  {}", point_line(point));
    }
    Ok(Done::ok(&found, text))
}

pub(super) fn undo(context: &Context, n: Option<u32>, preview: bool) -> Outcome {
    let project = context.project()?;
    if n.is_none() && !preview {
        let point = project.undo(None)?;
        return Ok(Done::ok(
            &point,
            told("Undone", std::slice::from_ref(&point), true),
        ));
    }
    let id = id_of(&project.timeline()?.undo, n)?;
    if preview {
        return look(&project, &id);
    }
    let points = project.undo_to(&id)?;
    Ok(Done::ok(
        &json!({ "points": points }),
        told("Undone", &points, true),
    ))
}

pub(super) fn redo(context: &Context, n: Option<u32>, preview: bool) -> Outcome {
    let project = context.project()?;
    if n.is_none() && !preview {
        let point = project.redo()?;
        return Ok(Done::ok(
            &point,
            told("Done again", std::slice::from_ref(&point), false),
        ));
    }
    let id = id_of(&project.timeline()?.redo, n)?;
    if preview {
        return look(&project, &id);
    }
    let points = project.redo_to(&id)?;
    Ok(Done::ok(
        &json!({ "points": points }),
        told("Done again", &points, false),
    ))
}

fn id_of(points: &[UndoPoint], n: Option<u32>) -> Result<String, Done> {
    let index = usize::try_from(n.unwrap_or(1)).unwrap_or(usize::MAX) - 1;
    let missing = || {
        let message = match points.len() {
            0 => "There is nothing left to go to".to_owned(),
            known => format!("There are only {known} steps, so there is none to go to"),
        };
        ProjectError::refused("no-such-step", message, "sheaf undo --list shows them.")
    };
    Ok(points.get(index).ok_or_else(missing)?.id.clone())
}

fn look(project: &Project, id: &str) -> Outcome {
    let found = project.undo_preview(id)?;
    let UndoPreview {
        points,
        changes,
        refs,
    } = &found;
    let mut text = String::new();
    for point in points {
        let _ = writeln!(text, "{}", point_line(point));
    }
    for moved in refs {
        let _ = writeln!(text, "{}", move_line(moved));
    }
    text.push_str(&difference::changes(&changes.changes, false));
    if changes.changes.is_empty() {
        text.push_str("No file changes.\n");
    }
    text.push_str("Nothing was changed by this look.");
    Ok(Done::ok(&found, text))
}

fn point_line(point: &UndoPoint) -> String {
    let mut text = format!(
        "{}, {}",
        point.label,
        words::ago(now_ms().saturating_sub(point.time))
    );
    let mut details = Vec::new();
    details.extend(point.branch.as_ref().map(|branch| format!("on {branch}")));
    if point.files > 0 {
        details.push(counted(point.files, "file", "files"));
    }
    if point.refs > 0 {
        details.push(counted(point.refs, "branch or tag", "branches and tags"));
    }
    if !details.is_empty() {
        let _ = write!(text, " ({})", details.join(", "));
    }
    text
}

fn move_line(moved: &RefMove) -> String {
    let place = |place: &RefPlace| match place {
        RefPlace::Branch { name } => name.clone(),
        RefPlace::Commit { commit } => format!("{} {}", commit.id.short(), commit.title),
    };
    let what = match moved.kind {
        RefKind::Head => "the current branch".to_owned(),
        RefKind::Branch => format!("branch {}", moved.name),
        RefKind::Tag => format!("tag {}", moved.name),
        RefKind::Parked => format!("what is parked on {}", moved.name),
        RefKind::Other => moved.name.clone(),
    };
    match (&moved.from, &moved.to) {
        (None, Some(to)) => format!("{what} comes back at {}", place(to)),
        (Some(from), None) => format!("{what} goes; it was at {}", place(from)),
        (Some(from), Some(to)) => format!("{what}: from {} to {}", place(from), place(to)),
        (None, None) => what,
    }
}

/// What was done; where a remote was changed too, the command that takes that back.
fn told(verb: &str, points: &[UndoPoint], back: bool) -> String {
    let mut text = String::new();
    for point in points {
        let _ = writeln!(text, "{verb}: {}", point.label);
    }
    for moved in points
        .iter()
        .filter_map(|point| point.remote.as_ref())
        .filter(|_| back)
    {
        let expected = moved
            .after
            .as_ref()
            .map_or_else(String::new, |after| format!(" --expected {after}"));
        let _ = writeln!(
            text,
            "The remote’s branch {} is still as that left it. To put back what it held:\n  sheaf push --restore {}{expected}",
            moved.branch, moved.backup
        );
    }
    text
}
