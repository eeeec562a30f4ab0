//! Storing many files at once: as one pack with one wait for the disk, instead of a loose object and a wait for each.

use std::collections::HashMap;
use std::io::Write;
use std::sync::Arc;

use git2::{ObjectType, Oid};

use crate::error::GitError;
use crate::hash::object_id;
use crate::loose_write::write_loose;
use crate::pack::{Object, pack_of};
use crate::parallel;
use crate::plan::{After, FileEdit};
use crate::repository::Repo;
use crate::work_entry::{Found, PlainEntry, WorkEntry, plain_entry};

/// Fewer files are stored one by one.
const WORTH_A_PACK: usize = 50;
/// Smaller contents are stored in no time.
const LARGE: usize = 256 * 1024;
/// A pack is written when so much waits in memory.
const MAX_WAITING_BYTES: u64 = 64 * 1024 * 1024;
/// So many files to be read are worth a thread.
const FILES_PER_THREAD: usize = 50;
/// So much of what was stored last is kept in memory.
const MOST_FRESH_BYTES: usize = 64 * 1024 * 1024;

impl Repo {
    /// Puts these files of the work tree into the object store.
    pub(crate) fn store_work_entries(&self, paths: &[String]) -> Result<Vec<Option<WorkEntry>>, GitError> {
        let mut stored = Vec::with_capacity(paths.len());
        while let Some(rest) = paths.get(stored.len()..).filter(|r| !r.is_empty()) {
            stored.extend(self.store_first_of(rest)?);
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
        for some in contents.chunks(most) {
            let mut new = NewObjects::default();
            for bytes in some {
                new.add(ObjectType::Blob, bytes.to_vec())?;
            }
            self.store_objects(new)?;
        }
        Ok(())
    }

    /// Puts new objects into the object store. What files are going to hold is at hand from then on.
    pub(crate) fn store_objects(&self, new: NewObjects) -> Result<(), GitError> {
        let mut objects = new.0;
        objects.sort_unstable_by_key(|(oid, ..)| *oid);
        objects.dedup_by_key(|(oid, ..)| *oid);
        let mut missing = Vec::new();
        for (oid, kind, bytes) in &objects {
            if !self.has_fresh(*oid, *kind, bytes)? {
                missing.push((*oid, *kind, bytes));
            }
        }
        if missing.len() < WORTH_A_PACK {
            let folder = self.objects_dir();
            parallel::at_once(&missing, |(oid, kind, bytes)| {
                write_loose(&folder, *oid, *kind, bytes)
            })?;
        } else {
            let packed = missing
                .iter()
                .map(|(_, kind, bytes)| Object { kind: *kind, bytes });
            self.write_pack(&packed.collect::<Vec<_>>())?;
        }
        self.fresh.borrow_mut().keep(objects);
        Ok(())
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
    fn store_first_of(&self, paths: &[String]) -> Result<Vec<Option<WorkEntry>>, GitError> {
        let paths = &paths[..self.fit_into_memory(paths)];
        let mut new = NewObjects::default();
        let mut stored = Vec::with_capacity(paths.len());
        let mut others = Vec::new();
        for (at, plain) in self.plain_entries(paths)?.into_iter().enumerate() {
            if plain.is_none() {
                others.push((at, &*paths[at]));
            }
            stored.push(plain.map(|(work, bytes)| {
                new.add_known(work.entry.oid, ObjectType::Blob, bytes);
                work
            }));
        }
        for (at, work) in self.find_others(&others, &mut new)? {
            stored[at] = work;
        }
        self.store_objects(new)?;
        Ok(stored)
    }

    /// Files that libgit2 has to be asked about; what Git stores of them is added to the new objects.
    fn find_others(
        &self,
        paths: &[(usize, &str)],
        new: &mut NewObjects,
    ) -> Result<Vec<(usize, Option<WorkEntry>)>, GitError> {
        if paths.is_empty() {
            return Ok(Vec::new());
        }
        // A second handle writes to memory; this one never sees a half-written store.
        let memory = Repo::from(git2::Repository::open(self.work_dir())?);
        let store = memory.git.odb()?;
        let _pack = store.add_new_mempack_backend(i32::MAX)?;
        let mut found = Vec::with_capacity(paths.len());
        for (at, path) in paths {
            let Some(Found { work, content }) = memory.find_entry(path)? else {
                found.push((*at, None));
                continue;
            };
            let stored = match content.filter(|content| content.as_it_is) {
                Some(content) => content.bytes,
                None => store.read(work.entry.oid)?.data().to_vec(),
            };
            new.add_known(work.entry.oid, ObjectType::Blob, stored);
            found.push((*at, Some(work)));
        }
        Ok(found)
    }

    /// How many of these files, from the first on, are read at once.
    fn fit_into_memory(&self, paths: &[String]) -> usize {
        let mut bytes = 0;
        let length = |path: &String| {
            let meta = std::fs::symlink_metadata(self.work_dir().join(path));
            meta.map_or(0, |meta| meta.len())
        };
        let fit = paths.iter().take_while(|path| {
            let fits = bytes <= MAX_WAITING_BYTES;
            bytes += length(path);
            fits
        });
        fit.count()
    }

    /// Files of which Git stores just the bytes they hold, read on all cores.
    fn plain_entries(&self, paths: &[String]) -> Result<Vec<Option<PlainEntry>>, GitError> {
        if !self.modes_are_those_of_files() {
            return Ok(paths.iter().map(|_| None).collect());
        }
        let work_dir = self.work_dir();
        let read = |chunk: &[String]| chunk.iter().map(|path| plain_entry(work_dir, path)).collect();
        parallel::in_chunks_of(paths, FILES_PER_THREAD, read)
            .into_iter()
            .collect()
    }

    fn write_pack(&self, objects: &[Object<'_>]) -> Result<(), GitError> {
        if objects.is_empty() {
            return Ok(());
        }
        let io = |source| GitError::Io {
            path: self.objects_dir(),
            source,
        };
        let bytes = pack_of(objects).map_err(io)?;
        let store = self.git.odb()?;
        let mut writer = store.packwriter()?;
        writer.write_all(&bytes).map_err(io)?;
        writer.commit()?;
        Ok(())
    }
}

/// Objects that are going to be stored together.
#[derive(Default)]
pub(crate) struct NewObjects(Vec<(Oid, ObjectType, Vec<u8>)>);

impl NewObjects {
    /// Adds one, and says what its id is.
    pub(crate) fn add(&mut self, kind: ObjectType, bytes: Vec<u8>) -> Result<Oid, GitError> {
        let oid = match object_id(kind, &bytes) {
            Some(oid) => oid,
            None => Oid::hash_object(kind, &bytes)?,
        };
        self.add_known(oid, kind, bytes);
        Ok(oid)
    }

    /// Adds one whose id is known.
    pub(crate) fn add_known(&mut self, oid: Oid, kind: ObjectType, bytes: Vec<u8>) {
        self.0.push((oid, kind, bytes));
    }
}

/// What was put into the object store just now, and so need not be read from it.
#[derive(Default)]
pub(crate) struct Fresh {
    contents: HashMap<Oid, Vec<u8>>,
    bytes: usize,
}

impl Fresh {
    /// The content of a file.
    pub(crate) fn content(&self, oid: Oid) -> Option<&Vec<u8>> {
        self.contents.get(&oid)
    }

    fn keep(&mut self, objects: Vec<(Oid, ObjectType, Vec<u8>)>) {
        for (oid, kind, bytes) in objects {
            if kind == ObjectType::Blob && self.bytes + bytes.len() <= MOST_FRESH_BYTES {
                self.bytes += bytes.len();
                self.contents.insert(oid, bytes);
            }
        }
    }
}
