//! Access tokens: in the keychain of the system, or for this run only where there is none.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::Duration;

use sheaf_git::credentials::Secret;
use sheaf_git::uri::Origin;

use crate::error::{Cause, Result};
use crate::model::{KeychainStatus, TokenState};

/// Name of our entries in the keychain.
const SERVICE: &str = "Sheaf";

/// A locked keychain asks the user and blocks until somebody answers: this long, then we go on without.
const PATIENCE: Duration = Duration::from_secs(60);

/// Whose token: an origin (scheme, host, port) and, where one is set, the user name there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Account {
    /// The only place the token is ever sent to.
    pub origin: Origin,
    /// User name of the remote settings.
    pub username: Option<String>,
}

impl Account {
    fn key(&self) -> String {
        match &self.username {
            Some(name) => format!("{name} at {}", self.origin),
            None => self.origin.to_string(),
        }
    }
}

/// Where tokens are looked up and kept.
#[derive(Default)]
pub struct TokenStore {
    this_run: Mutex<HashMap<String, Secret>>,
    given: Option<Secret>,
    without_keychain: bool,
}

impl TokenStore {
    /// The keychain of the system.
    pub fn system() -> Self {
        Self::default()
    }

    /// Uses `token` for everything, as the command line does with `SHEAF_TOKEN`.
    pub fn given(token: Secret) -> Self {
        Self {
            given: Some(token),
            ..Self::default()
        }
    }

    /// Never touches the keychain of the system.
    pub fn memory() -> Self {
        Self {
            without_keychain: true,
            ..Self::default()
        }
    }

    /// Whether the keychain can be used. May block while the system asks the user to unlock it.
    pub fn status(&self) -> KeychainStatus {
        let message = self.probe().err();
        KeychainStatus {
            available: message.is_none(),
            message,
        }
    }

    /// The token of an account and where it was found.
    pub fn get(&self, account: &Account) -> Result<Option<(Secret, TokenState)>> {
        self.get_within(account, PATIENCE)
    }

    /// The same, for which the keychain may take this long.
    pub(crate) fn get_within(
        &self,
        account: &Account,
        patience: Duration,
    ) -> Result<Option<(Secret, TokenState)>> {
        if let Some(token) = &self.given {
            return Ok(Some((token.clone(), TokenState::ThisRun)));
        }
        let key = account.key();
        if let Some(token) = self.run_tokens().get(&key) {
            return Ok(Some((token.clone(), TokenState::ThisRun)));
        }
        if self.probe().is_err() {
            return Ok(None);
        }
        let found = within(patience, move || match entry(&key)?.get_password() {
            Ok(token) => Ok(Some(token)),
            Err(keyring::v1::Error::NoEntry) => Ok(None),
            Err(e) => Err(e),
        })?;
        Ok(found.map(|token| (Secret::new(token), TokenState::Keychain)))
    }

    /// Keeps a token, in memory where the keychain cannot be used or refuses, and says which it was.
    pub fn set(&self, account: &Account, token: &Secret) -> TokenState {
        if self.keep(account, token).is_ok() {
            return TokenState::Keychain;
        }
        self.run_tokens().insert(account.key(), token.clone());
        TokenState::ThisRun
    }

    /// Keeps a token in the keychain, or not at all.
    pub fn keep(&self, account: &Account, token: &Secret) -> Result<()> {
        self.probe().map_err(Cause::Keychain)?;
        let key = account.key();
        let (name, text) = (key.clone(), token.expose().to_owned());
        patiently(move || entry(&name)?.set_password(&text))?;
        self.run_tokens().remove(&key);
        Ok(())
    }

    /// Removes a token wherever it is.
    pub fn forget(&self, account: &Account) -> Result<()> {
        let key = account.key();
        self.run_tokens().remove(&key);
        if self.probe().is_err() {
            return Ok(());
        }
        patiently(move || match entry(&key)?.delete_credential() {
            Ok(()) | Err(keyring::v1::Error::NoEntry) => Ok(()),
            Err(e) => Err(e),
        })
    }

    fn run_tokens(&self) -> std::sync::MutexGuard<'_, HashMap<String, Secret>> {
        self.this_run.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn probe(&self) -> std::result::Result<(), String> {
        if self.without_keychain {
            return Err("it was switched off".to_owned());
        }
        match keyring::v1::Entry::store_status() {
            Ok(()) => Ok(()),
            Err(e) => Err(e.to_string()),
        }
    }
}

fn entry(key: &str) -> keyring::v1::Result<keyring::v1::Entry> {
    keyring::v1::Entry::new(SERVICE, key)
}

fn patiently<T: Send + 'static>(call: impl FnOnce() -> keyring::v1::Result<T> + Send + 'static) -> Result<T> {
    within(PATIENCE, call)
}

/// Runs a keychain call on a thread of its own, so that a prompt nobody answers does not hold us for ever.
fn within<T: Send + 'static>(
    patience: Duration,
    call: impl FnOnce() -> keyring::v1::Result<T> + Send + 'static,
) -> Result<T> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        // the receiver is gone once patience ran out; there is nobody left to tell
        let _ = sender.send(call());
    });
    match receiver.recv_timeout(patience) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(e)) => Err(Cause::Keychain(e.to_string()).into()),
        Err(_) => Err(Cause::Keychain("it did not answer in time".to_owned()).into()),
    }
}
