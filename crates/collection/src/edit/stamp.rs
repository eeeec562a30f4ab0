//! When an edit is made, and whether that is written down.

/// The time of an edit. A plain number of milliseconds stands for a stamp that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Unix time in milliseconds.
    pub now: i64,
    /// Whether `modified` of what an edit really changes is brought up to date, as Insomnia does. What is new has
    /// both times in any case.
    pub write_modified: bool,
}

impl From<i64> for Stamp {
    fn from(now: i64) -> Self {
        Self {
            now,
            write_modified: true,
        }
    }
}
