//! What differs between two trees. Written by hand because libgit2 walks a “git bomb” to its end.

use std::cmp::Ordering;

use git2::{Oid, Tree};

use crate::entry::{Entry, TREE};
use crate::error::GitError;
use crate::repository::Repo;

/// No walk looks at more entries.
const MAX_ENTRIES: usize = 1_000_000;
/// No walk goes deeper.
pub(crate) const MAX_DEPTH: usize = 64;

/// One path that differs.
#[derive(Debug, Clone)]
pub(crate) struct Difference {
    pub(crate) path: String,
    pub(crate) old: Option<Entry>,
    pub(crate) new: Option<Entry>,
}

/// Every file that differs between two trees, in the order of paths; a missing tree is an empty one.
pub(crate) fn differences(
    repo: &Repo,
    old: Option<Oid>,
    new: Option<Oid>,
) -> Result<Vec<Difference>, GitError> {
    let mut walk = Walk {
        repo,
        found: Vec::new(),
        seen: 0,
    };
    walk.folder("", old, new, 0)?;
    walk.found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(walk.found)
}

struct Walk<'r> {
    repo: &'r Repo,
    found: Vec<Difference>,
    seen: usize,
}

struct Item {
    name: Vec<u8>,
    entry: Entry,
}

impl Walk<'_> {
    fn folder(&mut self, at: &str, old: Option<Oid>, new: Option<Oid>, depth: usize) -> Result<(), GitError> {
        if old == new {
            return Ok(());
        }
        if depth > MAX_DEPTH {
            return Err(unsafe_tree(at, "folders are nested too deeply"));
        }
        let (old, new) = (self.items(old)?, self.items(new)?);
        let (mut left, mut right) = (old.into_iter().peekable(), new.into_iter().peekable());
        loop {
            let order = match (left.peek(), right.peek()) {
                (None, None) => return Ok(()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(l), Some(r)) => l.name.cmp(&r.name),
            };
            let l = if order.is_le() { left.next() } else { None };
            let r = if order.is_ge() { right.next() } else { None };
            self.pair(at, l, r, depth)?;
        }
    }

    fn pair(&mut self, at: &str, old: Option<Item>, new: Option<Item>, depth: usize) -> Result<(), GitError> {
        self.seen += 1;
        if self.seen > MAX_ENTRIES {
            return Err(unsafe_tree(at, "it holds too many files"));
        }
        let Some(name) = old.as_ref().or(new.as_ref()).map(|i| &i.name) else {
            return Ok(());
        };
        let name = String::from_utf8_lossy(name);
        let path = if at.is_empty() {
            name.into_owned()
        } else {
            format!("{at}/{name}")
        };
        let (old_tree, old_file) = split(old);
        let (new_tree, new_file) = split(new);
        if old_file != new_file {
            self.found.push(Difference {
                path: path.clone(),
                old: old_file,
                new: new_file,
            });
        }
        self.folder(&path, old_tree, new_tree, depth + 1)
    }

    /// Sorted by plain name: Git sorts a folder as if its name ended in a slash.
    fn items(&self, tree: Option<Oid>) -> Result<Vec<Item>, GitError> {
        let Some(oid) = tree else { return Ok(Vec::new()) };
        let tree: Tree<'_> = self.repo.git.find_tree(oid)?;
        let mut items: Vec<Item> = tree
            .iter()
            .map(|e| Item {
                name: e.name_bytes().to_vec(),
                entry: Entry {
                    oid: e.id(),
                    mode: mode_of(&e),
                },
            })
            .collect();
        items.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(items)
    }
}

/// Mode of a tree entry as Git normalises it.
pub(crate) fn mode_of(entry: &git2::TreeEntry<'_>) -> u32 {
    u32::try_from(entry.filemode()).unwrap_or_default()
}

fn split(item: Option<Item>) -> (Option<Oid>, Option<Entry>) {
    match item {
        Some(item) if item.entry.mode == TREE => (Some(item.entry.oid), None),
        Some(item) => (None, Some(item.entry)),
        None => (None, None),
    }
}

fn unsafe_tree(path: &str, why: &str) -> GitError {
    let path = if path.is_empty() { "/" } else { path };
    GitError::UnsafeTree {
        path: path.to_owned(),
        why: why.to_owned(),
    }
}
