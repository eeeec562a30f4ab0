//! The commands of the page: thin, one file a topic. All real work is in the `project` crate, on a blocking thread.

pub(crate) mod app;
pub(crate) mod branches;
pub(crate) mod changes;
pub(crate) mod import;
pub(crate) mod merges;
pub(crate) mod projects;
pub(crate) mod remote;
pub(crate) mod resources;
pub(crate) mod search;
pub(crate) mod secrets;
pub(crate) mod tags;

use std::sync::Arc;

use sheaf_project::git::progress::Progress;
use sheaf_project::project::{Project, Run};
use tauri::ipc::Channel;
use tauri::{AppHandle, Emitter, Manager, Runtime};

use crate::error::{CommandError, Result};
use crate::state::Shell;

/// Runs `work` on a blocking thread, so that neither the window nor the async threads wait.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(_) => Err(CommandError::new(
            "internal",
            "Something unexpected happened inside Sheaf.",
            "Your files are on disk as they were saved. Copy the git-event report and start Sheaf again.",
        )),
    }
}

/// Runs `work` on a project.
pub(crate) async fn on_project<T, R, F>(app: AppHandle<R>, id: String, work: F) -> Result<T>
where
    T: Send + 'static,
    R: Runtime,
    F: FnOnce(&Project) -> sheaf_project::error::Result<T> + Send + 'static,
{
    let shell = app.state::<Arc<Shell>>().inner().clone();
    blocking(move || Ok(work(&shell.project(&id)?)?)).await
}

/// The same for work that changes the project: the page is told to read it again, also after a failure.
pub(crate) async fn changing<T, R, F>(app: AppHandle<R>, id: String, work: F) -> Result<T>
where
    T: Send + 'static,
    R: Runtime,
    F: FnOnce(&Project) -> sheaf_project::error::Result<T> + Send + 'static,
{
    let result = on_project(app.clone(), id.clone(), work).await;
    tell_changed(&app, &id);
    result
}

/// A long operation on a project, with progress and cancel.
pub(crate) async fn running<T, R, F>(
    app: AppHandle<R>,
    id: String,
    operation: String,
    on_progress: Channel<Progress>,
    work: F,
) -> Result<T>
where
    T: Send + 'static,
    R: Runtime,
    F: FnOnce(&Project, &Run) -> sheaf_project::error::Result<T> + Send + 'static,
{
    let shell = app.state::<Arc<Shell>>().inner().clone();
    changing(app, id, move |project| {
        let running = shell.begin(operation);
        work(project, &run_with(&running.token, on_progress))
    })
    .await
}

/// A [`Run`] whose progress goes to the page.
pub(crate) fn run_with(
    cancel: &sheaf_project::git::cancel::CancelToken,
    on_progress: Channel<Progress>,
) -> Run {
    Run {
        cancel: cancel.clone(),
        progress: Some(Arc::new(move |progress| {
            // the page may have been closed meanwhile
            let _ = on_progress.send(progress);
        })),
    }
}

/// Tells the page to read a project again.
pub(crate) fn tell_changed<R: Runtime>(app: &AppHandle<R>, id: &str) {
    // fails only while the window is closing
    let _ = app.emit("project-changed", id);
}
