//! Merging: looked at, answered, landed, dropped.

use std::fmt::Write;

use serde_json::{Value, json};
use sheaf_project::collection::model::{Answer, Asks, QuestionId};
use sheaf_project::git::model::{Begun, CommitInfo};
use sheaf_project::model::{
    AskedQuestion, LandOutcome, MergeOf, MergeOutcome, MergePreview, MergeView, PullBy,
};
use sheaf_project::project::Run;
use sheaf_project::words::{count, counted};

use super::{Context, Outcome, answers, branch, words};
use crate::arguments::{AnswerArgs, Side};
use crate::outcome::Done;

/// Characters of a value that are shown in a line.
const SHOWN: usize = 72;

pub(super) fn pull(context: &Context, by: Option<PullBy>, preview: bool, given: &AnswerArgs) -> Outcome {
    let project = context.project()?;
    if preview {
        return Ok(previewed(&project.preview_pull(by, &Run::default())?));
    }
    Ok(merged(
        "Merged",
        &project.pull(by, &answers(given), &Run::default())?,
    ))
}

pub(super) fn revert(context: &Context, commit: &str, given: &AnswerArgs) -> Outcome {
    let project = context.project()?;
    let commit = project.commit_named(commit)?;
    Ok(merged("Took back", &project.revert(&commit, &answers(given))?))
}

pub(super) fn cherry_pick(context: &Context, commit: &str, given: &AnswerArgs) -> Outcome {
    let project = context.project()?;
    let commit = project.commit_named(commit)?;
    Ok(merged(
        "Took over",
        &project.cherry_pick(&commit, &answers(given))?,
    ))
}

pub(super) fn merge(
    context: &Context,
    name: &str,
    squash: bool,
    preview: bool,
    given: &AnswerArgs,
) -> Outcome {
    let project = context.project()?;
    if preview {
        let name = name.to_owned();
        let what = if squash {
            MergeOf::Squash { name }
        } else {
            MergeOf::Branch { name }
        };
        return Ok(previewed(&project.preview(&what)?));
    }
    Ok(if squash {
        merged("Squashed", &project.squash_branch(name, &answers(given))?)
    } else {
        merged("Merged", &project.merge_branch(name, &answers(given))?)
    })
}

pub(super) fn questions(context: &Context) -> Outcome {
    Ok(match context.project()?.questions()? {
        Some(view) => Done::ok(&view, asked(&view)),
        None => Done::ok(&json!({ "questions": [] }), "No merge waits for answers."),
    })
}

pub(super) fn answer(
    context: &Context,
    id: Option<&str>,
    side: Option<Side>,
    value: Option<&str>,
    forget: bool,
) -> Outcome {
    let project = context.project()?;
    let answer = match (side, value) {
        (Some(Side::Ours), None) => Some(Answer::Ours),
        (Some(Side::Theirs), None) => Some(Answer::Theirs),
        (None, Some(text)) => Some(Answer::Value {
            value: Value::from(text),
        }),
        (None, None) if forget => None,
        _ => {
            return Err(Done::usage(
                "Say ours, theirs or --value, or --forget to open the question again.",
            ));
        }
    };
    let view = match (id, &answer) {
        (Some(id), answer) => {
            let id = QuestionId(id.to_owned());
            let answer = match (answer, value) {
                (Some(_), Some(text)) => Some(typed(project.questions()?.as_ref(), &id, text)),
                (answer, _) => answer.clone(),
            };
            project.answer(&id, None, answer.as_ref())?
        }
        (None, Some(answer)) if value.is_none() => project.answer_all(answer)?,
        _ => return Err(Done::usage("Say which question; sheaf questions lists them.")),
    };
    let text = match view.open {
        0 => "Answered. Nothing is open; sheaf land makes it so.".to_owned(),
        open => format!(
            "Answered. {} open.",
            counted(open, "question is", "questions are")
        ),
    };
    Ok(Done::ok(&view, text))
}

/// A value as typed: text where the sides hold text, else JSON where it is some.
fn typed(view: Option<&MergeView>, id: &QuestionId, text: &str) -> Answer {
    let of = view
        .into_iter()
        .flat_map(|view| &view.questions)
        .find(|asked| asked.question.id == *id);
    let sides = of.map(|asked| [&asked.question.ours, &asked.question.theirs, &asked.question.base]);
    let holds_text = sides.is_none_or(|sides| sides.into_iter().flatten().any(Value::is_string));
    let parsed = if holds_text {
        None
    } else {
        serde_json::from_str(text).ok()
    };
    Answer::Value {
        value: parsed.unwrap_or_else(|| Value::from(text)),
    }
}

pub(super) fn land(context: &Context) -> Outcome {
    Ok(match context.project()?.land()? {
        LandOutcome::Merge { merge } => merged("Landed", &merge),
        LandOutcome::Switch { switch } => branch::switched(&switch),
    })
}

pub(super) fn abort(context: &Context) -> Outcome {
    let what = context.project()?.abort()?;
    let text = match &what {
        MergeOf::Outside {
            begun: Begun::Conflict,
            ..
        } => TAKEN_BACK.to_owned(),
        MergeOf::Outside { begun, from, .. } => format!(
            "The {} of {from} is taken back. What you edited besides is still there; sheaf undo brings it all back.",
            begun.word()
        ),
        _ => "Dropped. Nothing had been touched.".to_owned(),
    };
    Ok(Done::ok(&json!({ "outcome": "aborted", "of": what }), text))
}

const TAKEN_BACK: &str = "The files in conflict, and what is staged, are as in the last commit again. What you edited \
besides is still there, a stash is still in git's list, and what no branch and no stash has is parked: sheaf branch \
unpark. sheaf undo brings it all back.";

/// A merge or pull in words; `verb` says what became of the commits that came in.
fn merged(verb: &str, outcome: &MergeOutcome) -> Done {
    let landed = |verb: &str, commits: &u32, changes: &[_], carried: &u32| {
        let mut text = format!(
            "{verb} {}.\n{}",
            counted(*commits, "commit", "commits"),
            words::changes(changes)
        );
        if *carried > 0 {
            let files = counted(*carried, "uncommitted file", "uncommitted files");
            let _ = write!(text, "{files} came along.");
        }
        text
    };
    match outcome {
        MergeOutcome::UpToDate => Done::ok(outcome, "Up to date."),
        MergeOutcome::FastForward {
            commits,
            changes,
            carried,
            ..
        } => Done::ok(outcome, landed("Brought in", commits, changes, carried)),
        MergeOutcome::Merged {
            commits,
            changes,
            carried,
            instead,
            ..
        } => Done::ok(
            outcome,
            landed(verb, commits, changes, carried) + &note(instead.as_deref()),
        ),
        MergeOutcome::Replayed {
            commits,
            dropped,
            goes_on,
            changes,
            carried,
            ..
        } => {
            let mut text = landed("Made again", commits, changes, carried);
            for commit in dropped {
                let _ = write!(
                    text,
                    "\nLeft out, as nothing of it is new: {} {}",
                    commit.id.short(),
                    commit.title
                );
            }
            if *goes_on {
                text.push_str("\nThe rest of it is for git: git rebase --continue, or the --continue of what you began.");
            }
            Done::ok(outcome, text)
        }
        MergeOutcome::Settled { changes, carried } => {
            let mut text = format!(
                "Settled and staged; nothing is committed.\n{}",
                words::changes(changes)
            );
            if *carried > 0 {
                let _ = write!(text, "{carried} uncommitted files came along.");
            }
            Done::ok(outcome, text)
        }
        MergeOutcome::Questions { merge } => Done::decide(outcome, asked(merge)),
        MergeOutcome::Unrelated => Done::decide(outcome, UNRELATED),
        MergeOutcome::NoRemoteBranch { branch } => Done::ok(outcome, no_branch(branch)),
    }
}

const UNRELATED: &str =
    "The two have no commit in common; nothing was touched. Clone the remote to a folder of its own.";

fn no_branch(branch: &str) -> String {
    format!("The remote has no branch {branch} yet; sheaf push makes it.")
}

fn previewed(preview: &MergePreview) -> Done {
    match preview {
        MergePreview::UpToDate => Done::ok(preview, "Up to date."),
        MergePreview::Unrelated => Done::decide(preview, UNRELATED),
        MergePreview::NoRemoteBranch { branch } => Done::ok(preview, no_branch(branch)),
        MergePreview::Ready { merge } => {
            let mut text = format!(
                "{} into {}: {} in {}, {}.\n{}",
                merge.from,
                merge.into,
                counted(count(merge.changes.len()), "change", "changes"),
                counted(merge.files, "file", "files"),
                counted(merge.open, "question", "questions"),
                words::changes(&merge.changes)
            );
            if merge.open > 0 {
                text.push_str(&sides(merge));
                text.push_str(&list(merge));
            }
            text.push_str("Nothing was touched.");
            Done::ok(preview, text)
        }
    }
}

/// The questions of a merge that waits, and what to do.
pub(super) fn asked(merge: &MergeView) -> String {
    let open = counted(merge.open, "answer", "answers");
    let (waits, drops) = match outside(&merge.of, &merge.into) {
        Some(begun) => (format!("{begun} waits for {open}."), "sheaf abort takes it back"),
        None => (
            format!(
                "{} into {} waits for {open}; nothing was touched.",
                merge.from, merge.into
            ),
            "sheaf abort drops it",
        ),
    };
    let list = note(merge.instead.as_deref()) + &sides(merge) + &list(merge);
    match merge.open {
        0 => format!("{waits}\n{list}sheaf land makes it so; {drops}."),
        _ => format!("{waits}\n{list}sheaf answer ID ours|theirs|--value TEXT; then sheaf land. {drops}."),
    }
}

/// What another program began, as the beginning of a sentence.
fn outside(what: &MergeOf, into: &str) -> Option<String> {
    let MergeOf::Outside { begun, from, .. } = what else {
        return None;
    };
    Some(match begun {
        Begun::Conflict => format!("The conflict with {from} on {into}, left outside,"),
        Begun::Rebase => format!("The rebase of {from}, begun outside,"),
        _ => format!("The {} of {from} into {into}, begun outside,", begun.word()),
    })
}

/// Which side is which, where that is not what it is in a merge.
fn sides(merge: &MergeView) -> String {
    merge.onto.as_ref().map_or_else(String::new, |onto| {
        format!("Commits are made again on top of {onto}: ours is {onto}, theirs is your commit.\n")
    })
}

fn note(instead: Option<&str>) -> String {
    instead.map_or_else(String::new, |why| format!("{why}\n"))
}

fn list(merge: &MergeView) -> String {
    let mut text = String::new();
    for asked in &merge.questions {
        question(asked, &mut text);
    }
    text
}

fn question(asked: &AskedQuestion, text: &mut String) {
    let question = &asked.question;
    let what = match question.asks {
        Asks::Value => format!("{}: {}", question.name, question.label),
        Asks::Deleted => format!("{}: deleted on one side, changed on the other", question.name),
        Asks::Place => format!("{}: moved to two places", question.name),
        Asks::File => format!("{}: both sides changed this file", question.file),
    };
    let state = match &asked.answer {
        None => "open".to_owned(),
        Some(Answer::Ours) => "ours".to_owned(),
        Some(Answer::Theirs) => "theirs".to_owned(),
        Some(Answer::Value { value }) => shown(Some(value)),
    };
    let _ = writeln!(text, "  {}  [{state}]\n    {what}", question.id);
    let _ = writeln!(text, "    base:   {}", shown(question.base.as_ref()));
    let uncommitted = if asked.uncommitted {
        "  (yours, not committed)"
    } else {
        ""
    };
    let _ = writeln!(
        text,
        "    ours:   {}{uncommitted}{}",
        shown(question.ours.as_ref()),
        by(asked.ours_by.as_ref())
    );
    let _ = writeln!(
        text,
        "    theirs: {}{}",
        shown(question.theirs.as_ref()),
        by(asked.theirs_by.as_ref())
    );
}

fn by(commit: Option<&CommitInfo>) -> String {
    commit.map_or_else(String::new, |commit| {
        format!("  ({}, \"{}\")", commit.author.name, commit.title)
    })
}

fn shown(value: Option<&Value>) -> String {
    let text = match value {
        None => return "(nothing)".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let line = text.replace('\n', "⏎");
    match line.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default()),
        None => line,
    }
}
