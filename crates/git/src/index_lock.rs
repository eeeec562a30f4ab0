//! The lock other Git programs respect, taken before anything is touched and kept to the end.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
#[cfg(unix)]
use std::sync::Arc;
use std::time::{Duration, Instant};

use git2::{Index, IndexEntry};

use crate::error::{GitError, io};
#[cfg(unix)]
use crate::index_file::IndexFile;
#[cfg(unix)]
use crate::index_write::index_of;
use crate::own_files;
use crate::plan::IndexPlan;
use crate::racy;
use crate::repository::Repo;
use crate::stat::index_entry;
use crate::work_entry::WorkEntry;

const WAIT: Duration = Duration::from_millis(1500);
const RETRY: Duration = Duration::from_millis(50);
/// First bytes of an `index.lock` of ours, so that one left by a crash is known.
pub(crate) const LOCK_MARK: &str = "sheaf";

/// `index.lock`, held. It goes when this is dropped.
///
/// The new index lies beside as a draft, from the moment the lock is taken until it is in place: after a crash, whether the
/// draft is there says how far the operation got.
#[derive(Debug)]
pub(crate) struct IndexLock {
    index: PathBuf,
    lock: PathBuf,
    draft: PathBuf,
    /// Whether the draft stays for whoever recovers.
    left: bool,
}

impl IndexLock {
    /// Waits a moment for another program to finish.
    pub(crate) fn take(repo: &Repo) -> Result<Self, GitError> {
        Self::take_within(repo, WAIT)
    }

    /// Waits so long for another program to finish.
    pub(crate) fn take_within(repo: &Repo, wait: Duration) -> Result<Self, GitError> {
        let lock = Self::take_over(repo, wait)?;
        own_files::write(&lock.draft, b"")?;
        Ok(lock)
    }

    /// The same with the draft that a crash left.
    fn take_over(repo: &Repo, wait: Duration) -> Result<Self, GitError> {
        let index = repo.git_dir().join("index");
        let lock = repo.git_dir().join("index.lock");
        let own = repo.own_dir()?;
        let mark = own_files::write_new_beside(&own.join("index.lock.mark"), LOCK_MARK.as_bytes())?;
        let created = wait_for(&lock, &mark, wait);
        let _ = fs::remove_file(&mark);
        created?;
        Ok(Self {
            index,
            lock,
            draft: draft_of(repo)?,
            left: false,
        })
    }

    /// Writes the new index beside the old one. Says whether it certainly knows how every file looks on disk.
    pub(crate) fn prepare(&self, repo: &Repo, plan: &IndexPlan) -> Result<bool, GitError> {
        remove(&self.draft)?;
        // Left by a crash in the middle of the writing below.
        remove(&self.draft.with_extension("draft.lock"))?;
        if let IndexPlan::Exactly(bytes) = plan {
            own_files::write(&self.draft, bytes)?;
            return Ok(false);
        }
        #[cfg(unix)]
        if let IndexPlan::Tree { tree, known } = plan
            && let Some(old) = self.old_index(repo)
        {
            let new = index_of(repo, *tree, &old, known)?;
            own_files::write_durably(&self.draft, &new.bytes)?;
            return Ok(new.knows_all);
        }
        if self.index.exists() {
            fs::copy(&self.index, &self.draft).map_err(|e| io(&self.draft, e))?;
        }
        let mut index = Index::open(&self.draft)?;
        self.forget_racy(repo.work_dir(), &mut index)?;
        match plan {
            IndexPlan::Keep | IndexPlan::Exactly(_) => {}
            IndexPlan::Tree { tree, known } => {
                match tree {
                    Some(tree) => index.read_tree(&repo.git.find_tree(*tree)?)?,
                    None => index.clear()?,
                }
                note_states(&mut index, known)?;
            }
            IndexPlan::Paths { edits, known } => {
                for (path, entry) in edits {
                    match entry {
                        Some(e) => index.add(&index_entry(path, e.oid, e.mode, None))?,
                        None => index.remove_path(Path::new(path))?,
                    }
                }
                note_states(&mut index, known)?;
            }
        }
        index.write()?;
        Ok(false)
    }

    /// The index that is replaced; an empty one where there is none yet, `None` where it is unusual.
    #[cfg(unix)]
    fn old_index(&self, repo: &Repo) -> Option<Arc<IndexFile>> {
        if !self.index.exists() {
            return Some(Arc::default());
        }
        repo.index_file()
            .filter(|index| index.is_whole_at(repo.git_dir()))
    }

    /// A file written in the same moment as the index may have changed since without looking so. The old index tells such
    /// entries by its own time, which the new one has not: there they lose their size, so that everybody reads the file
    /// (Git's `racy-git` documentation; libgit2 does this only for the index of a repository).
    fn forget_racy(&self, work_dir: &Path, index: &mut Index) -> Result<(), GitError> {
        let Some(written) = racy::written(&self.index) else {
            return Ok(());
        };
        racy::forget(index, |entry| {
            let path = String::from_utf8_lossy(&entry.path);
            stage_of(entry) == 0 && racy::may_hide(work_dir, &path, racy::modified(entry), written)
        })?;
        Ok(())
    }

    /// Puts the prepared index in place and gives the lock back. Where that cannot be, the draft stays for
    /// [`finish_draft`](Repo::finish_draft).
    pub(crate) fn finish(mut self) -> Result<(), GitError> {
        self.left = true;
        fs::rename(&self.draft, &self.index).map_err(|e| io(&self.index, e))
    }

    /// Gives the lock back, and leaves the draft for whoever recovers.
    pub(crate) fn leave(mut self) {
        self.left = true;
    }

    /// Whether the draft is an index, and the last one that was written.
    fn is_draft_ready(&self) -> bool {
        let written = |path: &Path| fs::metadata(path).and_then(|meta| meta.modified()).ok();
        let is_whole =
            fs::metadata(&self.draft).is_ok_and(|meta| meta.len() > 0) && Index::open(&self.draft).is_ok();
        is_whole && written(&self.index) <= written(&self.draft)
    }
}

impl Drop for IndexLock {
    fn drop(&mut self) {
        if !self.left {
            let _ = fs::remove_file(&self.draft);
        }
        let _ = fs::remove_file(&self.lock);
    }
}

impl Repo {
    /// Whether an operation left its new index beside the old one. The draft goes with the last step of an operation.
    pub(crate) fn has_draft(&self) -> Result<bool, GitError> {
        Ok(fs::symlink_metadata(draft_of(self)?).is_ok())
    }

    /// Puts the draft of an operation that happened in place. Where another program wrote the index since, or the draft
    /// is none, the index becomes what the last commit holds.
    pub(crate) fn finish_draft(&self) -> Result<(), GitError> {
        if !self.has_draft()? {
            return Ok(());
        }
        let lock = IndexLock::take_over(self, WAIT)?;
        if !lock.is_draft_ready() {
            lock.prepare(
                self,
                &IndexPlan::Tree {
                    tree: self.head_tree()?,
                    known: Vec::new(),
                },
            )?;
        }
        lock.finish()
    }

    /// Leaves a draft, where there is none, that [`finish_draft`](Self::finish_draft) makes an index of.
    pub(crate) fn note_index_behind(&self) -> Result<(), GitError> {
        if self.has_draft()? {
            return Ok(());
        }
        own_files::write(&draft_of(self)?, b"")
    }

    /// The draft of an operation that did not happen.
    pub(crate) fn remove_draft(&self) -> Result<(), GitError> {
        let draft = draft_of(self)?;
        remove(&draft)?;
        remove(&draft.with_extension("draft.lock"))
    }
}

fn draft_of(repo: &Repo) -> Result<PathBuf, GitError> {
    Ok(repo.own_dir()?.join("index.draft"))
}

/// Which side of a conflict the entry is; zero where there is none.
pub(crate) fn stage_of(entry: &IndexEntry) -> usize {
    usize::from(entry.flags >> 12 & 3)
}

/// Where the file on disk is what the entry says, the entry learns how the file looks, so that the next status need
/// not read it.
fn note_states(index: &mut Index, known: &[(String, WorkEntry)]) -> Result<(), GitError> {
    for (path, work) in known {
        let same = index
            .get_path(Path::new(path), 0)
            .is_some_and(|e| e.id == work.entry.oid && e.mode == work.entry.mode);
        if same {
            index.add(&index_entry(
                path,
                work.entry.oid,
                work.entry.mode,
                Some(&work.meta),
            ))?;
        }
    }
    Ok(())
}

/// Makes the lock of the mark, once it is nobody else's.
pub(crate) fn wait_for(lock: &Path, mark: &Path, wait: Duration) -> Result<(), GitError> {
    let end = Instant::now() + wait;
    loop {
        match create_marked(lock, mark) {
            Ok(()) => return Ok(()),
            Err(e) if e.kind() != ErrorKind::AlreadyExists => return Err(io(lock, e)),
            Err(_) if Instant::now() >= end => {
                let name = lock.file_name().unwrap_or_default().to_string_lossy();
                return Err(GitError::Busy(format!("{name} exists")));
            }
            Err(_) => std::thread::sleep(RETRY),
        }
    }
}

/// The lock appears with its mark in one step, so that a crash never leaves one that could be anybody's.
fn create_marked(lock: &Path, mark: &Path) -> Result<(), std::io::Error> {
    match fs::hard_link(mark, lock) {
        Err(e) if e.kind() != ErrorKind::AlreadyExists => {
            // File systems without hard links.
            File::options()
                .write(true)
                .create_new(true)
                .open(lock)?
                .write_all(&fs::read(mark)?)
        }
        other => other,
    }
}

fn remove(path: &Path) -> Result<(), GitError> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(io(path, e)),
        _ => Ok(()),
    }
}
