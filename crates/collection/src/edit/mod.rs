//! Edits of resources. Each returns the files to write and touches nothing itself.

mod api;
mod error;

pub use api::{changes, merge_file};
pub use error::EditError;
