//! A file of the work tree as Git would store it.

use std::fs::Metadata;
use std::path::{Path, PathBuf};

use git2::{ObjectType, OdbLookupFlags, Oid};

use crate::entry::{EXECUTABLE, Entry, FILE, LINK};
use crate::error::{GitError, io};
use crate::hash::blob_id;
use crate::loose_write::write_loose;
use crate::path;
use crate::repository::Repo;
use crate::stamp::Stamp;

/// A file of the work tree.
#[derive(Debug, Clone)]
pub(crate) struct WorkEntry {
    /// As Git would store it. Its blob is not necessarily in the object store yet.
    pub(crate) entry: Entry,
    /// Taken before the file was read, so that a later change shows.
    pub(crate) meta: Metadata,
}

/// A file of the work tree and what it holds; nothing for a link.
pub(crate) struct Found {
    pub(crate) work: WorkEntry,
    pub(crate) content: Option<Content>,
}

pub(crate) struct Content {
    pub(crate) bytes: Vec<u8>,
    /// Whether Git stores these bytes.
    pub(crate) as_it_is: bool,
}

/// A file of the work tree whose exact bytes are in the object store.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) work: WorkEntry,
    /// Blob with the bytes as they are on disk.
    pub(crate) raw: Oid,
}

/// How a file compares with what it is going to hold.
pub(crate) enum KeptUnless {
    Same,
    /// What there is, if anything.
    Other(Option<Box<Kept>>),
}

impl Repo {
    /// Puts the exact bytes of the file at `path` into the object store, unless they are what is `committed`; `None`
    /// where there is no file or link.
    pub(crate) fn keep_work_file(
        &self,
        path: &str,
        committed: Option<Oid>,
    ) -> Result<Option<Kept>, GitError> {
        let found = self.find_entry(path)?;
        found.map(|found| self.kept(found, committed)).transpose()
    }

    /// The same, unless the file at `path` holds just these bytes, or is as absent as they are. `head` is the tree of the
    /// last commit.
    pub(crate) fn keep_unless(
        &self,
        path: &str,
        bytes: Option<&[u8]>,
        head: Option<Oid>,
    ) -> Result<KeptUnless, GitError> {
        let found = self.find_entry(path)?;
        let is_link = found.as_ref().is_some_and(|found| found.work.meta.is_symlink());
        let now = found.as_ref().and_then(|found| found.content.as_ref());
        if !is_link && now.map(|content| &*content.bytes) == bytes {
            return Ok(KeptUnless::Same);
        }
        let committed = self.entry_at(head, path)?.map(|entry| entry.oid);
        let kept = found.map(|found| self.kept(found, committed)).transpose()?;
        Ok(KeptUnless::Other(kept.map(Box::new)))
    }

    /// Whether the file still looks as it did when it was kept.
    pub(crate) fn is_as_kept(&self, path: &str, kept: &Kept) -> bool {
        let file = path::locate(self.work_dir(), path).ok().flatten();
        file.and_then(|file| Stamp::at(&file)) == Some(Stamp::of(&kept.work.meta))
    }

    fn kept(&self, found: Found, committed: Option<Oid>) -> Result<Kept, GitError> {
        let oid = found.work.entry.oid;
        let raw = match &found.content {
            Some(content) if content.as_it_is && committed == Some(oid) => oid,
            Some(content) if content.as_it_is => self.stored(oid, &content.bytes)?,
            content => self.store(content.as_ref())?.unwrap_or(found.work.entry.oid),
        };
        Ok(Kept {
            work: found.work,
            raw,
        })
    }

    /// The file at `path`; `None` where there is no file or link.
    pub(crate) fn work_entry(&self, path: &str) -> Result<Option<WorkEntry>, GitError> {
        Ok(self.find_entry(path)?.map(|found| found.work))
    }

    /// Like [`work_entry`](Self::work_entry), and its blob is in the object store afterwards.
    pub(crate) fn store_work_entry(&self, path: &str) -> Result<Option<WorkEntry>, GitError> {
        let Some(found) = self.find_entry(path)? else {
            return Ok(None);
        };
        // Where Git stores other bytes than the file has, it has just done so.
        self.store(found.content.as_ref().filter(|content| content.as_it_is))?;
        Ok(Some(found.work))
    }

    fn store(&self, content: Option<&Content>) -> Result<Option<Oid>, GitError> {
        content.map(|content| self.blob_of(&content.bytes)).transpose()
    }

    pub(crate) fn find_entry(&self, path: &str) -> Result<Option<Found>, GitError> {
        let Some(file) = path::locate(self.work_dir(), path)? else {
            return Ok(None);
        };
        let Ok(meta) = std::fs::symlink_metadata(&file) else {
            return Ok(None);
        };
        let (oid, mode, content) = if meta.is_symlink() {
            (self.link_oid(&file)?, LINK, None)
        } else if meta.is_file() {
            let (oid, content) = self.file_oid(&file)?;
            (oid, self.file_mode(path, &meta), Some(content))
        } else {
            return Ok(None);
        };
        let mode = self.link_kept(path, mode);
        let work = WorkEntry {
            entry: Entry { oid, mode },
            meta,
        };
        Ok(Some(Found { work, content }))
    }

    /// Whether a file's own mode is the one that Git keeps, and nothing but a link stands for one.
    pub(crate) fn modes_are_those_of_files(&self) -> bool {
        self.knows_modes() && !self.links_are_files()
    }

    fn link_oid(&self, file: &Path) -> Result<Oid, GitError> {
        let target = std::fs::read_link(file).map_err(|e| io(file, e))?;
        Ok(self.git.blob(target.as_os_str().as_encoded_bytes())?)
    }

    fn file_oid(&self, file: &Path) -> Result<(Oid, Content), GitError> {
        let bytes = std::fs::read(file).map_err(|e| io(file, e))?;
        let as_it_is = !may_be_stored_otherwise(&bytes);
        let oid = match blob_id(&bytes).filter(|_| as_it_is) {
            Some(oid) => oid,
            None if as_it_is => Oid::hash_object(ObjectType::Blob, &bytes)?,
            None => self.git.blob_path(file)?,
        };
        Ok((oid, Content { bytes, as_it_is }))
    }

    /// Puts these bytes into the object store, where they are not in it already.
    pub(crate) fn blob_of(&self, bytes: &[u8]) -> Result<Oid, GitError> {
        match blob_id(bytes) {
            Some(oid) => self.stored(oid, bytes),
            None => Ok(self.git.odb()?.write(ObjectType::Blob, bytes)?),
        }
    }

    /// The same with bytes whose id is known.
    fn stored(&self, oid: Oid, bytes: &[u8]) -> Result<Oid, GitError> {
        if !self.has_fresh(oid, ObjectType::Blob, bytes)? {
            write_loose(&self.objects_dir(), oid, ObjectType::Blob, bytes)?;
        }
        Ok(oid)
    }

    /// Whether the object is there, and as young as one that was written now: Git's own collection takes what no ref holds
    /// and is old, and the ref that will hold this one does not stand yet.
    pub(crate) fn has_fresh(&self, oid: Oid, kind: ObjectType, bytes: &[u8]) -> Result<bool, GitError> {
        if self.freshen(oid) {
            return Ok(true);
        }
        let store = self.git.odb()?;
        // Without a second look for packs that came in meanwhile: a new object is in none of them.
        let is_packed = store.exists_ext(oid, OdbLookupFlags::NO_REFRESH);
        if is_packed {
            // It finds it, and makes its pack younger.
            store.write(kind, bytes)?;
        }
        Ok(is_packed)
    }

    /// Folder of the objects.
    pub(crate) fn objects_dir(&self) -> PathBuf {
        self.git.commondir().join("objects")
    }

    /// Makes a loose object as young as one that was written now. False where that cannot be done.
    fn freshen(&self, oid: Oid) -> bool {
        let hex = oid.to_string();
        let object = self.objects_dir().join(&hex[..2]).join(&hex[2..]);
        std::fs::File::open(object)
            .and_then(|file| file.set_modified(std::time::SystemTime::now()))
            .is_ok()
    }

    /// Whether a file has another length than the one that is committed: then there is no need to hash it. False where
    /// it is stored in other bytes than it has.
    #[cfg(unix)]
    pub(crate) fn has_other_length(&self, path: &str, committed: Oid) -> Result<bool, GitError> {
        let Some(bytes) = self.read_work_file(path).ok().flatten() else {
            return Ok(false);
        };
        let (length, _) = self.git.odb()?.read_header(committed)?;
        Ok(length != bytes.len() && !may_be_stored_otherwise(&bytes))
    }

    fn file_mode(&self, path: &str, meta: &Metadata) -> u32 {
        if self.knows_modes() {
            return if is_executable(meta) { EXECUTABLE } else { FILE };
        }
        self.indexed_mode(path)
            .filter(|m| *m == EXECUTABLE)
            .unwrap_or(FILE)
    }

    /// A link that was written as a plain file stays a link for Git.
    fn link_kept(&self, path: &str, mode: u32) -> u32 {
        if mode != LINK && self.links_are_files() && self.indexed_mode(path) == Some(LINK) {
            LINK
        } else {
            mode
        }
    }

    fn indexed_mode(&self, path: &str) -> Option<u32> {
        self.git
            .index()
            .ok()?
            .get_path(Path::new(path), 0)
            .map(|e| e.mode)
    }

    fn knows_modes(&self) -> bool {
        let asked = || self.git.config().and_then(|c| c.get_bool("core.filemode"));
        cfg!(unix) && *self.file_modes.get_or_init(|| asked().unwrap_or(true))
    }

    pub(crate) fn links_are_files(&self) -> bool {
        let links = self.links.get().unwrap_or_else(|| {
            let asked = self.git.config().and_then(|c| c.get_bool("core.symlinks"));
            asked.unwrap_or(true)
        });
        self.links.set(Some(links));
        !links
    }
}

/// A file of the work tree and its bytes, which are just what Git stores.
pub(crate) type PlainEntry = (WorkEntry, Vec<u8>);

/// `None` where Git must be asked what it stores.
pub(crate) fn plain_entry(work_dir: &Path, path: &str) -> Result<Option<PlainEntry>, GitError> {
    let Some((file, meta)) = path::plain_file(work_dir, path)? else {
        return Ok(None);
    };
    let bytes = std::fs::read(&file).map_err(|e| io(&file, e))?;
    let oid = blob_id(&bytes).filter(|_| !may_be_stored_otherwise(&bytes));
    let mode = if is_executable(&meta) { EXECUTABLE } else { FILE };
    Ok(oid.map(|oid| {
        let entry = Entry { oid, mode };
        (WorkEntry { entry, meta }, bytes)
    }))
}

/// Only line endings and `$Id$` make Git store other bytes than a file has.
pub(crate) fn may_be_stored_otherwise(bytes: &[u8]) -> bool {
    memchr::memchr(b'\r', bytes).is_some() || memchr::memmem::find(bytes, b"$Id").is_some()
}

/// Whether the owner may run the file.
#[cfg(unix)]
pub(crate) fn is_executable(meta: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    meta.permissions().mode() & 0o100 != 0
}

/// Whether the owner may run the file: not a property of files here.
#[cfg(not(unix))]
pub(crate) fn is_executable(_meta: &Metadata) -> bool {
    false
}
