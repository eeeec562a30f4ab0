use std::net::{Ipv4Addr, TcpListener as StdListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;
use tokio_rustls::TlsAcceptor;

use crate::certificate::Certificates;
use crate::colleague::{self, ColleagueCommit};
use crate::hook::Rule;
use crate::repository::Repositories;
use crate::server;
use crate::state::{Origins, State};
use crate::{Access, CertificateKind, Fault, HostError, Listener, Refusal, Request, Vendor};

/// A running Git host. It stops when it is dropped, and takes the gits it started with it.
#[derive(Debug)]
pub struct Host {
    state: Arc<State>,
    ca_file: PathBuf,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    // The last field, so that the folder goes after the server that uses it.
    _temporary: Option<TempDir>,
}

impl Host {
    /// Starts a host with repositories of its own, on a free port; everything is gone when it stops.
    pub fn start() -> Result<Self, HostError> {
        Self::start_with_certificate(CertificateKind::Valid)
    }

    /// As [`start`](Self::start), with a certificate that is not necessarily sound.
    pub fn start_with_certificate(kind: CertificateKind) -> Result<Self, HostError> {
        let folder = TempDir::with_prefix("sheaf-git-host-").map_err(HostError::io("no temporary folder"))?;
        let dir = folder.path().to_owned();
        Self::launch(&dir, 0, kind, Some(folder))
    }

    /// Starts a host whose repositories stay in a folder from one start to the next. Port 0 is any free port.
    ///
    /// The certificate authority is new each time, in `ca.pem` in that folder.
    pub fn start_in(dir: &Path, port: u16) -> Result<Self, HostError> {
        Self::launch(dir, port, CertificateKind::Valid, None)
    }

    fn launch(
        dir: &Path,
        port: u16,
        kind: CertificateKind,
        temporary: Option<TempDir>,
    ) -> Result<Self, HostError> {
        let repositories = Repositories::new(dir.join("repositories"), dir.join("home"));
        for folder in [repositories.root(), repositories.home()] {
            std::fs::create_dir_all(folder).map_err(HostError::io("the host's folder could not be made"))?;
        }
        let certificates = Certificates::new(kind)?;
        let ca_file = dir.join("ca.pem");
        std::fs::write(&ca_file, &certificates.ca_pem)
            .map_err(HostError::io("the authority's certificate could not be written"))?;
        let sockets = Sockets::bind(port)?;
        let state = Arc::new(State::new(sockets.origins()?, repositories));
        let (stop, stopped) = oneshot::channel();
        let tls = TlsAcceptor::from(certificates.server);
        let thread = run(sockets, &tls, &state, stopped)?;
        Ok(Self {
            state,
            ca_file,
            stop: Some(stop),
            thread: Some(thread),
            _temporary: temporary,
        })
    }

    /// The base URL, without a slash at its end.
    pub fn origin(&self) -> String {
        self.state.origins.main.clone()
    }

    /// The base URL of a second host with the same certificate, which serves nothing and only logs.
    pub fn other_origin(&self) -> String {
        self.state.origins.other.clone()
    }

    /// The base URL of a host without TLS, which serves nothing and only logs.
    pub fn plain_origin(&self) -> String {
        self.state.origins.plain.clone()
    }

    /// The clone URL of a repository.
    pub fn url(&self, repo: &str) -> String {
        format!("{}/{repo}", self.state.origins.main)
    }

    /// The certificate authority to trust, as PEM.
    pub fn ca_file(&self) -> &Path {
        &self.ca_file
    }

    /// Where the bare repository lies on disk.
    pub fn repo_path(&self, repo: &str) -> PathBuf {
        self.state.repositories.path(repo)
    }

    /// Makes an empty repository whose default branch is `main`; one that exists is kept.
    pub fn create_repo(&self, repo: &str) -> Result<PathBuf, HostError> {
        self.state.repositories.create(repo)
    }

    /// Lets a token in, or changes what it allows. The user name is what refusals mention; any is accepted
    /// with the token.
    pub fn add_token(&self, token: &str, user: &str, access: Access) {
        self.state.add_token(token, user, access);
    }

    /// Makes a token unknown, as if it had expired.
    pub fn remove_token(&self, token: &str) {
        self.state.remove_token(token);
    }

    /// Refuses every push to a branch, in the vendor's words.
    pub fn protect(&self, repo: &str, branch: &str, vendor: Vendor) -> Result<(), HostError> {
        self.state.change_rules(repo, |rules| {
            rules.retain(|rule| !rule.protects(branch));
            rules.push(Rule::protecting(branch, vendor));
        })
    }

    /// Refuses every push to a repository for the given reason.
    pub fn refuse(&self, repo: &str, refusal: Refusal) -> Result<(), HostError> {
        let rule = Rule::refusing(refusal);
        self.state.change_rules(repo, |rules| rules.push(rule))
    }

    /// Takes back everything [`protect`](Self::protect) and [`refuse`](Self::refuse) set up for a repository.
    pub fn accept_pushes(&self, repo: &str) -> Result<(), HostError> {
        self.state.change_rules(repo, Vec::clear)
    }

    /// Sets the fault of a repository for all requests that begin from now on; `None` heals it.
    pub fn fault(&self, repo: &str, fault: Option<Fault>) {
        self.state.set_fault(repo, fault);
    }

    /// Every request so far, on all listeners, in the order of arrival.
    pub fn requests(&self) -> Vec<Request> {
        self.state.log.snapshot()
    }

    /// Forgets the requests so far.
    pub fn clear_requests(&self) {
        self.state.log.clear();
    }

    /// Commits files onto a branch as if a colleague had pushed, past all hooks and faults, and gives back the
    /// commit's id. A branch that does not exist begins at the default branch.
    pub fn push_as_colleague(
        &self,
        repo: &str,
        branch: &str,
        files: &[(&str, &str)],
        author: (&str, &str),
        message: &str,
    ) -> Result<String, HostError> {
        let commit = ColleagueCommit {
            branch,
            write: files,
            delete: &[],
            author,
            message,
        };
        commit.push(&self.state.repositories, &self.state.repositories.existing(repo)?)
    }

    /// As [`push_as_colleague`](Self::push_as_colleague), for a commit that deletes files or folders.
    pub fn delete_as_colleague(
        &self,
        repo: &str,
        branch: &str,
        paths: &[&str],
        author: (&str, &str),
        message: &str,
    ) -> Result<String, HostError> {
        let commit = ColleagueCommit {
            branch,
            write: &[],
            delete: paths,
            author,
            message,
        };
        commit.push(&self.state.repositories, &self.state.repositories.existing(repo)?)
    }

    /// The commit a branch is at; `None` if there is no such branch.
    pub fn branch(&self, repo: &str, branch: &str) -> Option<String> {
        let path = self.state.repositories.existing(repo).ok()?;
        colleague::commit(&self.state.repositories, &path, &format!("refs/heads/{branch}"))
    }

    /// Moves a branch to any commit the repository has, as a colleague's forced push would; `None` deletes it.
    pub fn move_branch(&self, repo: &str, branch: &str, commit: Option<&str>) -> Result<(), HostError> {
        let path = self.state.repositories.existing(repo)?;
        let name = format!("refs/heads/{branch}");
        match commit {
            Some(commit) => self
                .state
                .repositories
                .git(&path, &["update-ref", &name, commit], b"")?,
            None => self
                .state
                .repositories
                .git(&path, &["update-ref", "-d", &name], b"")?,
        };
        Ok(())
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A server that panicked has nothing left to stop.
            let _ = thread.join();
        }
    }
}

/// The three sockets, bound before any thread starts, so that a host that has started can be reached.
struct Sockets {
    main: StdListener,
    other: StdListener,
    plain: StdListener,
}

impl Sockets {
    fn bind(port: u16) -> Result<Self, HostError> {
        Ok(Self {
            main: bind(port)?,
            other: bind(0)?,
            plain: bind(0)?,
        })
    }

    fn origins(&self) -> Result<Origins, HostError> {
        Ok(Origins {
            main: origin("https", &self.main)?,
            other: origin("https", &self.other)?,
            plain: origin("http", &self.plain)?,
        })
    }
}

fn bind(port: u16) -> Result<StdListener, HostError> {
    let socket =
        StdListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(HostError::io("no port to listen on"))?;
    socket
        .set_nonblocking(true)
        .map_err(HostError::io("no port to listen on"))?;
    Ok(socket)
}

fn origin(scheme: &str, socket: &StdListener) -> Result<String, HostError> {
    let address = socket
        .local_addr()
        .map_err(HostError::io("no port to listen on"))?;
    Ok(format!("{scheme}://localhost:{}", address.port()))
}

/// Serves on a thread of its own, so that a host may be started and dropped inside any other runtime.
fn run(
    sockets: Sockets,
    tls: &TlsAcceptor,
    state: &Arc<State>,
    stopped: oneshot::Receiver<()>,
) -> Result<JoinHandle<()>, HostError> {
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(HostError::io("no runtime for the server"))?;
    let listeners = [
        (sockets.main, Some(tls.clone()), Listener::Main),
        (sockets.other, Some(tls.clone()), Listener::Other),
        (sockets.plain, None, Listener::Plain),
    ];
    for (socket, tls, listener) in listeners {
        listen(&runtime, socket, tls, listener, state)?;
    }
    std::thread::Builder::new()
        .name("sheaf-git-host".to_owned())
        .spawn(move || drop(runtime.block_on(stopped)))
        .map_err(HostError::io("no thread for the server"))
}

fn listen(
    runtime: &Runtime,
    socket: StdListener,
    tls: Option<TlsAcceptor>,
    listener: Listener,
    state: &Arc<State>,
) -> Result<(), HostError> {
    let _inside = runtime.enter();
    let socket = TcpListener::from_std(socket).map_err(HostError::io("no port to listen on"))?;
    runtime.spawn(server::accept(socket, tls, listener, Arc::clone(state)));
    Ok(())
}
