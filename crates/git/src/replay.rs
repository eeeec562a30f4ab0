//! Commits put one after the other on top of another one, in memory: a rebase, or a row of cherry-picks.

use git2::Oid as GitOid;

use crate::commit_info::describe;
use crate::entry::{GITLINK, LINK};
use crate::error::GitError;
use crate::file_merge::{FileMerge, Open};
use crate::layer::Layer;
use crate::merge::{Ending, NewCommit, Questions, ReadyMerge, Relation};
use crate::model::{CommitInfo, Head, Oid};
use crate::repository::{HEADS, Repo};
use crate::tree_diff::{Difference, differences};
use crate::tree_edit::Edits;
use crate::tree_policy::TreeLimits;

/// More commits are not put on top of others one by one.
const MOST: usize = 1_000;

/// One commit to be made again.
pub(crate) struct Step {
    /// Where its changes begin; none for an empty tree.
    pub(crate) base: Option<GitOid>,
    pub(crate) theirs: GitOid,
    pub(crate) message: String,
    pub(crate) author_of: Option<GitOid>,
    /// The commit it is about.
    pub(crate) about: GitOid,
    /// What a person settled by hand.
    pub(crate) decided: Edits,
}

impl Step {
    /// The commit once more, with its author. Of a merge `mainline` is the number of the parent that counts.
    pub(crate) fn over(commit: &git2::Commit<'_>, mainline: u32) -> Self {
        let parent = commit.parents().nth(nth(mainline));
        Self {
            base: parent.map(|parent| parent.tree_id()),
            theirs: commit.tree_id(),
            message: String::from_utf8_lossy(commit.message_bytes()).into_owned(),
            author_of: Some(commit.id()),
            about: commit.id(),
            decided: Edits::new(),
        }
    }

    /// The opposite of a commit.
    pub(crate) fn back(commit: &git2::Commit<'_>, mainline: u32) -> Result<Self, GitError> {
        let title = describe(commit).title;
        Ok(Self {
            base: Some(commit.tree_id()),
            theirs: commit.parent(nth(mainline))?.tree_id(),
            message: format!("Revert \"{title}\"\n\nThis reverts commit {}.", commit.id()),
            author_of: None,
            about: commit.id(),
            decided: Edits::new(),
        })
    }
}

/// Parents are counted from one; zero is the only one.
fn nth(mainline: u32) -> usize {
    usize::try_from(mainline.saturating_sub(1)).unwrap_or(usize::MAX)
}

/// What became of the steps. Those after one with a question were not looked at yet.
pub(crate) struct Replayed<Q> {
    pub(crate) commits: Vec<NewCommit>,
    /// Commits that would change nothing any more.
    pub(crate) dropped: Vec<CommitInfo>,
    pub(crate) tree: GitOid,
    pub(crate) open: Vec<Open<Q>>,
}

/// A rebase that was computed and has touched nothing.
#[derive(Debug)]
pub enum PreparedRebase<Q> {
    /// Everything is here already.
    UpToDate,
    /// The two have no commit in common.
    Unrelated,
    /// These commits cannot be made again; a merge can join the two.
    Cannot(WhyNot),
    /// It can land once nothing is open.
    Ready {
        /// The rebase; only a move forward where there is nothing to be made again.
        ready: Box<ReadyMerge<Q>>,
        /// Commits that are made again.
        commits: usize,
    },
}

/// Why commits are not made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNot {
    /// There are merges among them.
    Merges,
    /// Others may have them: a branch of the remote leads to them.
    Published,
    /// They are too many.
    TooMany,
}

impl Repo {
    /// Computes what putting the current branch's own commits on top of `onto` comes to. Touches nothing.
    pub fn prepare_rebase<Q>(
        &self,
        onto: &Oid,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<PreparedRebase<Q>, GitError> {
        self.state()?;
        let onto = self.find_commit(onto)?;
        let (branch, ours) = match self.head()? {
            Head::Branch { name, commit } => (name, Some(commit.to_git()?)),
            Head::Unborn { name } => (name, None),
            Head::Detached { .. } => return Err(GitError::Detached),
        };
        let steps = match (self.relation(ours, onto.id())?, ours) {
            (Relation::UpToDate, _) => return Ok(PreparedRebase::UpToDate),
            (Relation::Unrelated, _) => return Ok(PreparedRebase::Unrelated),
            (Relation::FastForward, _) | (_, None) => Vec::new(),
            (Relation::Diverged(_), Some(ours)) => match self.own_commits(ours, onto.id())? {
                Ok(steps) => steps,
                Err(why) => return Ok(PreparedRebase::Cannot(why)),
            },
        };
        self.check_tree(onto.tree_id(), &TreeLimits::default())?;
        let replayed = self.replay(onto.tree_id(), &steps, merger)?;
        let carried = self.carry(Some(replayed.tree), merger)?;
        Ok(PreparedRebase::Ready {
            commits: replayed.commits.len(),
            ready: Box::new(ReadyMerge {
                questions: Questions {
                    committed: replayed.open,
                    uncommitted: carried.open,
                },
                target: format!("{HEADS}{branch}"),
                ours,
                start: Some(onto.id()),
                commits: replayed.commits,
                dropped: replayed.dropped,
                tree: replayed.tree,
                carried: carried.files,
                ending: Ending {
                    label: (!steps.is_empty()).then(|| format!("Rebase {branch}")),
                    ..Ending::default()
                },
            }),
        })
    }

    /// What `ours` has and `onto` has not, the oldest first.
    fn own_commits(&self, ours: GitOid, onto: GitOid) -> Result<Result<Vec<Step>, WhyNot>, GitError> {
        let mut walk = self.git.revwalk()?;
        walk.set_sorting(git2::Sort::TOPOLOGICAL | git2::Sort::REVERSE)?;
        walk.push(ours)?;
        walk.hide(onto)?;
        let mut steps = Vec::new();
        for id in walk {
            let commit = self.git.find_commit(id?)?;
            if commit.parent_count() > 1 {
                return Ok(Err(WhyNot::Merges));
            }
            if steps.len() == MOST {
                return Ok(Err(WhyNot::TooMany));
            }
            steps.push(Step::over(&commit, 0));
        }
        if let Some(first) = steps.first()
            && self.is_published(first.about)?
        {
            return Ok(Err(WhyNot::Published));
        }
        Ok(Ok(steps))
    }

    /// The oldest of a row is published where any of them is.
    fn is_published(&self, oldest: GitOid) -> Result<bool, GitError> {
        for (_, tip) in self.full_tips("refs/remotes/")? {
            if tip == oldest || self.git.graph_descendant_of(tip, oldest)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether more differs than what programs keep for themselves.
    fn says_something<Q>(
        &self,
        from: Option<GitOid>,
        to: GitOid,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<bool, GitError> {
        if from == Some(to) {
            return Ok(false);
        }
        for Difference { path, old, new } in differences(self, from, Some(to))? {
            let (Some(old), Some(new)) = (old, new) else {
                return Ok(true);
            };
            let is_text = [old, new].iter().all(|side| !matches!(side.mode, LINK | GITLINK));
            let says_nothing = old.mode == new.mode
                && is_text
                && merger.is_bookkeeping(&path, &self.blob_bytes(old.oid)?, &self.blob_bytes(new.oid)?);
            if !says_nothing {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Makes the commits again, up to the first that a person must decide about. A commit that changes nothing any more
    /// is left out; one that never did stays.
    pub(crate) fn replay<Q>(
        &self,
        start: GitOid,
        steps: &[Step],
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<Replayed<Q>, GitError> {
        let mut done = Replayed {
            commits: Vec::new(),
            dropped: Vec::new(),
            tree: start,
            open: Vec::new(),
        };
        for step in steps {
            self.check_tree(step.theirs, &TreeLimits::default())?;
            let side = |tree: GitOid| Layer::of(Some(tree)).with(&step.decided);
            let base = [Layer::of(step.base)];
            let again = Some(step.about);
            let (tree, open) =
                self.join_committed(again, &base, &side(done.tree), &side(step.theirs), merger)?;
            if !open.is_empty() {
                done.tree = tree;
                done.open = open;
                return Ok(done);
            }
            let said = |from, to| self.says_something(from, to, merger);
            if !said(Some(done.tree), tree)? && said(step.base, step.theirs)? {
                done.dropped.push(describe(&self.git.find_commit(step.about)?));
                continue;
            }
            done.tree = tree;
            done.commits.push(NewCommit {
                parents: Vec::new(),
                tree,
                message: step.message.clone(),
                author_of: step.author_of,
            });
        }
        Ok(done)
    }
}
