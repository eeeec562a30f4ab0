//! What differs between two trees. Written by hand because libgit2 walks a “git bomb” to its end.

use std::cmp::Ordering;

use git2::{Oid, TreeEntry};

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
    Ok(told_once(walk.found))
}

struct Walk<'r> {
    repo: &'r Repo,
    found: Vec<Difference>,
    seen: usize,
}

impl Walk<'_> {
    fn folder(&mut self, at: &str, old: Option<Oid>, new: Option<Oid>, depth: usize) -> Result<(), GitError> {
        if old == new {
            return Ok(());
        }
        if depth > MAX_DEPTH {
            return Err(unsafe_tree(at, "folders are nested too deeply"));
        }
        let read = |tree: Option<Oid>| tree.map(|oid| self.repo.git.find_tree(oid)).transpose();
        let (old, new) = (read(old)?, read(new)?);
        let (mut left, mut right) = (old.iter().flatten().peekable(), new.iter().flatten().peekable());
        loop {
            let order = match (left.peek(), right.peek()) {
                (None, None) => return Ok(()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(l), Some(r)) => {
                    order_in_tree((l.name_bytes(), mode_of(l)), (r.name_bytes(), mode_of(r)))
                }
            };
            let l = if order.is_le() { left.next() } else { None };
            let r = if order.is_ge() { right.next() } else { None };
            self.seen += 1;
            if self.seen > MAX_ENTRIES {
                return Err(unsafe_tree(at, "it holds too many files"));
            }
            // Most are the same, and nothing is made for those.
            let same = |l: &TreeEntry<'_>, r: &TreeEntry<'_>| {
                l.id() == r.id() && l.filemode_raw() == r.filemode_raw()
            };
            if !l.as_ref().zip(r.as_ref()).is_some_and(|(l, r)| same(l, r)) {
                self.pair(at, l.as_ref(), r.as_ref(), depth)?;
            }
        }
    }

    fn pair(
        &mut self,
        at: &str,
        old: Option<&TreeEntry<'_>>,
        new: Option<&TreeEntry<'_>>,
        depth: usize,
    ) -> Result<(), GitError> {
        let Some(name) = old.or(new).map(TreeEntry::name_bytes) else {
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
}

/// The order of names and modes in a tree: a folder stands where its name with a slash would.
pub(crate) fn order_in_tree((name_a, mode_a): (&[u8], u32), (name_b, mode_b): (&[u8], u32)) -> Ordering {
    let shared = name_a.len().min(name_b.len());
    let (start_a, rest_a) = name_a.split_at(shared);
    let (start_b, rest_b) = name_b.split_at(shared);
    let next = |rest: &[u8], mode| match rest.first() {
        Some(byte) => *byte,
        None if mode == TREE => b'/',
        None => 0,
    };
    let by_next = || next(rest_a, mode_a).cmp(&next(rest_b, mode_b));
    start_a.cmp(start_b).then_with(by_next)
}

/// A tree from a stranger may be in no order, or hold a name twice: what was found of a path is told together.
fn told_once(found: Vec<Difference>) -> Vec<Difference> {
    let mut told: Vec<Difference> = Vec::with_capacity(found.len());
    for difference in found {
        match told.last_mut().filter(|last| last.path == difference.path) {
            Some(last) => {
                last.old = last.old.or(difference.old);
                last.new = last.new.or(difference.new);
            }
            None => told.push(difference),
        }
    }
    told.retain(|difference| difference.old != difference.new);
    told
}

/// Mode of a tree entry as Git normalises it.
pub(crate) fn mode_of(entry: &git2::TreeEntry<'_>) -> u32 {
    u32::try_from(entry.filemode()).unwrap_or_default()
}

fn split(entry: Option<&TreeEntry<'_>>) -> (Option<Oid>, Option<Entry>) {
    match entry {
        Some(entry) if mode_of(entry) == TREE => (Some(entry.id()), None),
        Some(entry) => {
            let (oid, mode) = (entry.id(), mode_of(entry));
            (None, Some(Entry { oid, mode }))
        }
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
