//! Taking back operations, also after a restart. Nothing is lost by it: what was edited since goes into the redo point.

use std::collections::BTreeMap;

use git2::Oid as GitOid;

use crate::entry::{Entry, FILE};
use crate::error::GitError;
use crate::file_merge::{FileMerge, Open};
use crate::layer::Layer;
use crate::model::UndoPoint;
use crate::plan::{After, ConfigEdit, FileEdit, IndexPlan, Journal, Plan, RefEdit, RefValue};
use crate::private_files::PrivateEdit;
use crate::repository::{HEADS, Repo};
use crate::state_files::StateEdit;
use crate::three_way::ThreeWay;
use crate::tree_edit::Edits;
use crate::undo_record::{FileRecord, REDO, Record, StateRecord, UNDO, id_of};

impl Repo {
    /// What can be undone, the latest first.
    pub fn undo_points(&self, limit: usize) -> Result<Vec<UndoPoint>, GitError> {
        self.points(UNDO, limit)
    }

    /// What can be done again, the next first.
    pub fn redo_points(&self, limit: usize) -> Result<Vec<UndoPoint>, GitError> {
        self.points(REDO, limit)
    }

    /// Takes back the latest operation. What was edited since stays where `merger` can join it with the files of then;
    /// all of it is kept for redo.
    pub fn undo<Q>(&self, merger: &dyn FileMerge<Question = Q>) -> Result<UndoPoint, GitError> {
        self.take_back(&self.next_of(UNDO)?, Journal::Redo, merger)
    }

    /// Does again what was undone last.
    pub fn redo<Q>(&self, merger: &dyn FileMerge<Question = Q>) -> Result<UndoPoint, GitError> {
        self.take_back(&self.next_of(REDO)?, Journal::Undo, merger)
    }

    /// Takes back everything down to and with the operation `id`, the latest first. Where one of them cannot be taken
    /// back, none is. Each can be done again by itself.
    pub fn undo_to<Q>(
        &self,
        id: &str,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<Vec<UndoPoint>, GitError> {
        self.take_all_back(UNDO, id, Journal::Redo, merger)
    }

    /// Does everything again up to and with the operation `id`.
    pub fn redo_to<Q>(
        &self,
        id: &str,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<Vec<UndoPoint>, GitError> {
        self.take_all_back(REDO, id, Journal::Undo, merger)
    }

    /// Names of the points from the latest to `id`.
    pub(crate) fn steps_to(&self, namespace: &str, id: &str) -> Result<Vec<String>, GitError> {
        let mut names = self.point_names(namespace)?;
        let last = names.iter().position(|name| id_of(name) == id);
        names.truncate(last.ok_or(GitError::NothingToUndo)? + 1);
        Ok(names)
    }

    fn next_of(&self, namespace: &str) -> Result<String, GitError> {
        self.recover()?;
        let next = self.point_names(namespace)?.into_iter().next();
        next.ok_or(GitError::NothingToUndo)
    }

    fn take_all_back<Q>(
        &self,
        from: &str,
        id: &str,
        journal: Journal,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<Vec<UndoPoint>, GitError> {
        self.recover()?;
        let names = self.steps_to(from, id)?;
        let records: Vec<Record> = names
            .iter()
            .map(|name| self.read_record(name))
            .collect::<Result<_, _>>()?;
        self.refuse_moved(&records)?;
        names
            .iter()
            .map(|name| self.take_back(name, journal, merger))
            .collect()
    }

    fn points(&self, namespace: &str, limit: usize) -> Result<Vec<UndoPoint>, GitError> {
        self.point_names(namespace)?
            .iter()
            .take(limit)
            .map(|name| self.point(name))
            .collect()
    }

    fn take_back<Q>(
        &self,
        name: &str,
        journal: Journal,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<UndoPoint, GitError> {
        let record = self.read_record(name)?;
        if record.state.is_empty() && record.index_file.is_none() {
            self.state()?;
        }
        let point = record.point(id_of(name));
        self.refuse_moved(std::slice::from_ref(&record))?;
        self.bring_tags_back(name)?;
        let files = self.files_back(&record, merger)?;
        let private = self.private_to(name, &record)?;
        let plan = Plan {
            ends: None,
            label: record.label.clone(),
            index: self.index_back(&record)?,
            files,
            private,
            refs: record.refs.into_iter().map(turned).collect(),
            config: record.config.into_iter().map(|c| self.config_back(c)).collect(),
            state: self.state_back(&record.state)?,
            keeps: record.keeps,
            keeps_index: record.index_file.is_some(),
            journal,
            consumes: Some(name.to_owned()),
            remote: record.remote,
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

    /// Another program's commit, or a switch it made, must not be wiped out. The records are taken back one after the
    /// other, so each has to find what the one before it leaves.
    fn refuse_moved(&self, records: &[Record]) -> Result<(), GitError> {
        let mut left: BTreeMap<&str, &RefValue> = BTreeMap::new();
        for record in records {
            for edit in &record.refs {
                self.refuse_unless(left.get(edit.name.as_str()).copied(), &edit.name, &edit.after)?;
            }
            if !record.files.is_empty() {
                self.refuse_unless(left.get("HEAD").copied(), "HEAD", &record.head)?;
            }
            left.extend(record.refs.iter().map(|edit| (edit.name.as_str(), &edit.before)));
        }
        Ok(())
    }

    fn refuse_unless(
        &self,
        left: Option<&RefValue>,
        name: &str,
        expected: &RefValue,
    ) -> Result<(), GitError> {
        let is_there = match left {
            Some(value) => value == expected,
            None => self.ref_value(name)? == *expected,
        };
        if is_there {
            return Ok(());
        }
        Err(GitError::MovedSince(short(name).to_owned()))
    }

    fn files_back<Q>(
        &self,
        record: &Record,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<Vec<FileEdit>, GitError> {
        let sights = self.sights(&record.files)?;
        let joined = self.join_edits_since(&sights, merger)?;
        let back = |sight: Sight<'_>| {
            let kept = joined.get(sight.path).copied();
            FileEdit {
                path: sight.path.to_owned(),
                expect: sight.now,
                kept: None,
                after: match (kept, sight.before) {
                    (Some(entry), _) => entry.into(),
                    (None, Some(before)) => After::Exactly(before),
                    (None, None) => After::Gone,
                },
            }
        };
        let are_there = |sight: &Sight<'_>| sight.now.is_some() || sight.before.is_some();
        Ok(sights.into_iter().filter(are_there).map(back).collect())
    }

    /// How files were, are, and have been left.
    pub(crate) fn sights<'f>(&self, files: &'f [FileRecord]) -> Result<Vec<Sight<'f>>, GitError> {
        let sight = |file: &'f FileRecord| {
            Ok(Sight {
                path: &file.path,
                before: file.before_entry()?,
                after: file.after.as_ref().map(crate::model::Oid::to_git).transpose()?,
                now: self.work_entry(&file.path)?.map(|now| now.entry),
            })
        };
        files.iter().map(sight).collect()
    }

    /// Files that were edited since, as those edits make them on top of what was there before. One that cannot be joined
    /// is not among them.
    pub(crate) fn join_edits_since<Q>(
        &self,
        sights: &[Sight<'_>],
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<Edits, GitError> {
        let edited = self.edited_since(sights)?;
        if edited.is_empty() {
            return Ok(Edits::new());
        }
        let layer = |side: &dyn Fn(&Sight<'_>) -> Option<Entry>| Layer {
            tree: None,
            over: sights
                .iter()
                .map(|sight| (sight.path.to_owned(), side(sight)))
                .collect(),
        };
        let (left, now, before) = (
            layer(&|sight| sight.left()),
            layer(&|sight| sight.now),
            layer(&|sight| sight.before),
        );
        let joined = ThreeWay {
            repo: self,
            bases: &[left],
            ours: &now,
            theirs: &before,
            merger,
            answered: true,
            uncommitted: true,
            again: None,
        }
        .join();
        let joined = match joined {
            Err(GitError::InTheWay(_)) => return Ok(Edits::new()),
            other => other?,
        };
        let open = |path: &String| {
            let about = |open: &Open<Q>| matches!(open, Open::File(file) if file.path == *path);
            joined.open.iter().any(about)
        };
        let result = |path: &String| match joined.edits.get(path) {
            Some(entry) => *entry,
            None => now.over.get(path).copied().flatten(),
        };
        Ok(edited
            .into_iter()
            .filter(|(path, _)| !open(path))
            .map(|(path, before)| (result(&path), path, before))
            // What is as it was is written to the byte.
            .filter(|(result, _, before)| result != before)
            .map(|(result, path, _)| (path, result))
            .collect())
    }

    /// Files that were edited since and can be joined, with what they were before.
    fn edited_since(&self, sights: &[Sight<'_>]) -> Result<Edits, GitError> {
        let store = self.git.odb()?;
        let mut edited = Edits::new();
        for sight in sights.iter().filter(|sight| sight.is_edited()) {
            let before = sight
                .before
                .map(|before| self.blob_bytes(before.oid))
                .transpose()?;
            // Lines that Git stores in another way cannot be compared with what it stores.
            let is_plain = before.is_none_or(|bytes| !bytes.contains(&b'\r'));
            if is_plain && sight.after.is_some_and(|after| store.exists(after)) {
                edited.insert(sight.path.to_owned(), sight.before);
            }
        }
        Ok(edited)
    }

    /// The notes must be as the operation left them: another program may have begun something else.
    fn state_back(&self, notes: &[StateRecord]) -> Result<Vec<StateEdit>, GitError> {
        let back = |note: &StateRecord| {
            let (before, after) = (
                self.read_state(&note.name)?,
                self.kept_note(note.before.as_ref())?,
            );
            if before != self.kept_note(note.after.as_ref())? {
                return Err(GitError::MovedSince(note.name.clone()));
            }
            Ok(StateEdit {
                name: note.name.clone(),
                before,
                after,
            })
        };
        notes.iter().map(back).collect()
    }

    /// Where HEAD leads to another commit afterwards, the index follows it.
    fn index_back(&self, record: &Record) -> Result<IndexPlan, GitError> {
        if let Some(blob) = &record.index_file {
            return Ok(IndexPlan::Exactly(self.blob_bytes(blob.to_git()?)?));
        }
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
        // After notes that come back the index has conflicts, which an undo of that takes away.
        if commit == self.head_commit()? && record.state.is_empty() {
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

/// A file before and after an operation, and now.
pub(crate) struct Sight<'r> {
    path: &'r str,
    before: Option<Entry>,
    after: Option<GitOid>,
    now: Option<Entry>,
}

impl Sight<'_> {
    /// As the operation left it. A mode that somebody changed is no edit.
    fn left(&self) -> Option<Entry> {
        let mode = self.now.or(self.before).map_or(FILE, |entry| entry.mode);
        self.after.map(|oid| Entry { oid, mode })
    }

    fn is_edited(&self) -> bool {
        self.now.map(|now| now.oid) != self.after
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
