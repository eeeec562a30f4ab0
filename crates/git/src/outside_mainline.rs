//! A merge that another program takes over or back: which of its parents the changes are counted from.

use crate::entry::Entry;
use crate::error::GitError;
use crate::index_lock::stage_of;
use crate::model::{Begun, Oid};
use crate::outside::odd;
use crate::repository::Repo;

impl Repo {
    /// The number of that parent, as `git cherry-pick -m` has it; zero where there is one parent only. Git notes it for a
    /// row of commits alone; else it is the parent whose files the conflicts begin at, or lead back to.
    pub(crate) fn mainline(&self, commit: &Oid, begun: Begun) -> Result<u32, GitError> {
        let merge = self.find_commit(commit)?;
        let parents = u32::try_from(merge.parent_count()).unwrap_or(u32::MAX);
        match parents {
            0 => return Err(odd(begun, "it is about a first commit")),
            1 => return Ok(0),
            _ => {}
        }
        if let Some(noted) = self.noted_mainline()?.filter(|n| (1..=parents).contains(n)) {
            return Ok(noted);
        }
        let stage = if begun == Begun::Revert { 3 } else { 1 };
        let files = self.in_conflict(stage)?;
        let mut fitting = Vec::new();
        for (n, parent) in (1..).zip(merge.parents()) {
            let mut fits = !files.is_empty();
            for (path, entry) in &files {
                fits = fits && self.entry_at(Some(parent.tree_id()), path)? == *entry;
            }
            fitting.extend(fits.then_some(n));
        }
        match fitting.as_slice() {
            [only] => Ok(*only),
            _ => Err(odd(
                begun,
                "it is about a merge, and nothing says which of its sides counts",
            )),
        }
    }

    fn noted_mainline(&self) -> Result<Option<u32>, GitError> {
        let text = self.state_text("sequencer/opts")?.unwrap_or_default();
        let value = text.lines().find_map(|line| {
            let (key, value) = line.split_once('=')?;
            (key.trim() == "mainline").then(|| value.trim().parse().ok())?
        });
        Ok(value)
    }

    /// The files in conflict on one of the three sides.
    fn in_conflict(&self, side: usize) -> Result<Vec<(String, Option<Entry>)>, GitError> {
        let mut index = self.git.index()?;
        index.read(false)?;
        let mut files = std::collections::BTreeMap::new();
        for entry in index.iter() {
            let stage = stage_of(&entry);
            let content = Entry {
                oid: entry.id,
                mode: entry.mode,
            };
            let Ok(path) = String::from_utf8(entry.path) else {
                continue;
            };
            if stage == side {
                files.insert(path, Some(content));
            } else if stage > 0 {
                files.entry(path).or_insert(None);
            }
        }
        Ok(files.into_iter().collect())
    }
}
