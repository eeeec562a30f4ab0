//! What looks like a secret: let through, or moved out.

use sheaf_project::model::{Allow, MovedSecret};
use tauri::{AppHandle, Runtime};

use super::changing;
use crate::error::Result;

/// Lets values through that look like secrets.
#[tauri::command]
pub(crate) async fn allow_secrets<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    fingerprints: Vec<String>,
    how: Allow,
) -> Result<()> {
    changing(app, project, move |p| p.allow_secrets(&fingerprints, how)).await
}

/// Moves a value to a private environment; its field takes it from there.
#[tauri::command]
pub(crate) async fn move_secret<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    fingerprint: String,
) -> Result<MovedSecret> {
    changing(app, project, move |p| p.move_secret(&fingerprint, None)).await
}
