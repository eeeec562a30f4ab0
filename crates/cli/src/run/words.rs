//! Results in words.

use std::fmt::Write;

use sheaf_project::collection::model::{ChangeKind, ResourceChange, TreeNode};
use sheaf_project::git::model::{CommitInfo, Head};
use sheaf_project::model::{Incoming, ProjectCard};
use sheaf_project::words::counted;

pub(super) fn mark(change: ChangeKind) -> char {
    match change {
        ChangeKind::Added => 'A',
        ChangeKind::Modified => 'M',
        ChangeKind::Deleted => 'D',
        ChangeKind::Renamed => 'R',
        ChangeKind::Moved => '>',
    }
}

/// A line a resource.
pub(super) fn changes(changes: &[ResourceChange]) -> String {
    let mut text = String::new();
    for c in changes {
        let place = if c.location.is_empty() {
            String::new()
        } else {
            format!("{} / ", c.location.join(" / "))
        };
        let method = c.method.as_ref().map_or_else(String::new, |m| format!("{m} "));
        // writing to a String cannot fail
        let _ = writeln!(text, "{} {place}{method}{}  [{}]", mark(c.change), c.name, c.id);
    }
    text
}

/// What a pull would bring; `changes` are its changes in words.
pub(super) fn incoming(found: &Incoming, changes: &str) -> String {
    let Incoming {
        upstream,
        known,
        behind,
        commits,
        ..
    } = found;
    if !known {
        return format!("The remote has no branch {upstream} yet, as of the last fetch.");
    }
    if *behind == 0 {
        return format!("Nothing new on {upstream}, as of the last fetch.");
    }
    let mut text = format!(
        "{} on {upstream}:\n",
        counted(*behind, "new commit", "new commits")
    );
    for c in commits {
        let _ = writeln!(text, "  {}", commit(c));
    }
    text + changes
}

/// How long ago, in the largest unit that fits.
pub(super) fn ago(ms: u64) -> String {
    let seconds = ms / 1000;
    let units = [
        (86_400, "day", "days"),
        (3_600, "hour", "hours"),
        (60, "minute", "minutes"),
    ];
    let found = units.iter().find(|(length, ..)| seconds >= *length);
    found.map_or_else(
        || "just now".to_owned(),
        |(length, one, many)| {
            let number = u32::try_from(seconds / length).unwrap_or(u32::MAX);
            format!("{} ago", counted(number, one, many))
        },
    )
}

/// What was taken along, as a sentence behind others.
pub(super) fn along(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => format!("\n“{only}” went along, as the rest needs it."),
        several => format!(
            "\nThese went along, as the rest needs them: {}.",
            several.join(", ")
        ),
    }
}

pub(super) fn commit(c: &CommitInfo) -> String {
    format!("{} {} ({})", c.id.short(), c.title, c.author.name)
}

pub(super) fn head(head: Option<&Head>) -> String {
    match head {
        Some(Head::Branch { name, .. }) => format!("on {name}"),
        Some(Head::Unborn { name }) => format!("on {name}, no commits yet"),
        Some(Head::Detached { commit }) => format!("on commit {}, not on a branch", commit.short()),
        None => "cannot be opened".to_owned(),
    }
}

/// What is said of a login that stands in the address of the remote.
pub(super) fn address_token(host: &str) -> String {
    format!(
        "The address of the remote holds a login for {host}, which every program can read: sheaf settings --move-token \
         moves it to the keychain."
    )
}

pub(super) fn card(card: &ProjectCard) -> String {
    let mut text = format!("{} {}", card.name, head(card.head.as_ref()));
    if let (Some(ahead), Some(behind)) = (card.ahead, card.behind) {
        let _ = write!(text, ", {ahead} to push, {behind} to pull");
    }
    if let Some(remote) = &card.remote {
        let _ = write!(text, "\n{remote}");
    }
    text
}

pub(super) fn tree(nodes: &[TreeNode], depth: usize, text: &mut String) {
    for node in nodes {
        let method = node.method.as_ref().map_or_else(String::new, |m| format!("{m} "));
        let _ = writeln!(text, "{}{method}{}  [{}]", "  ".repeat(depth), node.name, node.id);
        if let Some(problem) = &node.problem {
            let _ = writeln!(text, "{}! {}", "  ".repeat(depth + 1), problem.message);
        }
        tree(&node.children, depth + 1, text);
    }
}
