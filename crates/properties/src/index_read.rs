//! An index: what is read without libgit2 is what libgit2 reads.

use sha1::{Digest, Sha1};
use sheaf_git::fuzzing::index_in;

use crate::scratch::with_scratch;

pub(crate) fn check(bytes: &[u8]) {
    // The hash at the end is made right, or libgit2 would look no further.
    let content = bytes.len().checked_sub(20).map_or(bytes, |end| &bytes[..end]);
    let mut whole = content.to_vec();
    whole.extend_from_slice(&Sha1::digest(content));
    let Some((files, tree)) = index_in(&whole) else {
        return;
    };
    assert!(tree.is_none_or(|tree| !tree.is_zero()) || files.len() < whole.len());
    with_scratch(|scratch| {
        let place = scratch.dir.join("index-to-read");
        let written = std::fs::write(&place, &whole);
        assert!(written.is_ok());
        let read = git2::Index::open(&place);
        // What libgit2 refuses is refused by everybody who takes such an index for whole.
        let Ok(read) = read else { return };
        let theirs: Vec<_> = read
            .iter()
            .map(|entry| {
                (
                    String::from_utf8_lossy(&entry.path).into_owned(),
                    (entry.id, entry.mode),
                )
            })
            .collect();
        let mut ours = files.clone();
        ours.sort_by(|a, b| a.0.as_bytes().cmp(b.0.as_bytes()));
        assert_eq!(ours, theirs);
    });
}
