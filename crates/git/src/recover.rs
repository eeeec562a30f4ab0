//! After a crash in the middle of an operation: back to before it, or forward where its refs had moved already.

use std::fs;

use crate::error::GitError;
use crate::index_lock::{IndexLock, LOCK_MARK};
use crate::plan::IndexPlan;
use crate::repository::Repo;
use crate::undo_record::Record;

impl Repo {
    /// Finishes or takes back an operation that a crash cut off. Says whether there was one.
    pub fn recover(&self) -> Result<bool, GitError> {
        let Some(pending) = self.read_pending()? else {
            return Ok(false);
        };
        self.remove_own_index_lock();
        self.remove_stale_locks(&pending);
        if let Ok(record) = self.read_record(&pending.record) {
            self.settle(&record, &pending.record)?;
        }
        self.end_pending()?;
        Ok(true)
    }

    fn settle(&self, record: &Record, name: &str) -> Result<(), GitError> {
        let mut moved = !record.refs.is_empty();
        for edit in &record.refs {
            moved &= self.ref_value(&edit.name)? == edit.after;
        }
        if !moved {
            self.restore_files(record)?;
            self.restore_refs(record)?;
            for edit in &record.config {
                self.config_set(&edit.key, edit.before.as_deref())?;
            }
            self.remove_ref(name)?;
        }
        if !record.index {
            return Ok(());
        }
        let plan = IndexPlan::Tree {
            tree: self.head_tree()?,
            known: Vec::new(),
        };
        let lock = IndexLock::take(self)?;
        lock.prepare(self, &plan)?;
        lock.finish()
    }

    /// A crash may fall between two refs.
    fn restore_refs(&self, record: &Record) -> Result<(), GitError> {
        for edit in &record.refs {
            if self.ref_value(&edit.name)? == edit.before {
                continue;
            }
            match &edit.before {
                crate::plan::RefValue::Missing => self.remove_ref(&edit.name)?,
                crate::plan::RefValue::Commit(oid) => {
                    self.git
                        .reference(&edit.name, oid.to_git()?, true, "sheaf: recover")?;
                }
                crate::plan::RefValue::Symbolic(to) => {
                    self.git
                        .reference_symbolic(&edit.name, to, true, "sheaf: recover")?;
                }
            }
        }
        Ok(())
    }

    /// Whoever calls this holds our own lock, so an `index.lock` of ours belongs to nobody any more.
    pub(crate) fn remove_own_index_lock(&self) {
        let lock = self.git_dir().join("index.lock");
        if fs::read(&lock).is_ok_and(|bytes| bytes == LOCK_MARK.as_bytes()) {
            let _ = fs::remove_file(&lock);
        }
    }
}
