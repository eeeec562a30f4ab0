use std::collections::BTreeMap;
use std::path::Path;

use crate::failure::Failure;
use crate::program::root;

const COMMITTED: &str = "ui/src/bindings";

/// Compares the page's types with those that the Rust types have just written.
pub(crate) fn compare(written: &Path) -> Result<(), Failure> {
    let committed = read(&root().join(COMMITTED))?;
    let written = read(written)?;
    let names = committed.keys().chain(written.keys());
    let mut different: Vec<&str> = names
        .filter(|name| committed.get(*name) != written.get(*name))
        .map(String::as_str)
        .collect();
    different.sort_unstable();
    different.dedup();
    if different.is_empty() {
        println!("{} types agree", written.len());
        return Ok(());
    }
    Err(Failure::new(format!(
        "{COMMITTED} does not say what the Rust types say: {}. \
         `cargo test export_bindings` writes them; one that no type writes any more is to be deleted.",
        different.join(", ")
    )))
}

fn read(folder: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        // A checkout on Windows may have other line ends.
        let text = std::fs::read_to_string(entry.path())?.replace("\r\n", "\n");
        files.insert(entry.file_name().to_string_lossy().into_owned(), text);
    }
    Ok(files)
}
