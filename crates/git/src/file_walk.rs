//! The commits that changed a file. Trees are compared by id, so the commits in between cost next to nothing.

use std::collections::{BTreeSet, BinaryHeap, HashMap, HashSet};
use std::sync::Arc;

use git2::Oid as GitOid;

use crate::commit_info::describe;
use crate::entry::{Entry, GITLINK, LINK};
use crate::error::GitError;
use crate::model::{CommitInfo, Oid};
use crate::path_log::{PathLog, Unchanged};
use crate::repository::Repo;

/// A walk from a commit back, with what is wanted of the file on each way.
pub struct FileWalk<'r> {
    repo: &'r Repo,
    waiting: BinaryHeap<(i64, GitOid)>,
    wanted: HashMap<GitOid, Wanted>,
    done: HashSet<GitOid>,
    left: u32,
    log: Arc<PathLog>,
}

/// What is wanted of a commit.
struct Wanted {
    path: String,
    fields: BTreeSet<String>,
    /// The file, where it is known already that there is one.
    entry: Option<Entry>,
}

/// A commit that changed the file.
pub struct Touched {
    /// The commit.
    pub commit: CommitInfo,
    /// Where the file is in it.
    pub path: String,
    /// What was wanted on the way to it.
    pub wanted: BTreeSet<String>,
    /// The blob of the file; `None` where there is no such file.
    pub file: Option<Oid>,
    /// Parents that are here, each with the blob of the same path in it.
    pub before: Vec<(Oid, Option<Oid>)>,
}

impl Repo {
    /// Begins at `from`, where the file is at `path`. After `most` commits the walk ends. Commits of which `log` says that
    /// they left the file alone are passed without a look.
    pub fn walk_file(
        &self,
        from: &Oid,
        path: &str,
        wanted: BTreeSet<String>,
        most: u32,
        log: Arc<PathLog>,
    ) -> Result<FileWalk<'_>, GitError> {
        let mut walk = FileWalk {
            repo: self,
            waiting: BinaryHeap::new(),
            wanted: HashMap::new(),
            done: HashSet::new(),
            left: most,
            log,
        };
        walk.go_on(from, path, wanted)?;
        Ok(walk)
    }
}

impl FileWalk<'_> {
    /// The next commit that changed the file, the newest first. The walk does not go on behind it by itself.
    pub fn next_touched(&mut self) -> Result<Option<Touched>, GitError> {
        while let Some((_, id)) = self.waiting.pop() {
            let Some(wanted) = self.wanted.remove(&id) else {
                continue;
            };
            if self.left == 0 {
                return Ok(None);
            }
            self.left -= 1;
            self.done.insert(id);
            if let Some(Unchanged { parent, parent_time }) = self.log.unchanged(id, &wanted.path) {
                self.add(parent, parent_time, wanted);
                continue;
            }
            let commit = self.repo.git.find_commit(id)?;
            let entry = match wanted.entry {
                Some(known) => Some(known),
                None => self.repo.sole_entry_at(commit.tree_id(), &wanted.path)?,
            };
            let mut before = Vec::with_capacity(commit.parent_count());
            let mut same = None;
            for parent in commit.parent_ids() {
                // A shallow clone ends at commits whose parents are not there.
                let Ok(tree) = self.repo.tree_of(parent) else {
                    continue;
                };
                let there = self.repo.sole_entry_at(tree, &wanted.path)?;
                if entry.is_some() && there == entry {
                    same = Some(parent);
                    break;
                }
                before.push((parent.into(), file_of(there)));
            }
            match same {
                Some(parent) => {
                    let time = self.time_of(parent)?;
                    self.add(parent, time, Wanted { entry, ..wanted });
                }
                None => {
                    return Ok(Some(Touched {
                        commit: describe(&commit),
                        path: wanted.path,
                        wanted: wanted.fields,
                        file: file_of(entry),
                        before,
                    }));
                }
            }
        }
        Ok(None)
    }

    /// Goes on behind a commit that was touched, at its parent.
    pub fn go_on(&mut self, parent: &Oid, path: &str, wanted: BTreeSet<String>) -> Result<(), GitError> {
        let wanted = Wanted {
            path: path.to_owned(),
            fields: wanted,
            entry: None,
        };
        let id = parent.to_git()?;
        let time = self.time_of(id)?;
        self.add(id, time, wanted);
        Ok(())
    }

    fn time_of(&self, commit: GitOid) -> Result<i64, GitError> {
        Ok(self.repo.git.find_commit(commit)?.time().seconds())
    }

    fn add(&mut self, id: GitOid, time: i64, wanted: Wanted) {
        if self.done.contains(&id) {
            return;
        }
        if let Some(waiting) = self.wanted.get_mut(&id) {
            waiting.fields.extend(wanted.fields);
            return;
        }
        self.wanted.insert(id, wanted);
        self.waiting.push((time, id));
    }

    /// True where the walk ended before the history did.
    pub fn is_cut(&self) -> bool {
        self.left == 0 && !self.wanted.is_empty()
    }
}

/// The blob, where it is that of a file.
fn file_of(entry: Option<Entry>) -> Option<Oid> {
    let file = entry.filter(|entry| entry.mode != LINK && entry.mode != GITLINK)?;
    Some(file.oid.into())
}
