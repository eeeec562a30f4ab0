//! The paths of a commit, as far as a quick look reaches.

use std::collections::VecDeque;

use crate::entry::{GITLINK, LINK, TREE};
use crate::error::GitError;
use crate::model::Oid;
use crate::repository::Repo;
use crate::tree_diff::mode_of;

impl Repo {
    /// Paths of the files of a commit, those nearest to the root first. The look ends after `most` entries; links,
    /// submodules and names that are no text are left out.
    pub fn first_paths(&self, commit: &Oid, most: usize) -> Result<Vec<String>, GitError> {
        let root = self.find_commit(commit)?.tree_id();
        let mut folders = VecDeque::from([(String::new(), root)]);
        let mut paths = Vec::new();
        let mut seen = 0;
        while let Some((at, id)) = folders.pop_front() {
            for entry in &self.git.find_tree(id)? {
                seen += 1;
                if seen > most {
                    return Ok(paths);
                }
                let Ok(name) = entry.name() else { continue };
                match mode_of(&entry) {
                    TREE => folders.push_back((format!("{at}{name}/"), entry.id())),
                    LINK | GITLINK => {}
                    _ => paths.push(format!("{at}{name}")),
                }
            }
        }
        Ok(paths)
    }
}
