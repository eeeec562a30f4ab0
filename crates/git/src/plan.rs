//! An operation as data: what every file, ref, setting and index entry was and is going to be.

use serde::{Deserialize, Serialize};

use crate::entry::{EXECUTABLE, Entry, FILE};
use crate::model::{Oid, RemoteMove};
use crate::private_files::PrivateEdit;
use crate::state_files::StateEdit;
use crate::tree_edit::Edits;
use crate::waiting_merge::Note;
use crate::work_entry::{Kept, WorkEntry};

/// Everything one operation changes. Nothing is touched before it is complete.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// In words, for the list of undo points.
    pub(crate) label: String,
    pub(crate) files: Vec<FileEdit>,
    /// Files that Git never sees.
    pub(crate) private: Vec<PrivateEdit>,
    pub(crate) refs: Vec<RefEdit>,
    pub(crate) config: Vec<ConfigEdit>,
    pub(crate) index: IndexPlan,
    /// Notes of git about an operation that is under way.
    pub(crate) state: Vec<StateEdit>,
    /// Commits that those notes name, for the record.
    pub(crate) keeps: Vec<Oid>,
    /// Whether the index has conflicts, or gets some, and so comes back as it is; with notes it always does.
    pub(crate) keeps_index: bool,
    pub(crate) journal: Journal,
    /// The undo or redo point that is used up by this.
    pub(crate) consumes: Option<String>,
    /// What was done on the remote, for the record.
    pub(crate) remote: Option<RemoteMove>,
    /// The note of the merge that waits no more once this has happened.
    pub(crate) ends: Option<Note>,
}

/// One file of the work tree.
#[derive(Debug)]
pub(crate) struct FileEdit {
    pub(crate) path: String,
    /// What the plan was computed from.
    pub(crate) expect: Option<Entry>,
    /// The file itself, where its bytes are in the object store already.
    pub(crate) kept: Option<Kept>,
    pub(crate) after: After,
}

/// What becomes of a file.
#[derive(Debug)]
pub(crate) enum After {
    Gone,
    /// As Git stores it; line endings may be turned into the system's.
    Committed(Entry),
    /// Exactly these bytes, from the object store.
    Exactly(Entry),
    /// Exactly these bytes; the file keeps its mode.
    Bytes(Vec<u8>),
}

impl After {
    /// The mode the file gets; none where it keeps its own.
    pub(crate) fn mode(&self) -> Option<u32> {
        match self {
            Self::Committed(entry) | Self::Exactly(entry) => Some(entry.mode),
            Self::Gone | Self::Bytes(_) => None,
        }
    }
}

/// Where a ref is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum RefValue {
    Missing,
    Commit(Oid),
    Symbolic(String),
}

/// One ref.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RefEdit {
    pub(crate) name: String,
    pub(crate) before: RefValue,
    pub(crate) after: RefValue,
}

/// One setting in the project's own configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ConfigEdit {
    pub(crate) key: String,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

/// What becomes of the index.
#[derive(Debug, Default)]
pub(crate) enum IndexPlan {
    /// It stays, and so other programs may hold it.
    #[default]
    Keep,
    /// It becomes the tree of the new HEAD. `known` are files whose state on disk was seen.
    Tree {
        tree: Option<git2::Oid>,
        known: Vec<(String, WorkEntry)>,
    },
    /// It becomes the file it was once, with conflicts and all.
    Exactly(Vec<u8>),
    /// Only these entries change.
    Paths {
        edits: Edits,
        known: Vec<(String, WorkEntry)>,
    },
}

/// Where the way back is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Journal {
    /// Nowhere: there was nothing before.
    Nowhere,
    #[default]
    Undo,
    Redo,
}

/// So many files are written before the first of them is put in place; each is open until then.
pub(crate) const MOST_STAGED: usize = 128;

impl Plan {
    /// Files whose new contents can be written while the way back is, where they are at hand. A path with a line break is
    /// not noted, and so not among them.
    pub(crate) fn staged_early(&self) -> impl Iterator<Item = &FileEdit> {
        let files = if self.files.len() > MOST_STAGED {
            &[]
        } else {
            &*self.files
        };
        let is_file = |after: &After| match after {
            After::Bytes(_) => true,
            After::Committed(entry) => matches!(entry.mode, FILE | EXECUTABLE),
            After::Gone | After::Exactly(_) => false,
        };
        let is_early = move |edit: &&FileEdit| is_file(&edit.after) && !edit.path.contains('\n');
        files.iter().filter(is_early)
    }
}

impl RefValue {
    pub(crate) fn commit(&self) -> Option<&Oid> {
        match self {
            Self::Commit(oid) => Some(oid),
            Self::Missing | Self::Symbolic(_) => None,
        }
    }
}

impl From<Option<git2::Oid>> for RefValue {
    fn from(oid: Option<git2::Oid>) -> Self {
        oid.map_or(Self::Missing, |oid| Self::Commit(oid.into()))
    }
}

impl From<git2::Oid> for RefValue {
    fn from(oid: git2::Oid) -> Self {
        Self::Commit(oid.into())
    }
}

impl From<Option<Entry>> for After {
    fn from(entry: Option<Entry>) -> Self {
        entry.map_or(Self::Gone, Self::Committed)
    }
}
