//! What other programs do to the open project is told to the page, and a push that waits is tried again.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sheaf_project::model::{ErrorView, PushOutcome};
use sheaf_project::project::Project;
use sheaf_project::watch::How;
use tauri::{AppHandle, Emitter, Manager, Runtime};

use crate::commands::tell_changed;
use crate::state::Shell;

/// How long a thread may go on for a project that is no longer on screen.
const TURN: Duration = Duration::from_secs(1);
/// A push that waits for the network is tried again this often.
const RETRY_EVERY: Duration = Duration::from_secs(30);
/// What is done ahead for later waits until what is on screen stands.
const AHEAD: Duration = Duration::from_secs(3);

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
    let is_turn = || app.state::<Watched>().is_turn(turn);
    let shell = app.state::<Arc<Shell>>().inner().clone();
    // one that cannot be opened says so in the window, and may be mended meanwhile
    let open = loop {
        match shell.project(project) {
            Ok(open) => break open,
            Err(_) if is_turn() => std::thread::sleep(TURN),
            Err(_) => return,
        }
    };
    let mut watch = open.watch(How::Told);
    let pushing = Arc::new(AtomicBool::new(false));
    let mut next_push = Instant::now() + RETRY_EVERY;
    let mut work_ahead = Some(Instant::now() + AHEAD);
    while is_turn() {
        if watch.wait(TURN) {
            tell_changed(app, project);
        }
        if work_ahead.is_some_and(|at| Instant::now() >= at) {
            work_ahead = None;
            let (app, open) = (app.clone(), open.clone());
            std::thread::spawn(move || note_paths(&app, &open, turn));
        }
        if Instant::now() >= next_push && !pushing.swap(true, Ordering::SeqCst) {
            next_push = Instant::now() + RETRY_EVERY;
            let (app, project, pushing) = (app.clone(), project.to_owned(), pushing.clone());
            // a push that hangs must not keep us from seeing changes
            std::thread::spawn(move || {
                push_queued(&app, &project);
                pushing.store(false, Ordering::SeqCst);
            });
        }
    }
}

/// The history of a resource is wanted sooner or later; without the notes it only takes longer.
fn note_paths<R: Runtime>(app: &AppHandle<R>, open: &Project, turn: u64) {
    let is_over = || !app.state::<Watched>().is_turn(turn);
    if let Err(error) = open.note_paths(&is_over) {
        log::debug!("the paths of commits are not noted: {error}");
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
