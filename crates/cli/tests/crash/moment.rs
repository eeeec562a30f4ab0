//! When a process is killed: at a call of the system that changes something, counted exactly, or at a time by chance.

use std::fmt;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use crate::support::{Ran, ran};

/// Calls that change files; not every system has each of them.
const CHANGES: &str = "?write,?writev,?pwrite64,?ftruncate,?fallocate,?fsync,?fdatasync,?rename,?renameat,?renameat2,\
?unlink,?unlinkat,?link,?linkat,?symlink,?symlinkat,?mkdir,?mkdirat,?rmdir,?chmod,?fchmod,?fchmodat,?utimensat,?flock";

/// A moment in the life of a process.
#[derive(Clone, Copy)]
pub(crate) enum Moment {
    /// Before the n-th changing call of a thread of it.
    Call(u64),
    /// After this time.
    After(Duration),
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(n) => write!(f, "killed before changing call {n}"),
            Self::After(time) => write!(f, "killed after {time:?}"),
        }
    }
}

/// How long a process runs when it is left alone.
#[derive(Clone, Copy)]
pub(crate) struct Life {
    /// Changing calls of that thread which makes most of them; nought where they cannot be counted.
    pub(crate) calls: u64,
    pub(crate) time: Duration,
}

impl Life {
    /// Runs it twice; `again` sees to it that both runs begin alike.
    pub(crate) fn of(command: &dyn Fn() -> Command, again: &dyn Fn()) -> Self {
        let start = Instant::now();
        let mut whole = command();
        let output = whole.stdin(Stdio::null()).output().unwrap();
        let time = start.elapsed();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{said}");
        if !can_count() {
            return Self { calls: 0, time };
        }
        again();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("calls");
        let mut traced = traced(&command(), &["--seccomp-bpf", "-o", &file.to_string_lossy()], "");
        assert!(quiet(&mut traced).status().unwrap().success());
        Self {
            calls: most_of_a_thread(&file),
            time,
        }
    }
}

fn most_of_a_thread(trace: &Path) -> u64 {
    let mut calls = std::collections::BTreeMap::<String, u64>::new();
    for line in fs::read_to_string(trace).unwrap().lines() {
        let begins = line.contains('(') && !line.contains(" resumed>");
        if let Some((thread, _)) = line.split_once(' ').filter(|_| begins) {
            *calls.entry(thread.to_owned()).or_default() += 1;
        }
    }
    calls.into_values().max().unwrap_or_default()
}

/// Runs it up to the moment. Says whether it was killed; otherwise it had ended before.
pub(crate) fn run_until(command: &mut Command, moment: Moment) -> bool {
    match moment {
        Moment::Call(n) => {
            let kill = format!(":signal=KILL:when={n}");
            let mut traced = traced(command, &["-o", "/dev/null"], &kill);
            let status = quiet(&mut traced).status().unwrap();
            status.signal() == Some(9)
        }
        Moment::After(time) => {
            let mut child = quiet(command).spawn().unwrap();
            std::thread::sleep(time);
            child.kill().unwrap();
            child.wait().unwrap().signal() == Some(9)
        }
    }
}

/// Calls that a disk can refuse. Writing is left out, as standard output is written to as well.
const FALLIBLE: &str = "?pwrite64,?ftruncate,?fallocate,?fsync,?fdatasync,?rename,?renameat,?renameat2,?unlink,?unlinkat,\
?link,?linkat,?mkdir,?mkdirat,?rmdir,?chmod,?fchmod,?fchmodat";

/// Runs it on a disk whose n-th call fails, and maybe all after it.
pub(crate) fn run_failing(command: &Command, n: u64, and_all_after: bool) -> Ran {
    let plus = if and_all_after { "+" } else { "" };
    let fail = format!("inject={FALLIBLE}:error=EIO:when={n}{plus}");
    ran(traced(command, &["-o", "/dev/null", "-e", &fail], ""), None)
}

fn quiet(command: &mut Command) -> &mut Command {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
}

/// The same command under `strace`.
fn traced(command: &Command, options: &[&str], kill: &str) -> Command {
    let mut traced = Command::new("strace");
    traced
        .args(["-f", "-qq"])
        .args(options)
        .args(["-e", &format!("trace={CHANGES}")]);
    if !kill.is_empty() {
        traced.args(["-e", &format!("inject={CHANGES}{kill}")]);
    }
    traced.arg(command.get_program()).args(command.get_args());
    if let Some(dir) = command.get_current_dir() {
        traced.current_dir(dir);
    }
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => traced.env(name, value),
            None => traced.env_remove(name),
        };
    }
    traced
}

/// Whether calls can be counted here: `strace` is there and may look.
pub(crate) fn can_count() -> bool {
    static CAN: OnceLock<bool> = OnceLock::new();
    *CAN.get_or_init(|| {
        let looks = quiet(&mut traced(&Command::new("true"), &["-o", "/dev/null"], "")).status();
        let can = looks.is_ok_and(|status| status.success());
        if !can {
            eprintln!("strace is not there or may not look: all moments are taken by the clock");
        }
        can
    })
}
