//! Results in words.

use std::fmt::Write;

use sheaf_project::collection::model::{ChangeKind, ResourceChange, TreeNode};
use sheaf_project::git::model::{CommitInfo, Head};
use sheaf_project::model::{Disagreement, ProjectCard};

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

/// A resource with its fields.
pub(super) fn diff(changes: &[ResourceChange]) -> String {
    let mut text = String::new();
    for c in changes {
        text.push_str(&self::changes(std::slice::from_ref(c)));
        for f in c.fields.iter().filter(|f| !f.bookkeeping) {
            let _ = writeln!(text, "    {}", f.label);
            indent(&mut text, '-', f.before.as_deref());
            indent(&mut text, '+', f.after.as_deref());
        }
        if c.fields.is_empty() && !c.summary.is_empty() {
            let _ = writeln!(text, "    {}", c.summary);
        }
    }
    text
}

fn indent(text: &mut String, sign: char, value: Option<&str>) {
    for line in value.into_iter().flat_map(str::lines) {
        let _ = writeln!(text, "      {sign} {line}");
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

pub(super) fn disagreements(list: &[Disagreement]) -> String {
    let mut text = String::from("Both sides changed the same things; nothing was touched:\n");
    for d in list {
        let _ = writeln!(
            text,
            "  {}\n    mine:   {}\n    theirs: {}\n    answer: --mine {p} or --theirs {p}",
            d.resource.name,
            d.ours,
            d.theirs,
            p = d.path
        );
    }
    text
}
