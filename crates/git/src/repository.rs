//! An open repository.

use std::cell::{Cell, OnceCell, RefCell};
use std::path::Path;
use std::sync::Arc;

use git2::{ErrorCode, RepositoryInitOptions, RepositoryOpenFlags, RepositoryState};

use crate::bulk::Fresh;
use crate::error::GitError;
use crate::memory::Memory;
use crate::model::{Begun, Head, Oid};
use crate::undo_limits::UndoLimits;

/// Branch of a new repository.
const FIRST_BRANCH: &str = "main";
/// How our own half-written files in the work tree are named; they are never a change.
pub const TEMP_PREFIX: &str = ".sheaf-tmp-";
/// Undo points and the like, which are of no interest to others.
const OWN_REFS: &str = "refs/sheaf/";
/// What libgit2 knows, and what is said of its own above.
const KNOWN_EXTENSIONS: [&str; 7] = [
    "extensions.noop",
    "extensions.objectformat",
    "extensions.partialclone",
    "extensions.preciousobjects",
    "extensions.refstorage",
    "extensions.relativeworktrees",
    "extensions.worktreeconfig",
];
/// Where local branches live.
pub(crate) const HEADS: &str = "refs/heads/";

/// A repository with a work tree. One a thread: libgit2 handles are not shared.
pub struct Repo {
    pub(crate) git: git2::Repository,
    /// `core.filemode`, asked for with every file.
    pub(crate) file_modes: OnceCell<bool>,
    /// `core.symlinks`, likewise.
    pub(crate) links: Cell<Option<bool>>,
    pub(crate) undo_limits: UndoLimits,
    pub(crate) fresh: RefCell<Fresh>,
    pub(crate) memory: Arc<Memory>,
}

impl From<git2::Repository> for Repo {
    fn from(git: git2::Repository) -> Self {
        Self {
            git,
            file_modes: OnceCell::new(),
            links: Cell::new(None),
            undo_limits: UndoLimits::default(),
            fresh: RefCell::default(),
            memory: Arc::default(),
        }
    }
}

impl Repo {
    /// Opens the repository whose work tree is `dir` or holds it.
    pub fn open(dir: &Path) -> Result<Self, GitError> {
        crate::setup::initialise();
        refuse_unsupported(dir)?;
        let no_ceiling: [&Path; 0] = [];
        let git = git2::Repository::open_ext(dir, RepositoryOpenFlags::empty(), no_ceiling)
            .map_err(|e| explain_open(e, dir))?;
        let repo = Self::from(git);
        repo.refuse_odd_layout(dir)?;
        Ok(repo)
    }

    /// Uses what was remembered of this repository, and remembers there.
    pub fn remember_in(&mut self, memory: &Arc<Memory>) {
        self.memory = Arc::clone(memory);
    }

    /// Makes a repository in `dir`, which may already hold files.
    pub fn init(dir: &Path) -> Result<Self, GitError> {
        crate::setup::initialise();
        let mut options = RepositoryInitOptions::new();
        options
            .initial_head(FIRST_BRANCH)
            .no_reinit(true)
            .mkpath(true)
            .external_template(false);
        let git = git2::Repository::init_opts(dir, &options).map_err(|e| match e.code() {
            ErrorCode::Exists => GitError::TargetExists(dir.to_owned()),
            _ => e.into(),
        })?;
        let repo = Self::from(git);
        repo.set_safe_defaults()?;
        Ok(repo)
    }

    /// Root of the work tree.
    pub fn work_dir(&self) -> &Path {
        // Repositories without a work tree are refused when they are opened.
        self.git.workdir().unwrap_or_else(|| self.git.path())
    }

    /// The `.git` folder that holds HEAD and the index of this work tree.
    pub fn git_dir(&self) -> &Path {
        self.git.path()
    }

    /// The `.git` folder that holds what all work trees share: branches, objects, settings.
    pub fn common_dir(&self) -> &Path {
        self.git.commondir()
    }

    /// Branches, tags and what is known of the remote, each with what it points to; nothing of ours.
    pub fn refs(&self) -> Result<Vec<(String, Option<String>)>, GitError> {
        let mut found = Vec::new();
        for reference in self.git.references()? {
            let reference = reference?;
            let name = String::from_utf8_lossy(reference.name_bytes()).into_owned();
            if !name.starts_with(OWN_REFS) {
                let target = reference.target().map(|oid| oid.to_string());
                found.push((name, target));
            }
        }
        Ok(found)
    }

    /// Name of the folder.
    pub fn name(&self) -> String {
        self.work_dir()
            .file_name()
            .map_or_else(String::new, |n| n.to_string_lossy().into_owned())
    }

    /// Where HEAD is.
    pub fn head(&self) -> Result<Head, GitError> {
        let head = self.git.find_reference("HEAD")?;
        let Some(target) = head.symbolic_target()? else {
            let commit = self.git.refname_to_id("HEAD")?;
            return Ok(Head::Detached {
                commit: commit.into(),
            });
        };
        let name = target
            .strip_prefix(HEADS)
            .ok_or_else(|| GitError::Unsupported(format!("HEAD is at {target}")))?
            .to_owned();
        Ok(match self.ref_oid(target)? {
            Some(commit) => Head::Branch {
                name,
                commit: commit.into(),
            },
            None => Head::Unborn { name },
        })
    }

    /// An error while another program's merge, rebase or the like is unfinished.
    pub fn state(&self) -> Result<(), GitError> {
        let what = match self.git.state() {
            RepositoryState::Clean if self.has_conflicts()? => Begun::Conflict.word(),
            RepositoryState::Clean => return Ok(()),
            RepositoryState::Merge => "merge",
            RepositoryState::Revert | RepositoryState::RevertSequence => "revert",
            RepositoryState::CherryPick | RepositoryState::CherryPickSequence => "cherry-pick",
            RepositoryState::Bisect => "bisect",
            RepositoryState::ApplyMailbox => "patch series",
            RepositoryState::Rebase
            | RepositoryState::RebaseInteractive
            | RepositoryState::RebaseMerge
            | RepositoryState::ApplyMailboxOrRebase => "rebase",
        };
        Err(GitError::InProgress(what.to_owned()))
    }

    fn has_conflicts(&self) -> Result<bool, GitError> {
        // One that is read there holds none.
        #[cfg(unix)]
        if self.index_file().is_some() {
            return Ok(false);
        }
        Ok(self.git.index()?.has_conflicts())
    }

    /// Commit a direct or symbolic ref leads to; `None` where there is no such ref.
    pub(crate) fn ref_oid(&self, name: &str) -> Result<Option<git2::Oid>, GitError> {
        match self.git.refname_to_id(name) {
            Ok(oid) => Ok(Some(oid)),
            Err(e) if e.code() == ErrorCode::NotFound => Ok(None),
            Err(e) => Err(e.into()),
        }
    }

    /// The commit with this id.
    pub(crate) fn find_commit(&self, oid: &Oid) -> Result<git2::Commit<'_>, GitError> {
        let id = oid.to_git()?;
        self.git.find_commit(id).map_err(|e| match e.code() {
            ErrorCode::NotFound => GitError::NoCommit(oid.0.clone()),
            _ => e.into(),
        })
    }

    /// Tree of a commit.
    pub(crate) fn tree_of(&self, commit: git2::Oid) -> Result<git2::Oid, GitError> {
        Ok(self.git.find_commit(commit)?.tree_id())
    }

    /// The tree of a commit, or the tree of this id.
    pub(crate) fn tree_at(&self, id: &Oid) -> Result<git2::Oid, GitError> {
        let id = id.to_git()?;
        match self.git.find_tree(id) {
            Ok(tree) => Ok(tree.id()),
            Err(_) => Ok(self.find_commit(&Oid::from(id))?.tree_id()),
        }
    }

    /// HEAD's commit; `None` on a branch without commits. A HEAD that leads anywhere else must not pass for one: all files
    /// would be new.
    pub(crate) fn head_commit(&self) -> Result<Option<git2::Oid>, GitError> {
        self.head()?;
        self.ref_oid("HEAD")
    }

    /// Tree of HEAD's commit; `None` on a branch without commits.
    pub(crate) fn head_tree(&self) -> Result<Option<git2::Oid>, GitError> {
        self.head_commit()?.map(|c| self.tree_of(c)).transpose()
    }

    /// Settings under which a hostile tree can do less and line endings stay as they are.
    fn set_safe_defaults(&self) -> Result<(), GitError> {
        let mut config = self.git.config()?;
        for (key, value) in [
            ("core.symlinks", false),
            ("core.autocrlf", false),
            ("core.protectHFS", true),
            ("core.protectNTFS", true),
        ] {
            config.set_bool(key, value)?;
        }
        Ok(())
    }
}

impl Oid {
    /// The id as libgit2 has it.
    pub(crate) fn to_git(&self) -> Result<git2::Oid, GitError> {
        git2::Oid::from_str(&self.0).map_err(|_| GitError::NoCommit(self.0.clone()))
    }
}

impl From<git2::Oid> for Oid {
    fn from(oid: git2::Oid) -> Self {
        Self(oid.to_string())
    }
}

pub(crate) fn explain_open(error: git2::Error, dir: &Path) -> GitError {
    match error.code() {
        ErrorCode::NotFound if crate::repair::head_is_lost(dir) => {
            GitError::Damaged("nothing can be read of which branch it is on".to_owned())
        }
        ErrorCode::NotFound => GitError::NotARepository(dir.to_owned()),
        ErrorCode::Owner => GitError::ForeignOwner(dir.to_owned()),
        _ => error.into(),
    }
}

/// Names the feature before libgit2 fails on it with words only a developer understands.
pub(crate) fn refuse_unsupported(dir: &Path) -> Result<(), GitError> {
    let no_ceiling: [&Path; 0] = [];
    let Ok(git_dir) = git2::Repository::discover_path(dir, no_ceiling) else {
        return Err(GitError::NotARepository(dir.to_owned()));
    };
    let Ok(config) = git2::Config::open(&git_dir.join("config")) else {
        return Ok(());
    };
    let differs = |key: &str, usual: &str| {
        config
            .get_string(key)
            .is_ok_and(|v| !v.eq_ignore_ascii_case(usual))
    };
    let version = config.get_i32("core.repositoryformatversion").unwrap_or(0);
    let feature = if differs("extensions.objectformat", "sha1") {
        "object ids by SHA-256"
    } else if differs("extensions.refstorage", "files") {
        "the reftable storage of branches"
    } else if config.get_string("extensions.partialclone").is_ok() {
        "a partial clone"
    } else if config.get_bool("core.sparsecheckout").unwrap_or(false) {
        "a sparse checkout"
    } else if version > 1 {
        "a newer repository format"
    } else if version == 1 && has_unknown_extension(&config) {
        "an extension that Sheaf does not know"
    } else if git_dir.join("objects/info/alternates").exists() {
        "objects in the folder of another repository"
    } else if git_dir.join("info/grafts").exists() {
        "grafts, which make the history another one"
    } else {
        return Ok(());
    };
    Err(GitError::Unsupported(feature.to_owned()))
}

/// Git refuses a repository with an extension it does not know, as it may mean anything.
fn has_unknown_extension(config: &git2::Config) -> bool {
    let Ok(mut entries) = config.entries(Some("^extensions\\.")) else {
        return true;
    };
    while let Some(entry) = entries.next() {
        let known = entry.is_ok_and(|entry| entry.name().is_ok_and(|name| KNOWN_EXTENSIONS.contains(&name)));
        if !known {
            return true;
        }
    }
    false
}
