//! What lies in the work tree, from one walk through its folders and one `stat` for each file that is committed. No
//! link is followed, and no name is looked up twice.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustix::fd::OwnedFd;
use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, Stat, openat, statat};

use crate::folder_memory::{FolderMemory, FolderState};
use crate::index_file::{IndexFile, Indexed, State};
use crate::memory::Memory;
use crate::parallel::threads;
use crate::path;
use crate::repository::TEMP_PREFIX;
use crate::stamp::Stamp;

/// With more files that are not committed, libgit2 is quicker in telling which of them are ignored.
const MOST_OTHERS: usize = 2000;
/// A thread takes so many files at a time.
const FILES_AT_ONCE: usize = 512;

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
pub(crate) fn look(
    work_dir: &Path,
    index: &IndexFile,
    memory: &Memory,
    is_ignored: &dyn Fn(&str) -> bool,
) -> Option<Sight> {
    let stats = Stats {
        work_dir,
        chunks: index.entries.chunks(FILES_AT_ONCE).collect(),
        next: AtomicUsize::new(0),
    };
    // This thread walks, as only it may ask what is ignored, and helps the others afterwards.
    let (others, seen) = std::thread::scope(|scope| {
        let helpers: Vec<_> = (1..threads()).map(|_| scope.spawn(|| stats.take())).collect();
        let others = others(work_dir, index, &mut memory.folders(), is_ignored)?;
        let mut seen = stats.take();
        for helper in helpers {
            seen.extend(helper.join().ok()?);
        }
        Some((others, seen))
    })?;
    let mut files = Vec::with_capacity(index.entries.len());
    for chunk in sorted(seen) {
        files.extend(chunk);
    }
    (files.len() == index.entries.len()).then_some(Sight { files, others })
}

fn sorted(mut seen: Vec<(usize, Vec<Option<Seen>>)>) -> impl Iterator<Item = Vec<Option<Seen>>> {
    seen.sort_unstable_by_key(|(n, _)| *n);
    seen.into_iter().map(|(_, chunk)| chunk)
}

/// Files that lie there and are not in the index.
fn others(
    work_dir: &Path,
    index: &IndexFile,
    memory: &mut FolderMemory,
    is_ignored: &dyn Fn(&str) -> bool,
) -> Option<Vec<String>> {
    memory.is_about(index.paths);
    let entries = &index.entries;
    let mut walk = Walk {
        work_dir,
        known: LazyCell::new(Box::new(|| {
            entries.iter().map(|file| file.path.as_str()).collect()
        })),
        folders: LazyCell::new(Box::new(|| folders(entries))),
        memory,
        is_ignored,
        others: Vec::new(),
    };
    let mut open = vec![String::new()];
    while let Some(folder) = open.pop() {
        walk.folder(&folder, &mut open)?;
    }
    Some(walk.others)
}

/// All folders that hold files of the index. Neighbours mostly lie in the same one.
fn folders(index: &[Indexed]) -> HashSet<&str> {
    let mut folders = HashSet::new();
    let mut last = "";
    for file in index {
        let folder = parent(&file.path);
        if folder != last {
            folders.extend(path::parents(&file.path));
            last = folder;
        }
    }
    folders
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
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

/// Paths, once somebody asks for them.
type Names<'w> = LazyCell<HashSet<&'w str>, Box<dyn FnOnce() -> HashSet<&'w str> + 'w>>;

struct Walk<'w> {
    work_dir: &'w Path,
    known: Names<'w>,
    folders: Names<'w>,
    memory: &'w mut FolderMemory,
    is_ignored: &'w dyn Fn(&str) -> bool,
    others: Vec<String>,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &str, open: &mut Vec<String>) -> Option<()> {
        let handle = enter(self.work_dir, folder)?;
        let state = FolderState::of(&handle);
        if let Some(below) = state.and_then(|state| self.memory.below(folder, state)) {
            open.extend_from_slice(below);
            return Some(());
        }
        let mut found = Found::default();
        let is_known = folder.is_empty() || self.folders.contains(folder);
        let mut path = folder.to_owned();
        if !path.is_empty() {
            path.push('/');
        }
        let start = path.len();
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
            path.truncate(start);
            path.push_str(name);
            match entry.file_type() {
                FileType::Unknown => return None,
                FileType::Directory => found.folder(self.below(&path), &path),
                kind => found.file(self.file(&path, name, kind)),
            }
        }
        open.extend_from_slice(&found.below);
        if let Some(state) = state.filter(|_| !found.other) {
            self.memory.keep(folder, state, found.below);
        }
        (self.others.len() <= MOST_OTHERS).then_some(())
    }

    fn below(&self, path: &str) -> Name {
        if self.folders.contains(path) {
            Name::Known
        } else if (self.is_ignored)(&format!("{path}/")) {
            Name::Ignored
        } else {
            Name::Other
        }
    }

    fn file(&mut self, path: &str, name: &str, kind: FileType) -> Name {
        let is_file = matches!(kind, FileType::RegularFile | FileType::Symlink);
        if is_file && self.known.contains(path) {
            return Name::Known;
        }
        if !is_file || name.starts_with(TEMP_PREFIX) || (self.is_ignored)(path) {
            return Name::Ignored;
        }
        self.others.push(path.to_owned());
        Name::Other
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

/// What a name in a folder is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    /// The index has it.
    Known,
    Ignored,
    Other,
}

/// What was found in a folder.
#[derive(Default)]
struct Found {
    /// Folders to be looked into.
    below: Vec<String>,
    /// Anything that the index does not have.
    other: bool,
}

impl Found {
    fn folder(&mut self, name: Name, path: &str) {
        if name != Name::Ignored {
            self.below.push(path.to_owned());
        }
        self.file(name);
    }

    fn file(&mut self, name: Name) {
        self.other |= name != Name::Known;
    }
}

/// The files of the index, a chunk for whoever is free.
struct Stats<'s> {
    work_dir: &'s Path,
    chunks: Vec<&'s [Indexed]>,
    next: AtomicUsize,
}

impl Stats<'_> {
    /// How the files of the next chunks look, each with its number, until none is left.
    fn take(&self) -> Vec<(usize, Vec<Option<Seen>>)> {
        let mut taken = Vec::new();
        loop {
            let n = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(chunk) = self.chunks.get(n) else {
                return taken;
            };
            taken.push((n, stats(self.work_dir, chunk)));
        }
    }
}

fn stats(work_dir: &Path, chunk: &[Indexed]) -> Vec<Option<Seen>> {
    let mut last: Option<(&str, Option<OwnedFd>)> = None;
    let mut seen = Vec::with_capacity(chunk.len());
    for file in chunk {
        let (parent, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        if last.as_ref().is_none_or(|(folder, _)| *folder != parent) {
            last = Some((parent, enter(work_dir, parent)));
        }
        let handle = last.as_ref().and_then(|(_, handle)| handle.as_ref());
        let stat = handle.and_then(|handle| statat(handle, name, AtFlags::SYMLINK_NOFOLLOW).ok());
        seen.push(stat.filter(|stat| !is_folder(stat)).as_ref().map(Seen::of));
    }
    seen
}

fn is_folder(stat: &Stat) -> bool {
    FileType::from_raw_mode(stat.st_mode) == FileType::Directory
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

#[cfg(all(test, target_os = "linux"))]
#[allow(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]
mod tests {
    use std::fs;
    use std::time::{Duration, SystemTime};

    use super::*;
    use crate::entry::{Entry, FILE};

    fn index(paths: &[&str]) -> IndexFile {
        let entries = paths.iter().map(|path| Indexed {
            path: (*path).to_owned(),
            entry: Entry {
                oid: git2::Oid::ZERO_SHA1,
                mode: FILE,
            },
            state: State::default(),
            device: 0,
        });
        IndexFile {
            entries: entries.collect(),
            paths: [u8::try_from(paths.len()).unwrap(); 20],
            ..IndexFile::default()
        }
    }

    fn memory() -> Memory {
        let memory = Memory::default();
        memory.folders().clock = || SystemTime::now() + Duration::from_secs(3600);
        memory
    }

    fn others(root: &Path, index: &IndexFile, memory: &Memory) -> Vec<String> {
        let mut others = look(root, index, memory, &|path| path.contains("ignored"))
            .unwrap()
            .others;
        others.sort();
        others
    }

    fn is_remembered(root: &Path, folder: &str, memory: &Memory) -> bool {
        let state = FolderState::of(&enter(root, folder).unwrap()).unwrap();
        memory.folders().below(folder, state).is_some()
    }

    /// Waits until what happens from now on in a folder gives it another time.
    fn let_time_pass(folder: &Path) {
        let probe = folder.with_file_name("ignored-probe");
        let time = |path: &Path| fs::metadata(path).unwrap().modified().unwrap();
        loop {
            fs::write(&probe, "").unwrap();
            if time(&probe) > time(folder) {
                break;
            }
        }
    }

    #[test]
    fn what_comes_into_a_known_folder_is_seen() {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join("work");
        let inner = root.join("a/b");
        fs::create_dir_all(&inner).unwrap();
        fs::write(inner.join("one"), "").unwrap();
        let (known, memory) = (index(&["a/b/one"]), memory());
        assert!(others(&root, &known, &memory).is_empty());
        assert!(is_remembered(&root, "a/b", &memory));

        let_time_pass(&inner);
        fs::write(inner.join("two"), "").unwrap();
        fs::write(inner.join("ignored"), "").unwrap();
        assert_eq!(others(&root, &known, &memory), ["a/b/two"]);
        assert!(!is_remembered(&root, "a/b", &memory), "it holds something else");
        assert_eq!(others(&root, &known, &memory), ["a/b/two"]);

        let_time_pass(&inner);
        fs::remove_file(inner.join("two")).unwrap();
        fs::remove_file(inner.join("ignored")).unwrap();
        assert!(others(&root, &known, &memory).is_empty());
        let_time_pass(&root.join("a"));
        fs::create_dir(root.join("a/c")).unwrap();
        fs::write(root.join("a/c/three"), "").unwrap();
        assert_eq!(others(&root, &known, &memory), ["a/c/three"]);
    }

    #[test]
    fn what_leaves_the_index_is_seen() {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join("work");
        fs::create_dir_all(root.join("a")).unwrap();
        fs::write(root.join("a/one"), "").unwrap();
        fs::write(root.join("a/two"), "").unwrap();
        let memory = memory();
        assert!(others(&root, &index(&["a/one", "a/two"]), &memory).is_empty());
        assert_eq!(others(&root, &index(&["a/one"]), &memory), ["a/two"]);
    }

    #[test]
    fn a_young_folder_is_listed_again() {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join("work");
        fs::create_dir_all(&root).unwrap();
        fs::write(root.join("one"), "").unwrap();
        let memory = Memory::default();
        assert!(others(&root, &index(&["one"]), &memory).is_empty());
        assert!(!is_remembered(&root, "", &memory));
    }
}
