//! What differs between two states, in words.

mod compare;
mod fields;
mod file;
mod label;
mod rows;
mod summary;
mod tree;

pub use compare::changes;
pub use file::file_change;
