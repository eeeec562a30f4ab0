//! How a merge asks about one file, and what it asks a person.

use std::collections::BTreeMap;

use crate::model::Side;

/// Settles files that both sides changed. The engine itself knows only bytes.
pub trait FileMerge {
    /// The merged content (`Some(None)`: the file goes), or `None` where a person must decide.
    #[allow(clippy::option_option)]
    fn merge(
        &self,
        path: &str,
        base: Option<&[u8]>,
        ours: Option<&[u8]>,
        theirs: Option<&[u8]>,
    ) -> Option<Option<Vec<u8>>>;

    /// Whether this file may be merged line by line where [`merge`](Self::merge) does not settle it.
    fn lines(&self, path: &str) -> bool {
        let _ = path;
        false
    }
}

/// Which side to take for a path, as a person answered.
pub type Answers = BTreeMap<String, Side>;

/// A file that a person must decide about. `None` means that there is no such file on that side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// Path below the work tree.
    pub path: String,
    /// Where both came from.
    pub base: Option<Vec<u8>>,
    /// The version here.
    pub ours: Option<Vec<u8>>,
    /// The version that comes in.
    pub theirs: Option<Vec<u8>>,
    /// True where the version here is not committed yet.
    pub uncommitted: bool,
}
