//! Import of other programs' collections: what was chosen is read, shown, and written as one operation.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use sheaf_collection::model::{Kind, ResourceId};
use sheaf_collection::{Collections, ImportPlan, ImportReport, Imported, read_import};
use sheaf_git::repository::Repo;
use ts_rs::TS;

use crate::error::{ProjectError, Result};
use crate::import_files;
use crate::project::Project;
use crate::resources::{now, write};

/// Where an import comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
#[ts(export)]
pub enum ImportSource {
    /// Files and folders on this computer.
    Paths {
        /// Absolute paths.
        paths: Vec<PathBuf>,
    },
    /// A pasted text.
    Text {
        /// The text.
        text: String,
    },
}

/// What an import made, or would make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ImportDone {
    /// The new collections, or what stands at the top of the target.
    pub ids: Vec<ResourceId>,
    /// Names of the collections that were read.
    pub names: Vec<String>,
    /// What is taken, changed and left.
    pub report: ImportReport,
}

impl Project {
    /// Says what an import would do. Nothing is written.
    pub fn preview_import(&self, from: &ImportSource, into: Option<&ResourceId>) -> Result<ImportDone> {
        let imported = read(from)?;
        let names = imported.names();
        let repo = self.repo()?;
        let plan = plan(imported, &*self.collections(&repo)?, into, &repo)?;
        Ok(done(plan, names))
    }

    /// Imports into new collections, or into a folder or collection. One operation, one undo point.
    pub fn import(&self, from: &ImportSource, into: Option<&ResourceId>) -> Result<ImportDone> {
        let imported = read(from)?;
        self.take_in(imported, into)
    }

    /// Imports the cURL commands of a text into a folder or a collection.
    pub fn import_curl(&self, parent: &ResourceId, text: &str) -> Result<ImportDone> {
        let from = ImportSource::Text {
            text: text.to_owned(),
        };
        self.import(&from, Some(parent))
    }

    /// A request as a cURL command, with the values of its base environment and of `environment`.
    pub fn copy_as_curl(&self, id: &ResourceId, environment: Option<&ResourceId>) -> Result<String> {
        Ok(self.collections(&self.repo()?)?.curl(id, environment)?)
    }

    fn take_in(&self, imported: Imported, into: Option<&ResourceId>) -> Result<ImportDone> {
        let names = imported.names();
        let (repo, _lock) = self.locked()?;
        let mut plan = plan(imported, &*self.collections(&repo)?, into, &repo)?;
        let files = std::mem::take(&mut plan.files);
        write(&repo, files, &label(&plan, &names))?;
        Ok(done(plan, names))
    }
}

fn read(from: &ImportSource) -> Result<Imported> {
    let files = match from {
        ImportSource::Paths { paths } => import_files::read(paths)?,
        ImportSource::Text { text } => vec![(String::new(), text.clone().into_bytes())],
    };
    Ok(read_import(files)?)
}

fn plan(
    imported: Imported,
    collections: &Collections,
    into: Option<&ResourceId>,
    repo: &Repo,
) -> Result<ImportPlan> {
    let is_taken = |path: &str| repo.work_dir().join(path).symlink_metadata().is_ok();
    let plan = match into {
        Some(holder) => imported.into_holder(collections, holder, now())?,
        None => imported.into_new(collections, is_taken, now())?,
    };
    if plan.created.is_empty() {
        return Err(ProjectError::refused(
            "nothing-to-import",
            "Nothing of this can stand in a folder",
            "Import it as a new collection.",
        ));
    }
    Ok(plan)
}

fn done(plan: ImportPlan, names: Vec<String>) -> ImportDone {
    ImportDone {
        ids: plan.created,
        names,
        report: plan.report,
    }
}

fn label(plan: &ImportPlan, names: &[String]) -> String {
    match names {
        [name] => format!("Import “{name}”"),
        names => {
            let requests = plan.report.taken.iter().find(|taken| taken.kind == Kind::Request);
            let requests = requests.map_or(0, |taken| taken.count);
            format!("Import {} collections with {requests} requests", names.len())
        }
    }
}

/// What resources of a kind are called in a sentence.
pub fn kind_in_words(kind: Kind, count: u32) -> &'static str {
    let (one, many) = match kind {
        Kind::Workspace => ("collection", "collections"),
        Kind::ApiSpec => ("API spec", "API specs"),
        Kind::Environment => ("environment", "environments"),
        Kind::RequestGroup => ("folder", "folders"),
        Kind::Request => ("request", "requests"),
        Kind::GrpcRequest => ("gRPC request", "gRPC requests"),
        Kind::WebSocketRequest => ("WebSocket request", "WebSocket requests"),
        Kind::SocketIORequest => ("Socket.IO request", "Socket.IO requests"),
        Kind::UnitTestSuite => ("test suite", "test suites"),
        Kind::UnitTest => ("test", "tests"),
        Kind::ProtoFile | Kind::ProtoDirectory => ("proto file", "proto files"),
        _ => ("other part", "other parts"),
    };
    if count == 1 { one } else { many }
}

/// What to know of secrets that come along.
pub fn secrets_in_words(count: u32) -> String {
    let look = if count == 1 { "value looks" } else { "values look" };
    format!(
        "{count} {look} like a password or token. What is imported is kept in files and will be committed if it stays there."
    )
}
