//! `sheaf clone | settings | check | fetch | pull | push`.

use std::cell::RefCell;
use std::fmt::Write;
use std::path::Path;

use serde_json::json;
use sheaf_project::git::model::{ConnectionStep, StepState};
use sheaf_project::model::{
    Holds, PullBy, PushMode, PushOutcome, RemoteBranchOutcome, RemoteSettings, RemoteSettingsInput,
    TokenState,
};
use sheaf_project::project::Run;
use sheaf_project::words::counted;

use super::{Context, Outcome, words};
use crate::arguments::{SecretArgs, SettingsArgs};
use crate::outcome::Done;

pub(super) fn clone(context: &Context, uri: &str, dir: &Path, settings: &SettingsArgs) -> Outcome {
    let input = context.input(Some(uri), settings);
    let cloned = sheaf_project::clone::clone(
        &input,
        &context.path(dir),
        context.tokens.clone(),
        &Run::default(),
    )?;
    let mut text = format!("Cloned {}", words::card(&cloned.card));
    text.push_str(match cloned.holds {
        Holds::Collections => "",
        Holds::NoCollections => {
            "\nIt holds no collection yet: sheaf create NAME starts one here, or remove the folder."
        }
        Holds::Nothing => "\nIt is empty: sheaf create NAME starts a collection.",
    });
    for warning in &cloned.warnings {
        let _ = write!(text, "\n{warning}");
    }
    Ok(Done::ok(&cloned, text))
}

pub(super) fn settings(
    context: &Context,
    uri: Option<&str>,
    settings: &SettingsArgs,
    save_token: bool,
) -> Outcome {
    let project = context.project()?;
    let input = context.input(uri, settings);
    let mut shown = if input == RemoteSettingsInput::default() {
        project.remote_settings()?
    } else {
        project.save_remote_settings(&input)?
    };
    if save_token {
        shown = keep_token(context)?;
    }
    let text = settings_text(&shown);
    Ok(Done::ok(&shown, text))
}

/// A given token is normally used for this command only; this keeps it for the next ones.
fn keep_token(context: &Context) -> Result<RemoteSettings, Done> {
    let Some(token) = context.token.clone() else {
        return Err(Done::usage(
            "--save-token wants a token in SHEAF_TOKEN or from --token-stdin.",
        ));
    };
    let tokens = std::sync::Arc::new(sheaf_project::keychain::TokenStore::system());
    let project = sheaf_project::project::Project::open(&context.directory, tokens)?;
    let saved = project.save_remote_settings(&RemoteSettingsInput {
        token: Some(token),
        ..Default::default()
    })?;
    if saved.token == TokenState::Keychain {
        Ok(saved)
    } else {
        Err(sheaf_project::error::ProjectError::refused(
            "keychain",
            "The token was not kept, because this system has no keychain that can be used",
            "Give the token with SHEAF_TOKEN or --token-stdin each time.",
        )
        .into())
    }
}

/// What stands in the address is for good, so a token that was given for this command has no say.
pub(super) fn move_token(context: &Context) -> Outcome {
    let tokens = std::sync::Arc::new(sheaf_project::keychain::TokenStore::system());
    let project = sheaf_project::project::Project::open(&context.directory, tokens)?;
    let shown = project.move_address_token()?;
    let text = settings_text(&shown);
    Ok(Done::ok(&shown, text))
}

fn settings_text(s: &RemoteSettings) -> String {
    let token = match s.token {
        TokenState::None => "none",
        TokenState::Keychain => "in the keychain",
        TokenState::ThisRun => "given for this command",
    };
    let rows = [
        ("Git URI", s.uri.as_deref()),
        ("Author name", s.author_name.as_deref()),
        ("Author e-mail", s.author_email.as_deref()),
        ("User name", s.username.as_deref()),
        ("CA file", s.ca_file.as_deref()),
        ("Access token", Some(token)),
        (
            "Pull",
            s.pull_by.map(|by| match by {
                PullBy::Merge => "merges",
                PullBy::Rebase => "rebases what is not pushed",
            }),
        ),
        (
            "How to make a token",
            s.host.as_ref().and_then(|h| h.token_help.as_deref()),
        ),
    ];
    rows.iter()
        .filter_map(|(name, value)| value.map(|v| format!("{name}: {v}\n")))
        .collect()
}

pub(super) fn check(context: &Context) -> Outcome {
    let text = RefCell::new(String::new());
    let on_step = |s: &ConnectionStep| {
        let line = match &s.result {
            StepState::Ok => format!("ok      {}\n", step_name(s)),
            StepState::Skipped => format!("skipped {}\n", step_name(s)),
            StepState::Failed { message, advice, .. } => {
                format!("FAILED  {}: {message}\n        {advice}\n", step_name(s))
            }
        };
        text.borrow_mut().push_str(&line);
    };
    let report =
        context
            .project()?
            .test_connection(&RemoteSettingsInput::default(), &Run::default(), &on_step)?;
    let failed = report
        .steps
        .iter()
        .any(|s| matches!(s.result, StepState::Failed { .. }));
    let mut done = Done::ok(&report, text.into_inner());
    if failed {
        done.status = crate::outcome::Status::Failed;
    }
    Ok(done)
}

fn step_name(s: &ConnectionStep) -> String {
    serde_json::to_value(s.step)
        .ok()
        .and_then(|v| v.as_str().map(str::to_owned))
        .unwrap_or_default()
}

pub(super) fn fetch(context: &Context) -> Outcome {
    let report = context.project()?.fetch(&Run::default())?;
    let json = json!({
        "updated": report.updated, "pruned": report.pruned, "kept": report.kept, "bytes": report.bytes,
    });
    let text = if report.updated.is_empty() && report.pruned.is_empty() {
        "Nothing new on the remote.".to_owned()
    } else {
        let gone: Vec<_> = report.pruned.iter().map(|p| format!("{p} (gone)")).collect();
        let mut text = format!(
            "Changed on the remote: {}",
            [report.updated, gone].concat().join(", ")
        );
        for kept in &report.kept {
            let _ = write!(text, "\nCommits that are nowhere else are kept as {kept}");
        }
        text
    };
    Ok(Done::ok(&json, text))
}

pub(super) fn push_back(context: &Context, backup: &str, expected: Option<&str>) -> Outcome {
    let project = context.project()?;
    let expected = expected.map(|commit| project.commit_named(commit)).transpose()?;
    let outcome = project.push_back(backup, expected.as_ref(), &Run::default())?;
    Ok(moved(&outcome, "The remote has it back."))
}

/// A change of a branch of the remote in words.
pub(super) fn moved(outcome: &RemoteBranchOutcome, done: &str) -> Done {
    match outcome {
        RemoteBranchOutcome::Done { backup } => {
            let kept = backup
                .iter()
                .map(|backup| format!("\nWhat was there is saved as {backup}"));
            Done::ok(outcome, done.to_owned() + &kept.collect::<String>())
        }
        RemoteBranchOutcome::UpToDate => Done::ok(outcome, "The remote is like that already."),
        RemoteBranchOutcome::Rejected { rejection } => {
            let mut text = format!("The remote refused: {}\n", rejection.message);
            for line in rejection.server_text.lines() {
                let _ = writeln!(text, "  remote: {line}");
            }
            Done::decide(outcome, text)
        }
    }
}

pub(super) fn push(
    context: &Context,
    force: bool,
    new_branch: Option<&str>,
    secrets: &SecretArgs,
) -> Outcome {
    let project = context.project()?;
    let mode = match new_branch {
        Some(name) => PushMode::NewBranch {
            name: name.to_owned(),
        },
        None if force => PushMode::Force {
            expected: project.last_seen()?,
        },
        None => PushMode::Normal,
    };
    super::secrets::allow(&project, secrets)?;
    let mut outcome = project.push(&mode, &Run::default())?;
    if let PushOutcome::SecretsFound { secrets: found } = &outcome
        && secrets.allow_secrets
    {
        super::secrets::allow_all(&project, found)?;
        outcome = project.push(&mode, &Run::default())?;
    }
    Ok(match &outcome {
        PushOutcome::UpToDate => Done::ok(&outcome, "Nothing to push."),
        PushOutcome::Queued { message } => Done::ok(&outcome, message.clone()),
        PushOutcome::Pushed {
            branch,
            commits,
            pull_request,
            backup,
            ..
        } => {
            let mut text = format!("Pushed {} to {branch}.", counted(*commits, "commit", "commits"));
            if let Some(link) = pull_request {
                let _ = write!(text, "\nOpen a pull request: {link}");
            }
            if let Some(backup) = backup {
                let _ = write!(text, "\nWhat was overwritten is saved as {backup}");
            }
            Done::ok(&outcome, text)
        }
        PushOutcome::SecretsFound { secrets } => {
            Done::decide(&outcome, super::secrets::held_back(secrets, "Nothing was sent"))
        }
        PushOutcome::Unrelated => Done::decide(
            &outcome,
            "The remote already has commits that have nothing in common with these; nothing was sent.\n\
             Clone it to a folder of its own, or choose an empty repository.",
        ),
        PushOutcome::Rejected {
            rejection,
            overwrites,
            suggested_branch,
            ..
        } => {
            let mut text = format!("The push was rejected: {}\n", rejection.message);
            for line in rejection.server_text.lines() {
                let _ = writeln!(text, "  remote: {line}");
            }
            for next in &rejection.next {
                let _ = writeln!(text, "You can: {}", next.words());
            }
            let _ = writeln!(text, "A free branch name: {suggested_branch}");
            if !overwrites.is_empty() {
                text.push_str("A force push would overwrite:\n");
            }
            for c in overwrites {
                let _ = writeln!(text, "  {}", words::commit(c));
            }
            Done::decide(&outcome, text)
        }
    })
}
