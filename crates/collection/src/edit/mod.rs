//! Edits of resources. Each returns the files to write and touches nothing itself.

mod apply;
mod convert;
mod create;
mod draft;
mod draft_v5;
mod duplicate;
mod error;
mod find;
mod ids;
mod new_file;
mod order;
mod path;
mod privacy;
mod property_order;
mod relocate;
mod remove;
mod rows;
mod set;
mod stamp;
mod template;
mod validate;

pub(crate) use apply::field_order;
pub use convert::Conversion;
pub(crate) use draft::{Draft, find_item, list_item, new_text};
pub(crate) use draft_v5::v5_document;
pub use error::EditError;
pub(crate) use ids::{base_environment_id, new_id};
pub(crate) use path::path_key;
pub(crate) use property_order::update_order;
pub(crate) use relocate::{complete, has_no_place_in_v5, key_value};
pub(crate) use rows::row_name;
pub(crate) use set::name_field;
pub use stamp::Stamp;
pub(crate) use template::new_fields;
pub(crate) use validate::validate;
