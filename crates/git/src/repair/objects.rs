//! Where lost objects come from.

use std::collections::BTreeMap;
use std::fs;

use git2::{Index, Oid};

use crate::error::{GitError, io};
use crate::hash::blob_id;
use crate::repository::Repo;

/// From the files of the work tree, whose bytes may be those of a lost blob, and from the index, whose entries may be
/// those of lost trees.
pub(super) fn bring_back(repo: &Repo, missing: &BTreeMap<Oid, Option<String>>) -> Result<(), GitError> {
    if missing.is_empty() {
        return Ok(());
    }
    for (oid, path) in missing {
        let Some(path) = path else { continue };
        // A link or a folder in its place, or none at all, is no blob to find.
        if let Ok(Some(bytes)) = repo.read_work_file(path)
            && blob_id(&bytes) == Some(*oid)
        {
            repo.git.blob(&bytes)?;
        }
    }
    write_trees(repo);
    Ok(())
}

/// Through an index of its own: the one of the repository knows the ids of its trees and takes them for written.
fn write_trees(repo: &Repo) {
    let Ok(index) = repo.git.index() else { return };
    let written = Index::new().and_then(|mut fresh| {
        for entry in index.iter() {
            fresh.add(&entry)?;
        }
        fresh.write_tree_to(&repo.git)
    });
    if let Err(error) = written {
        log::debug!("the index does not lead to whole trees: {error}");
    }
}

/// Moves the packs of a repository that was fetched anew into this one.
pub(super) fn take_over(from: &Repo, into: &Repo) -> Result<(), GitError> {
    let packs = from.git_dir().join("objects/pack");
    let target = into.common_dir().join("objects/pack");
    let entries = fs::read_dir(&packs).map_err(|e| io(&packs, e))?;
    let mut names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
    // Without its index a pack is not looked at: that comes last.
    names.sort_by_key(|name| name.to_string_lossy().ends_with(".idx"));
    for name in names {
        let to = target.join(&name);
        fs::rename(packs.join(&name), &to).map_err(|e| io(&to, e))?;
    }
    Ok(())
}
