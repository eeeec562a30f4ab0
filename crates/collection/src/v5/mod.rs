//! The v5 layout: one YAML file a collection, everything in it.

mod detect;
mod document;
mod fields;
mod read;
mod reread;
mod structure;
mod write;

pub(crate) use detect::{is_seen_by_insomnia, is_v5, is_v5_path};
pub(crate) use document::{Part, fill_document, type_of_scope};
pub(crate) use read::read;
pub(crate) use reread::reread;
pub(crate) use structure::{
    Copy, copy_item, insert_item, is_list_item, new_item, relocate_items, remove_item,
};
pub(crate) use write::{item_at, value_at, write_fields};
