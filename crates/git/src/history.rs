//! The list of commits, newest first, page by page in the order of `git log`.

use std::collections::{BTreeMap, BinaryHeap, HashSet};

use git2::Oid as GitOid;

use crate::commit_info::describe;
use crate::error::GitError;
use crate::model::{CommitInfo, Contributor, Oid};
use crate::repository::Repo;

/// Some commits and where to go on.
#[derive(Debug, Clone)]
pub struct HistoryPage {
    /// Newest first.
    pub commits: Vec<CommitInfo>,
    /// For the next call; `None` at the end.
    pub next: Option<String>,
}

impl Repo {
    /// The newest `limit` commits that `from` (else HEAD) leads to, after `skip_until` where it is given.
    pub fn log(
        &self,
        from: Option<&Oid>,
        skip_until: Option<&Oid>,
        limit: usize,
    ) -> Result<Vec<CommitInfo>, GitError> {
        let Some(start) = self.start_of(from)? else {
            return Ok(Vec::new());
        };
        let mut walk = Walk::new(self, start)?;
        if let Some(last) = skip_until {
            let last = last.to_git()?;
            while walk.next_commit()?.is_some_and(|c| c.id() != last) {}
        }
        walk.take(limit)
    }

    /// A page of history. `cursor` is the `next` of the page before.
    pub fn history(
        &self,
        from: Option<&Oid>,
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<HistoryPage, GitError> {
        let Some(start) = self.start_of(from)? else {
            return Ok(HistoryPage {
                commits: Vec::new(),
                next: None,
            });
        };
        let mut walk = match cursor {
            Some(cursor) => Walk::resume(self, cursor)?,
            None => Walk::new(self, start)?,
        };
        let commits = walk.take(limit)?;
        Ok(HistoryPage {
            commits,
            next: walk.cursor(),
        })
    }

    /// Who wrote the newest `limit_commits` commits, the busiest first.
    pub fn contributors(&self, limit_commits: usize) -> Result<Vec<Contributor>, GitError> {
        let Some(start) = self.start_of(None)? else {
            return Ok(Vec::new());
        };
        let mut walk = Walk::new(self, start)?;
        let mut people: BTreeMap<String, Contributor> = BTreeMap::new();
        for _ in 0..limit_commits.min(MAX_CONTRIBUTOR_COMMITS) {
            let Some(commit) = walk.next_commit()? else { break };
            let info = describe(&commit);
            let person = people
                .entry(info.author.email.to_lowercase())
                .or_insert_with(|| Contributor {
                    name: info.author.name,
                    email: info.author.email,
                    commits: 0,
                    last_commit: info.time,
                });
            person.commits += 1;
            person.last_commit = person.last_commit.max(info.time);
        }
        let mut people: Vec<_> = people.into_values().collect();
        people.sort_by(|a, b| b.commits.cmp(&a.commits).then_with(|| a.name.cmp(&b.name)));
        Ok(people)
    }

    fn start_of(&self, from: Option<&Oid>) -> Result<Option<GitOid>, GitError> {
        match from {
            Some(oid) => Ok(Some(self.find_commit(oid)?.id())),
            None => self.head_commit(),
        }
    }
}

const MAX_CONTRIBUTOR_COMMITS: usize = 5_000;

/// A commit that waits to be listed. The newest comes first; among equals the one that was found first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Waiting {
    time: i64,
    found: std::cmp::Reverse<u64>,
    id: GitOid,
}

/// The walk git does without a sort option: never more than the page plus its frontier is read.
struct Walk<'r> {
    repo: &'r Repo,
    start: GitOid,
    waiting: BinaryHeap<Waiting>,
    seen: HashSet<GitOid>,
    found: u64,
    listed: usize,
    /// Listed on earlier pages, so `seen` does not know them.
    before: usize,
    /// A commit with two parents was listed, so a commit can be reached twice.
    forked: bool,
}

impl<'r> Walk<'r> {
    fn new(repo: &'r Repo, start: GitOid) -> Result<Self, GitError> {
        let mut walk = Self::empty(repo, start);
        walk.find(start)?;
        Ok(walk)
    }

    fn empty(repo: &'r Repo, start: GitOid) -> Self {
        Self {
            repo,
            start,
            waiting: BinaryHeap::new(),
            seen: HashSet::new(),
            found: 0,
            listed: 0,
            before: 0,
            forked: false,
        }
    }

    /// Start, count, whether it forked, frontier: `hex.200.1.hex,hex`.
    fn resume(repo: &'r Repo, cursor: &str) -> Result<Self, GitError> {
        let broken = || GitError::NoCommit(cursor.to_owned());
        let id = |hex: &str| GitOid::from_str(hex).map_err(|_| broken());
        let mut parts = cursor.splitn(4, '.');
        let mut part = || parts.next().ok_or_else(broken);
        let mut walk = Self::empty(repo, id(part()?)?);
        walk.before = part()?.parse().map_err(|_| broken())?;
        walk.listed = walk.before;
        walk.forked = part()? == "1";
        for hex in part()?.split(',') {
            walk.find(id(hex)?)?;
        }
        Ok(walk)
    }

    fn cursor(self) -> Option<String> {
        if self.waiting.is_empty() {
            return None;
        }
        let frontier: Vec<String> = self
            .waiting
            .into_sorted_vec()
            .iter()
            .rev()
            .map(|w| w.id.to_string())
            .collect();
        let forked = u8::from(self.forked);
        Some(format!(
            "{}.{}.{forked}.{}",
            self.start,
            self.listed,
            frontier.join(",")
        ))
    }

    fn take(&mut self, limit: usize) -> Result<Vec<CommitInfo>, GitError> {
        let mut page = Vec::new();
        while page.len() < limit {
            let Some(commit) = self.next_commit()? else { break };
            page.push(describe(&commit));
        }
        Ok(page)
    }

    fn next_commit(&mut self) -> Result<Option<git2::Commit<'r>>, GitError> {
        let Some(next) = self.waiting.peek() else {
            return Ok(None);
        };
        let commit = self.repo.git.find_commit(next.id)?;
        if self.may_repeat(&commit) {
            self.replay()?;
            return self.next_commit();
        }
        self.waiting.pop();
        self.listed += 1;
        self.forked |= commit.parent_count() > 1;
        // A shallow clone ends at commits whose parents are not there.
        let shallow = self.repo.git.is_shallow();
        for parent in commit.parent_ids() {
            match self.find(parent) {
                Err(_) if shallow => {}
                other => other?,
            }
        }
        Ok(Some(commit))
    }

    fn find(&mut self, id: GitOid) -> Result<(), GitError> {
        if self.seen.insert(id) {
            let time = self.repo.git.find_commit(id)?.time().seconds();
            self.waiting.push(Waiting {
                time,
                found: std::cmp::Reverse(self.found),
                id,
            });
            self.found += 1;
        }
        Ok(())
    }

    /// Where clocks were wrong, a parent may already have been listed on an earlier page, which only that page knew.
    fn may_repeat(&self, commit: &git2::Commit<'_>) -> bool {
        if self.before == 0 || !self.forked {
            return false;
        }
        let newer = |p| {
            self.repo
                .git
                .find_commit(p)
                .is_ok_and(|p| p.time().seconds() >= commit.time().seconds())
        };
        commit.parent_ids().any(|p| !self.seen.contains(&p) && newer(p))
    }

    /// Walks again from the start to the same place, this time remembering every commit.
    fn replay(&mut self) -> Result<(), GitError> {
        let mut walk = Self::new(self.repo, self.start)?;
        while walk.listed < self.listed {
            if walk.next_commit()?.is_none() {
                break;
            }
        }
        *self = walk;
        Ok(())
    }
}
