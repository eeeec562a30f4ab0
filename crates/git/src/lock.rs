//! One Sheaf at a time works on a repository.

use std::fs::{File, TryLockError};
use std::time::{Duration, Instant};

use crate::error::GitError;
use crate::own_files;
use crate::repository::Repo;

const RETRY: Duration = Duration::from_millis(50);

/// Held around an operation. The system frees it when the process ends, however it ends.
#[derive(Debug)]
pub struct RepoLock {
    _file: File,
}

impl Repo {
    /// Waits up to `wait` for other windows and the CLI to finish with this repository.
    pub fn lock(&self, wait: Duration) -> Result<RepoLock, GitError> {
        let path = self.own_dir()?.join("lock");
        let io = |source| GitError::Io {
            path: path.clone(),
            source,
        };
        let file = own_files::open(&path)?;
        let end = Instant::now() + wait;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(RepoLock { _file: file }),
                Err(TryLockError::Error(source)) => return Err(io(source)),
                Err(TryLockError::WouldBlock) if Instant::now() >= end => {
                    return Err(GitError::Busy("another Sheaf window or command".to_owned()));
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(RETRY),
            }
        }
    }
}
