//! The watches of the system on a project's folders.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind, RemoveKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::bell::Bell;
use super::calm::{Calm, Watching};
use super::drive;
use super::ground::{Folders, Ground};

/// Folders below a watched one are watched with it. On Linux they are not: each is a watch of its own, so those that
/// are never looked at are left out.
const WITH_ALL_BELOW: bool = !cfg!(target_os = "linux");

/// Whether everything that is told was told in the order in which it happened, and before what happened after it (inotify(7):
/// “the events are ordered”).
const TELLS_IN_ORDER: bool = cfg!(target_os = "linux");

/// Open as long as this lives.
pub(super) struct Eyes {
    _watcher: RecommendedWatcher,
    _watching: Arc<Watching>,
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
    pub(super) fn open(ground: Ground, bell: Arc<Bell>, calm: Arc<Calm>) -> Result<Self, Blind> {
        if drive::is_remote(&ground.root) {
            return Err(Blind::Network);
        }
        let ground = Arc::new(ground);
        let folders = Arc::new(ground.folders().ok_or(Blind::TooManyFolders)?);
        let watched: Vec<PathBuf> = if WITH_ALL_BELOW {
            outermost(&folders.all)
        } else {
            folders.all.iter().cloned().collect()
        };
        let watching = Arc::new(Watching::new(calm));
        let ears = Ears {
            ground: ground.clone(),
            folders: folders.clone(),
            bell,
            watching: watching.clone(),
        };
        let mut system = notify::recommended_watcher(move |event| ears.hear(event))?;
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
        // A folder that came meanwhile may be in none of those that are watched.
        if TELLS_IN_ORDER && !folders.others && ground.folders().as_ref() == Some(&*folders) {
            watching.begin();
        }
        Ok(Self {
            _watcher: system,
            _watching: watching,
        })
    }
}

/// Who hears what the system tells.
struct Ears {
    ground: Arc<Ground>,
    folders: Arc<Folders>,
    bell: Arc<Bell>,
    watching: Arc<Watching>,
}

impl Ears {
    fn hear(&self, event: notify::Result<Event>) {
        match event {
            Ok(event) if !event.need_rescan() => self.hear_of(&event),
            // Something was lost, or what it was about is not known.
            _ => {
                self.watching.stop();
                self.bell.ring(true);
            }
        }
    }

    fn hear_of(&self, event: &Event) {
        if is_reading(event.kind) {
            return;
        }
        let calm = self.watching.calm();
        let of_others = event.paths.iter().filter(|path| !calm.hears(path));
        let mut matters = false;
        let mut moved = false;
        for path in of_others {
            if self.ground.is_private(path) {
                calm.stir();
            } else if self.ground.leaves_out(path) {
                self.watching.stop();
            } else if self.ground.matters(path) {
                matters = true;
                moved |= of_folder(event.kind, path, &self.folders.all);
            }
        }
        if matters {
            // What is in a folder that came is not seen.
            if moved {
                self.watching.stop();
            }
            calm.stir();
            self.bell.ring(moved);
        }
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
