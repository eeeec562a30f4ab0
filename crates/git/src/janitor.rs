//! Clearing away what crashes left behind, and only what is certainly nobody's.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::error::GitError;
use crate::loose_write;
use crate::own_files;
use crate::recover::Recovery;
use crate::repository::{Repo, TEMP_PREFIX};

/// Younger files may belong to a program that still runs.
const ABANDONED: Duration = Duration::from_secs(10 * 60);

/// What was cleared away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Half-received packs.
    pub packs: usize,
    /// Half-written files in the work tree.
    pub files: usize,
    /// True where an `index.lock` that we had left behind was removed. One of another program always stays: `git
    /// commit` holds it as long as a person writes the message.
    pub index_lock: bool,
    /// True where an operation that a crash cut off was finished or taken back.
    pub recovered: bool,
    /// True where such an operation stays as it is, because another program moved its refs since; its undo point stays.
    pub left_alone: bool,
}

impl Repo {
    /// Clears up after crashes. The caller holds [`lock`](Self::lock).
    pub fn clean_up(&self) -> Result<Cleaned, GitError> {
        // Before the recovery, which takes and removes this lock itself.
        let index_lock = self.remove_own_index_lock();
        let recovery = self.recover_how()?;
        self.refresh_stat_cache();
        self.prune_points()?;
        self.prune_backups()?;
        remove_old(&self.own_dir()?, |name| name.ends_with(own_files::TEMP));
        let objects = self.objects_dir();
        remove_old(&objects, |name| {
            name.starts_with("tmp_object_git2_") || name.starts_with(loose_write::TEMP)
        });
        let packs = objects.join("pack");
        Ok(Cleaned {
            packs: remove_old(&packs, |name| {
                name.starts_with("pack_git2_") || name.starts_with(".tmp")
            }),
            files: self.remove_temp_files()?,
            index_lock,
            recovered: recovery == Some(Recovery::Settled),
            left_alone: recovery == Some(Recovery::LeftAlone),
        })
    }

    /// Half-written files lie where files are written, which is beside files git knows.
    fn remove_temp_files(&self) -> Result<usize, GitError> {
        let scan = self.scan()?;
        let changed = scan.changes.into_iter().map(|c| c.path);
        let mut folders: Vec<String> = scan
            .files
            .into_iter()
            .map(|file| file.path)
            .chain(changed)
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
