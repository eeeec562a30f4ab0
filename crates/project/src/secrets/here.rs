//! What a commit would add.

use std::collections::BTreeMap;

use sheaf_git::model::{FileChange, FileStatus};
use sheaf_git::repository::Repo;

use super::search::Added;
use crate::changes::readable;
use crate::error::Result;
use crate::selection::Selection;

/// Everything that is not committed, and the changes that it is, so that nobody has to look for them again.
pub(crate) fn everything(repo: &Repo) -> Result<(Vec<Added>, Vec<FileChange>)> {
    let changed = repo.status()?;
    let there = changed.iter().filter(|file| file.status != FileStatus::Deleted);
    let paths: Vec<&str> = there.map(|file| file.path.as_str()).collect();
    let added = from_work_tree(repo, &paths, &BTreeMap::new())?;
    Ok((added, changed))
}

/// What was chosen of it.
pub(crate) fn chosen(repo: &Repo, selection: &Selection) -> Result<Vec<Added>> {
    let built: BTreeMap<&str, &[u8]> = selection
        .built
        .iter()
        .filter_map(|(path, bytes)| Some((path.as_str(), bytes.as_deref()?)))
        .collect();
    let mut paths: Vec<&str> = selection.whole.iter().map(String::as_str).collect();
    paths.extend(built.keys());
    paths.sort_unstable();
    from_work_tree(repo, &paths, &built)
}

fn from_work_tree(repo: &Repo, paths: &[&str], built: &BTreeMap<&str, &[u8]>) -> Result<Vec<Added>> {
    let mut before = match repo.head()?.commit() {
        Some(head) => repo.files_of(head, paths)?,
        None => Vec::new(),
    }
    .into_iter();
    let mut files = Vec::new();
    for (path, here) in paths.iter().zip(repo.read_work_files(paths)) {
        let before = readable(before.next().unwrap_or(Ok(None)).map_err(Into::into))?;
        let after = match built.get(path) {
            Some(bytes) => Some(bytes.to_vec()),
            None => readable(here.map_err(Into::into))?,
        };
        if let Some(after) = after {
            files.push(Added {
                path: (*path).to_owned(),
                before: before.into_iter().collect(),
                after,
            });
        }
    }
    Ok(files)
}
