//! New collections as files of Insomnia 11 and later, in projects that keep theirs so.

use std::collections::HashSet;

use crate::collections::Collections;

/// Characters of a file's name.
const MAX_NAME: usize = 100;

/// Where new collection files of a project go, and in which schema.
pub(super) struct CollectionFiles {
    folder: String,
    /// What stands in `schema_version`.
    pub version: &'static str,
    taken: HashSet<String>,
}

impl CollectionFiles {
    /// Nothing where the project keeps its collections in a tree, or has none.
    pub(super) fn of(existing: &Collections) -> Option<Self> {
        let files: Vec<_> = existing
            .files
            .values()
            .filter(|file| !file.path.starts_with(".git/"))
            .collect();
        let has_tree = files.iter().any(|file| file.legacy_path().is_some());
        if files.is_empty() || has_tree {
            return None;
        }
        let folder = |path: &str| path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let first = files.first().map(|file| folder(&file.path)).unwrap_or_default();
        let is_common = files.iter().all(|file| folder(&file.path) == first);
        let is_newest = files.iter().any(|file| {
            file.text()
                .is_some_and(|text| text.contains("\nschema_version: \"5.2\"\n"))
        });
        Some(Self {
            folder: if is_common && !first.is_empty() {
                format!("{first}/")
            } else {
                String::new()
            },
            version: if is_newest { "5.2" } else { "5.1" },
            taken: existing.files.keys().map(|path| path.to_lowercase()).collect(),
        })
    }

    /// A free path by Insomnia's rule for names: small letters, and `_` for what is no letter, digit, `_` or `-`.
    pub(super) fn path(&mut self, name: &str, is_taken: &dyn Fn(&str) -> bool) -> String {
        let plain: String = name
            .trim()
            .to_lowercase()
            .chars()
            .map(|char| match char {
                'a'..='z' | '0'..='9' | '_' | '-' => char,
                _ => '_',
            })
            .take(MAX_NAME)
            .collect();
        // `con` and the like are devices on Windows, whatever their ending.
        let stem = if plain.len() < 5 {
            format!("{plain}_api")
        } else {
            plain
        };
        let names = std::iter::once(stem.clone()).chain((2_u32..).map(|number| format!("{stem}_{number}")));
        let paths = names.map(|name| format!("{}{name}.yaml", self.folder));
        let mut free = paths.filter(|path| !self.taken.contains(path) && !is_taken(path));
        let path = free.next().unwrap_or_default();
        self.taken.insert(path.to_lowercase());
        path
    }
}
