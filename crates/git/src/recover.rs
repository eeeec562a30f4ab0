//! After a crash in the middle of an operation: back to before it, or forward where its refs had moved already.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::error::GitError;
use crate::index_lock::{IndexLock, LOCK_MARK};
use crate::model::Oid;
use crate::path;
use crate::pending::Pending;
use crate::plan::{IndexPlan, RefEdit, RefValue};
use crate::repository::{Repo, TEMP_PREFIX};
use crate::undo_record::Record;

/// What became of an operation that a crash cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Recovery {
    /// It is finished or taken back.
    Settled,
    /// Another program worked on since, and so everything stays as that program left it; the undo point stays too.
    LeftAlone,
}

/// How far the refs of an operation got.
enum Standing {
    Moved,
    NotOrPartly,
    /// This ref is neither what it was nor what the operation made of it.
    Elsewhere(String),
}

impl Repo {
    /// Whether an operation is under way or was cut off. Who holds the [`lock`](Self::lock) knows that it was cut off.
    pub fn is_in_between(&self) -> Result<bool, GitError> {
        Ok(self.read_pending()?.is_some())
    }

    /// Finishes or takes back an operation that a crash cut off. Says whether there was one.
    pub fn recover(&self) -> Result<bool, GitError> {
        Ok(self.recover_how()?.is_some())
    }

    pub(crate) fn recover_how(&self) -> Result<Option<Recovery>, GitError> {
        let Some(pending) = self.read_pending()? else {
            return Ok(None);
        };
        self.remove_own_index_lock();
        self.remove_stale_locks(&pending);
        self.remove_staged(pending.staged.iter());
        let how = match self.read_record(&pending.record) {
            Ok(record) => {
                self.remove_staged(record.files.iter().map(|file| &file.path));
                self.settle(&record, &pending)?
            }
            Err(_) => Recovery::Settled,
        };
        self.remove_draft()?;
        self.end_pending()?;
        Ok(Some(how))
    }

    fn settle(&self, record: &Record, pending: &Pending) -> Result<Recovery, GitError> {
        match self.standing(record)? {
            Standing::Moved => {}
            Standing::NotOrPartly => {
                self.restore_files(record)?;
                self.restore_refs(record)?;
                self.restore_config(record)?;
                self.restore_state(record)?;
                // The index is put in place last of all, and so it is what it was.
                self.remove_ref(&pending.record)?;
                return Ok(Recovery::Settled);
            }
            Standing::Elsewhere(moved) => {
                log::warn!(
                    "“{}” was cut off, and another program moved {moved} since: everything stays as it is now, \
                     and the way back stays under {}",
                    record.label,
                    pending.record
                );
                return Ok(Recovery::LeftAlone);
            }
        }
        self.finish_draft()?;
        if let Some(note) = pending.ends {
            self.drop_waiting_merge(note)?;
        }
        Ok(Recovery::Settled)
    }

    /// Files that were written beside their places and never got there. Whoever calls this holds our own lock, so they
    /// belong to nobody any more.
    fn remove_staged<'p>(&self, files: impl Iterator<Item = &'p String>) {
        let places = files.filter_map(|path| path::locate(self.work_dir(), path).ok().flatten());
        let folders: BTreeSet<_> = places
            .filter_map(|place| place.parent().map(Path::to_owned))
            .collect();
        for entries in folders.iter().filter_map(|folder| fs::read_dir(folder).ok()) {
            for entry in entries.flatten() {
                if entry.file_name().to_string_lossy().starts_with(TEMP_PREFIX) {
                    let _ = fs::remove_file(entry.path());
                }
            }
        }
    }

    pub(crate) fn replace_index(&self, plan: &IndexPlan) -> Result<(), GitError> {
        let lock = IndexLock::take(self)?;
        lock.prepare(self, plan)?;
        lock.finish()
    }

    fn standing(&self, record: &Record) -> Result<Standing, GitError> {
        // Without refs the index is what says it: its draft is gone once it is in place.
        let mut moved = !record.refs.is_empty() || (record.index && !self.has_draft()?);
        for edit in &record.refs {
            let now = self.ref_value(&edit.name)?;
            if now != edit.after && now != edit.before {
                return Ok(Standing::Elsewhere(edit.name.clone()));
            }
            moved &= now == edit.after;
        }
        Ok(if moved {
            Standing::Moved
        } else {
            Standing::NotOrPartly
        })
    }

    /// A crash may fall between two refs. Only a ref that still is where the operation put it goes back: any other
    /// value is the work of another program.
    pub(crate) fn restore_refs(&self, record: &Record) -> Result<(), GitError> {
        // Refs that were made go first: one of them may stand where another has to come back.
        let (made, other): (Vec<_>, Vec<_>) = record.refs.iter().partition(|e| e.before == RefValue::Missing);
        for edit in made.into_iter().chain(other) {
            if self.ref_value(&edit.name)? == edit.after {
                self.restore_ref(edit)?;
            }
        }
        Ok(())
    }

    fn restore_ref(&self, edit: &RefEdit) -> Result<(), GitError> {
        const WHY: &str = "sheaf: recover";
        match (&edit.before, &edit.after) {
            (before, after) if before == after => {}
            (RefValue::Missing, _) => self.remove_ref(&edit.name)?,
            (RefValue::Commit(oid), RefValue::Commit(after)) => {
                // Git compares once more, under the lock of the ref.
                self.git
                    .reference_matching(&edit.name, oid.to_git()?, true, after.to_git()?, WHY)?;
            }
            (RefValue::Commit(oid), _) => {
                let replace = edit.after != RefValue::Missing;
                self.git.reference(&edit.name, oid.to_git()?, replace, WHY)?;
            }
            (RefValue::Symbolic(to), _) => {
                let replace = edit.after != RefValue::Missing;
                self.git.reference_symbolic(&edit.name, to, replace, WHY)?;
            }
        }
        Ok(())
    }

    /// As with refs: a setting that somebody changed since stays.
    pub(crate) fn restore_config(&self, record: &Record) -> Result<(), GitError> {
        for edit in &record.config {
            if self.config_get(&edit.key) == edit.after {
                self.config_set(&edit.key, edit.before.as_deref())?;
            }
        }
        Ok(())
    }

    /// As with refs: a note that somebody changed since stays.
    pub(crate) fn restore_state(&self, record: &Record) -> Result<(), GitError> {
        for note in &record.state {
            let now = self.read_state(&note.name)?;
            let now = now.map(|bytes| self.blob_of(&bytes)).transpose()?;
            if now.map(Oid::from) == note.after {
                self.put_state(&note.name, self.kept_note(note.before.as_ref())?.as_deref())?;
            }
        }
        Ok(())
    }

    /// What a note held.
    pub(crate) fn kept_note(&self, blob: Option<&Oid>) -> Result<Option<Vec<u8>>, GitError> {
        blob.map(|blob| self.blob_bytes(blob.to_git()?)).transpose()
    }

    /// Whoever calls this holds our own lock, so an `index.lock` of ours belongs to nobody any more.
    pub(crate) fn remove_own_index_lock(&self) -> bool {
        let lock = self.git_dir().join("index.lock");
        let plain =
            fs::symlink_metadata(&lock).is_ok_and(|m| m.is_file() && m.len() == LOCK_MARK.len() as u64);
        plain
            && fs::read(&lock).is_ok_and(|bytes| bytes == LOCK_MARK.as_bytes())
            && fs::remove_file(&lock).is_ok()
    }
}
