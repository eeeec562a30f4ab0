//! Files edited as text: what has no form, and what cannot be read as it should.

use std::hash::{DefaultHasher, Hash, Hasher};

use sheaf_collection::model::{FieldEdit, FileEdit, Kind, ResourceId, ResourceView};
use sheaf_collection::{Collections, EditError, private_name};
use sheaf_git::error::GitError;
use sheaf_git::model::CommitInfo;
use sheaf_git::repository::Repo;

use crate::error::{Cause, ProjectError, Result};
use crate::line_ends::with_ends_of;
use crate::model::EditOutcome;
use crate::project::Project;
use crate::resources::write;

/// The one field of a file that is shown as text.
pub(crate) const FIELD: &str = "text";
/// A longer text, in bytes, is neither shown nor written.
const LONGEST: usize = 5_000_000;
/// So many commits are looked through for a version that can be read.
const FARTHEST: usize = 5_000;

impl Project {
    /// A file of the work tree as the editor shows it: a resource with its path as id and one field, `text`.
    pub fn text_file(&self, path: &str) -> Result<ResourceView> {
        let view = there(&self.repo()?, path)?;
        self.remember_text(&view);
        Ok(view)
    }

    /// Replaces the text of a file. `version` is the one it was opened with. Lines that stay keep the way they end.
    pub fn save_text(&self, path: &str, version: &str, text: &str) -> Result<EditOutcome> {
        let (repo, _lock) = self.locked()?;
        let before = there(&repo, path)?;
        if before.version != version {
            return Ok(EditOutcome::ChangedOutside { resource: before });
        }
        let after = in_place_of(&content(&repo, path)?.unwrap_or_default(), text);
        let resource = view(path, &after)?;
        let file = FileEdit {
            path: path.to_owned(),
            after: Some(after),
        };
        write(&repo, vec![file], &format!("Edit “{}”", before.name))?;
        self.remember_text(&resource);
        Ok(EditOutcome::Saved { resource })
    }

    /// Puts a collection file back as it was in the newest commit of this branch in which it could be read, and says
    /// which that was. Can be undone.
    pub fn restore_readable(&self, path: &str) -> Result<CommitInfo> {
        self.changing(
            "restore",
            |repo| {
                let commit = newest_readable(repo, path)?.ok_or_else(|| none_readable(path))?;
                repo.restore_file(&commit.id, path)?;
                Ok(commit)
            },
            |commit| format!("{path} is as in {}", commit.id.short()),
        )
    }
}

/// The file as the editor shows it; nothing where there is none.
pub(crate) fn find(repo: &Repo, path: &str) -> Result<Option<ResourceView>> {
    content(repo, path)?.map(|bytes| view(path, &bytes)).transpose()
}

/// The text that these edits leave.
pub(crate) fn edited(edits: &[FieldEdit]) -> Option<&str> {
    let last = edits.iter().rfind(|edit| edit.path == FIELD)?;
    last.value.as_ref()?.as_str()
}

/// The bytes of a text that was typed in place of others.
pub(crate) fn in_place_of(old: &[u8], text: &str) -> Vec<u8> {
    with_ends_of(&String::from_utf8_lossy(old), text).into_bytes()
}

/// Refuses what is no text of a size that can be edited.
fn check(path: &str, bytes: &[u8]) -> Result<()> {
    let problem = if bytes.len() > LONGEST {
        "it is larger than 5 MB"
    } else if bytes.contains(&0) || std::str::from_utf8(bytes).is_err() {
        "it is no text in UTF-8"
    } else {
        return Ok(());
    };
    Err(ProjectError::refused(
        "no-text",
        format!("“{path}” cannot be edited here: {problem}"),
        "Use the program that made it.",
    ))
}

fn there(repo: &Repo, path: &str) -> Result<ResourceView> {
    let gone = || EditError::NotFound {
        what: path.to_owned(),
    };
    Ok(find(repo, path)?.ok_or_else(gone)?)
}

/// A text as the editor shows it.
pub(crate) fn view(path: &str, bytes: &[u8]) -> Result<ResourceView> {
    check(path, bytes)?;
    let state = Collections::read([(path.to_owned(), bytes.to_vec())]);
    let broken = !state.is_empty() && state.ids().is_empty();
    let name = path.rsplit('/').next().unwrap_or(path);
    Ok(ResourceView {
        id: ResourceId(path.to_owned()),
        kind: if broken { Kind::Broken } else { Kind::File },
        name: name.to_owned(),
        path: path.to_owned(),
        parent_id: None,
        collection_id: None,
        read_only: false,
        fields: [(FIELD.to_owned(), String::from_utf8_lossy(bytes).into())]
            .into_iter()
            .collect(),
        version: version(bytes),
    })
}

/// A path that leads out of the work tree, or through a link, leads to nothing.
fn content(repo: &Repo, path: &str) -> Result<Option<Vec<u8>>> {
    let read = match private_name(path) {
        Some(name) => repo.read_private(name),
        None => repo.read_work_file(path),
    };
    match read {
        Err(GitError::BadPath { .. }) => Ok(None),
        other => Ok(other.map_err(Cause::from)?),
    }
}

fn version(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("{:016x}-{}", hasher.finish(), bytes.len())
}

fn newest_readable(repo: &Repo, path: &str) -> Result<Option<CommitInfo>> {
    let mut last = None;
    for commit in repo.log(None, None, FARTHEST)? {
        let bytes = repo.file_at(&commit.id, path)?;
        if bytes.is_none() || bytes == last {
            continue;
        }
        let state = Collections::read(bytes.clone().map(|bytes| (path.to_owned(), bytes)));
        if !state.ids().is_empty() {
            return Ok(Some(commit));
        }
        last = bytes;
    }
    Ok(None)
}

fn none_readable(path: &str) -> ProjectError {
    ProjectError::refused(
        "no-readable-version",
        format!("No commit of this branch has a version of “{path}” that can be read"),
        "Correct the file here, or restore it from another branch.",
    )
}
