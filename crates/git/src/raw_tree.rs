//! Trees as they are stored. libgit2 makes an object of every entry first, which takes most of the time where only a few of
//! thousands are of interest.
//!
//! Format: Git, `gitformat-pack`, and the object in `git cat-file tree`: mode in octal, a space, the name, NUL, the id.

use crate::entry::{EXECUTABLE, FILE, GITLINK, LINK, TREE};

const ID: usize = 20;
/// Kind of a file among the bits of its mode.
const KIND: u32 = 0o170_000;
const ANY_EXECUTE: u32 = 0o111;

/// One entry of a tree.
#[derive(Clone, Copy)]
pub(crate) struct RawEntry<'t> {
    pub(crate) name: &'t [u8],
    /// As it is written; [`mode`](Self::mode) is what it means.
    written: u32,
    pub(crate) id: &'t [u8],
}

impl RawEntry<'_> {
    pub(crate) fn mode(&self) -> u32 {
        match self.written & KIND {
            TREE => TREE,
            LINK => LINK,
            GITLINK => GITLINK,
            _ if self.written & ANY_EXECUTE != 0 => EXECUTABLE,
            _ => FILE,
        }
    }

    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.id == other.id && self.written == other.written
    }
}

/// The entries of a tree, in the order in which they stand there.
#[derive(Clone)]
pub(crate) struct Entries<'t>(&'t [u8]);

impl<'t> Entries<'t> {
    pub(crate) fn of(bytes: &'t [u8]) -> Self {
        Self(bytes)
    }

    /// Whether all of it could be read.
    pub(crate) fn is_over(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'t> Iterator for Entries<'t> {
    type Item = RawEntry<'t>;

    fn next(&mut self) -> Option<RawEntry<'t>> {
        let space = self.0.iter().take(8).position(|byte| *byte == b' ')?;
        let (mode, rest) = self.0.split_at(space);
        let written = mode.iter().try_fold(0, |mode, digit| match digit {
            b'0'..=b'7' => Some(mode << 3 | u32::from(digit - b'0')),
            _ => None,
        })?;
        let end = memchr::memchr(0, rest)?;
        let name = rest.get(1..end)?;
        let id = rest.get(end + 1..end + 1 + ID)?;
        self.0 = &rest[end + 1 + ID..];
        Some(RawEntry { name, written, id })
    }
}

#[cfg(test)]
mod tests {
    use super::Entries;

    #[test]
    fn what_is_no_tree_ends_early() {
        let mut whole = b"100644 a\0".to_vec();
        whole.extend([7; 20]);
        let mut entries = Entries::of(&whole);
        assert_eq!(
            entries.next().map(|e| (e.name, e.mode())),
            Some((&b"a"[..], 0o100_644))
        );
        assert!(entries.next().is_none() && entries.is_over());
        for cut in 1..whole.len() {
            let mut entries = Entries::of(&whole[..cut]);
            assert!(entries.next().is_none() && !entries.is_over(), "{cut}");
        }
        assert!(Entries::of(b"10x644 a\0....................").next().is_none());
    }
}
