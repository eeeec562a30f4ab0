//! A note of the operation that is under way, written before anything else, so that a crash can be cleared up: which
//! record leads back, and which locks were going to be taken.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use crate::error::GitError;
use crate::left_locks::wait_and_remove;
use crate::own_files;
use crate::plan::{Plan, RefValue};
use crate::repository::Repo;
use crate::waiting_merge::Note;

/// How a line begins that names a file. No ref may hold this.
const STAGED: &str = ":";
/// How a line begins that names the note of a merge that waits. No ref may hold this either.
const ENDS: &str = "~";

/// The note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pending {
    /// Full name of the ref of the record; empty where there is no way back.
    pub(crate) record: String,
    /// What is locked, as paths below `.git`.
    locked: Vec<String>,
    /// Files beside which new contents are written before there is a record.
    pub(crate) staged: Vec<String>,
    /// The merge that waits no more once it has happened.
    pub(crate) ends: Option<Note>,
}

impl Pending {
    /// What this plan is going to lock.
    pub(crate) fn of(record: &str, plan: &Plan) -> Self {
        let mut locked: Vec<String> = plan.refs.iter().map(|r| r.name.clone()).collect();
        locked.extend(plan.consumes.clone());
        locked.extend(Some(record.to_owned()).filter(|record| !record.is_empty()));
        if plan.consumes.is_some() || plan.refs.iter().any(|r| r.after == RefValue::Missing) {
            locked.push("packed-refs".to_owned());
        }
        if !plan.config.is_empty() {
            locked.push("config".to_owned());
        }
        Self {
            record: record.to_owned(),
            locked,
            staged: plan.staged_early().map(|edit| edit.path.clone()).collect(),
            ends: plan.ends,
        }
    }

    fn parse(text: &str) -> Self {
        let mut lines = text.lines().map(str::to_owned);
        let record = lines.next().unwrap_or_default();
        // The note comes with the repository, and so maybe from a stranger: nothing outside is removed for it.
        let ours = |name: &String| {
            matches!(name.as_str(), "HEAD" | "packed-refs" | "config") || git2::Reference::is_valid_name(name)
        };
        let (staged, locked): (Vec<_>, Vec<_>) = lines.partition(|line| line.starts_with(STAGED));
        let path = |line: &String| Some(line.strip_prefix(STAGED)?.to_owned());
        Self {
            record,
            ends: locked
                .iter()
                .find_map(|line| Note::of_name(line.strip_prefix(ENDS)?)),
            locked: locked.into_iter().filter(ours).collect(),
            staged: staged.iter().filter_map(path).collect(),
        }
    }

    fn text(&self) -> String {
        let staged = self.staged.iter().map(|path| format!("{STAGED}{path}"));
        let lines = std::iter::once(self.record.clone()).chain(self.locked.iter().cloned());
        let ends = self.ends.map(|note| format!("{ENDS}{}", note.name()));
        lines.chain(staged).chain(ends).collect::<Vec<_>>().join("\n")
    }
}

impl Repo {
    /// Notes that an operation begins.
    pub(crate) fn begin_pending(&self, pending: &Pending) -> Result<(), GitError> {
        own_files::write(&self.pending_file()?, pending.text().as_bytes())
    }

    /// Notes that it ended, well or not.
    pub(crate) fn end_pending(&self) -> Result<(), GitError> {
        let path = self.pending_file()?;
        match fs::remove_file(&path) {
            Err(e) if e.kind() != ErrorKind::NotFound => Err(GitError::Io { path, source: e }),
            _ => Ok(()),
        }
    }

    /// The operation a crash cut off, where there is one.
    pub(crate) fn read_pending(&self) -> Result<Option<Pending>, GitError> {
        let text = own_files::read(&self.pending_file()?)?;
        Ok(text.as_deref().map(Pending::parse))
    }

    /// Removes the locks the operation left behind. One that another program holds goes away by itself.
    pub(crate) fn remove_stale_locks(&self, pending: &Pending) {
        wait_and_remove(pending.locked.iter().map(|name| self.lock_of(name)).collect());
    }

    /// Removes the locks of refs that this operation took and that are there although it has let them go. Other locks may
    /// be why it did not happen, and then are somebody's.
    pub(crate) fn remove_own_ref_locks(&self, plan: &Plan) {
        let names = plan.refs.iter().map(|edit| &edit.name).chain(&plan.consumes);
        wait_and_remove(names.map(|name| self.lock_of(name)).collect());
    }

    fn lock_of(&self, name: &str) -> PathBuf {
        let folder = if name == "HEAD" {
            self.git_dir()
        } else {
            self.git.commondir()
        };
        folder.join(format!("{name}.lock"))
    }

    fn pending_file(&self) -> Result<PathBuf, GitError> {
        Ok(self.own_dir()?.join("pending"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Note, Pending};

    #[test]
    fn a_strange_note_names_nothing_outside() {
        let note = "refs/sheaf/undo/1\nHEAD\n../../x\nrefs/heads/a\nrefs/../../x\n/etc/x\nconfig";
        assert_eq!(Pending::parse(note).locked, ["HEAD", "refs/heads/a", "config"]);
    }

    #[test]
    fn what_is_noted_is_read() {
        let pending = Pending {
            record: "refs/sheaf/undo/1".to_owned(),
            locked: vec!["HEAD".to_owned(), "refs/heads/a".to_owned()],
            staged: vec!["a b/c.yaml".to_owned(), ":d.yaml".to_owned()],
            ends: Some(Note::Here),
        };
        assert_eq!(Pending::parse(&pending.text()), pending);
    }
}
