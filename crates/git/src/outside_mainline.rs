//! A merge that another program takes over or back: which of its parents the changes are counted from.

use crate::error::GitError;
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
        let files = self.taken_index()?.in_conflict;
        let mut fitting = Vec::new();
        for (n, parent) in (1..).zip(merge.parents()) {
            let mut fits = !files.is_empty();
            for (path, [base, _, theirs]) in &files {
                let entry = if begun == Begun::Revert { theirs } else { base };
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
}
