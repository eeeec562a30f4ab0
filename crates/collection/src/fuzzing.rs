//! Doors for fuzzing; no part of the interface.

use crate::yaml;

/// Does the quick reading of a text, where there is one, agree with the full parser in everything?
pub fn reads_alike(text: &str) -> bool {
    yaml::reads_alike(text)
}
