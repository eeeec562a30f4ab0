//! Remote settings: the URI and the author in the repository's own configuration, the token in the keychain.

use std::path::PathBuf;

use sheaf_git::credentials::{Credentials, Secret};
use sheaf_git::error::GitError;
use sheaf_git::repository::Repo;
use sheaf_git::uri::{Origin, RemoteUri, UriProblem};

use crate::error::{ProjectError, Result};
use crate::keychain::{Account, TokenStore};
use crate::model::{RemoteSettings, RemoteSettingsInput, TokenState, UriCheck};
use crate::project::{Project, remote_uri};
use crate::pull_by::{PullBy, pulls_by};
use crate::snapshot::forget_queue;

/// Where the user name of the account is kept in the repository's configuration.
pub(crate) const USERNAME: &str = "sheaf.username";
/// Where the path of a certificate authority file is kept.
const CA_FILE: &str = "sheaf.cafile";
/// A longer text is no name, address or token of anybody.
const LONGEST: usize = 4096;

impl Project {
    /// The settings as they are. The token itself never leaves.
    pub fn remote_settings(&self) -> Result<RemoteSettings> {
        let repo = self.repo()?;
        let (author_name, author_email) = repo.author();
        let uri = repo.remote_url();
        let parsed = uri.as_deref().and_then(|u| RemoteUri::parse(u).ok());
        let token = match &parsed {
            // a keychain that refuses is told when the token is needed; the settings can be read all the same
            Some(uri) => self
                .tokens()
                .get(&account(&repo, uri))
                .ok()
                .flatten()
                .map_or(TokenState::None, |(_, at)| at),
            None => TokenState::None,
        };
        Ok(RemoteSettings {
            uri: uri.map(|u| sheaf_git::redact::url(&u)),
            author_name,
            author_email,
            username: repo.config_get(USERNAME),
            ca_file: repo.config_get(CA_FILE),
            token,
            host: parsed.map(|uri| uri.host_help()),
            pull_by: Some(pulls_by(&repo)),
        })
    }

    /// Changes what is given and leaves the rest. All of it is checked before any of it is written.
    pub fn save_remote_settings(&self, input: &RemoteSettingsInput) -> Result<RemoteSettings> {
        let checked = Checked::new(input)?;
        let (repo, _lock) = self.locked()?;
        let journal = self.journal("settings", &repo);
        let uri = match checked.uri.clone() {
            Some(uri) => Some(uri),
            None => remote_uri(&repo).ok(),
        };
        if let Some(uri) = &uri {
            if let (None, Some(file)) = (&checked.ca_file, chosen_before(&repo)) {
                crate::trust::choose(uri.origin(), &file)?;
            }
            checked.choose_ca_file(uri)?;
            self.keep_token(&repo, uri, &checked);
        } else if checked.token.is_some() {
            return Err(GitError::NoRemote.into());
        }
        let moved = repo.remote_url() != uri.as_ref().map(|u| u.as_str().to_owned());
        checked.write(&repo)?;
        if moved {
            forget_queue(&repo)?;
        }
        journal.finished("repository settings saved");
        drop(repo);
        self.remote_settings()
    }

    /// Puts the token where this account's token belongs: a new one, the one the old address held inside, or the one
    /// that was kept for the old user name on the same host.
    fn keep_token(&self, repo: &Repo, uri: &RemoteUri, checked: &Checked) {
        let username = checked.username.clone().map_or_else(
            || repo.config_get(USERNAME),
            |u| Some(u).filter(|u| !u.is_empty()),
        );
        let account = Account {
            origin: uri.origin().clone(),
            username,
        };
        if let Some(token) = checked.token.clone().or_else(|| token_inside(repo, uri)) {
            self.tokens().set(&account, &token);
            return;
        }
        let old = self::account(repo, uri);
        if old != account
            && let Ok(Some((token, _))) = self.tokens().get(&old)
        {
            self.tokens().set(&account, &token);
            // an entry that stays behind is never used again
            let _ = self.tokens().forget(&old);
        }
    }

    /// Removes the token of this project's origin and account.
    pub fn forget_token(&self) -> Result<RemoteSettings> {
        let repo = self.repo()?;
        let uri = remote_uri(&repo)?;
        self.tokens().forget(&account(&repo, &uri))?;
        self.remote_settings()
    }
}

/// What is said about a URI while it is typed.
pub fn check_uri(text: &str) -> UriCheck {
    match RemoteUri::parse(text) {
        Ok(uri) => UriCheck::Ok {
            host: uri.host_help(),
            name: uri.repo_name(),
        },
        Err(UriProblem::WithCredentials {
            clean,
            username,
            token,
        }) => UriCheck::WithCredentials {
            message: UriProblem::WithCredentials {
                clean: clean.clone(),
                username: None,
                token: None,
            }
            .to_string(),
            clean,
            username,
            has_token: token.is_some(),
        },
        Err(problem) => UriCheck::Refused {
            code: problem.code().to_owned(),
            message: problem.to_string(),
        },
    }
}

/// Settings for a project that is not there yet: the author from the user's own Git configuration.
pub fn suggested_settings() -> RemoteSettings {
    let (author_name, author_email) = sheaf_git::config::user_author();
    RemoteSettings {
        uri: None,
        author_name,
        author_email,
        username: None,
        ca_file: None,
        token: TokenState::None,
        host: None,
        pull_by: None,
    }
}

/// Checks settings as a whole without keeping any.
pub fn check(input: &RemoteSettingsInput) -> Result<()> {
    Checked::new(input).map(|_| ())
}

/// The certificate authority file that was chosen for the address that is still in place: it goes along to a new one.
fn chosen_before(repo: &Repo) -> Option<PathBuf> {
    ca_file(repo, &remote_uri(repo).ok()?).ok().flatten()
}

/// The token that the kept address holds inside, where that address leads to the same host.
fn token_inside(repo: &Repo, uri: &RemoteUri) -> Option<Secret> {
    match RemoteUri::parse(&repo.remote_url()?) {
        Err(UriProblem::WithCredentials { clean, token, .. }) => {
            let old = RemoteUri::parse(&clean).ok()?;
            token.filter(|_| old.origin() == uri.origin())
        }
        _ => None,
    }
}

/// Settings that were checked as a whole.
pub(crate) struct Checked {
    pub(crate) uri: Option<RemoteUri>,
    pub(crate) token: Option<Secret>,
    author_name: Option<String>,
    author_email: Option<String>,
    pub(crate) username: Option<String>,
    ca_file: Option<String>,
    pull_by: Option<PullBy>,
}

impl Checked {
    pub(crate) fn new(input: &RemoteSettingsInput) -> Result<Self> {
        let uri = match input.uri.as_deref() {
            Some(text) => Some(RemoteUri::parse(text)?),
            None => None,
        };
        let author_name = line("author’s name", input.author_name.as_deref())?;
        if author_name.as_deref().is_some_and(|n| n.contains(['<', '>'])) {
            return Err(bad("author’s name", "it may not contain < or >"));
        }
        let author_email = line("author’s e-mail", input.author_email.as_deref())?;
        if author_email
            .as_deref()
            .is_some_and(|e| !e.is_empty() && !is_email(e))
        {
            return Err(bad("author’s e-mail", "it should look like name@example.com"));
        }
        let ca_file = line("certificate authority file", input.ca_file.as_deref())?;
        if let Some(path) = ca_file.as_deref().filter(|p| !p.is_empty()) {
            check_ca_file(path)?;
        }
        let token = match line("access token", input.token.as_deref())?.filter(|t| !t.is_empty()) {
            Some(token) if token.contains(char::is_whitespace) => {
                return Err(bad(
                    "access token",
                    "it contains a space; copy it again without anything around it",
                ));
            }
            token => token.map(Secret::new),
        };
        Ok(Self {
            uri,
            token,
            author_name,
            author_email,
            username: line("user name", input.username.as_deref())?,
            ca_file,
            pull_by: input.pull_by,
        })
    }

    /// Writes everything but the token into the repository's own configuration, all in one moment.
    pub(crate) fn write(&self, repo: &Repo) -> Result<()> {
        let texts = [
            ("user.name", &self.author_name),
            ("user.email", &self.author_email),
            (USERNAME, &self.username),
            (CA_FILE, &self.ca_file),
        ];
        let given = texts.iter().filter_map(|(key, text)| {
            let text = text.as_deref()?;
            Some((*key, Some(text).filter(|text| !text.is_empty())))
        });
        let mut values: Vec<_> = given.collect();
        values.extend(self.pull_by.map(crate::pull_by::setting));
        match &self.uri {
            Some(uri) => repo.set_remote_url_and(uri.as_str(), &values)?,
            None => repo.config_set_all(&values)?,
        }
        Ok(())
    }

    /// Notes that the person chose this file for this host.
    pub(crate) fn choose_ca_file(&self, uri: &RemoteUri) -> Result<()> {
        self.ca_path()
            .map_or(Ok(()), |file| crate::trust::choose(uri.origin(), &file))
    }

    pub(crate) fn ca_path(&self) -> Option<PathBuf> {
        self.ca_file
            .as_deref()
            .filter(|p| !p.is_empty())
            .map(PathBuf::from)
    }

    pub(crate) fn user(&self) -> Option<String> {
        self.username.clone().filter(|u| !u.is_empty())
    }
}

/// The account whose token a repository uses.
pub(crate) fn account(repo: &Repo, uri: &RemoteUri) -> Account {
    Account {
        origin: uri.origin().clone(),
        username: repo.config_get(USERNAME),
    }
}

pub(crate) fn credentials(
    repo: &Repo,
    uri: &RemoteUri,
    tokens: &TokenStore,
) -> Result<Option<(Origin, Credentials)>> {
    let account = account(repo, uri);
    let found = tokens.get(&account)?;
    Ok(found.map(|(token, _)| {
        (
            account.origin,
            Credentials {
                username: account.username,
                token,
            },
        )
    }))
}

/// The certificate authority file of a repository, where it was chosen on this computer.
pub(crate) fn ca_file(repo: &Repo, uri: &RemoteUri) -> Result<Option<PathBuf>> {
    let file = repo.config_get(CA_FILE).map(PathBuf::from);
    if let Some(file) = &file {
        crate::trust::check(uri.origin(), file)?;
    }
    Ok(file)
}

fn line(what: &str, text: Option<&str>) -> Result<Option<String>> {
    let Some(text) = text.map(str::trim) else {
        return Ok(None);
    };
    if text.chars().any(char::is_control) {
        return Err(bad(what, "it contains a line break or another control character"));
    }
    if text.len() > LONGEST {
        return Err(bad(what, "it is longer than 4,096 characters"));
    }
    Ok(Some(text.to_owned()))
}

/// Deliberately loose: the host decides what an address is; this only catches what cannot be one.
fn is_email(text: &str) -> bool {
    !text.contains(['<', '>', ' '])
        && text
            .split_once('@')
            .is_some_and(|(user, host)| !user.is_empty() && !host.is_empty())
}

fn check_ca_file(path: &str) -> Result<()> {
    let text =
        std::fs::read_to_string(path).map_err(|e| bad("certificate authority file", &e.to_string()))?;
    if text.contains("-----BEGIN CERTIFICATE-----") {
        Ok(())
    } else {
        Err(bad(
            "certificate authority file",
            "it holds no certificate in PEM form",
        ))
    }
}

fn bad(what: &str, why: &str) -> ProjectError {
    ProjectError::refused(
        "bad-setting",
        format!("The {what} cannot be used: {why}"),
        "Correct this field; the other settings are as they were.",
    )
}
