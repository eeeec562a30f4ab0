//! The v5 layout: one YAML file a collection, everything in it.

mod detect;
mod fields;
mod read;

pub(crate) use detect::{is_v5, is_v5_path};
pub(crate) use fields::{field_place, to_v5};
pub(crate) use read::read;
