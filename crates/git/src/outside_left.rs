//! What another program left in the work tree when it stopped, and what a person has decided there since. What it joined
//! by itself, and what it marked as a conflict, is only its try; what a person staged or wrote in its place counts.

use std::collections::{BTreeMap, BTreeSet};

use git2::Index;

use crate::conflict_marks::{has_marks, is_as_marked};
use crate::entry::{Entry, GITLINK, LINK};
use crate::error::GitError;
use crate::file_merge::FileMerge;
use crate::index_lock::stage_of;
use crate::layer::Layer;
use crate::line_merge::merge_marked;
use crate::repository::Repo;
use crate::tree_diff::differences;
use crate::tree_edit::Edits;

/// The usual length of git's conflict markers.
const MARKER: u16 = 7;

/// The work tree as it was left.
pub(crate) struct Left {
    /// Before a person edited it, with what was decided.
    pub(crate) files: Layer,
    /// What a person made of single files.
    pub(crate) decided: Edits,
}

/// Base, ours and theirs of a path.
pub(crate) type Stages = [Option<Entry>; 3];

/// An index, taken apart.
#[derive(Default)]
pub(crate) struct Taken {
    pub(crate) settled: BTreeMap<String, Entry>,
    pub(crate) in_conflict: BTreeMap<String, Stages>,
}

/// What became of a file in conflict.
enum Since {
    /// It is as it was left.
    Nothing,
    /// A person settled it.
    Decided,
    /// It was edited, and still has markers.
    Edited,
}

impl Repo {
    /// What was left here. `tried` is what joining the same commits without a person gives; without it nothing that is
    /// settled was settled by a person.
    pub(crate) fn left<Q>(
        &self,
        tried: Option<&Index>,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<Left, GitError> {
        let (now, tried) = (self.taken_index()?, tried.map(taken));
        let head = self.head_tree()?;
        let committed: BTreeMap<String, Entry> = differences(self, None, head)?
            .into_iter()
            .filter_map(|file| Some((file.path, file.new?)))
            .collect();
        let mut left = Left {
            files: Layer::of(head),
            decided: Edits::new(),
        };
        for (path, stages) in &now.in_conflict {
            self.left_in_conflict(path, stages, &mut left, merger)?;
        }
        let settled: BTreeSet<&String> = now.settled.keys().chain(committed.keys()).collect();
        for path in settled
            .into_iter()
            .filter(|path| !now.in_conflict.contains_key(*path))
        {
            let entry = now.settled.get(path).copied();
            if entry != committed.get(path).copied() {
                left.files.over.insert(path.clone(), entry);
            }
            let Some(tried) = &tried else { continue };
            let is_try = match tried.in_conflict.get(path) {
                Some(stages) => self.is_marked(path, entry, stages, merger)?,
                None => entry == tried.settled.get(path).copied(),
            };
            if !is_try {
                left.decided.insert(path.clone(), entry);
            }
        }
        Ok(left)
    }

    /// The index as it is.
    pub(crate) fn taken_index(&self) -> Result<Taken, GitError> {
        let mut index = self.git.index()?;
        index.read(false)?;
        Ok(taken(&index))
    }

    fn left_in_conflict<Q>(
        &self,
        path: &str,
        stages: &Stages,
        left: &mut Left,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<(), GitError> {
        let work = self.store_work_entry(path)?.map(|work| work.entry);
        let before = match self.since(path, stages, work, merger)? {
            Since::Nothing => work,
            Since::Decided => {
                left.decided.insert(path.to_owned(), work);
                work
            }
            Since::Edited => Some(self.marked(stages)?),
        };
        left.files.over.insert(path.to_owned(), before);
        Ok(())
    }

    fn since<Q>(
        &self,
        path: &str,
        stages: &Stages,
        work: Option<Entry>,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<Since, GitError> {
        let [_, ours, theirs] = *stages;
        let is_odd = |entry: &Entry| entry.mode == LINK || entry.mode == GITLINK;
        if stages.iter().flatten().any(|entry| entry.mode == GITLINK) {
            return Ok(Since::Nothing);
        }
        let holds = |side: Option<Entry>| side.map(|side| side.oid) == work.map(|work| work.oid);
        let by_lines = !stages.iter().flatten().any(is_odd) && !self.is_binary(stages)?;
        let untouched = match (ours, theirs) {
            (Some(_), Some(_)) if by_lines => self.is_marked(path, work, stages, merger)?,
            (Some(_), Some(_)) => holds(ours),
            (Some(side), None) | (None, Some(side)) => holds(Some(side)),
            (None, None) => work.is_none(),
        };
        if untouched {
            return Ok(Since::Nothing);
        }
        let edited = match work {
            Some(work) if work.mode != LINK => has_marks(&self.blob_bytes(work.oid)?),
            _ => false,
        };
        Ok(if edited { Since::Edited } else { Since::Decided })
    }

    /// Whether a file holds just the conflict that another program marked in it.
    fn is_marked<Q>(
        &self,
        path: &str,
        file: Option<Entry>,
        stages: &Stages,
        merger: &dyn FileMerge<Question = Q>,
    ) -> Result<bool, GitError> {
        let (Some(file), Some(_), Some(_)) = (file, stages[1], stages[2]) else {
            return Ok(false);
        };
        if file.mode == LINK || file.mode == GITLINK {
            return Ok(false);
        }
        let text = self.blob_bytes(file.oid)?;
        let [base, ours, theirs] = self.contents(stages)?;
        Ok(is_as_marked(&text, &base, &ours, &theirs)
            || merger
                .marked(path, &base, &ours, &theirs)
                .is_some_and(|marked| marked == text))
    }

    /// The conflict as git marks it.
    fn marked(&self, stages: &Stages) -> Result<Entry, GitError> {
        let [base, ours, theirs] = self.contents(stages)?;
        let marked = merge_marked(&base, &ours, &theirs, MARKER)?;
        let mode = stages[1]
            .or(stages[2])
            .map_or(crate::entry::FILE, |side| side.mode);
        Ok(Entry {
            oid: self.git.blob(&marked.content)?,
            mode,
        })
    }

    fn is_binary(&self, stages: &Stages) -> Result<bool, GitError> {
        Ok(self.contents(stages)?.iter().any(|bytes| bytes.contains(&0)))
    }

    fn contents(&self, stages: &Stages) -> Result<[Vec<u8>; 3], GitError> {
        let content = |side: Option<Entry>| match side {
            Some(side) => self.blob_bytes(side.oid),
            None => Ok(Vec::new()),
        };
        let [base, ours, theirs] = *stages;
        Ok([content(base)?, content(ours)?, content(theirs)?])
    }
}

/// Names that are not UTF-8 are left out, as everywhere.
fn taken(index: &Index) -> Taken {
    let mut taken = Taken::default();
    for entry in index.iter() {
        let stage = stage_of(&entry);
        let side = Entry {
            oid: entry.id,
            mode: entry.mode,
        };
        let Ok(path) = String::from_utf8(entry.path) else {
            continue;
        };
        match stage {
            0 => drop(taken.settled.insert(path, side)),
            n => taken.in_conflict.entry(path).or_default()[n - 1] = Some(side),
        }
    }
    taken
}
