//! A history as `git fast-import` reads it.

use std::io::Write;

use crate::failure::Failure;

/// The first commit of an invented history, and how far apart they are.
const START: u64 = 1_717_000_000;
const APART: u64 = 600;

/// Writes commits, each on top of the one before.
pub(super) struct Stream<W> {
    to: W,
    commits: u64,
}

impl<W: Write> Stream<W> {
    pub(super) fn new(to: W) -> Self {
        Self { to, commits: 0 }
    }

    /// A commit of some files to `name`, after the last commit of `after` where that is another ref.
    pub(super) fn commit(
        &mut self,
        name: &str,
        after: Option<&str>,
        files: &[(String, String)],
    ) -> Result<(), Failure> {
        let time = START + self.commits * APART;
        let message = format!("Step {}", self.commits);
        self.commits += 1;
        writeln!(self.to, "commit {name}")?;
        writeln!(self.to, "author Ana <ana@example.test> {time} +0000")?;
        writeln!(self.to, "committer Ana <ana@example.test> {time} +0000")?;
        writeln!(self.to, "data {}\n{message}", message.len())?;
        if let Some(after) = after {
            writeln!(self.to, "from {after}")?;
        }
        for (path, text) in files {
            writeln!(self.to, "M 100644 inline {path}\ndata {}\n{text}", text.len())?;
        }
        writeln!(self.to)?;
        Ok(())
    }

    pub(super) fn end(mut self) -> Result<(), Failure> {
        writeln!(self.to, "done")?;
        Ok(())
    }
}
