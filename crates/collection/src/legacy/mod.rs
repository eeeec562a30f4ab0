//! The legacy tree: `.insomnia/<Type>/<id>.yml`, one resource a file.

mod path;
mod read;

pub(crate) use path::{LegacyPath, TREE, file_path};
pub(crate) use read::read;
