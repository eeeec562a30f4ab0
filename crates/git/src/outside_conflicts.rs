//! Conflicts that another program left in the index without a note of what they are from: a stash that was taken back, a
//! squash, a patch, edits that were carried to another branch. No commit ends them; they are settled or taken back.

use git2::Oid as GitOid;

use crate::error::GitError;
use crate::file_merge::FileMerge;
use crate::layer::Layer;
use crate::merge::{Ending, Questions, ReadyMerge};
use crate::model::{Author, Begun};
use crate::outside::{Back, Outside, odd};
use crate::outside_left::{Stages, Taken};
use crate::plan::RefEdit;
use crate::repository::{HEADS, Repo};
use crate::switch::parked_ref;
use crate::tree_diff::differences;
use crate::tree_edit::Edits;

/// More stashes are not looked at.
const MOST_STASHES: usize = 100;

/// Base, ours and theirs, as sets of files.
struct Sides {
    base: Layer,
    ours: Layer,
    theirs: Layer,
    /// The files in conflict as they come in, and as both sides had them.
    incoming: Edits,
    before: Edits,
}

impl Repo {
    /// Such conflicts; nothing where there are none.
    pub(crate) fn left_conflicts(&self) -> Result<Option<Outside>, GitError> {
        if self.state().is_ok() {
            return Ok(None);
        }
        if self.head_commit()?.is_none() {
            return Err(odd(Begun::Conflict, "there is no commit here yet"));
        }
        let sides = self.sides_in_index()?;
        let theirs = self.edit_tree(sides.theirs.tree, &sides.theirs.over)?;
        let from = if self.in_a_stash(&sides.incoming)? {
            "a stash"
        } else if self.read_state("SQUASH_MSG")?.is_some() {
            "a squash"
        } else {
            "changes"
        };
        Ok(Some(Outside {
            begun: Begun::Conflict,
            commit: theirs.into(),
            also: Vec::new(),
            from: from.to_owned(),
            onto: None,
            into: self.place_of_head()?,
            message: String::new(),
            rest: Vec::new(),
            goes_on: false,
            mainline: 0,
            back: Back::default(),
        }))
    }

    /// Computes what settling them comes to: files and index, and no commit.
    pub(crate) fn prepare_conflicts<Q>(
        &self,
        outside: &Outside,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<ReadyMerge<Q>, GitError> {
        let here = self.here(outside)?;
        let left = self.left(None, merger)?;
        let sides = self.sides_in_index()?;
        let (tree, open) = self.join_committed(
            None,
            &[sides.base],
            &sides.ours.with(&left.decided),
            &sides.theirs.with(&left.decided),
            merger,
        )?;
        let carried = self.carry_from(left.files, Some(tree), merger)?;
        Ok(ReadyMerge {
            questions: Questions {
                committed: open,
                uncommitted: carried.open,
            },
            target: self.moving_ref()?,
            ours: Some(here),
            start: Some(here),
            commits: Vec::new(),
            dropped: Vec::new(),
            tree,
            carried: carried.files,
            ending: Ending {
                label: Some(format!("Settle the conflict with {}", outside.from)),
                keeps_index: true,
                ..Ending::default()
            },
        })
    }

    /// What comes in is parked where no branch and no stash has it.
    pub(crate) fn incoming_parked(&self) -> Result<Option<RefEdit>, GitError> {
        let sides = self.sides_in_index()?;
        let Some(branch) = self.head()?.branch().map(str::to_owned) else {
            return Ok(None);
        };
        if self.in_a_stash(&sides.incoming)? || self.on_a_branch(&sides.incoming)? {
            return Ok(None);
        }
        let who = Author {
            name: "Sheaf".to_owned(),
            email: "sheaf@localhost".to_owned(),
        };
        let earlier = self.parked_on(&branch)?;
        // What is staged comes in, too.
        let base = self.edit_tree(sides.base.tree, &sides.before)?;
        let base = self.write_commit(base, &[], "Before the changes\n", &who)?;
        let theirs = self.edit_tree(sides.theirs.tree, &sides.theirs.over)?;
        let parents: Vec<_> = [base].into_iter().chain(earlier).collect();
        let message = format!("Changes that conflicted on {branch}\n");
        let parked = self.write_commit(theirs, &parents, &message, &who)?;
        Ok(Some(RefEdit::new(parked_ref(&branch), earlier, parked)))
    }

    /// The index as three sets of files, which differ where there is a conflict.
    fn sides_in_index(&self) -> Result<Sides, GitError> {
        let head = self.head_tree()?;
        let Taken {
            settled: staged,
            in_conflict,
        } = self.taken_index()?;
        let mut settled: Edits = staged
            .into_iter()
            .map(|(path, entry)| (path, Some(entry)))
            .collect();
        for file in differences(self, None, head)? {
            match settled.get(&file.path) {
                None => drop(settled.insert(file.path, None)),
                Some(entry) if *entry == file.new => drop(settled.remove(&file.path)),
                Some(_) => {}
            }
        }
        let stage = |n: usize| -> Edits {
            let side = |(path, stages): (&String, &Stages)| (path.clone(), stages.get(n).copied().flatten());
            in_conflict.iter().map(side).collect()
        };
        let side = |stage: &Edits| Layer::of(head).with(&settled).with(stage);
        let (before, here, incoming) = (stage(0), stage(1), stage(2));
        Ok(Sides {
            base: side(&before),
            ours: side(&here),
            theirs: side(&incoming),
            incoming,
            before,
        })
    }

    fn in_a_stash(&self, incoming: &Edits) -> Result<bool, GitError> {
        let Ok(log) = self.git.reflog("refs/stash") else {
            return Ok(false);
        };
        for entry in log.iter().take(MOST_STASHES) {
            if self.holds(entry.id_new(), incoming)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn on_a_branch(&self, incoming: &Edits) -> Result<bool, GitError> {
        for folder in [HEADS, "refs/remotes/"] {
            for (_, tip) in self.full_tips(folder)? {
                if self.holds(tip, incoming)? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Whether a commit has all of it.
    fn holds(&self, commit: GitOid, incoming: &Edits) -> Result<bool, GitError> {
        let Ok(commit) = self.git.find_commit(commit) else {
            return Ok(false);
        };
        for (path, entry) in incoming {
            if self.entry_at(Some(commit.tree_id()), path)? != *entry {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
