//! Progress, thinned out: libgit2 reports each object, a window can use ten reports a second and a log two.

use std::cell::Cell;
use std::time::{Duration, Instant};

use crate::network::Network;
use crate::progress::{Progress, Stage};

const SHOW: Duration = Duration::from_millis(100);
const NOTE: Duration = Duration::from_millis(500);

/// Passes the progress of one operation on.
pub(crate) struct Meter<'a> {
    net: &'a Network,
    stage: Cell<Option<Stage>>,
    shown: Cell<Option<Instant>>,
    noted: Cell<Instant>,
}

impl<'a> Meter<'a> {
    pub(crate) fn new(net: &'a Network) -> Self {
        Self {
            net,
            stage: Cell::new(None),
            shown: Cell::new(None),
            noted: Cell::new(Instant::now()),
        }
    }

    /// Passes a snapshot on, where the last one is old enough or of another stage.
    pub(crate) fn report(&self, progress: Progress) {
        let now = Instant::now();
        let changed = self.stage.replace(Some(progress.stage)) != Some(progress.stage);
        let last = progress.total > 0 && progress.done >= progress.total;
        if changed || last || self.shown.get().is_none_or(|t| now - t >= SHOW) {
            self.shown.set(Some(now));
            if now - self.noted.get() >= NOTE {
                self.noted.set(now);
                self.net.journal.progress(&in_words(&progress), progress.bytes);
            }
            if let Some(sink) = &self.net.progress {
                sink(progress);
            }
        }
    }

    /// A stage that has no numbers yet.
    pub(crate) fn stage(&self, stage: Stage) {
        self.report(Progress {
            stage,
            done: 0,
            total: 0,
            bytes: 0,
        });
    }
}

fn in_words(progress: &Progress) -> String {
    let what = match progress.stage {
        Stage::Connecting => "connecting",
        Stage::Receiving => "receiving objects",
        Stage::Resolving => "resolving deltas",
        Stage::WritingFiles => "writing files",
        Stage::Packing => "packing objects",
        Stage::Sending => "sending objects",
    };
    match progress.total {
        0 => what.to_owned(),
        total => format!("{what}: {} of {total}", progress.done),
    }
}
