//! Ordinary files beside the collections.

use crate::model::{ChangeKind, Kind, ResourceChange, ResourceId};

const BYTES_TO_JUDGE: usize = 8000;

/// What happened to an ordinary file: how many lines, or that it is no text.
pub fn file_change(path: &str, before: Option<&[u8]>, after: Option<&[u8]>) -> ResourceChange {
    let change = match (before, after) {
        (None, _) => ChangeKind::Added,
        (_, None) => ChangeKind::Deleted,
        _ => ChangeKind::Modified,
    };
    let is_binary = [before, after].into_iter().flatten().any(is_binary);
    let folders = path
        .rsplit_once('/')
        .map(|(folders, _)| folders)
        .unwrap_or_default();
    ResourceChange {
        id: ResourceId(path.to_owned()),
        kind: Kind::File,
        name: crate::tree::file_name(path),
        method: None,
        change,
        location: folders
            .split('/')
            .filter(|folder| !folder.is_empty())
            .map(str::to_owned)
            .collect(),
        path: path.to_owned(),
        only_bookkeeping: false,
        fields: Vec::new(),
        summary: if is_binary {
            sizes(before, after)
        } else {
            lines(before, after)
        },
    }
}

/// As Git judges it.
fn is_binary(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(BYTES_TO_JUDGE)].contains(&0)
}

fn sizes(before: Option<&[u8]>, after: Option<&[u8]>) -> String {
    let size = |bytes: &[u8]| format!("{} bytes", bytes.len());
    match (before.map(size), after.map(size)) {
        (Some(before), Some(after)) => format!("Not text · {before} to {after}"),
        (Some(only), None) | (None, Some(only)) => format!("Not text · {only}"),
        (None, None) => "Not text".to_owned(),
    }
}

fn lines(before: Option<&[u8]>, after: Option<&[u8]>) -> String {
    let (added, removed) = count_lines(before.unwrap_or_default(), after.unwrap_or_default());
    let say = |count: usize, what: &str| match count {
        1 => format!("1 line {what}"),
        count => format!("{count} lines {what}"),
    };
    match (added, removed) {
        (0, 0) if before == after => "No difference".to_owned(),
        (0, 0) => "Line endings or order of lines changed".to_owned(),
        (added, 0) => say(added, "added"),
        (0, removed) => say(removed, "removed"),
        (added, removed) => format!("{} · {}", say(added, "added"), say(removed, "removed")),
    }
}

fn count_lines(before: &[u8], after: &[u8]) -> (usize, usize) {
    let (before, after) = (split(before), split(after));
    let same_head = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let (before, after) = (&before[same_head..], &after[same_head..]);
    let same_tail = before
        .iter()
        .rev()
        .zip(after.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (before, after) = (
        &before[..before.len() - same_tail],
        &after[..after.len() - same_tail],
    );
    let kept = common(before, after);
    (after.len() - kept, before.len() - kept)
}

fn split(bytes: &[u8]) -> Vec<&[u8]> {
    let mut lines: Vec<_> = bytes.split(|byte| *byte == b'\n').collect();
    if lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    lines
}

/// Length of the longest common subsequence; for large texts an estimate that ignores order.
fn common(before: &[&[u8]], after: &[&[u8]]) -> usize {
    const MAX_CELLS: usize = 4_000_000;
    if before.len().saturating_mul(after.len()) > MAX_CELLS {
        return common_unordered(before, after);
    }
    let mut row = vec![0_usize; after.len() + 1];
    for line in before {
        let mut diagonal = 0;
        for (index, other) in after.iter().enumerate() {
            let above = row[index + 1];
            row[index + 1] = if line == other {
                diagonal + 1
            } else {
                above.max(row[index])
            };
            diagonal = above;
        }
    }
    row.last().copied().unwrap_or(0)
}

fn common_unordered(before: &[&[u8]], after: &[&[u8]]) -> usize {
    let mut counts = std::collections::HashMap::<&[u8], usize>::new();
    for line in before {
        *counts.entry(line).or_default() += 1;
    }
    after
        .iter()
        .filter(|line| match counts.get_mut(**line) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        })
        .count()
}
