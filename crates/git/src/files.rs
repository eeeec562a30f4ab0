//! Reading and writing files of the work tree and of commits.

use git2::Oid as GitOid;

use crate::entry::{GITLINK, LINK};
use crate::error::GitError;
use crate::model::Oid;
use crate::path;
use crate::repository::Repo;
use crate::tree_diff::differences;

/// Files above this size are not read as a whole.
const MAX_READ_BYTES: u64 = 100 * 1024 * 1024;

impl Repo {
    /// Content of a file of the work tree; `None` where there is none. Links are not followed.
    pub fn read_work_file(&self, path: &str) -> Result<Option<Vec<u8>>, GitError> {
        let Some(file) = path::locate(self.work_dir(), path)? else {
            return Ok(None);
        };
        match std::fs::symlink_metadata(&file) {
            Ok(meta) if meta.is_symlink() => Err(GitError::BadPath {
                path: path.to_owned(),
                why: "it is a link",
            }),
            Ok(meta) if meta.len() > MAX_READ_BYTES => Err(GitError::FileTooLarge(path.to_owned())),
            Ok(meta) if meta.is_file() => std::fs::read(&file)
                .map(Some)
                .map_err(|source| GitError::Io { path: file, source }),
            _ => Ok(None),
        }
    }

    /// Every file of the work tree that is committed or could be, with its content. Links, and files too large to
    /// read, are left out.
    pub fn work_files(&self, filter: &dyn Fn(&str) -> bool) -> Result<Vec<(String, Vec<u8>)>, GitError> {
        let mut files = Vec::new();
        for path in self.work_paths(filter)? {
            match self.read_work_file(&path) {
                Ok(Some(bytes)) => files.push((path, bytes)),
                Ok(None) | Err(GitError::BadPath { .. }) => {}
                Err(GitError::FileTooLarge(path)) => log::warn!("{path} is too large to read"),
                Err(e) => return Err(e),
            }
        }
        Ok(files)
    }

    /// Every file of a commit, with its content. Links and submodules are left out.
    pub fn files_at(
        &self,
        commit: &Oid,
        filter: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<(String, Vec<u8>)>, GitError> {
        let tree = self.find_commit(commit)?.tree_id();
        let mut files = Vec::new();
        for file in differences(self, None, Some(tree))? {
            let Some(entry) = file.new else { continue };
            if entry.mode != LINK && entry.mode != GITLINK && filter(&file.path) {
                files.push((file.path, self.blob_bytes(entry.oid)?));
            }
        }
        Ok(files)
    }

    /// Content of a file of a commit; `None` where it has no such file.
    pub fn file_at(&self, commit: &Oid, path: &str) -> Result<Option<Vec<u8>>, GitError> {
        path::check(path)?;
        let tree = self.find_commit(commit)?.tree_id();
        let entry = self
            .entry_at(Some(tree), path)?
            .filter(|e| e.mode != LINK && e.mode != GITLINK);
        entry.map(|e| self.blob_bytes(e.oid)).transpose()
    }

    /// Content of a blob.
    pub(crate) fn blob_bytes(&self, oid: GitOid) -> Result<Vec<u8>, GitError> {
        Ok(self.git.find_blob(oid)?.content().to_vec())
    }

    /// Paths of the files of the work tree that are committed or could be. With the changes together:
    /// [`scan`](Self::scan).
    pub fn work_paths(&self, filter: &dyn Fn(&str) -> bool) -> Result<Vec<String>, GitError> {
        let mut paths = self.scan()?.paths;
        paths.retain(|p| filter(p));
        Ok(paths)
    }
}
