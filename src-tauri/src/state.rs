//! What the shell keeps while it runs: the known projects, running operations, and the tokens' keeper.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use sheaf_project::error::Result;
use sheaf_project::git::cancel::CancelToken;
use sheaf_project::keychain::TokenStore;
use sheaf_project::model::ProjectView;
use sheaf_project::project::Project;
use sheaf_project::user_settings::UserSettings;

/// Shared by all commands.
pub(crate) struct Shell {
    tokens: Arc<TokenStore>,
    projects: Mutex<HashMap<String, Project>>,
    running: Mutex<HashMap<String, CancelToken>>,
    settings: Mutex<UserSettings>,
    ahead: Mutex<Option<Ahead>>,
}

/// What was read before the page asked for it is news no longer than this.
const FRESH: Duration = Duration::from_secs(10);

/// A project that is read before the page asks for it.
struct Ahead {
    id: String,
    since: Instant,
    reading: JoinHandle<Result<ProjectView>>,
}

impl Default for Shell {
    fn default() -> Self {
        Self {
            tokens: Arc::new(TokenStore::system()),
            projects: Mutex::default(),
            running: Mutex::default(),
            settings: Mutex::default(),
            ahead: Mutex::default(),
        }
    }
}

impl Shell {
    /// The keeper of the tokens.
    pub(crate) fn tokens(&self) -> &Arc<TokenStore> {
        &self.tokens
    }

    /// The project with this id, opened once and kept, so that what was read of it stays.
    pub(crate) fn project(&self, id: &str) -> Result<Project> {
        if let Some(project) = lock(&self.projects).get(id) {
            return Ok(project.clone());
        }
        let project = Project::open(Path::new(id), self.tokens.clone())?;
        project.use_settings(&lock(&self.settings));
        if let Err(e) = project.clean_up() {
            log::warn!("{id} could not be cleared up: {e}");
        }
        // who opened it first meanwhile keeps what was read
        Ok(lock(&self.projects)
            .entry(id.to_owned())
            .or_insert(project)
            .clone())
    }

    /// Begins to read the project that the page will ask for first, while the page is still loading.
    pub(crate) fn read_ahead(self: &Arc<Self>, id: &str) {
        let (shell, project) = (self.clone(), id.to_owned());
        *lock(&self.ahead) = Some(Ahead {
            id: id.to_owned(),
            since: Instant::now(),
            reading: std::thread::spawn(move || shell.project(&project)?.view()),
        });
    }

    /// What the project page shows. What was read ahead is shown to the first that asks, and read again where that failed.
    /// What changed since is noticed by the watch, which counts from what was read.
    pub(crate) fn view(&self, id: &str) -> Result<ProjectView> {
        let ahead = lock(&self.ahead).take();
        let ahead = ahead.filter(|ahead| ahead.id == id && ahead.since.elapsed() < FRESH);
        if let Some(Ok(Ok(view))) = ahead.map(|ahead| ahead.reading.join()) {
            return Ok(view);
        }
        self.project(id)?.view()
    }

    /// All projects work by these preferences from now on.
    pub(crate) fn use_settings(&self, settings: &UserSettings) {
        lock(&self.settings).clone_from(settings);
        for project in lock(&self.projects).values() {
            project.use_settings(settings);
        }
    }

    /// Forgets what was read of a project.
    pub(crate) fn close(&self, id: &str) {
        lock(&self.ahead).take_if(|ahead| ahead.id == id);
        lock(&self.projects).remove(id);
    }

    /// Registers an operation, so that `cancel` finds it.
    pub(crate) fn begin(self: &Arc<Self>, operation: String) -> Running {
        let token = CancelToken::new();
        lock(&self.running).insert(operation.clone(), token.clone());
        Running {
            shell: self.clone(),
            operation,
            token,
        }
    }

    /// Asks an operation to stop; one that is over is none of our business.
    pub(crate) fn cancel(&self, operation: &str) {
        if let Some(token) = lock(&self.running).get(operation) {
            token.cancel();
        }
    }
}

/// A running operation; gone from the list when dropped.
pub(crate) struct Running {
    shell: Arc<Shell>,
    operation: String,
    /// Stops it.
    pub token: CancelToken,
}

impl Drop for Running {
    fn drop(&mut self) {
        lock(&self.shell.running).remove(&self.operation);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;

    use sheaf_project::open;
    use sheaf_project::watch::How;

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(60);

    /// A shell of its own, and folders for projects.
    struct Place {
        folder: tempfile::TempDir,
        shell: Arc<Shell>,
    }

    impl Place {
        fn new() -> Self {
            let shell = Shell {
                tokens: Arc::new(TokenStore::memory()),
                ..Shell::default()
            };
            Self {
                folder: tempfile::tempdir().unwrap(),
                shell: Arc::new(shell),
            }
        }

        /// A project with one collection; gives its id.
        fn project(&self, name: &str) -> String {
            let tokens = self.shell.tokens().clone();
            let project = open::new_project(self.folder.path(), name, tokens).unwrap();
            let id = project.root().to_str().unwrap().to_owned();
            name_collection(&id, "A");
            id
        }

        fn shown(&self, id: &str) -> String {
            self.shell.view(id).unwrap().collections[0].name.clone()
        }

        /// Reads ahead and waits for it.
        fn read_ahead(&self, id: &str) {
            self.shell.read_ahead(id);
            while !lock(&self.shell.ahead).as_ref().unwrap().reading.is_finished() {
                std::thread::yield_now();
            }
        }
    }

    fn name_collection(id: &str, name: &str) {
        let folder = Path::new(id).join(".insomnia/Workspace");
        fs::create_dir_all(&folder).unwrap();
        let text = format!("_id: wrk_1\ntype: Workspace\nparentId: null\nname: {name}\n");
        fs::write(folder.join("wrk_1.yml"), text).unwrap();
    }

    #[test]
    fn what_is_read_ahead_is_shown_once_and_a_change_since_is_noticed() {
        let place = Place::new();
        let id = place.project("one");
        place.read_ahead(&id);
        name_collection(&id, "B");
        assert_eq!(place.shown(&id), "A");
        let mut watch = place.shell.project(&id).unwrap().watch(How::Told);
        assert!(watch.wait(PATIENCE));
        assert_eq!(place.shown(&id), "B");
    }

    #[test]
    fn what_is_read_ahead_is_forgotten_when_another_project_is_opened_first() {
        let place = Place::new();
        let (one, two) = (place.project("one"), place.project("two"));
        place.read_ahead(&one);
        assert_eq!(place.shown(&two), "A");
        name_collection(&one, "B");
        assert_eq!(place.shown(&one), "B");
    }

    #[test]
    fn what_is_read_ahead_is_forgotten_with_its_project() {
        let place = Place::new();
        let id = place.project("one");
        place.read_ahead(&id);
        place.shell.close(&id);
        name_collection(&id, "B");
        assert_eq!(place.shown(&id), "B");
    }

    #[test]
    fn what_could_not_be_read_ahead_is_read_again() {
        let place = Place::new();
        let id = place.project("one");
        let away = place.folder.path().join("away");
        fs::rename(&id, &away).unwrap();
        place.read_ahead(&id);
        let gone = place.shell.project(&id).err().unwrap();
        place.read_ahead(&id);
        assert_eq!(place.shell.view(&id).unwrap_err().view().code, gone.view().code);
        place.read_ahead(&id);
        fs::rename(&away, &id).unwrap();
        assert_eq!(place.shown(&id), "A");
    }
}
