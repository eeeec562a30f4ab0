//! Looking up and changing single files of a tree.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use git2::{ErrorCode, ObjectType, Oid, TreeEntry};

use crate::bulk::NewObjects;
use crate::entry::{Entry, TREE};
use crate::error::GitError;
use crate::path;
use crate::raw_tree::Entries;
use crate::repository::Repo;
use crate::tree_diff::{mode_of, order_in_tree};

/// What becomes of paths; `None` removes one.
pub(crate) type Edits = BTreeMap<String, Option<Entry>>;

impl Repo {
    /// The file at `path` of a tree; folders are none. libgit2 keeps what it made of the folders, so that the next of
    /// thousands of files is found at once.
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

    /// The same in a tree in which nobody looks for another file: nothing is made of the others in its folders.
    pub(crate) fn sole_entry_at(&self, tree: Oid, path: &str) -> Result<Option<Entry>, GitError> {
        let odb = self.git.odb()?;
        let mut at = tree;
        let mut parts = path.split('/').peekable();
        while let Some(part) = parts.next() {
            let object = odb.read(at)?;
            let mut entries = Entries::of(object.data());
            let found = entries.by_ref().find(|entry| entry.name == part.as_bytes());
            entries.by_ref().for_each(drop);
            if object.kind() != ObjectType::Tree || !entries.is_over() {
                // It says what is wrong with it.
                self.git.find_tree(at)?;
            }
            let Some(found) = found else { return Ok(None) };
            let (oid, mode) = (Oid::from_bytes(found.id)?, found.mode());
            match (parts.peek(), mode) {
                (None, TREE) => return Ok(None),
                (None, mode) => return Ok(Some(Entry { oid, mode })),
                (Some(_), TREE) => at = oid,
                (Some(_), _) => return Ok(None),
            }
        }
        Ok(None)
    }

    /// A tree like `base` with these edits. Folders that become empty go.
    pub(crate) fn edit_tree(&self, base: Option<Oid>, edits: &Edits) -> Result<Oid, GitError> {
        let mut new = NewObjects::default();
        let tree = self.edited_tree(base, edits, &mut new)?;
        self.store_objects(new)?;
        Ok(tree)
    }

    /// The same; trees that are new are added to `new` instead of being stored.
    pub(crate) fn edited_tree(
        &self,
        base: Option<Oid>,
        edits: &Edits,
        new: &mut NewObjects,
    ) -> Result<Oid, GitError> {
        for (path, _) in edits.iter().filter(|(_, entry)| entry.is_some()) {
            path::check(path)?;
        }
        let edits: Vec<_> = edits
            .iter()
            .map(|(path, entry)| (path.as_str(), *entry))
            .collect();
        match self.edit_folder(base, &edits, new)? {
            Some(tree) => Ok(tree),
            None => new.add(ObjectType::Tree, Vec::new()),
        }
    }

    fn edit_folder(
        &self,
        base: Option<Oid>,
        edits: &[(&str, Option<Entry>)],
        new: &mut NewObjects,
    ) -> Result<Option<Oid>, GitError> {
        let base = base.map(|oid| self.git.find_tree(oid)).transpose()?;
        let was = |name: &str| base.as_ref().and_then(|tree| tree.get_name(name));
        let mut below: BTreeMap<&str, Vec<(&str, Option<Entry>)>> = BTreeMap::new();
        let mut changed: HashMap<&[u8], Option<Entry>> = HashMap::new();
        let mut added = Vec::new();
        // Removals first: a file may make way for a folder of its name or the other way round.
        for (path, entry) in edits {
            match (path.split_once('/'), entry) {
                (Some((folder, rest)), _) => below.entry(folder).or_default().push((rest, *entry)),
                (None, Some(entry)) => added.push((*path, *entry)),
                (None, None) if was(path).is_some_and(|entry| mode_of(&entry) != TREE) => {
                    changed.insert(path.as_bytes(), None);
                }
                (None, None) => {}
            }
        }
        for (folder, edits) in below {
            let inner = was(folder).filter(|entry| mode_of(entry) == TREE);
            match self.edit_folder(inner.as_ref().map(TreeEntry::id), &edits, new)? {
                Some(oid) => drop(changed.insert(folder.as_bytes(), Some(Entry { oid, mode: TREE }))),
                None if inner.is_some() => drop(changed.insert(folder.as_bytes(), None)),
                None => {}
            }
        }
        changed.extend(
            added
                .into_iter()
                .map(|(name, entry)| (name.as_bytes(), Some(entry))),
        );
        let stays = base.iter().flatten();
        let stays = stays.filter(|entry| !changed.contains_key(entry.name_bytes()));
        let stays: Vec<_> = stays.collect();
        let stays = stays
            .iter()
            .map(|entry| (entry.name_bytes(), raw_mode(entry), entry.id()));
        let new_ones = changed.iter().filter_map(|(name, entry)| {
            let entry = (*entry)?;
            Some((*name, entry.mode, entry.oid))
        });
        let mut entries: Vec<_> = stays.chain(new_ones).collect();
        if entries.is_empty() {
            return Ok(None);
        }
        entries.sort_by(|a, b| order_in_tree((a.0, a.1), (b.0, b.1)));
        let mut bytes = Vec::with_capacity(entries.len() * 60);
        for (name, mode, oid) in entries {
            bytes.extend_from_slice(format!("{mode:o} ").as_bytes());
            bytes.extend_from_slice(name);
            bytes.push(0);
            bytes.extend_from_slice(oid.as_bytes());
        }
        new.add(ObjectType::Tree, bytes).map(Some)
    }
}

fn raw_mode(entry: &TreeEntry<'_>) -> u32 {
    u32::try_from(entry.filemode_raw()).unwrap_or_default()
}
