//! New collections as files of Insomnia 11 and later, in projects that keep theirs so.

use std::collections::HashSet;

use crate::collections::Collections;

/// Where new collection files of a project go.
pub(super) struct CollectionFiles<'c> {
    existing: &'c Collections,
    folder: String,
    /// Paths of this import.
    used: HashSet<String>,
}

impl<'c> CollectionFiles<'c> {
    /// Nothing where the project keeps its collections in a tree, or has none.
    pub(super) fn of(existing: &'c Collections) -> Option<Self> {
        Some(Self {
            existing,
            folder: existing.folder_of_new_files()?,
            used: HashSet::new(),
        })
    }

    /// A path that no other file has.
    pub(super) fn path(&mut self, name: &str, is_taken: &dyn Fn(&str) -> bool) -> String {
        let is_used = |path: &str| self.used.contains(path) || is_taken(path);
        let path = self.existing.free_path(&self.folder, name, is_used);
        self.used.insert(path.clone());
        path
    }
}
