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
pub(crate) use fields::{Fields, Names, body_label, compare_fields, fields_of};
pub use file::file_change;
pub(crate) use json::below;
pub(crate) use label::{is_bookkeeping, is_rows, label, row_word, tree_word};
pub(crate) use noise::is_default;
pub(crate) use rows::{Row, RowName, cell_path, is_noise, named, row_label, row_path};
pub(crate) use shape::{Shape, goes_on, keys_of, shape};
pub(crate) use summary::kind_word;
pub(crate) use text::{Run, runs};
pub(crate) use tree::MAX_DEPTH;
