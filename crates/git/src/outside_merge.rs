//! Ending what another program began: computed anew like any other merge, landed as that program would have done it, or
//! taken back. What was edited here since is carried along.

use git2::{Index, Oid as GitOid};

use crate::error::GitError;
use crate::file_merge::FileMerge;
use crate::layer::Layer;
use crate::merge::{CarriedFiles, Ending, NewCommit, Questions, ReadyMerge};
use crate::model::{Author, Begun, Oid};
use crate::outside::{Outside, odd};
use crate::outside_left::Left;
use crate::plan::{IndexPlan, Plan, RefEdit, RefValue};
use crate::replay::{Replayed, Step};
use crate::repository::{HEADS, Repo};
use crate::state_files::StateEdit;
use crate::switch::parked_ref;
use crate::tree_edit::Edits;
use crate::tree_policy::TreeLimits;

/// The way back to before it began, computed; it has touched nothing.
#[derive(Debug)]
pub struct ReadyAbort {
    files: CarriedFiles,
    tree: GitOid,
    ending: Ending,
}

impl Repo {
    /// Computes what ending it here comes to. Touches nothing.
    pub fn prepare_outside<Q>(
        &self,
        outside: &Outside,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<ReadyMerge<Q>, GitError> {
        if outside.begun == Begun::Conflict {
            return self.prepare_conflicts(outside, merger);
        }
        let theirs = self.find_commit(&outside.commit)?;
        self.check_tree(theirs.tree_id(), &TreeLimits::default())?;
        let ours = self.here(outside)?;
        let left = self.left_by(outside, ours, merger)?;
        let joined = if outside.begun == Begun::Merge {
            self.merged_outside(outside, ours, &left.decided, merger)?
        } else {
            let steps = self.steps_of(outside, &left.decided)?;
            self.replay(self.tree_of(ours)?, &steps, merger)?
        };
        let carried = self.carry_from(left.files, Some(joined.tree), merger)?;
        let (target, before, ending) = self.end_of(outside, ours)?;
        Ok(ReadyMerge {
            questions: Questions {
                committed: joined.open,
                uncommitted: carried.open,
            },
            target,
            ours: Some(before),
            start: Some(ours),
            commits: joined.commits,
            dropped: joined.dropped,
            tree: joined.tree,
            carried: carried.files,
            ending,
        })
    }

    /// Computes the way back. What was edited here since is carried along, what was decided about conflicts is not: the
    /// undo point keeps it. An edit that does not fit to what was there before stays as it is. Touches nothing.
    pub fn prepare_abort<Q>(
        &self,
        outside: &Outside,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<ReadyAbort, GitError> {
        let ours = self.here(outside)?;
        let left = self.left_by(outside, ours, merger)?;
        let start = outside.back.commit.unwrap_or(ours);
        let tree = self.tree_of(start)?;
        self.check_tree(tree, &TreeLimits::default())?;
        let carried = self.carry_from(left.files, Some(tree), merger)?;
        let mut ending = self.notes_gone(outside)?;
        if outside.begun == Begun::Conflict {
            ending.refs.extend(self.incoming_parked()?);
        }
        ending.label = Some(format!("Abort the {} of {}", outside.begun.word(), outside.from));
        ending.refs.extend(match &outside.back.branch {
            Some(branch) => Some(self.head_to(branch)?),
            None if start != ours => Some(RefEdit::new(self.moving_ref()?, ours, start)),
            None => None,
        });
        Ok(ReadyAbort {
            files: carried.files,
            tree,
            ending,
        })
    }

    /// Goes back.
    pub fn land_abort(&self, ready: ReadyAbort) -> Result<(), GitError> {
        self.land(Plan {
            label: ready.ending.label.unwrap_or_default(),
            files: self.edits_between(&ready.files.before, &ready.files.after)?,
            refs: ready.ending.refs,
            index: IndexPlan::Tree {
                tree: Some(ready.tree),
                known: ready.files.known,
            },
            state: ready.ending.state,
            keeps: ready.ending.keeps,
            keeps_index: ready.ending.keeps_index,
            ..Plan::default()
        })
    }

    pub(crate) fn here(&self, outside: &Outside) -> Result<GitOid, GitError> {
        self.head_commit()?
            .ok_or_else(|| odd(outside.begun, "there is no commit here yet"))
    }

    fn merged_outside<Q>(
        &self,
        outside: &Outside,
        ours: GitOid,
        decided: &Edits,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<Replayed<Q>, GitError> {
        let side = |tree: GitOid| Layer::of(Some(tree)).with(decided);
        let heads = heads_of(outside)?;
        let (mut joined, mut tree, mut open) = (vec![ours], self.tree_of(ours)?, Vec::new());
        for head in &heads {
            let theirs = self.tree_of(*head)?;
            self.check_tree(theirs, &TreeLimits::default())?;
            let bases = self.bases_of(*head, &joined)?;
            (tree, open) = self.join_committed(None, &bases, &side(tree), &side(theirs), merger)?;
            if !open.is_empty() {
                break;
            }
            joined.push(*head);
        }
        Ok(Replayed {
            commits: vec![NewCommit {
                parents: heads,
                tree,
                message: outside.message.clone(),
                author_of: None,
            }],
            dropped: Vec::new(),
            tree,
            open,
        })
    }

    /// The commit of now and those that follow.
    fn steps_of(&self, outside: &Outside, decided: &Edits) -> Result<Vec<Step>, GitError> {
        let step = |commit: &Oid, mainline: u32| {
            let commit = self.find_commit(commit)?;
            match outside.begun {
                Begun::Revert => Step::back(&commit, mainline),
                _ => Ok(Step::over(&commit, mainline)),
            }
        };
        let mut now = step(&outside.commit, outside.mainline)?;
        now.message.clone_from(&outside.message);
        now.decided.clone_from(decided);
        let rest = outside.rest.iter().map(|commit| step(commit, 0));
        [Ok(now)].into_iter().chain(rest).collect()
    }

    fn left_by<Q>(
        &self,
        outside: &Outside,
        ours: GitOid,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<Left, GitError> {
        if outside.begun == Begun::Conflict {
            return self.left(None, merger);
        }
        let theirs = self.find_commit(&outside.commit)?;
        let here = self.git.find_commit(ours)?;
        let tried: Index = match outside.begun {
            Begun::Merge | Begun::Conflict if outside.also.is_empty() => {
                self.git.merge_commits(&here, &theirs, None)?
            }
            Begun::Merge | Begun::Conflict => self.tried_with_several(ours, &heads_of(outside)?)?,
            Begun::CherryPick | Begun::Rebase => {
                self.git
                    .cherrypick_commit(&theirs, &here, outside.mainline, None)?
            }
            Begun::Revert => self.git.revert_commit(&theirs, &here, outside.mainline, None)?,
        };
        self.left(Some(&tried), merger)
    }

    /// As git does it: one branch after the other, up to the first that conflicts.
    fn tried_with_several(&self, ours: GitOid, heads: &[GitOid]) -> Result<Index, GitError> {
        let mut tree = self.git.find_tree(self.tree_of(ours)?)?;
        let mut tried = Index::new()?;
        let mut joined = vec![ours];
        for head in heads {
            let bases = self.bases_of(*head, &joined)?;
            let base = bases.first().and_then(|base| base.tree);
            let base = base.map_or_else(|| self.edit_tree(None, &Edits::new()), Ok)?;
            let theirs = self.git.find_tree(self.tree_of(*head)?)?;
            tried = self
                .git
                .merge_trees(&self.git.find_tree(base)?, &tree, &theirs, None)?;
            if tried.has_conflicts() {
                break;
            }
            tree = self.git.find_tree(tried.write_tree_to(&self.git)?)?;
            joined.push(*head);
        }
        Ok(tried)
    }

    /// What a commit and those that were joined come from; nothing in common is an empty tree.
    fn bases_of(&self, commit: GitOid, joined: &[GitOid]) -> Result<Vec<Layer>, GitError> {
        let all: Vec<GitOid> = [commit].into_iter().chain(joined.iter().copied()).collect();
        let bases = match self.git.merge_bases_many(&all) {
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

    /// The ref that gets the last commit, where it is, and what else changes with it.
    fn end_of(&self, outside: &Outside, ours: GitOid) -> Result<(String, GitOid, Ending), GitError> {
        if outside.goes_on {
            let ending = Ending {
                state: self.notes(is_about_one_commit)?,
                keeps: vec![outside.commit.clone()],
                ..Ending::default()
            };
            return Ok((self.moving_ref()?, ours, ending));
        }
        let mut ending = self.notes_gone(outside)?;
        if outside.begun == Begun::Rebase {
            ending.label = Some(format!("Rebase {}", outside.into));
        }
        if let (Some(branch), Some(start)) = (&outside.back.branch, outside.back.commit) {
            ending.refs.push(self.head_to(branch)?);
            return Ok((branch.clone(), start, ending));
        }
        Ok((self.moving_ref()?, ours, ending))
    }

    fn head_to(&self, branch: &str) -> Result<RefEdit, GitError> {
        Ok(RefEdit {
            name: "HEAD".to_owned(),
            before: self.ref_value("HEAD")?,
            after: RefValue::Symbolic(branch.to_owned()),
        })
    }

    /// All that git notes of it goes. What was put aside when it began is parked, where it can be brought back.
    fn notes_gone(&self, outside: &Outside) -> Result<Ending, GitError> {
        Ok(Ending {
            label: None,
            refs: self.aside_parked(outside)?.into_iter().collect(),
            config: Vec::new(),
            state: self.notes(|_| true)?,
            keeps: kept_by(outside),
            keeps_index: outside.begun == Begun::Conflict,
        })
    }

    fn notes(&self, wanted: impl Fn(&str) -> bool) -> Result<Vec<StateEdit>, GitError> {
        let gone = |(name, bytes)| StateEdit {
            name,
            before: Some(bytes),
            after: None,
        };
        Ok(self.state_files(wanted)?.into_iter().map(gone).collect())
    }

    fn aside_parked(&self, outside: &Outside) -> Result<Option<RefEdit>, GitError> {
        let Some(aside) = outside.back.aside else {
            return Ok(None);
        };
        let branch = match &outside.back.branch {
            Some(branch) => branch.strip_prefix(HEADS).map(str::to_owned),
            None => self.head()?.branch().map(str::to_owned),
        };
        let branch =
            branch.ok_or_else(|| odd(outside.begun, "git put edits aside, and no branch is checked out"))?;
        let stash = self.git.find_commit(aside)?;
        let earlier = self.parked_on(&branch)?;
        let who = Author {
            name: "Sheaf".to_owned(),
            email: "sheaf@localhost".to_owned(),
        };
        let parents: Vec<_> = [stash.parent_id(0)?].into_iter().chain(earlier).collect();
        let message = format!("Changes that git put aside on {branch}\n");
        let parked = self.write_commit(stash.tree_id(), &parents, &message, &who)?;
        Ok(Some(RefEdit::new(parked_ref(&branch), earlier, parked)))
    }
}

/// Of a conflict the index has it all, and the undo point keeps that.
fn kept_by(outside: &Outside) -> Vec<Oid> {
    if outside.begun == Begun::Conflict {
        return Vec::new();
    }
    let all = [&outside.commit].into_iter().chain(&outside.also);
    all.cloned().collect()
}

/// What comes in, in its order.
fn heads_of(outside: &Outside) -> Result<Vec<GitOid>, GitError> {
    [&outside.commit]
        .into_iter()
        .chain(&outside.also)
        .map(Oid::to_git)
        .collect()
}

/// Notes that git itself clears when the commit of now is made.
fn is_about_one_commit(name: &str) -> bool {
    !name.contains('/') && name != "REBASE_HEAD"
}
