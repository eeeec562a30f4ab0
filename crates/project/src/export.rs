//! Export of a collection to a file outside of what Sheaf keeps.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sheaf_collection::model::ResourceId;
use ts_rs::TS;

use crate::error::{ProjectError, Result};
use crate::project::Project;

/// What the file will hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum ExportFormat {
    /// A collection file as Insomnia 11 and later write and import it.
    Insomnia,
    /// The API spec alone, as YAML or, where the file ends in `.json`, as JSON.
    Openapi,
    /// A cURL command for every HTTP request.
    Curl,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ExportDone {
    /// Absolute path.
    pub path: String,
    /// What it could not take along, a sentence each.
    pub notes: Vec<String>,
}

impl Project {
    /// Writes a collection, or a part of it, to a file. A file that is there is only replaced with `force`.
    pub fn export(
        &self,
        id: &ResourceId,
        file: &Path,
        format: Option<ExportFormat>,
        force: bool,
    ) -> Result<ExportDone> {
        let collections = self.collections(&self.repo()?)?;
        let ending = file
            .extension()
            .and_then(|ending| ending.to_str())
            .unwrap_or_default();
        let (text, notes) = match format.unwrap_or(ExportFormat::Insomnia) {
            ExportFormat::Insomnia => collections.export_insomnia(id)?,
            ExportFormat::Openapi => (
                collections.export_spec(id, ending.eq_ignore_ascii_case("json"))?,
                Vec::new(),
            ),
            ExportFormat::Curl => collections.export_curl(id)?,
        };
        write(file, text.as_bytes(), force)?;
        Ok(ExportDone {
            path: file.to_string_lossy().into_owned(),
            notes,
        })
    }
}

/// Writes beside the file first, so that a full disk leaves what was there.
fn write(file: &Path, bytes: &[u8], force: bool) -> Result<()> {
    let failed = |e: &std::io::Error| {
        ProjectError::refused(
            "not-written",
            format!("{} could not be written: {e}", file.display()),
            "Choose another folder, or make room on the disk.",
        )
    };
    if !force {
        let mut new = match OpenOptions::new().write(true).create_new(true).open(file) {
            Ok(new) => new,
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
                return Err(ProjectError::refused(
                    "file-exists",
                    format!("{} exists already", file.display()),
                    "Choose another name, or say that it is to be replaced (--force).",
                ));
            }
            Err(e) => return Err(failed(&e)),
        };
        return new.write_all(bytes).and_then(|()| new.sync_all()).map_err(|e| {
            // a part of a file helps nobody
            let _ = fs::remove_file(file);
            failed(&e)
        });
    }
    let name = file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let beside = file.with_file_name(format!(".{name}.sheaf-part"));
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, file));
    written.map_err(|e| {
        let _ = fs::remove_file(&beside);
        failed(&e)
    })
}
