//! What differs, by resource: the work tree against HEAD, a commit against its parent, one side against another.

use std::collections::BTreeSet;

use sheaf_collection::Collections;
use sheaf_collection::model::{ChangeKind, ResourceChange};
use sheaf_git::error::GitError;
use sheaf_git::model::{FileChange, FileStatus, Oid};
use sheaf_git::repository::Repo;

use crate::error::{Cause, Result};
use crate::model::{ChangeList, TextDiff};
use crate::project::Project;
use crate::work_tree::{Look, may_hold};

/// A longer text is not sent to the window for a plain diff.
const LONGEST_TEXT: usize = 5_000_000;

impl Project {
    /// What is not committed yet.
    pub fn changes(&self) -> Result<ChangeList> {
        let repo = self.repo()?;
        Ok(list(changes_of(&repo, &self.look(&repo)?)?))
    }

    /// What a commit changed against its first parent.
    pub fn commit_changes(&self, commit: &Oid) -> Result<ChangeList> {
        let repo = self.repo()?;
        let parent = repo.commit_info(commit)?.parents.into_iter().next();
        Ok(list(changes_between(&repo, parent.as_ref(), commit)?))
    }

    /// The text of a file before and after: in `commit` against its parent, else in the work tree against HEAD.
    pub fn text_diff(&self, path: &str, commit: Option<&Oid>) -> Result<TextDiff> {
        let repo = self.repo()?;
        let (from, after) = if let Some(commit) = commit {
            (
                repo.commit_info(commit)?.parents.into_iter().next(),
                repo.file_at(commit, path)?,
            )
        } else {
            (repo.head()?.commit().cloned(), repo.read_work_file(path)?)
        };
        let before = from.map(|from| repo.file_at(&from, path)).transpose()?.flatten();
        let (before, old_binary) = text(before);
        let (after, new_binary) = text(after);
        Ok(TextDiff {
            path: path.to_owned(),
            before,
            after,
            binary: old_binary || new_binary,
        })
    }
}

/// What is not committed yet.
pub(crate) fn changes_of(repo: &Repo, look: &Look) -> Result<Vec<ResourceChange>> {
    let head = repo.head()?.commit().cloned();
    let before = |path: &str| match &head {
        Some(head) => Ok(repo.file_at(head, path)?),
        None => Ok(None),
    };
    compare(
        &look.changes,
        before,
        |path| Ok(repo.read_work_file(path)?),
        &look.collections,
    )
}

/// What differs between two commits; `from` absent means from nothing.
pub(crate) fn changes_between(repo: &Repo, from: Option<&Oid>, to: &Oid) -> Result<Vec<ResourceChange>> {
    let collections = Collections::read(repo.files_at(to, &may_hold)?);
    let before = |path: &str| match from {
        Some(from) => Ok(repo.file_at(from, path)?),
        None => Ok(None),
    };
    compare(
        &repo.changes_between(from, to)?,
        before,
        |path| Ok(repo.file_at(to, path)?),
        &collections,
    )
}

/// `after` holds the state that `after_of` reads; the state before is made from it by putting the old files back.
fn compare(
    files: &[FileChange],
    before_of: impl Fn(&str) -> Result<Option<Vec<u8>>>,
    after_of: impl Fn(&str) -> Result<Option<Vec<u8>>>,
    after: &Collections,
) -> Result<Vec<ResourceChange>> {
    let after = &after.shared();
    let mut old_files = Vec::new();
    let mut unexplained = Vec::new();
    for FileChange { path, status } in files {
        let (old, new) = (readable(before_of(path))?, readable(after_of(path))?);
        if is_collection_file(path, old.as_deref(), new.as_deref()) {
            old_files.push((path.clone(), old.clone()));
        }
        unexplained.push((path, *status, old, new));
    }
    let before = after.with_files(old_files);
    let mut changes = sheaf_collection::changes(&before, after);
    let told: BTreeSet<String> = changes.iter().flat_map(files_of).collect();
    for (path, status, old, new) in unexplained.into_iter().filter(|(path, ..)| !told.contains(*path)) {
        let mut change = sheaf_collection::file_change(path, old.as_deref(), new.as_deref());
        if old.is_none() && new.is_none() {
            change.change = match status {
                FileStatus::Added => ChangeKind::Added,
                FileStatus::Modified => ChangeKind::Modified,
                FileStatus::Deleted => ChangeKind::Deleted,
            };
            "A link, or a file too large to show".clone_into(&mut change.summary);
        }
        changes.push(change);
    }
    tell_apart(&mut changes);
    changes.sort_by(|a, b| (&a.location, &a.name, &a.id).cmp(&(&b.location, &b.name, &b.id)));
    Ok(changes)
}

/// A link or a file too large to read is shown as a change without its content, and holds up nothing else.
pub(crate) fn readable(content: Result<Option<Vec<u8>>>) -> Result<Option<Vec<u8>>> {
    match content {
        Err(e)
            if matches!(
                e.cause,
                Cause::Git(GitError::BadPath { .. } | GitError::FileTooLarge(_))
            ) =>
        {
            Ok(None)
        }
        other => other,
    }
}

/// An id that two files claim belongs to the first; the other is known by its path.
fn tell_apart(changes: &mut [ResourceChange]) {
    let mut taken = BTreeSet::new();
    for change in changes {
        if !taken.insert(change.id.clone()) {
            change.id.0.clone_from(&change.path);
        }
    }
}

/// The files a change is in: two where the resource moved from one to another.
pub(crate) fn files_of(change: &ResourceChange) -> impl Iterator<Item = String> {
    let moved = change
        .fields
        .iter()
        .filter(|f| f.path == "path")
        .filter_map(|f| f.before.clone());
    std::iter::once(change.path.clone()).chain(moved)
}

/// Whether a file belongs to a collection: by its path, and outside a legacy tree by its content.
pub(crate) fn is_collection_file(path: &str, before: Option<&[u8]>, after: Option<&[u8]>) -> bool {
    Collections::holds(path, [before, after].into_iter().flatten())
}

fn list(changes: Vec<ResourceChange>) -> ChangeList {
    ChangeList {
        proposed_message: proposed_message(&changes),
        changes,
    }
}

/// A commit message made from the changes.
pub(crate) fn proposed_message(changes: &[ResourceChange]) -> String {
    let real: Vec<_> = changes.iter().filter(|c| !c.only_bookkeeping).collect();
    match real.as_slice() {
        [] => String::new(),
        [one] if one.change == ChangeKind::Modified && !one.summary.is_empty() => {
            shorten(&format!("Update {}: {}", one.name, one.summary))
        }
        [one] => shorten(&format!("{} {}", verb(one.change), one.name)),
        [first, rest @ ..] => {
            let same = rest.iter().all(|c| c.change == first.change);
            let verb = if same { verb(first.change) } else { "Update" };
            let place = first
                .location
                .first()
                .filter(|p| rest.iter().all(|c| c.location.first() == Some(*p)));
            let count = real.len();
            match place {
                Some(place) => shorten(&format!("{verb} {count} items in {place}")),
                None => format!("{verb} {count} items"),
            }
        }
    }
}

fn verb(change: ChangeKind) -> &'static str {
    match change {
        ChangeKind::Added => "Add",
        ChangeKind::Deleted => "Delete",
        ChangeKind::Renamed => "Rename",
        ChangeKind::Moved => "Move",
        ChangeKind::Modified => "Update",
    }
}

/// Git shows about 72 characters of a title.
fn shorten(text: &str) -> String {
    if text.chars().count() <= 72 {
        return text.to_owned();
    }
    let short: String = text.chars().take(71).collect();
    format!("{}…", short.trim_end())
}

fn text(bytes: Option<Vec<u8>>) -> (Option<String>, bool) {
    match bytes {
        None => (None, false),
        Some(bytes) if bytes.len() > LONGEST_TEXT => (None, true),
        Some(bytes) => match String::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => (Some(text), false),
            _ => (None, true),
        },
    }
}
