//! What libgit2 tells us while it works with a remote.

use std::cell::{Cell, RefCell};

use git2::{PackBuilderStage, RemoteCallbacks};

use crate::event::Phase;
use crate::meter::Meter;
use crate::network::Network;
use crate::progress::{Progress, Stage};
use crate::sideband::Collector;
use crate::unwind;

/// So many lines of a server are written to the log.
const LINES: usize = 200;

/// What a server reported for a ref.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Report {
    Accepted,
    Refused(String),
    /// It did not mention the ref at all, which is no success.
    Missing,
}

/// Gathers what the callbacks of one operation say.
pub(crate) struct Listener<'a> {
    net: &'a Network,
    pub(crate) meter: Meter<'a>,
    said: RefCell<Collector>,
    lines: Cell<usize>,
    received: Cell<u64>,
    reported: RefCell<Vec<(String, Report)>>,
}

impl<'a> Listener<'a> {
    pub(crate) fn new(net: &'a Network) -> Self {
        Self {
            net,
            meter: Meter::new(net),
            said: RefCell::default(),
            lines: Cell::new(0),
            received: Cell::new(0),
            reported: RefCell::default(),
        }
    }

    /// Everything the server said, cleaned.
    pub(crate) fn server_text(&self) -> String {
        self.net.clean(&self.said.take().finish())
    }

    /// What the server reported for a ref; a later word about it counts more.
    pub(crate) fn report(&self, name: &str) -> Report {
        let reported = self.reported.borrow();
        reported
            .iter()
            .rev()
            .find(|(n, _)| n == name)
            .map_or(Report::Missing, |(_, report)| report.clone())
    }

    /// Bytes of objects received.
    pub(crate) fn received(&self) -> u64 {
        self.received.get()
    }

    /// Callbacks for receiving. Each of them also is a point where a cancel takes hold.
    pub(crate) fn receiving(&self) -> RemoteCallbacks<'_> {
        let mut callbacks = self.listening();
        callbacks.transfer_progress(|progress| {
            self.received.set(progress.received_bytes() as u64);
            self.meter.report(receiving(&progress));
            !self.net.cancel.is_cancelled()
        });
        callbacks
    }

    /// Callbacks for sending.
    pub(crate) fn sending(&self) -> RemoteCallbacks<'_> {
        let mut callbacks = self.listening();
        callbacks.pack_progress(|stage, done, total| {
            unwind::stop_where_cancelled(&self.net.cancel);
            let total = if matches!(stage, PackBuilderStage::Deltafication) {
                total
            } else {
                0
            };
            self.meter.report(Progress {
                stage: Stage::Packing,
                done: done as u64,
                total: total as u64,
                bytes: 0,
            });
        });
        callbacks.push_transfer_progress(|done, total, bytes| {
            let (done, total, bytes) = (done as u64, total as u64, bytes as u64);
            self.meter.report(Progress {
                stage: Stage::Sending,
                done,
                total,
                bytes,
            });
        });
        callbacks.push_update_reference(|name, status| {
            let report = status.map_or(Report::Accepted, |text| Report::Refused(self.net.clean(text)));
            self.reported.borrow_mut().push((name.to_owned(), report));
            Ok(())
        });
        callbacks
    }

    fn listening(&self) -> RemoteCallbacks<'_> {
        let mut callbacks = RemoteCallbacks::new();
        callbacks.sideband_progress(|piece| {
            self.hear(piece);
            !self.net.cancel.is_cancelled()
        });
        callbacks
    }

    /// Takes over a piece of what the server prints beside the data.
    pub(crate) fn hear(&self, piece: &[u8]) {
        self.said.borrow_mut().push(piece, |line| self.note(line));
    }

    /// So many bytes of objects have come until now.
    pub(crate) fn receive(&self, bytes: u64) {
        self.received.set(bytes);
    }

    fn note(&self, line: &str) {
        self.lines.set(self.lines.get() + 1);
        if self.lines.get() <= LINES {
            self.net.journal.note(Phase::Server, &self.net.clean(line));
        }
    }
}

fn receiving(progress: &git2::Progress<'_>) -> Progress {
    let total = progress.total_objects() as u64;
    let bytes = progress.received_bytes() as u64;
    let received = progress.received_objects() as u64;
    if total > 0 && received >= total && progress.total_deltas() > 0 {
        let (done, total) = (progress.indexed_deltas() as u64, progress.total_deltas() as u64);
        return Progress {
            stage: Stage::Resolving,
            done,
            total,
            bytes,
        };
    }
    Progress {
        stage: Stage::Receiving,
        done: received,
        total,
        bytes,
    }
}
