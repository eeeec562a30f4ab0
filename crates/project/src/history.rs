//! History: pages of commits, and bringing a resource back from one of them.

use sheaf_collection::Collections;
use sheaf_git::model::Oid;

use crate::changes::{changes_between, is_collection_file};
use crate::error::{ProjectError, Result};
use crate::model::HistoryPage;
use crate::project::Project;
use crate::work_tree::may_hold;

/// The most commits one page holds.
const LARGEST_PAGE: usize = 1000;

impl Project {
    /// A page of the current branch's history; `after` is the `next` of the page before.
    pub fn history(&self, after: Option<&str>, limit: usize) -> Result<HistoryPage> {
        let page = self.repo()?.history(None, after, limit.clamp(1, LARGEST_PAGE))?;
        Ok(HistoryPage {
            commits: page.commits,
            next: page.next,
        })
    }

    /// Puts a resource (or an ordinary file, by path) back as it was in a commit; one that the commit deleted, as it was
    /// before. Can be undone.
    pub fn restore(&self, commit: &Oid, id: &str) -> Result<()> {
        self.changing(
            "restore",
            |repo| {
                let (commit, path) = locate(repo, commit, id)?;
                Ok(repo.restore_file(&commit, &path)?)
            },
            |()| format!("{id} is as in {}", commit.short()),
        )
    }
}

/// The commit and the path that hold the wanted state of a resource.
fn locate(repo: &sheaf_git::repository::Repo, commit: &Oid, id: &str) -> Result<(Oid, String)> {
    let held = Collections::read(repo.files_at(commit, &may_hold)?)
        .resource(&sheaf_collection::model::ResourceId(id.to_owned()))
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
    let (commit, path) = found.ok_or_else(|| {
        ProjectError::refused(
            "not-in-commit",
            format!("“{id}” is not in commit {}", commit.short()),
            "Choose a commit that changed it.",
        )
    })?;
    let content = repo.file_at(&commit, &path)?;
    if !path.starts_with(".insomnia/") && is_collection_file(&path, None, content.as_deref()) && path != id {
        return Err(ProjectError::refused(
            "whole-collection",
            format!(
                "{path} holds the whole collection, so this one resource cannot be brought back alone yet"
            ),
            format!("Restore the whole file “{path}” if that is what you want; it can be undone."),
        ));
    }
    Ok((commit, path))
}
