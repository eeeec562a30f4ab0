//! What a pull would bring, as far as the last fetch knows.

use sheaf_git::model::Oid;
use sheaf_git::repository::Repo;

use crate::changes::changes_between;
use crate::error::Result;
use crate::message::proposed_message;
use crate::model::{ChangeList, Incoming};
use crate::project::{Project, branch};

/// Commits that are listed; more are counted.
const LISTED_COMMITS: usize = 200;

/// Where the current branch and the remote's one part, and the tip of the remote's.
pub(crate) struct Ends {
    /// Short name of the remote's branch.
    pub(crate) upstream: String,
    /// The last common commit; absent where there is none.
    pub(crate) base: Option<Oid>,
    /// The newest commit of the remote's branch; absent where the remote has no such branch.
    pub(crate) theirs: Option<Oid>,
}

impl Project {
    /// What the remote's branch has that the current one lacks. Nothing is fetched and nothing changes.
    pub fn incoming(&self) -> Result<Incoming> {
        let repo = self.repo()?;
        let Ends {
            upstream,
            base,
            theirs,
        } = ends(&repo)?;
        let mut incoming = Incoming {
            upstream: format!("origin/{upstream}"),
            known: theirs.is_some(),
            ahead: 0,
            behind: 0,
            commits: Vec::new(),
            changes: ChangeList {
                changes: Vec::new(),
                proposed_message: String::new(),
            },
        };
        let Some(theirs) = theirs else { return Ok(incoming) };
        let head = repo.head()?.commit().cloned();
        (incoming.ahead, incoming.behind) = match &head {
            Some(head) => repo.distance(head, &theirs)?,
            None => (0, repo.commit_count(&theirs)?),
        };
        if incoming.behind == 0 {
            return Ok(incoming);
        }
        incoming.commits = repo.commits_between(head.as_ref(), &theirs, LISTED_COMMITS)?;
        let changes = changes_between(&repo, base.as_ref(), &theirs)?;
        incoming.changes = ChangeList {
            proposed_message: proposed_message(&changes),
            changes,
        };
        Ok(incoming)
    }
}

/// What a pull of the current branch compares.
pub(crate) fn ends(repo: &Repo) -> Result<Ends> {
    let branch = branch(repo)?;
    let upstream = repo.upstream_name(&branch).unwrap_or(branch);
    let theirs = repo.remote_tip(&upstream)?;
    let base = match (repo.head()?.commit(), &theirs) {
        (Some(head), Some(theirs)) => repo.merge_base(head, theirs)?,
        _ => None,
    };
    Ok(Ends {
        upstream,
        base,
        theirs,
    })
}
