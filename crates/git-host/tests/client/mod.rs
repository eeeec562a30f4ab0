//! The real git as a client, apart from the configuration of whoever runs the tests.
#![allow(dead_code, reason = "each test binary uses a part of this")]
#![allow(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

pub(crate) mod raw;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use sheaf_git_host::{Access, Host, Listener, Request};
use tempfile::TempDir;

pub(crate) const REPO: &str = "team/parcels";
pub(crate) const TOKEN: &str = "token-of-ana";
pub(crate) const AUTHOR: (&str, &str) = ("Bo", "bo@example.com");

/// What a run of git ended with.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) ok: bool,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A host with one repository, and a folder for a user of git.
pub(crate) struct World {
    pub(crate) host: Host,
    pub(crate) folder: TempDir,
}

impl World {
    /// A repository with one commit, and Ana, who may do anything.
    pub(crate) fn new() -> Self {
        Self::with(Host::start().unwrap())
    }

    pub(crate) fn with(host: Host) -> Self {
        host.create_repo(REPO).unwrap();
        host.add_token(TOKEN, "ana", Access::ReadWrite);
        host.push_as_colleague(REPO, "main", &[("README.md", "# Parcels\n")], AUTHOR, "Begin")
            .unwrap();
        Self {
            host,
            folder: TempDir::new().unwrap(),
        }
    }

    pub(crate) fn clone_path(&self) -> PathBuf {
        self.folder.path().join("clone")
    }

    pub(crate) fn git(&self, dir: &Path, arguments: &[&str]) -> Outcome {
        self.git_with(TOKEN, dir, arguments)
    }

    pub(crate) fn git_with(&self, token: &str, dir: &Path, arguments: &[&str]) -> Outcome {
        let output = self.command(token, dir, arguments).output().unwrap();
        Outcome {
            ok: output.status.success(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// A git that may hang; it dies with the value that is given back.
    pub(crate) fn spawn(&self, arguments: &[&str]) -> Running {
        let mut command = self.command(TOKEN, self.folder.path(), arguments);
        Running(
            command
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap(),
        )
    }

    fn command(&self, token: &str, dir: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command
            .args([
                "-c",
                "user.name=Ana",
                "-c",
                "user.email=ana@example.com",
                "-c",
                "commit.gpgSign=false",
            ])
            .arg("-c")
            .arg(format!("http.extraHeader=Authorization: Bearer {token}"))
            .args(arguments)
            .current_dir(dir)
            .env("HOME", self.folder.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_SSL_CAINFO", self.host.ca_file())
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("LC_ALL", "C")
            .env_remove("GIT_DIR")
            .env_remove("GIT_WORK_TREE")
            .env_remove("GIT_INDEX_FILE");
        command
    }

    /// Clones into `clone`, in which further commands can run.
    pub(crate) fn clone_repo(&self) -> Outcome {
        self.git(self.folder.path(), &["clone", &self.host.url(REPO), "clone"])
    }

    /// A clone with one commit that the host does not have.
    pub(crate) fn clone_and_commit(&self) {
        let outcome = self.clone_repo();
        assert!(outcome.ok, "{}", outcome.stderr);
        self.commit("mine.txt", "mine\n");
    }

    pub(crate) fn commit(&self, file: &str, content: &str) {
        std::fs::write(self.clone_path().join(file), content).unwrap();
        for arguments in [&["add", "--all"][..], &["commit", "--quiet", "--message=Change"]] {
            let outcome = self.git(&self.clone_path(), arguments);
            assert!(outcome.ok, "{}", outcome.stderr);
        }
    }

    pub(crate) fn push(&self) -> Outcome {
        self.git(&self.clone_path(), &["push", "origin", "HEAD"])
    }

    pub(crate) fn requests_on(&self, listener: Listener) -> Vec<Request> {
        self.host
            .requests()
            .into_iter()
            .filter(|request| request.listener == listener)
            .collect()
    }
}

/// A child that is killed at the end of its test.
pub(crate) struct Running(Child);

impl Running {
    pub(crate) fn is_running(&mut self) -> bool {
        self.0.try_wait().unwrap().is_none()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits for something that another process is about to bring about; the test harness bounds the wait.
pub(crate) fn wait_until(mut done: impl FnMut() -> bool) {
    while !done() {
        std::thread::yield_now();
    }
}
