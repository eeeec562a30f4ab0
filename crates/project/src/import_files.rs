//! The files of an import, read with limits. Symbolic links are not followed.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use sheaf_collection::import_limits::{MAX_BYTES, MAX_FILES};

use crate::error::{ProjectError, Result};

/// Folders within folders.
const MAX_DEPTH: usize = 32;
/// Entries that are looked at; a home folder chosen by mistake ends here.
const MAX_ENTRIES: usize = 100_000;
/// Endings that are read inside a chosen folder. A file that is chosen itself is read whatever it is called.
const ENDINGS: &[&str] = &["json", "yaml", "yml", "bru", "har", "txt", "sh", "curl"];
/// Folders that hold nothing to import.
const SKIPPED: &[&str] = &[".git", "node_modules"];

type Files = Vec<(String, Vec<u8>)>;

/// Reads what was chosen. Paths in the result begin with the name of what was chosen, `/` separated.
pub(crate) fn read(chosen: &[PathBuf]) -> Result<Files> {
    let mut reader = Reader::default();
    for path in chosen {
        let meta = fs::symlink_metadata(path).map_err(|e| unreadable(path, &e))?;
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        if meta.is_dir() {
            reader.folder(path, &name, 0)?;
        } else if meta.is_file() {
            reader.file(path, name, meta.len())?;
        } else {
            return Err(ProjectError::refused(
                "not-a-file",
                format!("{} is neither a file nor a folder", path.display()),
                "Choose the file or folder itself and no link to it.",
            ));
        }
    }
    Ok(reader.files)
}

#[derive(Default)]
struct Reader {
    files: Files,
    bytes: u64,
    entries: usize,
}

impl Reader {
    fn folder(&mut self, folder: &Path, name: &str, depth: usize) -> Result<()> {
        let list = fs::read_dir(folder).map_err(|e| unreadable(folder, &e))?;
        let mut entries: Vec<_> = list.flatten().collect();
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            self.entries += 1;
            if self.entries > MAX_ENTRIES || self.files.len() >= MAX_FILES || depth > MAX_DEPTH {
                return Err(too_much());
            }
            let (Ok(kind), Some(own)) = (entry.file_type(), entry.file_name().to_str().map(str::to_owned))
            else {
                continue;
            };
            let inner = format!("{name}/{own}");
            if kind.is_dir() && !SKIPPED.contains(&own.as_str()) {
                self.folder(&entry.path(), &inner, depth + 1)?;
            } else if kind.is_file() && has_known_ending(&own) {
                let size = entry.metadata().map_or(0, |meta| meta.len());
                self.file(&entry.path(), inner, size)?;
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, name: String, size: u64) -> Result<()> {
        let limit = MAX_BYTES as u64;
        if self.bytes.saturating_add(size) > limit {
            return Err(too_much());
        }
        let file = File::open(path).map_err(|e| unreadable(path, &e))?;
        let mut bytes = Vec::new();
        // the file may grow while it is read
        let mut rest = file.take(limit - self.bytes + 1);
        rest.read_to_end(&mut bytes).map_err(|e| unreadable(path, &e))?;
        self.bytes += bytes.len() as u64;
        if self.bytes > limit {
            return Err(too_much());
        }
        self.files.push((name, bytes));
        Ok(())
    }
}

fn has_known_ending(name: &str) -> bool {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

fn unreadable(path: &Path, error: &std::io::Error) -> ProjectError {
    ProjectError::refused(
        "unreadable",
        format!("{} cannot be read: {error}", path.display()),
        "Check that it is there and that you may read it.",
    )
}

fn too_much() -> ProjectError {
    ProjectError::refused(
        "too-large",
        "There is more in there than Sheaf imports at once (100 MB, 20,000 files)",
        "Choose the file or folder of the collection itself.",
    )
}
