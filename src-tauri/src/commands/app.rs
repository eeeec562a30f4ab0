//! Commands of the app itself: preferences, links, pickers, git-events.

use std::sync::Arc;

use sheaf_project::git::event::GitEvent;
use sheaf_project::model::KeychainStatus;
use sheaf_project::user_settings::UserSettings;
use tauri::{AppHandle, Manager, Runtime, State};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};
use tauri_plugin_opener::OpenerExt;

use super::blocking;
use crate::error::{CommandError, Result};
use crate::state::Shell;
use crate::{closing, events, menu, store};

/// Preferences.
#[tauri::command]
pub(crate) async fn user_settings<R: Runtime>(app: AppHandle<R>) -> Result<UserSettings> {
    Ok(store::read(&app)?.settings)
}

/// Keeps preferences; values out of range are put into it.
#[tauri::command]
pub(crate) async fn save_user_settings<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Arc<Shell>>,
    settings: UserSettings,
) -> Result<()> {
    shell.use_settings(&settings);
    store::update(&app, |kept| {
        kept.settings = UserSettings {
            editor_font_size: settings.editor_font_size.clamp(10, 24),
            tree_width: settings.tree_width.clamp(180, 600),
            undo_operations: settings.undo_operations.clamp(1, 10_000),
            undo_days: settings.undo_days.clamp(1, 3_650),
            undo_megabytes: settings.undo_megabytes.clamp(1, 100_000),
            ..settings
        };
    })
}

/// Whether tokens can be kept.
#[tauri::command]
pub(crate) async fn keychain_status(shell: State<'_, Arc<Shell>>) -> Result<KeychainStatus> {
    let shell = shell.inner().clone();
    blocking(move || Ok(shell.tokens().status())).await
}

/// Version of the app.
#[tauri::command]
pub(crate) async fn app_version<R: Runtime>(app: AppHandle<R>) -> Result<String> {
    Ok(app.package_info().version.to_string())
}

/// Asks a running operation to stop.
#[tauri::command]
pub(crate) async fn cancel(shell: State<'_, Arc<Shell>>, operation: String) -> Result<()> {
    shell.cancel(&operation);
    Ok(())
}

/// Opens an https page in the user's browser; nothing else is opened.
#[tauri::command]
pub(crate) async fn open_link<R: Runtime>(app: AppHandle<R>, url: String) -> Result<()> {
    let safe = url.starts_with("https://") && !url.chars().any(|c| c.is_control() || c.is_whitespace());
    if !safe {
        return Err(CommandError::new("bad-link", "Only https links are opened.", ""));
    }
    app.opener().open_url(&url, None::<&str>).map_err(|e| {
        CommandError::new(
            "no-browser",
            format!("The browser did not open: {e}."),
            format!("Open {url} yourself."),
        )
    })
}

/// Opens or closes the developer tools.
#[tauri::command]
pub(crate) async fn open_devtools<R: Runtime>(app: AppHandle<R>) -> Result<()> {
    menu::toggle_devtools(&app);
    Ok(())
}

/// Lets the user choose a folder.
#[tauri::command]
pub(crate) async fn pick_folder<R: Runtime>(app: AppHandle<R>, title: String) -> Result<Option<String>> {
    pick(app, title, FileDialogBuilder::blocking_pick_folder).await
}

/// Lets the user choose a file.
#[tauri::command]
pub(crate) async fn pick_file<R: Runtime>(app: AppHandle<R>, title: String) -> Result<Option<String>> {
    pick(app, title, FileDialogBuilder::blocking_pick_file).await
}

/// Lets the user choose files.
#[tauri::command]
pub(crate) async fn pick_files<R: Runtime>(app: AppHandle<R>, title: String) -> Result<Vec<String>> {
    if let Some(answer) = prepared_answer() {
        return Ok(vec![answer]);
    }
    blocking(move || {
        let chosen = app.dialog().file().set_title(title).blocking_pick_files();
        let paths = chosen.into_iter().flatten();
        Ok(paths.map(|path| path.to_string()).collect())
    })
    .await
}

/// Lets the user choose where a file goes. The system's dialog asks before it replaces one.
#[tauri::command]
pub(crate) async fn pick_save<R: Runtime>(
    app: AppHandle<R>,
    title: String,
    name: String,
) -> Result<Option<String>> {
    if let Some(answer) = prepared_answer() {
        return Ok(Some(answer));
    }
    blocking(move || {
        let dialog = app.dialog().file().set_title(title).set_file_name(name);
        Ok(dialog.blocking_save_file().map(|path| path.to_string()))
    })
    .await
}

async fn pick<R: Runtime>(
    app: AppHandle<R>,
    title: String,
    ask: fn(FileDialogBuilder<R>) -> Option<FilePath>,
) -> Result<Option<String>> {
    if let Some(answer) = prepared_answer() {
        return Ok(Some(answer));
    }
    blocking(move || Ok(ask(app.dialog().file().set_title(title)).map(|path| path.to_string()))).await
}

/// A test cannot drive the system's file dialog, so debug builds take the answer from a variable.
fn prepared_answer() -> Option<String> {
    if cfg!(debug_assertions) {
        std::env::var("SHEAF_PICK_FOLDER").ok()
    } else {
        None
    }
}

/// Where new projects and clones go unless the user says otherwise.
#[tauri::command]
pub(crate) async fn default_folder<R: Runtime>(app: AppHandle<R>) -> Result<String> {
    let chosen = store::read(&app)?.settings.projects_folder;
    if !chosen.trim().is_empty() {
        return Ok(chosen);
    }
    let home = app.path().home_dir().map_err(|e| {
        CommandError::new(
            "no-home",
            format!("Your home folder was not found: {e}."),
            "Choose a folder yourself.",
        )
    })?;
    Ok(home.join("Sheaf").to_string_lossy().into_owned())
}

/// The git-events that are kept, oldest first.
#[tauri::command]
pub(crate) async fn recent_events() -> Result<Vec<GitEvent>> {
    Ok(events::recent())
}

/// The git-events as a text that can be handed on.
#[tauri::command]
pub(crate) async fn event_report<R: Runtime>(app: AppHandle<R>) -> Result<String> {
    Ok(events::report(&app.package_info().version.to_string()))
}

/// Ends the closing that the page was told of: with `close` the window goes, without it stays.
#[tauri::command]
pub(crate) async fn finish_closing<R: Runtime>(app: AppHandle<R>, close: bool) -> Result<()> {
    closing::finish(&app, close);
    Ok(())
}
