//! The note of a merge that waits for answers. What it holds is known to the caller alone; nothing else of a merge is
//! kept, as a merge touches nothing before it lands.

use std::fs;
use std::io::ErrorKind;

use crate::error::GitError;
use crate::own_files;
use crate::repository::Repo;

/// Which of the notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// Of a merge that was begun here.
    Here,
    /// Of one that another program began.
    Outside,
}

impl Note {
    /// Name below `.git/sheaf`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Here => "merge.json",
            Self::Outside => "outside.json",
        }
    }

    pub(crate) fn of_name(name: &str) -> Option<Self> {
        [Self::Here, Self::Outside]
            .into_iter()
            .find(|note| note.name() == name)
    }
}

impl Repo {
    /// The note as it was kept last; nothing where no merge waits.
    pub fn waiting_merge(&self, note: Note) -> Result<Option<String>, GitError> {
        own_files::read(&self.own_dir()?.join(note.name()))
    }

    /// Keeps a note, in the place of an earlier one.
    pub fn keep_waiting_merge(&self, note: Note, text: &str) -> Result<(), GitError> {
        own_files::write(&self.own_dir()?.join(note.name()), text.as_bytes())
    }

    /// No merge waits any more.
    pub fn drop_waiting_merge(&self, note: Note) -> Result<(), GitError> {
        let path = self.own_dir()?.join(note.name());
        match fs::remove_file(&path) {
            Err(e) if e.kind() != ErrorKind::NotFound => Err(GitError::Io { path, source: e }),
            _ => Ok(()),
        }
    }
}
