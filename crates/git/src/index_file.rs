//! The index as git wrote it, read without libgit2: that takes several times as long, and does not say which tree the
//! index is equal to. Anything unusual in it is left to libgit2.
//!
//! Format: `Documentation/gitformat-index.adoc` of git.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::time::Duration;

use git2::Oid;
use sha1::{Digest, Sha1};

use crate::entry::{EXECUTABLE, Entry, FILE, LINK};
use crate::hash::ends_in_its_hash;
use crate::racy;

const HEADER: usize = 12;
/// Bytes of an entry before its name.
const ENTRY: usize = 62;
const HASH: usize = 20;
/// Flags of an entry that is to be taken as unchanged, that has more flags, or that stands for one side of a conflict.
const UNUSUAL: u16 = 0xF000;
/// Names of this length or a greater one all say so.
const LONGEST_COUNTED: u16 = 0xFFF;

/// What the index holds.
#[derive(Default)]
pub(crate) struct IndexFile {
    /// In the order of paths.
    pub(crate) entries: Vec<Indexed>,
    /// The tree it is equal to, where it says so: git takes that away as soon as something is staged.
    pub(crate) tree: Option<Oid>,
    /// When it was written, since 1970.
    pub(crate) written: Duration,
    /// A hash of all paths.
    pub(crate) paths: [u8; HASH],
    /// The hash of all of it, at its end. Zeros where git was told to leave it out.
    pub(crate) hash: [u8; HASH],
}

/// A file as the index knows it.
pub(crate) struct Indexed {
    pub(crate) path: String,
    pub(crate) entry: Entry,
    pub(crate) state: State,
    /// What it lies on. It may get another number each time, so nobody compares it.
    pub(crate) device: u32,
}

/// How it looked on disk. The index keeps the low 32 bits of each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) changed: (u32, u32),
    pub(crate) modified: (u32, u32),
    pub(crate) number: u32,
    pub(crate) owner: (u32, u32),
    pub(crate) size: u32,
}

impl State {
    /// When the file was written, since 1970.
    pub(crate) fn modified(self) -> Duration {
        Duration::new(u64::from(self.modified.0), self.modified.1)
    }
}

impl IndexFile {
    /// Whether the index is the same file as when this was read.
    pub(crate) fn is_still_at(&self, git_dir: &Path) -> bool {
        let place = git_dir.join("index");
        self.hash != [0; HASH]
            && racy::written(&place) == Some(self.written)
            && hash_at_end(&place).is_ok_and(|hash| hash == self.hash)
    }

    /// `None` where there is none, or anything unusual in it.
    pub(crate) fn read(git_dir: &Path) -> Option<Self> {
        let place = git_dir.join("index");
        let written = racy::written(&place)?;
        Self::of(&fs::read(&place).ok()?, written)
    }

    /// Whether the file on disk is this one, and not damaged.
    pub(crate) fn is_whole_at(&self, git_dir: &Path) -> bool {
        let bytes = fs::read(git_dir.join("index")).unwrap_or_default();
        bytes.ends_with(&self.hash) && ends_in_its_hash(&bytes)
    }

    pub(crate) fn of(bytes: &[u8], written: Duration) -> Option<Self> {
        let (entries, tree) = parse(bytes)?;
        Some(Self {
            paths: hash_of_paths(&entries),
            entries,
            tree,
            written,
            hash: *bytes.last_chunk()?,
        })
    }
}

fn hash_of_paths(entries: &[Indexed]) -> [u8; HASH] {
    let mut hash = Sha1::new();
    for entry in entries {
        hash.update(entry.path.as_bytes());
        hash.update([0]);
    }
    hash.finalize().into()
}

fn hash_at_end(place: &Path) -> io::Result<[u8; HASH]> {
    let mut file = File::open(place)?;
    let length = i64::try_from(HASH).map_err(io::Error::other)?;
    file.seek(SeekFrom::End(-length))?;
    let mut hash = [0; HASH];
    file.read_exact(&mut hash)?;
    Ok(hash)
}

fn parse(index: &[u8]) -> Option<(Vec<Indexed>, Option<Oid>)> {
    // Version 4 shortens names.
    if !index.starts_with(b"DIRC") || !(2..=3).contains(&number(index, 4)?) {
        return None;
    }
    let count = usize::try_from(number(index, 8)?).ok()?;
    let mut entries = Vec::with_capacity(count.min(index.len() / ENTRY));
    let mut at = HEADER;
    for _ in 0..count {
        let (entry, next) = entry(index, at)?;
        // In another order nobody would find them.
        let before = entries.last().map_or("", |last: &Indexed| last.path.as_str());
        if entry.path.as_str() <= before {
            return None;
        }
        entries.push(entry);
        at = next;
    }
    Some((entries, notes(index, at)?.tree))
}

/// An entry and where the next one starts: entries end in one to eight zero bytes, so that their length is a multiple
/// of eight.
fn entry(index: &[u8], at: usize) -> Option<(Indexed, usize)> {
    let fixed = index.get(at..at + ENTRY)?;
    let flags = u16::from_be_bytes(fixed.get(60..62)?.try_into().ok()?);
    let mode = number(fixed, 24)?;
    if flags & UNUSUAL != 0 || ![FILE, EXECUTABLE, LINK].contains(&mode) {
        return None;
    }
    let name = index.get(at + ENTRY..)?;
    let length = name.iter().position(|byte| *byte == 0)?;
    // A name that is said to be longer holds the zero itself.
    if usize::from(flags & LONGEST_COUNTED) != length.min(usize::from(LONGEST_COUNTED)) {
        return None;
    }
    let indexed = Indexed {
        path: std::str::from_utf8(name.get(..length)?).ok()?.to_owned(),
        entry: Entry {
            oid: Oid::from_bytes(fixed.get(40..60)?).ok()?,
            mode,
        },
        state: State {
            changed: (number(fixed, 0)?, number(fixed, 4)?),
            modified: (number(fixed, 8)?, number(fixed, 12)?),
            number: number(fixed, 20)?,
            owner: (number(fixed, 28)?, number(fixed, 32)?),
            size: number(fixed, 36)?,
        },
        device: number(fixed, 16)?,
    };
    Some((indexed, at + ((ENTRY + length) / 8 + 1) * 8))
}

/// What stands behind the entries.
struct Notes {
    tree: Option<Oid>,
}

/// `None` where there is an extension that has to be understood. Those have small names.
fn notes(index: &[u8], mut at: usize) -> Option<Notes> {
    let mut tree = None;
    while at + 8 + HASH <= index.len() {
        let (name, size) = (
            index.get(at..at + 4)?,
            usize::try_from(number(index, at + 4)?).ok()?,
        );
        let content = index.get(at + 8..(at + 8).checked_add(size)?)?;
        if name == b"TREE" {
            tree = root_of(content);
        } else if !name[0].is_ascii_uppercase() {
            return None;
        }
        at += 8 + size;
    }
    Some(Notes { tree })
}

/// The first of the trees: an empty path, the number of entries (-1 where it is out of date), the number of subtrees,
/// a line feed, and the hash.
fn root_of(content: &[u8]) -> Option<Oid> {
    let rest = content
        .strip_prefix(b"\0")
        .filter(|rest| !rest.starts_with(b"-"))?;
    let line = rest.iter().position(|byte| *byte == b'\n')?;
    Oid::from_bytes(rest.get(line + 1..line + 1 + HASH)?).ok()
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
