//! One commit taken back or taken over, and a branch as one commit: each joined field by field like a merge, with the
//! same questions.

use sheaf_collection::model::Answers;
use sheaf_git::merge::Joining;
use sheaf_git::model::Oid;
use sheaf_git::repository::Repo;

use crate::error::{ProjectError, Result};
use crate::merge::{Incoming, told};
use crate::merge_model::{MergeOf, MergeOutcome};
use crate::project::{Project, branch};

impl Project {
    /// Takes back what a commit changed, as a new commit. Where a person must decide, nothing is touched and it waits.
    pub fn revert(&self, commit: &Oid, answers: &Answers) -> Result<MergeOutcome> {
        self.changing(
            "revert",
            |repo| self.merge_incoming(repo, &revert_incoming(repo, commit)?, answers),
            told,
        )
    }

    /// Takes over what a commit of another branch changed, as a new commit. Questions as for [`revert`](Self::revert).
    pub fn cherry_pick(&self, commit: &Oid, answers: &Answers) -> Result<MergeOutcome> {
        self.changing(
            "cherry-pick",
            |repo| self.merge_incoming(repo, &pick_incoming(repo, commit)?, answers),
            told,
        )
    }

    /// Takes over everything that a branch has, as one commit. Questions as for [`revert`](Self::revert).
    pub fn squash_branch(&self, name: &str, answers: &Answers) -> Result<MergeOutcome> {
        self.changing(
            "squash",
            |repo| self.merge_incoming(repo, &squash_incoming(repo, name)?, answers),
            told,
        )
    }
}

/// From the commit back to its first parent.
pub(crate) fn revert_incoming(repo: &Repo, commit: &Oid) -> Result<Incoming> {
    let info = repo.commit_info(commit)?;
    let parent = info.parents.into_iter().next().ok_or_else(|| {
        ProjectError::refused(
            "first-commit",
            format!(
                "{} is the first commit, so there is nothing to go back to",
                commit.short()
            ),
            "Delete what it brought, and commit that.",
        )
    })?;
    Ok(Incoming {
        what: MergeOf::Revert {
            commit: commit.clone(),
        },
        theirs: parent,
        from: format!("before {}", commit.short()),
        message: format!("Revert “{}”\n\nThis takes back commit {commit}.", info.title),
        joining: Joining::Apply {
            since: Some(commit.clone()),
            keeps_author: false,
        },
        follows: None,
    })
}

/// From the first parent of the commit to it.
pub(crate) fn pick_incoming(repo: &Repo, commit: &Oid) -> Result<Incoming> {
    let info = repo.commit_info(commit)?;
    let body = Some(info.body.trim()).filter(|body| !body.is_empty());
    let body = body.map_or_else(String::new, |body| format!("\n\n{body}"));
    Ok(Incoming {
        what: MergeOf::CherryPick {
            commit: commit.clone(),
        },
        theirs: commit.clone(),
        from: commit.short().to_owned(),
        message: format!("{}{body}\n\n(cherry picked from commit {commit})", info.title),
        joining: Joining::Apply {
            since: info.parents.into_iter().next(),
            keeps_author: true,
        },
        follows: None,
    })
}

/// All of a branch.
pub(crate) fn squash_incoming(repo: &Repo, name: &str) -> Result<Incoming> {
    let into = branch(repo)?;
    Ok(Incoming {
        what: MergeOf::Squash {
            name: name.to_owned(),
        },
        theirs: repo.resolve_branch(name)?,
        from: name.to_owned(),
        message: format!("Squash branch '{name}' into {into}"),
        joining: Joining::Squash,
        follows: None,
    })
}
