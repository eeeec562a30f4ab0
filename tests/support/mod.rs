//! What the tests of the window share: a team with its host, a desktop, and real git to judge what came of it.
#![allow(dead_code, reason = "each test uses a part of this")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper that fails is a test that fails"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use sheaf_demo::{Connection, Person, Team};
use sheaf_window_driver::{Desktop, Keychain, Window};

pub(crate) const APP: &str = env!("CARGO_BIN_EXE_sheaf-desktop");

/// A team at work: its host, and the desktop of one of them.
pub(crate) struct World {
    pub(crate) team: Team,
    pub(crate) desktop: Desktop,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with(Keychain::Unlocked)
    }

    pub(crate) fn with(keychain: Keychain) -> Self {
        Self {
            team: Team::start().unwrap(),
            desktop: Desktop::start(keychain).unwrap(),
        }
    }

    pub(crate) fn open(&self) -> Window {
        done(self.desktop.open(Path::new(APP)))
    }

    pub(crate) fn connection(&self) -> Connection {
        Connection::of(&self.team)
    }

    /// Where the tests clone to.
    pub(crate) fn project(&self) -> PathBuf {
        self.desktop.home().join("Sheaf/tracking")
    }

    /// A window with the clone of the team's repository open.
    pub(crate) fn open_clone(&self) -> Window {
        let window = self.open();
        done(Person::at(&window).clones(&self.connection(), &self.project()));
        window
    }

    /// What git says in the clone.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        git(&self.project(), arguments)
    }

    /// What git says in the repository on the host.
    pub(crate) fn host_git(&self, arguments: &[&str]) -> String {
        git(&self.team.host().repo_path(Team::REPOSITORY), arguments)
    }

    /// Nothing is broken in the clone, and no file under the home folder holds the token.
    pub(crate) fn is_sound(&self) {
        self.git(&["fsck", "--strict", "--no-dangling"]);
        let holders = files_with(&self.desktop.home(), Team::TOKEN.as_bytes());
        assert!(holders.is_empty(), "the token is in {holders:?}");
    }
}

/// A step that worked; the message of one that did not is made to be read.
#[track_caller]
pub(crate) fn done<T>(step: Result<T, sheaf_window_driver::DriverError>) -> T {
    match step {
        Ok(value) => value,
        Err(error) => panic!("{error}"),
    }
}

/// The log of a window that has done nothing a browser would complain about.
pub(crate) fn close(window: Window) -> String {
    let log = done(window.close());
    for complaint in ["CONSOLE SECURITY ERROR", "CONSOLE JS ERROR", "CONSOLE ERROR"] {
        assert!(!log.contains(complaint), "{complaint} in\n{log}");
    }
    assert!(!log.contains(Team::TOKEN), "the token is in the log:\n{log}");
    log
}

/// The git-events in a log, each as it stands in the developer console.
pub(crate) fn events(log: &str) -> Vec<&str> {
    log.lines()
        .filter_map(|line| line.split_once(" CONSOLE ").map(|(_, said)| said))
        .filter_map(|said| said.split_once(' ').map(|(_, message)| message))
        .filter(|message| message.starts_with("git-event"))
        .collect()
}

pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["-c", "safe.directory=*"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("LC_ALL", "C")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "git {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn files_with(folder: &Path, needle: &[u8]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                let content = std::fs::read(entry.path()).unwrap_or_default();
                if content.windows(needle.len()).any(|part| part == needle) {
                    found.push(entry.path());
                }
            }
        }
    }
    found
}
