//! The one rule for paths in a work tree: relative, with `/`, never out of it, never into `.git`, never through a link.

use std::fs::Metadata;
use std::path::{Path, PathBuf};

use crate::error::GitError;
use crate::names;

/// The longest path that is read or written.
pub(crate) const MAX_PATH_BYTES: usize = 4096;

/// An error unless `path` names something below the work tree.
pub(crate) fn check(path: &str) -> Result<(), GitError> {
    if path.len() > MAX_PATH_BYTES {
        return Err(bad(path, "it is too long"));
    }
    match path.split('/').find_map(|part| names::danger(part.as_bytes())) {
        Some(why) => Err(bad(path, why)),
        None => Ok(()),
    }
}

/// Like [`check`], and every part of it may be written on every system.
pub(crate) fn check_new(path: &str) -> Result<(), GitError> {
    check(path)?;
    match path.split('/').find_map(|part| names::problem(part.as_bytes())) {
        Some(why) => Err(GitError::UnsafeTree {
            path: path.to_owned(),
            why: why.to_owned(),
        }),
        None => Ok(()),
    }
}

/// Where `path` is on disk. `None` where one of its folders is missing or no folder; an error where one is a link.
pub(crate) fn locate(work_dir: &Path, path: &str) -> Result<Option<PathBuf>, GitError> {
    check(path)?;
    let mut at = work_dir.to_owned();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        at.push(part);
        if parts.peek().is_none() {
            break;
        }
        match std::fs::symlink_metadata(&at) {
            Ok(meta) if meta.is_symlink() => return Err(bad(path, "a folder on the way is a link")),
            Ok(meta) if meta.is_dir() => {}
            Ok(_) | Err(_) => return Ok(None),
        }
    }
    Ok(Some(at))
}

/// The file at `path` and how it looks. `None` where there is none, or a link or folder.
pub(crate) fn plain_file(work_dir: &Path, path: &str) -> Result<Option<(PathBuf, Metadata)>, GitError> {
    let file = locate(work_dir, path)?;
    let found = file.and_then(|file| {
        let meta = std::fs::symlink_metadata(&file).ok()?;
        Some((file, meta))
    });
    Ok(found.filter(|(_, meta)| meta.is_file()))
}

/// Every folder above `path`, the innermost first.
pub(crate) fn parents(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/').map(|(p, _)| p), |p| {
        p.rsplit_once('/').map(|(p, _)| p)
    })
}

fn bad(path: &str, why: &'static str) -> GitError {
    GitError::BadPath {
        path: path.to_owned(),
        why,
    }
}
