//! One Sheaf at a time works on a repository.

use std::fs::{File, TryLockError};
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::error::GitError;
use crate::own_files;
use crate::repository::Repo;

const RETRY: Duration = Duration::from_millis(50);

/// Held around an operation. The system frees it when the process ends, however it ends.
#[derive(Debug)]
pub struct RepoLock {
    file: File,
    /// Locks on parts of the repository that nobody holds for longer than a moment.
    others: Vec<PathBuf>,
}

impl Repo {
    /// Waits up to `wait` for other windows and the CLI to finish with this repository. Where the last one that worked on
    /// it was killed, the locks it left on parts of the repository go.
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
                Ok(()) => break,
                Err(TryLockError::Error(source)) => return Err(io(source)),
                Err(TryLockError::WouldBlock) if Instant::now() >= end => {
                    return Err(GitError::Busy("another Sheaf window or command".to_owned()));
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(RETRY),
            }
        }
        if file.metadata().map_err(io)?.len() > 0 {
            self.remove_left_locks();
        }
        let mut lock = RepoLock {
            file,
            others: self.single_locks(),
        };
        // Without it a crash is not noticed by this; that is no reason not to work.
        if let Err(error) = lock.begin() {
            log::warn!("{} cannot be written: {error}", path.display());
        }
        Ok(lock)
    }
}

impl RepoLock {
    /// The file holds something while somebody works: whoever finds it so and gets the lock knows of a crash.
    fn begin(&mut self) -> Result<(), std::io::Error> {
        self.file.write_all(b"at work\n")
    }
}

impl Drop for RepoLock {
    fn drop(&mut self) {
        // A disk that stopped taking anything may have kept us from giving one back.
        if self.others.iter().any(|lock| lock.symlink_metadata().is_ok()) {
            return;
        }
        if let Err(error) = self.file.set_len(0) {
            log::debug!("the next one will look for what a crash left: {error}");
        }
    }
}
