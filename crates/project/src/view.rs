//! Everything the project page shows, read in one go.

use sheaf_collection::model::{Problem, ResourceChange};
use sheaf_git::error::GitError;
use sheaf_git::repository::Repo;

use crate::address_token::host_of_address_token;
use crate::changes::{changes_of, list};
use crate::error::{Cause, Result};
use crate::merge_model::MergeWaiting;
use crate::model::{ChangeBadge, ChangeList, ProjectView};
use crate::project::Project;
use crate::snapshot::queued;
use crate::waiting::{Waiting, waiting};
use crate::watch::Mark;
use crate::work_tree::Look;

impl Project {
    /// The project page. Reads only; never touches the network and never waits for a running operation.
    pub fn view(&self) -> Result<ProjectView> {
        let repo = self.repo()?;
        let look = self.look(&repo)?;
        let (mut view, _) = self.view_of_look(&repo, &look)?;
        view.collections = look.collections.trees();
        Ok(view)
    }

    /// The same without the trees, and what is not committed yet, from one look at the work tree.
    pub fn status(&self) -> Result<(ProjectView, ChangeList)> {
        let repo = self.repo()?;
        let look = self.look(&repo)?;
        let (view, changes) = self.view_of_look(&repo, &look)?;
        Ok((view, list(changes)))
    }

    fn view_of_look(&self, repo: &Repo, look: &Look) -> Result<(ProjectView, Vec<ResourceChange>)> {
        let mark = Mark::of(repo, &look.changes)?;
        let changes = changes_of(repo, look)?;
        let collections = &look.collections;
        let branch = repo.head()?.branch().map(str::to_owned);
        let (waiting, in_progress) = waits(repo)?;
        let view = ProjectView {
            card: self.card_of(repo),
            upstream: branch
                .as_deref()
                .and_then(|b| repo.upstream_name(b))
                .map(|name| format!("origin/{name}")),
            collections: Vec::new(),
            problems: collections
                .problems()
                .into_iter()
                .chain(look.unreadable.iter().map(|name| odd_name(name)))
                .collect(),
            changes: changes
                .iter()
                .filter(|c| !c.only_bookkeeping)
                .map(badge)
                .collect(),
            undo: repo.undo_points(1)?.into_iter().next(),
            redo: repo.redo_points(1)?.into_iter().next(),
            parked: branch
                .as_deref()
                .map(|b| repo.has_parked(b))
                .transpose()?
                .unwrap_or_default(),
            queued: queued(repo),
            waiting,
            in_progress,
            address_token: host_of_address_token(repo),
            notice: None,
        };
        self.see(mark);
        Ok((view, changes))
    }
}

fn badge(change: &ResourceChange) -> ChangeBadge {
    ChangeBadge {
        id: change.id.clone(),
        change: change.change,
    }
}

/// What waits for answers, or what another program began that can only be ended there.
fn waits(repo: &Repo) -> Result<(Option<MergeWaiting>, Option<String>)> {
    match waiting(repo) {
        Ok(waiting) => {
            let waiting = waiting.map(|Waiting { what, branch, .. }| MergeWaiting { what, branch });
            Ok((waiting, None))
        }
        Err(e) => match &e.cause {
            Cause::Git(GitError::InProgress(what)) => Ok((None, Some(what.clone()))),
            Cause::Git(GitError::OutsideOnly { begun, .. }) => Ok((None, Some(begun.word().to_owned()))),
            _ => Err(e),
        },
    }
}

fn odd_name(shown: &str) -> Problem {
    Problem {
        code: "file-name".to_owned(),
        message: "The name of this file is no valid text (UTF-8), so it cannot be shown, changed or committed here. Give \
                  it another name."
            .to_owned(),
        path: shown.to_owned(),
        line: None,
        column: None,
    }
}
