//! A host, a folder and the real git.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use sheaf_git::clone::{CloneReport, clone};
use sheaf_git::credentials::Credentials;
use sheaf_git::error::GitError;
use sheaf_git::event::Journal;
use sheaf_git::model::Oid;
use sheaf_git::network::Network;
use sheaf_git::push::{PushMode, PushOutcome};
use sheaf_git::repository::Repo;
use sheaf_git::uri::RemoteUri;
use sheaf_git_host::{Access, CertificateKind, Fault, Host, Listener, Request};
use tempfile::TempDir;

pub(crate) const REPO: &str = "team/parcels";
pub(crate) const TOKEN: &str = "secret-of-ana-0123";
pub(crate) const BO: (&str, &str) = ("Bo", "bo@example.com");

pub(crate) struct World {
    pub(crate) host: Host,
    pub(crate) dir: TempDir,
}

impl World {
    /// A repository with one commit, and Ana, who may do anything.
    pub(crate) fn new() -> Self {
        let world = Self::empty(CertificateKind::Valid);
        world.colleague(
            "main",
            &[("README.md", "# Parcels\n"), ("a/b.yml", "x: 1\n")],
            "Begin",
        );
        world
    }

    pub(crate) fn empty(kind: CertificateKind) -> Self {
        let host = Host::start_with_certificate(kind).unwrap();
        host.create_repo(REPO).unwrap();
        host.add_token(TOKEN, "ana", Access::ReadWrite);
        Self {
            host,
            dir: TempDir::new().unwrap(),
        }
    }

    /// Enough data that a transfer can be interrupted.
    pub(crate) fn big() -> Self {
        let world = Self::new();
        let text = noise(3_000_000);
        world.colleague("main", &[("big.txt", &text)], "Grow");
        world
    }

    pub(crate) fn colleague(&self, branch: &str, files: &[(&str, &str)], message: &str) -> String {
        self.host
            .push_as_colleague(REPO, branch, files, BO, message)
            .unwrap()
    }

    pub(crate) fn uri(&self) -> RemoteUri {
        RemoteUri::parse(&self.host.url(REPO)).unwrap()
    }

    pub(crate) fn net(&self) -> Network {
        self.net_with(TOKEN)
    }

    pub(crate) fn net_with(&self, token: &str) -> Network {
        let credentials = (self.uri().origin().clone(), Credentials::token(token));
        Network {
            credentials: Some(credentials),
            ..self.anonymous()
        }
    }

    pub(crate) fn anonymous(&self) -> Network {
        let mut net = Network::new(Journal::start(
            "parcels",
            "test",
            None,
            Some(&self.host.url(REPO)),
        ));
        net.ca_file = Some(self.host.ca_file().to_owned());
        net
    }

    pub(crate) fn target(&self) -> PathBuf {
        self.dir.path().join("clone")
    }

    pub(crate) fn try_clone(&self, net: &Network) -> Result<CloneReport, GitError> {
        clone(&self.uri(), &self.target(), None, net)
    }

    pub(crate) fn clone(&self) -> Repo {
        self.try_clone(&self.net()).unwrap().repo
    }

    /// The error of a clone that has to fail and to leave nothing.
    pub(crate) fn failed_clone(&self, net: &Network) -> GitError {
        let Err(error) = self.try_clone(net) else {
            panic!("the clone worked")
        };
        self.assert_nothing_left();
        error
    }

    pub(crate) fn failed_clone_with(&self, fault: Fault) -> GitError {
        self.host.fault(REPO, Some(fault));
        self.failed_clone(&self.net())
    }

    pub(crate) fn assert_nothing_left(&self) {
        let left: Vec<_> = std::fs::read_dir(self.dir.path())
            .unwrap()
            .flatten()
            .map(|e| e.path())
            .collect();
        assert!(left.is_empty(), "left behind: {left:?}");
    }

    /// Runs the real git in the clone.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        git(&self.target(), arguments)
    }

    /// Runs the real git on the host's repository.
    pub(crate) fn bare(&self, arguments: &[&str]) -> String {
        git(&self.host.repo_path(REPO), arguments)
    }

    /// Commits a file in the clone and gives the commit.
    pub(crate) fn commit(&self, file: &str, text: &str) -> Oid {
        std::fs::write(self.target().join(file), text).unwrap();
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", file]);
        self.tip("HEAD")
    }

    pub(crate) fn tip(&self, name: &str) -> Oid {
        Oid(self.git(&["rev-parse", name]))
    }

    pub(crate) fn remote_tip(&self, branch: &str) -> Oid {
        Oid(self.host.branch(REPO, branch).unwrap())
    }

    pub(crate) fn push(&self, repo: &Repo) -> PushOutcome {
        repo.push("main", "main", &PushMode::Normal, &self.net()).unwrap()
    }

    /// Requests to a listener since the log was cleared.
    pub(crate) fn requests(&self, listener: Listener) -> Vec<Request> {
        self.host
            .requests()
            .into_iter()
            .filter(|r| r.listener == listener)
            .collect()
    }

    /// Both repositories pass git's own check.
    pub(crate) fn assert_sound(&self) {
        self.git(&["fsck", "--full", "--strict"]);
        self.bare(&["fsck", "--full", "--strict"]);
        assert_eq!(self.git(&["status", "--porcelain"]), "");
    }
}

pub(crate) fn git(dir: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args([
            "-c",
            "user.name=Ana",
            "-c",
            "user.email=ana@example.com",
            "-c",
            "commit.gpgSign=false",
        ])
        .args(["-c", "safe.directory=*"])
        .args(arguments)
        .current_dir(dir)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env_remove("GIT_INDEX_FILE")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "git {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Text that does not compress well.
pub(crate) fn noise(length: usize) -> String {
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut text = String::with_capacity(length);
    while text.len() < length {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        write!(text, "{seed:016x}").unwrap();
        if seed.is_multiple_of(5) {
            text.push('\n');
        }
    }
    text
}

pub(crate) const SOON: Duration = Duration::from_millis(500);
