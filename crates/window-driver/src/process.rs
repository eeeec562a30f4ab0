use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use crate::DriverError;
use crate::error::Result;

/// A program in the background; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Background {
    child: Child,
}

impl Background {
    pub(crate) fn spawn(command: &mut Command) -> Result<Self> {
        let name = command.get_args().nth(3).unwrap_or_default().to_owned();
        let child = command.spawn().map_err(DriverError::io(format!(
            "{} could not be started",
            name.display()
        )))?;
        Ok(Self { child })
    }

    /// Starts a program that says on its standard output, in one line, where it is to be found.
    pub(crate) fn announced(command: &mut Command) -> Result<(Self, String)> {
        let mut background = Self::spawn(command.stdout(Stdio::piped()))?;
        let mut line = String::new();
        if let Some(stdout) = background.child.stdout.take() {
            BufReader::new(stdout)
                .read_line(&mut line)
                .map_err(DriverError::io("a program's first line could not be read"))?;
        }
        let line = line.trim().to_owned();
        if line.is_empty() {
            return Err(DriverError::Answer(format!("{command:?} ended at once")));
        }
        Ok((background, line))
    }

    /// The programs it has started and that still run.
    pub(crate) fn children(&self) -> Vec<u32> {
        let id = self.child.id();
        std::fs::read_to_string(format!("/proc/{id}/task/{id}/children"))
            .unwrap_or_default()
            .split_whitespace()
            .filter_map(|id| id.parse().ok())
            .filter(|id| !is_over(*id))
            .collect()
    }

    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.child
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // Both fail only when the program has ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A program that has ended stays in the list until its parent asks for its status. Its first thread may have
/// ended before the others, which still hold its place on the bus.
fn is_over(id: u32) -> bool {
    let Ok(stat) = std::fs::read_to_string(format!("/proc/{id}/stat")) else {
        return true;
    };
    let ended = stat.rsplit(") ").next().is_some_and(|rest| rest.starts_with('Z'));
    let threads = std::fs::read_dir(format!("/proc/{id}/task")).map_or(0, Iterator::count);
    ended && threads <= 1
}

/// A command whose program is killed by the system when the thread that starts it ends without having dropped
/// it, as when a test runner gives up on a test.
pub(crate) fn mortal(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--"]).arg(program);
    command.stdin(Stdio::null());
    command
}
