//! Changing one ref of the remote: look at what is there, decide, send, and hear what the server says to it.

use std::sync::Arc;

use git2::{Direction, ErrorCode, Oid as GitOid, PushOptions, Remote};

use crate::error::{GitError, NetworkError};
use crate::model::Rejection;
use crate::progress::Stage;
use crate::rejection::{self, Refusal};
use crate::remote_callbacks::{Listener, Report};
use crate::repository::Repo;
use crate::transport::{self, Operation};
use crate::unwind::catch_cancel;

/// What the server made of it.
pub(crate) enum Sent {
    Accepted { server_text: String },
    Rejected(Rejection),
}

/// A ref of a remote we are connected to.
pub(crate) struct RemoteRef<'a> {
    remote: Remote<'a>,
    listener: &'a Listener<'a>,
    operation: &'a Operation,
    name: &'a str,
    /// What it is now; absent where the remote has no such ref.
    pub(crate) there: Option<GitOid>,
}

impl Repo {
    /// Connects and lets `work` look at the ref `name` of the remote.
    pub(crate) fn at_remote_ref<T>(
        &self,
        name: &str,
        operation: &Arc<Operation>,
        work: impl FnOnce(&mut RemoteRef<'_>) -> Result<T, GitError>,
    ) -> Result<T, GitError> {
        let _entered = operation.enter();
        at_ref_of(transport::remote(&self.git)?, name, operation, work)
    }
}

pub(crate) fn at_ref_of<T>(
    mut remote: Remote<'_>,
    name: &str,
    operation: &Operation,
    work: impl FnOnce(&mut RemoteRef<'_>) -> Result<T, GitError>,
) -> Result<T, GitError> {
    let listener = Listener::new(operation.net());
    listener.meter.stage(Stage::Connecting);
    let explain = |error| operation.explain(error);
    remote.connect(Direction::Push).map_err(explain)?;
    let there = advertised(&remote, name).map_err(explain)?;
    work(&mut RemoteRef {
        remote,
        listener: &listener,
        operation,
        name,
        there,
    })
}

impl RemoteRef<'_> {
    /// Makes the ref lead to `to`; absent: it goes. Without `forced` it may only move on to newer commits.
    pub(crate) fn send(&mut self, to: Option<GitOid>, forced: bool) -> Result<Sent, GitError> {
        // Names the commit, not the branch: the branch may move while the push is under way, and what is noted afterwards
        // has to be what was sent.
        let source = to.map_or_else(String::new, |oid| oid.to_string());
        let refspec = format!("{}{source}:{}", if forced { "+" } else { "" }, self.name);
        let expected = self.there.unwrap_or(GitOid::ZERO_SHA1);
        let mut callbacks = self.listener.sending();
        callbacks.push_negotiation(move |updates| {
            // The second look at the lease, at what goes into the request itself.
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
        let result = catch_cancel(|| self.remote.push(&[refspec], Some(&mut options)))?;
        drop(options);
        if let Err(error) = &result {
            if matches!(error.code(), ErrorCode::NotFastForward) {
                return Ok(Sent::Rejected(rejection::remote_has_newer()));
            }
            if matches!(error.code(), ErrorCode::Modified) {
                return Ok(Sent::Rejected(rejection::stale_lease()));
            }
        }
        let server_text = self.listener.server_text();
        match (result, self.listener.report(self.name)) {
            (Ok(()), Report::Accepted) => Ok(Sent::Accepted { server_text }),
            (Ok(()), Report::Missing) => Ok(self.refused(&server_text, None, forced)),
            // Where nothing could be unpacked, libgit2 fails although the server did answer.
            (_, Report::Refused(status)) => Ok(self.refused(&server_text, Some(&status), forced)),
            (Err(error), _) => Err(self.operation.explain(error)),
        }
    }

    fn refused(&self, server_text: &str, status: Option<&str>, forced: bool) -> Sent {
        let refusal = Refusal {
            server_text,
            status,
            forced,
        };
        Sent::Rejected(rejection::classify(refusal, self.operation.uri()))
    }
}

fn advertised(remote: &Remote<'_>, name: &str) -> Result<Option<GitOid>, git2::Error> {
    Ok(remote
        .list()?
        .iter()
        .find(|head| head.name() == name)
        .map(git2::RemoteHead::oid))
}

/// Hosts also refuse the request as a whole, with a status instead of a report.
pub(crate) fn refusal_of_the_request(error: GitError, operation: &Operation) -> Result<Rejection, GitError> {
    match error {
        GitError::Network(NetworkError::Forbidden { text, .. }) => {
            Ok(rejection::no_write_permission(&text, operation.uri()))
        }
        GitError::Network(NetworkError::TooLarge { text, .. }) => Ok(rejection::too_large(&text)),
        other => Err(other),
    }
}
