//! Sending commits.

use std::sync::Arc;

use git2::{Direction, ErrorCode, Oid as GitOid, PushOptions, Remote};

use crate::config::REMOTE;
use crate::error::{GitError, NetworkError};
use crate::fetch::tracking;
use crate::model::{Oid, Rejection};
use crate::network::Network;
use crate::progress::Stage;
use crate::rejection::{self, Refusal};
use crate::remote_callbacks::{Listener, Report};
use crate::repository::{HEADS, Repo};
use crate::transport::{self, Operation};
use crate::unwind::catch_cancel;

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

    /// Names the commit, not the branch: the branch may move while the push is under way, and what is noted afterwards
    /// has to be what was sent.
    fn refspec(&self) -> String {
        let force = if self.lease.is_some() { "+" } else { "" };
        format!("{force}{}:{}", self.local, self.destination())
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
        let outcome = self.run_push(&plan, &operation);
        refusal_of_the_request(outcome, &operation)
    }

    /// What is known here is enough when nothing was committed since the last exchange; no request is made then.
    fn known_up_to_date(&self, plan: &Plan<'_>) -> Result<bool, GitError> {
        let same = self.ref_oid(&tracking(plan.remote_branch))? == Some(plan.local);
        Ok(same && self.has_upstream(plan))
    }

    fn run_push(&self, plan: &Plan<'_>, operation: &Arc<Operation>) -> Result<PushOutcome, GitError> {
        let _entered = operation.enter();
        let listener = Listener::new(operation.net());
        listener.meter.stage(Stage::Connecting);
        let mut remote = transport::remote(&self.git)?;
        remote
            .connect(Direction::Push)
            .map_err(|error| operation.explain(error))?;
        let there = advertised(&remote, &plan.destination()).map_err(|error| operation.explain(error))?;
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
        let mut outcome = self.send(plan, there, &mut remote, operation, &listener);
        match (&mut outcome, backup) {
            (Ok(PushOutcome::Pushed { backup: kept, .. }), backup) => {
                *kept = backup;
                self.remember(plan)?;
            }
            (Ok(_), Some(backup)) => self.git.find_reference(&backup)?.delete()?,
            _ => {}
        }
        outcome
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

    fn send(
        &self,
        plan: &Plan<'_>,
        there: Option<GitOid>,
        remote: &mut Remote<'_>,
        operation: &Operation,
        listener: &Listener<'_>,
    ) -> Result<PushOutcome, GitError> {
        let commits = self.new_commits(plan.local, there)?;
        let mut callbacks = listener.sending();
        callbacks.push_negotiation(move |updates| {
            // The second look at the lease, at what goes into the request itself.
            let expected = there.unwrap_or_else(|| GitOid::from_bytes(&[0; 20]).unwrap_or(plan.local));
            if updates.iter().all(|update| update.src() == expected) {
                return Ok(());
            }
            Err(git2::Error::new(
                ErrorCode::Modified,
                git2::ErrorClass::Reference,
                "the remote has moved",
            ))
        });
        let mut options = PushOptions::new();
        options.remote_callbacks(callbacks).packbuilder_parallelism(0);
        let result = catch_cancel(|| remote.push(&[plan.refspec()], Some(&mut options)))?;
        drop(options);
        if let Err(error) = &result {
            if matches!(error.code(), ErrorCode::NotFastForward) {
                return Ok(PushOutcome::Rejected(rejection::remote_has_newer()));
            }
            if matches!(error.code(), ErrorCode::Modified) {
                return Ok(PushOutcome::Rejected(rejection::stale_lease()));
            }
        }
        let server_text = listener.server_text();
        match (result, listener.report(&plan.destination())) {
            (Ok(()), Report::Accepted) => Ok(PushOutcome::Pushed {
                commits,
                created: there.is_none(),
                server_text,
                backup: None,
            }),
            (Ok(()), Report::Missing) => Ok(refused(plan, &server_text, None, operation)),
            // Where nothing could be unpacked, libgit2 fails although the server did answer.
            (_, Report::Refused(status)) => Ok(refused(plan, &server_text, Some(&status), operation)),
            (Err(error), _) => Err(operation.explain(error)),
        }
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
        self.set_tracking(plan.remote_branch, plan.local, "push")?;
        if !self.has_any_upstream(plan.local_branch) {
            self.set_upstream(plan.local_branch, plan.remote_branch)?;
        }
        Ok(())
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

fn advertised(remote: &Remote<'_>, name: &str) -> Result<Option<GitOid>, git2::Error> {
    Ok(remote
        .list()?
        .iter()
        .find(|head| head.name() == name)
        .map(git2::RemoteHead::oid))
}

fn refused(plan: &Plan<'_>, server_text: &str, status: Option<&str>, operation: &Operation) -> PushOutcome {
    let refusal = Refusal {
        server_text,
        status,
        forced: plan.lease.is_some(),
    };
    PushOutcome::Rejected(rejection::classify(refusal, operation.uri()))
}

/// Hosts also refuse the request as a whole, with a status instead of a report.
fn refusal_of_the_request(
    outcome: Result<PushOutcome, GitError>,
    operation: &Operation,
) -> Result<PushOutcome, GitError> {
    let rejection = match outcome {
        Err(GitError::Network(NetworkError::Forbidden { text, .. })) => {
            rejection::no_write_permission(&text, operation.uri())
        }
        Err(GitError::Network(NetworkError::TooLarge { text, .. })) => rejection::too_large(&text),
        other => return other,
    };
    Ok(PushOutcome::Rejected(rejection))
}
