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
pub(crate) use fields::{Fields, fields_of};
pub use file::file_change;
pub(crate) use label::{label, row_word};
pub(crate) use rows::{Row, RowName, cell_path, is_noise, named, row_path};
pub(crate) use shape::{Shape, goes_on, keys_of, shape};
pub(crate) use summary::kind_word;
pub(crate) use tree::MAX_DEPTH;
