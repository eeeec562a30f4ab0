//! Saving edits.

use crate::error::GitError;
use crate::path;
use crate::plan::{After, FileEdit, Plan};
use crate::private_files::PrivateEdit;
use crate::repository::Repo;
use crate::work_entry::KeptUnless;

/// A path or a name, and the whole content; without one the file goes.
pub type FileContent = (String, Option<Vec<u8>>);

impl Repo {
    /// Writes each file whole (`None`: the file goes) after taking an undo point named `label`.
    pub fn write_files(&self, edits: &[FileContent], label: &str) -> Result<(), GitError> {
        self.write_files_and_private(edits.to_vec(), &[], label)
    }

    /// Like [`write_files`](Self::write_files), together with files that Git never sees, by name.
    pub fn write_files_and_private(
        &self,
        edits: Vec<FileContent>,
        private: &[FileContent],
        label: &str,
    ) -> Result<(), GitError> {
        let private = self.private_edits(private)?;
        let head = self.head_tree()?;
        let mut files = Vec::new();
        for (path, bytes) in edits {
            let KeptUnless::Other(now) = self.keep_unless(&path, bytes.as_deref(), head)? else {
                continue;
            };
            if now.as_ref().is_some_and(|kept| kept.work.meta.is_symlink()) {
                return Err(GitError::BadPath {
                    path,
                    why: "it is a link",
                });
            }
            if bytes.is_some() && now.is_none() {
                path::check_new(&path)?;
            }
            files.push(FileEdit {
                path,
                expect: now.as_ref().map(|kept| kept.work.entry),
                kept: now.map(|kept| *kept),
                after: bytes.map_or(After::Gone, After::Bytes),
            });
        }
        if files.is_empty() && private.is_empty() {
            return Ok(());
        }
        self.land(Plan {
            label: label.to_owned(),
            files,
            private,
            ..Plan::default()
        })?;
        self.join_with_previous()
    }

    fn private_edits(&self, private: &[FileContent]) -> Result<Vec<PrivateEdit>, GitError> {
        let mut edits = Vec::new();
        for (name, after) in private {
            if self.read_private(name)? != *after {
                edits.push(PrivateEdit {
                    name: name.clone(),
                    after: after.clone(),
                });
            }
        }
        Ok(edits)
    }
}
