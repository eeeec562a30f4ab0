//! Merging another commit into the current branch. All of it happens in memory until nothing is open any more.

use git2::Oid as GitOid;

use crate::bulk::NewObjects;
use crate::error::GitError;
use crate::file_merge::{FileMerge, Open};
use crate::layer::Layer;
use crate::model::{Author, CommitInfo, Head, Oid};
use crate::plan::{ConfigEdit, IndexPlan, Plan, RefEdit};
use crate::repository::{HEADS, Repo};
use crate::state_files::StateEdit;
use crate::three_way::{Joined, ThreeWay};
use crate::tree_policy::TreeLimits;
use crate::waiting_merge::Note;
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
        /// Whether the author of the commit is the author of the new one.
        keeps_author: bool,
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
    /// The ref that moves.
    pub(crate) target: String,
    /// Where it is.
    pub(crate) ours: Option<GitOid>,
    /// The commit that the new ones stand on, or that the branch only moves forward to.
    pub(crate) start: Option<GitOid>,
    /// What is committed, in its order; nothing where the branch only moves forward.
    pub(crate) commits: Vec<NewCommit>,
    /// Commits that would change nothing any more, and so are left out.
    pub dropped: Vec<CommitInfo>,
    /// The files as they will be committed; where something is open, as they are here.
    pub(crate) tree: GitOid,
    pub(crate) carried: CarriedFiles,
    pub(crate) ending: Ending,
}

/// A commit that is made when everything is settled. Its first parent is the one before it.
#[derive(Debug)]
pub(crate) struct NewCommit {
    /// Its other parents.
    pub(crate) parents: Vec<GitOid>,
    pub(crate) tree: GitOid,
    pub(crate) message: String,
    /// The commit whose author is its author.
    pub(crate) author_of: Option<GitOid>,
}

/// What goes along with a merge that ends what another program began.
#[derive(Debug, Default)]
pub(crate) struct Ending {
    /// In words, for the list of undo points; else the title of the last commit.
    pub(crate) label: Option<String>,
    pub(crate) refs: Vec<RefEdit>,
    pub(crate) config: Vec<ConfigEdit>,
    pub(crate) state: Vec<StateEdit>,
    pub(crate) keeps: Vec<Oid>,
    pub(crate) keeps_index: bool,
}

impl<Q> ReadyMerge<Q> {
    /// The files as they will be committed, as a tree; where something is open, as they are here.
    pub fn tree(&self) -> Oid {
        self.tree.into()
    }

    /// The same, and the branch follows a branch of the remote from then on.
    #[must_use]
    pub fn following(mut self, repo: &Repo, remote: &str) -> Self {
        if let Some(branch) = self.target.strip_prefix(HEADS) {
            self.ending.config = repo.upstream_edits(branch, Some(remote));
        }
        self
    }

    /// How many commits are made.
    pub fn commits(&self) -> usize {
        self.commits.len()
    }

    /// True where the branch only moves forward.
    pub fn is_forward(&self) -> bool {
        self.commits.is_empty()
    }

    /// The same with another message of the last commit.
    #[must_use]
    pub fn with_message(mut self, message: String) -> Self {
        if let Some(last) = self.commits.last_mut() {
            last.message = message;
        }
        self
    }

    /// The same with a name for what can be undone.
    #[must_use]
    pub fn with_label(mut self, label: String) -> Self {
        self.ending.label = Some(label);
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
            Joining::Apply { since, keeps_author } => {
                let since = since.as_ref().map(|since| self.find_commit(since)).transpose()?;
                let author_of = keeps_author.then(|| theirs.id());
                return step.join(
                    &theirs,
                    vec![since.map(|since| since.tree_id())],
                    false,
                    author_of,
                );
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
        step.join(&theirs, trees?, *joining == Joining::Merge, None)
    }

    /// Lands a merge, or says what is still open. `author` is who commits.
    pub fn land_merge<Q>(&self, ready: ReadyMerge<Q>, author: &Author) -> Result<MergeOutcome<Q>, GitError> {
        if !ready.questions.is_empty() {
            return Ok(MergeOutcome::Open(ready.questions));
        }
        let count = ready.carried();
        let tip = self.write_commits(ready.start, &ready.commits, author)?;
        let forward = ready.is_forward();
        let last = ready.commits.last().map(|last| last.message.trim());
        let title = last
            .and_then(|message| message.lines().next())
            .filter(|title| !title.is_empty());
        let label = ready.ending.label.as_deref().or(title);
        let mut refs = vec![RefEdit::new(ready.target, ready.ours, tip)];
        refs.extend(ready.ending.refs);
        refs.retain(|edit| edit.before != edit.after);
        let is_outside = ready.ending.keeps_index || !ready.ending.state.is_empty();
        self.land(Plan {
            ends: Some(if is_outside { Note::Outside } else { Note::Here }),
            label: label.unwrap_or("Merge").to_owned(),
            files: self.edits_between(&ready.carried.before, &ready.carried.after)?,
            refs,
            index: IndexPlan::Tree {
                tree: Some(ready.tree),
                known: ready.carried.known,
            },
            config: ready.ending.config,
            state: ready.ending.state,
            keeps: ready.ending.keeps,
            keeps_index: ready.ending.keeps_index,
            ..Plan::default()
        })?;
        let to = tip.into();
        Ok(if forward {
            MergeOutcome::FastForward {
                from: ready.ours.map(Oid::from),
                to,
                carried: count,
            }
        } else {
            MergeOutcome::Merged {
                commit: to,
                carried: count,
            }
        })
    }

    /// Writes commits one on the other, and says which is the last.
    fn write_commits(
        &self,
        start: Option<GitOid>,
        commits: &[NewCommit],
        committer: &Author,
    ) -> Result<GitOid, GitError> {
        let mut tip = start;
        for commit in commits {
            crate::commit::check_author(committer)?;
            let message = crate::commit::clean_message(&commit.message)?;
            let parents: Vec<_> = tip.into_iter().chain(commit.parents.iter().copied()).collect();
            let new = self.write_commit_of(commit.tree, &parents, &message, committer, commit.author_of)?;
            tip = Some(new);
        }
        // A merge of nothing was up to date.
        tip.ok_or_else(|| GitError::NoCommit("yet".to_owned()))
    }

    /// Joins two sets of committed files: the tree, and what a person must decide. `again` is the commit that is made
    /// again by it.
    pub(crate) fn join_committed<Q>(
        &self,
        again: Option<GitOid>,
        bases: &[Layer],
        ours: &Layer,
        theirs: &Layer,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<(GitOid, Vec<Open<Q>>), GitError> {
        let mut new = NewObjects::default();
        let joined = ThreeWay {
            repo: self,
            bases,
            ours,
            theirs,
            merger,
            answered: true,
            uncommitted: false,
            again,
        }
        .join_into(&mut new)?;
        let edits = ours.clone().with(&joined.edits).over;
        let tree = self.edited_tree(ours.tree, &edits, &mut new)?;
        self.store_objects(new)?;
        // Each side may be fine and both together not: names that only differ in case.
        self.check_tree(tree, &TreeLimits::default())?;
        Ok((tree, joined.open))
    }

    /// Puts the uncommitted changes on top of `target`.
    pub(crate) fn carry<Q>(
        &self,
        target: Option<GitOid>,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<Carried<Q>, GitError> {
        let committed = Layer::of(self.head_tree()?);
        self.carry_from(committed, target, merger)
    }

    /// Puts what was changed in the work tree since it was `left` on top of `target`.
    pub(crate) fn carry_from<Q>(
        &self,
        left: Layer,
        target: Option<GitOid>,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<Carried<Q>, GitError> {
        let coming = Layer::of(target);
        let (mut before, known) = self.work_layer()?;
        self.notice_hidden(&mut before, &coming)?;
        let Joined { edits, open } = ThreeWay {
            repo: self,
            bases: &[left],
            ours: &before,
            theirs: &coming,
            merger,
            answered: true,
            uncommitted: true,
            again: None,
        }
        .join()?;
        let after = before.clone().with(&edits).onto(self, target)?;
        let files = CarriedFiles { before, after, known };
        Ok(Carried { files, open })
    }

    pub(crate) fn relation(&self, ours: Option<GitOid>, theirs: GitOid) -> Result<Relation, GitError> {
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
pub(crate) enum Relation {
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
        Ok(self.ready(Some(theirs.id()), Vec::new(), tree, carried, Vec::new()))
    }

    fn join(
        self,
        theirs: &git2::Commit<'_>,
        bases: Vec<Option<GitOid>>,
        merges: bool,
        author_of: Option<GitOid>,
    ) -> Result<PreparedMerge<Q>, GitError> {
        let repo = self.repo;
        repo.check_tree(theirs.tree_id(), &TreeLimits::default())?;
        let ours = repo.head_tree()?;
        let bases: Vec<Layer> = bases.into_iter().map(Layer::of).collect();
        let (tree, open) = repo.join_committed(
            None,
            &bases,
            &Layer::of(ours),
            &Layer::of(Some(theirs.tree_id())),
            self.merger,
        )?;
        if !merges && ours == Some(tree) && open.is_empty() {
            return Ok(PreparedMerge::UpToDate);
        }
        let carried = repo.carry(Some(tree), self.merger)?;
        let commit = NewCommit {
            parents: if merges { vec![theirs.id()] } else { Vec::new() },
            tree,
            message: self.message.to_owned(),
            author_of,
        };
        let start = self.ours;
        Ok(self.ready(start, vec![commit], tree, carried, open))
    }

    fn ready(
        self,
        start: Option<GitOid>,
        commits: Vec<NewCommit>,
        tree: GitOid,
        carried: Carried<Q>,
        committed: Vec<Open<Q>>,
    ) -> PreparedMerge<Q> {
        PreparedMerge::Ready(Box::new(ReadyMerge {
            questions: Questions {
                committed,
                uncommitted: carried.open,
            },
            target: format!("{HEADS}{}", self.branch),
            ours: self.ours,
            start,
            commits,
            dropped: Vec::new(),
            tree,
            carried: carried.files,
            ending: Ending::default(),
        }))
    }
}
