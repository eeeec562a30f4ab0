//! Storing many files at once: as one pack with one wait for the disk, instead of a loose object and a wait for each.

use std::io::Write;
use std::sync::Arc;

use git2::{ObjectType, Oid};

use crate::error::GitError;
use crate::plan::{After, FileEdit};
use crate::repository::Repo;
use crate::work_entry::WorkEntry;

/// Fewer files are stored one by one.
const WORTH_A_PACK: usize = 50;
/// Smaller contents are stored in no time.
const LARGE: usize = 256 * 1024;
/// A pack is written when so much waits in memory.
const MAX_WAITING_BYTES: u64 = 64 * 1024 * 1024;

impl Repo {
    /// Puts these files of the work tree into the object store.
    pub(crate) fn store_work_entries(&self, paths: &[String]) -> Result<Vec<Option<WorkEntry>>, GitError> {
        if paths.len() < WORTH_A_PACK {
            return paths.iter().map(|p| self.store_work_entry(p)).collect();
        }
        let mut stored = Vec::with_capacity(paths.len());
        while let Some(rest) = paths.get(stored.len()..).filter(|r| !r.is_empty()) {
            stored.extend(self.store_as_pack(rest)?);
        }
        Ok(stored)
    }

    /// Puts what many files are going to hold into the object store, but for what is large; see
    /// [`is_stored_ahead`](Self::is_stored_ahead).
    pub(crate) fn store_written(&self, files: &[FileEdit]) -> Result<(), GitError> {
        let contents: Vec<&[u8]> = files
            .iter()
            .filter_map(|edit| match &edit.after {
                After::Bytes(bytes) if !Self::is_stored_ahead(bytes) => Some(bytes.as_slice()),
                _ => None,
            })
            .collect();
        // Few are stored as they are looked at.
        if contents.len() < WORTH_A_PACK {
            return Ok(());
        }
        let most = usize::try_from(MAX_WAITING_BYTES).unwrap_or(usize::MAX) / LARGE;
        contents
            .chunks(most)
            .try_for_each(|some| self.store_contents(some))
    }

    /// Puts contents into the object store.
    pub(crate) fn store_contents(&self, contents: &[impl AsRef<[u8]>]) -> Result<(), GitError> {
        if contents.len() < WORTH_A_PACK {
            return contents
                .iter()
                .try_for_each(|bytes| self.blob_of(bytes.as_ref()).map(drop));
        }
        let memory = Self::from(git2::Repository::open(self.work_dir())?);
        let store = memory.git.odb()?;
        let _pack = store.add_new_mempack_backend(i32::MAX)?;
        let written = contents
            .iter()
            .map(|bytes| store.write(ObjectType::Blob, bytes.as_ref()));
        let mut new = written.collect::<Result<Vec<Oid>, _>>()?;
        new.sort_unstable();
        new.dedup();
        self.write_pack(&memory, &new)
    }

    /// Whether a content is large: one that was written is put into the object store after the answer, so that the undo
    /// point of the next edit finds it there and need not wait for its compression. Where that fails the next edit does
    /// it.
    pub fn is_stored_ahead(bytes: &[u8]) -> bool {
        bytes.len() >= LARGE
    }

    /// Does that with those of these contents that are large.
    pub fn store_later(&self, contents: Vec<Arc<Vec<u8>>>) {
        let large: Vec<_> = contents
            .into_iter()
            .filter(|bytes| Self::is_stored_ahead(bytes))
            .collect();
        if large.is_empty() {
            return;
        }
        let work_dir = self.work_dir().to_owned();
        std::thread::spawn(move || {
            let stored = Self::open(&work_dir)
                .and_then(|repo| large.iter().try_for_each(|bytes| repo.blob_of(bytes).map(drop)));
            if let Err(error) = stored {
                log::debug!("nothing was stored ahead: {error}");
            }
        });
    }

    /// Stores the first files of the list, as many as fit into memory, but at least one.
    fn store_as_pack(&self, paths: &[String]) -> Result<Vec<Option<WorkEntry>>, GitError> {
        // The second handle writes to memory; the first one never sees a half-written store.
        let memory = Repo::from(git2::Repository::open(self.work_dir())?);
        let store = memory.git.odb()?;
        let _pack = store.add_new_mempack_backend(i32::MAX)?;
        let mut stored = Vec::new();
        let mut waiting = 0;
        for path in paths {
            let work = memory.store_work_entry(path)?;
            waiting += work.as_ref().map_or(0, |w| w.meta.len());
            stored.push(work);
            if waiting > MAX_WAITING_BYTES {
                break;
            }
        }
        let mut new: Vec<Oid> = stored.iter().flatten().map(|w| w.entry.oid).collect();
        new.sort_unstable();
        new.dedup();
        self.write_pack(&memory, &new)?;
        Ok(stored)
    }

    fn write_pack(&self, memory: &Repo, objects: &[Oid]) -> Result<(), GitError> {
        let store = self.git.odb()?;
        let mut builder = memory.git.packbuilder()?;
        for oid in objects.iter().filter(|oid| !store.exists(**oid)) {
            builder.insert_object(*oid, None)?;
        }
        if builder.object_count() == 0 {
            return Ok(());
        }
        let mut bytes = git2::Buf::new();
        builder.write_buf(&mut bytes)?;
        let mut writer = store.packwriter()?;
        writer.write_all(&bytes).map_err(|source| GitError::Io {
            path: self.git.commondir().join("objects"),
            source,
        })?;
        writer.commit()?;
        Ok(())
    }
}
