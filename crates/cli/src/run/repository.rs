//! `sheaf status | diff | commit | discard | log | restore | init | open`.

use std::fmt::Write;
use std::path::Path;

use serde_json::json;
use sheaf_project::model::OpenOutcome;
use sheaf_project::open;
use sheaf_project::project::Run;
use sheaf_project::words::counted;

use super::merge::outside;
use super::{Context, Outcome, difference, words};
use crate::arguments::{LogArgs, SettingsArgs};
use crate::outcome::Done;

pub(super) fn status(context: &Context) -> Outcome {
    let project = context.project()?;
    let (view, list) = (project.view()?, project.changes()?);
    let mut text = words::card(&view.card);
    text.push('\n');
    if let Some(what) = &view.in_progress {
        let _ = writeln!(text, "Another program began a {what} here and did not end it.");
    }
    let into = view.card.head.as_ref().and_then(|head| head.branch());
    let waiting = view.waiting.as_ref().map(|waiting| &waiting.what);
    if let Some(begun) = waiting.and_then(|what| outside(what, into.unwrap_or("HEAD"))) {
        let _ = writeln!(text, "{begun} waits: sheaf questions, sheaf land or sheaf abort.");
    }
    if let Some(queued) = &view.queued {
        let _ = writeln!(text, "{queued}");
    }
    for problem in &view.problems {
        let _ = writeln!(text, "! {}: {}", problem.path, problem.message);
    }
    text.push_str(&words::changes(&list.changes));
    if list.changes.is_empty() {
        text.push_str("Nothing to commit.");
    }
    let json = json!({
        "card": view.card, "upstream": view.upstream, "changes": list.changes, "queued": view.queued,
        "parked": view.parked, "inProgress": view.in_progress, "waiting": waiting,
        "problems": view.problems, "undo": view.undo,
    });
    Ok(Done::ok(&json, text))
}

pub(super) fn diff(context: &Context, commit: Option<&str>, incoming: bool, all: bool) -> Outcome {
    let project = context.project()?;
    if incoming {
        let found = project.incoming()?;
        let text = words::incoming(&found, &difference::changes(&found.changes.changes, all));
        return Ok(Done::ok(&found, text));
    }
    let list = match commit {
        Some(commit) => project.commit_changes(&project.commit_named(commit)?)?,
        None => project.changes()?,
    };
    let text = difference::changes(&list.changes, all);
    Ok(Done::ok(
        &list,
        if text.is_empty() {
            "No changes.".to_owned()
        } else {
            text
        },
    ))
}

pub(super) fn compare(context: &Context, from: &str, to: &str, all: bool) -> Outcome {
    let list = context.project()?.compare(from, to)?;
    let mut text = difference::changes(&list.changes, all);
    if text.is_empty() {
        text.push_str("No changes.");
    }
    Ok(Done::ok(&list, text))
}

pub(super) fn amend(
    context: &Context,
    message: Option<&str>,
    message_only: bool,
    only: &[String],
) -> Outcome {
    let only = Some(only).filter(|only| message_only || !only.is_empty());
    let done = context.project()?.amend(message, only)?;
    let text = format!(
        "The last commit is now {}{}",
        words::commit(&done.commit),
        words::along(&done.along)
    );
    Ok(Done::ok(&done, text))
}

pub(super) fn commit(context: &Context, message: &str, only: &[String]) -> Outcome {
    let only = Some(only).filter(|o| !o.is_empty());
    let done = context.project()?.commit(message, only, false, &Run::default())?;
    let text = format!(
        "Committed {}{}",
        words::commit(&done.commit),
        words::along(&done.along)
    );
    Ok(Done::ok(&done, text))
}

pub(super) fn discard(context: &Context, ids: &[String]) -> Outcome {
    let done = context.project()?.discard(Some(ids).filter(|i| !i.is_empty()))?;
    let files = if ids.iter().any(|id| id.contains(':')) {
        format!("Put back in {}.", counted(done.files, "file", "files"))
    } else {
        format!(
            "{} as in the last commit.",
            counted(done.files, "file is", "files are")
        )
    };
    let text = format!(
        "{files} sheaf undo brings the changes back.{}",
        words::along(&done.along)
    );
    Ok(Done::ok(&done, text))
}

pub(super) fn log(context: &Context, log: &LogArgs) -> Outcome {
    if let Some(id) = &log.resource {
        return resource_log(context, log.n, id, log.field.as_deref());
    }
    let project = context.project()?;
    let mut commits = Vec::new();
    let mut next = None;
    let wanted = usize::try_from(log.n).unwrap_or(usize::MAX);
    while commits.len() < wanted {
        let page = project.history(log.of.as_deref(), next.as_deref(), wanted - commits.len())?;
        commits.extend(page.commits);
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    let text: String = commits.iter().map(|c| words::commit(c) + "\n").collect();
    let text = if text.is_empty() {
        "No commits yet.".to_owned()
    } else {
        text
    };
    Ok(Done::ok(&json!({ "commits": commits, "next": next }), text))
}

fn resource_log(context: &Context, n: u32, id: &str, field: Option<&str>) -> Outcome {
    let limit = usize::try_from(n).unwrap_or(usize::MAX);
    let found = context.project()?.resource_history(id, field, limit)?;
    let mut text = String::new();
    for one in &found.commits {
        let _ = writeln!(text, "{}\n    {}", words::commit(&one.commit), one.change.summary);
    }
    if found.cut {
        text.push_str("There are older commits that were not looked at.");
    }
    Ok(Done::ok(&found, text))
}

pub(super) fn blame(context: &Context, what: &str) -> Outcome {
    let (id, field) = match what.split_once(':') {
        Some((id, field)) => (id, Some(field)),
        None => (what, None),
    };
    let found = context.project()?.blame(id, field)?;
    let mut text = String::new();
    for one in &found.fields {
        let _ = writeln!(
            text,
            "{}  [{}]\n    {}",
            one.label,
            one.path,
            words::commit(&one.commit)
        );
    }
    Ok(Done::ok(&found, text))
}

pub(super) fn restore(context: &Context, commit: &str, id: &str) -> Outcome {
    let project = context.project()?;
    let commit = project.commit_named(commit)?;
    project.restore(&commit, id)?;
    let text = format!("{id} is as in {}; sheaf undo brings it back.", commit.short());
    Ok(Done::ok(&json!({ "id": id, "commit": commit }), text))
}

pub(super) fn init(context: &Context, dir: &Path, uri: Option<&str>, settings: &SettingsArgs) -> Outcome {
    let input = context.input(uri, settings);
    sheaf_project::settings::check(&input)?;
    let project = open::init(&context.path(dir), context.tokens.clone())?;
    project.save_remote_settings(&input)?;
    let card = project.card();
    let text = format!("Ready: {}", words::card(&card));
    Ok(Done::ok(&card, text))
}

pub(super) fn open(context: &Context, dir: &Path) -> Outcome {
    let outcome = open::open_folder(&context.path(dir), context.tokens.clone())?;
    Ok(match &outcome {
        OpenOutcome::Opened { card } => Done::ok(&outcome, words::card(card)),
        OpenOutcome::NotARepository { path } => Done::decide(
            &outcome,
            format!("There is no repository in {path}; sheaf init {path} makes one."),
        ),
    })
}
