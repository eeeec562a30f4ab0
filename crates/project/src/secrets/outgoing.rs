//! What a push would send, commit by commit: a secret that a later commit removes is still sent.

use std::collections::BTreeSet;

use sheaf_git::model::{FileStatus, Oid};
use sheaf_git::repository::Repo;

use super::Seen;
use super::allowed::Allowed;
use super::search::{Added, look};
use crate::changes::readable;
use crate::error::Result;
use crate::model::Secret;
use crate::project::Project;

/// Commits that are looked at one by one; what older ones add is looked at as one.
const MOST_COMMITS: usize = 500;

/// What a push would send that looks like a secret.
pub(crate) struct Outgoing {
    /// What is not allowed.
    pub(crate) held_back: Vec<Secret>,
    /// Fingerprints of what goes.
    going: BTreeSet<String>,
}

impl Project {
    /// Looks at the commits of a branch that no branch of the remote has.
    pub(crate) fn outgoing(&self, repo: &Repo, tip: &Oid) -> Result<Outgoing> {
        let seen = self.seen_from(repo, tip)?;
        if seen.is_empty() {
            return Ok(Outgoing {
                held_back: Vec::new(),
                going: BTreeSet::new(),
            });
        }
        let allowed = Allowed::of(repo)?;
        let going = seen
            .iter()
            .map(|seen| allowed.fingerprint(&seen.sighting))
            .collect();
        Ok(Outgoing {
            held_back: self.as_shown(repo, &allowed, seen),
            going,
        })
    }

    pub(super) fn seen_outgoing(&self, repo: &Repo) -> Result<Vec<Seen>> {
        match repo.head()?.commit() {
            Some(tip) if repo.remote_url().is_some() => self.seen_from(repo, tip),
            _ => Ok(Vec::new()),
        }
    }

    fn seen_from(&self, repo: &Repo, tip: &Oid) -> Result<Vec<Seen>> {
        let mut commits = repo.unpushed(tip, MOST_COMMITS + 1)?;
        if commits.is_empty() {
            return Ok(Vec::new());
        }
        let guard = self.guard(repo);
        let mut seen = Vec::new();
        let has_more = commits.len() > MOST_COMMITS;
        commits.truncate(MOST_COMMITS);
        let last = commits.len() - 1;
        for (number, commit) in commits.into_iter().enumerate() {
            let parents: &[Oid] = if has_more && number == last {
                &[]
            } else {
                &commit.parents
            };
            let files = added(repo, parents, &commit.id)?;
            let found = look(&guard, &files);
            seen.extend(found.into_iter().map(|sighting| Seen {
                sighting,
                commit: Some(commit.clone()),
            }));
        }
        Ok(seen)
    }
}

impl Outgoing {
    /// What was allowed to go once is gone.
    pub(crate) fn went(&self, repo: &Repo) -> Result<()> {
        if self.going.is_empty() {
            return Ok(());
        }
        let mut allowed = Allowed::of(repo)?;
        let before = allowed.once.len();
        allowed
            .once
            .retain(|fingerprint| !self.going.contains(fingerprint));
        if allowed.once.len() == before {
            return Ok(());
        }
        allowed.keep(repo)
    }
}

/// The files of a commit that differ from its first parent, with what each parent holds.
fn added(repo: &Repo, parents: &[Oid], commit: &Oid) -> Result<Vec<Added>> {
    let changed = repo.changes_between(parents.first(), commit)?;
    let paths: Vec<&str> = changed
        .iter()
        .filter(|file| file.status != FileStatus::Deleted)
        .map(|file| file.path.as_str())
        .collect();
    let mut before = Vec::new();
    for parent in parents {
        before.push(repo.files_of(parent, &paths)?.into_iter());
    }
    let mut files = Vec::new();
    for (path, after) in paths.iter().zip(repo.files_of(commit, &paths)?) {
        let mut held = Vec::new();
        for parent in &mut before {
            let content = parent.next().unwrap_or(Ok(None));
            held.extend(readable(content.map_err(Into::into))?);
        }
        if let Some(after) = readable(after.map_err(Into::into))? {
            files.push(Added {
                path: (*path).to_owned(),
                before: held,
                after,
            });
        }
    }
    Ok(files)
}
