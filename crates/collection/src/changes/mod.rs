//! What differs between two states, in words.

mod file;

pub use file::file_change;
