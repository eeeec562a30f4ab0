//! Changes, commit, discard, history, undo.

use sheaf_project::git::model::{Oid, UndoPoint};
use sheaf_project::git::progress::Progress;
use sheaf_project::model::{
    Blame, ChangeList, ChangesOf, CommitOutcome, Discarded, HistoryPage, Incoming, ResourceHistory, TextDiff,
    Timeline, UndoPreview,
};
use sheaf_project::project::Project;
use tauri::ipc::Channel;
use tauri::{AppHandle, Runtime};

use super::{changing, on_project, running};
use crate::error::Result;

/// What is not committed yet.
#[tauri::command]
pub(crate) async fn changes<R: Runtime>(app: AppHandle<R>, project: String) -> Result<ChangeList> {
    on_project(app, project, Project::changes).await
}

/// The text of a file before and after.
#[tauri::command]
pub(crate) async fn text_diff<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    path: String,
    of: ChangesOf,
) -> Result<TextDiff> {
    on_project(app, project, move |p| p.text_diff(&path, &of)).await
}

/// What a pull would bring, as of the last fetch.
#[tauri::command]
pub(crate) async fn incoming<R: Runtime>(app: AppHandle<R>, project: String) -> Result<Incoming> {
    on_project(app, project, Project::incoming).await
}

/// Commits everything or what was chosen, and pushes where asked.
#[tauri::command]
pub(crate) async fn commit<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    message: String,
    only: Option<Vec<String>>,
    push: bool,
    operation: String,
    on_progress: Channel<Progress>,
) -> Result<CommitOutcome> {
    running(app, project, operation, on_progress, move |p, run| {
        p.commit(&message, only.as_deref(), push, run)
    })
    .await
}

/// Puts changes back to the last commit.
#[tauri::command]
pub(crate) async fn discard<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    only: Option<Vec<String>>,
) -> Result<Discarded> {
    changing(app, project, move |p| p.discard(only.as_deref())).await
}

/// A page of the history of the current branch, or of what `of` names.
#[tauri::command]
pub(crate) async fn history<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    of: Option<String>,
    after: Option<String>,
    limit: usize,
) -> Result<HistoryPage> {
    on_project(app, project, move |p| {
        p.history(of.as_deref(), after.as_deref(), limit)
    })
    .await
}

/// What a commit changed.
#[tauri::command]
pub(crate) async fn commit_changes<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    commit: Oid,
) -> Result<ChangeList> {
    on_project(app, project, move |p| p.commit_changes(&commit)).await
}

/// Brings a resource back from a commit.
#[tauri::command]
pub(crate) async fn restore_resource<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    commit: Oid,
    id: String,
) -> Result<()> {
    changing(app, project, move |p| p.restore(&commit, &id)).await
}

/// Undoes the newest operation or edit, but only `expected` where that is given.
#[tauri::command]
pub(crate) async fn undo<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    expected: Option<String>,
) -> Result<UndoPoint> {
    changing(app, project, move |p| p.undo(expected.as_deref())).await
}

/// Does again what was undone last.
#[tauri::command]
pub(crate) async fn redo<R: Runtime>(app: AppHandle<R>, project: String) -> Result<UndoPoint> {
    changing(app, project, Project::redo).await
}

/// Everything that can be undone and done again.
#[tauri::command]
pub(crate) async fn timeline<R: Runtime>(app: AppHandle<R>, project: String) -> Result<Timeline> {
    on_project(app, project, Project::timeline).await
}

/// Goes back to before an operation.
#[tauri::command]
pub(crate) async fn undo_to<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    id: String,
) -> Result<Vec<UndoPoint>> {
    changing(app, project, move |p| p.undo_to(&id)).await
}

/// Does again what was undone, up to an operation.
#[tauri::command]
pub(crate) async fn redo_to<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    id: String,
) -> Result<Vec<UndoPoint>> {
    changing(app, project, move |p| p.redo_to(&id)).await
}

/// What going back to before an operation would change.
#[tauri::command]
pub(crate) async fn undo_preview<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    id: String,
) -> Result<UndoPreview> {
    on_project(app, project, move |p| p.undo_preview(&id)).await
}

/// Replaces the last commit by one that holds more, or says it better.
#[tauri::command]
pub(crate) async fn amend<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    message: Option<String>,
    only: Option<Vec<String>>,
) -> Result<CommitOutcome> {
    changing(app, project, move |p| {
        p.amend(message.as_deref(), only.as_deref())
    })
    .await
}

/// What differs from one commit or branch to another.
#[tauri::command]
pub(crate) async fn compare<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    from: String,
    to: String,
) -> Result<ChangeList> {
    on_project(app, project, move |p| p.compare(&from, &to)).await
}

/// The commits that changed a resource, or one field of it.
#[tauri::command]
pub(crate) async fn resource_history<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    id: String,
    field: Option<String>,
    limit: usize,
) -> Result<ResourceHistory> {
    on_project(app, project, move |p| {
        p.resource_history(&id, field.as_deref(), limit)
    })
    .await
}

/// Who changed each field of a resource last.
#[tauri::command]
pub(crate) async fn blame<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    id: String,
    field: Option<String>,
) -> Result<Blame> {
    on_project(app, project, move |p| p.blame(&id, field.as_deref())).await
}
