//! What refs and the index lead to, and what of it is missing.

use std::collections::{BTreeMap, HashSet};
use std::fs;

use git2::{ObjectType, Odb, Oid, Tree};

use crate::error::GitError;
use crate::repository::Repo;

/// A walk over everything that is needed.
pub(super) struct Reach<'r> {
    repo: &'r Repo,
    objects: Odb<'r>,
    /// Commits and trees of which all that they lead to is there.
    whole: HashSet<Oid>,
    /// Commits at which a shallow clone ends.
    ends: HashSet<Oid>,
    /// Objects that are missing, each with a path at which a tree or the index has it; none for a commit or a tag.
    pub(super) missing: BTreeMap<Oid, Option<String>>,
}

impl<'r> Reach<'r> {
    /// Everything that all refs and the index lead to.
    pub(super) fn of(repo: &'r Repo) -> Result<Self, GitError> {
        let mut reach = Self::new(repo)?;
        for reference in repo.git.references()?.flatten() {
            if let Some(oid) = reference.target() {
                reach.is_whole(oid);
            }
        }
        if let Some(head) = repo.head_commit()? {
            reach.is_whole(head);
        }
        if let Ok(index) = repo.git.index() {
            for entry in index.iter() {
                let path = String::from_utf8_lossy(&entry.path).into_owned();
                if !is_submodule(entry.mode) {
                    reach.has(entry.id, Some(&path));
                }
            }
        }
        Ok(reach)
    }

    pub(super) fn new(repo: &'r Repo) -> Result<Self, GitError> {
        Ok(Self {
            repo,
            objects: repo.git.odb()?,
            whole: HashSet::new(),
            ends: shallow(repo),
            missing: BTreeMap::new(),
        })
    }

    /// Whether a tag or commit is there, with all commits before it and all that they hold.
    pub(super) fn is_whole(&mut self, tip: Oid) -> bool {
        let (mut seen, mut left) = (HashSet::new(), vec![tip]);
        let mut complete = true;
        while let Some(oid) = left.pop() {
            if self.whole.contains(&oid) || !seen.insert(oid) {
                continue;
            }
            complete &= self.look(oid, &mut left);
        }
        if complete {
            self.whole.extend(seen);
        }
        complete
    }

    /// Whether a tag or commit is there with all that it holds, and the commits before it are, whatever those hold.
    pub(super) fn can_be_used(&mut self, tip: Oid) -> bool {
        let mut next = Vec::new();
        self.look(tip, &mut next) && next.into_iter().all(|oid| self.objects.exists(oid))
    }

    /// Looks at one tag, commit, tree or blob a ref leads to, and notes what comes next.
    fn look(&mut self, oid: Oid, left: &mut Vec<Oid>) -> bool {
        let kind = self.objects.read_header(oid).map(|(_, kind)| kind);
        match kind {
            Ok(ObjectType::Commit) => match self.repo.git.find_commit(oid) {
                Ok(commit) => {
                    if !self.ends.contains(&oid) {
                        left.extend(commit.parent_ids());
                    }
                    self.has_tree(commit.tree_id())
                }
                Err(_) => self.lacks(oid, None),
            },
            Ok(ObjectType::Tag) => match self.repo.git.find_tag(oid) {
                Ok(tag) => {
                    left.push(tag.target_id());
                    true
                }
                Err(_) => self.lacks(oid, None),
            },
            Ok(ObjectType::Tree) => self.has_tree(oid),
            Ok(_) => true,
            Err(_) => self.lacks(oid, None),
        }
    }

    fn has_tree(&mut self, root: Oid) -> bool {
        let (mut seen, mut left) = (Vec::new(), vec![(root, String::new())]);
        let mut complete = true;
        while let Some((oid, path)) = left.pop() {
            if self.whole.contains(&oid) {
                continue;
            }
            let Ok(tree) = self.repo.git.find_tree(oid) else {
                complete = self.lacks(oid, Some(&path));
                continue;
            };
            complete &= self.has_entries(&tree, &path, &mut left);
            seen.push(oid);
        }
        if complete {
            self.whole.extend(seen);
        }
        complete
    }

    fn has_entries(&mut self, tree: &Tree<'_>, folder: &str, left: &mut Vec<(Oid, String)>) -> bool {
        let mut complete = true;
        for entry in tree {
            let name = String::from_utf8_lossy(entry.name_bytes()).into_owned();
            let path = if folder.is_empty() {
                name
            } else {
                format!("{folder}/{name}")
            };
            match entry.kind() {
                Some(ObjectType::Tree) => left.push((entry.id(), path)),
                Some(ObjectType::Blob) => complete &= self.has(entry.id(), Some(&path)),
                _ => {}
            }
        }
        complete
    }

    fn has(&mut self, blob: Oid, path: Option<&str>) -> bool {
        self.objects.exists(blob) || self.lacks(blob, path)
    }

    fn lacks(&mut self, oid: Oid, path: Option<&str>) -> bool {
        self.missing.entry(oid).or_insert_with(|| path.map(str::to_owned));
        false
    }
}

/// One id a line (Git, `gitrepository-layout`).
fn shallow(repo: &Repo) -> HashSet<Oid> {
    let text = fs::read_to_string(repo.common_dir().join("shallow")).unwrap_or_default();
    text.lines().filter_map(|line| Oid::from_str(line).ok()).collect()
}

/// A commit of another repository (Git, `git-ls-tree`: mode 160000).
fn is_submodule(mode: u32) -> bool {
    mode == 0o160_000
}
