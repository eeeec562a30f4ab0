//! Packs of whole objects. libgit2 looks for what the objects of a pack have in common, which takes longer than all the
//! rest together, and compresses them one after the other.
//!
//! Format: `Documentation/gitformat-pack.adoc` of git.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use git2::ObjectType;
use sha1::{Digest, Sha1};

use crate::parallel::in_chunks_of;

/// Compressing fewer is not worth a thread.
const OBJECTS_PER_THREAD: usize = 25;
const VERSION: u32 = 2;
/// What follows a byte whose high bit is set belongs to the same number.
const MORE: u8 = 0x80;

/// An object that is going to be in a pack.
pub(crate) struct Object<'o> {
    pub(crate) kind: ObjectType,
    pub(crate) bytes: &'o [u8],
}

/// The bytes of a pack with these objects.
pub(crate) fn pack_of(objects: &[Object<'_>]) -> io::Result<Vec<u8>> {
    let count = u32::try_from(objects.len()).map_err(io::Error::other)?;
    let packed = in_chunks_of(objects, OBJECTS_PER_THREAD, |chunk| {
        chunk.iter().map(Object::packed).collect()
    });
    let mut pack = Vec::new();
    pack.extend_from_slice(b"PACK");
    pack.extend_from_slice(&VERSION.to_be_bytes());
    pack.extend_from_slice(&count.to_be_bytes());
    for object in packed {
        pack.extend_from_slice(&object?);
    }
    let hash = Sha1::digest(&pack);
    pack.extend_from_slice(&hash);
    Ok(pack)
}

impl Object<'_> {
    fn packed(&self) -> io::Result<Vec<u8>> {
        let mut compressed = ZlibEncoder::new(self.head()?, Compression::fast());
        compressed.write_all(self.bytes)?;
        compressed.finish()
    }

    /// Kind and length: four bits of it, then seven a byte.
    fn head(&self) -> io::Result<Vec<u8>> {
        let kind: u8 = match self.kind {
            ObjectType::Commit => 1,
            ObjectType::Tree => 2,
            ObjectType::Blob => 3,
            ObjectType::Tag => 4,
            ObjectType::Any => return Err(io::Error::other("an object without a kind")),
        };
        let mut rest = self.bytes.len();
        let mut head = vec![kind << 4 | low_bits(rest, 4)];
        rest >>= 4;
        while rest > 0 {
            if let Some(last) = head.last_mut() {
                *last |= MORE;
            }
            head.push(low_bits(rest, 7));
            rest >>= 7;
        }
        Ok(head)
    }
}

#[allow(clippy::cast_possible_truncation, reason = "what is left of it fits")]
fn low_bits(number: usize, bits: u32) -> u8 {
    (number & ((1 << bits) - 1)) as u8
}
