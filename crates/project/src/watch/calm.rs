//! Whether nothing has happened to a project since it was last looked at, so that looking again can be spared.
//!
//! The system tells of changes in their order. A file that is made here and heard of is a point in that order: everything
//! that happened before it has been heard by then. Where anything is not certain, the answer is no.

use std::fs::{self, File};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Longer than this a look would take itself.
const PATIENCE: Duration = Duration::from_millis(20);
/// How the names of the files begin that are made to be heard of.
const SIGN: &str = "calm-";
/// As other half-written files of ours end; what a crash leaves is cleared away with them.
const ENDING: &str = ".tmp";

static NEXT: AtomicU64 = AtomicU64::new(0);

/// How often something happened, as far as that is known.
#[derive(Debug, Default)]
pub(crate) struct Calm {
    state: Mutex<State>,
    heard: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// Those who watch all of it now. None: nothing is known.
    eyes: usize,
    stirs: u64,
    /// The newest sign that was heard.
    sign: u64,
}

impl Calm {
    /// A number that is another one as soon as something happened. `None` where nobody watches. `own` is the folder of our
    /// own files.
    pub(crate) fn now(&self, own: &Path) -> Option<u64> {
        if self.lock().eyes == 0 {
            return None;
        }
        let number = NEXT.fetch_add(1, Ordering::Relaxed) + 1;
        let sign = own.join(format!("{SIGN}{}-{number}{ENDING}", std::process::id()));
        let made = File::create_new(&sign);
        let _ = fs::remove_file(&sign);
        made.ok()?;
        let end = Instant::now() + PATIENCE;
        let mut state = self.lock();
        while state.sign < number {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            let waited = self.heard.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        (state.eyes > 0).then_some(state.stirs)
    }

    /// Something happened.
    pub(super) fn stir(&self) {
        self.lock().stirs += 1;
    }

    /// Somebody watches all of it from now on.
    fn begin(&self) {
        let mut state = self.lock();
        state.eyes += 1;
        state.stirs += 1;
    }

    /// Somebody does not any more.
    fn end(&self) {
        let mut state = self.lock();
        state.eyes = state.eyes.saturating_sub(1);
        state.stirs += 1;
    }

    /// True where `path` is a sign, which is no change.
    pub(super) fn hears(&self, path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let Some(sign) = name.strip_prefix(SIGN).and_then(|rest| rest.strip_suffix(ENDING)) else {
            return false;
        };
        if let Some((process, number)) = sign.split_once('-')
            && process.parse() == Ok(std::process::id())
            && let Ok(number) = number.parse()
        {
            let mut state = self.lock();
            state.sign = state.sign.max(number);
            self.heard.notify_all();
        }
        true
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Somebody who watches, as long as all of it is seen.
pub(super) struct Watching {
    calm: Arc<Calm>,
    phase: Mutex<Phase>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    NotYet,
    All,
    /// There is something that is not seen.
    NoMore,
}

impl Watching {
    pub(super) fn new(calm: Arc<Calm>) -> Self {
        Self {
            calm,
            phase: Mutex::new(Phase::NotYet),
        }
    }

    pub(super) fn calm(&self) -> &Calm {
        &self.calm
    }

    /// All of it is seen from now on, unless something came up that is not.
    pub(super) fn begin(&self) {
        let mut phase = self.phase();
        if *phase == Phase::NotYet {
            *phase = Phase::All;
            self.calm.begin();
        }
    }

    /// Something is not seen.
    pub(super) fn stop(&self) {
        if std::mem::replace(&mut *self.phase(), Phase::NoMore) == Phase::All {
            self.calm.end();
        }
    }

    fn phase(&self) -> MutexGuard<'_, Phase> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.stop();
    }
}
