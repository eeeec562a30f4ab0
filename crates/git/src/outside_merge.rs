//! Ending what another program began: computed anew like any other merge, landed as that program would have done it, or
//! taken back. What was edited here since is carried along.

use git2::Oid as GitOid;

use crate::error::GitError;
use crate::file_merge::{FileMerge, Open};
use crate::layer::Layer;
use crate::merge::{CarriedFiles, Ending, NewCommit, Questions, ReadyMerge};
use crate::model::Begun;
use crate::outside::{Outside, odd};
use crate::outside_left::Left;
use crate::plan::{IndexPlan, Plan};
use crate::repository::Repo;
use crate::state_files::StateEdit;
use crate::tree_policy::TreeLimits;

/// The way back to before it began, computed; it has touched nothing.
#[derive(Debug)]
pub struct ReadyAbort<Q> {
    /// Edits of now that do not fit to the files of then.
    pub open: Vec<Open<Q>>,
    label: String,
    files: CarriedFiles,
    tree: Option<GitOid>,
    state: Vec<StateEdit>,
    keeps: Vec<crate::model::Oid>,
}

impl Repo {
    /// Computes what ending it here comes to. Touches nothing.
    pub fn prepare_outside<Q>(
        &self,
        outside: &Outside,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<ReadyMerge<Q>, GitError> {
        let theirs = self.find_commit(&outside.commit)?;
        self.check_tree(theirs.tree_id(), &TreeLimits::default())?;
        let ours = self
            .head_commit()?
            .ok_or_else(|| odd(outside.begun, "there is no commit here yet"))?;
        let left = self.left_by(outside, ours, merger)?;
        let side = |tree: GitOid| Layer::of(Some(tree)).with(&left.decided);
        let bases = self.bases_of(ours, theirs.id())?;
        let (tree, open) = self.join_committed(
            &bases,
            &side(self.tree_of(ours)?),
            &side(theirs.tree_id()),
            merger,
        )?;
        let carried = self.carry_from(left.files, Some(tree), merger)?;
        Ok(ReadyMerge {
            questions: Questions {
                committed: open,
                uncommitted: carried.open,
            },
            target: self.moving_ref()?,
            ours: Some(ours),
            start: Some(ours),
            commits: vec![NewCommit {
                parents: vec![theirs.id()],
                tree,
                message: outside.message.clone(),
                author_of: None,
            }],
            tree,
            carried: carried.files,
            ending: Ending {
                label: None,
                refs: Vec::new(),
                state: self.state_gone()?,
                keeps: vec![outside.commit.clone()],
            },
        })
    }

    /// Computes the way back. What was edited here since is carried along, what was decided about conflicts is not: the
    /// undo point keeps it. Touches nothing.
    pub fn prepare_abort<Q>(
        &self,
        outside: &Outside,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<ReadyAbort<Q>, GitError> {
        let ours = self
            .head_commit()?
            .ok_or_else(|| odd(outside.begun, "there is no commit here yet"))?;
        let left = self.left_by(outside, ours, merger)?;
        let tree = Some(self.tree_of(ours)?);
        let carried = self.carry_from(left.files, tree, merger)?;
        Ok(ReadyAbort {
            open: carried.open,
            label: format!("Abort the {} of {}", outside.begun.word(), outside.from),
            files: carried.files,
            tree,
            state: self.state_gone()?,
            keeps: vec![outside.commit.clone()],
        })
    }

    /// Goes back. Nothing may be open.
    pub fn land_abort<Q>(&self, ready: ReadyAbort<Q>) -> Result<(), GitError> {
        self.land(Plan {
            label: ready.label,
            files: self.edits_between(&ready.files.before, &ready.files.after)?,
            index: IndexPlan::Tree {
                tree: ready.tree,
                known: ready.files.known,
            },
            state: ready.state,
            keeps: ready.keeps,
            ..Plan::default()
        })
    }

    fn left_by<Q>(
        &self,
        outside: &Outside,
        ours: GitOid,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<Left, GitError> {
        let theirs = self.find_commit(&outside.commit)?;
        let here = self.git.find_commit(ours)?;
        let tried = match outside.begun {
            Begun::Merge => self.git.merge_commits(&here, &theirs, None)?,
        };
        self.left(&tried, merger)
    }

    /// What the two come from; nothing in common is an empty tree.
    fn bases_of(&self, ours: GitOid, theirs: GitOid) -> Result<Vec<Layer>, GitError> {
        let bases = match self.git.merge_bases(ours, theirs) {
            Ok(bases) => bases.to_vec(),
            Err(e) if e.code() == git2::ErrorCode::NotFound => Vec::new(),
            Err(e) => return Err(e.into()),
        };
        if bases.is_empty() {
            return Ok(vec![Layer::default()]);
        }
        bases
            .into_iter()
            .map(|base| Ok(Layer::of(Some(self.tree_of(base)?))))
            .collect()
    }

    /// All that git notes of what is under way goes.
    fn state_gone(&self) -> Result<Vec<StateEdit>, GitError> {
        let gone = |(name, bytes)| StateEdit {
            name,
            before: Some(bytes),
            after: None,
        };
        Ok(self.state_files(|_| true)?.into_iter().map(gone).collect())
    }
}
