//! Search in the open project.

use std::sync::Arc;

use sheaf_project::collection::model::{ResourceHits, SearchDone, SearchOptions};
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, Runtime};

use super::on_project;
use crate::error::Result;
use crate::state::Shell;

/// Searches; hits arrive on `on_hits` as they are found. The page cancels it when the next letter is typed.
#[tauri::command]
pub(crate) async fn search<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    query: String,
    options: SearchOptions,
    operation: String,
    on_hits: Channel<Vec<ResourceHits>>,
) -> Result<SearchDone> {
    let running = app.state::<Arc<Shell>>().inner().begin(operation);
    on_project(app, project, move |p| {
        p.search(&query, options, &running.token, |hits| {
            // the page may have been closed meanwhile
            let _ = on_hits.send(hits);
        })
    })
    .await
}
