//! A token that another program left in the address of the remote, where every program can read it: moved to the keychain
//! once the person said so.

use sheaf_git::credentials::Secret;
use sheaf_git::repository::Repo;
use sheaf_git::uri::{RemoteUri, UriProblem};

use crate::error::{ProjectError, Result};
use crate::keychain::Account;
use crate::model::RemoteSettings;
use crate::project::Project;
use crate::settings::USERNAME;

/// An address that says who logs in.
struct Inside {
    uri: RemoteUri,
    username: Option<String>,
    token: Option<Secret>,
}

impl Project {
    /// The host whose user name or token stands in the address of the remote.
    pub fn address_token(&self) -> Result<Option<String>> {
        Ok(host_of_address_token(&self.repo()?))
    }

    /// Moves the token to the keychain, and the user name to the settings; the address keeps neither. Where there is no
    /// keychain it stays where it is, as it would be lost.
    pub fn move_address_token(&self) -> Result<RemoteSettings> {
        let (repo, _lock) = self.locked()?;
        let journal = self.journal("settings", &repo);
        let Some(found) = inside(&repo) else {
            return self.remote_settings();
        };
        let username = found.username.or_else(|| repo.config_get(USERNAME));
        if let Some(token) = &found.token {
            let account = Account {
                origin: found.uri.origin().clone(),
                username: username.clone(),
            };
            self.refuse_another_token(&account, token)?;
            self.tokens().keep(&account, token)?;
        }
        repo.set_remote_url_and(found.uri.as_str(), &[(USERNAME, username.as_deref())])?;
        journal.finished("the token was moved from the address to the keychain");
        drop(repo);
        self.remote_settings()
    }

    fn refuse_another_token(&self, account: &Account, token: &Secret) -> Result<()> {
        match self.tokens().get(account)? {
            Some((kept, _)) if kept.expose() != token.expose() => Err(ProjectError::refused(
                "another-token",
                format!("The keychain holds another token for {} already", account.origin),
                "Take the token out of the address in the repository settings, or remove the other one there first.",
            )),
            _ => Ok(()),
        }
    }
}

/// The host whose user name or token stands in the address of the remote.
pub(crate) fn host_of_address_token(repo: &Repo) -> Option<String> {
    inside(repo).map(|found| found.uri.host().to_owned())
}

fn inside(repo: &Repo) -> Option<Inside> {
    match RemoteUri::parse(&repo.remote_url()?) {
        Err(UriProblem::WithCredentials {
            clean,
            username,
            token,
        }) => Some(Inside {
            uri: RemoteUri::parse(&clean).ok()?,
            username,
            token,
        }),
        _ => None,
    }
}
