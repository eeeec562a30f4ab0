//! Remote settings, Test connection, fetch, pull, push.

use std::sync::Arc;

use sheaf_project::git::model::{ConnectionReport, ConnectionStep, Oid};
use sheaf_project::git::progress::Progress;
use sheaf_project::model::{
    Answers, MergeOutcome, PushMode, PushOutcome, RemoteBranchOutcome, RemoteSettings, RemoteSettingsInput,
    UriCheck,
};
use sheaf_project::project::{Project, Run};
use sheaf_project::{connection, settings as remote_settings_of};
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, Runtime};

use super::{blocking, changing, on_project, running};
use crate::error::Result;
use crate::state::Shell;

/// The settings as they are, without the token.
#[tauri::command]
pub(crate) async fn remote_settings<R: Runtime>(
    app: AppHandle<R>,
    project: String,
) -> Result<RemoteSettings> {
    on_project(app, project, Project::remote_settings).await
}

/// The author of the user's own Git configuration.
#[tauri::command]
pub(crate) async fn suggested_settings() -> Result<RemoteSettings> {
    blocking(|| Ok(remote_settings_of::suggested_settings())).await
}

/// Changes settings.
#[tauri::command]
pub(crate) async fn save_remote_settings<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    settings: RemoteSettingsInput,
) -> Result<RemoteSettings> {
    changing(app, project, move |p| p.save_remote_settings(&settings)).await
}

/// Removes the token.
#[tauri::command]
pub(crate) async fn forget_token<R: Runtime>(app: AppHandle<R>, project: String) -> Result<RemoteSettings> {
    on_project(app, project, Project::forget_token).await
}

/// Moves the token that stands in the address of the remote to the keychain.
#[tauri::command]
pub(crate) async fn move_address_token<R: Runtime>(
    app: AppHandle<R>,
    project: String,
) -> Result<RemoteSettings> {
    changing(app, project, Project::move_address_token).await
}

/// What is said about a URI while it is typed.
#[tauri::command]
pub(crate) async fn check_uri(uri: String) -> Result<UriCheck> {
    Ok(remote_settings_of::check_uri(&uri))
}

/// Tries settings step by step.
#[tauri::command]
pub(crate) async fn test_connection<R: Runtime>(
    app: AppHandle<R>,
    project: Option<String>,
    settings: RemoteSettingsInput,
    operation: String,
    on_step: Channel<ConnectionStep>,
) -> Result<ConnectionReport> {
    let shell = app.state::<Arc<Shell>>().inner().clone();
    blocking(move || {
        let running = shell.begin(operation);
        let run = Run {
            cancel: running.token.clone(),
            progress: None,
        };
        let tell = |step: &ConnectionStep| {
            // the page may have been closed meanwhile
            let _ = on_step.send(step.clone());
        };
        Ok(match project {
            Some(id) => shell.project(&id)?.test_connection(&settings, &run, &tell)?,
            None => connection::test_connection("new project", &settings, shell.tokens(), &run, &tell)?,
        })
    })
    .await
}

/// Brings the remote's branches up to date.
#[tauri::command]
pub(crate) async fn fetch<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    operation: String,
    on_progress: Channel<Progress>,
) -> Result<()> {
    running(app, project, operation, on_progress, |p, run| {
        p.fetch(run).map(|_| ())
    })
    .await
}

/// Fetches and merges.
#[tauri::command]
pub(crate) async fn pull<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    operation: String,
    on_progress: Channel<Progress>,
) -> Result<MergeOutcome> {
    running(app, project, operation, on_progress, move |p, run| {
        p.pull(None, &Answers::new(), run)
    })
    .await
}

/// Pushes.
#[tauri::command]
pub(crate) async fn push<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    mode: PushMode,
    operation: String,
    on_progress: Channel<Progress>,
) -> Result<PushOutcome> {
    running(app, project, operation, on_progress, move |p, run| {
        p.push(&mode, run)
    })
    .await
}

/// Commits everything where there is no commit yet, and pushes.
#[tauri::command]
pub(crate) async fn push_initial<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    operation: String,
    on_progress: Channel<Progress>,
) -> Result<PushOutcome> {
    running(app, project, operation, on_progress, Project::push_initial).await
}

/// Puts back what a forced push or a deletion took from the remote.
#[tauri::command]
pub(crate) async fn push_back<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    backup: String,
    expected: Option<Oid>,
    operation: String,
    on_progress: Channel<Progress>,
) -> Result<RemoteBranchOutcome> {
    running(app, project, operation, on_progress, move |p, run| {
        p.push_back(&backup, expected.as_ref(), run)
    })
    .await
}
