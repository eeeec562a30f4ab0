//! The note of what was allowed to be committed although it looks like a secret. What it holds is known to the caller
//! alone; it stays on this computer.

use crate::error::GitError;
use crate::own_files;
use crate::repository::Repo;

/// Name below `.git/sheaf`.
const NAME: &str = "secrets.json";

impl Repo {
    /// The note as it was kept last.
    pub fn allowances(&self) -> Result<Option<String>, GitError> {
        own_files::read(&self.own_dir()?.join(NAME))
    }

    /// Keeps the note, in the place of an earlier one.
    pub fn keep_allowances(&self, text: &str) -> Result<(), GitError> {
        own_files::write(&self.own_dir()?.join(NAME), text.as_bytes())
    }
}
