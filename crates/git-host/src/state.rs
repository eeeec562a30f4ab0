use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::access::{Account, Authorization, Tokens};
use crate::hook::Rule;
use crate::repository::{Repositories, without_suffix};
use crate::request_log::RequestLog;
use crate::{Access, Fault, HostError};

/// The base URLs of the host's three servers.
#[derive(Debug, Clone)]
pub(crate) struct Origins {
    pub(crate) main: String,
    pub(crate) other: String,
    pub(crate) plain: String,
}

/// What the owner of the host and its server threads share.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) origins: Origins,
    pub(crate) repositories: Repositories,
    pub(crate) log: RequestLog,
    settings: Mutex<Settings>,
}

#[derive(Debug, Default)]
struct Settings {
    tokens: Tokens,
    faults: HashMap<String, Fault>,
    rules: HashMap<String, Vec<Rule>>,
}

impl State {
    pub(crate) fn new(origins: Origins, repositories: Repositories) -> Self {
        Self {
            origins,
            repositories,
            log: RequestLog::default(),
            settings: Mutex::default(),
        }
    }

    fn settings(&self) -> MutexGuard<'_, Settings> {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn add_token(&self, token: &str, user: &str, access: Access) {
        self.settings().tokens.add(token, user, access);
    }

    pub(crate) fn remove_token(&self, token: &str) {
        self.settings().tokens.remove(token);
    }

    pub(crate) fn account(&self, authorization: Option<&Authorization>) -> Option<Account> {
        self.settings().tokens.account(authorization)
    }

    pub(crate) fn set_fault(&self, repo: &str, fault: Option<Fault>) {
        let name = without_suffix(repo).to_owned();
        let faults = &mut self.settings().faults;
        match fault {
            Some(fault) => faults.insert(name, fault),
            None => faults.remove(&name),
        };
    }

    pub(crate) fn fault(&self, repo: &str) -> Option<Fault> {
        self.settings().faults.get(without_suffix(repo)).cloned()
    }

    /// Changes the rules of a repository and installs the hooks that follow from them.
    pub(crate) fn change_rules(
        &self,
        repo: &str,
        change: impl FnOnce(&mut Vec<Rule>),
    ) -> Result<(), HostError> {
        let path = self.repositories.existing(repo)?;
        let mut settings = self.settings();
        let rules = settings.rules.entry(without_suffix(repo).to_owned()).or_default();
        change(rules);
        crate::hook::install(&self.repositories, &path, rules)
    }
}
