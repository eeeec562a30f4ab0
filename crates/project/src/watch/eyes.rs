//! The watches of the system on a project's folders.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind, RemoveKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::bell::Bell;
use super::drive;
use super::ground::Ground;

/// Folders below a watched one are watched with it. On Linux they are not: each is a watch of its own, so those that
/// are never looked at are left out.
const WITH_ALL_BELOW: bool = !cfg!(target_os = "linux");

/// Open as long as this lives.
pub(super) struct Eyes {
    _watcher: RecommendedWatcher,
}

/// Why a project cannot be watched.
#[derive(Debug, thiserror::Error)]
pub(super) enum Blind {
    #[error("it lies on a network drive")]
    Network,
    #[error("it has too many folders")]
    TooManyFolders,
    #[error("{0}")]
    System(#[from] notify::Error),
}

impl Eyes {
    /// Rings the bell for everything that matters from now on.
    pub(super) fn open(ground: Ground, bell: Arc<Bell>) -> Result<Self, Blind> {
        if drive::is_remote(&ground.root) {
            return Err(Blind::Network);
        }
        let folders = ground.folders().ok_or(Blind::TooManyFolders)?;
        let watched: Vec<PathBuf> = if WITH_ALL_BELOW {
            outermost(&folders)
        } else {
            folders.iter().cloned().collect()
        };
        let mut system = notify::recommended_watcher(move |event| hear(event, &ground, &folders, &bell))?;
        let mode = if WITH_ALL_BELOW {
            RecursiveMode::Recursive
        } else {
            RecursiveMode::NonRecursive
        };
        for folder in &watched {
            match system.watch(folder, mode) {
                // One that went a moment ago leaves an event in the folder that held it.
                Err(e) if !folder.exists() => log::debug!("{} is gone: {e}", folder.display()),
                other => other?,
            }
        }
        Ok(Self { _watcher: system })
    }
}

fn hear(event: notify::Result<Event>, ground: &Ground, folders: &HashSet<PathBuf>, bell: &Bell) {
    match event {
        Ok(event) if event.need_rescan() => bell.ring(true),
        Ok(event) => {
            let told = event.paths.iter().filter(|path| ground.matters(path));
            if !is_reading(event.kind) && told.clone().next().is_some() {
                let moved = told.into_iter().any(|path| of_folder(event.kind, path, folders));
                bell.ring(moved);
            }
        }
        // What it was about is not known.
        Err(_) => bell.ring(true),
    }
}

/// Our own reading is heard, too.
fn is_reading(kind: EventKind) -> bool {
    matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}

/// Whether a folder came, went, or has another name.
fn of_folder(kind: EventKind, path: &Path, folders: &HashSet<PathBuf>) -> bool {
    match kind {
        EventKind::Remove(RemoveKind::File) => false,
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)) | EventKind::Remove(_) => {
            folders.contains(path) || path.symlink_metadata().is_ok_and(|meta| meta.is_dir())
        }
        _ => false,
    }
}

/// Those that lie in no other one.
fn outermost(folders: &HashSet<PathBuf>) -> Vec<PathBuf> {
    let inner = |path: &Path| path.ancestors().skip(1).any(|above| folders.contains(above));
    folders.iter().filter(|path| !inner(path)).cloned().collect()
}
