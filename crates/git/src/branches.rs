//! Branches.

use git2::{ErrorCode, Oid as GitOid};

use crate::backup::BACKUP;
pub use crate::branch_name::check_branch_name;
use crate::commit_info::describe;
use crate::error::GitError;
use crate::model::{CommitInfo, LocalBranch, RemoteBranch};
use crate::names;
use crate::plan::{ConfigEdit, Plan, RefEdit, RefValue};
use crate::repository::{HEADS, Repo};
use crate::switch::parked_ref;
use crate::upstream::TRACKING;

/// Lists of commits that would be lost end here.
const MAX_LISTED: usize = 1_000;
/// So many digits of a commit id are enough where they are its alone, as git shows them.
const SHORTEST_ID: usize = 7;

/// What deleting a branch did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeleteOutcome {
    /// It is gone; undo brings it back.
    Deleted,
    /// It stays: these commits are on no other branch.
    Unmerged(Vec<CommitInfo>),
}

impl Repo {
    /// Local branches (the current one first, then by name) and those of the remote that do not exist locally.
    pub fn branches(&self) -> Result<(Vec<LocalBranch>, Vec<RemoteBranch>), GitError> {
        let current = self.head()?.branch().map(str::to_owned);
        let mut local = Vec::new();
        for (name, tip) in self.tips(HEADS)? {
            local.push(self.local_branch(name, tip, current.as_deref())?);
        }
        local.sort_by(|a, b| b.current.cmp(&a.current).then_with(|| a.name.cmp(&b.name)));
        let mut remote = Vec::new();
        for (name, tip) in self.tips(TRACKING)? {
            if name != "HEAD" && local.iter().all(|l| l.name != name) && current.as_ref() != Some(&name) {
                remote.push(RemoteBranch {
                    name,
                    tip: describe(&self.git.find_commit(tip)?),
                });
            }
        }
        remote.sort_by(|a, b| a.name.cmp(&b.name));
        Ok((local, remote))
    }

    /// Makes a branch at `from`: a local name, `origin/x`, a backup or a commit id, in full
    /// or as many digits as are its alone; without it at HEAD.
    pub fn create_branch(&self, name: &str, from: Option<&str>) -> Result<(), GitError> {
        self.check_free(name, None)?;
        let commit = match from {
            Some(from) => self.commit_named(from)?,
            None => self
                .head_commit()?
                .ok_or_else(|| GitError::NoCommit("yet".to_owned()))?,
        };
        self.land(Plan {
            label: format!("Create branch {name}"),
            refs: vec![RefEdit::new(format!("{HEADS}{name}"), None, commit)],
            ..Plan::default()
        })
    }

    /// Makes the local branch for a branch of the remote.
    pub fn track_remote_branch(&self, name: &str) -> Result<(), GitError> {
        self.check_free(name, None)?;
        let commit = self
            .ref_oid(&format!("{TRACKING}{name}"))?
            .ok_or_else(|| GitError::NoBranch(name.to_owned()))?;
        self.land(Plan {
            label: format!("Create branch {name}"),
            refs: vec![RefEdit::new(format!("{HEADS}{name}"), None, commit)],
            config: self.upstream_edits(name, Some(name)),
            ..Plan::default()
        })
    }

    /// Renames a local branch; what is parked on it and its upstream move along.
    pub fn rename_branch(&self, old: &str, new: &str) -> Result<(), GitError> {
        if old == new {
            return Ok(());
        }
        self.check_free(new, Some(old))?;
        let tip = self.branch_tip(old)?;
        let mut refs = vec![
            RefEdit::new(format!("{HEADS}{old}"), tip, None),
            RefEdit::new(format!("{HEADS}{new}"), None, tip),
        ];
        if let Some(parked) = self.parked_on(old)? {
            refs.push(RefEdit::new(parked_ref(old), parked, None));
            refs.push(RefEdit::new(parked_ref(new), None, parked));
        }
        if self.head()?.branch() == Some(old) {
            let to = |name: &str| RefValue::Symbolic(format!("{HEADS}{name}"));
            refs.push(RefEdit {
                name: "HEAD".to_owned(),
                before: to(old),
                after: to(new),
            });
        }
        let upstream = self.upstream_name(old);
        let mut config = self.upstream_edits(new, upstream.as_deref());
        config.extend(self.upstream_edits(old, None));
        let label = format!("Rename branch {old} to {new}");
        self.land(Plan {
            label,
            refs,
            config,
            ..Plan::default()
        })
    }

    /// Deletes a local branch; without `force` only when its commits are on another branch too.
    pub fn delete_branch(&self, name: &str, force: bool) -> Result<DeleteOutcome, GitError> {
        let tip = self.branch_tip(name)?;
        if self.head()?.branch() == Some(name) {
            return Err(GitError::CurrentBranch(name.to_owned()));
        }
        let parked = self.parked_on(name)?;
        if !force {
            let mut lost = self.unmerged_commits(name)?;
            if let Some(parked) = parked {
                lost.insert(0, describe(&self.git.find_commit(parked)?));
            }
            if !lost.is_empty() {
                return Ok(DeleteOutcome::Unmerged(lost));
            }
        }
        let mut refs = vec![RefEdit::new(format!("{HEADS}{name}"), tip, None)];
        refs.extend(parked.map(|p| RefEdit::new(parked_ref(name), p, None)));
        let config: Vec<ConfigEdit> = self.upstream_edits(name, None);
        self.land(Plan {
            label: format!("Delete branch {name}"),
            refs,
            config,
            ..Plan::default()
        })?;
        Ok(DeleteOutcome::Deleted)
    }

    /// Commits that only this branch leads to.
    pub fn unmerged_commits(&self, name: &str) -> Result<Vec<CommitInfo>, GitError> {
        let tip = self.branch_tip(name)?;
        let own = format!("{HEADS}{name}");
        let mut walk = self.git.revwalk()?;
        walk.push(tip)?;
        for prefix in [HEADS, "refs/remotes/"] {
            for (full, other) in self.full_tips(prefix)? {
                if full != own {
                    walk.hide(other)?;
                }
            }
        }
        self.listed(walk)
    }

    /// Commits ahead of and behind the upstream, where there is one.
    pub fn ahead_behind(&self, branch: &str) -> Result<Option<(u32, u32)>, GitError> {
        let tip = self.branch_tip(branch)?;
        let Some(upstream) = self.upstream_tip(branch)? else {
            return Ok(None);
        };
        let (ahead, behind) = self.git.graph_ahead_behind(tip, upstream)?;
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(Some((small(ahead), small(behind))))
    }

    /// Newest commit of a local branch.
    pub(crate) fn branch_tip(&self, name: &str) -> Result<GitOid, GitError> {
        let missing = || GitError::NoBranch(name.to_owned());
        let full = format!("{HEADS}{name}");
        // One that is there may have a name that we would not give.
        if !git2::Reference::is_valid_name(&full) {
            return Err(missing());
        }
        self.ref_oid(&full)?.ok_or_else(missing)
    }

    fn listed(&self, walk: git2::Revwalk<'_>) -> Result<Vec<CommitInfo>, GitError> {
        walk.take(MAX_LISTED)
            .map(|oid| Ok(describe(&self.git.find_commit(oid?)?)))
            .collect()
    }

    fn local_branch(
        &self,
        name: String,
        tip: GitOid,
        current: Option<&str>,
    ) -> Result<LocalBranch, GitError> {
        let known = self.upstream_tip(&name)?.is_some();
        let counts = self.ahead_behind(&name)?;
        Ok(LocalBranch {
            tip: describe(&self.git.find_commit(tip)?),
            current: current == Some(&name),
            upstream: self
                .upstream_name(&name)
                .filter(|_| known)
                .map(|u| format!("origin/{u}")),
            ahead: counts.map(|c| c.0),
            behind: counts.map(|c| c.1),
            parked: self.parked_on(&name)?.is_some(),
            name,
        })
    }

    /// Short names below a prefix and their commits. Refs that lead nowhere are left out.
    fn tips(&self, prefix: &str) -> Result<Vec<(String, GitOid)>, GitError> {
        let full = self.full_tips(prefix)?;
        Ok(full
            .into_iter()
            .map(|(name, tip)| (name[prefix.len()..].to_owned(), tip))
            .collect())
    }

    pub(crate) fn full_tips(&self, prefix: &str) -> Result<Vec<(String, GitOid)>, GitError> {
        let mut tips = Vec::new();
        for reference in self.git.references_glob(&format!("{prefix}*"))? {
            let reference = reference?;
            if let (Ok(name), Ok(commit)) = (reference.name(), reference.peel_to_commit()) {
                tips.push((name.to_owned(), commit.id()));
            }
        }
        Ok(tips)
    }

    fn commit_named(&self, from: &str) -> Result<GitOid, GitError> {
        if let Ok(tip) = self.branch_tip(from) {
            return Ok(tip);
        }
        if let Some(name) = from.strip_prefix("origin/")
            && check_branch_name(name).is_ok()
            && let Some(tip) = self.ref_oid(&format!("{TRACKING}{name}"))?
        {
            return Ok(tip);
        }
        if from.starts_with(BACKUP)
            && let Some(tip) = self.ref_oid(from)?
        {
            return Ok(tip);
        }
        if !(SHORTEST_ID..=40).contains(&from.len()) || !from.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(GitError::NoBranch(from.to_owned()));
        }
        match self.git.find_commit_by_prefix(from) {
            Ok(commit) => Ok(commit.id()),
            Err(e) if e.code() == ErrorCode::NotFound => Err(GitError::NoCommit(from.to_owned())),
            Err(e) if e.code() == ErrorCode::Ambiguous => {
                Err(GitError::NoCommit(format!("that only “{from}” can mean")))
            }
            Err(e) => Err(e.into()),
        }
    }

    /// A name is taken also by one that only differs in case, and by one that is a folder of it or in it.
    pub(crate) fn check_free(&self, name: &str, renamed: Option<&str>) -> Result<(), GitError> {
        check_branch_name(name)?;
        let folded = names::folded(name);
        for (other, _) in self.tips(HEADS)? {
            if Some(other.as_str()) == renamed && names::folded(&other) == folded {
                continue;
            }
            let taken = names::folded(&other);
            if taken == folded {
                return Err(GitError::BranchExists(other));
            }
            let inside =
                |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with('/'));
            if inside(&taken, &folded) || inside(&folded, &taken) {
                // Git keeps a branch in a file of its name, which cannot be a folder at the same time.
                let why = if Some(other.as_str()) == renamed {
                    "a branch cannot become a folder of its own name; give it another name first"
                } else {
                    "another branch is named like a folder of it"
                };
                return Err(GitError::BadBranchName {
                    name: name.to_owned(),
                    why,
                });
            }
        }
        Ok(())
    }
}
