//! Tags.

use sheaf_project::git::model::Tag;
use sheaf_project::git::progress::Progress;
use sheaf_project::model::RemoteBranchOutcome;
use sheaf_project::project::Project;
use tauri::ipc::Channel;
use tauri::{AppHandle, Runtime};

use super::{changing, on_project, running};
use crate::error::Result;

/// Tags by name.
#[tauri::command]
pub(crate) async fn tags<R: Runtime>(app: AppHandle<R>, project: String) -> Result<Vec<Tag>> {
    on_project(app, project, Project::tags).await
}

/// Names a commit.
#[tauri::command]
pub(crate) async fn create_tag<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    name: String,
    at: Option<String>,
    message: Option<String>,
) -> Result<()> {
    changing(app, project, move |p| {
        p.create_tag(&name, at.as_deref(), message.as_deref())
    })
    .await
}

/// Deletes a tag here.
#[tauri::command]
pub(crate) async fn delete_tag<R: Runtime>(app: AppHandle<R>, project: String, name: String) -> Result<()> {
    changing(app, project, move |p| p.delete_tag(&name)).await
}

/// Pushes a tag.
#[tauri::command]
pub(crate) async fn push_tag<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    name: String,
    operation: String,
    on_progress: Channel<Progress>,
) -> Result<RemoteBranchOutcome> {
    running(app, project, operation, on_progress, move |p, run| {
        p.push_tag(&name, run)
    })
    .await
}
