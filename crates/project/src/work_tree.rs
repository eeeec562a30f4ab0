//! The collections of the work tree, read again only where files changed.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::SystemTime;

use sheaf_collection::{Collections, private_file, private_name};
use sheaf_git::model::FileChange;
use sheaf_git::repository::Repo;

use crate::changes::readable;
use crate::error::Result;

/// What was read, and the stamps it was read at.
#[derive(Default)]
pub(crate) struct WorkTreeCache {
    read: Option<Read>,
}

struct Read {
    collections: Arc<Collections>,
    stamps: HashMap<String, Stamp>,
}

/// When a file's stamp is equal it is taken as unchanged, unless it is so young that a second write could hide in the
/// clock's granularity (Git calls such entries racy).
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    size: u64,
    racy: bool,
}

/// The work tree, looked at once.
pub(crate) struct Look {
    /// The collections as they are on disk.
    pub(crate) collections: Arc<Collections>,
    /// Files that differ from the last commit.
    pub(crate) changes: Vec<FileChange>,
    /// Names of files that are no valid text, as far as they can be shown.
    pub(crate) unreadable: Vec<String>,
}

impl WorkTreeCache {
    /// What was read last.
    pub(crate) fn as_read(&self) -> Option<Arc<Collections>> {
        self.read.as_ref().map(|read| read.collections.clone())
    }

    /// Looks at the work tree as it is now.
    pub(crate) fn refresh(&mut self, repo: &Repo) -> Result<Look> {
        let scan = repo.scan()?;
        let private: Vec<String> = repo
            .private_files()?
            .iter()
            .map(|name| private_file(name))
            .collect();
        let shared = scan.paths.iter().filter(|path| may_hold(path));
        let paths: Vec<&String> = shared.chain(&private).collect();
        let stamps = stamps(repo, &paths);
        let collections = match &self.read {
            None => Arc::new(Collections::read(read_all(repo, &paths)?)),
            Some(read) => {
                let changed = changed(repo, &read.stamps, &stamps)?;
                if changed.is_empty() {
                    read.collections.clone()
                } else {
                    Arc::new(read.collections.with_files(changed))
                }
            }
        };
        self.read = Some(Read {
            collections: collections.clone(),
            stamps,
        });
        Ok(Look {
            collections,
            changes: scan.changes,
            unreadable: scan.unreadable,
        })
    }
}

/// Files that can hold a resource: the legacy tree, and YAML files whose first line says so (checked when read).
pub(crate) fn may_hold(path: &str) -> bool {
    Collections::may_hold(path)
}

fn read_all(repo: &Repo, paths: &[&String]) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        if let Some(content) = read(repo, path)? {
            files.push(((*path).clone(), content));
        }
    }
    Ok(files)
}

fn read(repo: &Repo, path: &str) -> Result<Option<Vec<u8>>> {
    let content = match private_name(path) {
        Some(name) => repo.read_private(name),
        None => repo.read_work_file(path),
    };
    readable(content.map_err(Into::into))
}

fn stamps(repo: &Repo, paths: &[&String]) -> HashMap<String, Stamp> {
    let now = SystemTime::now();
    let mut stamps = HashMap::with_capacity(paths.len());
    for path in paths {
        let place = match private_name(path) {
            Some(name) => repo.private_dir_path().join(name),
            None => repo.work_dir().join(path),
        };
        let Ok(meta) = std::fs::symlink_metadata(place) else {
            continue;
        };
        let modified = meta.modified().ok();
        let age = modified.and_then(|m| now.duration_since(m).ok());
        let racy = age.is_none_or(|a| a.as_secs() < 2);
        let size = meta.len();
        stamps.insert((*path).clone(), Stamp { modified, size, racy });
    }
    stamps
}

fn changed(
    repo: &Repo,
    before: &HashMap<String, Stamp>,
    after: &HashMap<String, Stamp>,
) -> Result<Vec<(String, Option<Vec<u8>>)>> {
    let mut changed = Vec::new();
    for (path, stamp) in after {
        let same = before.get(path).is_some_and(|b| b == stamp && !b.racy);
        if !same {
            changed.push((path.clone(), read(repo, path)?));
        }
    }
    for path in before.keys().filter(|p| !after.contains_key(*p)) {
        changed.push((path.clone(), None));
    }
    Ok(changed)
}
