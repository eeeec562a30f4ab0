//! Merging another commit into the current branch. All of it happens in memory until nothing is open any more.

use git2::Oid as GitOid;

use crate::entry::Entry;
use crate::error::GitError;
use crate::file_merge::{Answers, Disagreement, FileMerge};
use crate::layer::Layer;
use crate::model::{Author, Head, Oid};
use crate::plan::{IndexPlan, Plan, RefEdit};
use crate::repository::{HEADS, Repo};
use crate::three_way::{Joined, ThreeWay};
use crate::tree_policy::TreeLimits;
use crate::work_entry::WorkEntry;

/// What a merge did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MergeOutcome {
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
    /// A merge commit joins both sides.
    Merged {
        /// The merge commit.
        commit: Oid,
        /// How many files kept their uncommitted changes.
        carried: usize,
    },
    /// A person must decide first; nothing was touched.
    Disagree(Vec<Disagreement>),
    /// The two have no commit in common; nothing was touched.
    Unrelated,
}

/// How the two commits are related.
enum Relation {
    UpToDate,
    FastForward,
    Diverged(Vec<GitOid>),
    Unrelated,
}

/// Uncommitted changes put on top of another tree.
pub(crate) struct Carried {
    /// The work tree as it was.
    pub(crate) before: Layer,
    /// The work tree as it is going to be, as changes of the new tree.
    pub(crate) after: Layer,
    /// What is known of the files on disk.
    pub(crate) known: Vec<(String, WorkEntry)>,
    pub(crate) open: Vec<Disagreement>,
}

impl Repo {
    /// Merges `theirs` into the current branch. Uncommitted changes are carried over.
    pub fn merge(
        &self,
        theirs: &Oid,
        message: &str,
        author: &Author,
        merger: &dyn FileMerge,
        answers: &Answers,
    ) -> Result<MergeOutcome, GitError> {
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
            answers,
        };
        match self.relation(ours, theirs.id())? {
            Relation::UpToDate => Ok(MergeOutcome::UpToDate),
            Relation::Unrelated => Ok(MergeOutcome::Unrelated),
            Relation::FastForward => step.forward(&theirs, message),
            Relation::Diverged(bases) => {
                let (_, message) = self.ready_to_commit(message, author)?;
                step.join(&theirs, &bases, &message, author)
            }
        }
    }

    /// Puts the uncommitted changes on top of `target`.
    pub(crate) fn carry(
        &self,
        target: Option<GitOid>,
        merger: &dyn FileMerge,
        answers: &Answers,
    ) -> Result<Carried, GitError> {
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
            answers,
            uncommitted: true,
        }
        .join()?;
        let after = before.clone().with(&edits).onto(self, target)?;
        Ok(Carried {
            before,
            after,
            known,
            open,
        })
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

struct Step<'a> {
    repo: &'a Repo,
    branch: String,
    ours: Option<GitOid>,
    merger: &'a dyn FileMerge,
    answers: &'a Answers,
}

impl Step<'_> {
    fn forward(&self, theirs: &git2::Commit<'_>, message: &str) -> Result<MergeOutcome, GitError> {
        let tree = theirs.tree_id();
        self.repo.check_tree(tree, &TreeLimits::default())?;
        let carried = self.repo.carry(Some(tree), self.merger, self.answers)?;
        if !carried.open.is_empty() {
            return Ok(MergeOutcome::Disagree(carried.open));
        }
        let count = self.land(carried, theirs.id(), tree, message)?;
        Ok(MergeOutcome::FastForward {
            from: self.ours.map(Oid::from),
            to: theirs.id().into(),
            carried: count,
        })
    }

    fn join(
        &self,
        theirs: &git2::Commit<'_>,
        bases: &[GitOid],
        message: &str,
        author: &Author,
    ) -> Result<MergeOutcome, GitError> {
        let repo = self.repo;
        repo.check_tree(theirs.tree_id(), &TreeLimits::default())?;
        let ours = repo.head_tree()?;
        let bases: Result<Vec<_>, GitError> = bases
            .iter()
            .map(|b| Ok(Layer::of(Some(repo.tree_of(*b)?))))
            .collect();
        let committed = ThreeWay {
            repo,
            bases: &bases?,
            ours: &Layer::of(ours),
            theirs: &Layer::of(Some(theirs.tree_id())),
            merger: self.merger,
            answers: self.answers,
            uncommitted: false,
        }
        .join()?;
        let tree = repo.edit_tree(ours, &committed.edits)?;
        // Each side may be fine and both together not: names that only differ in case.
        repo.check_tree(tree, &TreeLimits::default())?;
        let carried = repo.carry(Some(tree), self.merger, self.answers)?;
        let open = self.one_question_a_path(committed.open, &carried)?;
        if !open.is_empty() {
            return Ok(MergeOutcome::Disagree(open));
        }
        let parents: Vec<_> = self.ours.into_iter().chain([theirs.id()]).collect();
        let commit = repo.write_commit(tree, &parents, message, author)?;
        let count = self.land(carried, commit, tree, message)?;
        Ok(MergeOutcome::Merged {
            commit: commit.into(),
            carried: count,
        })
    }

    /// Where a file that disagrees also has uncommitted changes, the person is shown those: an answer is about both.
    fn one_question_a_path(
        &self,
        committed: Vec<Disagreement>,
        carried: &Carried,
    ) -> Result<Vec<Disagreement>, GitError> {
        let mut open = Vec::new();
        for mut question in committed {
            if let Some(entry) = carried.before.over.get(&question.path) {
                question.ours = self.work_bytes(&question.path, *entry)?;
                question.uncommitted = true;
            }
            open.push(question);
        }
        for question in &carried.open {
            if open.iter().all(|q| q.path != question.path) {
                open.push(question.clone());
            }
        }
        Ok(open)
    }

    fn work_bytes(&self, path: &str, entry: Option<Entry>) -> Result<Option<Vec<u8>>, GitError> {
        let Some(entry) = entry else { return Ok(None) };
        self.repo.store_work_entry(path)?;
        self.repo.blob_bytes(entry.oid).map(Some)
    }

    /// Says how many files keep uncommitted changes.
    fn land(&self, carried: Carried, commit: GitOid, tree: GitOid, message: &str) -> Result<usize, GitError> {
        let count = carried.after.over.len();
        let title = message.trim().lines().next().unwrap_or_default();
        self.repo.land(Plan {
            label: if title.is_empty() {
                "Merge".to_owned()
            } else {
                title.to_owned()
            },
            files: self.repo.edits_between(&carried.before, &carried.after)?,
            refs: vec![RefEdit::new(format!("{HEADS}{}", self.branch), self.ours, commit)],
            index: IndexPlan::Tree {
                tree: Some(tree),
                known: carried.known,
            },
            ..Plan::default()
        })?;
        Ok(count)
    }
}
