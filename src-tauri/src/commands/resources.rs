//! The editor: open, change, create, rename, move, delete resources.

use sheaf_project::collection::Scope;
use sheaf_project::collection::model::{FieldEdit, Kind, ResourceId, ResourceView};
use sheaf_project::git::model::CommitInfo;
use sheaf_project::git::progress::Progress;
use sheaf_project::model::{Created, EditOutcome};
use tauri::ipc::Channel;
use tauri::{AppHandle, Runtime};

use super::{changing, on_project, running};
use crate::error::Result;

/// A resource as the editor shows it.
#[tauri::command]
pub(crate) async fn resource<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    id: ResourceId,
) -> Result<ResourceView> {
    on_project(app, project, move |p| p.resource(&id)).await
}

/// Sets fields; a file that changed outside meanwhile is not overwritten.
#[tauri::command]
pub(crate) async fn edit_resource<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    id: ResourceId,
    version: String,
    edits: Vec<FieldEdit>,
) -> Result<EditOutcome> {
    changing(app, project, move |p| p.edit(&id, Some(&version), &edits)).await
}

/// A file of the work tree as text.
#[tauri::command]
pub(crate) async fn text_file<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    path: String,
) -> Result<ResourceView> {
    on_project(app, project, move |p| p.text_file(&path)).await
}

/// Replaces the text of a file; one that changed outside meanwhile is not overwritten.
#[tauri::command]
pub(crate) async fn save_text<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    path: String,
    version: String,
    text: String,
) -> Result<EditOutcome> {
    changing(app, project, move |p| p.save_text(&path, &version, &text)).await
}

/// Brings a file back from the newest commit in which it could be read, and says which.
#[tauri::command]
pub(crate) async fn restore_readable<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    path: String,
) -> Result<CommitInfo> {
    changing(app, project, move |p| p.restore_readable(&path)).await
}

/// Puts back what was open and is gone, with what was typed since.
#[tauri::command]
pub(crate) async fn put_back<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    id: ResourceId,
    edits: Vec<FieldEdit>,
) -> Result<EditOutcome> {
    changing(app, project, move |p| p.put_back(&id, &edits)).await
}

/// Creates a collection, with its initial snapshot where the project has a remote.
#[tauri::command]
pub(crate) async fn create_collection<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    name: String,
    design: bool,
    operation: String,
    on_progress: Channel<Progress>,
) -> Result<Created> {
    let scope = if design { Scope::Design } else { Scope::Collection };
    running(app, project, operation, on_progress, move |p, run| {
        p.create_collection(&name, scope, run)
    })
    .await
}

/// Creates a resource.
#[tauri::command]
pub(crate) async fn create_resource<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    kind: Kind,
    parent: ResourceId,
    name: String,
) -> Result<Created> {
    changing(app, project, move |p| p.create(kind, &parent, &name)).await
}

/// Renames a resource.
#[tauri::command]
pub(crate) async fn rename_resource<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    id: ResourceId,
    name: String,
) -> Result<()> {
    changing(app, project, move |p| p.rename(&id, &name)).await
}

/// Makes a single file of a collection of the tree, and commits that.
#[tauri::command]
pub(crate) async fn convert_collection<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    id: ResourceId,
) -> Result<Created> {
    changing(app, project, move |p| p.convert(&id)).await
}

/// Copies resources and says the ids of the copies.
#[tauri::command]
pub(crate) async fn duplicate_resources<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    ids: Vec<ResourceId>,
) -> Result<Vec<ResourceId>> {
    changing(app, project, move |p| p.duplicate_many(&ids)).await
}

/// Moves resources.
#[tauri::command]
pub(crate) async fn move_resources<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    ids: Vec<ResourceId>,
    parent: ResourceId,
    before: Option<ResourceId>,
) -> Result<()> {
    changing(app, project, move |p| p.move_many(&ids, &parent, before.as_ref())).await
}

/// Deletes resources with everything in them.
#[tauri::command]
pub(crate) async fn delete_resources<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    ids: Vec<ResourceId>,
) -> Result<()> {
    changing(app, project, move |p| p.delete_many(&ids)).await
}
