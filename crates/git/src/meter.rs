//! Progress, thinned out: libgit2 reports each object, a window can use ten reports a second and a log two.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::network::Network;
use crate::progress::{Progress, Stage};

const SHOW: Duration = Duration::from_millis(100);
const NOTE: Duration = Duration::from_millis(500);

/// Passes the progress of one operation on. libgit2 reports from several threads while it packs.
pub(crate) struct Meter<'a> {
    net: &'a Network,
    last: Mutex<Last>,
}

struct Last {
    stage: Option<Stage>,
    shown: Option<Instant>,
    noted: Instant,
}

impl<'a> Meter<'a> {
    pub(crate) fn new(net: &'a Network) -> Self {
        Self {
            net,
            last: Mutex::new(Last {
                stage: None,
                shown: None,
                noted: Instant::now(),
            }),
        }
    }

    /// Passes a snapshot on, where the last one is old enough or of another stage.
    pub(crate) fn report(&self, progress: Progress) {
        let now = Instant::now();
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = last.stage.replace(progress.stage) != Some(progress.stage);
        let complete = progress.total > 0 && progress.done >= progress.total;
        if !changed && !complete && last.shown.is_some_and(|t| now - t < SHOW) {
            return;
        }
        last.shown = Some(now);
        let note = now - last.noted >= NOTE;
        if note {
            last.noted = now;
        }
        drop(last);
        if note {
            self.net.journal.progress(&in_words(&progress), progress.bytes);
        }
        if let Some(sink) = &self.net.progress {
            sink(progress);
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
