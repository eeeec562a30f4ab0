//! Where the parts of a repository lie. One that came from a stranger may name the folders of another repository as
//! its own; what is done to it would then be done there.

use std::fs;
use std::path::Path;

use crate::error::GitError;
use crate::index_check::is_whole;
use crate::repository::Repo;

impl Repo {
    /// An error unless everything that is written for `dir` belongs to the repository `dir` is in.
    pub(crate) fn refuse_odd_layout(&self, dir: &Path) -> Result<(), GitError> {
        self.refuse_odd_folders(dir)?;
        if is_whole(self.git.path()) && !has_shared_index(self.git.path()) {
            return Ok(());
        }
        match self.git.index() {
            Ok(_) => Ok(()),
            Err(_) if has_shared_index(self.git.path()) => {
                Err(GitError::Unsupported("a split index".to_owned()))
            }
            Err(e) => Err(GitError::Damaged(e.message().to_owned())),
        }
    }

    /// The same, whatever the index is like.
    pub(crate) fn refuse_odd_folders(&self, dir: &Path) -> Result<(), GitError> {
        let Some(work_dir) = self.git.workdir() else {
            return Err(GitError::Unsupported("it has no work tree".to_owned()));
        };
        let dot_git = work_dir.join(".git");
        let kind = fs::symlink_metadata(&dot_git).map(|m| m.file_type());
        let trouble = match kind {
            _ if !inside(dir, work_dir) => Some("its work tree is in another place"),
            Ok(kind) if kind.is_symlink() => Some("its .git is a link"),
            Ok(kind) if kind.is_file() => {
                let known = self.is_linked_from(&dot_git) || self.is_submodule_of_enclosing(work_dir);
                (!known).then_some("its .git file leads to another repository")
            }
            _ if !same_place(&dot_git, self.git.path()) => Some("its work tree is in another place"),
            _ if !same_place(self.git.path(), self.git.commondir()) => {
                Some("its .git folder leads to another repository")
            }
            _ => None,
        };
        match trouble {
            Some(why) => Err(GitError::Unsupported(why.to_owned())),
            None => Ok(()),
        }
    }

    /// `git worktree add` leaves a note on the other side too, which no stranger could have written there.
    fn is_linked_from(&self, dot_git: &Path) -> bool {
        let git_dir = self.git.path();
        let noted = fs::read_to_string(git_dir.join("gitdir"))
            .is_ok_and(|back| same_place(&git_dir.join(back.trim()), dot_git));
        let worktrees = self.git.commondir().join("worktrees");
        noted
            && git_dir
                .join("..")
                .canonicalize()
                .is_ok_and(|parent| same_place(&parent, &worktrees))
    }

    /// The repository of a submodule lies in the one it is part of, which is found through the folders above it.
    fn is_submodule_of_enclosing(&self, work_dir: &Path) -> bool {
        let no_ceiling: [&Path; 0] = [];
        let Some(enclosing) = work_dir
            .parent()
            .and_then(|above| git2::Repository::discover_path(above, no_ceiling).ok())
        else {
            return false;
        };
        inside(self.git.path(), &enclosing.join("modules"))
    }
}

fn same_place(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

fn inside(path: &Path, folder: &Path) -> bool {
    matches!((path.canonicalize(), folder.canonicalize()), (Ok(path), Ok(folder)) if path.starts_with(&folder))
}

fn has_shared_index(git_dir: &Path) -> bool {
    fs::read_dir(git_dir).is_ok_and(|entries| {
        entries
            .flatten()
            .any(|e| e.file_name().to_string_lossy().starts_with("sharedindex."))
    })
}
