//! Which folders belong to a project, and which of the files in them matter.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use sheaf_git::repository::TEMP_PREFIX;

use crate::project::Project;

/// What is in these is no collection, and may be a lot.
const NOT_LOOKED_AT: [&str; 2] = ["node_modules", "target"];
/// Files of `.git` that say where branches are, what is staged, and what is unfinished.
const OF_GIT: [&str; 11] = [
    "HEAD",
    "index",
    "packed-refs",
    "config",
    "FETCH_HEAD",
    "MERGE_HEAD",
    "CHERRY_PICK_HEAD",
    "REVERT_HEAD",
    "BISECT_LOG",
    "rebase-merge",
    "rebase-apply",
];
/// More folders are not watched one by one.
const MOST_FOLDERS: usize = 20_000;

/// A project on disk.
#[derive(Debug, Clone)]
pub(super) struct Ground {
    /// The work tree.
    pub(super) root: PathBuf,
    /// `.git`; for a linked work tree its own and the common one.
    git: Vec<PathBuf>,
    /// Where our own files are.
    own: PathBuf,
    /// Where those of them are that git never sees.
    private: PathBuf,
}

/// Folders in which something may happen.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Folders {
    pub(super) all: HashSet<PathBuf>,
    /// There are others, which are never looked at.
    pub(super) others: bool,
}

impl Ground {
    /// `None` where there is no repository now.
    pub(super) fn of(project: &Project) -> Option<Self> {
        let repo = project.repo().ok()?;
        let mut git: Vec<PathBuf> = [repo.git_dir(), repo.common_dir()]
            .iter()
            .map(|dir| dir.components().collect())
            .collect();
        git.dedup();
        Some(Self {
            root: project.root().to_owned(),
            git,
            own: repo.own_dir_path(),
            private: repo.private_dir_path(),
        })
    }

    /// Every folder in which something may happen that matters; `None` where they are too many.
    pub(super) fn folders(&self) -> Option<Folders> {
        let mut found = HashSet::from([self.root.clone()]);
        found.extend(self.git.iter().cloned());
        let mut open = vec![self.root.clone()];
        open.extend(
            self.git
                .iter()
                .map(|git| git.join("refs"))
                .filter(|refs| refs.is_dir()),
        );
        found.extend(open.iter().cloned());
        let own = [&self.own, &self.private].into_iter().cloned();
        found.extend(own.filter(|folder| folder.is_dir()));
        let mut others = false;
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
                // Links to folders are no folders here.
                let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
                let path = entry.path();
                if is_folder && self.holds(&path) {
                    found.insert(path.clone());
                    open.push(path);
                } else {
                    others |= is_folder && self.leaves_out(&path);
                }
            }
            if found.len() > MOST_FOLDERS {
                return None;
            }
        }
        Some(Folders { all: found, others })
    }

    /// Whether it is in a folder of the work tree that is never looked at.
    pub(super) fn leaves_out(&self, path: &Path) -> bool {
        let is_git = self.git.iter().any(|git| path.starts_with(git));
        !is_git && path.starts_with(&self.root) && !self.holds(path)
    }

    /// Whether it is one of our own files that git never sees.
    pub(super) fn is_private(&self, path: &Path) -> bool {
        path.starts_with(&self.private)
    }

    /// Whether what happens to this file or folder can change what is shown.
    pub(super) fn matters(&self, path: &Path) -> bool {
        match self.git.iter().find_map(|git| path.strip_prefix(git).ok()) {
            Some(inside) => of_git(inside),
            None => self.holds(path) && !is_ours(path),
        }
    }

    /// Whether it is part of the work tree or of the refs, and not of what is never looked at.
    fn holds(&self, path: &Path) -> bool {
        if let Some(inside) = self.git.iter().find_map(|git| path.strip_prefix(git).ok()) {
            return of_git(inside);
        }
        path.strip_prefix(&self.root).is_ok_and(|inside| {
            inside
                .iter()
                .all(|part| part != ".git" && NOT_LOOKED_AT.iter().all(|name| part != *name))
        })
    }
}

fn of_git(inside: &Path) -> bool {
    let is_lock = inside.extension().is_some_and(|ending| ending == "lock");
    let mut parts = inside.iter();
    match parts.next() {
        None => true,
        Some(first) if first == "refs" => !is_lock && parts.next().is_none_or(|kind| kind != "sheaf"),
        Some(first) => !is_lock && OF_GIT.iter().any(|name| first == *name),
    }
}

/// Half-written files of ours.
fn is_ours(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with(TEMP_PREFIX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matters_is_what_is_shown() {
        let ground = Ground {
            root: "/p".into(),
            git: vec!["/p/.git".into()],
            own: "/p/.git/sheaf".into(),
            private: "/p/.git/sheaf/private".into(),
        };
        for path in [
            "/p",
            "/p/.insomnia/Request/req_1.yml",
            "/p/.git/HEAD",
            "/p/.git/index",
            "/p/.git/refs/heads/main",
            "/p/.git/packed-refs",
            "/p/target.txt",
        ] {
            assert!(ground.matters(Path::new(path)), "{path}");
        }
        for path in [
            "/p/.git/index.lock",
            "/p/.git/refs/heads/main.lock",
            "/p/.git/refs/sheaf/undo/1",
            "/p/.git/objects/ab",
            "/p/.git/sheaf/lock",
            "/p/node_modules/a/b.js",
            "/p/target/debug",
            "/p/.insomnia/Request/.sheaf-tmp-1-1",
            "/elsewhere/file",
        ] {
            assert!(!ground.matters(Path::new(path)), "{path}");
        }
    }
}
