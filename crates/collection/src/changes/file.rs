//! Ordinary files beside the collections.

use super::text::line_counts;
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
    let (added, removed) = line_counts(before.unwrap_or_default(), after.unwrap_or_default());
    let say = |count: u32, what: &str| match count {
        1 => format!("1 line {what}"),
        count => format!("{count} lines {what}"),
    };
    match (added, removed) {
        (0, 0) if before == after => "No difference".to_owned(),
        (0, 0) => "Line endings changed".to_owned(),
        (added, 0) => say(added, "added"),
        (0, removed) => say(removed, "removed"),
        (added, removed) => format!("{} · {}", say(added, "added"), say(removed, "removed")),
    }
}
