//! What the shell keeps while it runs: the known projects, running operations, and the tokens' keeper.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sheaf_project::error::Result;
use sheaf_project::git::cancel::CancelToken;
use sheaf_project::keychain::TokenStore;
use sheaf_project::project::Project;
use sheaf_project::user_settings::UserSettings;

/// Shared by all commands.
pub(crate) struct Shell {
    tokens: Arc<TokenStore>,
    projects: Mutex<HashMap<String, Project>>,
    running: Mutex<HashMap<String, CancelToken>>,
    settings: Mutex<UserSettings>,
}

impl Default for Shell {
    fn default() -> Self {
        Self {
            tokens: Arc::new(TokenStore::system()),
            projects: Mutex::default(),
            running: Mutex::default(),
            settings: Mutex::default(),
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
        lock(&self.projects).insert(id.to_owned(), project.clone());
        Ok(project)
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
