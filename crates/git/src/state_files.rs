//! The files below `.git` in which git notes an operation that is under way: `MERGE_HEAD` and its like.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use crate::error::{GitError, io};
use crate::names;
use crate::own_files;
use crate::repository::Repo;

/// Single files.
const FILES: [&str; 10] = [
    "MERGE_HEAD",
    "MERGE_MSG",
    "MERGE_MODE",
    "MERGE_AUTOSTASH",
    "MERGE_RR",
    "AUTO_MERGE",
    "CHERRY_PICK_HEAD",
    "REVERT_HEAD",
    "REBASE_HEAD",
    "SQUASH_MSG",
];
/// Folders of them.
const FOLDERS: [&str; 3] = ["rebase-merge", "rebase-apply", "sequencer"];
/// No operation notes more.
const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Nor in more files.
const MAX_FILES: usize = 20_000;

/// What becomes of one of these files; none removes it.
#[derive(Debug, Clone)]
pub(crate) struct StateEdit {
    /// Name below `.git`.
    pub(crate) name: String,
    pub(crate) before: Option<Vec<u8>>,
    pub(crate) after: Option<Vec<u8>>,
}

impl Repo {
    /// Text of one of these files, without the line break at its end; none where it is not there.
    pub(crate) fn state_text(&self, name: &str) -> Result<Option<String>, GitError> {
        let bytes = self.read_state(name)?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).trim_end().to_owned()))
    }

    /// Content of one of these files; none where it is not there.
    pub(crate) fn read_state(&self, name: &str) -> Result<Option<Vec<u8>>, GitError> {
        let path = self.state_path(name)?;
        let plain = fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file);
        let Some(meta) = plain else { return Ok(None) };
        if meta.len() > MAX_BYTES {
            return Err(GitError::FileTooLarge(format!(".git/{name}")));
        }
        fs::read(&path).map(Some).map_err(|e| io(&path, e))
    }

    /// All of these files that are there and that `wanted` names, with their content.
    pub(crate) fn state_files(
        &self,
        wanted: impl Fn(&str) -> bool,
    ) -> Result<BTreeMap<String, Vec<u8>>, GitError> {
        let mut found = BTreeMap::new();
        let mut names: Vec<String> = FILES.iter().map(|name| (*name).to_owned()).collect();
        for folder in FOLDERS {
            self.names_in(folder, &mut names)?;
        }
        for name in names.into_iter().filter(|name| wanted(name)) {
            if let Some(bytes) = self.read_state(&name)? {
                found.insert(name, bytes);
            }
        }
        Ok(found)
    }

    fn names_in(&self, folder: &str, names: &mut Vec<String>) -> Result<(), GitError> {
        let path = self.git_dir().join(folder);
        if !fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_dir()) {
            return Ok(());
        }
        for entry in fs::read_dir(&path).map_err(|e| io(&path, e))? {
            let entry = entry.map_err(|e| io(&path, e))?;
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let name = format!("{folder}/{name}");
            if !is_state_name(&name) {
                continue;
            }
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                self.names_in(&name, names)?;
            } else {
                names.push(name);
            }
            if names.len() > MAX_FILES {
                return Err(GitError::Unsupported(format!("{folder} holds too many files")));
            }
        }
        Ok(())
    }

    /// Writes and removes them. Folders that become empty go.
    pub(crate) fn write_state(&self, edits: &[StateEdit]) -> Result<(), GitError> {
        edits
            .iter()
            .try_for_each(|edit| self.put_state(&edit.name, edit.after.as_deref()))
    }

    pub(crate) fn put_state(&self, name: &str, content: Option<&[u8]>) -> Result<(), GitError> {
        let path = self.state_path(name)?;
        if let Some(bytes) = content {
            self.make_state_folders(name)?;
            return own_files::write(&path, bytes);
        }
        match fs::remove_file(&path) {
            Err(e) if e.kind() != ErrorKind::NotFound => return Err(io(&path, e)),
            _ => {}
        }
        for folder in crate::path::parents(name) {
            // Fails where it still holds something.
            if fs::remove_dir(self.git_dir().join(folder)).is_err() {
                break;
            }
        }
        Ok(())
    }

    fn make_state_folders(&self, name: &str) -> Result<(), GitError> {
        let mut folders: Vec<&str> = crate::path::parents(name).collect();
        folders.reverse();
        for folder in folders {
            let path = self.git_dir().join(folder);
            match fs::create_dir(&path) {
                Err(e) if e.kind() != ErrorKind::AlreadyExists => return Err(io(&path, e)),
                _ => {}
            }
            if !fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_dir()) {
                return Err(GitError::Unsupported(format!(".git/{folder} is not a folder")));
            }
        }
        Ok(())
    }

    fn state_path(&self, name: &str) -> Result<PathBuf, GitError> {
        // An undo point comes with the repository, and so maybe from a stranger.
        if !is_state_name(name) {
            return Err(GitError::BadPath {
                path: name.to_owned(),
                why: "it is no note of git about what is under way",
            });
        }
        Ok(self.git_dir().join(name))
    }
}

/// Whether this is the name of such a file.
pub(crate) fn is_state_name(name: &str) -> bool {
    let safe = |part: &str| names::danger(part.as_bytes()).is_none();
    match name.split_once('/') {
        None => FILES.contains(&name),
        Some((folder, rest)) => FOLDERS.contains(&folder) && rest.split('/').all(safe),
    }
}

#[cfg(test)]
mod tests {
    use super::is_state_name;

    #[test]
    fn only_what_git_notes_there() {
        for name in ["MERGE_HEAD", "rebase-merge/done", "sequencer/todo"] {
            assert!(is_state_name(name), "{name}");
        }
        for name in [
            "config",
            "hooks/pre-commit",
            "rebase-merge/../config",
            "rebase-merge",
            "rebase-merge/",
            "/MERGE_HEAD",
        ] {
            assert!(!is_state_name(name), "{name}");
        }
    }
}
