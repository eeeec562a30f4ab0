//! How much of the way back is kept: by number, by age, and by what it takes on disk.

use std::collections::HashSet;

use crate::error::GitError;
use crate::event::now_ms;
use crate::model::Oid;
use crate::repository::Repo;
use crate::undo_record::{DROPPED, Record, UNDO, id_of};

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// Bounds of what is kept for undo. The newest point stays whatever they say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UndoLimits {
    /// How many operations can be undone.
    pub points: usize,
    /// How many days an operation can be undone.
    pub days: u64,
    /// How many bytes may be kept that are in no commit.
    pub bytes: u64,
}

impl Default for UndoLimits {
    fn default() -> Self {
        Self {
            points: 200,
            days: 90,
            bytes: 500 * 1024 * 1024,
        }
    }
}

impl UndoLimits {
    /// How old something may be, in milliseconds.
    pub(crate) fn age_ms(&self) -> u64 {
        self.days.saturating_mul(DAY_MS)
    }

    /// Points that each hold no more than this cannot exceed the limit together, so they need not be weighed.
    fn share(&self) -> u64 {
        self.bytes / u64::try_from(self.points.max(1)).unwrap_or(u64::MAX)
    }
}

impl Repo {
    /// Sets how much is kept for undo from now on.
    pub fn set_undo_limits(&mut self, limits: UndoLimits) {
        self.undo_limits = limits;
    }

    /// Keeps points in bounds after one was written that holds `added` bytes.
    pub(crate) fn prune_points_after(&self, added: u64) -> Result<(), GitError> {
        self.prune_way_back(added > self.undo_limits.share())
    }

    /// Keeps points in bounds, after a look at what they take.
    pub(crate) fn prune_points(&self) -> Result<(), GitError> {
        self.prune_way_back(true)
    }

    fn prune_way_back(&self, weigh: bool) -> Result<(), GitError> {
        let limits = self.undo_limits;
        let oldest = now_ms().saturating_sub(limits.age_ms());
        let oldest = format!("{oldest:013}");
        let undo = self.point_names(UNDO)?;
        let newest = undo.first().cloned();
        let (mut used, mut weighed) = (0, HashSet::new());
        // What was set aside comes last: it goes first where there is no room.
        for names in [undo, self.point_names(DROPPED)?] {
            for (n, name) in names.iter().enumerate() {
                if weigh {
                    used += self.weight(name, &mut weighed)?;
                }
                let goes = n >= limits.points || id_of(name) < oldest.as_str() || used > limits.bytes;
                if goes && Some(name) != newest.as_ref() {
                    self.remove_ref(name)?;
                }
            }
        }
        self.prune_private()
    }

    /// Bytes that are kept for this point and for none of those `weighed` before.
    fn weight(&self, name: &str, weighed: &mut HashSet<Oid>) -> Result<u64, GitError> {
        let files = self
            .read_record(name)
            .map_or_else(|_| Vec::new(), |record| record.files);
        let mut bytes = self.private_weight(id_of(name))?;
        for file in files {
            if let (Some((oid, _)), Some(size)) = (file.before, file.own_bytes)
                && weighed.insert(oid)
            {
                bytes += size;
            }
        }
        Ok(bytes)
    }
}

impl Record {
    /// Bytes of files that are in no commit.
    pub(crate) fn own_bytes(&self) -> u64 {
        self.files.iter().filter_map(|file| file.own_bytes).sum()
    }
}
