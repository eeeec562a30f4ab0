//! Merging: how collections answer Git's question about one file, and how a disagreement is told.

use sheaf_collection::Collections;
use sheaf_git::file_merge::FileMerge;
use sheaf_git::merge::MergeOutcome as GitMerge;
use sheaf_git::model::Oid;
use sheaf_git::repository::Repo;

use crate::changes::{changes_between, is_collection_file};
use crate::error::Result;
use crate::model::{Answers, Disagreement, MergeOutcome};
use crate::project::{Project, author, branch};
use crate::words::counted;
use crate::work_tree::may_hold;

/// More incoming changes than this are counted, not listed.
const LISTED_FILES: usize = 2000;

/// Collections answer for their files; ordinary text merges by lines.
pub(crate) struct CollectionMerge;

impl FileMerge for CollectionMerge {
    fn merge(
        &self,
        path: &str,
        base: Option<&[u8]>,
        ours: Option<&[u8]>,
        theirs: Option<&[u8]>,
    ) -> Option<Option<Vec<u8>>> {
        if !is_collection_file(path, ours, theirs) {
            return None;
        }
        sheaf_collection::merge_file(path, base, ours, theirs)
    }

    fn lines(&self, path: &str) -> bool {
        // Insomnia has no collections in `.yml` files outside its tree; nearly all of them are something else.
        !may_hold(path) || path.strip_suffix(".yml").is_some() && !Collections::holds(path, [])
    }
}

impl Project {
    /// Merges a local or remote branch (`feature/x`, `origin/main`) into the current one.
    pub fn merge_branch(&self, name: &str, answers: &Answers) -> Result<MergeOutcome> {
        self.changing(
            "merge",
            |repo| {
                let theirs = repo.resolve_branch(name)?;
                let into = branch(repo)?;
                self.merge_commit(
                    repo,
                    &theirs,
                    &format!("Merge branch '{name}' into {into}"),
                    answers,
                )
            },
            told,
        )
    }

    /// Merges a commit into HEAD. The caller holds the lock. On a disagreement nothing is touched.
    pub(crate) fn merge_commit(
        &self,
        repo: &Repo,
        theirs: &Oid,
        message: &str,
        answers: &Answers,
    ) -> Result<MergeOutcome> {
        let before = repo.head()?.commit().cloned();
        let commits = match &before {
            Some(head) => repo.distance(head, theirs)?.1,
            None => repo.commit_count(theirs)?,
        };
        let author = match author(repo) {
            // a fast-forward makes no commit, so only a true merge needs an author
            Err(_) if repo.can_fast_forward(theirs)? => blank(),
            known => known?,
        };
        let outcome = repo.merge(theirs, message, &author, &CollectionMerge, answers)?;
        Ok(match outcome {
            GitMerge::UpToDate => MergeOutcome::UpToDate,
            GitMerge::Unrelated => MergeOutcome::Unrelated,
            GitMerge::FastForward { to, carried, .. } => MergeOutcome::FastForward {
                changes: incoming(repo, before.as_ref(), &to)?,
                to,
                commits,
                carried: count(carried),
            },
            GitMerge::Merged { commit, carried } => MergeOutcome::Merged {
                changes: incoming(repo, before.as_ref(), &commit)?,
                commit,
                commits,
                carried: count(carried),
            },
            GitMerge::Disagree(list) => MergeOutcome::Disagree {
                disagreements: self.tell(repo, list)?,
            },
        })
    }

    /// Disagreements in words of resources.
    pub(crate) fn tell(
        &self,
        repo: &Repo,
        list: Vec<sheaf_git::file_merge::Disagreement>,
    ) -> Result<Vec<Disagreement>> {
        let here = self.collections(repo)?;
        Ok(list.into_iter().map(|d| tell_one(&here, d)).collect())
    }
}

fn tell_one(here: &Collections, d: sheaf_git::file_merge::Disagreement) -> Disagreement {
    let (base, ours, theirs) = (d.base.as_deref(), d.ours.as_deref(), d.theirs.as_deref());
    let resource = change(here, &d.path, ours, theirs);
    Disagreement {
        ours: change(here, &d.path, base, ours).summary,
        theirs: change(here, &d.path, base, theirs).summary,
        resource,
        ours_text: d.ours.as_deref().map(|b| String::from_utf8_lossy(b).into_owned()),
        theirs_text: d
            .theirs
            .as_deref()
            .map(|b| String::from_utf8_lossy(b).into_owned()),
        uncommitted: d.uncommitted,
        path: d.path,
    }
}

fn change(
    here: &Collections,
    path: &str,
    from: Option<&[u8]>,
    to: Option<&[u8]>,
) -> sheaf_collection::model::ResourceChange {
    if is_collection_file(path, from, to) {
        let state = |bytes: Option<&[u8]>| here.with_files([(path.to_owned(), bytes.map(<[u8]>::to_vec))]);
        let found = sheaf_collection::changes(&state(from), &state(to))
            .into_iter()
            .find(|c| c.path == path);
        if let Some(found) = found {
            return found;
        }
    }
    sheaf_collection::file_change(path, from, to)
}

fn incoming(
    repo: &Repo,
    from: Option<&Oid>,
    to: &Oid,
) -> Result<Vec<sheaf_collection::model::ResourceChange>> {
    if repo.changes_between(from, to)?.len() > LISTED_FILES {
        return Ok(Vec::new());
    }
    changes_between(repo, from, to)
}

fn blank() -> sheaf_git::model::Author {
    sheaf_git::model::Author {
        name: String::new(),
        email: String::new(),
    }
}

pub(crate) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

pub(crate) fn told(outcome: &MergeOutcome) -> String {
    match outcome {
        MergeOutcome::UpToDate => "up to date".to_owned(),
        MergeOutcome::FastForward { to, commits, .. } => {
            format!(
                "fast-forward to {} ({})",
                to.short(),
                counted(*commits, "commit", "commits")
            )
        }
        MergeOutcome::Merged { commit, commits, .. } => {
            format!(
                "merged as {} ({})",
                commit.short(),
                counted(*commits, "commit", "commits")
            )
        }
        MergeOutcome::Disagree { disagreements } => {
            let paths: Vec<_> = disagreements.iter().map(|d| d.path.as_str()).collect();
            format!(
                "stopped, nothing touched: both sides changed {}",
                paths.join(", ")
            )
        }
        MergeOutcome::Unrelated => "stopped, nothing touched: no common commit".to_owned(),
        MergeOutcome::NoRemoteBranch { branch } => format!("the remote has no branch {branch} yet"),
    }
}
