//! Taking back operations, also after a restart. Nothing is lost by it: what was edited since goes into the redo point.

use crate::error::GitError;
use crate::model::UndoPoint;
use crate::plan::{After, ConfigEdit, FileEdit, IndexPlan, Journal, Plan, RefEdit, RefValue};
use crate::private_files::PrivateEdit;
use crate::repository::{HEADS, Repo};
use crate::undo_record::{REDO, Record, UNDO};

impl Repo {
    /// What can be undone, the latest first.
    pub fn undo_points(&self, limit: usize) -> Result<Vec<UndoPoint>, GitError> {
        self.points(UNDO, limit)
    }

    /// What can be done again, the next first.
    pub fn redo_points(&self, limit: usize) -> Result<Vec<UndoPoint>, GitError> {
        self.points(REDO, limit)
    }

    /// Takes back the latest operation. What was edited since is kept for redo.
    pub fn undo(&self) -> Result<UndoPoint, GitError> {
        self.take_back(UNDO, Journal::Redo)
    }

    /// Does again what was undone last.
    pub fn redo(&self) -> Result<UndoPoint, GitError> {
        self.take_back(REDO, Journal::Undo)
    }

    fn points(&self, namespace: &str, limit: usize) -> Result<Vec<UndoPoint>, GitError> {
        self.point_names(namespace)?
            .iter()
            .take(limit)
            .map(|name| self.point(name))
            .collect()
    }

    fn take_back(&self, from: &str, journal: Journal) -> Result<UndoPoint, GitError> {
        self.recover()?;
        self.state()?;
        let name = self
            .point_names(from)?
            .into_iter()
            .next()
            .ok_or(GitError::NothingToUndo)?;
        let point = self.point(&name)?;
        let record = self.read_record(&name)?;
        self.refuse_moved(&record)?;
        let files = self.files_back(&record)?;
        let private = self.private_to(&name, &record)?;
        let plan = Plan {
            label: record.label.clone(),
            index: self.index_back(&record)?,
            files,
            private,
            refs: record.refs.into_iter().map(turned).collect(),
            config: record.config.into_iter().map(|c| self.config_back(c)).collect(),
            journal,
            consumes: Some(name),
        };
        self.land(plan)?;
        Ok(point)
    }

    fn private_to(&self, point: &str, record: &Record) -> Result<Vec<PrivateEdit>, GitError> {
        let edit = |name: &String| {
            Ok(PrivateEdit {
                name: name.clone(),
                after: self.private_before(point, name)?,
            })
        };
        record.private.iter().map(edit).collect()
    }

    /// Another program's commit, or a switch it made, must not be wiped out.
    fn refuse_moved(&self, record: &Record) -> Result<(), GitError> {
        for edit in &record.refs {
            if self.ref_value(&edit.name)? != edit.after {
                return Err(GitError::MovedSince(short(&edit.name).to_owned()));
            }
        }
        let head = self.ref_value("HEAD")?;
        if !record.files.is_empty() && head != record.head {
            return Err(GitError::MovedSince("HEAD".to_owned()));
        }
        Ok(())
    }

    fn files_back(&self, record: &Record) -> Result<Vec<FileEdit>, GitError> {
        let mut edits = Vec::new();
        for file in &record.files {
            let now = self.work_entry(&file.path)?;
            let before = file.before_entry()?;
            if now.is_none() && before.is_none() {
                continue;
            }
            edits.push(FileEdit {
                path: file.path.clone(),
                expect: now.map(|n| n.entry),
                after: before.map_or(After::Gone, After::Exactly),
            });
        }
        Ok(edits)
    }

    /// Where HEAD leads to another commit afterwards, the index follows it.
    fn index_back(&self, record: &Record) -> Result<IndexPlan, GitError> {
        let before = |name: &str| {
            record
                .refs
                .iter()
                .find(|r| r.name == name)
                .map(|r| r.before.clone())
        };
        let head = before("HEAD").map_or_else(|| self.ref_value("HEAD"), Ok)?;
        let commit = match &head {
            RefValue::Symbolic(branch) => before(branch).map_or_else(|| self.ref_value(branch), Ok)?,
            other => other.clone(),
        };
        let commit = commit.commit().map(crate::model::Oid::to_git).transpose()?;
        if commit == self.head_commit()? {
            return Ok(IndexPlan::Keep);
        }
        let tree = commit.map(|c| self.tree_of(c)).transpose()?;
        Ok(IndexPlan::Tree {
            tree,
            known: Vec::new(),
        })
    }

    fn config_back(&self, edit: ConfigEdit) -> ConfigEdit {
        ConfigEdit {
            before: self.config_get(&edit.key),
            after: edit.before,
            key: edit.key,
        }
    }
}

fn turned(edit: RefEdit) -> RefEdit {
    RefEdit {
        name: edit.name,
        before: edit.after,
        after: edit.before,
    }
}

fn short(name: &str) -> &str {
    name.strip_prefix(HEADS).unwrap_or(name)
}
