//! Sending commits.

use git2::Oid as GitOid;

use crate::config::REMOTE;
use crate::error::GitError;
use crate::fetch::tracking;
use crate::model::{Oid, Rejection};
use crate::network::Network;
use crate::rejection;
use crate::remote_ref::{RemoteRef, Sent, refusal_of_the_request};
use crate::repository::{HEADS, Repo};
use crate::transport::Operation;

/// How to push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PushMode {
    /// Only add commits.
    Normal,
    /// Replace what the remote has, if that still is what a person was shown.
    Force {
        /// The commit the remote branch is expected to be at.
        expected: Oid,
    },
}

/// How a push went. A refusal is an outcome, not an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PushOutcome {
    /// The remote took it.
    Pushed {
        /// Commits that were new to the remote.
        commits: u32,
        /// True where the branch is new on the remote.
        created: bool,
        /// What the server said, cleaned; may be empty.
        server_text: String,
        /// The ref that keeps what a forced push replaced.
        backup: Option<String>,
    },
    /// The remote already has everything.
    UpToDate,
    /// The remote refused.
    Rejected(Rejection),
}

/// One push, as far as it is decided.
struct Plan<'a> {
    local_branch: &'a str,
    remote_branch: &'a str,
    local: GitOid,
    lease: Option<GitOid>,
}

impl Plan<'_> {
    fn destination(&self) -> String {
        format!("{HEADS}{}", self.remote_branch)
    }
}

impl Repo {
    /// Pushes one branch. The first push of a branch makes the remote branch its upstream.
    ///
    /// In a forced push the commits that are replaced are first kept under a local backup ref.
    pub fn push(
        &self,
        local_branch: &str,
        remote_branch: &str,
        mode: &PushMode,
        net: &Network,
    ) -> Result<PushOutcome, GitError> {
        let uri = self.remote_uri()?;
        crate::branches::check_branch_name(remote_branch)?;
        let local = self
            .ref_oid(&format!("{HEADS}{local_branch}"))?
            .ok_or_else(|| GitError::NoBranch(local_branch.to_owned()))?;
        let lease = match mode {
            PushMode::Normal => None,
            PushMode::Force { expected } => Some(expected.to_git()?),
        };
        let plan = Plan {
            local_branch,
            remote_branch,
            local,
            lease,
        };
        if self.known_up_to_date(&plan)? {
            return Ok(PushOutcome::UpToDate);
        }
        let operation = Operation::new(&uri, net)?;
        self.at_remote_ref(&plan.destination(), &operation, |at| self.run_push(&plan, at))
            .or_else(|error| refusal_of_the_request(error, &operation).map(PushOutcome::Rejected))
    }

    /// What is known here is enough when nothing was committed since the last exchange; no request is made then.
    fn known_up_to_date(&self, plan: &Plan<'_>) -> Result<bool, GitError> {
        let same = self.ref_oid(&tracking(plan.remote_branch))? == Some(plan.local);
        Ok(same && self.has_upstream(plan))
    }

    fn run_push(&self, plan: &Plan<'_>, at: &mut RemoteRef<'_>) -> Result<PushOutcome, GitError> {
        let there = at.there;
        if there == Some(plan.local) {
            self.remember(plan)?;
            return Ok(PushOutcome::UpToDate);
        }
        if let Some(rejection) = self.refuse_early(plan, there)? {
            return Ok(PushOutcome::Rejected(rejection));
        }
        let backup = plan
            .lease
            .map(|oid| self.backup(plan.remote_branch, &oid.into()))
            .transpose()?;
        let commits = self.new_commits(plan.local, there)?;
        match (at.send(Some(plan.local), plan.lease.is_some())?, backup) {
            (Sent::Accepted { server_text }, backup) => {
                self.remember(plan)?;
                Ok(PushOutcome::Pushed {
                    commits,
                    created: there.is_none(),
                    server_text,
                    backup,
                })
            }
            (Sent::Rejected(rejection), backup) => {
                backup.map_or(Ok(()), |backup| self.remove_ref(&backup))?;
                Ok(PushOutcome::Rejected(rejection))
            }
        }
    }

    /// Refusals that need no server.
    fn refuse_early(&self, plan: &Plan<'_>, there: Option<GitOid>) -> Result<Option<Rejection>, GitError> {
        Ok(match (plan.lease, there) {
            (Some(expected), _) if there != Some(expected) => Some(rejection::stale_lease()),
            (None, Some(there)) if !self.continues(plan.local, there)? => Some(rejection::remote_has_newer()),
            _ => None,
        })
    }

    /// A commit that is not here is one that the local branch does not have.
    fn continues(&self, local: GitOid, there: GitOid) -> Result<bool, GitError> {
        Ok(self.git.find_commit(there).is_ok() && self.git.graph_descendant_of(local, there)?)
    }

    /// Commits that no remote branch we know of has.
    fn new_commits(&self, local: GitOid, there: Option<GitOid>) -> Result<u32, GitError> {
        let mut walk = self.git.revwalk()?;
        walk.push(local)?;
        walk.hide_glob(&tracking("*"))?;
        if let Some(there) = there.filter(|oid| self.git.find_commit(*oid).is_ok()) {
            walk.hide(there)?;
        }
        Ok(u32::try_from(walk.count()).unwrap_or(u32::MAX))
    }

    /// Notes what the remote has now, and the upstream of a branch that had none.
    fn remember(&self, plan: &Plan<'_>) -> Result<(), GitError> {
        let turn = self.turn()?;
        self.set_tracking(plan.remote_branch, plan.local, "push")?;
        if self.has_any_upstream(plan.local_branch) {
            return Ok(());
        }
        match turn {
            Some(_lock) => self.follow(plan.local_branch, plan.remote_branch),
            None => self.set_upstream(plan.local_branch, plan.remote_branch),
        }
    }

    pub(crate) fn set_upstream(&self, local_branch: &str, remote_branch: &str) -> Result<(), GitError> {
        self.config_set(&format!("branch.{local_branch}.remote"), Some(REMOTE))?;
        self.config_set(
            &format!("branch.{local_branch}.merge"),
            Some(&format!("{HEADS}{remote_branch}")),
        )
    }

    fn has_any_upstream(&self, branch: &str) -> bool {
        self.config_get(&format!("branch.{branch}.merge")).is_some()
    }

    fn has_upstream(&self, plan: &Plan<'_>) -> bool {
        self.config_get(&format!("branch.{}.remote", plan.local_branch))
            .as_deref()
            == Some(REMOTE)
            && self.has_any_upstream(plan.local_branch)
    }
}
