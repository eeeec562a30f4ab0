//! Checks the collection files of a folder, whether it is a repository or not.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sheaf_collection::Collections;
use sheaf_collection::model::{FileCheck, Problem};

use crate::error::{ProjectError, Result};

/// Larger files are told and not read.
const MAX_BYTES: u64 = 100 * 1024 * 1024;
/// How far into a file that is too large its type is looked for.
const HEAD: u64 = 64 * 1024;

/// Every collection file below a folder (or the one file), by path relative to it. `.git` is left out, and symbolic
/// links are not followed.
///
/// # Errors
/// Where there is no such folder. What is wrong with a file is in its check.
pub fn verify(place: &Path) -> Result<Vec<FileCheck>> {
    let root = fs::canonicalize(place).map_err(|error| no_folder(place, &error))?;
    let mut found = Found::default();
    found.walk(root.clone());
    let mut checks = Collections::read(found.files).verify();
    checks.extend(found.unread);
    let base = format!("{}/", slashed(&root));
    for check in &mut checks {
        let name = root.file_name().map(|name| name.to_string_lossy().into_owned());
        check.path = match check.path.strip_prefix(&base) {
            Some(relative) => relative.to_owned(),
            None => name.unwrap_or_else(|| check.path.clone()),
        };
        for problem in &mut check.problems {
            problem.path.clone_from(&check.path);
            // Some name another file, which is below the same folder.
            problem.message = problem.message.replace(&base, "");
        }
    }
    checks.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(checks)
}

fn no_folder(place: &Path, error: &io::Error) -> ProjectError {
    ProjectError::refused(
        "not-found",
        format!("{} cannot be read: {error}.", place.display()),
        "Check the path.",
    )
}

#[derive(Default)]
struct Found {
    files: Vec<(String, Vec<u8>)>,
    /// Files and folders that could not be looked into.
    unread: Vec<FileCheck>,
}

impl Found {
    fn walk(&mut self, root: PathBuf) {
        let mut left = vec![root];
        while let Some(path) = left.pop() {
            if path.file_name().is_some_and(|name| name == ".git") {
                continue;
            }
            match children(&path) {
                Ok(Some(children)) => left.extend(children),
                Ok(None) => self.file(&path),
                Err(error) => self.unread.push(unreadable(&slashed(&path), &error)),
            }
        }
    }

    fn file(&mut self, path: &Path) {
        let name = slashed(path);
        let is_file = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file());
        if !is_file || !Collections::may_hold(&name) {
            return;
        }
        match read(path, &name) {
            Ok(Content::Whole(bytes)) => self.files.push((name, bytes)),
            Ok(Content::TooLarge) => self.unread.push(too_large(&name)),
            Ok(Content::Foreign) => {}
            Err(error) => self.unread.push(unreadable(&name, &error)),
        }
    }
}

/// What is in a folder; nothing for what is no folder.
fn children(path: &Path) -> io::Result<Option<Vec<PathBuf>>> {
    if !fs::symlink_metadata(path)?.is_dir() {
        return Ok(None);
    }
    let entries = fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
    Ok(Some(entries.into_iter().map(|entry| entry.path()).collect()))
}

enum Content {
    Whole(Vec<u8>),
    TooLarge,
    Foreign,
}

fn read(path: &Path, name: &str) -> io::Result<Content> {
    let mut file = fs::File::open(path)?;
    if file.metadata()?.len() <= MAX_BYTES {
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        return Ok(Content::Whole(bytes));
    }
    let mut head = Vec::new();
    file.take(HEAD).read_to_end(&mut head)?;
    let is_ours = Collections::holds(name, [head.as_slice()]);
    Ok(if is_ours {
        Content::TooLarge
    } else {
        Content::Foreign
    })
}

fn too_large(path: &str) -> FileCheck {
    let message = "This file is larger than 100 MB. Sheaf shows it as broken and leaves it alone.";
    unread(path, "too-large", message.to_owned())
}

fn unreadable(path: &str, error: &io::Error) -> FileCheck {
    let message = format!("This cannot be read: {error}. Check who may read it.");
    unread(path, "unreadable", message)
}

fn unread(path: &str, code: &str, message: String) -> FileCheck {
    FileCheck {
        path: path.to_owned(),
        parsed: false,
        byte_stable: false,
        problems: vec![Problem {
            code: code.to_owned(),
            message,
            path: path.to_owned(),
            line: None,
            column: None,
        }],
    }
}

/// The path as repositories write it.
fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}
