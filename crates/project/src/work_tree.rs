//! The collections of the work tree, read again only where files changed.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant, SystemTime};

use sheaf_collection::model::{ResourceChange, ResourceId};
use sheaf_collection::{Collections, private_file, private_name};
use sheaf_git::model::{FileChange, Oid};
use sheaf_git::repository::Repo;
use sheaf_git::stamp::Stamp;
use sheaf_git::status::{ContentId, ScannedFile};

use crate::changes::readable;
use crate::error::Result;

/// A look is not kept longer. Some of what is looked at is not watched: what git ignores everywhere, and files that are
/// written by another name of theirs.
const LONGEST: Duration = Duration::from_secs(10);

/// What was read, and the stamps it was read at.
#[derive(Default)]
pub(crate) struct WorkTreeCache {
    read: Option<Read>,
    kept: Option<Kept>,
    differing: Option<Differing>,
}

/// What differs, and what was found out about it.
struct Differing {
    collections: Arc<Collections>,
    head: Option<Oid>,
    changes: Arc<Vec<FileChange>>,
    /// How those of them look that cannot be part of a collection; `None` where that does not tell.
    others: Vec<Option<Stamp>>,
    told: Arc<OnceLock<Vec<ResourceChange>>>,
}

/// The last look, for as long as nothing happens.
struct Kept {
    stirs: u64,
    at: Instant,
    look: Look,
}

struct Read {
    collections: Arc<Collections>,
    /// In the order of paths.
    files: Vec<Known>,
}

/// A file as it was when it was read.
struct Known {
    path: String,
    stamp: Option<Stamp>,
    /// So young that a second write would not show.
    racy: bool,
    /// What it holds, where the look had to read it.
    content: Option<ContentId>,
}

/// The work tree, looked at once.
#[derive(Clone)]
pub(crate) struct Look {
    /// The collections as they are on disk.
    pub(crate) collections: Arc<Collections>,
    /// Files that differ from the last commit.
    pub(crate) changes: Arc<Vec<FileChange>>,
    /// Names of files that are no valid text, as far as they can be shown.
    pub(crate) unreadable: Arc<Vec<String>>,
    /// What differs by resource, once somebody wanted to know.
    pub(crate) told: Arc<OnceLock<Vec<ResourceChange>>>,
}

impl WorkTreeCache {
    /// What was read last.
    pub(crate) fn as_read(&self) -> Option<Arc<Collections>> {
        self.read.as_ref().map(|read| read.collections.clone())
    }

    /// What was read last, after a look at the one file that holds `id`. `None` where that does not tell.
    pub(crate) fn refresh_holder(
        &mut self,
        repo: &Repo,
        id: &ResourceId,
    ) -> Result<Option<Arc<Collections>>> {
        self.kept = None;
        let Some(Read { collections, files }) = &mut self.read else {
            return Ok(None);
        };
        let Some(path) = collections.file_of(id).map(|(path, _)| path.to_owned()) else {
            return Ok(None);
        };
        let Ok(at) = place(files, &path) else {
            return Ok(None);
        };
        if private_name(&path).is_some() {
            return Ok(None);
        }
        let looked = SystemTime::now();
        let stamp = repo.stamps(&[&path]).pop().flatten();
        let known = &mut files[at];
        if known.racy || known.stamp != stamp {
            let Some(bytes) = readable(repo.read_work_file(&path).map_err(Into::into))? else {
                return Ok(None);
            };
            if collections.content_of(&path).is_none_or(|known| *known != bytes) {
                *collections = Arc::new(collections.with_files([(path, Some(bytes))]));
            }
            known.stamp = stamp;
            known.racy = stamp.is_none_or(|stamp| stamp.is_racy(looked));
        }
        Ok(collections.file_of(id).is_some().then(|| collections.clone()))
    }

    /// Takes over what became of the collections by a write of ours, unless something else was read since.
    pub(crate) fn take_over(
        &mut self,
        repo: &Repo,
        before: &Arc<Collections>,
        after: &Arc<Collections>,
        written: &[String],
    ) {
        self.kept = None;
        let Some(Read { collections, files }) = &mut self.read else {
            return;
        };
        if !Arc::ptr_eq(collections, before) {
            return;
        }
        *collections = after.clone();
        for path in written {
            let known = after.content_of(path).is_some().then(|| Known {
                stamp: repo.stamps(&[path]).pop().flatten(),
                path: path.clone(),
                // Another program may have written it right after us.
                racy: true,
                content: None,
            });
            match (place(files, path), known) {
                (Ok(at), Some(known)) => files[at] = known,
                (Ok(at), None) => drop(files.remove(at)),
                (Err(at), Some(known)) => files.insert(at, known),
                (Err(_), None) => {}
            }
        }
    }

    /// Looks at the work tree as it is now, unless nothing has happened since the last look: `stirs` is what
    /// [`Calm::now`](crate::watch::Calm::now) said a moment ago.
    pub(crate) fn look(&mut self, repo: &Repo, stirs: Option<u64>) -> Result<Look> {
        if let (Some(stirs), Some(kept)) = (stirs, &self.kept)
            && kept.stirs == stirs
            && kept.at.elapsed() < LONGEST
        {
            return Ok(kept.look.clone());
        }
        let at = Instant::now();
        let look = self.refresh(repo)?;
        self.kept = stirs.map(|stirs| Kept {
            stirs,
            at,
            look: look.clone(),
        });
        Ok(look)
    }

    /// Looks at the work tree as it is now.
    pub(crate) fn refresh(&mut self, repo: &Repo) -> Result<Look> {
        self.kept = None;
        let looked = SystemTime::now();
        let scan = repo.scan()?;
        let mut files = stamped(repo, scan.files, looked);
        files.extend(private(repo, looked)?);
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let before = self.read.take();
        let mut changed = changed(repo, before.as_ref(), &files)?;
        if let Some(read) = &before {
            changed.retain(|(path, bytes)| !read.holds(path, bytes.as_ref()));
        }
        let collections = match before {
            Some(read) if changed.is_empty() => read.collections,
            Some(read) => Arc::new(read.collections.with_files(changed)),
            None => Arc::new(Collections::read(
                changed
                    .into_iter()
                    .filter_map(|(path, content)| Some((path, content?))),
            )),
        };
        let known = Differing::of(repo, &collections, &files, scan.changes)?;
        self.read = Some(Read {
            collections: collections.clone(),
            files,
        });
        let differing = match self.differing.take() {
            Some(before) if before.is_about(&known) => before,
            _ => known,
        };
        let look = Look {
            collections,
            changes: differing.changes.clone(),
            unreadable: Arc::new(scan.unreadable),
            told: differing.told.clone(),
        };
        self.differing = Some(differing);
        Ok(look)
    }
}

impl Read {
    /// Whether the look found what was read of the file the last time.
    fn is_as_found(&self, now: &Known) -> bool {
        let read = now.content.zip(self.collections.content_of(&now.path));
        read.is_some_and(|(content, bytes)| content.is_of(&bytes))
    }

    /// Whether this is what was read of the file the last time.
    fn holds(&self, path: &str, bytes: Option<&Vec<u8>>) -> bool {
        bytes.is_some() && self.collections.content_of(path).as_deref() == bytes
    }
}

impl Differing {
    fn of(
        repo: &Repo,
        collections: &Arc<Collections>,
        files: &[Known],
        changes: Vec<FileChange>,
    ) -> Result<Self> {
        let paths = changes.iter().map(|change| change.path.as_str());
        let others: Vec<&str> = paths.filter(|path| place(files, path).is_err()).collect();
        let now = SystemTime::now();
        let stamps = repo.stamps(&others).into_iter();
        Ok(Self {
            collections: Arc::clone(collections),
            head: repo.head()?.commit().cloned(),
            others: stamps
                .map(|stamp| stamp.filter(|stamp| !stamp.is_racy(now)))
                .collect(),
            changes: Arc::new(changes),
            told: Arc::default(),
        })
    }

    /// Whether the same differs from the same.
    fn is_about(&self, now: &Self) -> bool {
        let known = self.others.iter().all(Option::is_some);
        let same = Arc::ptr_eq(&self.collections, &now.collections);
        known && same && self.head == now.head && self.others == now.others && self.changes == now.changes
    }
}

/// Files that can hold a resource: the legacy tree, and YAML files whose first line says so (checked when read).
pub(crate) fn may_hold(path: &str) -> bool {
    Collections::may_hold(path)
}

/// Where a file is in the list, or would be.
fn place(files: &[Known], path: &str) -> std::result::Result<usize, usize> {
    files.binary_search_by(|known| known.path.as_str().cmp(path))
}

/// The stamps are from before the contents are read, so that a later change shows.
fn stamped(repo: &Repo, files: Vec<ScannedFile>, looked: SystemTime) -> Vec<Known> {
    let files: Vec<_> = files.into_iter().filter(|file| may_hold(&file.path)).collect();
    let missing = files.iter().filter(|file| file.stamp.is_none());
    let mut late = repo
        .stamps(&missing.map(|file| file.path.as_str()).collect::<Vec<_>>())
        .into_iter();
    let known = |ScannedFile { path, stamp, content }| {
        let stamp = stamp.or_else(|| late.next().flatten());
        let racy = stamp.is_none_or(|stamp| stamp.is_racy(looked));
        Known {
            path,
            stamp,
            racy,
            content,
        }
    };
    files.into_iter().map(known).collect()
}

/// Files that belong to this work tree and are never committed.
fn private(repo: &Repo, looked: SystemTime) -> Result<Vec<Known>> {
    let known = |name: &String| {
        let stamp = Stamp::at(&repo.private_dir_path().join(name));
        let racy = stamp.is_none_or(|stamp| stamp.is_racy(looked));
        Known {
            path: private_file(name),
            stamp,
            racy,
            content: None,
        }
    };
    Ok(repo.private_files()?.iter().map(known).collect())
}

/// New contents of files that may have changed; none for those that are gone.
fn changed(repo: &Repo, before: Option<&Read>, after: &[Known]) -> Result<Vec<(String, Option<Vec<u8>>)>> {
    let (mut differing, gone) = compare(before.map_or(&[], |read| &read.files), after);
    if let Some(read) = before {
        differing.retain(|now| !read.is_as_found(now));
    }
    let differing = differing.iter().map(|now| now.path.as_str());
    let (own, paths): (Vec<&str>, Vec<&str>) = differing.partition(|path| private_name(path).is_some());
    let mut changed = Vec::with_capacity(own.len() + paths.len());
    for path in own {
        if let Some(name) = private_name(path) {
            let content = repo.read_private(name).map_err(Into::into);
            changed.push((path.to_owned(), readable(content)?));
        }
    }
    for (path, content) in paths.iter().zip(repo.read_work_files(&paths)) {
        changed.push(((*path).to_owned(), readable(content.map_err(Into::into))?));
    }
    changed.extend(gone.into_iter().map(|path| (path.to_owned(), None)));
    Ok(changed)
}

/// Files that may hold something else than before, and paths of those that are gone. Both lists are in order.
fn compare<'k>(before: &'k [Known], after: &'k [Known]) -> (Vec<&'k Known>, Vec<&'k str>) {
    let (mut differing, mut gone) = (Vec::new(), Vec::new());
    let mut before = before.iter().peekable();
    for now in after {
        while let Some(left) = before.next_if(|known| known.path < now.path) {
            gone.push(left.path.as_str());
        }
        let known = before.next_if(|known| known.path == now.path);
        if known.is_none_or(|known| known.racy || known.stamp != now.stamp) {
            differing.push(now);
        }
    }
    gone.extend(before.map(|known| known.path.as_str()));
    (differing, gone)
}
