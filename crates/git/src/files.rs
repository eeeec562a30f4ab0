//! Reading and writing files of the work tree and of commits.

use std::path::Path;

use git2::{Blob, ErrorCode, Oid as GitOid, Tree};

use crate::entry::{GITLINK, LINK, TREE};
use crate::error::GitError;
use crate::hash::blob_id;
use crate::model::Oid;
use crate::parallel::in_chunks_of;
use crate::path;
use crate::repository::Repo;
use crate::tree_diff::{differences, mode_of};

/// Files above this size are not read as a whole.
pub(crate) const MAX_READ_BYTES: u64 = 100 * 1024 * 1024;

/// Reading fewer is not worth a thread, with a repository of its own.
const BLOBS_PER_THREAD: usize = 100;

impl Repo {
    /// Content of a file of the work tree; `None` where there is none. Links are not followed.
    pub fn read_work_file(&self, path: &str) -> Result<Option<Vec<u8>>, GitError> {
        read_file(self.work_dir(), path)
    }

    /// Every file of the work tree that is committed or could be, with its content. Links, and files too large to
    /// read, are left out.
    pub fn work_files(&self, filter: &dyn Fn(&str) -> bool) -> Result<Vec<(String, Vec<u8>)>, GitError> {
        let paths = self.work_paths(filter)?;
        let contents = self.read_work_files(&paths.iter().map(String::as_str).collect::<Vec<_>>());
        let mut files = Vec::new();
        for (path, content) in paths.into_iter().zip(contents) {
            match content {
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
        let tree = self.tree_at(commit)?;
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
        let tree = self.tree_at(commit)?;
        let entry = self
            .entry_at(Some(tree), path)?
            .filter(|e| e.mode != LINK && e.mode != GITLINK);
        entry.map(|e| self.blob_bytes(e.oid)).transpose()
    }

    /// Content of each of these files of a commit, in their order, as [`file_at`](Self::file_at) gives it. Paths that
    /// are in order are read fastest: a folder is read once for all of its files that follow each other.
    #[allow(
        clippy::type_complexity,
        reason = "a result for the commit, and one for each file"
    )]
    pub fn files_of<'p>(
        &self,
        commit: &Oid,
        paths: &[&'p str],
    ) -> Result<Vec<Result<Option<Vec<u8>>, GitError>>, GitError> {
        let root = self.git.find_tree(self.tree_at(commit)?)?;
        let mut last: Option<(&'p str, Option<Tree<'_>>)> = None;
        let mut read = |path: &'p str| -> Result<Option<Vec<u8>>, GitError> {
            path::check(path)?;
            let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
            let folder = match last.take() {
                Some((folder, tree)) if folder == parent => tree,
                _ => self.folder_of(&root, parent)?,
            };
            let entry = folder.as_ref().and_then(|tree| tree.get_name(name));
            let file = entry
                .filter(|entry| ![LINK, GITLINK, TREE].contains(&mode_of(entry)))
                .map(|entry| entry.id());
            let content = file.map(|oid| self.blob_bytes(oid)).transpose();
            last = Some((parent, folder));
            content
        };
        let mut contents = Vec::with_capacity(paths.len());
        for path in paths {
            contents.push(read(path));
        }
        Ok(contents)
    }

    fn folder_of<'r>(&'r self, root: &Tree<'r>, path: &str) -> Result<Option<Tree<'r>>, GitError> {
        if path.is_empty() {
            return Ok(Some(root.clone()));
        }
        match root.get_path(Path::new(path)) {
            Ok(entry) if mode_of(&entry) == TREE => Ok(Some(self.git.find_tree(entry.id())?)),
            Ok(_) => Ok(None),
            Err(e) if e.code() == ErrorCode::NotFound => Ok(None),
            Err(e) => Err(e.into()),
        }
    }

    /// Content of a blob, by the id that a commit gave a file.
    pub fn content(&self, blob: &Oid) -> Result<Vec<u8>, GitError> {
        self.blob_bytes(blob.to_git()?)
    }

    /// Content of a blob, which is what its id says.
    pub(crate) fn blob_bytes(&self, oid: GitOid) -> Result<Vec<u8>, GitError> {
        if let Some(bytes) = self.fresh.borrow().content(oid) {
            return Ok(bytes.clone());
        }
        content(&self.git.find_blob(oid)?)
    }

    /// The same of many; `None` where there is no such object.
    pub(crate) fn known_blobs(&self, oids: &[GitOid]) -> Vec<Result<Option<Vec<u8>>, GitError>> {
        let work_dir = self.work_dir();
        in_chunks_of(oids, BLOBS_PER_THREAD, |chunk| {
            let repo = git2::Repository::open(work_dir).map(Self::from);
            let read = |oid: &GitOid| match &repo {
                Ok(repo) => repo.known_blob(*oid),
                Err(e) => Err(GitError::Damaged(e.message().to_owned())),
            };
            chunk.iter().map(read).collect()
        })
    }

    /// The same; `None` where there is no such object.
    pub(crate) fn known_blob(&self, oid: GitOid) -> Result<Option<Vec<u8>>, GitError> {
        match self.git.find_blob(oid) {
            Ok(blob) => content(&blob).map(Some),
            Err(e) if e.code() == ErrorCode::NotFound => Ok(None),
            Err(e) => Err(e.into()),
        }
    }

    /// Paths of the files of the work tree that are committed or could be. With the changes together:
    /// [`scan`](Self::scan).
    pub fn work_paths(&self, filter: &dyn Fn(&str) -> bool) -> Result<Vec<String>, GitError> {
        let paths = self.scan()?.files.into_iter().map(|file| file.path);
        Ok(paths.filter(|path| filter(path)).collect())
    }
}

/// What a blob holds, if it is what its id says.
fn content(blob: &Blob<'_>) -> Result<Vec<u8>, GitError> {
    let bytes = blob.content().to_vec();
    match blob_id(&bytes) {
        Some(id) if id != blob.id() => Err(GitError::Damaged(format!(
            "object {} holds something else",
            blob.id()
        ))),
        _ => Ok(bytes),
    }
}

/// Content of a file below `work_dir`; `None` where there is none. Links are not followed.
pub(crate) fn read_file(work_dir: &Path, path: &str) -> Result<Option<Vec<u8>>, GitError> {
    let Some(file) = path::locate(work_dir, path)? else {
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
