//! `sheaf repair`.

use std::fmt::Write;

use sheaf_project::git::repair::{Repaired, RepairedRef};
use sheaf_project::project::Run;
use sheaf_project::repair;
use sheaf_project::words::{count, counted};

use super::{Context, Outcome};
use crate::outcome::Done;

pub(super) fn repair(context: &Context, offline: bool) -> Outcome {
    let done = repair::repair(&context.directory, &context.tokens, offline, &Run::default())?;
    let text = told(&done);
    Ok(Done::ok(&done, text))
}

fn told(done: &Repaired) -> String {
    if done.is_empty() {
        return "Nothing is damaged.".to_owned();
    }
    let mut text = String::from("Repaired. No file of yours was touched.\n");
    if let Some(folder) = &done.folder {
        let files = counted(count(done.set_aside.len()), "file", "files");
        let _ = writeln!(text, "{files} that could not be used moved to {folder}.");
    }
    if done.brought_back > 0 {
        let _ = writeln!(
            text,
            "{} brought back.",
            counted(done.brought_back, "lost object", "lost objects")
        );
    }
    for moved in &done.refs {
        text.push_str(&led(moved));
    }
    if done.index {
        text.push_str("Git's index is made anew: what was staged is a change like others.\n");
    }
    if done.missing > 0 {
        let _ = writeln!(
            text,
            "{} still missing, and what needs them cannot be shown. A colleague who has them may push them again.",
            counted(done.missing, "object is", "objects are")
        );
    }
    text
}

fn led(moved: &RepairedRef) -> String {
    let now = match &moved.after {
        Some(after) => format!("leads to {}", after.get(..40).map_or(&**after, |id| &id[..8])),
        None => "is gone".to_owned(),
    };
    match &moved.before {
        Some(before) => format!(
            "{} {now}; what it led to, {}, is lost.\n",
            moved.name,
            before.short()
        ),
        None => format!("{} {now}; where it led could not be read.\n", moved.name),
    }
}
