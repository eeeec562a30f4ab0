//! Making a damaged repository whole. Files of the work tree are read and never written; what is damaged is moved aside
//! and never deleted; what is missing comes from the files, from the index and from the remote.

mod aside;
mod damage;
mod objects;
mod reach;
mod refs;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use git2::RepositoryOpenFlags;
use serde::Serialize;
use ts_rs::TS;

use crate::clone_folder::CloneFolder;
use crate::error::GitError;
use crate::lock::RepoLock;
use crate::model::{Head, Oid};
use crate::network::Network;
use crate::plan::IndexPlan;
use crate::repository::{HEADS, Repo, explain_open, refuse_unsupported};
use crate::uri::RemoteUri;
use aside::Aside;
use reach::Reach;
pub(crate) use refs::head_is_lost;

/// How long another window or command may still work on the repository.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a repair did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Repaired {
    /// Files below `.git` that could not be read and were moved, by their old path.
    pub set_aside: Vec<String>,
    /// The folder they were moved to.
    pub folder: Option<String>,
    /// So many objects were there again afterwards.
    pub brought_back: u32,
    /// So many objects are missing still. What needs them cannot be shown.
    pub missing: u32,
    /// Branches, tags and the like that lead somewhere else now, or nowhere.
    pub refs: Vec<RepairedRef>,
    /// True where git's index was made anew from the last commit.
    pub index: bool,
}

impl Repaired {
    /// True where nothing was wrong.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A ref that had to lead somewhere else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RepairedRef {
    /// Full name, or `HEAD`.
    pub name: String,
    /// The commit it led to, where that could be read.
    pub before: Option<Oid>,
    /// The commit or the branch it leads to now.
    pub after: Option<String>,
}

/// A repair that is under way. What was moved aside goes back unless it is finished.
pub struct Repair {
    repo: Repo,
    aside: Aside,
    done: Repaired,
    /// What could not be read or was missing when it began.
    lost: BTreeSet<git2::Oid>,
    missing: usize,
    _lock: RepoLock,
}

impl Repair {
    /// Moves aside what cannot be read, and brings back what the files and the index still hold.
    pub fn begin(dir: &Path) -> Result<Self, GitError> {
        crate::setup::initialise();
        let git_dir = damage::git_dir(dir)?;
        let mut aside = Aside::new(&git_dir);
        let mut done = Repaired::default();
        refs::mend_head(&git_dir, &mut aside, &mut done)?;
        let repo = open(dir)?;
        let lock = repo.lock(PATIENCE)?;
        refs::set_aside(&repo, &mut aside, &mut done)?;
        let mut lost = BTreeSet::new();
        for object in repo.unreadable_objects()? {
            aside.take(&object.path)?;
            lost.extend(git2::Oid::from_str(&object.id));
        }
        if repo.index_is_damaged() {
            aside.take(&repo.git_dir().join("index"))?;
            done.index = true;
        }
        // What libgit2 read before it keeps.
        let repo = open(dir)?;
        let missing = Reach::of(&repo)?.missing;
        objects::bring_back(&repo, &missing)?;
        lost.extend(missing.into_keys());
        let mut repair = Self {
            repo,
            aside,
            done,
            lost,
            missing: 0,
            _lock: lock,
        };
        repair.look_again()?;
        Ok(repair)
    }

    /// So many objects are missing that only a remote may have.
    pub fn missing(&self) -> usize {
        self.missing
    }

    /// The repository, as far as it can be read.
    pub fn repo(&self) -> &Repo {
        &self.repo
    }

    /// Gets everything the remote has once more.
    pub fn fetch(&mut self, uri: &RemoteUri, net: &Network) -> Result<(), GitError> {
        let folder = CloneFolder::beside(&self.repo.own_dir()?.join("repair"))?;
        let other = Repo::init(&folder.work())?;
        other.set_remote_url(uri.as_str())?;
        other.fetch_from(uri, net)?;
        objects::take_over(&other, &self.repo)?;
        self.look_again()
    }

    /// Leads branches whose commits are lost to their newest one that is whole, and makes the index fit.
    pub fn finish(mut self) -> Result<Repaired, GitError> {
        refs::mend(&self.repo, &mut self.done)?;
        refs::mend_logs(&self.repo, &mut self.aside)?;
        if self.done.index || self.head_moved()? || !self.index_is_whole() {
            self.aside.take(&self.repo.git_dir().join("index"))?;
            let tree = self.repo.head_tree()?;
            self.repo.replace_index(&IndexPlan::Tree {
                tree,
                known: Vec::new(),
            })?;
            self.done.index = true;
        }
        self.look_again()?;
        let objects = self.repo.git.odb()?;
        let back = self.lost.iter().filter(|id| objects.exists(**id)).count();
        drop(objects);
        self.done.brought_back = count(back);
        self.done.missing = count(self.missing);
        self.done.set_aside = self.aside.names();
        self.done.folder = self.aside.keep();
        Ok(std::mem::take(&mut self.done))
    }

    fn look_again(&mut self) -> Result<(), GitError> {
        self.repo = open(self.repo.work_dir())?;
        self.missing = if self.lost.is_empty() {
            0
        } else {
            Reach::of(&self.repo)?.missing.len()
        };
        Ok(())
    }

    fn head_moved(&self) -> Result<bool, GitError> {
        let branch = match self.repo.head()? {
            Head::Branch { name, .. } | Head::Unborn { name } => format!("{HEADS}{name}"),
            Head::Detached { .. } => "HEAD".to_owned(),
        };
        let mut names = self.done.refs.iter().map(|mended| &mended.name);
        Ok(names.any(|name| *name == branch || name == "HEAD"))
    }

    fn index_is_whole(&self) -> bool {
        let Ok(index) = self.repo.git.index() else {
            return false;
        };
        let Ok(objects) = self.repo.git.odb() else {
            return false;
        };
        self.missing == 0 || index.iter().all(|entry| objects.exists(entry.id))
    }
}

impl Repo {
    /// An error where the repository cannot be read: a loose object that is cut off, or a last commit that is missing.
    /// Comes before anything else is read of it.
    pub fn check_readable(&self) -> Result<(), GitError> {
        self.check_loose_objects()?;
        match self.head_commit()? {
            Some(head) if !self.git.odb()?.exists(head) => {
                Err(GitError::Damaged("the last commit is missing".to_owned()))
            }
            _ => Ok(()),
        }
    }
}

/// Also where the index cannot be read.
fn open(dir: &Path) -> Result<Repo, GitError> {
    refuse_unsupported(dir)?;
    let no_ceiling: [&Path; 0] = [];
    let git = git2::Repository::open_ext(dir, RepositoryOpenFlags::empty(), no_ceiling)
        .map_err(|e| explain_open(e, dir))?;
    let repo = Repo::from(git);
    repo.refuse_odd_folders(dir)?;
    Ok(repo)
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}
