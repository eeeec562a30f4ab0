//! The settings of a project, in its own `.git/config`, where git reads them too.

use git2::{Config, ConfigLevel};

use crate::config_write::put;
use crate::error::GitError;
use crate::redact;
use crate::repository::Repo;
use crate::upstream::TRACKING;

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

    /// Sets the address of the remote and makes the remote where it is missing. Where it becomes another repository,
    /// what is known of the branches of the old one goes. The caller holds [`lock`](Self::lock).
    pub fn set_remote_url(&self, url: &str) -> Result<(), GitError> {
        self.set_remote_url_and(url, &[])
    }

    /// The same, and other settings in the same moment.
    pub fn set_remote_url_and(&self, url: &str, others: &[(&str, Option<&str>)]) -> Result<(), GitError> {
        // A user or a token in the address makes it no other repository. What is known of its branches comes back with the
        // next fetch, and so it is what goes first.
        let before = self.remote_url();
        if before.is_some_and(|before| redact::url(&before) != redact::url(url)) {
            self.forget_remote_branches()?;
        }
        let mut values = others.to_vec();
        values.push((URL, Some(url)));
        if self.config_get(FETCH).is_none() {
            values.push((FETCH, Some(FETCH_ALL)));
        }
        self.config_set_all(&values)
    }

    /// What the one remote had says nothing about the other: compared with it, there would be nothing to push. A fetch
    /// brings back what is true.
    fn forget_remote_branches(&self) -> Result<(), GitError> {
        let mut names = Vec::new();
        for name in self.git.references_glob(&format!("{TRACKING}*"))?.names() {
            names.push(name?.to_owned());
        }
        names.iter().try_for_each(|name| self.remove_ref(name))
    }

    /// Name and e-mail for commits: the project's own, else the user's.
    pub fn author(&self) -> (Option<String>, Option<String>) {
        let value = |key| {
            self.config_get(key)
                .or_else(|| crate::setup::user_config_value(key))
        };
        (value("user.name"), value("user.email"))
    }

    /// A value of the project's own configuration.
    pub fn config_get(&self, key: &str) -> Option<String> {
        self.local_config().ok()?.get_string(key).ok()
    }

    /// Sets or (`None`) removes a value of the project's own configuration.
    pub fn config_set(&self, key: &str, value: Option<&str>) -> Result<(), GitError> {
        put(&mut self.local_config()?, key, value)
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
