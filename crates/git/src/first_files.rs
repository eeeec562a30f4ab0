//! The files of a first checkout. Nothing is there yet that could be lost, so they are written where they belong, at once
//! and on all cores.

use std::fs;
use std::io::{ErrorKind, Write};
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};

use git2::Oid;

use crate::attributes;
use crate::entry::{EXECUTABLE, Entry, FILE};
use crate::error::{GitError, io};
use crate::parallel::threads;
use crate::repository::Repo;
use crate::staged::create;
use crate::tree_diff::differences;
use crate::work_entry::WorkEntry;
use crate::work_write::make_folders_of;

/// A thread takes so many at a time: neighbours share a folder, and the pack holds them beside each other.
const PART: usize = 64;

/// A file and how it looks on disk.
type Written = (String, WorkEntry);

impl Repo {
    /// Writes every file of the tree into the work tree, where none of them is. `tell` hears files done, files in all and
    /// the bytes since it was told last. `None` where something is there, or where files are to be written in a way that
    /// depends on others (links, submodules, attributes); nothing was written then.
    pub(crate) fn write_first_files(
        &self,
        tree: Oid,
        tell: &mut dyn FnMut(u64, u64, u64),
    ) -> Result<Option<Vec<Written>>, GitError> {
        let files: Vec<(String, Entry)> = differences(self, None, Some(tree))?
            .into_iter()
            .filter_map(|file| Some((file.path, file.new?)))
            .collect();
        if !files.iter().all(is_plain) || !self.has_empty_work_tree()? {
            return Ok(None);
        }
        make_folders_of(self.work_dir(), files.iter().map(|(path, _)| path.as_str()))?;
        let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
        let work = Work {
            git: self.git.path(),
            root: self.work_dir(),
            files: &files,
            next: &next,
            stop: &stop,
        };
        let parts = std::thread::scope(|scope| {
            // Who tells may end all of it by a panic; the threads must not go on then.
            let _stop = StopOnDrop(&stop);
            let (done, heard) = mpsc::channel();
            let running: Vec<_> = (0..threads())
                .map(|_| (work, done.clone()))
                .map(|(work, done)| scope.spawn(move || work.run(&done)))
                .collect();
            drop(done);
            let mut count = 0;
            for (written, bytes) in heard {
                count += written;
                tell(count, files.len() as u64, bytes);
            }
            running
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
                .collect::<Result<Vec<_>, _>>()
        })?;
        Ok(Some(parts.into_iter().flatten().collect()))
    }

    fn has_empty_work_tree(&self) -> Result<bool, GitError> {
        let root = self.work_dir();
        for entry in fs::read_dir(root).map_err(|e| io(root, e))? {
            if entry.map_err(|e| io(root, e))?.file_name() != ".git" {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn is_plain((path, entry): &(String, Entry)) -> bool {
    (entry.mode == FILE || entry.mode == EXECUTABLE) && !attributes::holds(path)
}

struct StopOnDrop<'s>(&'s AtomicBool);

impl Drop for StopOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[derive(Clone, Copy)]
struct Work<'w> {
    git: &'w Path,
    root: &'w Path,
    files: &'w [(String, Entry)],
    /// The first file that nobody has taken yet.
    next: &'w AtomicUsize,
    stop: &'w AtomicBool,
}

impl Work<'_> {
    /// Takes part after part until there is none. A handle of libgit2 stays on its thread.
    fn run(self, done: &Sender<(u64, u64)>) -> Result<Vec<Written>, GitError> {
        let repo = Repo::from(git2::Repository::open(self.git)?);
        let mut written = Vec::new();
        while !self.stop.load(Ordering::Relaxed) {
            let at = self.next.fetch_add(PART, Ordering::Relaxed);
            let part = self.files.iter().skip(at).take(PART);
            if part.len() == 0 {
                break;
            }
            let (mut count, mut bytes) = (0, 0);
            for (path, entry) in part {
                let work = self.write(&repo, path, *entry).inspect_err(|_| {
                    self.stop.store(true, Ordering::Relaxed);
                })?;
                count += 1;
                bytes += work.meta.len();
                written.push((path.clone(), work));
            }
            // Nobody listens where all of it has been given up.
            let _ = done.send((count, bytes));
        }
        Ok(written)
    }

    fn write(&self, repo: &Repo, path: &str, entry: Entry) -> Result<WorkEntry, GitError> {
        let bytes = repo.blob_bytes(entry.oid)?;
        let place = self.root.join(path);
        let mut file = create(&place, entry.mode == EXECUTABLE).map_err(|e| match e.kind() {
            ErrorKind::AlreadyExists => GitError::InTheWay(path.to_owned()),
            _ => io(&place, e),
        })?;
        let meta = file.write_all(&bytes).and_then(|()| file.metadata());
        let meta = meta.map_err(|e| io(&place, e))?;
        Ok(WorkEntry { entry, meta })
    }
}
