//! What a look at a repository leaves for the next one, while a project is open. Nothing of it is believed without a look
//! at whether it still is so.

#[cfg(unix)]
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[cfg(unix)]
use crate::folder_memory::FolderMemory;
#[cfg(unix)]
use crate::index_file::IndexFile;
#[cfg(unix)]
use crate::repository::Repo;

/// One for each project that is open; see [`Repo::remember_in`](crate::repository::Repo::remember_in).
#[derive(Default)]
pub struct Memory {
    #[cfg(unix)]
    index: Mutex<Option<Arc<IndexFile>>>,
    #[cfg(unix)]
    equal: Mutex<Option<([u8; 20], git2::Oid)>>,
    #[cfg(unix)]
    folders: Mutex<FolderMemory>,
}

#[cfg(unix)]
impl Memory {
    /// Folders in which nothing was found but what is in the index.
    pub(crate) fn folders(&self) -> MutexGuard<'_, FolderMemory> {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn equal(&self) -> MutexGuard<'_, Option<([u8; 20], git2::Oid)>> {
        self.equal.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn index(&self) -> MutexGuard<'_, Option<Arc<IndexFile>>> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(unix)]
impl Repo {
    /// The index as it is now; `None` where there is none, or anything unusual in it.
    pub(crate) fn index_file(&self) -> Option<Arc<IndexFile>> {
        let mut known = self.memory.index();
        if let Some(index) = known.as_ref().filter(|index| index.is_still_at(self.git_dir())) {
            return Some(Arc::clone(index));
        }
        known.clone_from(&IndexFile::read(self.git_dir()).map(Arc::new));
        known.clone()
    }

    /// Whether the index was found to be equal to this tree, although it does not say so.
    pub(crate) fn is_known_equal(&self, index: &IndexFile, tree: git2::Oid) -> bool {
        *self.memory.equal() == Some((index.hash, tree)) && index.hash != [0; 20]
    }

    pub(crate) fn know_equal(&self, index: &IndexFile, tree: git2::Oid) {
        *self.memory.equal() = Some((index.hash, tree));
    }
}
