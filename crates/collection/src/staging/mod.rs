//! Taking some of the changes between two states and leaving the others: what goes into a commit, what is discarded.
//!
//! The result of a part is the text before with the chosen pieces patched in, so that what was not chosen stays as it
//! is to the byte; a file of which everything is chosen is taken as it is after.

mod build;
mod choice;
mod error;
mod select;
mod v5;

pub use choice::Choice;
pub use error::StageError;

use crate::collections::Collections;
use crate::model::{ResourceChange, ResourceId};

/// What becomes of `modified` where a part of a resource is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModifiedOf {
    /// It is as after: the part is newer.
    After,
    /// It stays as before.
    Before,
}

/// One file of the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagedFile {
    /// Repository path, `/` separated.
    pub path: String,
    /// What it holds.
    pub content: StagedContent,
}

/// What a file of the result holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StagedContent {
    /// Exactly what it holds after, which may be nothing.
    AsAfter,
    /// These bytes; absent where there is no such file.
    Built(Option<Vec<u8>>),
}

/// The files of the result, and what was taken along because the rest needs it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Staged {
    /// Files that differ from before.
    pub files: Vec<StagedFile>,
    /// Resources that were not asked for: the new folder of a new request, the contents of a deleted folder.
    pub along: Vec<ResourceId>,
}

/// Takes what was chosen of `all`, which [`changes`](crate::changes) told of these two states (ordinary files may be
/// among it).
pub fn stage(
    before: &Collections,
    after: &Collections,
    all: &[ResourceChange],
    chosen: &[Choice],
    stamp: ModifiedOf,
) -> Result<Staged, StageError> {
    let picks = choice::picks(before, after, all, chosen)?;
    let files = build::files(before, after, &picks, stamp)?;
    Ok(Staged {
        files,
        along: picks.along,
    })
}
