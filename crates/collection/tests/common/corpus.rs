//! Real collections, where they are at hand.

use std::path::{Path, PathBuf};

/// A folder with its files, by path.
pub(crate) type Project = (PathBuf, Vec<(String, Vec<u8>)>);

/// Every project of the corpus; empty (and told) where there is none.
pub(crate) fn projects() -> Vec<Project> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let folders = std::fs::read_dir(&root)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    let mut folders: Vec<_> = folders
        .filter(|path| path.is_dir() && !path.ends_with("migrated-pair"))
        .collect();
    folders.extend(
        ["before", "after"]
            .map(|side| root.join("migrated-pair").join(side))
            .into_iter()
            .filter(|path| path.is_dir()),
    );
    folders.sort();
    if folders.is_empty() {
        eprintln!("skipped: no corpus");
    }
    let read = |folder: PathBuf| {
        let mut files = Vec::new();
        collect(&folder, &folder, &mut files);
        (folder, files)
    };
    folders.into_iter().map(read).collect()
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, found);
        } else if let (Ok(relative), Ok(bytes)) = (path.strip_prefix(root), std::fs::read(&path)) {
            found.push((relative.to_string_lossy().into_owned(), bytes));
        }
    }
}
