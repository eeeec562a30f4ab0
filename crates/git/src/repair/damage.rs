//! Where a damaged repository lies, and whether its index can be read.

use std::path::{Path, PathBuf};

use crate::error::GitError;
use crate::index_check::is_whole;
use crate::repository::Repo;

/// The `.git` folder of the work tree that holds `dir`, found without reading anything in it.
pub(super) fn git_dir(dir: &Path) -> Result<PathBuf, GitError> {
    let dir = std::path::absolute(dir).map_err(|source| GitError::Io {
        path: dir.to_owned(),
        source,
    })?;
    let above = dir.ancestors().map(|folder| folder.join(".git"));
    let found = above
        .into_iter()
        .find(|path| path.symlink_metadata().is_ok())
        .ok_or_else(|| GitError::NotARepository(dir.clone()))?;
    if found.is_symlink() || !found.is_dir() {
        return Err(GitError::Unsupported(
            "its .git folder is in another place; repair the repository it belongs to".to_owned(),
        ));
    }
    found
        .canonicalize()
        .map_err(|source| GitError::Io { path: found, source })
}

impl Repo {
    /// True where there is an index that nobody can read.
    pub(super) fn index_is_damaged(&self) -> bool {
        !is_whole(self.git_dir()) && self.git.index().is_err()
    }
}
