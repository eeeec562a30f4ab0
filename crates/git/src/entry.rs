//! One file as Git sees it: content and mode.

use git2::Oid;

/// Mode of an ordinary file.
pub(crate) const FILE: u32 = 0o100_644;
/// Mode of a file that may be run.
pub(crate) const EXECUTABLE: u32 = 0o100_755;
/// Mode of a symbolic link.
pub(crate) const LINK: u32 = 0o120_000;
/// Mode of a submodule.
pub(crate) const GITLINK: u32 = 0o160_000;
/// Mode of a folder.
pub(crate) const TREE: u32 = 0o040_000;

/// Content and mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Blob (of a submodule: commit).
    pub(crate) oid: Oid,
    /// One of the modes above.
    pub(crate) mode: u32,
}
