//! Small files of a project that Git never sees: in `.git/sheaf/private`, by name. Their way back is kept beside them
//! and not in the object store, from which a secret would never go away again.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::error::{GitError, io};
use crate::own_files;
use crate::repository::Repo;
use crate::undo_record::{DROPPED, REDO, UNDO};

const FOLDER: &str = "private";
/// Earlier contents, a folder for each undo point.
const BEFORE: &str = ".undo";
const MAX_BYTES: u64 = 20 * 1024 * 1024;

/// One private file.
#[derive(Debug, Clone)]
pub(crate) struct PrivateEdit {
    pub(crate) name: String,
    /// `None`: the file goes.
    pub(crate) after: Option<Vec<u8>>,
}

impl Repo {
    /// Where private files are, whether or not there is one.
    pub fn private_dir_path(&self) -> PathBuf {
        self.own_dir_path().join(FOLDER)
    }

    /// Names of the private files.
    pub fn private_files(&self) -> Result<Vec<String>, GitError> {
        let dir = self.private_dir_path();
        let entries = match fs::read_dir(&dir) {
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(|e| io(&dir, e))?,
        };
        let mut files = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|e| io(&dir, e))?;
            let is_plain = entry.file_type().is_ok_and(|kind| kind.is_file());
            if let Some(name) = entry
                .file_name()
                .to_str()
                .filter(|name| is_plain && is_name(name))
            {
                files.push(name.to_owned());
            }
        }
        files.sort();
        Ok(files)
    }

    /// Content of a private file; `None` where there is none.
    pub fn read_private(&self, name: &str) -> Result<Option<Vec<u8>>, GitError> {
        read(&self.private_path(name)?)
    }

    /// Keeps the earlier contents for the undo point `point`.
    pub(crate) fn keep_private(&self, point: &str, edits: &[PrivateEdit]) -> Result<(), GitError> {
        for edit in edits {
            if let Some(bytes) = self.read_private(&edit.name)? {
                own_files::write(&self.kept_dir(point)?.join(&edit.name), &bytes)?;
            }
        }
        Ok(())
    }

    /// What a private file was before the undo point `point`.
    pub(crate) fn private_before(&self, point: &str, name: &str) -> Result<Option<Vec<u8>>, GitError> {
        check(name)?;
        read(&self.private_dir()?.join(BEFORE).join(id_of(point)).join(name))
    }

    /// Makes what is to be there be there.
    pub(crate) fn write_private(&self, edits: &[PrivateEdit]) -> Result<(), GitError> {
        for edit in edits {
            if let Some(bytes) = &edit.after {
                own_files::write(&self.private_path(&edit.name)?, bytes)?;
            }
        }
        Ok(())
    }

    /// Removes what is to go.
    pub(crate) fn remove_private(&self, edits: &[PrivateEdit]) -> Result<(), GitError> {
        for edit in edits.iter().filter(|edit| edit.after.is_none()) {
            let path = self.private_path(&edit.name)?;
            match fs::remove_file(&path) {
                Err(e) if e.kind() != ErrorKind::NotFound => return Err(io(&path, e)),
                _ => {}
            }
        }
        Ok(())
    }

    /// Contents kept for undo points that are gone go, too.
    pub(crate) fn prune_private(&self) -> Result<(), GitError> {
        let dir = self.private_dir_path().join(BEFORE);
        let Ok(entries) = fs::read_dir(&dir) else {
            return Ok(());
        };
        for entry in entries.flatten() {
            let Some(id) = entry.file_name().to_str().map(str::to_owned) else {
                continue;
            };
            let mut is_needed = false;
            for namespace in [UNDO, REDO, DROPPED] {
                is_needed |= self.git.find_reference(&format!("{namespace}{id}")).is_ok();
            }
            if !is_needed && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                fs::remove_dir_all(entry.path()).map_err(|e| io(&entry.path(), e))?;
            }
        }
        Ok(())
    }

    /// Bytes that are kept for the undo point `id`.
    pub(crate) fn private_weight(&self, id: &str) -> Result<u64, GitError> {
        let dir = self.private_dir_path().join(BEFORE).join(id);
        let entries = match fs::read_dir(&dir) {
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(0),
            other => other.map_err(|e| io(&dir, e))?,
        };
        let sizes = entries.flatten().filter_map(|entry| entry.metadata().ok());
        Ok(sizes.map(|meta| meta.len()).sum())
    }

    fn private_path(&self, name: &str) -> Result<PathBuf, GitError> {
        check(name)?;
        Ok(self.private_dir()?.join(name))
    }

    fn private_dir(&self) -> Result<PathBuf, GitError> {
        made(self.own_dir()?.join(FOLDER))
    }

    fn kept_dir(&self, point: &str) -> Result<PathBuf, GitError> {
        made(made(self.private_dir()?.join(BEFORE))?.join(id_of(point)))
    }
}

/// A folder of ours, made where missing; never a link to elsewhere.
fn made(dir: PathBuf) -> Result<PathBuf, GitError> {
    match fs::create_dir(&dir) {
        Err(e) if e.kind() != ErrorKind::AlreadyExists => return Err(io(&dir, e)),
        _ => {}
    }
    match fs::symlink_metadata(&dir) {
        Ok(meta) if meta.is_dir() => Ok(dir),
        Ok(_) => Err(GitError::Unsupported(
            "a folder of private files is something else".to_owned(),
        )),
        Err(e) => Err(io(&dir, e)),
    }
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, GitError> {
    match fs::symlink_metadata(path) {
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(io(path, e)),
        Ok(meta) if !meta.is_file() || meta.len() > MAX_BYTES => Ok(None),
        Ok(_) => fs::read(path).map(Some).map_err(|e| io(path, e)),
    }
}

fn is_name(name: &str) -> bool {
    name.strip_suffix(".yml").is_some_and(|stem| !stem.is_empty())
        && !name.starts_with('.')
        && !name.contains(['/', '\\', ':'])
}

fn check(name: &str) -> Result<(), GitError> {
    if is_name(name) {
        return Ok(());
    }
    Err(GitError::BadPath {
        path: name.to_owned(),
        why: "a private file cannot be called so",
    })
}

fn id_of(point: &str) -> &str {
    point.rsplit('/').next().unwrap_or(point)
}
