//! What the index remembers of files on disk, brought up to date. Reading never does this: an index written from what
//! was read a moment ago would take away what another program staged in between.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use git2::{Index, StatusOptions, StatusShow};

use crate::entry::GITLINK;
use crate::error::GitError;
#[cfg(unix)]
use crate::index_file::State;
use crate::index_lock::IndexLock;
use crate::own_files;
use crate::racy;
use crate::repository::Repo;

impl Repo {
    /// Looks at every file once, so that the next status need not read those that did not change. The caller holds
    /// [`lock`](Self::lock). Where another program is at the index or has changed it meanwhile, nothing happens.
    pub(crate) fn refresh_stat_cache(&self) {
        if let Err(error) = self.try_refresh() {
            log::debug!("what the index knows of files stays as it is: {error}");
        }
    }

    /// Like [`refresh_stat_cache`](Self::refresh_stat_cache), where the index knows nothing of some file.
    pub(crate) fn refresh_unknown(&self) {
        #[cfg(unix)]
        if let Some(index) = self.index_file() {
            let is_unknown = |state: State| state.modified.0 == 0 && state.changed.0 == 0;
            if index.entries.iter().any(|file| is_unknown(file.state)) {
                self.refresh_stat_cache();
            }
            return;
        }
        let unknown = || -> Result<bool, git2::Error> {
            let mut index = self.git.index()?;
            index.read(false)?;
            Ok(index
                .iter()
                .any(|e| e.mode != GITLINK && e.mtime.seconds() == 0 && e.ctime.seconds() == 0))
        };
        if unknown().unwrap_or(false) {
            self.refresh_stat_cache();
        }
    }

    fn try_refresh(&self) -> Result<(), GitError> {
        let place = self.git_dir().join("index");
        let io = |source| GitError::Io {
            path: place.clone(),
            source,
        };
        if !place.exists() {
            return Ok(());
        }
        let modified = fs::metadata(&place).and_then(|m| m.modified()).map_err(io)?;
        let before = fs::read(&place).map_err(io)?;
        let draft = own_files::write_new_beside(&self.own_dir()?.join("index.fresh"), &before)?;
        // Files younger than the index may have changed without looking so, and the copy must be as old to know them.
        let renewed = File::options()
            .write(true)
            .open(&draft)
            .and_then(|f| f.set_modified(modified))
            .map_err(io)
            .and_then(|()| self.renew(&draft))
            .and_then(|()| self.forget_changed(&draft, modified))
            .and_then(|()| self.replace_unless_changed(&place, &before, &draft));
        let _ = fs::remove_file(&draft);
        renewed
    }

    /// Has libgit2 compare the copy with the files, through a handle of its own.
    fn renew(&self, draft: &Path) -> Result<(), GitError> {
        let git = git2::Repository::open(self.work_dir())?;
        git.set_index(&mut Index::open(draft)?)?;
        let mut options = StatusOptions::new();
        options
            .show(StatusShow::Workdir)
            .include_untracked(false)
            .exclude_submodules(true)
            .update_index(true);
        git.statuses(Some(&mut options))?;
        Ok(())
    }

    /// What changed in the second of the old index lost its mark with that: everybody has to read it.
    fn forget_changed(&self, draft: &Path, written: SystemTime) -> Result<(), GitError> {
        let written = written.duration_since(UNIX_EPOCH).unwrap_or_default();
        let mut index = Index::open(draft)?;
        let hidden = racy::forget(&mut index, |entry| {
            let path = String::from_utf8_lossy(&entry.path);
            racy::changed_in_that_second(self.work_dir(), &path, racy::modified(entry), written)
        })?;
        if !hidden {
            return Ok(());
        }
        Ok(index.write()?)
    }

    fn replace_unless_changed(&self, place: &Path, before: &[u8], draft: &Path) -> Result<(), GitError> {
        let io = |source| GitError::Io {
            path: place.to_owned(),
            source,
        };
        if fs::read(draft).map_err(io)? == before {
            return Ok(());
        }
        let _lock = IndexLock::take_within(self, Duration::ZERO)?;
        if fs::read(place).map_err(io)? != before {
            return Ok(());
        }
        fs::rename(draft, place).map_err(io)
    }
}
