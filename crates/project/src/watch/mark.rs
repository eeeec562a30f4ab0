//! What a project looks like, in a number: another one as soon as there is something else to show.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::time::SystemTime;

use sheaf_git::model::FileChange;
use sheaf_git::repository::Repo;

use crate::error::{ProjectError, Result};
use crate::project::Project;

/// The number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark(u64);

impl Mark {
    /// Files that are as in the last commit are said by the commit, so only the others are looked at. `changes` was
    /// found a moment ago, and their contents are read after this: a later change of them has another mark.
    pub(crate) fn of(repo: &Repo, changes: &[FileChange]) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        format!("{:?}", repo.head()?).hash(&mut hasher);
        repo.refs()?.hash(&mut hasher);
        repo.state().is_err().hash(&mut hasher);
        stamp(&repo.common_dir().join("config")).hash(&mut hasher);
        for change in changes {
            format!("{:?}", change.status).hash(&mut hasher);
            change.path.hash(&mut hasher);
            stamp(&repo.work_dir().join(&change.path)).hash(&mut hasher);
        }
        Ok(Self(hasher.finish()))
    }

    /// Of a project that cannot be read: it has changed when it fails in another way.
    pub(super) fn unreadable(error: &ProjectError) -> Self {
        let mut hasher = DefaultHasher::new();
        error.to_string().hash(&mut hasher);
        Self(hasher.finish())
    }
}

impl Project {
    /// What it looks like now.
    pub(super) fn mark(&self) -> Result<Mark> {
        let repo = self.repo()?;
        Mark::of(&repo, &repo.status()?)
    }
}

fn stamp(file: &Path) -> Option<(u64, Option<SystemTime>)> {
    let meta = file.symlink_metadata().ok()?;
    Some((meta.len(), meta.modified().ok()))
}
