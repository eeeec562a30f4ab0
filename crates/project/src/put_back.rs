//! What was open in the editor and is gone: another program deleted it, or it is not on this branch. It comes back as it
//! was shown last, together with what was typed since.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, PoisonError};

use sheaf_collection::model::{ChangeKind, FieldEdit, FileEdit, ResourceId, ResourceView};
use sheaf_collection::{Choice, Collections, ModifiedOf, StagedContent, StagedFile, stage};
use sheaf_git::repository::Repo;

use crate::error::{ProjectError, Result};
use crate::model::EditOutcome;
use crate::project::Project;
use crate::resources::{view, write};
use crate::spec_file::{split_text, with_text};
use crate::text_file;
use crate::work_tree::may_hold;

/// So many files are remembered…
const MOST: usize = 64;
/// … of so many bytes together. The newest always is.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// The files of what was shown last, as they were then.
#[derive(Default)]
pub(crate) struct Shown(VecDeque<File>);

struct File {
    id: ResourceId,
    path: String,
    bytes: Arc<Vec<u8>>,
}

impl Shown {
    fn note(&mut self, file: File) {
        self.0.retain(|other| other.id != file.id);
        self.0.push_front(file);
        self.0.truncate(MOST);
        while self.0.len() > 1 && self.bytes() > MOST_BYTES {
            self.0.pop_back();
        }
    }

    /// Files that several resources share count once.
    fn bytes(&self) -> usize {
        let mut counted = BTreeSet::new();
        let files = self
            .0
            .iter()
            .filter(|file| counted.insert(Arc::as_ptr(&file.bytes)));
        files.map(|file| file.bytes.len()).sum()
    }
}

impl Project {
    /// Puts back what was shown and is gone, with these edits; one write, one undo point. Where it is back already, it
    /// is not touched.
    pub fn put_back(&self, id: &ResourceId, edits: &[FieldEdit]) -> Result<EditOutcome> {
        let (repo, _lock) = self.locked()?;
        let now = self.collections(&repo)?;
        if let Some(resource) = there(&repo, &now, id)? {
            return Ok(EditOutcome::ChangedOutside { resource });
        }
        let (path, bytes) = self.shown(id).ok_or_else(|| forgotten(id))?;
        if *path == id.0 {
            return self.put_text_back(&repo, &path, &bytes, edits);
        }
        let then = before(&repo)?.with_files([(path.clone(), Some(bytes.to_vec()))]);
        let label = format!("Put back “{}”", view(&then, id)?.name);
        let mut files = if Collections::is_v5(&bytes) && now.bytes_of(&path).is_none() {
            // The whole collection is gone: what was open makes no sense without it.
            BTreeMap::from([(path, Some(bytes.to_vec()))])
        } else {
            way_back(&now, &then, id)?
        };
        let with = now.with_files(files.clone());
        let back = with_text(&repo, view(&with, id)?);
        let (text, rest) = split_text(&repo, &back, edits)?;
        let more = with.set_fields(id, &rest, self.stamp())?;
        files.extend(more.into_iter().chain(text).map(|file| (file.path, file.after)));
        let files = files.into_iter().map(|(path, after)| FileEdit { path, after });
        write(&repo, files.collect(), &label)?;
        let after = self.collections(&repo)?;
        self.remember(&after, id);
        Ok(EditOutcome::Saved {
            resource: with_text(&repo, view(&after, id)?),
        })
    }

    /// Notes what is shown, so that it can be put back.
    pub(crate) fn remember(&self, collections: &Collections, id: &ResourceId) {
        if let Some((path, bytes)) = collections.file_of(id) {
            self.note_file(File {
                id: id.clone(),
                path: path.to_owned(),
                bytes,
            });
        }
    }

    /// Notes a file that is shown as text.
    pub(crate) fn remember_text(&self, view: &ResourceView) {
        let text = view.fields.get(text_file::FIELD).and_then(|text| text.as_str());
        self.note_file(File {
            id: view.id.clone(),
            path: view.path.clone(),
            bytes: Arc::new(text.unwrap_or_default().as_bytes().to_vec()),
        });
    }

    fn note_file(&self, file: File) {
        let mut shown = self.shown_files().lock().unwrap_or_else(PoisonError::into_inner);
        shown.note(file);
    }

    fn shown(&self, id: &ResourceId) -> Option<(String, Arc<Vec<u8>>)> {
        let shown = self.shown_files().lock().unwrap_or_else(PoisonError::into_inner);
        let file = shown.0.iter().find(|file| file.id == *id)?;
        Some((file.path.clone(), file.bytes.clone()))
    }

    fn put_text_back(&self, repo: &Repo, path: &str, old: &[u8], edits: &[FieldEdit]) -> Result<EditOutcome> {
        let text = text_file::edited(edits).map(|new| text_file::in_place_of(old, new));
        let after = text.unwrap_or_else(|| old.to_vec());
        let resource = text_file::view(path, &after)?;
        let file = FileEdit {
            path: path.to_owned(),
            after: Some(after),
        };
        write(repo, vec![file], &format!("Put back “{}”", resource.name))?;
        self.remember_text(&resource);
        Ok(EditOutcome::Saved { resource })
    }
}

fn there(repo: &Repo, now: &Collections, id: &ResourceId) -> Result<Option<ResourceView>> {
    match now.resource(id) {
        Some(resource) => Ok(Some(with_text(repo, resource))),
        None => text_file::find(repo, &id.0),
    }
}

/// The last commit, in which the folders may be that went along.
fn before(repo: &Repo) -> Result<Collections> {
    let head = repo.head()?.commit().cloned();
    let files = head.map(|head| repo.files_at(&head, &may_hold)).transpose()?;
    Ok(Collections::read(files.unwrap_or_default()))
}

/// The files that bring a resource back, with what is in it and the folders it needs: of all that leads back to `then`,
/// that part is taken.
fn way_back(
    now: &Collections,
    then: &Collections,
    id: &ResourceId,
) -> Result<BTreeMap<String, Option<Vec<u8>>>> {
    let all = sheaf_collection::changes(now, then);
    let is_lost = |change: &&sheaf_collection::model::ResourceChange| {
        change.change == ChangeKind::Added && lies_within(then, &change.id, id)
    };
    let lost = all.iter().filter(is_lost);
    let chosen: Vec<Choice> = lost
        .map(|change| Choice {
            id: change.id.clone(),
            fields: Vec::new(),
        })
        .collect();
    let staged = stage(now, then, &all, &chosen, ModifiedOf::After)?;
    let mut files = BTreeMap::new();
    for StagedFile { path, content } in staged.files {
        let bytes = match content {
            StagedContent::Built(bytes) => bytes,
            StagedContent::AsAfter => then.bytes_of(&path),
        };
        files.insert(path, bytes);
    }
    Ok(files)
}

fn lies_within(state: &Collections, id: &ResourceId, holder: &ResourceId) -> bool {
    let up = |id: &ResourceId| state.resource(id).and_then(|resource| resource.parent_id);
    std::iter::successors(Some(id.clone()), up)
        .take(DEEPEST)
        .any(|above| above == *holder)
}

/// Folders are no deeper; more is a ring.
const DEEPEST: usize = 100;

fn forgotten(id: &ResourceId) -> ProjectError {
    ProjectError::refused(
        "not-remembered",
        format!("“{id}” cannot be put back: what it was is not known any more"),
        "Look in the history, where every committed version of it is.",
    )
}
