//! The files of the result.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::result::{Entries, Entry};
use super::states::{Found, States};
use super::structure::Structure;
use super::write_legacy::legacy_bytes;
use super::write_v5::Collection;
use crate::edit::has_no_place_in_v5;
use crate::legacy::{LegacyPath, file_path};
use crate::model::{FileEdit, Kind, ResourceId};
use crate::parallel;

/// Folders that are followed up.
const MAX_HOLDERS: usize = 256;

/// The files that differ from those here, and paths of those that could not be made.
pub(super) struct Written {
    pub files: Vec<FileEdit>,
    pub failed: BTreeSet<String>,
    /// Where each resource is.
    pub paths: BTreeMap<ResourceId, String>,
}

/// Where a collection is kept in the result.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Home {
    /// In a tree, below a folder or at the top.
    Tree(String),
    /// In this file.
    File(String),
}

/// Writes every resource where it belongs.
pub(super) fn write<'m>(states: &'m States<'m>, structure: &Structure<'m>, entries: &Entries<'m>) -> Written {
    let mut writer = Writer {
        states,
        structure,
        entries,
        homes: homes(entries),
        written: Written {
            files: Vec::new(),
            failed: BTreeSet::new(),
            paths: BTreeMap::new(),
        },
    };
    let in_files = writer.trees();
    writer.files(in_files);
    writer.deletions();
    writer.written
}

struct Writer<'w, 'm> {
    states: &'m States<'m>,
    structure: &'w Structure<'m>,
    entries: &'w Entries<'m>,
    homes: HashMap<&'m ResourceId, Home>,
    written: Written,
}

impl<'m> Writer<'_, 'm> {
    /// Writes what is kept in trees; what is kept in collection files comes back, by collection.
    fn trees(&mut self) -> HashMap<&'m ResourceId, Vec<&'m ResourceId>> {
        let mut in_files: HashMap<&'m ResourceId, Vec<&'m ResourceId>> = HashMap::new();
        let mut in_trees = Vec::new();
        for id in &self.structure.order {
            let Some(entry) = self.entries.get(id) else {
                continue;
            };
            let root = self.root(id);
            let home = root.and_then(|root| self.homes.get(root).map(|home| (root, home)));
            let path = match home {
                Some((root, Home::File(path))) if !has_no_place_in_v5(entry.kind) => {
                    self.written.paths.insert((*id).clone(), path.clone());
                    in_files.entry(root).or_default().push(id);
                    continue;
                }
                Some((_, Home::Tree(folder))) => legacy_place(id, entry, folder),
                _ => legacy_place(id, entry, ""),
            };
            in_trees.push((*id, entry, path));
        }
        let contents = parallel::map(&in_trees, |(id, entry, path)| legacy_bytes(path, id, entry));
        for ((id, _, path), bytes) in in_trees.into_iter().zip(contents) {
            self.put(&path, bytes);
            self.written.paths.insert(id.clone(), path);
        }
        in_files
    }

    fn files(&mut self, in_files: HashMap<&'m ResourceId, Vec<&'m ResourceId>>) {
        let mut children: HashMap<ResourceId, Vec<&'m ResourceId>> = HashMap::new();
        for id in in_files.values().flatten() {
            if let Some(parent) = self.entries.get(*id).and_then(|entry| entry.parent.clone()) {
                children.entry(parent).or_default().push(id);
            }
        }
        for (root, ids) in in_files {
            let Some(Home::File(path)) = self.homes.get(root).cloned() else {
                continue;
            };
            let collection = Collection {
                states: self.states,
                entries: self.entries,
                children: &children,
                root,
                ids,
            };
            let bytes = collection.bytes();
            self.put(&path, bytes);
        }
    }

    fn put(&mut self, path: &str, bytes: Option<Vec<u8>>) {
        match bytes {
            Some(bytes) if self.states.ours.bytes(path) == Some(&bytes) => {}
            Some(bytes) => self.written.files.push(FileEdit {
                path: path.to_owned(),
                after: Some(bytes),
            }),
            None => drop(self.written.failed.insert(path.to_owned())),
        }
    }

    /// Files here that hold nothing of the result any more.
    fn deletions(&mut self) {
        let used: BTreeSet<&String> = self.written.paths.values().collect();
        let here = self.states.ours.files.keys();
        let gone =
            here.filter(|path| !self.states.whole.contains(*path) && !used.contains(&(**path).to_owned()));
        let gone = gone.map(|path| FileEdit {
            path: (*path).to_owned(),
            after: None,
        });
        self.written.files.extend(gone.collect::<Vec<_>>());
    }

    /// The collection that a resource is in.
    fn root(&self, id: &'m ResourceId) -> Option<&'m ResourceId> {
        let (mut at, mut entry) = self.entries.get_key_value(id)?;
        for _ in 0..MAX_HOLDERS {
            if entry.kind == Kind::Workspace {
                return Some(at);
            }
            (at, entry) = self.entries.get_key_value(entry.parent.as_ref()?)?;
        }
        None
    }
}

/// Where each collection is kept: as one side alone decided, in a file where both moved it there, or as here.
fn homes<'m>(entries: &Entries<'m>) -> HashMap<&'m ResourceId, Home> {
    let home = |found: Found<'_>| match found.file.legacy_path() {
        Some(place) => Home::Tree(place.root.to_owned()),
        None => Home::File(found.file.path.clone()),
    };
    let merged = |entry: &Entry<'m>| {
        let [base, ours, theirs] = [entry.base, entry.ours, entry.theirs].map(|found| found.map(home));
        match (ours, theirs) {
            (Some(ours), Some(theirs)) if Some(&ours) == base.as_ref() => Some(theirs),
            (Some(Home::Tree(_)), Some(Home::File(path)))
                if base.as_ref() != Some(&Home::File(path.clone())) =>
            {
                Some(Home::File(path))
            }
            (Some(ours), _) => Some(ours),
            (None, theirs) => theirs,
        }
    };
    let roots = entries.iter().filter(|(_, entry)| entry.kind == Kind::Workspace);
    roots
        .filter_map(|(id, entry)| Some((*id, merged(entry)?)))
        .collect()
}

/// The path of the file of a resource in a tree: the one that a side gave it, or else that here.
fn legacy_place(id: &ResourceId, entry: &Entry<'_>, folder: &str) -> String {
    let path = |found: Option<Found<'_>>| {
        let found = found.filter(|found| LegacyPath::parse(&found.file.path).is_some() && found.is_legacy());
        found.map(|found| found.file.path.clone())
    };
    let (base, ours, theirs) = (path(entry.base), path(entry.ours), path(entry.theirs));
    match (ours, theirs) {
        (Some(ours), Some(theirs)) if Some(&ours) == base.as_ref() => theirs,
        (Some(only), _) | (None, Some(only)) => only,
        (None, None) => file_path(folder, entry.kind, id),
    }
}
