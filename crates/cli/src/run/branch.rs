//! `sheaf branch …`.

use std::fmt::Write;

use serde_json::json;
use sheaf_project::model::{DeleteBranchOutcome, SwitchOutcome, WithChanges};
use sheaf_project::project::Run;

use super::{Context, Outcome, answers, merge, words};
use crate::arguments::{AnswerArgs, Branch};
use crate::outcome::Done;

pub(super) fn run(context: &Context, what: &Branch) -> Outcome {
    match what {
        Branch::List => list(context),
        Branch::Create { name, from } => {
            context.project()?.create_branch(name, from.as_deref())?;
            Ok(Done::ok(&json!({ "branch": name }), format!("Created {name}.")))
        }
        Branch::Switch { name, park, answers } => switch(context, name, *park, answers),
        Branch::Unpark { answers: given } => Ok(switched(&context.project()?.unpark(&answers(given))?)),
        Branch::Parked { name, drop } => parked(context, name.as_deref(), *drop),
        Branch::Delete {
            name, remote: true, ..
        } => delete_remote(context, name),
        Branch::Delete { name, force, .. } => delete(context, name, *force),
        Branch::Rename { old, new } => {
            context.project()?.rename_branch(old, new)?;
            Ok(Done::ok(
                &json!({ "branch": new }),
                format!("Renamed {old} to {new}."),
            ))
        }
        Branch::Merge {
            name,
            squash,
            preview,
            answers: given,
        } => merge::merge(context, name, *squash, *preview, given),
        Branch::Prune { preview } => prune(context, *preview),
        Branch::Fetch { name } => {
            context.project()?.fetch_branch(name, &Run::default())?;
            Ok(Done::ok(
                &json!({ "branch": name }),
                format!("{name} is here now."),
            ))
        }
    }
}

fn list(context: &Context) -> Outcome {
    let branches = context.project()?.branches()?;
    let mut text = String::new();
    for b in &branches.local {
        let sign = if b.current { '*' } else { ' ' };
        let counts = match (b.ahead, b.behind) {
            (Some(a), Some(d)) if a + d > 0 => format!(" ({a} to push, {d} to pull)"),
            _ => String::new(),
        };
        let _ = writeln!(text, "{sign} {}{counts}  {}", b.name, words::commit(&b.tip));
    }
    for b in &branches.remote {
        let _ = writeln!(text, "  {} (on the remote)  {}", b.name, words::commit(&b.tip));
    }
    Ok(Done::ok(&branches, text))
}

fn switch(context: &Context, name: &str, park: bool, given: &AnswerArgs) -> Outcome {
    let with = if park {
        WithChanges::Park
    } else {
        WithChanges::Carry
    };
    Ok(switched(&context.project()?.switch_branch(
        name,
        with,
        &answers(given),
    )?))
}

pub(super) fn switched(outcome: &SwitchOutcome) -> Done {
    match outcome {
        SwitchOutcome::Switched {
            branch,
            carried,
            parked,
            unparked,
            still_parked,
        } => {
            let mut text = format!("On {branch} now.");
            for (count, what) in [
                (carried, "changed files came along"),
                (parked, "changed files stay parked"),
                (unparked, "parked files are back"),
            ] {
                if *count > 0 {
                    let _ = write!(text, " {count} {what}.");
                }
            }
            if *still_parked {
                text.push_str(" The changes parked here do not fit any more and stay parked.");
            }
            Done::ok(outcome, text)
        }
        SwitchOutcome::Questions { merge } => {
            let hint = "\nOr leave your changes parked on this branch: sheaf branch switch --park.";
            Done::decide(outcome, format!("{}{hint}", merge::asked(merge)))
        }
    }
}

fn parked(context: &Context, name: Option<&str>, drop: bool) -> Outcome {
    let project = context.project()?;
    let Some(name) = name else {
        let list = project.parked()?;
        let mut text = String::new();
        for parked in &list {
            let seconds = u64::try_from(parked.time).unwrap_or_default();
            let age = sheaf_project::git::event::now_ms().saturating_sub(seconds.saturating_mul(1000));
            let _ = writeln!(text, "{}, parked {}", parked.branch, words::ago(age));
        }
        if list.is_empty() {
            text.push_str("Nothing is parked.");
        }
        return Ok(Done::ok(&json!({ "parked": list }), text));
    };
    if drop {
        project.drop_parked(name)?;
        let text = format!("Dropped what was parked on {name}. sheaf undo brings it back.");
        return Ok(Done::ok(&json!({ "branch": name }), text));
    }
    let list = project.parked_changes(name)?;
    let text = super::difference::changes(&list.changes, false);
    Ok(Done::ok(&list, text))
}

fn prune(context: &Context, preview: bool) -> Outcome {
    let project = context.project()?;
    let gone = if preview {
        project.gone_branches(&Run::default())?
    } else {
        project.prune_branches(&Run::default())?
    };
    let mut text = match (gone.as_slice(), preview) {
        ([], _) => "The remote has every branch on the list.".to_owned(),
        (_, true) => "The remote does not have these any more:\n".to_owned(),
        (_, false) => {
            "Off the list, as the remote does not have them any more; sheaf undo puts them back:\n".to_owned()
        }
    };
    for branch in &gone {
        let _ = writeln!(text, "  {}  {}", branch.name, words::commit(&branch.tip));
    }
    Ok(Done::ok(&json!({ "gone": gone }), text))
}

fn delete_remote(context: &Context, name: &str) -> Outcome {
    let outcome = context.project()?.delete_remote_branch(name, &Run::default())?;
    Ok(super::remote::moved(
        &outcome,
        &format!("Deleted {name} on the remote. sheaf undo says how to bring it back."),
    ))
}

fn delete(context: &Context, name: &str, force: bool) -> Outcome {
    let outcome = context.project()?.delete_branch(name, force)?;
    Ok(match &outcome {
        DeleteBranchOutcome::Deleted => {
            Done::ok(&outcome, format!("Deleted {name}. sheaf undo brings it back."))
        }
        DeleteBranchOutcome::Unmerged { commits } => {
            let mut text = format!("{name} was kept: these commits are on no other branch.\n");
            for c in commits {
                let _ = writeln!(text, "  {}", words::commit(c));
            }
            text.push_str("Merge it first, or delete it all the same with --force.");
            Done::decide(&outcome, text)
        }
    })
}
