//! What lies in the work tree, from one walk through its folders and one `stat` for each file that is committed. No
//! link is followed, and no name is looked up twice.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use rustix::fd::OwnedFd;
use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, Stat, openat, statat};

use crate::index_file::{Indexed, State};
use crate::parallel::in_chunks;
use crate::path;
use crate::repository::TEMP_PREFIX;
use crate::stamp::Stamp;

/// With more files that are not committed, libgit2 is quicker in telling which of them are ignored.
const MOST_OTHERS: usize = 2000;

/// The work tree.
pub(crate) struct Sight {
    /// For each entry of the index how its file looks; `None` where there is none.
    pub(crate) files: Vec<Option<Seen>>,
    /// Files that are not in the index and not ignored.
    pub(crate) others: Vec<String>,
}

/// A file.
#[derive(Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) state: State,
    pub(crate) stamp: Stamp,
    pub(crate) mode: u32,
}

/// Looks at the work tree. `None` where it holds anything that libgit2 should judge.
pub(crate) fn look(work_dir: &Path, index: &[Indexed], is_ignored: &dyn Fn(&str) -> bool) -> Option<Sight> {
    let mut walk = Walk {
        work_dir,
        known: index
            .iter()
            .enumerate()
            .map(|(n, file)| (file.path.as_str(), n))
            .collect(),
        folders: index.iter().flat_map(|file| path::parents(&file.path)).collect(),
        is_ignored,
        found: Vec::with_capacity(index.len()),
        others: Vec::new(),
    };
    let mut open = vec![String::new()];
    while let Some(folder) = open.pop() {
        walk.folder(&folder, &mut open)?;
    }
    let Walk {
        mut found, others, ..
    } = walk;
    found.sort_unstable();
    let seen = in_chunks(&found, |chunk| stats(work_dir, index, chunk));
    let mut files = vec![None; index.len()];
    for (n, seen) in found.into_iter().zip(seen) {
        files[n] = seen;
    }
    Some(Sight { files, others })
}

/// A folder below the work tree; `None` where a part of it is missing, a link, or no folder.
pub(crate) fn enter(work_dir: &Path, folder: &str) -> Option<OwnedFd> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let root = openat(CWD, work_dir, flags, Mode::empty()).ok()?;
    let mut parts = folder.split('/').filter(|part| !part.is_empty());
    parts.try_fold(root, |at, part| {
        openat(&at, part, flags | OFlags::NOFOLLOW, Mode::empty()).ok()
    })
}

struct Walk<'w> {
    work_dir: &'w Path,
    known: HashMap<&'w str, usize>,
    folders: HashSet<&'w str>,
    is_ignored: &'w dyn Fn(&str) -> bool,
    found: Vec<usize>,
    others: Vec<String>,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &str, open: &mut Vec<String>) -> Option<()> {
        let handle = enter(self.work_dir, folder)?;
        let is_known = folder.is_empty() || self.folders.contains(folder);
        for entry in Dir::read_from(&handle).ok()? {
            let entry = entry.ok()?;
            // Names that are no text have to be told, which libgit2's walk does.
            let name = entry.file_name().to_str().ok()?;
            match (name, folder) {
                ("." | "..", _) | (".git", "") => continue,
                // A repository within this one.
                (".git", _) if is_known => return None,
                (".git", _) => return self.forget(folder, open),
                _ => {}
            }
            let path = if folder.is_empty() {
                name.to_owned()
            } else {
                format!("{folder}/{name}")
            };
            match entry.file_type() {
                FileType::Unknown => return None,
                FileType::Directory => self.below(path, open),
                kind => self.file(path, kind),
            }
        }
        (self.others.len() <= MOST_OTHERS).then_some(())
    }

    fn below(&self, path: String, open: &mut Vec<String>) {
        if self.folders.contains(path.as_str()) || !(self.is_ignored)(&format!("{path}/")) {
            open.push(path);
        }
    }

    fn file(&mut self, path: String, kind: FileType) {
        let name = path.rsplit('/').next().unwrap_or(&path);
        if name.starts_with(TEMP_PREFIX) {
            return;
        }
        if let Some(n) = self.known.get(path.as_str()) {
            self.found.push(*n);
        } else if matches!(kind, FileType::RegularFile | FileType::Symlink) && !(self.is_ignored)(&path) {
            self.others.push(path);
        }
    }

    /// What lies in a repository within this one is not ours to look into.
    #[allow(clippy::unnecessary_wraps, reason = "the end of a walk through a folder")]
    fn forget(&mut self, folder: &str, open: &mut Vec<String>) -> Option<()> {
        let inside = |path: &String| {
            path.strip_prefix(folder)
                .is_some_and(|rest| rest.starts_with('/'))
        };
        self.others.retain(|path| !inside(path));
        open.retain(|path| !inside(path));
        Some(())
    }
}

fn stats(work_dir: &Path, index: &[Indexed], chunk: &[usize]) -> Vec<Option<Seen>> {
    let mut last: Option<(&str, OwnedFd)> = None;
    let mut seen = Vec::with_capacity(chunk.len());
    for file in chunk.iter().filter_map(|n| index.get(*n)) {
        let (parent, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        if last.as_ref().is_none_or(|(folder, _)| *folder != parent) {
            last = enter(work_dir, parent).map(|handle| (parent, handle));
        }
        let stat = last
            .as_ref()
            .and_then(|(_, handle)| statat(handle, name, AtFlags::SYMLINK_NOFOLLOW).ok());
        seen.push(stat.as_ref().map(Seen::of));
    }
    seen
}

impl Seen {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::unnecessary_cast,
        reason = "the index keeps the low 32 bits, and systems have other types for them"
    )]
    fn of(stat: &Stat) -> Self {
        Self {
            state: State {
                changed: (stat.st_ctime as u32, stat.st_ctime_nsec as u32),
                modified: (stat.st_mtime as u32, stat.st_mtime_nsec as u32),
                number: stat.st_ino as u32,
                owner: (stat.st_uid as u32, stat.st_gid as u32),
                size: stat.st_size as u32,
            },
            stamp: Stamp::of_stat(stat),
            mode: stat.st_mode as u32,
        }
    }
}
