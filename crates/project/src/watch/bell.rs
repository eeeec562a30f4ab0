//! Rung by the thread that hears of changes, heard by the one that waits. It keeps no list, so a burst of any size fits.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What happened since somebody last listened.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Rung {
    /// When it last rang.
    last: Option<Instant>,
    /// Folders came, went or were renamed, or events were lost: what is watched has to be found anew.
    pub(super) folders: bool,
}

#[derive(Default)]
pub(super) struct Bell {
    rung: Mutex<Rung>,
    heard: Condvar,
}

impl Bell {
    pub(super) fn ring(&self, folders: bool) {
        let mut rung = self.lock();
        rung.last = Some(Instant::now());
        rung.folders |= folders;
        self.heard.notify_all();
    }

    /// True as soon as it has rung, false at `end`.
    pub(super) fn wait(&self, end: Instant) -> bool {
        let left = end.saturating_duration_since(Instant::now());
        let waited = self
            .heard
            .wait_timeout_while(self.lock(), left, |rung| rung.last.is_none());
        waited.unwrap_or_else(PoisonError::into_inner).0.last.is_some()
    }

    /// Waits until it is quiet again and forgets; says what it was.
    pub(super) fn settle(&self, quiet: Duration, longest: Duration) -> Rung {
        let end = Instant::now() + longest;
        let mut rung = self.lock();
        while let Some(last) = rung.last {
            let until = end.min(last + quiet);
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            let waited = self.heard.wait_timeout(rung, left);
            rung = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        std::mem::take(&mut rung)
    }

    fn lock(&self) -> MutexGuard<'_, Rung> {
        self.rung.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
