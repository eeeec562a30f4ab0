//! The legacy tree: `.insomnia/<Type>/<id>.yml`, one resource a file.

mod path;
mod read;

pub(crate) use path::{LegacyPath, TREE, file_path, private_path};
pub use path::{private_file, private_name};
pub(crate) use read::read;
