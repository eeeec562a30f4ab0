//! `--events`: git-events as JSON lines on standard error.

use std::io::Write;

use log::{LevelFilter, Log, Metadata, Record};
use sheaf_project::git::event::TARGET;

use crate::output::clean_json;

struct EventLines;

/// Installs the logger where git-events are wanted.
pub(crate) fn install(wanted: bool) {
    if wanted && log::set_logger(&EventLines).is_ok() {
        log::set_max_level(LevelFilter::Info);
    }
}

impl Log for EventLines {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == TARGET
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            // nobody may be reading standard error
            let line = clean_json(&record.args().to_string());
            let _ = writeln!(std::io::stderr(), "{line}");
        }
    }

    fn flush(&self) {}
}
