//! What other programs do to the open project is noticed: its files and refs are looked at from time to time.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sheaf_project::model::{ErrorView, PushOutcome};
use tauri::{AppHandle, Emitter, Manager, Runtime};

use crate::commands::tell_changed;
use crate::state::Shell;

/// How often the files are looked at: one `stat` each, and a person hardly notices the delay.
const EVERY: Duration = Duration::from_secs(1);
/// A push that waits for the network is tried again this often.
const RETRY_EVERY: u32 = 30;
/// Folders beyond this are not looked at each second; the page reads again when its window gets the focus.
const MOST_FOLDERS: usize = 5000;
/// What is in these is no collection, and may be a lot.
const NOT_LOOKED_AT: [&str; 3] = [".git", "node_modules", "target"];

/// How a push that waited for the network ended.
#[derive(Clone, serde::Serialize)]
struct QueuedPush<'a> {
    project: &'a str,
    outcome: Option<PushOutcome>,
    error: Option<ErrorView>,
}

/// The project that is watched, and how often that has changed.
#[derive(Default)]
pub(crate) struct Watched(Mutex<(u64, Option<String>)>);

impl Watched {
    /// Watches this project from now on; one at a time, the one on screen.
    pub(crate) fn follow<R: Runtime>(&self, app: &AppHandle<R>, project: &str) {
        let mut current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if current.1.as_deref() == Some(project) {
            return;
        }
        *current = (current.0 + 1, Some(project.to_owned()));
        let (app, project, turn) = (app.clone(), project.to_owned(), current.0);
        std::thread::spawn(move || watch(&app, &project, turn));
    }

    fn is_turn(&self, turn: u64) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0 == turn
    }
}

fn watch<R: Runtime>(app: &AppHandle<R>, project: &str, turn: u64) {
    let root = PathBuf::from(project);
    let mut before = stamps(&root);
    let pushing = Arc::new(AtomicBool::new(false));
    for round in 1_u32.. {
        std::thread::sleep(EVERY);
        if !app.state::<Watched>().is_turn(turn) {
            return;
        }
        let now = stamps(&root);
        if now != before {
            before = now;
            tell_changed(app, project);
        }
        if round.is_multiple_of(RETRY_EVERY) && !pushing.swap(true, Ordering::SeqCst) {
            let (app, project, pushing) = (app.clone(), project.to_owned(), pushing.clone());
            // a push that hangs must not keep us from seeing changes
            std::thread::spawn(move || {
                push_queued(&app, &project);
                pushing.store(false, Ordering::SeqCst);
            });
        }
    }
}

fn push_queued<R: Runtime>(app: &AppHandle<R>, project: &str) {
    let shell = app.state::<Arc<Shell>>().inner().clone();
    let Ok(open) = shell.project(project) else { return };
    let told = match open.push_queued(&sheaf_project::project::Run::default()) {
        Ok(None | Some(PushOutcome::Queued { .. })) => return,
        Ok(Some(outcome)) => QueuedPush {
            project,
            outcome: Some(outcome),
            error: None,
        },
        Err(e) => QueuedPush {
            project,
            outcome: None,
            error: Some(e.view()),
        },
    };
    // fails only while the window is closing
    let _ = app.emit("queued-push", told);
    tell_changed(app, project);
}

/// A number that is another one as soon as a file or ref was written, replaced, renamed, added or removed.
fn stamps(root: &Path) -> u64 {
    let mut sum = 0;
    let mut folders = vec![root.to_path_buf(), root.join(".git/refs")];
    for name in [".git/HEAD", ".git/packed-refs", ".git/config", ".git/FETCH_HEAD"] {
        note(&root.join(name), &mut sum);
    }
    let mut looked = 0;
    while let Some(folder) = folders.pop() {
        looked += 1;
        if looked > MOST_FOLDERS {
            break;
        }
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries.flatten() {
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() && !NOT_LOOKED_AT.iter().any(|name| entry.file_name() == *name) {
                folders.push(entry.path());
            } else if kind.is_file() {
                note(&entry.path(), &mut sum);
            }
        }
    }
    sum
}

/// Adds one file; the order in which a system lists them makes no difference.
fn note(path: &Path, sum: &mut u64) {
    let Ok(meta) = std::fs::symlink_metadata(path) else {
        return;
    };
    let mut hasher = DefaultHasher::new();
    (path, meta.len(), meta.modified().ok()).hash(&mut hasher);
    *sum = sum.wrapping_add(hasher.finish());
}
