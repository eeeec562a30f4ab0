//! Merging another commit into the current branch. All of it happens in memory until nothing is open any more.

use git2::Oid as GitOid;

use crate::error::GitError;
use crate::file_merge::{FileMerge, Open};
use crate::layer::Layer;
use crate::model::{Author, Head, Oid};
use crate::plan::{IndexPlan, Plan, RefEdit};
use crate::repository::{HEADS, Repo};
use crate::three_way::{Joined, ThreeWay};
use crate::tree_policy::TreeLimits;
use crate::work_entry::WorkEntry;

/// What a merge did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MergeOutcome<Q> {
    /// Everything was here already.
    UpToDate,
    /// The branch only moved forward.
    FastForward {
        /// Where it was; `None` on a branch without commits.
        from: Option<Oid>,
        /// Where it is.
        to: Oid,
        /// How many files kept their uncommitted changes.
        carried: usize,
    },
    /// A new commit holds what came in.
    Merged {
        /// The commit.
        commit: Oid,
        /// How many files kept their uncommitted changes.
        carried: usize,
    },
    /// A person must decide first; nothing was touched.
    Open(Questions<Q>),
    /// The two have no commit in common; nothing was touched.
    Unrelated,
}

/// What a person must decide. What is asked of commits comes first: an answer to it may raise a question about
/// changes that are not committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Questions<Q> {
    /// Between two commits.
    pub committed: Vec<Open<Q>>,
    /// Between what comes in and what is not committed yet.
    pub uncommitted: Vec<Open<Q>>,
}

impl<Q> Questions<Q> {
    /// True where nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.committed.is_empty() && self.uncommitted.is_empty()
    }

    /// Both lists in one.
    pub fn all(self) -> Vec<Open<Q>> {
        self.committed.into_iter().chain(self.uncommitted).collect()
    }
}

/// What is joined with the current branch, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Joining {
    /// All that a commit has since the last common one; a merge commit, or a move forward where that is enough.
    Merge,
    /// The same as one ordinary commit.
    Squash,
    /// What differs from `since` to the commit, as an ordinary commit: with a commit's parent the commit once more, and
    /// with parent and commit the other way round its opposite.
    Apply {
        /// Where the changes begin; none for an empty tree.
        since: Option<Oid>,
    },
}

/// A merge that was computed and has touched nothing.
#[derive(Debug)]
pub enum PreparedMerge<Q> {
    /// Everything is here already.
    UpToDate,
    /// The two have no commit in common.
    Unrelated,
    /// It can land once nothing is open.
    Ready(Box<ReadyMerge<Q>>),
}

/// A merge that can land once nothing is open.
#[derive(Debug)]
pub struct ReadyMerge<Q> {
    /// What a person must decide.
    pub questions: Questions<Q>,
    branch: String,
    ours: Option<GitOid>,
    /// Where the branch only moves forward.
    forward: Option<GitOid>,
    parents: Vec<GitOid>,
    /// The files as they will be committed; where something is open, as they are here.
    tree: GitOid,
    carried: CarriedFiles,
    message: String,
}

impl<Q> ReadyMerge<Q> {
    /// The files as they will be committed, as a tree; where something is open, as they are here.
    pub fn tree(&self) -> Oid {
        self.tree.into()
    }

    /// True where the branch only moves forward.
    pub fn is_forward(&self) -> bool {
        self.forward.is_some()
    }

    /// The same with another message.
    #[must_use]
    pub fn with_message(mut self, message: String) -> Self {
        self.message = message;
        self
    }

    /// How many files keep their uncommitted changes.
    pub fn carried(&self) -> usize {
        self.carried.after.over.len()
    }
}

/// Uncommitted changes put on top of another tree.
pub(crate) struct Carried<Q> {
    pub(crate) files: CarriedFiles,
    pub(crate) open: Vec<Open<Q>>,
}

/// The files of a work tree, now and on top of another tree.
#[derive(Debug)]
pub(crate) struct CarriedFiles {
    /// The work tree as it was.
    pub(crate) before: Layer,
    /// The work tree as it is going to be, as changes of the new tree.
    pub(crate) after: Layer,
    /// What is known of the files on disk.
    pub(crate) known: Vec<(String, WorkEntry)>,
}

impl Repo {
    /// Merges `theirs` into the current branch. Uncommitted changes are carried over.
    pub fn merge<Q>(
        &self,
        theirs: &Oid,
        message: &str,
        author: &Author,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<MergeOutcome<Q>, GitError> {
        match self.prepare_merge(&Joining::Merge, theirs, message, merger)? {
            PreparedMerge::UpToDate => Ok(MergeOutcome::UpToDate),
            PreparedMerge::Unrelated => Ok(MergeOutcome::Unrelated),
            PreparedMerge::Ready(ready) => self.land_merge(*ready, author),
        }
    }

    /// Computes what joining `theirs` with the current branch comes to. Touches nothing.
    pub fn prepare_merge<Q>(
        &self,
        joining: &Joining,
        theirs: &Oid,
        message: &str,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<PreparedMerge<Q>, GitError> {
        self.state()?;
        let theirs = self.find_commit(theirs)?;
        let (branch, ours) = match self.head()? {
            Head::Branch { name, commit } => (name, Some(commit.to_git()?)),
            Head::Unborn { name } => (name, None),
            Head::Detached { .. } => return Err(GitError::Detached),
        };
        let step = Step {
            repo: self,
            branch,
            ours,
            merger,
            message,
        };
        let bases = match joining {
            Joining::Apply { since } => {
                let since = since.as_ref().map(|since| self.find_commit(since)).transpose()?;
                return step.join(&theirs, vec![since.map(|since| since.tree_id())], false);
            }
            Joining::Merge | Joining::Squash => match self.relation(ours, theirs.id())? {
                Relation::UpToDate => return Ok(PreparedMerge::UpToDate),
                Relation::Unrelated => return Ok(PreparedMerge::Unrelated),
                Relation::FastForward if *joining == Joining::Merge || ours.is_none() => {
                    return step.forward(&theirs);
                }
                Relation::FastForward => ours.into_iter().collect(),
                Relation::Diverged(bases) => bases,
            },
        };
        let trees: Result<Vec<_>, GitError> = bases.iter().map(|b| Ok(Some(self.tree_of(*b)?))).collect();
        step.join(&theirs, trees?, *joining == Joining::Merge)
    }

    /// Lands a merge, or says what is still open.
    pub fn land_merge<Q>(&self, ready: ReadyMerge<Q>, author: &Author) -> Result<MergeOutcome<Q>, GitError> {
        if !ready.questions.is_empty() {
            return Ok(MergeOutcome::Open(ready.questions));
        }
        let count = ready.carried();
        let message = match ready.forward {
            Some(_) => ready.message,
            None => self.ready_to_commit(&ready.message, author)?.1,
        };
        let commit = match ready.forward {
            Some(commit) => commit,
            None => self.write_commit(ready.tree, &ready.parents, &message, author)?,
        };
        let title = message.trim().lines().next().unwrap_or_default();
        self.land(Plan {
            label: if title.is_empty() {
                "Merge".to_owned()
            } else {
                title.to_owned()
            },
            files: self.edits_between(&ready.carried.before, &ready.carried.after)?,
            refs: vec![RefEdit::new(
                format!("{HEADS}{}", ready.branch),
                ready.ours,
                commit,
            )],
            index: IndexPlan::Tree {
                tree: Some(ready.tree),
                known: ready.carried.known,
            },
            ..Plan::default()
        })?;
        Ok(match ready.forward {
            Some(to) => MergeOutcome::FastForward {
                from: ready.ours.map(Oid::from),
                to: to.into(),
                carried: count,
            },
            None => MergeOutcome::Merged {
                commit: commit.into(),
                carried: count,
            },
        })
    }

    /// Puts the uncommitted changes on top of `target`.
    pub(crate) fn carry<Q>(
        &self,
        target: Option<GitOid>,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<Carried<Q>, GitError> {
        let coming = Layer::of(target);
        let (mut before, known) = self.work_layer()?;
        self.notice_hidden(&mut before, &coming)?;
        let bases = [Layer::of(before.tree)];
        let Joined { edits, open } = ThreeWay {
            repo: self,
            bases: &bases,
            ours: &before,
            theirs: &coming,
            merger,
            answered: true,
            uncommitted: true,
        }
        .join()?;
        let after = before.clone().with(&edits).onto(self, target)?;
        let files = CarriedFiles { before, after, known };
        Ok(Carried { files, open })
    }

    fn relation(&self, ours: Option<GitOid>, theirs: GitOid) -> Result<Relation, GitError> {
        let Some(ours) = ours else {
            return Ok(Relation::FastForward);
        };
        if ours == theirs {
            return Ok(Relation::UpToDate);
        }
        let bases: Vec<GitOid> = match self.git.merge_bases(ours, theirs) {
            Ok(bases) => bases.to_vec(),
            Err(e) if e.code() == git2::ErrorCode::NotFound => return Ok(Relation::Unrelated),
            Err(e) => return Err(e.into()),
        };
        Ok(match bases.as_slice() {
            [] => Relation::Unrelated,
            [base] if *base == theirs => Relation::UpToDate,
            [base] if *base == ours => Relation::FastForward,
            _ => Relation::Diverged(bases),
        })
    }
}

/// How the two commits are related.
enum Relation {
    UpToDate,
    FastForward,
    Diverged(Vec<GitOid>),
    Unrelated,
}

struct Step<'a, Q> {
    repo: &'a Repo,
    branch: String,
    ours: Option<GitOid>,
    merger: &'a dyn FileMerge<Question = Q>,
    message: &'a str,
}

impl<Q> Step<'_, Q> {
    fn forward(self, theirs: &git2::Commit<'_>) -> Result<PreparedMerge<Q>, GitError> {
        let tree = theirs.tree_id();
        self.repo.check_tree(tree, &TreeLimits::default())?;
        let carried = self.repo.carry(Some(tree), self.merger)?;
        Ok(self.ready(Vec::new(), tree, carried, Vec::new(), Some(theirs.id())))
    }

    fn join(
        self,
        theirs: &git2::Commit<'_>,
        bases: Vec<Option<GitOid>>,
        merges: bool,
    ) -> Result<PreparedMerge<Q>, GitError> {
        let repo = self.repo;
        repo.check_tree(theirs.tree_id(), &TreeLimits::default())?;
        let ours = repo.head_tree()?;
        let bases: Vec<Layer> = bases.into_iter().map(Layer::of).collect();
        let committed = ThreeWay {
            repo,
            bases: &bases,
            ours: &Layer::of(ours),
            theirs: &Layer::of(Some(theirs.tree_id())),
            merger: self.merger,
            answered: true,
            uncommitted: false,
        }
        .join()?;
        let tree = repo.edit_tree(ours, &committed.edits)?;
        // Each side may be fine and both together not: names that only differ in case.
        repo.check_tree(tree, &TreeLimits::default())?;
        if !merges && ours == Some(tree) && committed.open.is_empty() {
            return Ok(PreparedMerge::UpToDate);
        }
        let carried = repo.carry(Some(tree), self.merger)?;
        let mut parents: Vec<_> = self.ours.into_iter().collect();
        if merges {
            parents.push(theirs.id());
        }
        Ok(self.ready(parents, tree, carried, committed.open, None))
    }

    fn ready(
        self,
        parents: Vec<GitOid>,
        tree: GitOid,
        carried: Carried<Q>,
        committed: Vec<Open<Q>>,
        forward: Option<GitOid>,
    ) -> PreparedMerge<Q> {
        PreparedMerge::Ready(Box::new(ReadyMerge {
            questions: Questions {
                committed,
                uncommitted: carried.open,
            },
            branch: self.branch,
            ours: self.ours,
            forward,
            parents,
            tree,
            carried: carried.files,
            message: self.message.to_owned(),
        }))
    }
}
