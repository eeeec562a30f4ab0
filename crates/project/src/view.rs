//! Everything the project page shows, read in one go.

use sheaf_collection::model::ResourceChange;
use sheaf_git::error::GitError;
use sheaf_git::repository::Repo;

use crate::changes::changes_of;
use crate::error::Result;
use crate::model::{ChangeBadge, ProjectView};
use crate::project::Project;
use crate::snapshot::queued;

impl Project {
    /// The project page. Reads only; never touches the network and never waits for a running operation.
    pub fn view(&self) -> Result<ProjectView> {
        let repo = self.repo()?;
        let collections = self.collections(&repo)?;
        let changes = changes_of(&repo, &collections)?;
        let branch = repo.head()?.branch().map(str::to_owned);
        Ok(ProjectView {
            card: self.card(),
            upstream: branch
                .as_deref()
                .and_then(|b| repo.upstream_name(b))
                .map(|name| format!("origin/{name}")),
            collections: collections.trees(),
            problems: collections.problems(),
            changes: changes
                .iter()
                .filter(|c| !c.only_bookkeeping)
                .map(badge)
                .collect(),
            undo: repo.undo_points(1)?.into_iter().next(),
            redo: repo.redo_points()?.into_iter().next(),
            parked: branch
                .as_deref()
                .map(|b| repo.has_parked(b))
                .transpose()?
                .unwrap_or_default(),
            queued: queued(&repo),
            in_progress: in_progress(&repo),
            notice: None,
        })
    }
}

fn badge(change: &ResourceChange) -> ChangeBadge {
    ChangeBadge {
        id: change.id.clone(),
        change: change.change,
    }
}

fn in_progress(repo: &Repo) -> Option<String> {
    match repo.state() {
        Err(GitError::InProgress(what)) => Some(what),
        _ => None,
    }
}
