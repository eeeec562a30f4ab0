//! The dashboard: known projects, opening, starting, removing, cloning.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sheaf_project::git::progress::Progress;
use sheaf_project::git::repair::Repaired;
use sheaf_project::model::{
    Cloned, Members, OpenOutcome, ProjectCard, ProjectId, ProjectView, RemoteSettingsInput,
};
use sheaf_project::open;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_opener::OpenerExt;

use super::{blocking, on_project, run_with, tell_changed};
use crate::error::{CommandError, Result};
use crate::state::Shell;
use crate::store;
use crate::watch::Watched;

fn shell<R: Runtime>(app: &AppHandle<R>) -> Arc<Shell> {
    app.state::<Arc<Shell>>().inner().clone()
}

/// Puts a project on top of the dashboard.
fn remember<R: Runtime>(app: &AppHandle<R>, card: ProjectCard) -> Result<ProjectCard> {
    store::update(app, |kept| {
        kept.projects.retain(|p| *p != card.id.0);
        kept.projects.insert(0, card.id.0.clone());
    })?;
    Ok(card)
}

/// Cards of the known projects.
#[tauri::command]
pub(crate) async fn projects<R: Runtime>(app: AppHandle<R>) -> Result<Vec<ProjectCard>> {
    let kept = store::read(&app)?.projects;
    let shell = shell(&app);
    blocking(move || {
        Ok(kept
            .into_iter()
            .map(|id| open::card_of(&ProjectId(id), shell.tokens()))
            .collect())
    })
    .await
}

/// Opens a folder that holds a repository.
#[tauri::command]
pub(crate) async fn open_folder<R: Runtime>(app: AppHandle<R>, path: String) -> Result<OpenOutcome> {
    let shell = shell(&app);
    blocking(
        move || match open::open_folder(&absolute(&path)?, shell.tokens().clone())? {
            OpenOutcome::Opened { card } => Ok(OpenOutcome::Opened {
                card: remember(&app, card)?,
            }),
            other @ OpenOutcome::NotARepository { .. } => Ok(other),
        },
    )
    .await
}

/// Starts a project in a new folder below `folder`.
#[tauri::command]
pub(crate) async fn new_project<R: Runtime>(
    app: AppHandle<R>,
    folder: String,
    name: String,
) -> Result<ProjectCard> {
    let shell = shell(&app);
    blocking(move || {
        let project = open::new_project(&absolute(&folder)?, &name, shell.tokens().clone())?;
        remember(&app, project.card())
    })
    .await
}

/// Makes a repository in a folder that has none.
#[tauri::command]
pub(crate) async fn init_folder<R: Runtime>(app: AppHandle<R>, path: String) -> Result<ProjectCard> {
    let shell = shell(&app);
    blocking(move || {
        let project = open::init(&absolute(&path)?, shell.tokens().clone())?;
        remember(&app, project.card())
    })
    .await
}

/// Takes a project off the dashboard; its files only where the user asked for that in words.
#[tauri::command]
pub(crate) async fn remove_project<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    delete_files: bool,
) -> Result<()> {
    let shell = shell(&app);
    blocking(move || {
        if !store::read(&app)?.projects.contains(&project) {
            return Err(CommandError::new(
                "unknown-project",
                "This project is not in the list.",
                "",
            ));
        }
        if delete_files {
            open::delete_files(Path::new(&project))?;
        }
        shell.close(&project);
        store::update(&app, |kept| {
            kept.projects.retain(|p| *p != project);
            if kept.settings.last_project.as_ref() == Some(&project) {
                kept.settings.last_project = None;
            }
        })
    })
    .await
}

/// Shows the project's folder in the file manager.
#[tauri::command]
pub(crate) async fn reveal_project<R: Runtime>(app: AppHandle<R>, project: String) -> Result<()> {
    app.opener().reveal_item_in_dir(&project).map_err(|e| {
        CommandError::new(
            "no-file-manager",
            format!("The file manager did not open: {e}."),
            format!("Look in {project}."),
        )
    })
}

/// The project page. From now on its folder is watched.
#[tauri::command]
pub(crate) async fn project_view<R: Runtime>(app: AppHandle<R>, project: String) -> Result<ProjectView> {
    let shell = shell(&app);
    blocking(move || {
        let view = shell.view(&project);
        app.state::<Watched>().follow(&app, &project);
        Ok(view?)
    })
    .await
}

/// Who works on the project.
#[tauri::command]
pub(crate) async fn members<R: Runtime>(app: AppHandle<R>, project: String) -> Result<Members> {
    on_project(app, project, sheaf_project::project::Project::members).await
}

/// Clones a repository to `target`.
#[tauri::command]
pub(crate) async fn clone<R: Runtime>(
    app: AppHandle<R>,
    settings: RemoteSettingsInput,
    target: String,
    operation: String,
    on_progress: Channel<Progress>,
) -> Result<Cloned> {
    let shell = shell(&app);
    blocking(move || {
        let running = shell.begin(operation);
        let run = run_with(&running.token, on_progress);
        let mut cloned =
            sheaf_project::clone::clone(&settings, &absolute(&target)?, shell.tokens().clone(), &run)?;
        cloned.card = remember(&app, cloned.card)?;
        Ok(cloned)
    })
    .await
}

/// A full path from what the user typed; `~` is the home folder.
fn absolute(text: &str) -> Result<PathBuf> {
    let text = text.trim();
    let path = match text.strip_prefix("~/") {
        Some(rest) => std::env::home_dir().map_or_else(|| PathBuf::from(text), |home| home.join(rest)),
        None => PathBuf::from(text),
    };
    if path.is_absolute() && !text.contains('\0') {
        return Ok(path);
    }
    Err(CommandError::new(
        "bad-path",
        format!("“{text}” is not a full path."),
        "Type the whole path of the folder, or choose it with the button beside the field.",
    ))
}

/// Makes a damaged repository whole; without the remote where `offline`.
#[tauri::command]
pub(crate) async fn repair<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    offline: bool,
    operation: String,
    on_progress: Channel<Progress>,
) -> Result<Repaired> {
    let shell = shell(&app);
    let id = project.clone();
    let result = blocking(move || {
        let running = shell.begin(operation);
        let run = run_with(&running.token, on_progress);
        let done = sheaf_project::repair::repair(Path::new(&project), shell.tokens(), offline, &run)?;
        // What was read of it before may be gone.
        shell.close(&project);
        Ok(done)
    })
    .await;
    tell_changed(&app, &id);
    result
}
