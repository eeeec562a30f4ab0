//! The commits that changed a file. Trees are compared by id, so the commits in between cost next to nothing.

use std::collections::{BTreeSet, BinaryHeap, HashMap, HashSet};

use git2::Oid as GitOid;

use crate::commit_info::describe;
use crate::error::GitError;
use crate::model::{CommitInfo, Oid};
use crate::repository::Repo;

/// A walk from a commit back, with what is wanted of the file on each way.
pub struct FileWalk<'r> {
    repo: &'r Repo,
    waiting: BinaryHeap<(i64, GitOid)>,
    wanted: HashMap<GitOid, (String, BTreeSet<String>)>,
    done: HashSet<GitOid>,
    left: u32,
}

/// A commit that changed the file.
pub struct Touched {
    /// The commit.
    pub commit: CommitInfo,
    /// Where the file is in it.
    pub path: String,
    /// What was wanted on the way to it.
    pub wanted: BTreeSet<String>,
}

impl Repo {
    /// Begins at `from`, where the file is at `path`. After `most` commits the walk ends.
    pub fn walk_file(
        &self,
        from: &Oid,
        path: &str,
        wanted: BTreeSet<String>,
        most: u32,
    ) -> Result<FileWalk<'_>, GitError> {
        let mut walk = FileWalk {
            repo: self,
            waiting: BinaryHeap::new(),
            wanted: HashMap::new(),
            done: HashSet::new(),
            left: most,
        };
        walk.go_on(from, path, wanted)?;
        Ok(walk)
    }
}

impl FileWalk<'_> {
    /// The next commit that changed the file, the newest first. The walk does not go on behind it by itself.
    pub fn next_touched(&mut self) -> Result<Option<Touched>, GitError> {
        while let Some((_, id)) = self.waiting.pop() {
            let Some((path, wanted)) = self.wanted.remove(&id) else {
                continue;
            };
            if self.left == 0 {
                return Ok(None);
            }
            self.left -= 1;
            self.done.insert(id);
            let commit = self.repo.git.find_commit(id)?;
            let entry = self.repo.entry_at(Some(commit.tree_id()), &path)?;
            let mut same = None;
            for parent in commit.parent_ids() {
                // A shallow clone ends at commits whose parents are not there.
                let Ok(tree) = self.repo.tree_of(parent) else {
                    continue;
                };
                if entry.is_some() && self.repo.entry_at(Some(tree), &path)? == entry {
                    same = Some(parent);
                    break;
                }
            }
            match same {
                Some(parent) => self.go_on(&parent.into(), &path, wanted)?,
                None => {
                    return Ok(Some(Touched {
                        commit: describe(&commit),
                        path,
                        wanted,
                    }));
                }
            }
        }
        Ok(None)
    }

    /// Goes on behind a commit that was touched, at its parent.
    pub fn go_on(&mut self, parent: &Oid, path: &str, wanted: BTreeSet<String>) -> Result<(), GitError> {
        let id = parent.to_git()?;
        if self.done.contains(&id) {
            return Ok(());
        }
        if let Some((_, waiting)) = self.wanted.get_mut(&id) {
            waiting.extend(wanted);
            return Ok(());
        }
        let time = self.repo.find_commit(parent)?.time().seconds();
        self.wanted.insert(id, (path.to_owned(), wanted));
        self.waiting.push((time, id));
        Ok(())
    }

    /// True where the walk ended before the history did.
    pub fn is_cut(&self) -> bool {
        self.left == 0 && !self.wanted.is_empty()
    }
}
