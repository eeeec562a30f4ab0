//! *Test connection*: which step of the way to the remote fails.

use sheaf_git::connection::check_connection;
use sheaf_git::credentials::Credentials;
use sheaf_git::event::Journal;
use sheaf_git::model::{ConnectionReport, ConnectionStep, StepState};
use sheaf_git::network::{Network, Timeouts};
use sheaf_git::uri::RemoteUri;

use crate::error::{ProjectError, Result};
use crate::keychain::{Account, TokenStore};
use crate::model::RemoteSettingsInput;
use crate::project::{Project, Run, remote_uri};
use crate::settings::{Checked, ca_file};

impl Project {
    /// Tries the settings of this project, with `input` in place of what is kept where it is given.
    pub fn test_connection(
        &self,
        input: &RemoteSettingsInput,
        run: &Run,
        on_step: &dyn Fn(&ConnectionStep),
    ) -> Result<ConnectionReport> {
        let kept = self.remote_settings()?;
        let merged = RemoteSettingsInput {
            uri: input.uri.clone().or(kept.uri),
            username: input.username.clone().or(kept.username),
            ca_file: match &input.ca_file {
                Some(file) => Some(file.clone()),
                None => self.chosen_ca_file()?,
            },
            ..input.clone()
        };
        test_connection(&self.name(), &merged, self.tokens(), run, on_step)
    }

    fn chosen_ca_file(&self) -> Result<Option<String>> {
        let repo = self.repo()?;
        let uri = remote_uri(&repo)?;
        Ok(ca_file(&repo, &uri)?.map(|file| file.to_string_lossy().into_owned()))
    }
}

/// Tries settings that belong to no project yet. A token that is kept for the same account is used where none is given.
pub fn test_connection(
    project: &str,
    input: &RemoteSettingsInput,
    tokens: &TokenStore,
    run: &Run,
    on_step: &dyn Fn(&ConnectionStep),
) -> Result<ConnectionReport> {
    let checked = Checked::new(input)?;
    let uri = checked.uri.clone().ok_or_else(no_uri)?;
    let journal = Journal::start(project, "check", None, Some(uri.as_str()));
    let network = network_for(&checked, &uri, tokens, run, journal.clone())?;
    let report = check_connection(&uri, &network, on_step);
    match report.steps.iter().find_map(|s| match &s.result {
        StepState::Failed {
            code,
            message,
            advice,
        } => Some((code, message, advice)),
        _ => None,
    }) {
        Some((code, message, advice)) => {
            journal.ended(sheaf_git::event::Phase::Failed, message, code, advice);
        }
        None => journal.finished("every step works"),
    }
    Ok(report)
}

/// What a network operation needs before there is a repository.
pub(crate) fn network_for(
    checked: &Checked,
    uri: &RemoteUri,
    tokens: &TokenStore,
    run: &Run,
    journal: Journal,
) -> Result<Network> {
    let account = Account {
        origin: uri.origin().clone(),
        username: checked.user(),
    };
    let token = match &checked.token {
        Some(token) => Some(token.clone()),
        None => tokens.get(&account)?.map(|(token, _)| token),
    };
    Ok(Network {
        credentials: token.map(|token| {
            (
                uri.origin().clone(),
                Credentials {
                    username: account.username,
                    token,
                },
            )
        }),
        ca_file: checked.ca_path(),
        cancel: run.cancel.clone(),
        progress: run.progress.clone(),
        journal,
        timeouts: Timeouts::default(),
    })
}

pub(crate) fn no_uri() -> ProjectError {
    sheaf_git::uri::UriProblem::Empty.into()
}
