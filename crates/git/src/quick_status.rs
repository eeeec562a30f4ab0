//! What differs between the last commit and the work tree, for the usual case: nothing is staged, and most files look
//! as the index remembers them. Then one `stat` a file tells, on all cores. What is unusual is left to libgit2, which
//! [`walk`](crate::status) asks; both say the same.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::entry::{EXECUTABLE, FILE, LINK};
use crate::error::GitError;
use crate::files::MAX_READ_BYTES;
use crate::hash::blob_id;
use crate::index_file::{IndexFile, Indexed};
use crate::index_lock::IndexLock;
use crate::model::{FileChange, FileStatus};
use crate::parallel::in_chunks_of;
use crate::path;
use crate::plan::IndexPlan;
use crate::racy::is_as_young;
use crate::repository::Repo;
use crate::stat_scan::{Seen, Sight, look};
use crate::status::{ContentId, Scan, ScannedFile};
use crate::tree_diff::differences;
use crate::work_entry::{WorkEntry, may_be_stored_otherwise};

/// Kind of a file among the bits of its mode.
const KIND: u32 = 0o170_000;
const RUN_BY_OWNER: u32 = 0o100;
/// Fewer files that look other are read one after the other, and the index is not written for them.
const WORTH_THREADS: usize = 100;
/// So many of them are worth a thread.
const FILES_PER_THREAD: usize = 50;

impl Repo {
    /// `None` where something is unusual. Files are listed `with_files` only.
    pub(crate) fn quick_scan(&self, with_files: bool) -> Result<Option<Scan>, GitError> {
        let Some(index) = self.usual_index()? else {
            return Ok(None);
        };
        // What cannot be judged here is judged by libgit2 in the same way, when the file is committed.
        let is_ignored = |path: &str| self.git.is_path_ignored(path).unwrap_or(false);
        let Some(Sight { files, others }) = look(self.work_dir(), &index, &self.memory, &is_ignored) else {
            return Ok(None);
        };
        let read = self.read_those_that_look_other(&index, &files);
        let mut scan = Scan::default();
        if with_files {
            scan.files.reserve(index.entries.len() + others.len());
        }
        for (at, (indexed, seen)) in index.entries.iter().zip(files).enumerate() {
            let (judged, content) = match read.get(&at) {
                Some(Content::Same) => (None, Some(ContentId(indexed.entry.oid))),
                Some(Content::Other) => (Some(FileStatus::Modified), None),
                None => (self.judge(indexed, seen, index.written)?, None),
            };
            if let Some(status) = judged {
                scan.changed(indexed.path.clone(), status);
            }
            if with_files && judged != Some(FileStatus::Deleted) {
                scan.files.push(ScannedFile {
                    path: indexed.path.clone(),
                    stamp: seen.map(|seen| seen.stamp),
                    content,
                });
            }
        }
        for path in others {
            scan.changed(path.clone(), FileStatus::Added);
            if with_files {
                scan.files.push(ScannedFile {
                    path,
                    stamp: None,
                    content: None,
                });
            }
        }
        scan.changes.sort_by(|a, b| a.path.cmp(&b.path));
        scan.files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Some(scan))
    }

    /// The index, where it is equal to the last commit and files can be compared by how they look.
    fn usual_index(&self) -> Result<Option<Arc<IndexFile>>, GitError> {
        let config = self.git.config()?.snapshot()?;
        let set = |key: &str, usual: bool| config.get_bool(key).unwrap_or(usual) == usual;
        let usual = set("core.filemode", true)
            && set("core.ignorecase", false)
            && set("core.trustctime", true)
            && config.get_string("core.checkstat").is_err();
        let (true, Some(head)) = (usual, self.head_tree()?) else {
            return Ok(None);
        };
        let Some(index) = self.index_file() else {
            return Ok(None);
        };
        Ok(self.is_equal(&index, head)?.then_some(index))
    }

    fn is_equal(&self, index: &IndexFile, tree: git2::Oid) -> Result<bool, GitError> {
        if index.tree == Some(tree) || self.is_known_equal(index, tree) {
            return Ok(true);
        }
        let entries = &index.entries;
        let committed = differences(self, None, Some(tree))?;
        let same = |(indexed, file): (&Indexed, &crate::tree_diff::Difference)| {
            indexed.path == file.path && Some(indexed.entry) == file.new
        };
        let is_equal = committed.len() == entries.len() && entries.iter().zip(&committed).all(same);
        if is_equal {
            self.know_equal(index, tree);
        }
        Ok(is_equal)
    }

    /// Files that look other than the index remembers, by their place, and what reading them on all cores told. Where many
    /// hold the same as before the index is told how they look, as git does; then the next look need not read them.
    fn read_those_that_look_other(
        &self,
        index: &IndexFile,
        files: &[Option<Seen>],
    ) -> HashMap<usize, Content> {
        let looks_other = |indexed: &Indexed, seen: &Seen| {
            let is_file = indexed.entry.mode != LINK && mode_of(seen) == Some(indexed.entry.mode);
            is_file && !looks_the_same(indexed, seen)
        };
        let others: Vec<usize> = (0..files.len())
            .filter(|at| files[*at].is_some_and(|seen| looks_other(&index.entries[*at], &seen)))
            .collect();
        if others.len() < WORTH_THREADS {
            return HashMap::new();
        }
        let work_dir = self.work_dir();
        let read = in_chunks_of(&others, FILES_PER_THREAD, |chunk| {
            let content = |at: &usize| Some((*at, content(work_dir, &index.entries[*at])?));
            chunk.iter().map(content).collect()
        });
        let (mut contents, mut known) = (HashMap::new(), Vec::new());
        for (at, (content, meta)) in read.into_iter().flatten() {
            contents.insert(at, content);
            if content == Content::Same {
                let entry = index.entries[at].entry;
                known.push((index.entries[at].path.clone(), WorkEntry { entry, meta }));
            }
        }
        if let Err(error) = self.note_looks(index, known) {
            log::debug!("the index is not told how files look: {error}");
        }
        contents
    }

    /// Nothing happens where another program is at the index, or has written it since.
    fn note_looks(&self, index: &IndexFile, known: Vec<(String, WorkEntry)>) -> Result<(), GitError> {
        if known.len() < WORTH_THREADS || index.hash == [0; 20] {
            return Ok(());
        }
        // What an operation that was cut off left beside the index is not ours to replace.
        let _turn = self.lock(Duration::ZERO)?;
        if self.is_in_between()? {
            return Ok(());
        }
        let lock = IndexLock::take_within(self, Duration::ZERO)?;
        if self.index_file().is_none_or(|now| now.hash != index.hash) {
            return Ok(());
        }
        let tree = self.head_tree()?;
        if !tree.is_some_and(|tree| self.is_equal(index, tree).unwrap_or(false)) {
            return Ok(());
        }
        lock.prepare(self, &IndexPlan::Tree { tree, known })?;
        lock.finish()
    }

    /// How a file differs from the last commit.
    fn judge(
        &self,
        indexed: &Indexed,
        seen: Option<Seen>,
        written: Duration,
    ) -> Result<Option<FileStatus>, GitError> {
        let Some(seen) = seen else {
            return Ok(Some(FileStatus::Deleted));
        };
        if looks_the_same(indexed, &seen) && !is_as_young(indexed.state.modified(), written) {
            return Ok(None);
        }
        let is_file = indexed.entry.mode != LINK && seen.mode & KIND == 0o100_000;
        if is_file && self.has_other_length(&indexed.path, indexed.entry.oid)? {
            return Ok(Some(FileStatus::Modified));
        }
        Ok(match self.work_entry(&indexed.path)? {
            None => Some(FileStatus::Deleted),
            Some(work) if work.entry == indexed.entry => None,
            Some(_) => Some(FileStatus::Modified),
        })
    }
}

impl Scan {
    fn changed(&mut self, path: String, status: FileStatus) {
        self.changes.push(FileChange { path, status });
    }
}

/// What a file holds that looks other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    /// What is committed, byte for byte.
    Same,
    Other,
}

/// `None` where reading it does not tell.
fn content(work_dir: &Path, indexed: &Indexed) -> Option<(Content, Metadata)> {
    let (file, meta) = path::plain_file(work_dir, &indexed.path).ok()??;
    if meta.len() > MAX_READ_BYTES {
        return None;
    }
    let bytes = fs::read(&file).ok()?;
    if blob_id(&bytes)? == indexed.entry.oid {
        return Some((Content::Same, meta));
    }
    (!may_be_stored_otherwise(&bytes)).then_some((Content::Other, meta))
}

fn mode_of(seen: &Seen) -> Option<u32> {
    let is_executable = seen.mode & RUN_BY_OWNER != 0;
    match seen.mode & KIND {
        0o120_000 => Some(LINK),
        0o100_000 if is_executable => Some(EXECUTABLE),
        0o100_000 => Some(FILE),
        _ => None,
    }
}

fn looks_the_same(indexed: &Indexed, seen: &Seen) -> bool {
    let (mut known, mut now) = (indexed.state, seen.state);
    // Who writes no parts of a second writes zero.
    if known.modified.1 == 0 || known.changed.1 == 0 {
        (known.modified.1, known.changed.1) = (0, 0);
        (now.modified.1, now.changed.1) = (0, 0);
    }
    mode_of(seen) == Some(indexed.entry.mode) && known == now
}
