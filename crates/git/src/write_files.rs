//! Saving edits.

use crate::error::GitError;
use crate::path;
use crate::plan::{After, FileEdit, Plan};
use crate::repository::Repo;

impl Repo {
    /// Writes each file whole (`None`: the file goes) after taking an undo point named `label`.
    pub fn write_files(&self, edits: &[(String, Option<Vec<u8>>)], label: &str) -> Result<(), GitError> {
        let mut files = Vec::new();
        for (path, bytes) in edits {
            let now = self.work_entry(path)?;
            if now.as_ref().is_some_and(|w| w.meta.is_symlink()) {
                return Err(GitError::BadPath {
                    path: path.clone(),
                    why: "it is a link",
                });
            }
            if bytes.is_some() && now.is_none() {
                path::check_new(path)?;
            }
            if self.read_work_file(path)? == *bytes {
                continue;
            }
            let after = match bytes {
                Some(bytes) => After::Bytes(bytes.clone()),
                None => After::Gone,
            };
            files.push(FileEdit {
                path: path.clone(),
                expect: now.map(|w| w.entry),
                after,
            });
        }
        if files.is_empty() {
            return Ok(());
        }
        self.land(Plan {
            label: label.to_owned(),
            files,
            ..Plan::default()
        })?;
        self.join_with_previous()
    }
}
