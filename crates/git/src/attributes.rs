//! Whether anything may say how files are to be written, as far as that can be told at once: libgit2 looks for half a
//! dozen files of attributes for each file it is asked about.

use std::collections::HashMap;
use std::path::PathBuf;

use crate::path;
use crate::repository::Repo;

const NAME: &str = ".gitattributes";

/// Whether a file of this path holds attributes.
pub(crate) fn holds(path: &str) -> bool {
    path.ends_with(NAME)
}

/// Where attributes are, as long as an operation writes files.
pub(crate) struct Attributes {
    work_dir: PathBuf,
    /// Every file has to be asked about.
    anywhere: bool,
    /// Whether a folder holds a file of attributes.
    folders: HashMap<String, bool>,
}

impl Attributes {
    /// `written` is true where the operation itself writes such a file.
    pub(crate) fn of(repo: &Repo, written: bool) -> Self {
        let elsewhere = || {
            let config = repo.git.config().and_then(|mut config| config.snapshot());
            let named = config.is_ok_and(|config| config.get_string("core.attributesfile").is_ok());
            named || repo.common_dir().join("info").join("attributes").exists() || is_in_index(repo)
        };
        Self {
            work_dir: repo.work_dir().to_owned(),
            anywhere: written || elsewhere(),
            folders: HashMap::new(),
        }
    }

    /// False where nothing can say anything about this file.
    pub(crate) fn may_be_about(&mut self, path: &str) -> bool {
        self.anywhere || path::parents(path).chain([""]).any(|folder| self.are_in(folder))
    }

    fn are_in(&mut self, folder: &str) -> bool {
        if let Some(known) = self.folders.get(folder) {
            return *known;
        }
        let there = self.work_dir.join(folder).join(NAME).symlink_metadata().is_ok();
        self.folders.insert(folder.to_owned(), there);
        there
    }
}

/// One that is not on disk counts, too.
#[cfg(unix)]
fn is_in_index(repo: &Repo) -> bool {
    repo.index_file()
        .is_none_or(|index| index.entries.iter().any(|file| holds(&file.path)))
}

#[cfg(not(unix))]
fn is_in_index(_repo: &Repo) -> bool {
    true
}
