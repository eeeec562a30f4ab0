//! The use cases, where collections and Git meet. One file a verb.

mod branches;
mod changes;
pub mod clone;
mod commit;
pub mod connection;
mod convert;
pub mod error;
pub mod export;
mod history;
pub mod import;
mod import_files;
mod incoming;
pub mod keychain;
mod members;
mod merge;
mod message;
pub mod model;
pub mod open;
pub mod project;
mod pull;
pub mod push;
mod resources;
mod search;
mod selection;
pub mod settings;
mod snapshot;
mod spec_file;
mod trust;
mod undo;
pub mod user_settings;
pub mod verify;
mod view;
pub mod words;
mod work_tree;

pub use sheaf_collection as collection;
pub use sheaf_git as git;
