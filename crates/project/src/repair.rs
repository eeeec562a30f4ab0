//! Making a damaged repository whole again.

use std::path::Path;
use std::sync::Arc;

use sheaf_git::error::GitError;
use sheaf_git::event::Journal;
use sheaf_git::repair::{Repair, Repaired};

use crate::error::{ProjectError, Result};
use crate::keychain::TokenStore;
use crate::project::{Project, Run, fail};
use crate::words::counted;

/// Repairs the repository `dir` is in: what is lost comes back from the files, the index and, unless `offline`, from the
/// remote. Files of the work tree stay as they are; what cannot be read is moved below `.git/sheaf/damaged`. Where the
/// remote is needed and cannot be reached, everything stays as it was.
pub fn repair(dir: &Path, tokens: &Arc<TokenStore>, offline: bool, run: &Run) -> Result<Repaired> {
    let repair = Repair::begin(dir)?;
    let project = Project::at(repair.repo().work_dir(), tokens.clone());
    let journal = project.journal("repair", repair.repo());
    let result = mend(&project, repair, offline, run, &journal);
    match &result {
        Ok(done) => journal.finished(&told(done)),
        Err(error) => fail(&journal, error),
    }
    let done = result?;
    if let Err(error) = project.clean_up() {
        log::warn!("what was cut off in the middle stays: {error}");
    }
    Ok(done)
}

fn mend(
    project: &Project,
    mut repair: Repair,
    offline: bool,
    run: &Run,
    journal: &Journal,
) -> Result<Repaired> {
    if repair.missing() > 0 && !offline {
        match project.network(repair.repo(), run, journal.clone()) {
            Ok((uri, network)) => repair
                .fetch(&uri, &network)
                .map_err(|error| ProjectError::from(error).keeping("Nothing was moved or repaired."))?,
            Err(error) if error.code() == GitError::NoRemote.code() => {}
            Err(error) => return Err(error),
        }
    }
    Ok(repair.finish()?)
}

fn told(done: &Repaired) -> String {
    if done.is_empty() {
        return "nothing is damaged".to_owned();
    }
    format!(
        "{} brought back, {} missing still, {} lead elsewhere",
        counted(done.brought_back, "object", "objects"),
        done.missing,
        counted(crate::words::count(done.refs.len()), "ref", "refs"),
    )
}
