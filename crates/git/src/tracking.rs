//! What is known of the remote's branches since the last fetch, and moving local commits off a branch.

use git2::Oid as GitOid;

use crate::commit_info::describe;
use crate::config::REMOTE;
use crate::error::GitError;
use crate::model::{CommitInfo, Oid};
use crate::plan::{Plan, RefEdit, RefValue};
use crate::repository::{HEADS, Repo};
use crate::upstream::TRACKING;

/// More commits are counted nowhere; the list is for people.
const MAX_LISTED: usize = 500;

impl Repo {
    /// The newest commit of a branch of the remote (`main`) as of the last fetch.
    pub fn remote_tip(&self, branch: &str) -> Result<Option<Oid>, GitError> {
        Ok(self.tracking_tip(branch)?.map(Oid::from))
    }

    /// The newest commit of a branch by name: local, else of the remote (`feature/x` or `origin/feature/x`).
    pub fn resolve_branch(&self, name: &str) -> Result<Oid, GitError> {
        let remote = name.strip_prefix("origin/").unwrap_or(name);
        let tip = match self.branch_tip(name) {
            Ok(tip) => Some(tip),
            Err(_) => self.tracking_tip(remote)?,
        };
        tip.map(Oid::from)
            .ok_or_else(|| GitError::NoBranch(name.to_owned()))
    }

    /// Commits on the remote's branch, as of the last fetch, that a force push of the local one would remove.
    pub fn overwritten_commits(&self, local: &str, remote: &str) -> Result<Vec<CommitInfo>, GitError> {
        let Some(there) = self.tracking_tip(remote)? else {
            return Ok(Vec::new());
        };
        let mut walk = self.git.revwalk()?;
        walk.push(there)?;
        walk.hide(self.branch_tip(local)?)?;
        walk.take(MAX_LISTED)
            .map(|oid| Ok(describe(&self.git.find_commit(oid?)?)))
            .collect()
    }

    /// Whether changes are parked on a branch.
    pub fn has_parked(&self, branch: &str) -> Result<bool, GitError> {
        Ok(self.ref_oid(&crate::switch::parked_ref(branch))?.is_some())
    }

    /// Makes a branch follow a branch of the remote. Can be undone. The caller holds [`lock`](Self::lock).
    pub fn follow(&self, branch: &str, remote: &str) -> Result<(), GitError> {
        let config = self.upstream_edits(branch, Some(remote));
        if config.is_empty() {
            return Ok(());
        }
        self.land(Plan {
            label: format!("Follow {REMOTE}/{remote}"),
            config,
            ..Plan::default()
        })
    }

    /// Makes a branch at HEAD the current one, which follows the remote's branch of its name. The branch that was current
    /// goes back to its upstream, where that is known, so that its commits are on the new branch only; with `leaves` it
    /// follows none any more. No file changes. Can be undone.
    pub fn move_commits_to_branch(&self, name: &str, leaves: bool) -> Result<(), GitError> {
        let current = self
            .head()?
            .branch()
            .map(str::to_owned)
            .ok_or(GitError::Detached)?;
        let tip = self.branch_tip(&current)?;
        self.check_free(name, None)?;
        let mut refs = vec![
            RefEdit::new(format!("{HEADS}{name}"), None, tip),
            RefEdit {
                name: "HEAD".to_owned(),
                before: self.ref_value("HEAD")?,
                after: RefValue::Symbolic(format!("{HEADS}{name}")),
            },
        ];
        let mut config = self.upstream_edits(name, Some(name));
        if leaves {
            config.extend(self.upstream_edits(&current, None));
        } else if let Some(upstream) = self.upstream_tip(&current)? {
            refs.push(RefEdit::new(format!("{HEADS}{current}"), tip, upstream));
        }
        self.land(Plan {
            label: format!("Move commits to branch {name}"),
            refs,
            config,
            ..Plan::default()
        })
    }

    fn tracking_tip(&self, branch: &str) -> Result<Option<GitOid>, GitError> {
        if crate::branches::check_branch_name(branch).is_err() {
            return Ok(None);
        }
        self.ref_oid(&format!("{TRACKING}{branch}"))
    }
}
