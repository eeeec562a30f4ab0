//! What differs between the last commit and the work tree, for the usual case: nothing is staged, and most files look
//! as the index remembers them. Then one `stat` a file tells, on all cores. What is unusual is left to libgit2, which
//! [`walk`](crate::status) asks; both say the same.

use std::time::Duration;

use crate::entry::{EXECUTABLE, FILE, LINK};
use crate::error::GitError;
use crate::index_file::{IndexFile, Indexed};
use crate::model::{FileChange, FileStatus};
use crate::racy::is_as_young;
use crate::repository::Repo;
use crate::stat_scan::{Seen, Sight, look};
use crate::status::{Scan, ScannedFile};
use crate::tree_diff::differences;

/// Kind of a file among the bits of its mode.
const KIND: u32 = 0o170_000;
const RUN_BY_OWNER: u32 = 0o100;

impl Repo {
    /// `None` where something is unusual.
    pub(crate) fn quick_scan(&self) -> Result<Option<Scan>, GitError> {
        let Some(index) = self.usual_index()? else {
            return Ok(None);
        };
        // What cannot be judged here is judged by libgit2 in the same way, when the file is committed.
        let is_ignored = |path: &str| self.git.is_path_ignored(path).unwrap_or(false);
        let Some(Sight { files, others }) = look(self.work_dir(), &index.entries, &is_ignored) else {
            return Ok(None);
        };
        let mut scan = Scan::default();
        for (indexed, seen) in index.entries.into_iter().zip(files) {
            match self.judge(&indexed, seen, index.written)? {
                Some(FileStatus::Deleted) => scan.changed(indexed.path, FileStatus::Deleted),
                status => {
                    if let Some(status) = status {
                        scan.changed(indexed.path.clone(), status);
                    }
                    scan.files.push(ScannedFile {
                        path: indexed.path,
                        stamp: seen.map(|seen| seen.stamp),
                    });
                }
            }
        }
        for path in others {
            scan.changed(path.clone(), FileStatus::Added);
            scan.files.push(ScannedFile { path, stamp: None });
        }
        scan.changes.sort_by(|a, b| a.path.cmp(&b.path));
        scan.files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Some(scan))
    }

    /// The index, where it is equal to the last commit and files can be compared by how they look.
    fn usual_index(&self) -> Result<Option<IndexFile>, GitError> {
        let config = self.git.config()?.snapshot()?;
        let set = |key: &str, usual: bool| config.get_bool(key).unwrap_or(usual) == usual;
        let usual = set("core.filemode", true)
            && set("core.ignorecase", false)
            && set("core.trustctime", true)
            && config.get_string("core.checkstat").is_err();
        let (true, Some(head)) = (usual, self.head_tree()?) else {
            return Ok(None);
        };
        let Some(index) = IndexFile::read(self.git_dir()) else {
            return Ok(None);
        };
        if index.tree == Some(head) || self.is_equal(&index.entries, head)? {
            return Ok(Some(index));
        }
        Ok(None)
    }

    fn is_equal(&self, entries: &[Indexed], tree: git2::Oid) -> Result<bool, GitError> {
        let committed = differences(self, None, Some(tree))?;
        let same = |(indexed, file): (&Indexed, &crate::tree_diff::Difference)| {
            indexed.path == file.path && Some(indexed.entry) == file.new
        };
        Ok(committed.len() == entries.len() && entries.iter().zip(&committed).all(same))
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

fn looks_the_same(indexed: &Indexed, seen: &Seen) -> bool {
    let is_executable = seen.mode & RUN_BY_OWNER != 0;
    let mode = match seen.mode & KIND {
        0o120_000 => LINK,
        0o100_000 if is_executable => EXECUTABLE,
        0o100_000 => FILE,
        _ => return false,
    };
    let (mut known, mut now) = (indexed.state, seen.state);
    // Who writes no parts of a second writes zero.
    if known.modified.1 == 0 || known.changed.1 == 0 {
        (known.modified.1, known.changed.1) = (0, 0);
        (now.modified.1, now.changed.1) = (0, 0);
    }
    mode == indexed.entry.mode && known == now
}
