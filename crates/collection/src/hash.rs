//! Hashes as text.

use sha1::{Digest, Sha1};

/// SHA-1 in hexadecimal, as Insomnia derives ids and as versions are compared.
pub(crate) fn sha1_hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha1::digest(bytes)
        .iter()
        .fold(String::with_capacity(40), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}
