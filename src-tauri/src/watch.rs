//! What other programs do to the open project is noticed: its files and refs are looked at from time to time.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use tauri::{AppHandle, Manager, Runtime};

use crate::commands::tell_changed;
use crate::state::Shell;

/// How often the stamps are compared: cheap (a few `stat` calls a folder), and below what a person notices.
const EVERY: Duration = Duration::from_secs(1);
/// A push that waits for the network is tried again this often.
const RETRY_EVERY: u32 = 30;
/// Folders beyond this are not looked at each second; the page reads again on focus.
const MOST_FOLDERS: usize = 5000;

/// The project that is watched.
#[derive(Default)]
pub(crate) struct Watched(Mutex<Option<String>>);

impl Watched {
    /// Watches this project from now on; one at a time, the one on screen.
    pub(crate) fn follow<R: Runtime>(&self, app: &AppHandle<R>, project: &str) {
        let mut current = self.current();
        if current.as_deref() == Some(project) {
            return;
        }
        *current = Some(project.to_owned());
        let (app, project) = (app.clone(), project.to_owned());
        std::thread::spawn(move || watch(&app, &project));
    }

    fn current(&self) -> std::sync::MutexGuard<'_, Option<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn watch<R: Runtime>(app: &AppHandle<R>, project: &str) {
    let root = PathBuf::from(project);
    let mut before = stamps(&root);
    let mut round = 0_u32;
    while app.state::<Watched>().current().as_deref() == Some(project) {
        std::thread::sleep(EVERY);
        let now = stamps(&root);
        if now != before {
            before = now;
            tell_changed(app, project);
        }
        round = round.wrapping_add(1);
        if round.is_multiple_of(RETRY_EVERY) {
            push_queued(app, project);
        }
    }
}

fn push_queued<R: Runtime>(app: &AppHandle<R>, project: &str) {
    let shell = app.state::<std::sync::Arc<Shell>>().inner().clone();
    let Ok(open) = shell.project(project) else { return };
    // a push that fails again says so in its git-event and waits on
    if matches!(
        open.push_queued(&sheaf_project::project::Run::default()),
        Ok(Some(_))
    ) {
        tell_changed(app, project);
    }
}

/// When the files and refs were last changed, and how many there are.
fn stamps(root: &Path) -> (Option<SystemTime>, u64) {
    let mut newest = None;
    let mut count = 0;
    let mut folders = vec![root.to_path_buf(), root.join(".git/refs")];
    for name in [".git/HEAD", ".git/packed-refs", ".git/config", ".git/FETCH_HEAD"] {
        note(&root.join(name), &mut newest, &mut count);
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
            if kind.is_dir() && entry.file_name() != ".git" && entry.file_name() != "node_modules" {
                folders.push(entry.path());
            } else if kind.is_file() {
                note(&entry.path(), &mut newest, &mut count);
            }
        }
    }
    (newest, count)
}

fn note(path: &Path, newest: &mut Option<SystemTime>, count: &mut u64) {
    let Ok(meta) = std::fs::symlink_metadata(path) else {
        return;
    };
    *count += 1;
    if let Ok(modified) = meta.modified() {
        *newest = Some(newest.map_or(modified, |n| n.max(modified)));
    }
}
