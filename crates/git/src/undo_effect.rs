//! A look at what an undo would do, before it is done.

use std::collections::BTreeMap;

use crate::commit_info::describe;
use crate::error::GitError;
use crate::file_merge::FileMerge;
use crate::model::{Oid, RefKind, RefMove, RefPlace, UndoPoint};
use crate::plan::RefValue;
use crate::repository::{HEADS, Repo};
use crate::undo_record::{FileRecord, REDO, UNDO, id_of};
use crate::write_files::FileContent;

const TAGS: &str = "refs/tags/";
const PARKED: &str = "refs/sheaf/parked/";

/// What going back to before an operation would make of the project.
#[derive(Debug, Clone)]
pub struct UndoEffect {
    /// Everything that is taken back, the newest first.
    pub points: Vec<UndoPoint>,
    /// Files of the work tree and the blob each of them gets; absent where the file goes.
    pub files: Vec<(String, Option<Oid>)>,
    /// Private files and what they hold then.
    pub private: Vec<FileContent>,
    /// Branches, tags and the like that move.
    pub refs: Vec<RefMove>,
}

impl Repo {
    /// What taking back (or doing again) everything down to the point `id` would change. Nothing is touched.
    /// What was edited since stays as `merger` joins it.
    pub fn undo_effect<Q>(
        &self,
        id: &str,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<UndoEffect, GitError> {
        let names = match self.steps_to(UNDO, id) {
            Err(GitError::NothingToUndo) => self.steps_to(REDO, id)?,
            found => found?,
        };
        let mut points = Vec::with_capacity(names.len());
        let mut files: BTreeMap<String, FileRecord> = BTreeMap::new();
        let (mut private, mut refs) = (BTreeMap::new(), BTreeMap::new());
        for name in &names {
            let record = self.read_record(name)?;
            points.push(record.point(id_of(name)));
            for file in record.files {
                // The newest says how it was left, the oldest how it was.
                match files.get_mut(&file.path) {
                    Some(newer) => newer.before = file.before,
                    None => drop(files.insert(file.path.clone(), file)),
                }
            }
            for file in record.private {
                let before = self.private_before(name, &file)?;
                private.insert(file, before);
            }
            for edit in record.refs {
                refs.insert(edit.name, edit.before);
            }
        }
        let files: Vec<FileRecord> = files.into_values().collect();
        let joined = self.join_edits_since(&self.sights(&files)?, merger)?;
        let then = |file: FileRecord| match joined.get(&file.path) {
            Some(entry) => (file.path, entry.map(|entry| entry.oid.into())),
            None => (file.path, file.before.map(|(oid, _)| oid)),
        };
        let mut moves = Vec::new();
        for (name, to) in refs {
            let from = self.ref_value(&name)?;
            if from != to {
                moves.push(self.ref_move(&name, &from, &to));
            }
        }
        moves.sort_by_key(|m| m.kind);
        Ok(UndoEffect {
            points,
            files: files.into_iter().map(then).collect(),
            private: private.into_iter().collect(),
            refs: moves,
        })
    }

    /// Content of a blob that an undo point keeps; `None` where it is too large to look at.
    pub fn kept_content(&self, blob: &Oid) -> Result<Option<Vec<u8>>, GitError> {
        const LARGEST: usize = 64 * 1024 * 1024;
        let oid = blob.to_git()?;
        if self.git.odb()?.read_header(oid)?.0 > LARGEST {
            return Ok(None);
        }
        self.blob_bytes(oid).map(Some)
    }

    fn ref_move(&self, name: &str, from: &RefValue, to: &RefValue) -> RefMove {
        let (kind, short) = kind_of(name);
        RefMove {
            name: short.to_owned(),
            kind,
            from: self.place(from),
            to: self.place(to),
        }
    }

    fn place(&self, value: &RefValue) -> Option<RefPlace> {
        match value {
            RefValue::Missing => None,
            RefValue::Symbolic(to) => Some(RefPlace::Branch {
                name: kind_of(to).1.to_owned(),
            }),
            RefValue::Commit(oid) => {
                let object = self.git.find_object(oid.to_git().ok()?, None).ok()?;
                let commit = describe(&object.peel_to_commit().ok()?);
                Some(RefPlace::Commit { commit })
            }
        }
    }
}

fn kind_of(name: &str) -> (RefKind, &str) {
    let kinds = [
        (HEADS, RefKind::Branch),
        (TAGS, RefKind::Tag),
        (PARKED, RefKind::Parked),
    ];
    if name == "HEAD" {
        return (RefKind::Head, name);
    }
    let found = kinds
        .into_iter()
        .find_map(|(prefix, kind)| Some((kind, name.strip_prefix(prefix)?)));
    found.unwrap_or((RefKind::Other, name))
}
