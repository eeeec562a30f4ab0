//! The v5 layout: one YAML file a collection, everything in it.

mod detect;
mod document;
mod fields;
mod read;
mod reread;
mod spec;
mod structure;
mod tidy;
pub(crate) mod version;
mod write;

pub(crate) use detect::{is_seen_by_insomnia, is_v5, is_v5_path, type_name};
pub(crate) use document::{Part, fill_document};
pub(crate) use fields::{field_place, is_container, to_v5};
pub(crate) use read::read;
pub(crate) use reread::reread;
pub(crate) use spec::{SpecText, put_spec, spec_text};
pub(crate) use structure::{
    Copy, EMPTY_PLACE, Place, close_places, copy_item, insert_item, is_list_item, item_kind, new_item, place,
    rank, remove_item, renew_document, say_types, typed_as,
};
pub(crate) use tidy::tidy;
pub(crate) use version::is_typed;
pub(crate) use write::{change_item, check_writable, item_at, order_of, stamp, value_at};
