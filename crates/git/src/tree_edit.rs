//! Looking up and changing single files of a tree.

use std::collections::BTreeMap;
use std::path::Path;

use git2::{ErrorCode, Oid};

use crate::entry::{Entry, TREE};
use crate::error::GitError;
use crate::repository::Repo;
use crate::tree_diff::mode_of;

/// What becomes of paths; `None` removes one.
pub(crate) type Edits = BTreeMap<String, Option<Entry>>;

impl Repo {
    /// The file at `path` of a tree; folders are none.
    pub(crate) fn entry_at(&self, tree: Option<Oid>, path: &str) -> Result<Option<Entry>, GitError> {
        let Some(tree) = tree else { return Ok(None) };
        match self.git.find_tree(tree)?.get_path(Path::new(path)) {
            Ok(e) if mode_of(&e) == TREE => Ok(None),
            Ok(e) => Ok(Some(Entry {
                oid: e.id(),
                mode: mode_of(&e),
            })),
            Err(e) if e.code() == ErrorCode::NotFound => Ok(None),
            Err(e) => Err(e.into()),
        }
    }

    /// A tree like `base` with these edits. Folders that become empty go.
    pub(crate) fn edit_tree(&self, base: Option<Oid>, edits: &Edits) -> Result<Oid, GitError> {
        let edits: Vec<_> = edits
            .iter()
            .map(|(path, entry)| (path.as_str(), *entry))
            .collect();
        match self.edit_folder(base, &edits)? {
            Some(tree) => Ok(tree),
            None => Ok(self.git.treebuilder(None)?.write()?),
        }
    }

    fn edit_folder(
        &self,
        base: Option<Oid>,
        edits: &[(&str, Option<Entry>)],
    ) -> Result<Option<Oid>, GitError> {
        let base = base.map(|oid| self.git.find_tree(oid)).transpose()?;
        let mut builder = self.git.treebuilder(base.as_ref())?;
        let mut below: BTreeMap<&str, Vec<(&str, Option<Entry>)>> = BTreeMap::new();
        let mut files = Vec::new();
        for (path, entry) in edits {
            match path.split_once('/') {
                Some((folder, rest)) => below.entry(folder).or_default().push((rest, *entry)),
                None => files.push((*path, *entry)),
            }
        }
        // Removals first: a file may make way for a folder of its name or the other way round.
        for (name, _) in files.iter().filter(|(_, e)| e.is_none()) {
            let is_file = base
                .as_ref()
                .and_then(|t| t.get_name(name))
                .is_some_and(|e| mode_of(&e) != TREE);
            if is_file {
                builder.remove(*name)?;
            }
        }
        for (folder, edits) in below {
            let inner = base
                .as_ref()
                .and_then(|t| t.get_name(folder))
                .filter(|e| mode_of(e) == TREE);
            match self.edit_folder(inner.as_ref().map(git2::TreeEntry::id), &edits)? {
                Some(tree) => drop(builder.insert(folder, tree, 0o040_000)?),
                None if inner.is_some() => builder.remove(folder)?,
                None => {}
            }
        }
        for (name, entry) in files {
            if let Some(entry) = entry {
                builder.insert(name, entry.oid, i32::try_from(entry.mode).unwrap_or_default())?;
            }
        }
        if builder.is_empty() {
            Ok(None)
        } else {
            Ok(Some(builder.write()?))
        }
    }
}
