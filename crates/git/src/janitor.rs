//! Clearing away what crashes left behind, and only what is certainly nobody's.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::error::GitError;
use crate::model::FileStatus;
use crate::repository::Repo;
use crate::status::TEMP_PREFIX;

/// Younger files may belong to a program that still runs.
const ABANDONED: Duration = Duration::from_secs(10 * 60);

/// What was cleared away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Half-received packs.
    pub packs: usize,
    /// Half-written files in the work tree.
    pub files: usize,
    /// True where an abandoned `index.lock` was removed.
    pub index_lock: bool,
    /// True where an operation that a crash cut off was finished or taken back.
    pub recovered: bool,
}

impl Repo {
    /// Clears up after crashes. The caller holds [`lock`](Self::lock).
    pub fn clean_up(&self) -> Result<Cleaned, GitError> {
        let recovered = self.recover()?;
        self.remove_own_index_lock();
        let packs = self.git.commondir().join("objects/pack");
        Ok(Cleaned {
            packs: remove_old(&packs, |name| name.starts_with("pack_git2_")),
            files: self.remove_temp_files()?,
            index_lock: remove_old(self.git_dir(), |name| name == "index.lock") > 0,
            recovered,
        })
    }

    /// Half-written files lie where files are written, which is beside files git knows.
    fn remove_temp_files(&self) -> Result<usize, GitError> {
        let index = self.git.index()?;
        let tracked = index.iter().filter_map(|e| String::from_utf8(e.path).ok());
        let new = self
            .status()?
            .into_iter()
            .filter(|c| c.status == FileStatus::Added)
            .map(|c| c.path);
        let mut folders: Vec<String> = tracked
            .chain(new)
            .map(|p| p.rsplit_once('/').map_or(String::new(), |(f, _)| f.to_owned()))
            .collect();
        folders.push(String::new());
        folders.sort();
        folders.dedup();
        let is_temp = |name: &str| name.starts_with(TEMP_PREFIX);
        Ok(folders
            .iter()
            .map(|folder| remove_old(&self.work_dir().join(folder), is_temp))
            .sum())
    }
}

fn remove_old(dir: &Path, wanted: impl Fn(&str) -> bool) -> usize {
    let Ok(entries) = fs::read_dir(dir) else { return 0 };
    let mut removed = 0;
    for entry in entries.flatten() {
        let named = entry.file_name().to_str().is_some_and(&wanted);
        let old = entry.metadata().is_ok_and(|m| m.is_file() && is_old(&m));
        if named && old && fs::remove_file(entry.path()).is_ok() {
            removed += 1;
        }
    }
    removed
}

fn is_old(meta: &fs::Metadata) -> bool {
    let age = meta
        .modified()
        .ok()
        .and_then(|m| SystemTime::now().duration_since(m).ok());
    age.is_some_and(|age| age > ABANDONED)
}
