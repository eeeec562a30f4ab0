//! What differs between two states, in words.

mod compare;
mod content;
mod fields;
mod file;
mod graphql;
mod json;
mod label;
mod noise;
mod rows;
mod shape;
mod spec;
mod summary;
mod text;
mod tree;

pub use compare::changes;
pub use file::file_change;
pub(crate) use label::{label, row_word};
