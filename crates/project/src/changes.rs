//! What differs, by resource: the work tree against HEAD, a commit against its parent, one side against another.

use std::collections::BTreeSet;

use sheaf_collection::model::{ChangeKind, ResourceChange};
use sheaf_collection::{Collections, private_name};
use sheaf_git::error::GitError;
use sheaf_git::model::{FileChange, FileStatus, Oid};
use sheaf_git::repository::Repo;

use crate::error::{Cause, Result};
use crate::incoming::ends;
use crate::message::proposed_message;
use crate::model::{ChangeList, ChangesOf, TextDiff};
use crate::project::Project;
use crate::work_tree::Look;

/// A longer text is not sent to the window for a plain diff.
const LONGEST_TEXT: usize = 5_000_000;

impl Project {
    /// What is not committed yet.
    pub fn changes(&self) -> Result<ChangeList> {
        let repo = self.repo()?;
        match self.known_look(&repo)? {
            Some(look) => Ok(list(changes_of(&repo, &look)?)),
            None => Ok(list(uncommitted(&repo)?.changes)),
        }
    }

    /// What a commit changed against its first parent.
    pub fn commit_changes(&self, commit: &Oid) -> Result<ChangeList> {
        let repo = self.repo()?;
        let parent = repo.commit_info(commit)?.parents.into_iter().next();
        Ok(list(changes_between(&repo, parent.as_ref(), commit)?))
    }

    /// What differs from one commit or branch to another.
    pub fn compare(&self, from: &str, to: &str) -> Result<ChangeList> {
        let repo = self.repo()?;
        let (from, to) = (repo.resolve_commit(from)?, repo.resolve_commit(to)?);
        Ok(list(changes_between(&repo, Some(&from), &to)?))
    }

    /// The text of a file before and after.
    pub fn text_diff(&self, path: &str, of: &ChangesOf) -> Result<TextDiff> {
        let (before, after) = self.contents(&self.repo()?, path, of)?;
        let (before, old_binary) = text(before);
        let (after, new_binary) = text(after);
        Ok(TextDiff {
            path: path.to_owned(),
            before,
            after,
            binary: old_binary || new_binary,
        })
    }

    /// What a file holds before and after.
    fn contents(&self, repo: &Repo, path: &str, of: &ChangesOf) -> Result<(Content, Content)> {
        let at = |state: Option<&Oid>| -> Result<Content> {
            let found = state.map(|state| repo.file_at(state, path));
            Ok(found.transpose()?.flatten())
        };
        Ok(match of {
            ChangesOf::WorkTree => (at(repo.head()?.commit())?, repo.read_work_file(path)?),
            ChangesOf::Commit { id } => (at(repo.commit_info(id)?.parents.first())?, at(Some(id))?),
            ChangesOf::Between { from, to } => {
                let (from, to) = (repo.resolve_commit(from)?, repo.resolve_commit(to)?);
                (at(Some(&from))?, at(Some(&to))?)
            }
            ChangesOf::Incoming => {
                let ends = ends(repo)?;
                (at(ends.base.as_ref())?, at(ends.theirs.as_ref())?)
            }
            ChangesOf::Merge { what } => {
                let head = repo.head()?;
                let result = self.result_of(repo, what)?;
                (at(head.commit())?, at(result.as_ref().or(head.commit()))?)
            }
            ChangesOf::Undo { id } => {
                let mut now = read_now(repo, &[path]);
                (
                    readable(now.pop().unwrap_or(Ok(None)))?,
                    self.content_after(repo, id, path)?,
                )
            }
        })
    }
}

/// What a file holds; nothing where there is none.
type Content = Option<Vec<u8>>;

/// Two states, as far as they differ, and what differs between them.
pub(crate) struct States {
    pub(crate) before: Collections,
    pub(crate) after: Collections,
    pub(crate) changes: Vec<ResourceChange>,
}

impl States {
    /// The way back.
    pub(crate) fn turned(&self) -> Self {
        let mut changes = sheaf_collection::changes(&self.after, &self.before);
        let told: BTreeSet<String> = changes.iter().flat_map(files_of).collect();
        let plain = self.changes.iter().filter(|c| !told.contains(&c.path));
        changes.extend(plain.map(|c| ResourceChange {
            change: match c.change {
                ChangeKind::Added => ChangeKind::Deleted,
                ChangeKind::Deleted => ChangeKind::Added,
                other => other,
            },
            ..c.clone()
        }));
        tell_apart(&mut changes);
        Self {
            before: self.after.with_files([]),
            after: self.before.with_files([]),
            changes,
        }
    }
}

/// What is not committed yet. Only the files that differ are read, and those that say where they lie.
pub(crate) fn uncommitted(repo: &Repo) -> Result<States> {
    let head = repo.head()?.commit().cloned();
    let before = |paths: &[&str]| committed(repo, head.as_ref(), paths);
    let after = |paths: &[&str]| Ok(told_apart(repo.read_work_files(paths)));
    compare(&repo.status()?, &before, &after)
}

/// What is not committed yet, of a work tree that was read already.
pub(crate) fn changes_of(repo: &Repo, look: &Look) -> Result<Vec<ResourceChange>> {
    if let Some(told) = look.told.get() {
        return Ok(told.clone());
    }
    let head = repo.head()?.commit().cloned();
    let before = |paths: &[&str]| committed(repo, head.as_ref(), paths);
    let after = |paths: &[&str]| Ok(told_apart(repo.read_work_files(paths)));
    let files = read(&look.changes, &before, &after)?;
    let here = look.collections.shared();
    let old = files.iter().filter(|file| file.in_collection);
    let old = here.with_files(old.map(|file| (file.path.clone(), file.old.clone())));
    let changes = told(&old, &here, &files);
    Ok(look.told.get_or_init(|| changes).clone())
}

/// What differs between two commits; `from` absent means from nothing.
pub(crate) fn changes_between(repo: &Repo, from: Option<&Oid>, to: &Oid) -> Result<Vec<ResourceChange>> {
    let before = |paths: &[&str]| committed(repo, from, paths);
    let after = |paths: &[&str]| committed(repo, Some(to), paths);
    Ok(compare(&repo.changes_between(from, to)?, &before, &after)?.changes)
}

/// The content of each file that was asked for.
pub(crate) type Contents = Vec<Result<Option<Vec<u8>>>>;

/// Reads many files at once, which takes a part of the time of one after the other.
type ReadFiles<'r> = &'r dyn Fn(&[&str]) -> Result<Contents>;

fn committed(repo: &Repo, commit: Option<&Oid>, paths: &[&str]) -> Result<Contents> {
    match commit {
        Some(commit) => Ok(told_apart(repo.files_of(commit, paths)?)),
        None => Ok(paths.iter().map(|_| Ok(None)).collect()),
    }
}

/// What files hold at this moment, also private ones.
pub(crate) fn read_now(repo: &Repo, paths: &[&str]) -> Contents {
    let mut shared = {
        let shared: Vec<&str> = paths
            .iter()
            .copied()
            .filter(|path| private_name(path).is_none())
            .collect();
        told_apart(repo.read_work_files(&shared)).into_iter()
    };
    let content = |path: &&str| match private_name(path) {
        Some(name) => repo.read_private(name).map_err(Into::into),
        None => shared.next().unwrap_or(Ok(None)),
    };
    paths.iter().map(content).collect()
}

fn told_apart(contents: Vec<std::result::Result<Option<Vec<u8>>, GitError>>) -> Contents {
    contents
        .into_iter()
        .map(|content| content.map_err(Into::into))
        .collect()
}

/// A file that differs.
struct Differing {
    path: String,
    status: FileStatus,
    old: Option<Vec<u8>>,
    new: Option<Vec<u8>>,
    in_collection: bool,
}

pub(crate) fn compare(files: &[FileChange], before: ReadFiles<'_>, after: ReadFiles<'_>) -> Result<States> {
    let files = read(files, before, after)?;
    let side = |content: fn(&Differing) -> &Option<Vec<u8>>| {
        let own = files.iter().filter(|file| file.in_collection);
        let own = own.filter_map(|file| Some((file.path.clone(), content(file).clone()?)));
        Collections::read(own)
    };
    let (old, new) = with_holders((side(|file| &file.old), side(|file| &file.new)), &files, before)?;
    let changes = told(&old, &new, &files);
    Ok(States {
        before: old,
        after: new,
        changes,
    })
}

fn read(files: &[FileChange], before: ReadFiles<'_>, after: ReadFiles<'_>) -> Result<Vec<Differing>> {
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let contents = before(&paths)?.into_iter().zip(after(&paths)?);
    let one = |(FileChange { path, status }, (old, new)): (&FileChange, _)| {
        let (old, new) = (readable(old)?, readable(new)?);
        Ok(Differing {
            in_collection: is_collection_file(path, old.as_deref(), new.as_deref()),
            path: path.clone(),
            status: *status,
            old,
            new,
        })
    };
    files.iter().zip(contents).map(one).collect()
}

/// Adds to both sides the files of the folders and collections that hold what is there, and of what it refers to by id.
/// They do not differ, or they would be there already; so one side is read for both.
fn with_holders(
    (mut old, mut new): (Collections, Collections),
    files: &[Differing],
    before: ReadFiles<'_>,
) -> Result<(Collections, Collections)> {
    let mut asked: BTreeSet<String> = files.iter().map(|file| file.path.clone()).collect();
    loop {
        let missing = old.missing_files().into_iter().chain(new.missing_files());
        let missing: BTreeSet<String> = missing.filter(|path| asked.insert(path.clone())).collect();
        let contents = before(&missing.iter().map(String::as_str).collect::<Vec<_>>())?;
        let mut found = Vec::new();
        for (path, content) in missing.into_iter().zip(contents) {
            if let Some(bytes) = readable(content)? {
                found.push((path, Some(bytes)));
            }
        }
        if found.is_empty() {
            return Ok((old, new));
        }
        old = old.with_files(found.clone());
        new = new.with_files(found);
    }
}

/// The changes of collections, and those of other files.
fn told(before: &Collections, after: &Collections, files: &[Differing]) -> Vec<ResourceChange> {
    let mut changes = sheaf_collection::changes(before, after);
    let told: BTreeSet<String> = changes.iter().flat_map(files_of).collect();
    for file in files.iter().filter(|file| !told.contains(&file.path)) {
        let mut change = sheaf_collection::file_change(&file.path, file.old.as_deref(), file.new.as_deref());
        if file.old.is_none() && file.new.is_none() {
            change.change = match file.status {
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
    changes
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

pub(crate) fn list(changes: Vec<ResourceChange>) -> ChangeList {
    ChangeList {
        proposed_message: proposed_message(&changes),
        changes,
    }
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
