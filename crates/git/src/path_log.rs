//! Which commit changed which paths, noted once for all, so that the history of one file need not open the folders of every
//! commit. What the notes say has not changed has not; what they say has changed is looked at.
//!
//! Git has the same in its commit-graph (`Documentation/gitformat-commit-graph.adoc`, changed-path Bloom filters), which
//! libgit2 does not read.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::fs;

use git2::{Odb, OdbObject, Oid};
use sha1::{Digest, Sha1};

use crate::entry::TREE;
use crate::error::GitError;
use crate::hash::ends_in_its_hash;
use crate::own_files;
use crate::raw_tree::{Entries, RawEntry};
use crate::repository::Repo;
use crate::tree_diff::{MAX_DEPTH, order_in_tree};

/// The notes, below `.git/sheaf`. They may be deleted at any time.
const FILE: &str = "path-log";
/// Another one makes all notes anew.
const MAGIC: &[u8; 8] = b"SHEAFPL1";
const ID: usize = 20;
/// A commit that changes more paths is looked at in any case.
const MOST_PATHS: usize = 1_000;
/// Commits that are noted, the newest first.
const MOST_COMMITS: usize = 200_000;
/// With fewer new ones the notes are not written again.
const WORTH_WRITING: usize = 50;

/// The notes.
#[derive(Debug, Default)]
pub struct PathLog {
    commits: HashMap<Oid, Noted>,
    /// Hashes of paths, those of a commit beside each other.
    paths: Vec<u32>,
}

/// A commit with one parent.
#[derive(Debug, Clone, Copy)]
struct Noted {
    parent: Oid,
    /// When the parent was made.
    parent_time: i64,
    from: u32,
    count: u32,
}

/// The parent of a commit that did not change a path.
pub(crate) struct Unchanged {
    pub(crate) parent: Oid,
    pub(crate) parent_time: i64,
}

impl PathLog {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.commits.is_empty()
    }

    /// `None` where the commit may have changed the path.
    pub(crate) fn unchanged(&self, commit: Oid, path: &str) -> Option<Unchanged> {
        let noted = self.commits.get(&commit)?;
        let from = noted.from as usize;
        let paths = self.paths.get(from..from + noted.count as usize)?;
        (!paths.contains(&hash_of(path.as_bytes()))).then_some(Unchanged {
            parent: noted.parent,
            parent_time: noted.parent_time,
        })
    }

    fn note(&mut self, commit: Oid, parent: (Oid, i64), paths: &[u32]) {
        let (Ok(from), Ok(count)) = (u32::try_from(self.paths.len()), u32::try_from(paths.len())) else {
            return;
        };
        self.paths.extend_from_slice(paths);
        let (parent, parent_time) = parent;
        self.commits.insert(
            commit,
            Noted {
                parent,
                parent_time,
                from,
                count,
            },
        );
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for (commit, noted) in &self.commits {
            let from = noted.from as usize;
            bytes.extend_from_slice(commit.as_bytes());
            bytes.extend_from_slice(noted.parent.as_bytes());
            bytes.extend_from_slice(&noted.parent_time.to_le_bytes());
            bytes.extend_from_slice(&noted.count.to_le_bytes());
            for path in &self.paths[from..from + noted.count as usize] {
                bytes.extend_from_slice(&path.to_le_bytes());
            }
        }
        let hash = Sha1::digest(&bytes);
        bytes.extend_from_slice(&hash);
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        if !ends_in_its_hash(bytes) {
            return None;
        }
        let (mut rest, _) = bytes.strip_prefix(MAGIC)?.split_last_chunk::<ID>()?;
        let mut log = Self::default();
        while !rest.is_empty() {
            let commit = Oid::from_bytes(take::<ID>(&mut rest)?).ok()?;
            let parent = Oid::from_bytes(take::<ID>(&mut rest)?).ok()?;
            let time = i64::from_le_bytes(*take(&mut rest)?);
            let count = u32::from_le_bytes(*take(&mut rest)?) as usize;
            let paths = rest.get(..count.checked_mul(4)?)?;
            rest = &rest[paths.len()..];
            let paths: Vec<u32> = paths
                .chunks_exact(4)
                .map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
                .collect();
            log.note(commit, (parent, time), &paths);
        }
        Some(log)
    }
}

fn take<'b, const N: usize>(rest: &mut &'b [u8]) -> Option<&'b [u8; N]> {
    let (taken, left) = rest.split_first_chunk()?;
    *rest = left;
    Some(taken)
}

impl Repo {
    /// The notes as they were written last; none where they cannot be read.
    pub fn path_log(&self) -> PathLog {
        let read = || {
            let path = self.own_dir().ok()?.join(FILE);
            let is_plain = fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_file());
            let bytes = is_plain.then(|| fs::read(&path).ok()).flatten()?;
            PathLog::from_bytes(&bytes)
        };
        read().unwrap_or_default()
    }

    /// Notes the commits that HEAD leads to and that are in no note yet, and writes the notes where there are many. Where
    /// `stop` says so it ends early; what is missing then is noted another time.
    pub fn extend_path_log(&self, log: &mut PathLog, stop: &dyn Fn() -> bool) -> Result<(), GitError> {
        let Some(head) = self.head_commit()? else {
            return Ok(());
        };
        let odb = self.git.odb()?;
        let before = log.commits.len();
        let mut open = vec![head];
        let mut seen = HashSet::from([head]);
        while let Some(id) = open.pop() {
            if stop() || log.commits.len() >= MOST_COMMITS {
                break;
            }
            if log.commits.contains_key(&id) {
                continue;
            }
            // A shallow clone ends at commits whose parents are not there.
            let Ok(commit) = self.git.find_commit(id) else {
                continue;
            };
            open.extend(commit.parent_ids().filter(|parent| seen.insert(*parent)));
            if let (1, Ok(parent)) = (commit.parent_count(), commit.parent(0)) {
                let mut changed = Changed {
                    odb: &odb,
                    paths: Vec::new(),
                };
                let (old, new) = (Some(parent.tree_id()), Some(commit.tree_id()));
                if changed.folder(&mut Vec::new(), old, new, 0) {
                    log.note(id, (parent.id(), parent.time().seconds()), &changed.paths);
                }
            }
        }
        if log.commits.len() >= before + WORTH_WRITING {
            own_files::write(&self.own_dir()?.join(FILE), &log.to_bytes())?;
        }
        Ok(())
    }
}

/// Finds the paths that differ between two trees.
struct Changed<'r> {
    odb: &'r Odb<'r>,
    paths: Vec<u32>,
}

impl Changed<'_> {
    /// False where that cannot be told, or is too much.
    fn folder(&mut self, at: &mut Vec<u8>, old: Option<Oid>, new: Option<Oid>, depth: usize) -> bool {
        if old == new {
            return true;
        }
        if depth > MAX_DEPTH {
            return false;
        }
        let odb = self.odb;
        let read = |tree: Option<Oid>| tree.map(|oid| odb.read(oid)).transpose();
        let (Ok(old), Ok(new)) = (read(old), read(new)) else {
            return false;
        };
        let entries = |tree| Entries::of(Option::map_or(tree, &[], OdbObject::data));
        let (mut left, mut right) = (entries(old.as_ref()), entries(new.as_ref()));
        let (mut l, mut r) = (left.next(), right.next());
        while l.is_some() || r.is_some() {
            let order = match (&l, &r) {
                (Some(l), Some(r)) => order_in_tree((l.name, l.mode()), (r.name, r.mode())),
                (Some(_), None) => Ordering::Less,
                _ => Ordering::Greater,
            };
            let from = if order.is_le() { l } else { None };
            let to = if order.is_ge() { r } else { None };
            if order.is_le() {
                l = left.next();
            }
            if order.is_ge() {
                r = right.next();
            }
            let is_same = from.zip(to).is_some_and(|(from, to)| from.is_same(&to));
            if !is_same && !self.pair(at, from, to, depth) {
                return false;
            }
        }
        left.is_over() && right.is_over() && self.paths.len() <= MOST_PATHS
    }

    fn pair(
        &mut self,
        at: &mut Vec<u8>,
        from: Option<RawEntry<'_>>,
        to: Option<RawEntry<'_>>,
        depth: usize,
    ) -> bool {
        let Some(name) = from.or(to).map(|entry| entry.name) else {
            return true;
        };
        let length = at.len();
        at.extend_from_slice(name);
        let is_file = |entry: &RawEntry<'_>| entry.mode() != TREE;
        if from.as_ref().is_some_and(is_file) || to.as_ref().is_some_and(is_file) {
            self.paths.push(hash_of(at));
        }
        at.push(b'/');
        let tree = |entry: Option<RawEntry<'_>>| {
            let folder = entry.filter(|entry| !is_file(entry))?;
            Oid::from_bytes(folder.id).ok()
        };
        let told = self.folder(at, tree(from), tree(to), depth + 1);
        at.truncate(length);
        told
    }
}

/// FNV-1a, which is the same in every version of this program and on every system.
fn hash_of(path: &[u8]) -> u32 {
    path.iter().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use git2::Oid;

    use super::PathLog;

    #[test]
    fn notes_are_read_as_they_were_written_or_not_at_all() {
        let oid = |n: u8| Oid::from_bytes(&[n; 20]).unwrap();
        let mut log = PathLog::default();
        log.note(oid(1), (oid(2), 77), &[super::hash_of(b"a/b"), 5]);
        log.note(oid(2), (oid(3), -1), &[]);
        let bytes = log.to_bytes();
        let read = PathLog::from_bytes(&bytes).unwrap();
        assert!(read.unchanged(oid(1), "a/b").is_none());
        assert_eq!(read.unchanged(oid(1), "a/c").unwrap().parent, oid(2));
        assert_eq!(read.unchanged(oid(2), "a/b").unwrap().parent_time, -1);
        assert!(read.unchanged(oid(3), "a/b").is_none(), "nothing is known of it");
        for cut in 0..bytes.len() {
            assert!(PathLog::from_bytes(&bytes[..cut]).is_none(), "{cut}");
        }
        for at in 0..bytes.len() {
            let mut other = bytes.clone();
            other[at] ^= 1;
            assert!(PathLog::from_bytes(&other).is_none(), "{at}");
        }
    }
}
