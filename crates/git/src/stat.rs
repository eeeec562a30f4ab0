//! What the index remembers of a file, to see without reading it that it did not change.

use std::fs::Metadata;

use git2::{IndexEntry, IndexTime, Oid};

/// An index entry for a file with this content and these properties on disk; all zero where the file is not known.
pub(crate) fn index_entry(path: &str, oid: Oid, mode: u32, meta: Option<&Metadata>) -> IndexEntry {
    let mut entry = IndexEntry {
        ctime: IndexTime::new(0, 0),
        mtime: IndexTime::new(0, 0),
        dev: 0,
        ino: 0,
        mode,
        uid: 0,
        gid: 0,
        file_size: 0,
        id: oid,
        flags: 0,
        flags_extended: 0,
        path: path.as_bytes().to_vec(),
    };
    if let Some(meta) = meta {
        fill(&mut entry, meta);
    }
    entry
}

#[cfg(unix)]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn fill(entry: &mut IndexEntry, meta: &Metadata) {
    use std::os::unix::fs::MetadataExt;
    // The index keeps the low 32 bits of each of these, as git does.
    entry.ctime = IndexTime::new(meta.ctime() as i32, meta.ctime_nsec() as u32);
    entry.mtime = IndexTime::new(meta.mtime() as i32, meta.mtime_nsec() as u32);
    entry.dev = meta.dev() as u32;
    entry.ino = meta.ino() as u32;
    entry.uid = meta.uid();
    entry.gid = meta.gid();
    entry.file_size = meta.len() as u32;
}

#[cfg(not(unix))]
fn fill(_entry: &mut IndexEntry, _meta: &Metadata) {
    // Left at zero: once the operation has landed, libgit2 reads the file and fills these in.
}
