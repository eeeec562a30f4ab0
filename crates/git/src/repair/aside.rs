//! What cannot be read, moved to a folder where nobody looks for it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::error::{GitError, io};

/// Below the `.git` folder; one folder a repair, named by its time.
const FOLDER: &str = "sheaf/damaged";

/// Files that were moved aside. They go back when this is dropped before [`keep`](Self::keep).
pub(super) struct Aside {
    git_dir: PathBuf,
    folder: PathBuf,
    moved: Vec<PathBuf>,
}

impl Aside {
    /// `git_dir` without links in it.
    pub(super) fn new(git_dir: &Path) -> Self {
        Self {
            git_dir: git_dir.to_owned(),
            folder: git_dir.join(FOLDER).join(crate::event::now_ms().to_string()),
            moved: Vec::new(),
        }
    }

    /// Moves a file below the `.git` folder aside; nothing where there is none.
    pub(super) fn take(&mut self, path: &Path) -> Result<(), GitError> {
        let inner = self.inner(path)?;
        let to = self.folder.join(&inner);
        let into = to.parent().unwrap_or(&self.folder);
        fs::create_dir_all(into).map_err(|e| io(into, e))?;
        match fs::rename(path, &to) {
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(()),
            Err(e) => Err(io(path, e)),
            Ok(()) => {
                self.moved.push(inner);
                Ok(())
            }
        }
    }

    /// Where a file is below the `.git` folder, however that is named.
    fn inner(&self, path: &Path) -> Result<PathBuf, GitError> {
        let above = path.parent().unwrap_or(path);
        let folder = above.canonicalize().map_err(|e| io(above, e))?;
        let inner = folder.strip_prefix(&self.git_dir).ok().zip(path.file_name());
        let (inner, name) =
            inner.ok_or_else(|| GitError::Unsupported("its .git folder is in two places".to_owned()))?;
        Ok(inner.join(name))
    }

    /// What was moved, by its path below the `.git` folder.
    pub(super) fn names(&self) -> Vec<String> {
        let name = |path: &PathBuf| path.to_string_lossy().replace('\\', "/");
        self.moved.iter().map(name).collect()
    }

    /// Lets everything stay where it was moved to, and says where that is.
    pub(super) fn keep(&mut self) -> Option<String> {
        let any = !std::mem::take(&mut self.moved).is_empty();
        any.then(|| self.folder.to_string_lossy().into_owned())
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        for inner in self.moved.iter().rev() {
            let (from, to) = (self.folder.join(inner), self.git_dir.join(inner));
            // What was made in its place meanwhile is better.
            if !to.exists()
                && let Err(error) = fs::rename(&from, &to)
            {
                log::warn!("{} stays in {}: {error}", inner.display(), self.folder.display());
            }
        }
        // Folders that are not empty stay.
        let _ = remove_empty(&self.folder);
    }
}

fn remove_empty(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)?.flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            let _ = remove_empty(&entry.path());
        }
    }
    fs::remove_dir(folder)
}
