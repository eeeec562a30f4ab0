//! Preferences of the user, kept by the shell in its settings store. Nothing of a project and no secret is in here.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use sheaf_git::undo_limits::UndoLimits;
use ts_rs::TS;

/// Light, dark, or what the system says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// Preferences. Every field has a default, so that an older file reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(export)]
pub struct UserSettings {
    /// Colours of the window.
    pub theme: Theme,
    /// Editor font size in CSS pixels, 10 to 24.
    pub editor_font_size: u32,
    /// Whether long lines wrap in the editor.
    pub editor_wrap: bool,
    /// Where new projects and clones go by default; empty: a folder in the user's home.
    pub projects_folder: String,
    /// Width of the tree in CSS pixels, 180 to 600.
    pub tree_width: u32,
    /// Whether edits bring the time in `modified` of a resource up to date, as Insomnia does.
    pub write_modified: bool,
    /// Whether a pull shows what comes before it lands.
    pub show_before_pull: bool,
    /// Project that was open last; opened again at the next start.
    pub last_project: Option<String>,
    /// How many operations of a project can be undone, 1 to 10,000.
    pub undo_operations: u32,
    /// How many days an operation can be undone, 1 to 3,650.
    pub undo_days: u32,
    /// How much space a project may take for that, in megabytes, 1 to 100,000.
    pub undo_megabytes: u32,
}

impl Default for UserSettings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            editor_font_size: 13,
            editor_wrap: true,
            projects_folder: String::new(),
            tree_width: 280,
            write_modified: true,
            show_before_pull: true,
            last_project: None,
            undo_operations: 200,
            undo_days: 90,
            undo_megabytes: 500,
        }
    }
}

/// Where the window keeps what it knows, below the folder that the system has for the data of apps.
const KEPT: &str = "dev.sheaf.desktop/settings.json";

impl UserSettings {
    /// What is kept for undo. Values out of their range count as its nearest end.
    pub fn undo_limits(&self) -> UndoLimits {
        let points = self.undo_operations.clamp(1, 10_000);
        UndoLimits {
            points: usize::try_from(points).unwrap_or(usize::MAX),
            days: self.undo_days.clamp(1, 3_650).into(),
            bytes: u64::from(self.undo_megabytes.clamp(1, 100_000)) * 1024 * 1024,
        }
    }

    /// The preferences that the window has kept on this computer, for other programs; the defaults where there are none.
    pub fn kept() -> Self {
        let read = || {
            let text = std::fs::read(data_folder()?.join(KEPT)).ok()?;
            let kept: serde_json::Value = serde_json::from_slice(&text).ok()?;
            serde_json::from_value(kept.get("sheaf")?.get("settings")?.clone()).ok()
        };
        read().unwrap_or_default()
    }
}

fn data_folder() -> Option<PathBuf> {
    let folder = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    if cfg!(windows) {
        return folder("APPDATA");
    }
    let home = folder("HOME")?;
    if cfg!(target_os = "macos") {
        return Some(home.join("Library/Application Support"));
    }
    folder("XDG_DATA_HOME").or_else(|| Some(home.join(".local/share")))
}
