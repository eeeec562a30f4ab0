//! Whether a tree may be written to disk.

use std::collections::HashMap;

use git2::{Oid, Tree};

use crate::entry::{GITLINK, LINK, TREE};
use crate::error::GitError;
use crate::names;
use crate::repository::Repo;
use crate::tree_diff::mode_of;
use crate::unseen::is_unseen;

/// How much a tree may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TreeLimits {
    /// Files in all.
    pub files: u64,
    /// Bytes in all.
    pub bytes: u64,
    /// Folders inside one another.
    pub depth: usize,
    /// Bytes of a path.
    pub path_bytes: usize,
    /// Bytes of one file.
    pub file_bytes: u64,
}

impl Default for TreeLimits {
    fn default() -> Self {
        Self {
            files: 200_000,
            bytes: 5 * 1024 * 1024 * 1024,
            depth: 64,
            path_bytes: crate::path::MAX_PATH_BYTES,
            file_bytes: 512 * 1024 * 1024,
        }
    }
}

/// What a tree holds that is safe.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TreeReport {
    /// Files in all.
    pub files: u64,
    /// Bytes in all.
    pub bytes: u64,
    /// What will not be as its author meant it, in words.
    pub warnings: Vec<String>,
}

/// Warnings are for people; so many are enough.
const MAX_WARNINGS: usize = 20;

impl Repo {
    /// Refuses a tree that is unsafe to write on any system. Folders that HEAD holds already are not looked at again.
    pub fn check_tree(&self, tree: Oid, limits: &TreeLimits) -> Result<TreeReport, GitError> {
        let mut check = Check {
            repo: self,
            odb: self.git.odb()?,
            limits,
            report: TreeReport::default(),
            sums: HashMap::new(),
        };
        let sum = check.folder("", tree, self.head_tree()?, 0)?;
        check.report.files = sum.files;
        check.report.bytes = sum.bytes;
        Ok(check.report)
    }
}

/// What lies below a folder. The same folder is only looked at once, so that twelve objects that claim to be ten
/// thousand million files are refused at once.
#[derive(Clone, Copy, Default)]
struct Sum {
    files: u64,
    bytes: u64,
    depth: usize,
    path_bytes: usize,
}

impl Sum {
    /// Adds what an entry with a name of so many bytes holds.
    fn add(&mut self, inner: Self, name_bytes: usize) {
        self.files += inner.files;
        self.bytes = self.bytes.saturating_add(inner.bytes);
        self.depth = self.depth.max(inner.depth + 1);
        self.path_bytes = self.path_bytes.max(inner.path_bytes + name_bytes + 1);
    }
}

struct Check<'r> {
    repo: &'r Repo,
    odb: git2::Odb<'r>,
    limits: &'r TreeLimits,
    report: TreeReport,
    sums: HashMap<Oid, Sum>,
}

impl Check<'_> {
    fn folder(&mut self, at: &str, tree: Oid, head: Option<Oid>, depth: usize) -> Result<Sum, GitError> {
        if Some(tree) == head {
            return Ok(Sum::default());
        }
        let seen = self.sums.get(&tree).copied();
        let sum = match seen {
            Some(sum) => sum,
            None => self.look(at, tree, head, depth)?,
        };
        self.refuse_excess(at, depth, sum)?;
        Ok(sum)
    }

    fn look(&mut self, at: &str, tree: Oid, head: Option<Oid>, depth: usize) -> Result<Sum, GitError> {
        if depth > self.limits.depth {
            return Err(refused(at, "folders are nested too deeply"));
        }
        let found = self.repo.git.find_tree(tree)?;
        let on_disk = head.map(|h| self.repo.git.find_tree(h)).transpose()?;
        if let Some(old) = on_disk.as_ref().filter(|old| are_names_same(old, &found)) {
            return self.changed(at, &found, old, depth);
        }
        let mut names = HashMap::new();
        let mut sum = Sum::default();
        for entry in &found {
            let name = entry.name_bytes();
            let path = join(at, name);
            let same_name = on_disk.as_ref().and_then(|t| t.get_name_bytes(name));
            if same_name.is_none() {
                check_name(&path, name)?;
            }
            let known = same_name.is_some();
            let twin = names.insert(
                names::folded(&String::from_utf8_lossy(name)),
                (name.to_vec(), known),
            );
            // Twins that are on this disk already do no new harm.
            if twin.is_some_and(|(twin, twin_known)| twin == name || !twin_known || !known) {
                return Err(refused(&path, "two names that are the same on Windows or macOS"));
            }
            let inner = match mode_of(&entry) {
                TREE => {
                    let old = same_name.filter(|e| mode_of(e) == TREE).map(|e| e.id());
                    self.folder(&path, entry.id(), old, depth + 1)?
                }
                _ if same_name.is_some_and(|e| e.id() == entry.id()) => Sum::default(),
                mode => self.file(&path, entry.id(), mode)?,
            };
            sum.add(inner, name.len());
            self.refuse_excess(at, depth, sum)?;
        }
        // What HEAD holds was left out, so the sum is only right where HEAD holds nothing.
        if head.is_none() {
            self.sums.insert(tree, sum);
        }
        Ok(sum)
    }

    /// A folder with the names that are on this disk already. What is in it may be other.
    fn changed(&mut self, at: &str, found: &Tree<'_>, old: &Tree<'_>, depth: usize) -> Result<Sum, GitError> {
        let mut sum = Sum::default();
        let changed = found
            .iter()
            .zip(old.iter())
            .filter(|(new, old)| new.id() != old.id() || mode_of(new) != mode_of(old));
        for (entry, old) in changed {
            let name = entry.name_bytes();
            let path = join(at, name);
            let inner = match mode_of(&entry) {
                TREE => {
                    let old = (mode_of(&old) == TREE).then(|| old.id());
                    self.folder(&path, entry.id(), old, depth + 1)?
                }
                mode => self.file(&path, entry.id(), mode)?,
            };
            sum.add(inner, name.len());
        }
        self.refuse_excess(at, depth, sum)?;
        Ok(sum)
    }

    fn file(&mut self, path: &str, oid: Oid, mode: u32) -> Result<Sum, GitError> {
        if mode == GITLINK {
            self.warn(format!("{path} is a submodule; Sheaf leaves it alone"));
            return Ok(Sum::default());
        }
        let (bytes, _) = self.odb.read_header(oid)?;
        let bytes = bytes as u64;
        if bytes > self.limits.file_bytes {
            return Err(refused(path, "the file is too large"));
        }
        if mode == LINK {
            self.warn(format!(
                "{path} is a link; it is written as a plain file that holds its target"
            ));
        }
        Ok(Sum {
            files: 1,
            bytes,
            ..Sum::default()
        })
    }

    fn refuse_excess(&self, at: &str, depth: usize, sum: Sum) -> Result<(), GitError> {
        let l = self.limits;
        if sum.files > l.files {
            Err(refused(at, "it holds too many files"))
        } else if sum.bytes > l.bytes {
            Err(refused(at, "its files are too large together"))
        } else if depth + sum.depth > l.depth + 1 {
            Err(refused(at, "folders are nested too deeply"))
        } else if at.len() + sum.path_bytes > l.path_bytes {
            Err(refused(at, "a path is too long"))
        } else {
            Ok(())
        }
    }

    fn warn(&mut self, text: String) {
        if self.report.warnings.len() < MAX_WARNINGS {
            self.report.warnings.push(text);
        }
    }
}

fn are_names_same(a: &Tree<'_>, b: &Tree<'_>) -> bool {
    a.len() == b.len()
        && a.iter()
            .zip(b.iter())
            .all(|(a, b)| a.name_bytes() == b.name_bytes())
}

fn join(at: &str, name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name);
    if at.is_empty() {
        name.into_owned()
    } else {
        format!("{at}/{name}")
    }
}

fn check_name(path: &str, name: &[u8]) -> Result<(), GitError> {
    match names::problem(name) {
        Some(why) => Err(refused(path, why)),
        None => Ok(()),
    }
}

/// Names in a message are shown without the characters that made them refused.
fn refused(path: &str, why: &str) -> GitError {
    let shown: String = path.chars().take(200).flat_map(visible).collect();
    let path = if shown.is_empty() { "/".to_owned() } else { shown };
    GitError::UnsafeTree {
        path,
        why: why.to_owned(),
    }
}

fn visible(c: char) -> Vec<char> {
    if !c.is_control() && !is_unseen(c) {
        vec![c]
    } else {
        c.escape_unicode().collect()
    }
}
