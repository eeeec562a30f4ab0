//! git-events: from the `log` facade to the page, the terminal and the report.

use std::collections::VecDeque;
use std::io::Write;
use std::sync::{Mutex, OnceLock, PoisonError};

use log::{LevelFilter, Log, Metadata, Record};
use sheaf_project::git::event::{GitEvent, TARGET};
use tauri::{AppHandle, Emitter, Runtime};

/// As many records are kept for the panel and the report.
const KEPT: usize = 2000;

type Forward = Box<dyn Fn(&GitEvent) + Send + Sync>;

/// The process's logger: git-events to the page, everything at `RUST_LOG`'s level to standard error.
struct EventLog {
    forward: OnceLock<Forward>,
    recent: Mutex<VecDeque<GitEvent>>,
    level: OnceLock<LevelFilter>,
}

static LOG: EventLog = EventLog {
    forward: OnceLock::new(),
    recent: Mutex::new(VecDeque::new()),
    level: OnceLock::new(),
};

/// Installs the logger. A second call (tests start several apps in one process) changes nothing.
pub(crate) fn install() {
    let level = std::env::var("RUST_LOG")
        .ok()
        .and_then(|l| l.parse().ok())
        .unwrap_or(LevelFilter::Warn);
    if LOG.level.set(level).is_ok() && log::set_logger(&LOG).is_ok() {
        log::set_max_level(level.max(LevelFilter::Info));
    }
}

/// Sends every git-event from now on to the page of `app`.
pub(crate) fn forward_to<R: Runtime>(app: &AppHandle<R>) {
    let app = app.clone();
    let forward: Forward = Box::new(move |event| {
        // fails only while the window is closing
        let _ = app.emit("git-event", event);
    });
    let _ = LOG.forward.set(forward);
}

/// The records that are kept, oldest first.
pub(crate) fn recent() -> Vec<GitEvent> {
    LOG.recent
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .iter()
        .cloned()
        .collect()
}

/// A text that can be handed on: the records were redacted when they were written.
pub(crate) fn report(version: &str) -> String {
    let mut text = format!(
        "Sheaf {version} on {} {}\nAccess tokens and user names in addresses are left out.\n\n",
        std::env::consts::OS,
        std::env::consts::ARCH
    );
    for event in recent() {
        if let Ok(json) = serde_json::to_string(&event) {
            text.push_str("git-event ");
            text.push_str(&json);
            text.push('\n');
        }
    }
    text
}

impl Log for EventLog {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == TARGET || metadata.level() <= *self.level.get().unwrap_or(&LevelFilter::Warn)
    }

    fn log(&self, record: &Record<'_>) {
        if !self.enabled(record.metadata()) {
            return;
        }
        if record.level() <= *self.level.get().unwrap_or(&LevelFilter::Warn) {
            // nobody may be reading standard error
            let _ = writeln!(
                std::io::stderr(),
                "{} {} {}",
                record.level(),
                record.target(),
                record.args()
            );
        }
        if record.target() == TARGET
            && let Ok(event) = serde_json::from_str::<GitEvent>(&record.args().to_string())
        {
            if let Some(forward) = self.forward.get() {
                forward(&event);
            }
            let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
            if recent.len() == KEPT {
                recent.pop_front();
            }
            recent.push_back(event);
        }
    }

    fn flush(&self) {}
}
