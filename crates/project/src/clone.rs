//! Clone: bring a remote repository to a new folder, see what it holds, and keep its settings.

use std::path::Path;
use std::sync::Arc;

use sheaf_collection::Collections;
use sheaf_git::event::Journal;
use sheaf_git::repository::Repo;

use crate::connection::{network_for, no_uri};
use crate::error::{ProjectError, Result};
use crate::keychain::{Account, TokenStore};
use crate::model::{Cloned, Holds, RemoteSettingsInput};
use crate::project::{Project, Run, fail};
use crate::settings::Checked;

/// Clones `input.uri` to `target`, which must not exist or be empty. A failure or a cancel leaves nothing behind.
/// The token is kept only once the clone has shown that it works.
pub fn clone(
    input: &RemoteSettingsInput,
    target: &Path,
    tokens: Arc<TokenStore>,
    run: &Run,
) -> Result<Cloned> {
    let checked = Checked::new(input)?;
    let uri = checked.uri.clone().ok_or_else(no_uri)?;
    if !target.is_absolute() {
        return Err(ProjectError::refused(
            "bad-target",
            format!("“{}” is not a full path", target.display()),
            "Choose the folder that the clone goes to.",
        ));
    }
    let name = target
        .file_name()
        .map_or_else(|| uri.repo_name(), |n| n.to_string_lossy().into_owned());
    let journal = Journal::start(&name, "clone", None, Some(uri.as_str()));
    let result = run_clone(&checked, &uri, target, tokens, run, &journal);
    match &result {
        Ok(cloned) => journal.finished(&told(cloned)),
        Err(e) => fail(&journal, e),
    }
    result.map_err(|e| e.keeping("Nothing was left behind on this computer."))
}

fn run_clone(
    checked: &Checked,
    uri: &sheaf_git::uri::RemoteUri,
    target: &Path,
    tokens: Arc<TokenStore>,
    run: &Run,
    journal: &Journal,
) -> Result<Cloned> {
    let network = network_for(checked, uri, &tokens, run, journal.clone())?;
    let mut settings = Ok(());
    let report = sheaf_git::clone::clone_and(uri, target, None, &network, &mut |repo| {
        settings = checked.choose_ca_file(uri).and_then(|()| checked.write(repo));
    })?;
    let mut warnings = report.warnings;
    if let Err(e) = settings {
        warnings.push(format!("The settings are not all kept. {}", e.view().message));
    }
    if let Some(token) = &checked.token {
        let account = Account {
            origin: uri.origin().clone(),
            username: checked.user(),
        };
        tokens.set(&account, token);
    }
    let project = Project::at(report.repo.work_dir(), tokens);
    let holds = if report.empty {
        Holds::Nothing
    } else if has_collection(&project, &report.repo)? {
        Holds::Collections
    } else {
        Holds::NoCollections
    };
    Ok(Cloned {
        card: project.card(),
        holds,
        warnings,
    })
}

/// Only the files that make a collection are read, which are few, unless there is none among them.
fn has_collection(project: &Project, repo: &Repo) -> Result<bool> {
    let makes_one = |path: &str| {
        let in_tree = Collections::holds(path, []);
        Collections::is_root(path) || (Collections::may_hold(path) && !in_tree)
    };
    if let Some(head) = repo.head()?.commit()
        && !Collections::read(repo.files_at(head, &makes_one)?).is_empty()
    {
        return Ok(true);
    }
    Ok(!project.collections(repo)?.is_empty())
}

fn told(cloned: &Cloned) -> String {
    match cloned.holds {
        Holds::Collections => "cloned".to_owned(),
        Holds::NoCollections => "cloned; the repository holds no collection yet".to_owned(),
        Holds::Nothing => "cloned; the repository is empty".to_owned(),
    }
}
