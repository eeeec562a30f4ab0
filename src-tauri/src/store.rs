//! The settings store: known projects and preferences, one JSON file in the app's data folder.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use sheaf_project::user_settings::UserSettings;
use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_store::StoreExt;

use crate::error::{CommandError, Result};

const FILE: &str = "settings.json";
const KEY: &str = "sheaf";
/// The store writes its file in place and reads a damaged one as empty; this copy is the last that was read well.
const LAST_GOOD: &str = "settings.last-good.json";

/// Commands run side by side; each reads, changes and writes the whole.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Everything that is kept.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Kept {
    /// Version of this structure.
    pub version: u32,
    /// Paths of the known projects, in the order of the dashboard.
    pub projects: Vec<String>,
    /// Preferences.
    pub settings: UserSettings,
}

/// What is kept now.
pub(crate) fn read<R: Runtime>(app: &AppHandle<R>) -> Result<Kept> {
    let store = app.store(FILE).map_err(|e| cannot("read", &e.to_string()))?;
    match store.get(KEY) {
        Some(value) => serde_json::from_value(value).map_err(|e| cannot("read", &e.to_string())),
        None => Ok(last_good(app).unwrap_or_default()),
    }
}

/// Changes what is kept and writes it at once.
pub(crate) fn update<R: Runtime>(app: &AppHandle<R>, change: impl FnOnce(&mut Kept)) -> Result<()> {
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let mut kept = read(app)?;
    change(&mut kept);
    kept.version = 1;
    let store = app.store(FILE).map_err(|e| cannot("write", &e.to_string()))?;
    let value = serde_json::to_value(&kept).map_err(|e| cannot("write", &e.to_string()))?;
    store.set(KEY, value);
    store.save().map_err(|e| cannot("write", &e.to_string()))?;
    keep_copy(app, &kept);
    Ok(())
}

fn last_good<R: Runtime>(app: &AppHandle<R>) -> Option<Kept> {
    let path = app.path().app_data_dir().ok()?.join(LAST_GOOD);
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

fn keep_copy<R: Runtime>(app: &AppHandle<R>, kept: &Kept) {
    let Ok(dir) = app.path().app_data_dir() else {
        return;
    };
    let Ok(json) = serde_json::to_vec_pretty(kept) else {
        return;
    };
    let temp = dir.join(format!("{LAST_GOOD}.new"));
    if std::fs::write(&temp, json)
        .and_then(|()| std::fs::rename(&temp, dir.join(LAST_GOOD)))
        .is_err()
    {
        log::warn!("the copy of the settings could not be written");
    }
}

fn cannot(what: &str, why: &str) -> CommandError {
    CommandError::new(
        "settings",
        format!("The settings could not be {what}: {why}."),
        "Try again.",
    )
}
