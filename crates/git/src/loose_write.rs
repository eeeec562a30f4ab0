//! Loose objects, written without libgit2. It looks through all packs for each new object, compresses and hashes more
//! slowly, and its handles cannot be shared among threads, which wait for the disk at the same time.
//!
//! Format: `git cat-file` and Git's `gitrepository-layout`: the zlib stream of kind, a space, the length, NUL and the content.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use git2::{ObjectType, Oid};

use crate::error::{GitError, io};
use crate::staged::sync_folder;

/// How the names of half-written objects begin. `git prune` takes away what begins with `tmp_obj_`.
pub(crate) const TEMP: &str = "tmp_obj_sheaf_";

static NEXT: AtomicU64 = AtomicU64::new(0);

/// Puts an object into the folder of objects, so that it survives a power cut.
pub(crate) fn write_loose(objects: &Path, oid: Oid, kind: ObjectType, bytes: &[u8]) -> Result<(), GitError> {
    let head = format!("{} {}\0", kind.str(), bytes.len());
    refuse_collision(oid, head.as_bytes(), bytes)?;
    let hex = oid.to_string();
    let folder = objects.join(&hex[..2]);
    let place = folder.join(&hex[2..]);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let temp = objects.join(format!("{TEMP}{}_{number}", std::process::id()));
    let written = write_new(&temp, head.as_bytes(), bytes)
        .and_then(|()| make_folder(&folder))
        .and_then(|()| put_in_place(&temp, &place))
        .and_then(|()| sync_folder(&folder));
    if written.is_err() {
        let _ = fs::remove_file(&temp);
    }
    written.map_err(|e| io(&place, e))
}

/// Two contents with one id could be exchanged for each other; such ones can be made on purpose, and that shows.
fn refuse_collision(oid: Oid, head: &[u8], bytes: &[u8]) -> Result<(), GitError> {
    let mut hasher = gix_hash::hasher(gix_hash::Kind::Sha1);
    hasher.update(head);
    hasher.update(bytes);
    match hasher.try_finalize() {
        Ok(id) if id.as_slice() == oid.as_bytes() => Ok(()),
        _ => Err(GitError::Damaged(format!(
            "the content of object {oid} was made to have the id of another one"
        ))),
    }
}

fn write_new(temp: &Path, head: &[u8], bytes: &[u8]) -> io::Result<()> {
    let mut packed = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::fast());
    packed.write_all(head)?;
    packed.write_all(bytes)?;
    let packed = packed.finish()?;
    // One that is there already was left by a crash of a program that had the same number.
    let _ = fs::remove_file(temp);
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o444);
    }
    let mut file = options.open(temp)?;
    file.write_all(&packed)?;
    file.sync_all()
}

/// As libgit2 does it: what waits for the new folder waits for its name, too, on the file systems of our days.
fn make_folder(folder: &Path) -> io::Result<()> {
    match fs::create_dir(folder) {
        Err(e) if e.kind() != ErrorKind::AlreadyExists => Err(e),
        _ => Ok(()),
    }
}

fn put_in_place(temp: &Path, place: &Path) -> io::Result<()> {
    match fs::rename(temp, place) {
        // Some systems do not replace a file that may not be written; it holds the same.
        Err(_) if place.exists() => fs::remove_file(temp),
        done => done,
    }
}
