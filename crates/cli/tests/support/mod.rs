//! A desk for one test: a home of its own, a Git host, `sheaf` and the real `git` as the judge.
#![allow(dead_code, reason = "every test file uses its own part")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use sheaf_git_host::{Access, Host};

/// A token that may write; the canary that must not show up anywhere.
pub const TOKEN: &str = "tok-canary-4711-write";
/// A token that may only read.
pub const READ_TOKEN: &str = "tok-canary-4711-read";
/// The repository most tests use.
pub const REPO: &str = "team/parcels";

pub struct Desk {
    pub host: Host,
    home: tempfile::TempDir,
}

/// What a command left.
pub struct Ran {
    pub status: i32,
    pub json: Value,
    pub stdout: String,
    pub stderr: String,
}

impl Desk {
    pub fn new() -> Self {
        let host = Host::start().expect("the host starts");
        host.add_token(TOKEN, "dana", Access::ReadWrite);
        host.add_token(READ_TOKEN, "remo", Access::ReadOnly);
        host.create_repo(REPO).expect("a repository");
        Self {
            host,
            home: tempfile::tempdir().expect("a home"),
        }
    }

    /// A desk whose repository holds one collection.
    pub fn with_collection() -> Self {
        let desk = Self::new();
        desk.colleague("main", &collection(), "Add the parcel collection");
        desk
    }

    pub fn url(&self) -> String {
        self.host.url(REPO)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn colleague(&self, branch: &str, files: &[(&str, &str)], message: &str) -> String {
        self.host
            .push_as_colleague(
                REPO,
                branch,
                files,
                ("Ana Colleague", "ana@example.test"),
                message,
            )
            .expect("the colleague pushes")
    }

    /// Clones with the command line to `name`.
    pub fn clone(&self, name: &str) -> PathBuf {
        let dir = self.path(name);
        let arguments = self.clone_arguments(name);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let ran = self.sheaf(self.home(), &arguments);
        assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
        dir
    }

    /// To clone into a folder of this name.
    pub fn clone_arguments(&self, name: &str) -> [String; 9] {
        let (url, authority) = (self.url(), self.ca());
        [
            "clone",
            &url,
            name,
            "--author-name",
            "Dana Developer",
            "--author-email",
            "dana@example.test",
            "--ca-file",
            &authority,
        ]
        .map(str::to_owned)
    }

    pub fn ca(&self) -> String {
        self.host.ca_file().to_string_lossy().into_owned()
    }

    /// `sheaf --json` in `dir` with the writing token.
    pub fn sheaf(&self, dir: &Path, args: &[&str]) -> Ran {
        self.sheaf_with(dir, args, Some(TOKEN), None)
    }

    pub fn sheaf_with(&self, dir: &Path, args: &[&str], token: Option<&str>, stdin: Option<&str>) -> Ran {
        let mut command = self.command(dir, args);
        if let Some(token) = token {
            command.env("SHEAF_TOKEN", token);
        }
        ran(command, stdin)
    }

    /// `sheaf --json` in `dir`, to be given an environment and run.
    pub fn command(&self, dir: &Path, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sheaf"));
        self.isolate(&mut command);
        command.current_dir(dir).args(["--json", "--events"]).args(args);
        command
    }

    /// `sheaf` as a person types it.
    pub fn sheaf_plain(&self, dir: &Path, args: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sheaf"));
        self.isolate(&mut command);
        command.current_dir(dir).args(args).env("SHEAF_TOKEN", TOKEN);
        ran(command, None)
    }

    /// Succeeds and returns the JSON.
    pub fn ok(&self, dir: &Path, args: &[&str]) -> Value {
        let ran = self.sheaf(dir, args);
        assert_eq!(ran.status, 0, "sheaf {args:?}: {}{}", ran.stdout, ran.stderr);
        ran.json
    }

    /// The real git.
    pub fn git(&self, dir: &Path, args: &[&str]) -> String {
        let mut command = Command::new("git");
        self.isolate(&mut command);
        let output = command.current_dir(dir).args(args).output().expect("git runs");
        assert!(
            output.status.success(),
            "git {args:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }

    /// The real git where it may stop; says whether it got to its end.
    pub fn try_git(&self, dir: &Path, args: &[&str]) -> bool {
        let mut command = Command::new("git");
        self.isolate(&mut command);
        let output = command.current_dir(dir).args(args).output().expect("git runs");
        output.status.success()
    }

    /// What git thinks of a work tree: sound objects, and nothing changed.
    pub fn clean(&self, dir: &Path) {
        self.git(dir, &["fsck", "--strict", "--no-dangling"]);
        assert_eq!(self.git(dir, &["status", "--porcelain"]), "");
    }

    /// As if the network were gone: nobody listens at this address.
    pub fn unplug(&self, dir: &Path) {
        self.git(
            dir,
            &["config", "remote.origin.url", "https://127.0.0.1:9/team/parcels"],
        );
        self.git(dir, &["config", "--unset", "sheaf.cafile"]);
    }

    /// The network is back.
    pub fn plug(&self, dir: &Path) {
        self.git(dir, &["config", "remote.origin.url", &self.url()]);
        self.git(dir, &["config", "sheaf.cafile", &self.ca()]);
    }

    /// A ref of the bare repository on the host.
    pub fn remote_ref(&self, branch: &str) -> Option<String> {
        self.host.branch(REPO, branch)
    }

    fn isolate(&self, command: &mut Command) {
        for (name, _) in std::env::vars() {
            if name.starts_with("GIT_")
                || name.starts_with("SHEAF_")
                || name.to_lowercase().ends_with("_proxy")
            {
                command.env_remove(name);
            }
        }
        command
            .env("HOME", self.home())
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_DATA_HOME", self.path("data"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_AUTHOR_NAME", "Judge")
            .env("GIT_AUTHOR_EMAIL", "judge@example.test")
            .env("GIT_COMMITTER_NAME", "Judge")
            .env("GIT_COMMITTER_EMAIL", "judge@example.test")
            // no secret service on this bus: the keychain is tested in the real window
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    }
}

/// Runs it to its end.
pub fn ran(mut command: Command, stdin: Option<&str>) -> Ran {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("sheaf runs");
    if let Some(mut pipe) = child.stdin.take() {
        pipe.write_all(stdin.unwrap_or_default().as_bytes())
            .expect("standard input");
    }
    let Output {
        status,
        stdout,
        stderr,
    } = child.wait_with_output().expect("sheaf ends");
    let stdout = String::from_utf8_lossy(&stdout).into_owned();
    Ran {
        status: status.code().expect("an exit status"),
        json: serde_json::from_str(&stdout).unwrap_or(Value::Null),
        stdout,
        stderr: String::from_utf8_lossy(&stderr).into_owned(),
    }
}

impl Ran {
    /// Code of the error object.
    pub fn code(&self) -> &str {
        self.json["error"]["code"].as_str().unwrap_or_default()
    }
}

pub const REQUEST: &str = ".insomnia/Request/req_7c6b5a4938271605f4e3d2c1b0a99887.yml";
pub const REQUEST_ID: &str = "req_7c6b5a4938271605f4e3d2c1b0a99887";

/// A small collection in the legacy tree, and a file beside it.
pub fn collection() -> Vec<(&'static str, &'static str)> {
    vec![
        (
            ".insomnia/Workspace/wrk_5b1f0c2e7d6a4f3b9c8e1a2d3f405162.yml",
            WORKSPACE,
        ),
        (
            ".insomnia/RequestGroup/fld_0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d.yml",
            FOLDER,
        ),
        (REQUEST, CREATE),
        (
            ".insomnia/Environment/env_089b064f280129285f90c9723395b230388e2a8e.yml",
            ENVIRONMENT,
        ),
        ("README.md", "# Parcels\n"),
    ]
}

const WORKSPACE: &str = "_id: wrk_5b1f0c2e7d6a4f3b9c8e1a2d3f405162
type: Workspace
parentId: null
modified: 1718000000000
created: 1717000000000
name: Parcel Tracking API
description: \"\"
scope: collection
";

const FOLDER: &str = "_id: fld_0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d
type: RequestGroup
parentId: wrk_5b1f0c2e7d6a4f3b9c8e1a2d3f405162
modified: 1718000000000
created: 1717000000000
name: Shipments
description: \"\"
environment: {}
environmentPropertyOrder: null
metaSortKey: -1717000000100
";

const CREATE: &str = "_id: req_7c6b5a4938271605f4e3d2c1b0a99887
type: Request
parentId: fld_0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d
modified: 1718000000000
created: 1717000000000
url: \"{{ _.base_url }}/shipments\"
name: Create shipment # keep this
description: \"\"
method: POST
body:
  mimeType: application/json
  text: |-
    {
    \t\"ref\": \"SH-1\"
    }
parameters: []
headers:
  - name: Content-Type
    value: application/json
authentication: {}
metaSortKey: -1717000000050.5
isPrivate: false
x-unknown: stays
settingStoreCookies: true
settingSendCookies: true
settingDisableRenderRequestBody: false
settingEncodeUrl: true
settingRebuildPath: true
settingFollowRedirects: global
";

const ENVIRONMENT: &str = "_id: env_089b064f280129285f90c9723395b230388e2a8e
type: Environment
parentId: wrk_5b1f0c2e7d6a4f3b9c8e1a2d3f405162
modified: 1718000000000
created: 1717000000000
name: Base Environment
data:
  base_url: https://parcels.example.test
  retries: 3
dataPropertyOrder: null
color: null
isPrivate: false
metaSortKey: 1717000000000
";

/// Every file below a folder, links as what they lead to; folders that are not wanted are left out.
pub fn files(root: &Path, wanted: &dyn Fn(&Path) -> bool) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_symlink() {
                let target = fs::read_link(&path).unwrap_or_default();
                found.insert(path, target.into_os_string().into_encoded_bytes());
            } else if !path.is_dir() {
                let bytes = fs::read(&path).unwrap_or_default();
                found.insert(path, bytes);
            } else if wanted(&path) {
                folders.push(path);
            }
        }
    }
    found
}
