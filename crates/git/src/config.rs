//! The settings of a project, in its own `.git/config`, where git reads them too.

use git2::{Config, ConfigLevel, ErrorCode};

use crate::error::GitError;
use crate::repository::Repo;

/// The only remote Sheaf works with.
pub(crate) const REMOTE: &str = "origin";
const URL: &str = "remote.origin.url";
const FETCH: &str = "remote.origin.fetch";
const FETCH_ALL: &str = "+refs/heads/*:refs/remotes/origin/*";

impl Repo {
    /// Address of the remote, as it is written in the configuration.
    pub fn remote_url(&self) -> Option<String> {
        self.config_get(URL)
    }

    /// Sets the address of the remote and makes the remote where it is missing.
    pub fn set_remote_url(&self, url: &str) -> Result<(), GitError> {
        self.config_set(URL, Some(url))?;
        if self.config_get(FETCH).is_none() {
            self.config_set(FETCH, Some(FETCH_ALL))?;
        }
        Ok(())
    }

    /// Forgets the remote. Local branches stay, without an upstream.
    pub fn remove_remote(&self) -> Result<(), GitError> {
        match self.git.remote_delete(REMOTE) {
            Err(e) if e.code() != ErrorCode::NotFound => Err(e.into()),
            _ => Ok(()),
        }
    }

    /// Name and e-mail for commits: the project's own, else the user's.
    pub fn author(&self) -> (Option<String>, Option<String>) {
        let value = |key| {
            self.config_get(key)
                .or_else(|| crate::setup::user_config_value(key))
        };
        (value("user.name"), value("user.email"))
    }

    /// Sets name and e-mail for commits of this project.
    pub fn set_author(&self, name: &str, email: &str) -> Result<(), GitError> {
        for (value, what) in [(name, "name"), (email, "e-mail")] {
            if value.trim().is_empty() {
                return Err(GitError::NoAuthor(what));
            }
            refuse_control(what, value)?;
        }
        self.config_set("user.name", Some(name.trim()))?;
        self.config_set("user.email", Some(email.trim()))
    }

    /// A value of the project's own configuration.
    pub fn config_get(&self, key: &str) -> Option<String> {
        self.local_config().ok()?.get_string(key).ok()
    }

    /// Sets or (`None`) removes a value of the project's own configuration.
    pub fn config_set(&self, key: &str, value: Option<&str>) -> Result<(), GitError> {
        let mut config = self.local_config()?;
        let Some(value) = value else {
            return match config.remove(key) {
                Err(e) if e.code() != ErrorCode::NotFound => Err(e.into()),
                _ => Ok(()),
            };
        };
        refuse_control(key, value)?;
        Ok(config.set_str(key, value)?)
    }

    fn local_config(&self) -> Result<Config, GitError> {
        Ok(self.git.config()?.open_level(ConfigLevel::Local)?)
    }
}

/// Name and e-mail of the user's own Git configuration, to suggest for a new project.
pub fn user_author() -> (Option<String>, Option<String>) {
    let value = crate::setup::user_config_value;
    (value("user.name"), value("user.email"))
}

/// A line break in a value could smuggle in a second setting.
fn refuse_control(what: &str, value: &str) -> Result<(), GitError> {
    if value.chars().any(char::is_control) {
        return Err(GitError::BadValue(what.to_owned()));
    }
    Ok(())
}
