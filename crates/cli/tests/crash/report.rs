//! What came of it, for `docs/CRASHES.md`.

use crate::chance::seed;

/// Moments of an operation, counted by how they ended.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) before: usize,
    pub(crate) after: usize,
    /// Something half done was finished or taken back.
    pub(crate) recovered: usize,
    /// It had ended before it could be killed.
    pub(crate) too_late: usize,
    /// Counted by changing calls and not by the clock.
    pub(crate) by_call: usize,
}

impl Tally {
    /// Tells it, and keeps it where `SHEAF_CRASH_REPORT` names a folder.
    pub(crate) fn tell(&self, name: &str) {
        let all = self.before + self.after;
        let line = format!(
            "{name}\t{all}\t{}\t{}\t{}\t{}\t{}\t{}",
            self.by_call,
            self.before,
            self.after,
            self.recovered,
            self.too_late,
            seed()
        );
        eprintln!("name, moments, by call, before, after, recovered, too late, seed: {line}");
        if let Some(folder) = std::env::var_os("SHEAF_CRASH_REPORT") {
            let file = std::path::Path::new(&folder).join(name.replace(' ', "-"));
            std::fs::write(file, line).unwrap();
        }
    }
}
