//! Landing a plan: locks first, then the way back, then files, refs and index; when anything fails, back to the start.

use std::panic::resume_unwind;
use std::thread::ScopedJoinHandle;

use git2::Transaction;

use crate::entry::GITLINK;
use crate::error::GitError;
use crate::event::now_ms;
use crate::hash::blob_id;
use crate::index_lock::{IndexLock, stage_of};
use crate::land_files::{StagedFiles, contents_on_disk};
use crate::model::Oid;
use crate::pending::Pending;
use crate::plan::{After, FileEdit, IndexPlan, Journal, Plan, RefEdit, RefValue};
use crate::private_files::PrivateEdit;
use crate::repository::{HEADS, Repo};
use crate::state_files::StateEdit;
use crate::undo_record::{FileRecord, REDO, Record, StateRecord, UNDO};
use crate::work_entry::Kept;

/// An operation that happened: files and refs are as they should be.
struct Landed {
    /// The index has to follow.
    index_behind: bool,
    /// The index certainly knows how every file looks.
    knows_looks: bool,
    /// Bytes of the way back that are in no commit.
    kept_bytes: u64,
}

/// Why an operation did not happen.
struct Failed {
    error: GitError,
    /// True where something of it could not be taken back yet.
    half: bool,
}

impl From<GitError> for Failed {
    fn from(error: GitError) -> Self {
        Self { error, half: false }
    }
}

impl Repo {
    /// Does what the plan says, whole or not at all.
    pub(crate) fn land(&self, plan: Plan) -> Result<(), GitError> {
        self.land_with(plan, &mut |_, _, _| {})
    }

    /// Like [`land`](Self::land); `tell` hears files done, files in all and bytes of each file.
    pub(crate) fn land_with(
        &self,
        mut plan: Plan,
        tell: &mut dyn FnMut(u64, u64, u64),
    ) -> Result<(), GitError> {
        self.recover()?;
        plan.label = one_line(&plan.label);
        let point = self.point_name(&plan)?;
        let private_before = self.begin_private(&plan, point.as_deref())?;
        self.begin_pending(&Pending::of(point.as_deref().unwrap_or_default(), &plan))?;
        let landed = match self.land_noted(&mut plan, point.as_deref(), tell) {
            Ok(landed) => landed,
            Err(Failed { error, half }) => {
                self.private_back(&private_before);
                if !half {
                    self.end_pending()?;
                }
                return Err(error);
            }
        };
        let waits_still = plan
            .ends
            .is_some_and(|note| self.drop_waiting_merge(note).is_err());
        // Otherwise the note stays, and with it the next operation brings the rest up to date.
        if !landed.index_behind
            && !waits_still
            && let Err(error) = self.end_pending()
        {
            log::warn!("the next operation clears up after “{}”: {error}", plan.label);
        }
        self.remove_private(&plan.private)?;
        if !matches!(plan.index, IndexPlan::Keep) && !landed.knows_looks {
            self.refresh_unknown();
        }
        if plan.journal == Journal::Undo {
            if plan.consumes.is_none() {
                self.drop_redo()?;
            }
            self.prune_points_after(landed.kept_bytes)?;
        }
        Ok(())
    }

    /// Private files are written before the others and removed after them, so that a crash in between leaves one too
    /// many and never one too few. Returns what they were.
    fn begin_private(&self, plan: &Plan, point: Option<&str>) -> Result<Vec<PrivateEdit>, GitError> {
        let mut before = Vec::with_capacity(plan.private.len());
        for PrivateEdit { name, .. } in &plan.private {
            before.push(PrivateEdit {
                name: name.clone(),
                after: self.read_private(name)?,
            });
        }
        if let Some(point) = point {
            self.keep_private(point, &plan.private)?;
        }
        if let Err(error) = self.write_private(&plan.private) {
            self.private_back(&before);
            return Err(error);
        }
        Ok(before)
    }

    fn private_back(&self, before: &[PrivateEdit]) {
        let steps = [self.write_private(before), self.remove_private(before)];
        for error in steps.into_iter().filter_map(Result::err) {
            log::error!("a private file could not be taken back: {error}");
        }
    }

    fn land_noted(
        &self,
        plan: &mut Plan,
        point: Option<&str>,
        tell: &mut dyn FnMut(u64, u64, u64),
    ) -> Result<Landed, Failed> {
        let lock = match plan.index {
            IndexPlan::Keep => None,
            _ => Some(IndexLock::take(self)?),
        };
        let transaction = self.lock_refs(plan)?;
        let (record, staged) = self.keep_and_stage(plan, point)?;
        let consumed = plan
            .consumes
            .as_ref()
            .map(|name| self.ref_oid(name))
            .transpose()?;
        let changed = staged.and_then(|staged| self.change(plan, staged, lock.as_ref(), transaction, tell));
        let (lock, knows_looks) = match changed {
            Ok(knows_looks) => (lock, knows_looks),
            Err(error) => {
                let half = self.go_back(&record, plan, point, consumed.flatten());
                if let Some(lock) = lock.filter(|_| half) {
                    lock.leave();
                }
                return Err(Failed { error, half });
            }
        };
        self.forget_reflogs(plan);
        let finished = lock.map_or(Ok(()), |lock| {
            lock.finish().or_else(|error| {
                log::warn!("the index is not up to date yet: {error}");
                self.replace_index(&plan.index)
            })
        });
        let index_behind = match finished {
            Ok(()) => false,
            // Without refs the index is what says that it happened.
            Err(error) if plan.refs.is_empty() => {
                let half = self.go_back(&record, plan, point, consumed.flatten());
                if half {
                    self.note_index_behind()?;
                } else {
                    self.remove_draft()?;
                }
                return Err(Failed { error, half });
            }
            // The refs have moved: the operation has happened, whatever becomes of the index.
            Err(_) => self.note_index_behind().is_ok(),
        };
        // With neither refs nor an index only the note says that it happened: whoever finds it takes all of it back.
        if plan.refs.is_empty()
            && matches!(plan.index, IndexPlan::Keep)
            && let Err(error) = self.end_pending()
        {
            let half = self.go_back(&record, plan, point, consumed.flatten());
            return Err(Failed { error, half });
        }
        Ok(Landed {
            index_behind,
            knows_looks: knows_looks && !index_behind,
            kept_bytes: record.own_bytes(),
        })
    }

    /// Everything goes back. Says whether something could not; then the point stays, which is what leads there.
    fn go_back(
        &self,
        record: &Record,
        plan: &Plan,
        point: Option<&str>,
        consumed: Option<git2::Oid>,
    ) -> bool {
        // Where the disk refused to remove a lock, it is in the way of what goes back. All of them were ours.
        self.remove_own_ref_locks(plan);
        let back = self.roll_back(record, plan, consumed);
        match point {
            Some(point) if back => self.remove_ref(point).is_err(),
            _ => !back,
        }
    }

    /// As git does with a branch that goes. The log of `a`, left behind, would be in the way of a branch `a/b`.
    fn forget_reflogs(&self, plan: &Plan) {
        for edit in plan.refs.iter().filter(|e| e.after == RefValue::Missing) {
            if let Err(error) = self.git.reflog_delete(&edit.name) {
                log::debug!("the log of {} stays: {error}", edit.name);
            }
        }
    }

    /// Full name the way back is going to have.
    fn point_name(&self, plan: &Plan) -> Result<Option<String>, GitError> {
        let namespace = match plan.journal {
            Journal::Nowhere => return Ok(None),
            Journal::Undo => UNDO,
            Journal::Redo => REDO,
        };
        Ok(Some(format!("{namespace}{}", self.next_point_id()?)))
    }

    /// Where a ref is now.
    pub(crate) fn ref_value(&self, name: &str) -> Result<RefValue, GitError> {
        match self.git.find_reference(name) {
            Ok(found) => Ok(match found.symbolic_target()? {
                Some(target) => RefValue::Symbolic(target.to_owned()),
                None => found.target().into(),
            }),
            Err(e) if e.code() == git2::ErrorCode::NotFound => Ok(RefValue::Missing),
            Err(e) => Err(e.into()),
        }
    }

    fn lock_refs<'a>(&'a self, plan: &Plan) -> Result<Transaction<'a>, GitError> {
        let mut transaction = self.git.transaction()?;
        for edit in &plan.refs {
            transaction.lock_ref(&edit.name)?;
            if self.ref_value(&edit.name)? != edit.before {
                return Err(GitError::ChangedMeanwhile {
                    path: edit.name.clone(),
                });
            }
            match &edit.after {
                RefValue::Missing => transaction.remove(&edit.name)?,
                RefValue::Commit(oid) => {
                    transaction.set_target(&edit.name, oid.to_git()?, None, &reflog(plan, edit))?;
                }
                RefValue::Symbolic(to) => {
                    transaction.set_symbolic_target(&edit.name, to, None, &reflog(plan, edit))?;
                }
            }
        }
        if let Some(name) = &plan.consumes {
            transaction.lock_ref(name)?;
            transaction.remove(name)?;
        }
        Ok(transaction)
    }

    /// Writes the way back. Meanwhile a thread writes new contents beside their places and waits for the disk, which
    /// takes the longest time of a save.
    fn keep_and_stage(
        &self,
        plan: &Plan,
        point: Option<&str>,
    ) -> Result<(Record, Result<StagedFiles, GitError>), GitError> {
        let contents = self.contents_to_stage(plan)?;
        std::thread::scope(|scope| {
            let staging = (!contents.is_empty()).then(|| scope.spawn(|| contents_on_disk(&contents)));
            let kept = self.check_and_keep(plan).and_then(|record| {
                if let Some(point) = point {
                    self.write_point(point, plan, &record)?;
                }
                Ok(record)
            });
            let staged = match staging.map(ScopedJoinHandle::join) {
                None => Ok(StagedFiles::new()),
                Some(Ok(staged)) => staged,
                Some(Err(panic)) => resume_unwind(panic),
            };
            Ok((kept?, staged))
        })
    }

    /// Every file must still be what the plan was made for; its bytes go into the object store.
    fn check_and_keep(&self, plan: &Plan) -> Result<Record, GitError> {
        let committed = self.head_tree()?;
        self.store_written(&plan.files)?;
        let mut files = Vec::with_capacity(plan.files.len());
        for edit in &plan.files {
            let was = self.entry_at(committed, &edit.path)?.map(|entry| entry.oid);
            let kept = if plan.journal == Journal::Nowhere {
                self.expect_nothing(edit)?;
                None
            } else {
                self.keep(edit, was)?
            };
            let after = match &edit.after {
                After::Gone => None,
                After::Committed(entry) | After::Exactly(entry) => Some(entry.oid.into()),
                After::Bytes(bytes) => self.written_id(bytes)?.map(Into::into),
            };
            files.push(FileRecord {
                path: edit.path.clone(),
                own_bytes: kept.as_ref().and_then(|kept| own_bytes(kept, was)),
                before: kept.map(|k| (k.raw.into(), k.work.entry.mode)),
                after,
            });
        }
        let head = plan
            .refs
            .iter()
            .find(|r| r.name == "HEAD")
            .map(|r| r.after.clone());
        Ok(Record {
            label: plan.label.clone(),
            time: now_ms(),
            head: head.map_or_else(|| self.ref_value("HEAD"), Ok)?,
            refs: plan.refs.clone(),
            files,
            private: plan.private.iter().map(|edit| edit.name.clone()).collect(),
            index: !matches!(plan.index, IndexPlan::Keep),
            state: self.keep_state(plan)?,
            index_file: self.keep_index(plan)?,
            keeps: plan.keeps.clone(),
            config: plan.config.clone(),
            remote: plan.remote.clone(),
        })
    }

    /// An undo joins what is edited since with what is written now, so it has to be found then. What is large gets into the
    /// object store after the answer.
    fn written_id(&self, bytes: &[u8]) -> Result<Option<git2::Oid>, GitError> {
        if Self::is_stored_ahead(bytes) {
            return Ok(blob_id(bytes));
        }
        self.blob_of(bytes).map(Some)
    }

    /// Each note must still be what the plan was made for.
    fn keep_state(&self, plan: &Plan) -> Result<Vec<StateRecord>, GitError> {
        let blob = |bytes: &Option<Vec<u8>>| -> Result<Option<Oid>, GitError> {
            Ok(bytes
                .as_ref()
                .map(|bytes| self.blob_of(bytes))
                .transpose()?
                .map(Oid::from))
        };
        let keep = |edit: &StateEdit| {
            if self.read_state(&edit.name)? != edit.before {
                return Err(GitError::ChangedMeanwhile {
                    path: format!(".git/{}", edit.name),
                });
            }
            Ok(StateRecord {
                name: edit.name.clone(),
                before: blob(&edit.before)?,
                after: blob(&edit.after)?,
            })
        };
        plan.state.iter().map(keep).collect()
    }

    /// With such notes, or conflicts, the index holds what cannot be computed again.
    fn keep_index(&self, plan: &Plan) -> Result<Option<Oid>, GitError> {
        if !plan.keeps_index && plan.state.iter().all(|edit| edit.before.is_none()) {
            return Ok(None);
        }
        let path = self.git_dir().join("index");
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Some(self.blob_of(&bytes)?.into())),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(GitError::Io { path, source }),
        }
    }

    fn keep(&self, edit: &FileEdit, committed: Option<git2::Oid>) -> Result<Option<Kept>, GitError> {
        let changed = || GitError::ChangedMeanwhile {
            path: edit.path.clone(),
        };
        let submodule = edit.expect.is_some_and(|e| e.mode == GITLINK);
        let kept = match &edit.kept {
            Some(kept) if self.is_as_kept(&edit.path, kept) => Some(kept.clone()),
            _ => self.keep_work_file(&edit.path, committed)?,
        };
        match (&kept, edit.expect) {
            (Some(kept), Some(expect)) if kept.work.entry.oid == expect.oid => {}
            (None, None) => {}
            (None, Some(_)) if submodule => {}
            _ => return Err(changed()),
        }
        Ok(kept)
    }

    fn expect_nothing(&self, edit: &FileEdit) -> Result<(), GitError> {
        match self.work_entry(&edit.path)? {
            Some(_) => Err(GitError::InTheWay(edit.path.clone())),
            None => Ok(()),
        }
    }

    fn write_point(&self, name: &str, plan: &Plan, record: &Record) -> Result<(), GitError> {
        let staged = match plan.index {
            IndexPlan::Tree { .. } | IndexPlan::Exactly(_) => self.staged_blobs()?,
            _ => Vec::new(),
        };
        self.write_record(name, record, &staged)
    }

    /// Says whether the index certainly knows how every file looks then.
    fn change(
        &self,
        plan: &mut Plan,
        staged: StagedFiles,
        lock: Option<&IndexLock>,
        transaction: Transaction<'_>,
        tell: &mut dyn FnMut(u64, u64, u64),
    ) -> Result<bool, GitError> {
        self.change_files(plan, staged, tell)?;
        for edit in &plan.config {
            self.config_set(&edit.key, edit.after.as_deref())?;
        }
        self.write_state(&plan.state)?;
        let knows_looks = lock.map(|lock| lock.prepare(self, &plan.index)).transpose()?;
        transaction.commit()?;
        Ok(knows_looks.unwrap_or_default())
    }

    /// After a failure: every file, ref and setting that was already changed becomes what it was. Says whether all
    /// of them did.
    fn roll_back(&self, record: &Record, plan: &Plan, consumed: Option<git2::Oid>) -> bool {
        if plan.journal == Journal::Nowhere {
            return true;
        }
        let point_back = || match (&plan.consumes, consumed) {
            (Some(name), Some(oid)) if self.ref_oid(name)?.is_none() => {
                self.git.reference(name, oid, false, "sheaf: recover")?;
                Ok(())
            }
            _ => Ok(()),
        };
        let steps = [
            self.restore_files(record),
            self.restore_refs(record),
            self.restore_config(record),
            self.restore_state(record),
            point_back(),
        ];
        for error in steps.iter().filter_map(|step| step.as_ref().err()) {
            log::error!("{} could not be taken back: {error}", record.label);
        }
        steps.iter().all(Result::is_ok)
    }

    /// Blobs that only the index knows: staged, then edited again.
    fn staged_blobs(&self) -> Result<Vec<git2::Oid>, GitError> {
        #[cfg(unix)]
        if let Some(head) = self.head_tree()?
            && self.index_file().is_some_and(|index| index.tree == Some(head))
        {
            return Ok(Vec::new());
        }
        let mut index = self.git.index()?;
        index.read(false)?;
        let tree = self.head_tree()?.map(|t| self.git.find_tree(t)).transpose()?;
        let diff = self.git.diff_tree_to_index(tree.as_ref(), Some(&index), None)?;
        let staged = diff
            .deltas()
            .map(|d| d.new_file())
            .filter(|f| !f.id().is_zero() && f.mode() != git2::FileMode::Commit);
        let in_conflict = index
            .iter()
            .filter(|entry| stage_of(entry) > 0 && entry.mode != GITLINK);
        let blobs = staged.map(|f| f.id()).chain(in_conflict.map(|entry| entry.id));
        // After `git add --intent-to-add` the index names a blob that nobody wrote.
        let store = self.git.odb()?;
        Ok(blobs.filter(|oid| store.exists(*oid)).collect())
    }
}

/// Size of the earlier content, unless the last commit holds just this.
fn own_bytes(kept: &Kept, committed: Option<git2::Oid>) -> Option<u64> {
    (committed != Some(kept.raw)).then_some(kept.work.meta.len())
}

/// What `git reflog` says about it. `git switch -` looks for these very words.
fn reflog(plan: &Plan, edit: &RefEdit) -> String {
    match (&edit.before, &edit.after) {
        (RefValue::Symbolic(from), RefValue::Symbolic(to)) => {
            let short = |name: &str| name.strip_prefix(HEADS).unwrap_or(name).to_owned();
            format!("checkout: moving from {} to {}", short(from), short(to))
        }
        _ => format!("sheaf: {}", plan.label),
    }
}

/// A label is the first line of a record; a path in it may hold a line break.
fn one_line(label: &str) -> String {
    label
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

impl RefEdit {
    /// A ref that changes its value.
    pub(crate) fn new(
        name: impl Into<String>,
        before: impl Into<RefValue>,
        after: impl Into<RefValue>,
    ) -> Self {
        Self {
            name: name.into(),
            before: before.into(),
            after: after.into(),
        }
    }
}
