//! Other programs: those that are compared with, and git, which makes the repositories.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::failure::Failure;
use crate::measure::clock;

/// A program in a folder, quiet, with nothing of the user's own configuration of git.
pub(crate) fn program(name: impl AsRef<std::ffi::OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(name);
    command
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_DATE", "2026-01-05T10:00:00Z")
        .env("GIT_COMMITTER_DATE", "2026-01-05T10:00:00Z");
    command
}

/// How long it takes from start to end; an error unless it ends well.
pub(crate) fn timed(mut command: Command) -> Result<Duration, Failure> {
    clock(|| run(&mut command))
}

/// Runs git.
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> Result<(), Failure> {
    run(program("git", folder).args(arguments))
}

/// Runs a program to its end; an error unless it ends well.
pub(crate) fn run(command: &mut Command) -> Result<(), Failure> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command
        .status()
        .map_err(|e| Failure::new(format!("{name}: {e}")))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("{name} failed ({status})")))
    }
}
