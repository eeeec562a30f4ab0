//! The collections of the work tree, read again only where files changed.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::SystemTime;

use sheaf_collection::Collections;
use sheaf_git::repository::Repo;

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

impl WorkTreeCache {
    /// The collections as they are on disk now.
    pub(crate) fn refresh(&mut self, repo: &Repo) -> Result<Arc<Collections>> {
        let stamps = stamps(repo)?;
        let collections = match &self.read {
            None => Arc::new(Collections::read(repo.work_files(&may_hold)?)),
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
        Ok(collections)
    }
}

/// Files that can hold a resource: the legacy tree, and YAML files whose first line says so (checked when read).
pub(crate) fn may_hold(path: &str) -> bool {
    Collections::may_hold(path)
}

fn stamps(repo: &Repo) -> Result<HashMap<String, Stamp>> {
    let now = SystemTime::now();
    let mut stamps = HashMap::new();
    for path in repo.work_paths(&may_hold)? {
        let Ok(meta) = std::fs::symlink_metadata(repo.work_dir().join(&path)) else {
            continue;
        };
        let modified = meta.modified().ok();
        let age = modified.and_then(|m| now.duration_since(m).ok());
        let racy = age.is_none_or(|a| a.as_secs() < 2);
        stamps.insert(
            path,
            Stamp {
                modified,
                size: meta.len(),
                racy,
            },
        );
    }
    Ok(stamps)
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
            changed.push((
                path.clone(),
                crate::changes::readable(repo.read_work_file(path).map_err(Into::into))?,
            ));
        }
    }
    for path in before.keys().filter(|p| !after.contains_key(*p)) {
        changed.push((path.clone(), None));
    }
    Ok(changed)
}
