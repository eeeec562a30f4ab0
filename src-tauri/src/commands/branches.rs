//! The branches dialog.

use sheaf_project::git::model::{Parked, RemoteBranch};
use sheaf_project::git::progress::Progress;
use sheaf_project::model::{
    Answers, Branches, ChangeList, DeleteBranchOutcome, Elsewhere, MergeOutcome, RemoteBranchOutcome,
    SwitchOutcome, WithChanges,
};
use sheaf_project::project::Project;
use tauri::ipc::Channel;
use tauri::{AppHandle, Runtime};

use super::{changing, on_project, running};
use crate::error::Result;

/// Local and remote branches.
#[tauri::command]
pub(crate) async fn branches<R: Runtime>(app: AppHandle<R>, project: String) -> Result<Branches> {
    on_project(app, project, Project::branches).await
}

/// Other branches that hold collections.
#[tauri::command]
pub(crate) async fn collections_elsewhere<R: Runtime>(
    app: AppHandle<R>,
    project: String,
) -> Result<Vec<Elsewhere>> {
    on_project(app, project, Project::collections_elsewhere).await
}

/// Creates a branch.
#[tauri::command]
pub(crate) async fn create_branch<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    name: String,
    from: Option<String>,
) -> Result<()> {
    changing(app, project, move |p| p.create_branch(&name, from.as_deref())).await
}

/// Switches to a branch.
#[tauri::command]
pub(crate) async fn switch_branch<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    name: String,
    with_changes: WithChanges,
) -> Result<SwitchOutcome> {
    changing(app, project, move |p| {
        p.switch_branch(&name, with_changes, &Answers::new())
    })
    .await
}

/// Brings back what is parked on the current branch.
#[tauri::command]
pub(crate) async fn unpark<R: Runtime>(app: AppHandle<R>, project: String) -> Result<SwitchOutcome> {
    changing(app, project, move |p| p.unpark(&Answers::new())).await
}

/// Renames a branch.
#[tauri::command]
pub(crate) async fn rename_branch<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    from: String,
    to: String,
) -> Result<()> {
    changing(app, project, move |p| p.rename_branch(&from, &to)).await
}

/// Deletes a branch.
#[tauri::command]
pub(crate) async fn delete_branch<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    name: String,
    force: bool,
) -> Result<DeleteBranchOutcome> {
    changing(app, project, move |p| p.delete_branch(&name, force)).await
}

/// Merges a branch into the current one.
#[tauri::command]
pub(crate) async fn merge_branch<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    name: String,
) -> Result<MergeOutcome> {
    changing(app, project, move |p| p.merge_branch(&name, &Answers::new())).await
}

/// Fetches a remote branch and makes the local one that follows it.
#[tauri::command]
pub(crate) async fn fetch_branch<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    name: String,
    operation: String,
    on_progress: Channel<Progress>,
) -> Result<()> {
    running(app, project, operation, on_progress, move |p, run| {
        p.fetch_branch(&name, run)
    })
    .await
}

/// Takes branches off the list that the remote does not have any more.
#[tauri::command]
pub(crate) async fn prune_branches<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    operation: String,
    on_progress: Channel<Progress>,
) -> Result<Vec<RemoteBranch>> {
    running(app, project, operation, on_progress, move |p, run| {
        p.prune_branches(run)
    })
    .await
}

/// Deletes a branch of the remote, if it is as it was last seen.
#[tauri::command]
pub(crate) async fn delete_remote_branch<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    name: String,
    operation: String,
    on_progress: Channel<Progress>,
) -> Result<RemoteBranchOutcome> {
    running(app, project, operation, on_progress, move |p, run| {
        p.delete_remote_branch(&name, run)
    })
    .await
}

/// What is parked, by branch.
#[tauri::command]
pub(crate) async fn parked<R: Runtime>(app: AppHandle<R>, project: String) -> Result<Vec<Parked>> {
    on_project(app, project, Project::parked).await
}

/// What is parked on a branch, as changes.
#[tauri::command]
pub(crate) async fn parked_changes<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    branch: String,
) -> Result<ChangeList> {
    on_project(app, project, move |p| p.parked_changes(&branch)).await
}

/// Drops what was parked last on a branch.
#[tauri::command]
pub(crate) async fn drop_parked<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    branch: String,
) -> Result<()> {
    changing(app, project, move |p| p.drop_parked(&branch)).await
}
