//! Whether an index can be read, without reading it: libgit2 takes longer for that than for most of what follows.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::hash::ends_in_its_hash;

/// True where the index is whole, or there is none. Where this is false libgit2 says what is wrong, if anything is.
pub(crate) fn is_whole(git_dir: &Path) -> bool {
    match fs::read(git_dir.join("index")) {
        Ok(bytes) => is_known(&bytes) && ends_in_its_hash(&bytes),
        Err(e) => e.kind() == ErrorKind::NotFound,
    }
}

fn is_known(index: &[u8]) -> bool {
    index.starts_with(b"DIRC") && matches!(index.get(4..8), Some([0, 0, 0, 2..=4]))
}
