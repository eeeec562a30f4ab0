//! The history of one resource, and who changed each of its fields last. Only commits that touched its file are read, and
//! the resource is followed by its id from file to file.

use std::collections::BTreeSet;
use std::sync::Arc;

use sheaf_collection::Collections;
use sheaf_collection::model::{FieldChange, ResourceChange, ResourceId};
use sheaf_git::file_walk::{FileWalk, Touched};
use sheaf_git::model::{FileChange, FileStatus, Oid};
use sheaf_git::path_log::PathLog;
use sheaf_git::repository::Repo;

use crate::error::{ProjectError, Result};
use crate::model::{Blame, BlamedField, ResourceCommit, ResourceHistory};
use crate::project::Project;
use crate::work_tree::may_hold;

/// Commits that are looked at.
const MOST: u32 = 20_000;

/// What differs between a commit and one of its parents.
struct Step {
    parent: Oid,
    /// Where the resource is in the parent; absent where it is not there.
    path: Option<String>,
    change: Option<ResourceChange>,
}

impl Project {
    /// The newest `limit` commits that changed a resource, or only one field of it and what lies in it.
    pub fn resource_history(&self, id: &str, field: Option<&str>, limit: usize) -> Result<ResourceHistory> {
        let repo = self.repo()?;
        let wanted: BTreeSet<String> = field.map(str::to_owned).into_iter().collect();
        let mut walk = self.begin(&repo, id, wanted)?.0;
        let mut files = Files::of(&repo);
        let mut commits = Vec::new();
        while commits.len() < limit {
            let Some(touched) = walk.next_touched()? else {
                break;
            };
            let steps = steps(&mut files, &touched, id)?;
            let concerns = |step: &Step| {
                step.change
                    .as_ref()
                    .filter(|change| is_wanted(change, field))
                    .cloned()
            };
            if let Some(same) = steps.iter().find(|step| concerns(step).is_none()) {
                go_on(&mut walk, same, &touched.wanted)?;
                continue;
            }
            let first = if steps.is_empty() {
                from_nothing(&mut files, &touched, id)?.filter(|change| is_wanted(change, field))
            } else {
                steps.first().and_then(concerns)
            };
            if let Some(change) = first {
                let commit = touched.commit.clone();
                commits.push(ResourceCommit { commit, change });
            }
            for step in &steps {
                go_on(&mut walk, step, &touched.wanted)?;
            }
        }
        Ok(ResourceHistory {
            commits,
            cut: walk.is_cut(),
        })
    }

    /// Who changed each field of a resource last, as of the last commit; with `field` only that and what lies in it.
    pub fn blame(&self, id: &str, field: Option<&str>) -> Result<Blame> {
        let repo = self.repo()?;
        let head = head(&repo)?;
        let (_, path) = self.begin(&repo, id, BTreeSet::new())?;
        let now = read_one(&repo, &head, &path)?;
        let whole = sheaf_collection::changes(&Collections::default(), &now);
        let own = whole.into_iter().find(|change| change.id.0 == id);
        let fields: Vec<FieldChange> = own.map(|change| change.fields).unwrap_or_default();
        let fields: Vec<FieldChange> = fields
            .into_iter()
            .filter(|changed| field.is_none_or(|field| touches(field, &changed.path)))
            .collect();
        let wanted = fields.iter().map(|field| field.path.clone()).collect();
        let mut walk = repo.walk_file(&head, &path, wanted, MOST, self.path_log(&repo))?;
        let mut files = Files::of(&repo);
        let mut blamed = Vec::new();
        while let Some(mut touched) = walk.next_touched()? {
            for step in steps(&mut files, &touched, id)? {
                let Some(path) = &step.path else { continue };
                let changed = |field: &String| {
                    let fields = step.change.iter().flat_map(|change| &change.fields);
                    fields
                        .into_iter()
                        .any(|changed| touches(&changed.path, field) || touches(field, &changed.path))
                };
                let (stay, pass): (BTreeSet<_>, BTreeSet<_>) = touched.wanted.into_iter().partition(changed);
                touched.wanted = stay;
                if !pass.is_empty() {
                    walk.go_on(&step.parent, path, pass)?;
                }
            }
            for path in touched.wanted {
                let label = fields
                    .iter()
                    .find(|field| field.path == path)
                    .map(|field| field.label.clone());
                blamed.push(BlamedField {
                    label: label.unwrap_or_else(|| path.clone()),
                    path,
                    commit: touched.commit.clone(),
                });
            }
        }
        let place = |path: &str| fields.iter().position(|field| field.path == path);
        blamed.sort_by_key(|field| place(&field.path));
        Ok(Blame {
            fields: blamed,
            cut: walk.is_cut(),
        })
    }

    /// Notes which commit changed which paths, so that the history of a resource is there at once. Takes seconds where
    /// there are many new commits; ends early where `stop` says so.
    pub fn note_paths(&self, stop: &dyn Fn() -> bool) -> Result<()> {
        let repo = self.repo()?;
        let mut log = repo.path_log();
        repo.extend_path_log(&mut log, stop)?;
        *self.known_path_log() = Some(Arc::new(log));
        Ok(())
    }

    fn path_log(&self, repo: &Repo) -> Arc<PathLog> {
        self.known_path_log()
            .get_or_insert_with(|| Arc::new(repo.path_log()))
            .clone()
    }

    /// A walk from the last commit, and the path of the resource in it. Where the resource is in the work tree is looked at
    /// first, as it nearly always is the same.
    fn begin<'r>(
        &self,
        repo: &'r Repo,
        id: &str,
        wanted: BTreeSet<String>,
    ) -> Result<(FileWalk<'r>, String)> {
        let head = head(repo)?;
        let resource = ResourceId(id.to_owned());
        let path_in = |state: &Collections| state.resource(&resource).map(|resource| resource.path);
        let here = self.collections_if_read().and_then(|here| path_in(&here));
        let known = match here {
            Some(path) => path_in(&read_one(repo, &head, &path)?),
            None => None,
        };
        let path = match known {
            Some(path) => Some(path),
            None => path_in(&Collections::read(repo.files_at(&head, &may_hold)?)),
        };
        let path = path.ok_or_else(|| {
            ProjectError::refused(
                "not-in-commit",
                format!("“{id}” is not in the last commit"),
                "Commit it first, or give its id as sheaf list shows it.",
            )
        })?;
        let walk = repo.walk_file(&head, &path, wanted, MOST, self.path_log(repo))?;
        Ok((walk, path))
    }
}

fn head(repo: &Repo) -> Result<Oid> {
    let head = repo.head()?.commit().cloned();
    head.ok_or_else(|| {
        ProjectError::refused(
            "no-commits",
            "There are no commits yet",
            "Commit your changes first.",
        )
    })
}

fn read_one(repo: &Repo, commit: &Oid, path: &str) -> Result<Collections> {
    let content = repo.file_at(commit, path)?;
    Ok(Collections::read(
        content.map(|content| (path.to_owned(), content)),
    ))
}

/// Contents of one file, read and put together. What a commit came from is what the one before it came to, so the last two
/// are kept.
struct Files<'r> {
    repo: &'r Repo,
    kept: Vec<(String, Oid, Arc<Collections>)>,
}

impl<'r> Files<'r> {
    fn of(repo: &'r Repo) -> Self {
        Self {
            repo,
            kept: Vec::new(),
        }
    }

    fn read(&mut self, path: &str, blob: Option<&Oid>) -> Result<Arc<Collections>> {
        let Some(blob) = blob else {
            return Ok(Arc::default());
        };
        let is_it = |(at, id, _): &&(String, Oid, _)| at == path && id == blob;
        if let Some((.., known)) = self.kept.iter().find(is_it) {
            return Ok(known.clone());
        }
        let content = self.repo.content(blob)?;
        let read = Arc::new(Collections::read([(path.to_owned(), content)]));
        self.kept.truncate(1);
        self.kept.insert(0, (path.to_owned(), blob.clone(), read.clone()));
        Ok(read)
    }
}

fn steps(files: &mut Files<'_>, touched: &Touched, id: &str) -> Result<Vec<Step>> {
    let wanted = ResourceId(id.to_owned());
    let now = files.read(&touched.path, touched.file.as_ref())?;
    let mut steps = Vec::new();
    for (parent, blob) in &touched.before {
        let mut path = touched.path.clone();
        let mut before = files.read(&path, blob.as_ref())?;
        if before.resource(&wanted).is_none()
            && let Some((old, content)) = place_before(files.repo, parent, touched, &wanted)?
        {
            (path, before) = (old, Arc::new(content));
        }
        let is_there = before.resource(&wanted).is_some();
        let changes = sheaf_collection::changes(&before, &now);
        steps.push(Step {
            parent: parent.clone(),
            path: is_there.then_some(path),
            change: changes.into_iter().find(|change| change.id == wanted),
        });
    }
    Ok(steps)
}

/// Where a resource was before it came into this file: in one that the same commit took away or changed.
fn place_before(
    repo: &Repo,
    parent: &Oid,
    touched: &Touched,
    id: &ResourceId,
) -> Result<Option<(String, Collections)>> {
    let mut files = repo.changes_between(Some(parent), &touched.commit.id)?;
    files
        .retain(|file| file.status != FileStatus::Added && file.path != touched.path && may_hold(&file.path));
    files.sort_by_key(|file| file.status != FileStatus::Deleted);
    for FileChange { path, .. } in files {
        let before = read_one(repo, parent, &path)?;
        if before.resource(id).is_some() {
            return Ok(Some((path, before)));
        }
    }
    Ok(None)
}

/// What the first commit of all brought.
fn from_nothing(files: &mut Files<'_>, touched: &Touched, id: &str) -> Result<Option<ResourceChange>> {
    let now = files.read(&touched.path, touched.file.as_ref())?;
    let changes = sheaf_collection::changes(&Collections::default(), &now);
    Ok(changes.into_iter().find(|change| change.id.0 == id))
}

fn go_on(walk: &mut FileWalk<'_>, step: &Step, wanted: &BTreeSet<String>) -> Result<()> {
    match &step.path {
        Some(path) => Ok(walk.go_on(&step.parent, path, wanted.clone())?),
        None => Ok(()),
    }
}

fn is_wanted(change: &ResourceChange, field: Option<&str>) -> bool {
    match field {
        None => !change.only_bookkeeping,
        Some(field) => change.fields.iter().any(|changed| touches(field, &changed.path)),
    }
}

/// Whether `path` is `field` or lies in it.
fn touches(field: &str, path: &str) -> bool {
    path == field || path.strip_prefix(field).is_some_and(|rest| rest.starts_with('.'))
}
