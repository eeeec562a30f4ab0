//! What other programs do to a project is noticed: its folders are watched, and where that is not possible looked at.

mod bell;
mod calm;
mod drive;
mod eyes;
mod ground;
mod mark;

use std::sync::Arc;
use std::time::{Duration, Instant};

pub(crate) use calm::Calm;
pub(crate) use mark::Mark;

use self::bell::Bell;
use self::eyes::Eyes;
use self::ground::Ground;
use crate::project::Project;

/// A burst of events is over when it was quiet for this long…
const QUIET: Duration = Duration::from_millis(200);
/// … or has lasted this long: who works on for minutes wants to see something meanwhile.
const LONGEST_BURST: Duration = Duration::from_millis(800);
/// How often a project is looked at that cannot be watched.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Looking takes no more than this part of the time.
const LOOK_SHARE: u32 = 10;

/// Where the system refused to watch it is asked again after this time.
const ASK_AGAIN: Duration = Duration::from_secs(60);

/// How changes are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The system says so, where it can: not on network drives, and only for so many folders.
    Told,
    /// By a look from time to time.
    Looking,
}

/// Watches one project for as long as it lives.
pub struct Watch {
    project: Project,
    wanted: How,
    bell: Arc<Bell>,
    eyes: Option<Eyes>,
    told: Option<Mark>,
    next_look: Instant,
    /// Until then the system is not asked to watch.
    refused_until: Option<Instant>,
}

impl Project {
    /// Begins to watch. What the last [`view`](Self::view) showed is where changes count from.
    pub fn watch(&self, how: How) -> Watch {
        let mut watch = Watch {
            project: self.clone(),
            wanted: how,
            bell: Arc::default(),
            eyes: None,
            told: None,
            next_look: Instant::now() + LOOK_EVERY,
            refused_until: None,
        };
        watch.open_eyes();
        let mark = watch.mark();
        let seen = self.seen().unwrap_or(mark);
        if seen != mark {
            // It changed since it was shown, before anybody listened.
            watch.bell.ring(false);
        }
        watch.told = Some(seen);
        watch
    }
}

impl Watch {
    /// How changes are noticed now.
    pub fn how(&self) -> How {
        if self.eyes.is_some() {
            How::Told
        } else {
            How::Looking
        }
    }

    /// Waits for the project to differ from what the last view of it showed, at most this long; true where it does.
    pub fn wait(&mut self, at_most: Duration) -> bool {
        let end = Instant::now() + at_most;
        loop {
            let stirred = match self.eyes {
                Some(_) => self.wait_for_bell(end),
                None => self.wait_for_look(end),
            };
            if !stirred {
                return false;
            }
            if self.differs() {
                return true;
            }
        }
    }

    /// True when something stirred and it is quiet again.
    fn wait_for_bell(&mut self, end: Instant) -> bool {
        if !self.bell.wait(end) {
            return false;
        }
        let rung = self.bell.settle(QUIET, LONGEST_BURST);
        if rung.folders {
            self.open_eyes();
        }
        true
    }

    /// True when it is time to look again.
    fn wait_for_look(&mut self, end: Instant) -> bool {
        let until = end.min(self.next_look);
        std::thread::sleep(until.saturating_duration_since(Instant::now()));
        if Instant::now() < self.next_look {
            return false;
        }
        // A folder that was gone for a moment can be watched again.
        self.open_eyes();
        true
    }

    /// The new watches stand before the old ones go, and the look at the project comes after: nothing falls between.
    fn open_eyes(&mut self) {
        let refused = self.refused_until.is_some_and(|until| Instant::now() < until);
        if self.wanted == How::Looking || refused {
            return;
        }
        let Some(ground) = Ground::of(&self.project) else {
            self.eyes = None;
            return;
        };
        match Eyes::open(ground, self.bell.clone(), self.project.calm().clone()) {
            Ok(eyes) => self.eyes = Some(eyes),
            Err(why) => {
                log::info!(
                    "{} is looked at each second: {why}",
                    self.project.root().display()
                );
                self.eyes = None;
                self.refused_until = Some(Instant::now() + ASK_AGAIN);
            }
        }
    }

    fn differs(&mut self) -> bool {
        let start = Instant::now();
        let mark = self.mark();
        self.next_look = Instant::now() + LOOK_EVERY.max(start.elapsed() * LOOK_SHARE);
        if self.project.seen() == Some(mark) {
            self.told = None;
            return false;
        }
        self.told.replace(mark) != Some(mark)
    }

    fn mark(&self) -> Mark {
        self.project.mark().unwrap_or_else(|e| Mark::unreadable(&e))
    }
}
