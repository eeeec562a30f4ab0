//! The files of the result.

use std::collections::{BTreeMap, BTreeSet};

use super::asks::Asks;
use super::result::{Entries, Entry};
use super::states::{Found, States};
use super::write_legacy::legacy_bytes;
use crate::legacy::{LegacyPath, file_path};
use crate::model::{FileEdit, ResourceId};

/// The files that differ from those here, and paths of those that could not be made.
pub(super) struct Written {
    pub files: Vec<FileEdit>,
    pub failed: BTreeSet<String>,
    /// Where each resource is.
    pub paths: BTreeMap<ResourceId, String>,
}

/// Writes every resource where it belongs.
pub(super) fn write<'m>(states: &'m States<'m>, entries: &Entries<'m>, _asks: &mut Asks<'m>) -> Written {
    let mut written = Written {
        files: Vec::new(),
        failed: BTreeSet::new(),
        paths: BTreeMap::new(),
    };
    let mut used = BTreeSet::new();
    for (id, entry) in entries {
        let Some(path) = legacy_place(id, entry) else {
            continue;
        };
        written.paths.insert((*id).clone(), path.clone());
        match legacy_bytes(&path, id, entry) {
            Some(bytes) if states.ours.bytes(&path) == Some(&bytes) => {}
            Some(bytes) => written.files.push(FileEdit {
                path: path.clone(),
                after: Some(bytes),
            }),
            None => drop(written.failed.insert(path.clone())),
        }
        used.insert(path);
    }
    for (path, file) in &states.ours.files {
        let is_gone = !states.whole.contains(path) && !used.contains(*path);
        if is_gone && file.legacy_path().is_some() {
            written.files.push(FileEdit {
                path: (*path).to_owned(),
                after: None,
            });
        }
    }
    written
}

/// The path of the file of a resource in a tree: the one that a side gave it, or else that here.
fn legacy_place(id: &ResourceId, entry: &Entry<'_>) -> Option<String> {
    let path = |found: Option<Found<'_>>| {
        found
            .filter(|found| found.is_legacy())
            .map(|found| found.file.path.clone())
    };
    let (base, ours, theirs) = (path(entry.base), path(entry.ours), path(entry.theirs));
    match (ours, theirs) {
        (Some(ours), Some(theirs)) if Some(&ours) == base.as_ref() => Some(theirs),
        (Some(ours), _) => Some(ours),
        (None, Some(theirs)) => Some(theirs),
        (None, None) => {
            let root = LegacyPath::parse(&entry.text()?.file.path).map_or("", |place| place.root);
            Some(file_path(root, entry.kind, id))
        }
    }
}
