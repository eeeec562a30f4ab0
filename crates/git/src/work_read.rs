//! Reading many files of the work tree at once.

use std::path::Path;

use crate::error::GitError;
use crate::files::read_file;
use crate::parallel::in_chunks;
use crate::repository::Repo;
use crate::stamp::Stamp;

impl Repo {
    /// Content of each of these files, in their order, as [`read_work_file`](Self::read_work_file) gives it. Paths that
    /// are in order are read fastest.
    pub fn read_work_files(&self, paths: &[&str]) -> Vec<Result<Option<Vec<u8>>, GitError>> {
        let work_dir = self.work_dir();
        in_chunks(paths, |chunk| {
            let mut reader = Reader::new(work_dir);
            chunk.iter().map(|path| reader.read(path)).collect()
        })
    }

    /// How each of these files looks; `None` where there is none.
    pub fn stamps(&self, paths: &[&str]) -> Vec<Option<Stamp>> {
        let work_dir = self.work_dir();
        let stamp = |path: &&str| Some(Stamp::of(&work_dir.join(path).symlink_metadata().ok()?));
        in_chunks(paths, |chunk| chunk.iter().map(stamp).collect())
    }
}

/// Remembers the last folder, which is the same for most files in a row.
struct Reader<'r> {
    work_dir: &'r Path,
    #[cfg(unix)]
    folder: Option<(String, rustix::fd::OwnedFd)>,
}

impl<'r> Reader<'r> {
    fn new(work_dir: &'r Path) -> Self {
        Self {
            work_dir,
            #[cfg(unix)]
            folder: None,
        }
    }

    fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, GitError> {
        #[cfg(unix)]
        if let Some(bytes) = self.read_within_folder(path)? {
            return Ok(Some(bytes));
        }
        read_file(self.work_dir, path)
    }

    /// The content of a plain file of usual size; anything else is looked at again by those who can say what it is.
    #[cfg(unix)]
    fn read_within_folder(&mut self, path: &str) -> Result<Option<Vec<u8>>, GitError> {
        use std::io::Read;

        use rustix::fs::{Mode, OFlags, openat};

        crate::path::check(path)?;
        let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
        let Some(folder) = self.enter(parent) else {
            return Ok(None);
        };
        // A pipe would wait for somebody to write.
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
        let Ok(handle) = openat(folder, name, flags, Mode::empty()) else {
            return Ok(None);
        };
        let file = std::fs::File::from(handle);
        let Ok(meta) = file.metadata() else {
            return Ok(None);
        };
        if !meta.is_file() || meta.len() > crate::files::MAX_READ_BYTES {
            return Ok(None);
        }
        // One byte more, and the end is seen without a look at the size.
        let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or_default() + 1);
        let whole = file.take(crate::files::MAX_READ_BYTES).read_to_end(&mut bytes);
        Ok(whole.is_ok().then_some(bytes))
    }

    /// The folder, entered part by part so that no link is followed.
    #[cfg(unix)]
    fn enter(&mut self, parent: &str) -> Option<&rustix::fd::OwnedFd> {
        if self.folder.as_ref().is_none_or(|(path, _)| path != parent) {
            self.folder = Some((parent.to_owned(), crate::stat_scan::enter(self.work_dir, parent)?));
        }
        self.folder.as_ref().map(|(_, handle)| handle)
    }
}
