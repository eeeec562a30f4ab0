//! The programs that are compared, and the host they all talk to.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use sheaf_git_host::{Access, Host};
use sheaf_project::keychain::TokenStore;
use sheaf_project::model::RemoteSettingsInput;
use sheaf_project::project::Project;

use super::repository::{Repository, Shape};
use crate::failure::Failure;
use crate::tool::{git, program};

const TOKEN: &str = "bench-token-4711";
const USER: &str = "ana";
/// `ana:bench-token-4711`, as git is told to send it at once: otherwise it would ask twice.
const BASIC: &str = "Authorization: Basic YW5hOmJlbmNoLXRva2VuLTQ3MTE=";

/// A host, and room for what is cloned from it.
pub(super) struct Desk {
    pub(super) host: Host,
    pub(super) rounds: usize,
    folder: PathBuf,
    twins: Cell<usize>,
}

impl Desk {
    pub(super) fn new(folder: &Path, rounds: usize) -> Result<Self, Failure> {
        let host = Host::start_in(&folder.join("host"), 0)?;
        host.add_token(TOKEN, USER, Access::ReadWrite);
        super::clear(&folder.join("clones"))?;
        Ok(Self {
            host,
            rounds,
            folder: folder.to_owned(),
            twins: Cell::new(0),
        })
    }

    /// The repository of that shape.
    pub(super) fn repository(&self, shape: &Shape) -> Result<Repository, Failure> {
        let path = self.host.create_repo(&on_host(shape.name()))?;
        shape.make(&path)
    }

    /// A second one with the same history, whose branches move by themselves.
    pub(super) fn copy(&self, of: &Repository, name: &str) -> Result<Repository, Failure> {
        let path = self.host.repo_path(&on_host(name));
        super::clear(&path)?;
        self.host.create_repo(&on_host(name))?;
        let from = of.path.to_string_lossy();
        git(&path, &["fetch", "--quiet", &from, "main:main"])?;
        git(&path, &["tag", "--force", "start", "main"])?;
        Ok(Repository {
            name: of.name,
            path,
            files: of.files.clone(),
        })
    }

    /// Where `name` is cloned to; nothing is there yet.
    pub(super) fn room(&self, name: &str) -> Result<PathBuf, Failure> {
        let room = self.folder.join("clones").join(name);
        super::clear(&room)?;
        if let Some(parent) = room.parent() {
            std::fs::create_dir_all(parent)?;
        }
        Ok(room)
    }

    /// A clone by git, to work in, with its files older than its index.
    pub(super) fn clone_of(&self, of: &Repository, name: &str) -> Result<PathBuf, Failure> {
        let room = self.room(name)?;
        let (url, to) = (self.url(of), room.to_string_lossy().into_owned());
        crate::tool::run(&mut self.git(&self.folder, &["clone", "--quiet", &url, &to]))?;
        for (key, value) in [
            ("user.name", "Ana"),
            ("user.email", "ana@example.test"),
            ("gc.auto", "0"),
            ("maintenance.auto", "false"),
        ] {
            git(&room, &["config", key, value])?;
        }
        Ok(room)
    }

    /// A copy of a clone, for work that replaces many files and is measured more than once: for minutes after files went,
    /// ext4 is slow to make new ones (it does not give out the inodes of the old ones yet), which does not happen to people.
    pub(super) fn twin_of(&self, clone: &Path) -> Result<PathBuf, Failure> {
        self.twins.set(self.twins.get() + 1);
        let name = clone.file_name().unwrap_or_default().to_string_lossy();
        let twin = clone.with_file_name(format!("{name}-{}", self.twins.get()));
        crate::tool::run(program("cp", &self.folder).arg("-a").args([clone, &twin]))?;
        git(&twin, &["update-index", "-q", "--refresh"])?;
        Ok(twin)
    }

    /// A clone by Sheaf, opened as the window has it.
    pub(super) fn project_of(&self, of: &Repository, name: &str) -> Result<Project, Failure> {
        let room = self.room(name)?;
        let project = self.clone_to(of, &room)?;
        project.view()?;
        Ok(project)
    }

    /// Clones by Sheaf.
    pub(super) fn clone_to(&self, of: &Repository, room: &Path) -> Result<Project, Failure> {
        let tokens = Arc::new(TokenStore::given(TOKEN.into()));
        let input = RemoteSettingsInput {
            uri: Some(self.url(of)),
            author_name: Some("Ana".to_owned()),
            author_email: Some("ana@example.test".to_owned()),
            username: Some(USER.to_owned()),
            ca_file: Some(self.host.ca_file().to_string_lossy().into_owned()),
            token: None,
            pull_by: None,
        };
        let cloned = sheaf_project::clone::clone(
            &input,
            room,
            Arc::clone(&tokens),
            &sheaf_project::project::Run::default(),
        )?;
        drop(cloned);
        Ok(Project::open(room, tokens)?)
    }

    pub(super) fn url(&self, of: &Repository) -> String {
        let name = of.path.file_stem().unwrap_or_default().to_string_lossy();
        self.host.url(&on_host(&name))
    }

    /// git, which trusts the host and sends the token at once.
    pub(super) fn git(&self, folder: &Path, arguments: &[&str]) -> Command {
        let mut command = program("git", folder);
        command
            .args(arguments)
            .env("GIT_SSL_CAINFO", self.host.ca_file())
            .env("GIT_CONFIG_COUNT", "1")
            .env("GIT_CONFIG_KEY_0", "http.extraHeader")
            .env("GIT_CONFIG_VALUE_0", BASIC);
        command
    }

    /// The `sheaf` program.
    pub(super) fn sheaf(folder: &Path, arguments: &[&str]) -> Result<Command, Failure> {
        let sheaf = std::env::current_exe()?.with_file_name(format!("sheaf{}", std::env::consts::EXE_SUFFIX));
        let mut command = program(sheaf, folder);
        command.args(arguments).env("SHEAF_TOKEN", TOKEN);
        Ok(command)
    }

    /// isomorphic-git under node.
    pub(super) fn isomorphic(&self, work: &str, folder: &Path, of: &Repository) -> Command {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("isomorphic-git/peer.js");
        let mut command = program("node", &self.folder);
        command
            .arg(script)
            .arg(work)
            .arg(folder)
            .args([&self.url(of), TOKEN])
            .env("NODE_EXTRA_CA_CERTS", self.host.ca_file());
        command
    }
}

fn on_host(name: &str) -> String {
    format!("bench/{name}")
}
