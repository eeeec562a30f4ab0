//! Settings that change together, all of them or none: a crash between two of them would leave settings that nobody chose.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use git2::{Config, ErrorCode};

use crate::error::{GitError, io};
use crate::index_lock::wait_for;
use crate::own_files;
use crate::repository::Repo;

const WAIT: Duration = Duration::from_millis(1500);

impl Repo {
    /// Sets or (`None`) removes values of the project's own configuration, all in one moment. The caller holds
    /// [`lock`](Self::lock).
    pub fn config_set_all(&self, values: &[(&str, Option<&str>)]) -> Result<(), GitError> {
        for (key, value) in values {
            refuse_control(key, value.unwrap_or_default())?;
        }
        if values
            .iter()
            .all(|(key, value)| self.config_get(key).as_deref() == *value)
        {
            return Ok(());
        }
        let lock = ConfigLock::take(self)?;
        let mut config = Config::open(&lock.draft)?;
        for (key, value) in values {
            put(&mut config, key, *value)?;
        }
        lock.finish()
    }
}

/// Sets or removes one value.
pub(crate) fn put(config: &mut Config, key: &str, value: Option<&str>) -> Result<(), GitError> {
    let Some(value) = value else {
        return match config.remove(key) {
            Err(e) if e.code() != ErrorCode::NotFound => Err(e.into()),
            _ => Ok(()),
        };
    };
    refuse_control(key, value)?;
    Ok(config.set_str(key, value)?)
}

/// A line break in a value could smuggle in a second setting.
fn refuse_control(what: &str, value: &str) -> Result<(), GitError> {
    if value.chars().any(char::is_control) {
        return Err(GitError::BadValue(what.to_owned()));
    }
    Ok(())
}

/// The lock of the settings that other Git programs respect, and a copy of them to be changed. Both go when this is dropped.
struct ConfigLock {
    config: PathBuf,
    lock: PathBuf,
    draft: PathBuf,
}

impl ConfigLock {
    fn take(repo: &Repo) -> Result<Self, GitError> {
        let config = repo.git.commondir().join("config");
        // Where it is a link, what it leads to is what changes.
        let config = fs::canonicalize(&config).unwrap_or(config);
        let lock = repo.git.commondir().join("config.lock");
        let own = repo.own_dir()?;
        let mark = own_files::write_new_beside(&own.join("config.lock.mark"), b"")?;
        let created = wait_for(&lock, &mark, WAIT);
        let _ = fs::remove_file(&mark);
        created?;
        let draft = own.join("config.draft.tmp");
        let taken = Self { config, lock, draft };
        remove_lock_of(&taken.draft);
        match fs::copy(&taken.config, &taken.draft) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(io(&taken.draft, e)),
            _ => Ok(taken),
        }
    }

    fn finish(self) -> Result<(), GitError> {
        fs::rename(&self.draft, &self.config).map_err(|e| io(&self.config, e))
    }
}

impl Drop for ConfigLock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.draft);
        remove_lock_of(&self.draft);
        let _ = fs::remove_file(&self.lock);
    }
}

/// libgit2 locks the draft, too.
fn remove_lock_of(draft: &Path) {
    let _ = fs::remove_file(draft.with_extension("tmp.lock"));
}
