//! A value told from others without being told.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// Bytes of the hash that are kept: enough to tell values of one project apart.
const BYTES: usize = 8;

/// What stands for these parts (a value, and where it is) from now on. `salt` is a secret of the computer, so that a
/// fingerprint in a log helps nobody to guess a short password.
pub fn fingerprint(salt: &str, parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in std::iter::once(&salt).chain(parts) {
        hash.update(part.len().to_be_bytes());
        hash.update(part.as_bytes());
    }
    let digest = hash.finalize();
    digest.iter().take(BYTES).fold(String::new(), |mut text, byte| {
        // writing to a String cannot fail
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[test]
    fn equal_parts_give_the_same_and_others_another() {
        let one = fingerprint("salt", &["value", "url"]);
        assert_eq!(one, fingerprint("salt", &["value", "url"]));
        assert_ne!(one, fingerprint("other", &["value", "url"]));
        assert_ne!(one, fingerprint("salt", &["valueu", "rl"]));
        assert_eq!(one.len(), 16);
    }
}
