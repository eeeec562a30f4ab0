//! Changing single files of the work tree: whole or not at all, and never through a link.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use git2::{AttrCheckFlags, AttrValue};

use crate::attributes::Attributes;
use crate::entry::{EXECUTABLE, Entry};
use crate::error::{GitError, io};
use crate::path;
use crate::repository::Repo;
use crate::staged::Staged;
use crate::work_entry::is_executable;

/// Writes `bytes` beside `path` below `work_dir`, which stays as it is until they are put in place. Without a mode the
/// file will keep its own.
pub(crate) fn stage_file(
    work_dir: &Path,
    path: &str,
    bytes: &[u8],
    mode: Option<u32>,
) -> Result<Staged, GitError> {
    make_folders_of(work_dir, [path])?;
    stage_in_folder(work_dir, path, bytes, mode)
}

/// The same where the folder is there.
pub(crate) fn stage_in_folder(
    work_dir: &Path,
    path: &str,
    bytes: &[u8],
    mode: Option<u32>,
) -> Result<Staged, GitError> {
    let target = work_dir.join(path);
    let old = fs::symlink_metadata(&target).ok();
    if old.as_ref().is_some_and(fs::Metadata::is_dir) {
        fs::remove_dir(&target).map_err(|_| GitError::InTheWay(path.to_owned()))?;
    }
    let executable = match mode {
        Some(mode) => mode == EXECUTABLE,
        None => old.as_ref().is_some_and(|m| m.is_file() && is_executable(m)),
    };
    Staged::write(&target, bytes, executable)
}

impl Repo {
    /// Removes the file or link at `path` and the folders that become empty.
    pub(crate) fn remove_file(&self, path: &str) -> Result<(), GitError> {
        let Some(file) = path::locate(self.work_dir(), path)? else {
            return Ok(());
        };
        match fs::remove_file(&file) {
            Err(e) if e.kind() != ErrorKind::NotFound => return Err(io(&file, e)),
            _ => {}
        }
        for folder in path::parents(path) {
            // Fails where the folder still holds something, which is the end of the way up.
            if fs::remove_dir(self.work_dir().join(folder)).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// Folder of a submodule. Its content is not ours.
    pub(crate) fn make_submodule_folder(&self, path: &str) -> Result<(), GitError> {
        make_folders_of(self.work_dir(), [path])?;
        let dir = self.work_dir().join(path);
        match fs::create_dir(&dir) {
            Err(e) if e.kind() != ErrorKind::AlreadyExists => Err(io(&dir, e)),
            _ => Ok(()),
        }
    }

    /// Content of a committed file as it belongs on disk.
    pub(crate) fn bytes_for_disk(
        &self,
        path: &str,
        entry: Entry,
        attributes: &mut Attributes,
    ) -> Result<Vec<u8>, GitError> {
        let bytes = self.blob_bytes(entry.oid)?;
        if attributes.may_be_about(path) && bytes.contains(&b'\n') && self.wants_crlf(path, &bytes) {
            return Ok(to_crlf(&bytes));
        }
        Ok(bytes)
    }

    /// Only where the repository itself says so in `.gitattributes`; then git does the same.
    fn wants_crlf(&self, path: &str, bytes: &[u8]) -> bool {
        let file = Path::new(path);
        let attribute = |name| {
            let value = self
                .git
                .get_attr_bytes(file, name, AttrCheckFlags::FILE_THEN_INDEX)
                .ok()
                .flatten();
            AttrValue::always_bytes(value) == AttrValue::Bytes(b"crlf")
                && self
                    .git
                    .get_attr_bytes(file, "text", AttrCheckFlags::FILE_THEN_INDEX)
                    .ok()
                    .map(AttrValue::always_bytes)
                    != Some(AttrValue::False)
        };
        attribute("eol") && !bytes.contains(&0) && !bytes.contains(&b'\r')
    }
}

/// Makes the folders in which these files are going to be, each once.
pub(crate) fn make_folders_of<'p>(
    work_dir: &Path,
    paths: impl IntoIterator<Item = &'p str>,
) -> Result<(), GitError> {
    let mut folders = BTreeSet::new();
    for path in paths {
        path::check(path)?;
        folders.extend(path.rsplit_once('/').map(|(folder, _)| folder));
    }
    folders
        .into_iter()
        .try_for_each(|folder| make_folder(work_dir, folder))
}

/// Makes a folder and those it lies in, where they are missing. A link to a folder must not lead out of the work tree.
fn make_folder(work_dir: &Path, folder: &str) -> Result<(), GitError> {
    let mut at = work_dir.to_owned();
    for part in folder.split('/') {
        at.push(part);
        match fs::create_dir(&at) {
            Ok(()) => continue,
            Err(e) if e.kind() != ErrorKind::AlreadyExists => return Err(io(&at, e)),
            Err(_) => {}
        }
        if !fs::symlink_metadata(&at).is_ok_and(|m| m.is_dir()) {
            return Err(GitError::InTheWay(folder.to_owned()));
        }
    }
    Ok(())
}

fn to_crlf(bytes: &[u8]) -> Vec<u8> {
    bytes
        .split_inclusive(|b| *b == b'\n')
        .fold(Vec::with_capacity(bytes.len()), |mut out, line| {
            match line.strip_suffix(b"\n") {
                Some(text) => {
                    out.extend_from_slice(text);
                    out.extend_from_slice(b"\r\n");
                }
                None => out.extend_from_slice(line),
            }
            out
        })
}
