//! Import of other programs' collections, cURL commands both ways, and export.

use std::path::PathBuf;

use sheaf_project::collection::model::ResourceId;
use sheaf_project::collection::{self, CurlRequest};
use sheaf_project::export::{ExportDone, ExportFormat};
use sheaf_project::import::{ImportDone, ImportSource};
use tauri::{AppHandle, Runtime};

use super::{blocking, changing, on_project};
use crate::error::Result;

/// Says what an import would do.
#[tauri::command]
pub(crate) async fn preview_import<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    from: ImportSource,
    into: Option<ResourceId>,
) -> Result<ImportDone> {
    on_project(app, project, move |p| p.preview_import(&from, into.as_ref())).await
}

/// Imports into new collections, or into a folder or collection.
#[tauri::command]
pub(crate) async fn import<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    from: ImportSource,
    into: Option<ResourceId>,
) -> Result<ImportDone> {
    changing(app, project, move |p| p.import(&from, into.as_ref())).await
}

/// Imports the cURL commands of a text.
#[tauri::command]
pub(crate) async fn import_curl<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    parent: ResourceId,
    text: String,
) -> Result<ImportDone> {
    changing(app, project, move |p| p.import_curl(&parent, &text)).await
}

/// The fields of a request that a cURL command describes.
#[tauri::command]
pub(crate) async fn parse_curl(text: String) -> Result<Option<CurlRequest>> {
    blocking(move || Ok(collection::parse_curl(&text))).await
}

/// A request as a cURL command.
#[tauri::command]
pub(crate) async fn copy_as_curl<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    id: ResourceId,
    environment: Option<ResourceId>,
) -> Result<String> {
    on_project(app, project, move |p| p.copy_as_curl(&id, environment.as_ref())).await
}

/// Writes a collection to a file that the user chose.
#[tauri::command]
pub(crate) async fn export_collection<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    id: ResourceId,
    file: PathBuf,
    format: ExportFormat,
    replace: bool,
) -> Result<ExportDone> {
    on_project(app, project, move |p| p.export(&id, &file, Some(format), replace)).await
}
