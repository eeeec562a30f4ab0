//! Switching to another branch with or without the uncommitted changes.

use git2::Oid as GitOid;

use crate::entry::Entry;
use crate::error::GitError;
use crate::file_merge::{FileMerge, Open};
use crate::layer::Layer;
use crate::merge::{Carried, CarriedFiles};
use crate::model::{Author, Oid};
use crate::plan::{IndexPlan, Plan, RefEdit, RefValue};
use crate::repository::{HEADS, Repo};
use crate::three_way::ThreeWay;
use crate::tree_edit::Edits;
use crate::tree_policy::TreeLimits;

/// What happens to uncommitted changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SwitchMode {
    /// They come along.
    Carry,
    /// They stay with the branch and come back with it.
    Park,
}

/// What switching did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SwitchOutcome<Q> {
    /// The branch is checked out.
    Switched {
        /// Files whose uncommitted changes came along.
        carried: usize,
        /// Files whose uncommitted changes stayed with the old branch.
        parked: usize,
        /// Files whose parked changes came back.
        unparked: usize,
        /// Parked changes of this branch do not fit any more and stay parked.
        still_parked: bool,
    },
    /// A person must decide first; nothing was touched.
    Open(Vec<Open<Q>>),
}

/// What bringing back parked changes did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnparkOutcome<Q> {
    /// Nothing was parked on this branch.
    NothingParked,
    /// So many files have their changes back.
    Unparked(usize),
    /// A person must decide first; nothing was touched.
    Open(Vec<Open<Q>>),
}

/// What switching, or bringing back parked changes, would come to. Nothing was touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look<Q> {
    /// What a person must decide.
    pub open: Vec<Open<Q>>,
    /// The commit that is switched to, or where the parked changes lie.
    pub target: Oid,
    /// Files with uncommitted changes that come along, or that come back.
    pub files: usize,
}

impl Repo {
    /// What switching to `name` with the uncommitted changes would come to.
    pub fn look_at_switch<Q>(
        &self,
        name: &str,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<Look<Q>, GitError> {
        self.state()?;
        let target = self.branch_tip(name)?;
        let tree = self.tree_of(target)?;
        self.check_tree(tree, &TreeLimits::default())?;
        let carried = self.carry(Some(tree), merger)?;
        Ok(Look {
            open: carried.open,
            target: target.into(),
            files: carried.files.after.over.len(),
        })
    }

    /// What bringing back the parked changes of the current branch would come to; nothing where none are parked.
    pub fn look_at_unpark<Q>(
        &self,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<Option<Look<Q>>, GitError> {
        self.state()?;
        let head = self.head()?;
        let branch = head.branch().ok_or(GitError::Detached)?;
        let Some(target) = self.parked_on(branch)? else {
            return Ok(None);
        };
        let (before, _) = self.work_layer()?;
        let back = self.bring_back(branch, &before, merger, true)?;
        Ok(Some(Look {
            open: back.open,
            target: target.into(),
            files: back.files,
        }))
    }

    /// Switches to the local branch `name`.
    pub fn switch_branch<Q>(
        &self,
        name: &str,
        mode: SwitchMode,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<SwitchOutcome<Q>, GitError> {
        self.state()?;
        let target = self.branch_tip(name)?;
        if self.head()?.branch() == Some(name) {
            return Ok(SwitchOutcome::Switched {
                carried: 0,
                parked: 0,
                unparked: 0,
                still_parked: false,
            });
        }
        let tree = self.tree_of(target)?;
        self.check_tree(tree, &TreeLimits::default())?;
        let (step, parked) = match mode {
            SwitchMode::Carry => (self.carry(Some(tree), merger)?, Parked::default()),
            SwitchMode::Park => self.park(tree)?,
        };
        if !step.open.is_empty() {
            return Ok(SwitchOutcome::Open(step.open));
        }
        let files = step.files;
        let carried = files.after.over.len();
        // answers are about what is carried along, not about what was parked
        let back = self.bring_back(name, &files.after, merger, false)?;
        let back = if back.open.is_empty() {
            back
        } else {
            Returned {
                still: true,
                ..Returned::nothing(&files.after)
            }
        };
        let mut refs = vec![RefEdit {
            name: "HEAD".to_owned(),
            before: self.ref_value("HEAD")?,
            after: RefValue::Symbolic(format!("{HEADS}{name}")),
        }];
        refs.extend(parked.reference);
        refs.extend(back.reference);
        self.land(Plan {
            label: format!("Switch to {name}"),
            files: self.edits_between(&files.before, &back.after)?,
            refs,
            index: IndexPlan::Tree {
                tree: Some(tree),
                known: files.known,
            },
            ..Plan::default()
        })?;
        Ok(SwitchOutcome::Switched {
            carried,
            parked: parked.files,
            unparked: back.files,
            still_parked: back.still,
        })
    }

    /// Brings back what is parked on the current branch.
    pub fn unpark<Q>(&self, merger: &dyn FileMerge<Question = Q>) -> Result<UnparkOutcome<Q>, GitError> {
        self.state()?;
        let head = self.head()?;
        let branch = head.branch().ok_or(GitError::Detached)?;
        let (before, _) = self.work_layer()?;
        let back = self.bring_back(branch, &before, merger, true)?;
        if !back.open.is_empty() {
            return Ok(UnparkOutcome::Open(back.open));
        }
        let Some(reference) = back.reference else {
            return Ok(UnparkOutcome::NothingParked);
        };
        self.land(Plan {
            label: format!("Bring back parked changes of {branch}"),
            files: self.edits_between(&before, &back.after)?,
            refs: vec![reference],
            ..Plan::default()
        })?;
        Ok(UnparkOutcome::Unparked(back.files))
    }

    /// Whether changes are parked on a branch.
    pub(crate) fn parked_on(&self, branch: &str) -> Result<Option<GitOid>, GitError> {
        self.ref_oid(&parked_ref(branch))
    }

    /// The work tree as a commit that stays with the branch. Its second parent is what was parked there before.
    fn park<Q>(&self, target: GitOid) -> Result<(Carried<Q>, Parked), GitError> {
        let after = Layer::of(Some(target));
        let (mut before, known) = self.work_layer()?;
        self.notice_hidden(&mut before, &after)?;
        let files = before.over.len();
        let mut parked = Parked {
            files,
            reference: None,
        };
        if files > 0 {
            let head = self.head()?;
            let branch = head.branch().ok_or(GitError::Detached)?;
            for (path, entry) in &before.over {
                self.keep_entry(path, *entry)?;
            }
            let tree = self.edit_tree(before.tree, &before.over)?;
            let earlier = self.parked_on(branch)?;
            let commit = self.write_parked(tree, earlier, branch)?;
            parked.reference = Some(RefEdit::new(parked_ref(branch), earlier, commit));
        }
        Ok((
            Carried {
                files: CarriedFiles { before, after, known },
                open: Vec::new(),
            },
            parked,
        ))
    }

    fn keep_entry(&self, path: &str, entry: Option<Entry>) -> Result<(), GitError> {
        let stored = self.store_work_entry(path)?.map(|w| w.entry);
        if entry.is_some() && stored != entry {
            return Err(GitError::ChangedMeanwhile {
                path: path.to_owned(),
            });
        }
        Ok(())
    }

    fn write_parked(&self, tree: GitOid, earlier: Option<GitOid>, branch: &str) -> Result<GitOid, GitError> {
        let who = Author {
            name: "Sheaf".to_owned(),
            email: "sheaf@localhost".to_owned(),
        };
        let base = match self.head_commit()? {
            Some(head) => head,
            // A branch without commits: an empty root takes the place of its tip.
            None => self.write_commit(self.edit_tree(None, &Edits::new())?, &[], "Nothing yet\n", &who)?,
        };
        let parents: Vec<_> = [base].into_iter().chain(earlier).collect();
        self.write_commit(tree, &parents, &format!("Changes parked on {branch}\n"), &who)
    }

    /// What is parked on a branch, put on top of `work`; nothing is touched.
    fn bring_back<Q>(
        &self,
        branch: &str,
        work: &Layer,
        merger: &dyn FileMerge<Question = Q>,
        answered: bool,
    ) -> Result<Returned<Q>, GitError> {
        let Some(parked) = self.parked_on(branch)? else {
            return Ok(Returned::nothing(work));
        };
        let commit = self.git.find_commit(parked)?;
        let theirs = Layer::of(Some(commit.tree_id()));
        let base = [Layer::of(Some(self.tree_of(commit.parent_id(0)?)?))];
        let mut ours = work.clone();
        for path in theirs.diff_to(self, &base[0])?.into_iter().map(|d| d.path) {
            if ours.get(self, &path)?.is_none()
                && let Some(hidden) = self.work_entry(&path)?
                && !self.is_tracked(&path)?
            {
                ours.over.insert(path, Some(hidden.entry));
            }
        }
        let three_way = ThreeWay {
            repo: self,
            bases: &base,
            ours: &ours,
            theirs: &theirs,
            merger,
            answered,
            uncommitted: true,
            again: None,
        };
        let joined = match three_way.join() {
            Ok(joined) => joined,
            Err(GitError::InTheWay(_)) => {
                return Ok(Returned {
                    still: true,
                    ..Returned::nothing(work)
                });
            }
            Err(e) => return Err(e),
        };
        let earlier = commit.parent_id(1).ok();
        Ok(Returned {
            files: joined.edits.len(),
            after: work.clone().with(&joined.edits),
            reference: Some(RefEdit::new(parked_ref(branch), parked, earlier)),
            still: earlier.is_some(),
            open: joined.open,
        })
    }

    fn is_tracked(&self, path: &str) -> Result<bool, GitError> {
        Ok(self.entry_at(self.head_tree()?, path)?.is_some())
    }
}

/// Changes that stay behind.
#[derive(Default)]
struct Parked {
    files: usize,
    reference: Option<RefEdit>,
}

/// Changes that come back.
struct Returned<Q> {
    after: Layer,
    files: usize,
    reference: Option<RefEdit>,
    still: bool,
    open: Vec<Open<Q>>,
}

impl<Q> Returned<Q> {
    fn nothing(work: &Layer) -> Self {
        Self {
            after: work.clone(),
            files: 0,
            reference: None,
            still: false,
            open: Vec::new(),
        }
    }
}

/// Where the parked changes of a branch are.
pub(crate) fn parked_ref(branch: &str) -> String {
    format!("refs/sheaf/parked/{branch}")
}
