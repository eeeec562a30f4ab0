//! `sheaf status | diff | commit | discard | log | restore | init | open`.

use std::fmt::Write;
use std::path::Path;

use serde_json::json;
use sheaf_project::error::ProjectError;
use sheaf_project::model::{CommitOutcome, OpenOutcome, ProjectCard};
use sheaf_project::open;
use sheaf_project::project::{Project, Run};
use sheaf_project::words::counted;

use super::{Context, Outcome, difference, words};
use crate::arguments::{CommitArgs, LogArgs, SecretArgs, SettingsArgs};
use crate::outcome::Done;

pub(super) fn status(context: &Context) -> Outcome {
    let project = context.project()?;
    let (view, list) = project.status()?;
    let mut text = words::card(&view.card);
    text.push('\n');
    if let Some(what) = &view.in_progress {
        let _ = writeln!(text, "Another program began a {what} here and did not end it.");
    }
    if let Some(waiting) = &view.waiting {
        let _ = writeln!(
            text,
            "{} waits: sheaf questions, sheaf land or sheaf abort.",
            waiting.what.in_words()
        );
    }
    if let Some(host) = &view.address_token {
        let _ = writeln!(text, "{}", words::address_token(host));
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
        "parked": view.parked, "inProgress": view.in_progress, "waiting": view.waiting.as_ref().map(|waiting| &waiting.what),
        "problems": view.problems, "undo": view.undo, "addressToken": view.address_token,
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

pub(super) fn commit(context: &Context, what: &CommitArgs) -> Outcome {
    let project = context.project()?;
    let only = Some(what.only.as_slice()).filter(|only| what.message_only || !only.is_empty());
    let message = what.message.as_deref();
    if what.amend {
        let amend = || project.amend(message, only);
        return committed(&project, &what.secrets, "The last commit is now", amend);
    }
    committed(&project, &what.secrets, "Committed", || {
        project.commit(message.unwrap_or_default(), only, false, &Run::default())
    })
}

fn committed(
    project: &Project,
    secrets: &SecretArgs,
    done_is: &str,
    commit: impl Fn() -> Result<CommitOutcome, ProjectError>,
) -> Outcome {
    super::secrets::allow(project, secrets)?;
    let mut outcome = commit()?;
    if let CommitOutcome::SecretsFound { secrets: found } = &outcome
        && secrets.allow_secrets
    {
        super::secrets::allow_all(project, found)?;
        outcome = commit()?;
    }
    Ok(match &outcome {
        CommitOutcome::Committed(done) => {
            let (commit, along) = (words::commit(&done.commit), words::along(&done.along));
            Done::ok(&outcome, format!("{done_is} {commit}{along}"))
        }
        CommitOutcome::SecretsFound { secrets } => {
            let text = super::secrets::held_back(secrets, "Nothing was committed");
            Done::decide(&outcome, text)
        }
    })
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
    let project = context.project()?;
    let found = by_name(&project, id, |id| project.resource_history(id, field, limit))?;
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
    let project = context.project()?;
    let found = by_name(&project, what, |what| match what.split_once(':') {
        Some((id, field)) => project.blame(id, Some(field)),
        None => project.blame(what, None),
    })?;
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
    by_name(&project, id, |id| project.restore(&commit, id))?;
    let text = format!("{id} is as in {}; sheaf undo brings it back.", commit.short());
    Ok(Done::ok(&json!({ "id": id, "commit": commit }), text))
}

/// Asks for what was typed, `ID` or `ID:FIELD`. Where the commit has no such id, asks again for the one thing here that
/// has this name.
fn by_name<T>(
    project: &Project,
    what: &str,
    ask: impl Fn(&str) -> Result<T, ProjectError>,
) -> Result<T, ProjectError> {
    let error = match ask(what) {
        Err(error) if error.code() == "not-in-commit" => error,
        asked => return asked,
    };
    let whole = std::iter::once((what, ""));
    let parts = what.match_indices(':').map(|(at, _)| what.split_at(at));
    for (name, field) in whole.chain(parts) {
        match project.find(name) {
            Ok(id) => return ask(&format!("{id}{field}")),
            Err(unknown) if unknown.code() == "not-found" => {}
            Err(unclear) => return Err(unclear),
        }
    }
    Err(error)
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

/// As the window does it: what crashes left goes, and a login in the address is told at once, as every program can read it.
fn opened(context: &Context, dir: &Path, card: &ProjectCard) -> Outcome {
    let project = Project::open(&context.path(dir), context.tokens.clone())?;
    if let Err(error) = project.clean_up() {
        log::warn!("{} could not be cleared up: {error}", dir.display());
    }
    let host = project.address_token()?;
    let note = host.as_deref().map(words::address_token).unwrap_or_default();
    let text = [words::card(card), note].join("\n");
    let json = json!({ "outcome": "opened", "card": card, "addressToken": host });
    Ok(Done::ok(&json, text.trim_end()))
}

pub(super) fn open(context: &Context, dir: &Path) -> Outcome {
    let outcome = open::open_folder(&context.path(dir), context.tokens.clone())?;
    Ok(match &outcome {
        OpenOutcome::Opened { card } => opened(context, dir, card)?,
        OpenOutcome::NotARepository { path } => Done::decide(
            &outcome,
            format!("There is no repository in {path}; sheaf init {path} makes one."),
        ),
    })
}
