//! History: pages of commits, and bringing a resource back from one of them.

use sheaf_collection::model::ResourceId;
use sheaf_collection::{Choice, Collections, ModifiedOf, StagedContent, StagedFile, stage};
use sheaf_git::model::Oid;
use sheaf_git::repository::Repo;

use crate::changes::changes_between;
use crate::error::{ProjectError, Result};
use crate::model::HistoryPage;
use crate::project::Project;
use crate::work_tree::may_hold;

/// The most commits one page holds.
const LARGEST_PAGE: usize = 1000;

impl Project {
    /// A page of the history of a branch, a tag or a commit, else of the current branch; `after` is the `next` of the page
    /// before.
    pub fn history(&self, of: Option<&str>, after: Option<&str>, limit: usize) -> Result<HistoryPage> {
        let repo = self.repo()?;
        let from = of.map(|of| repo.resolve_commit(of)).transpose()?;
        let page = repo.history(from.as_ref(), after, limit.clamp(1, LARGEST_PAGE))?;
        Ok(HistoryPage {
            commits: page.commits,
            next: page.next,
        })
    }

    /// The commit that a person means by its id, the beginning of it, or a branch.
    pub fn commit_named(&self, name: &str) -> Result<Oid> {
        Ok(self.repo()?.resolve_commit(name)?)
    }

    /// Puts a resource (or an ordinary file, by path) back as it was in a commit; one that the commit deleted, as it was
    /// before. `ID:FIELD` means one field of it. What else is in its file stays as it is. Can be undone.
    pub fn restore(&self, commit: &Oid, id: &str) -> Result<()> {
        self.changing(
            "restore",
            |repo| {
                if let Some((id, field)) = self.field_of(repo, id)? {
                    return self.restore_part(repo, commit, id, &[field]);
                }
                let (commit, path) = locate(repo, commit, id)?;
                if path == id || !shares_its_file(repo, &commit, &path)? {
                    return Ok(repo.restore_file(&commit, &path)?);
                }
                self.restore_part(repo, &commit, id, &[])
            },
            |()| format!("{id} is as in {}", commit.short()),
        )
    }

    /// `ID:FIELD`, where that is neither an id nor a path itself.
    fn field_of<'w>(&self, repo: &Repo, what: &'w str) -> Result<Option<(&'w str, &'w str)>> {
        let Some((id, field)) = what.split_once(':') else {
            return Ok(None);
        };
        let known = self
            .collections(repo)?
            .resource(&ResourceId(id.to_owned()))
            .is_some();
        Ok(known.then_some((id, field)))
    }

    /// Brings one resource of a collection file back: the same as taking that one change of all that lead back there.
    /// With `fields` only these, and what lies in them.
    fn restore_part(&self, repo: &Repo, commit: &Oid, id: &str, fields: &[&str]) -> Result<()> {
        let now = self.collections(repo)?;
        let then = Collections::read(repo.files_at(commit, &may_hold)?);
        let back = sheaf_collection::changes(&now, &then);
        let Some(change) = back.iter().find(|change| change.id.0 == id) else {
            return match fields.first() {
                Some(field) => Err(not_changed(id, field)),
                None => Ok(()),
            };
        };
        let mut chosen = Choice {
            id: change.id.clone(),
            fields: Vec::new(),
        };
        for field in fields {
            let own = change.fields.iter().map(|changed| &changed.path);
            let own = own.filter(|path| {
                path == field || path.strip_prefix(field).is_some_and(|rest| rest.starts_with('.'))
            });
            let before = chosen.fields.len();
            chosen.fields.extend(own.cloned());
            if chosen.fields.len() == before {
                return Err(not_changed(id, field));
            }
        }
        let staged = stage(&now, &then, &back, &[chosen], ModifiedOf::After)?;
        let mut edits = Vec::with_capacity(staged.files.len());
        for StagedFile { path, content } in staged.files {
            let content = match content {
                StagedContent::AsAfter => repo.file_at(commit, &path)?,
                StagedContent::Built(bytes) => bytes,
            };
            edits.push((path, content));
        }
        Ok(repo.write_files(&edits, &format!("Restore “{}”", change.name))?)
    }
}

fn not_changed(id: &str, field: &str) -> ProjectError {
    sheaf_collection::StageError::NotChanged {
        what: format!("{id}:{field}"),
    }
    .into()
}

/// The commit and the path that hold the wanted state of a resource.
fn locate(repo: &Repo, commit: &Oid, id: &str) -> Result<(Oid, String)> {
    let held = Collections::read(repo.files_at(commit, &may_hold)?)
        .resource(&ResourceId(id.to_owned()))
        .map(|r| r.path);
    let found = match held {
        Some(path) => Some((commit.clone(), path)),
        None if repo.file_at(commit, id)?.is_some() => Some((commit.clone(), id.to_owned())),
        None => {
            let parent = repo.commit_info(commit)?.parents.into_iter().next();
            let change = changes_between(repo, parent.as_ref(), commit)?
                .into_iter()
                .find(|c| c.id.0 == id);
            parent.zip(change.map(|c| c.path))
        }
    };
    found.ok_or_else(|| {
        ProjectError::refused(
            "not-in-commit",
            format!("“{id}” is not in commit {}", commit.short()),
            "Choose a commit that changed it.",
        )
    })
}

/// Is this a file that holds a whole collection?
fn shares_its_file(repo: &Repo, commit: &Oid, path: &str) -> Result<bool> {
    let content = repo.file_at(commit, path)?;
    let state = Collections::read(content.map(|content| (path.to_owned(), content)));
    Ok(state.ids().len() > 1)
}
