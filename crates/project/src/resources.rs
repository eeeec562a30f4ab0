//! Editing collections: each use case rewrites the files that hold what was edited and nothing else.

use std::path::Path;
use std::sync::Arc;

use sheaf_collection::model::{FieldEdit, FileEdit, Kind, ResourceId, ResourceView};
use sheaf_collection::{Collections, EditError, Scope, private_name};
use sheaf_git::repository::Repo;

use crate::error::Result;
use crate::model::{Created, EditOutcome};
use crate::project::{Project, Run};
use crate::spec_file::{split_text, with_text};
use crate::text_file;

impl Project {
    /// A resource as the editor shows it; a file that cannot be read, or an ordinary one by its path, as text.
    pub fn resource(&self, id: &ResourceId) -> Result<ResourceView> {
        let repo = self.repo()?;
        let collections = self.collections(&repo)?;
        let (resource, text) = match collections.resource(id) {
            Some(broken) if broken.kind == Kind::Broken => {
                let text = text_file::find(&repo, &broken.path);
                (Some(broken), text.unwrap_or_default())
            }
            None => (None, text_file::find(&repo, &id.0)?),
            found => (found, None),
        };
        if let Some(text) = text {
            self.remember_text(&text);
            return Ok(text);
        }
        self.remember(&collections, id);
        let gone = || EditError::NotFound { what: id.to_string() };
        Ok(with_text(&repo, resource.ok_or_else(gone)?))
    }

    /// Finds a resource by id, path or unique name.
    pub fn find(&self, what: &str) -> Result<ResourceId> {
        Ok(self.collections(&self.repo()?)?.find(what)?)
    }

    /// Sets fields of a resource. `version` is the one it was opened with; absent skips the check.
    pub fn edit(&self, id: &ResourceId, version: Option<&str>, edits: &[FieldEdit]) -> Result<EditOutcome> {
        let (repo, _lock) = self.locked()?;
        let collections = self.collections_around(&repo, id)?;
        let before = with_text(&repo, view(&collections, id)?);
        if version.is_some_and(|v| v != before.version) {
            return Ok(EditOutcome::ChangedOutside { resource: before });
        }
        let (text, rest) = split_text(&repo, &before, edits)?;
        let mut files = collections.set_fields(id, &rest, self.stamp())?;
        files.extend(text);
        let after = self.write(&repo, &collections, id, files, &format!("Edit “{}”", before.name))?;
        // An item that had no id may have got one.
        let id = after.at_place_of(&collections, id).unwrap_or_else(|| id.clone());
        self.remember(&after, &id);
        Ok(EditOutcome::Saved {
            resource: with_text(&repo, view(&after, &id)?),
        })
    }

    /// Gives a resource another name.
    pub fn rename(&self, id: &ResourceId, name: &str) -> Result<()> {
        self.edited(|c| {
            let old = view(c, id)?.name;
            Ok((c.rename(id, name, self.stamp())?, format!("Rename “{old}”")))
        })
    }

    /// Moves resources into a folder or collection, before one of its children or to the end; one write, one undo point.
    pub fn move_many(
        &self,
        ids: &[ResourceId],
        parent: &ResourceId,
        before: Option<&ResourceId>,
    ) -> Result<()> {
        self.edited(|c| {
            Ok((
                c.move_many(ids, parent, before, self.stamp())?,
                told("Move", c, ids),
            ))
        })
    }

    /// Deletes resources with everything in them; one write, one undo point.
    pub fn delete_many(&self, ids: &[ResourceId]) -> Result<()> {
        self.edited(|c| Ok((c.delete_many(ids, self.stamp())?, told("Delete", c, ids))))
    }

    /// Creates a resource in a folder or collection.
    pub fn create(&self, kind: Kind, parent: &ResourceId, name: &str) -> Result<Created> {
        self.created(|c, _| {
            Ok((
                c.create(kind, parent, name, self.stamp())?,
                format!("Create “{name}”"),
            ))
        })
    }

    /// Copies resources, folders with everything in them; one write, one undo point. The ids of the copies.
    pub fn duplicate_many(&self, ids: &[ResourceId]) -> Result<Vec<ResourceId>> {
        let mut copies = Vec::new();
        let repo = self.repo()?;
        self.edited(|c| {
            let (made, files) = c.duplicate_many(ids, self.stamp(), |path| is_taken(&repo, path))?;
            copies = made;
            Ok((files, told("Duplicate", c, ids)))
        })?;
        Ok(copies)
    }

    /// Creates a collection. In a project with a remote its initial snapshot is committed and pushed at once.
    pub fn create_collection(&self, name: &str, scope: Scope, run: &Run) -> Result<Created> {
        if name.trim().is_empty() || name.chars().any(char::is_control) {
            return Err(EditError::BadValue {
                field: "name".to_owned(),
                reason: "a collection needs a name of one line".to_owned(),
            }
            .into());
        }
        let mut paths = Vec::new();
        let mut created = self.created(|c, repo| {
            let taken = |path: &str| is_taken(repo, path);
            let (id, files) = c.create_collection(name.trim(), scope, self.stamp(), taken);
            paths = files.iter().map(|f| f.path.clone()).collect();
            Ok(((id, files), format!("Create collection “{name}”")))
        })?;
        self.snapshot(name, &paths, run, &mut created);
        Ok(created)
    }

    fn edited(&self, plan: impl FnOnce(&Collections) -> Result<(Vec<FileEdit>, String)>) -> Result<()> {
        let (repo, _lock) = self.locked()?;
        let (files, label) = plan(&*self.collections(&repo)?)?;
        write(&repo, files, &label)
    }

    fn created(
        &self,
        plan: impl FnOnce(&Collections, &Repo) -> Result<((ResourceId, Vec<FileEdit>), String)>,
    ) -> Result<Created> {
        let (repo, _lock) = self.locked()?;
        let ((id, files), label) = plan(&*self.collections(&repo)?, &repo)?;
        write(&repo, files, &label)?;
        Ok(Created {
            id,
            snapshot: None,
            notice: None,
        })
    }
}

/// A resource, or why there is none.
pub(crate) fn view(collections: &Collections, id: &ResourceId) -> Result<ResourceView> {
    Ok(collections
        .resource(id)
        .ok_or_else(|| EditError::NotFound { what: id.to_string() })?)
}

/// What was done, for the undo point: the name of one resource, or how many there are.
fn told(verb: &str, collections: &Collections, ids: &[ResourceId]) -> String {
    match ids {
        [id] => {
            let name = collections
                .resource(id)
                .map_or_else(|| id.to_string(), |r| r.name);
            format!("{verb} “{name}”")
        }
        several => format!("{verb} {} resources", several.len()),
    }
}

/// Writes files as one operation with an undo point of this label.
pub(crate) fn write(repo: &Repo, files: Vec<FileEdit>, label: &str) -> Result<()> {
    let shared = files.iter().filter(|file| private_name(&file.path).is_none());
    let shared = shared.filter_map(|file| file.after.as_deref());
    let ahead = shared.filter(|bytes| Repo::is_stored_ahead(bytes));
    let ahead = ahead.map(|bytes| Arc::new(bytes.to_vec())).collect();
    write_files(repo, files, label)?;
    repo.store_later(ahead);
    Ok(())
}

/// The same, and nothing is put into the object store for the next undo point.
pub(crate) fn write_files(repo: &Repo, files: Vec<FileEdit>, label: &str) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let (mut shared, mut private) = (Vec::new(), Vec::new());
    for FileEdit { path, after } in files {
        match private_name(&path) {
            Some(name) => private.push((name.to_owned(), after)),
            None => shared.push((path, after)),
        }
    }
    debug_assert!(shared.iter().all(|(path, _)| Path::new(path).is_relative()));
    Ok(repo.write_files_and_private(shared, &private, label)?)
}

/// Unix time in milliseconds.
pub(crate) fn now() -> i64 {
    i64::try_from(sheaf_git::event::now_ms()).unwrap_or(i64::MAX)
}

/// Is there anything of this name, whatever its case?
pub(crate) fn is_taken(repo: &Repo, path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let name = name.to_lowercase();
    let entries = std::fs::read_dir(repo.work_dir().join(folder));
    let mut names = entries
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name());
    names.any(|other| other.to_string_lossy().to_lowercase() == name)
}
