//! An index for a tree, written without libgit2, which takes several times as long: it hashes more slowly, and asks for
//! each entry anew where it belongs.
//!
//! Format: `Documentation/gitformat-index.adoc` of git. Version 2, with the trees that the index is equal to.

use std::collections::HashMap;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::Duration;

use git2::Oid;
use sha1::{Digest, Sha1};

use crate::entry::{Entry, GITLINK, TREE};
use crate::error::GitError;
use crate::index_file::{IndexFile, Indexed, State};
use crate::racy::may_hide;
use crate::repository::Repo;
use crate::tree_diff::{MAX_DEPTH, mode_of};
use crate::work_entry::WorkEntry;

const VERSION: u32 = 2;
/// Bytes of an entry before its name.
const FIXED: usize = 62;
/// Longer names are counted by who reads them.
const LONGEST_COUNTED: usize = 0xFFF;

/// An index.
pub(crate) struct NewIndex {
    pub(crate) bytes: Vec<u8>,
    /// Whether it knows how every file looks on disk.
    pub(crate) knows_all: bool,
}

/// The index of `tree`. How files look on disk is taken from `known`, and from the old index where it is still about the
/// same content.
pub(crate) fn index_of(
    repo: &Repo,
    tree: Option<Oid>,
    old: &IndexFile,
    known: &[(String, WorkEntry)],
) -> Result<NewIndex, GitError> {
    let known = known.iter().map(|(path, work)| (path.as_bytes(), work)).collect();
    let mut writer = Writer {
        repo,
        old: &old.entries,
        written: old.written,
        known,
        entries: Vec::with_capacity(old.entries.len() * 120),
        count: 0,
        trees: Vec::new(),
        knows_all: true,
    };
    if let Some(tree) = tree {
        writer.trees = writer.folder(b"", tree, 0)?.note;
    }
    Ok(NewIndex {
        knows_all: writer.knows_all,
        bytes: writer.finish(),
    })
}

struct Writer<'w> {
    repo: &'w Repo,
    /// Entries that are not passed yet.
    old: &'w [Indexed],
    written: Duration,
    known: HashMap<&'w [u8], &'w WorkEntry>,
    entries: Vec<u8>,
    count: u32,
    trees: Vec<u8>,
    knows_all: bool,
}

/// How a file looks on disk; all zero where that is not known.
#[derive(Clone, Copy, Default)]
struct Look {
    state: State,
    device: u32,
}

impl Look {
    fn is_known(&self) -> bool {
        self.state.modified.0 != 0 || self.state.changed.0 != 0
    }

    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the index keeps the low 32 bits"
    )]
    fn of(meta: &Metadata) -> Self {
        Self {
            state: State {
                changed: (meta.ctime() as u32, meta.ctime_nsec() as u32),
                modified: (meta.mtime() as u32, meta.mtime_nsec() as u32),
                number: meta.ino() as u32,
                owner: (meta.uid(), meta.gid()),
                size: meta.size() as u32,
            },
            device: meta.dev() as u32,
        }
    }

    /// A file as young as the old index may have changed since without looking so. The new index has not the time to tell
    /// by, so such a file loses its size there, and everybody reads it (Git's `racy-git` documentation).
    fn before(old: &Indexed, written: Duration, work_dir: &Path) -> Self {
        let mut state = old.state;
        if may_hide(work_dir, &old.path, state.modified(), written) {
            state.size = 0;
        }
        Self {
            state,
            device: old.device,
        }
    }
}

/// A folder that was written.
struct Folder {
    files: u32,
    /// What the index says about its tree and those below.
    note: Vec<u8>,
}

impl Writer<'_> {
    fn folder(&mut self, path: &[u8], tree: Oid, depth: usize) -> Result<Folder, GitError> {
        if depth > MAX_DEPTH {
            return Err(GitError::UnsafeTree {
                path: String::from_utf8_lossy(path).into_owned(),
                why: "folders are nested too deeply".to_owned(),
            });
        }
        let found = self.repo.git.find_tree(tree)?;
        let (mut files, mut folders, mut below) = (0, 0, Vec::new());
        let mut place = Vec::new();
        for entry in &found {
            place.clear();
            place.extend_from_slice(path);
            place.extend_from_slice(entry.name_bytes());
            match mode_of(&entry) {
                TREE => {
                    place.push(b'/');
                    let inner = self.folder(&place, entry.id(), depth + 1)?;
                    files += inner.files;
                    folders += 1;
                    below.extend(inner.note);
                }
                mode => {
                    let oid = entry.id();
                    self.file(&place, Entry { oid, mode });
                    files += 1;
                }
            }
        }
        let name = path.strip_suffix(b"/").unwrap_or(path);
        let name = name.rsplit(|byte| *byte == b'/').next().unwrap_or(name);
        let mut note = name.to_vec();
        note.extend_from_slice(format!("\0{files} {folders}\n").as_bytes());
        note.extend_from_slice(tree.as_bytes());
        note.extend(below);
        Ok(Folder { files, note })
    }

    /// Paths come in the order of the index.
    fn file(&mut self, path: &[u8], entry: Entry) {
        while self.old.first().is_some_and(|old| old.path.as_bytes() < path) {
            self.old = &self.old[1..];
        }
        let old = self.old.first();
        let old = old.filter(|old| old.path.as_bytes() == path && old.entry == entry);
        let look = match self.known.get(path).filter(|work| work.entry == entry) {
            Some(work) => Some(Look::of(&work.meta)),
            None => old.map(|old| Look::before(old, self.written, self.repo.work_dir())),
        };
        let look = look.unwrap_or_default();
        self.knows_all &= entry.mode == GITLINK || look.is_known();
        self.write(path, entry, look);
        self.count += 1;
    }

    fn write(&mut self, path: &[u8], entry: Entry, look: Look) {
        let State {
            changed,
            modified,
            number,
            owner,
            size,
        } = look.state;
        let numbers = [
            changed.0,
            changed.1,
            modified.0,
            modified.1,
            look.device,
            number,
            entry.mode,
            owner.0,
            owner.1,
            size,
        ];
        for number in numbers {
            self.entries.extend_from_slice(&number.to_be_bytes());
        }
        self.entries.extend_from_slice(entry.oid.as_bytes());
        let counted = u16::try_from(path.len().min(LONGEST_COUNTED)).unwrap_or_default();
        self.entries.extend_from_slice(&counted.to_be_bytes());
        self.entries.extend_from_slice(path);
        let length = FIXED + path.len();
        let padded = (length / 8 + 1) * 8;
        self.entries.resize(self.entries.len() + padded - length, 0);
    }

    fn finish(self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.entries.len() + self.trees.len() + 40);
        bytes.extend_from_slice(b"DIRC");
        bytes.extend_from_slice(&VERSION.to_be_bytes());
        bytes.extend_from_slice(&self.count.to_be_bytes());
        bytes.extend(self.entries);
        if let Ok(size) = u32::try_from(self.trees.len())
            && size > 0
        {
            bytes.extend_from_slice(b"TREE");
            bytes.extend_from_slice(&size.to_be_bytes());
            bytes.extend(self.trees);
        }
        let hash = Sha1::digest(&bytes);
        bytes.extend_from_slice(&hash);
        bytes
    }
}
