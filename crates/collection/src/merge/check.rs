//! The result is read again before anybody gets it. What is not what was meant becomes a question about its file.

use std::collections::{BTreeSet, HashMap};

use super::asks::Asks;
use super::fields::differs;
use super::result::Entries;
use super::states::States;
use super::whole::merge_whole;
use super::write::Written;
use crate::model::ResourceId;
use crate::source::SourceFile;

/// Takes out of the result what could not be made or is not what was meant, and asks about it.
pub(super) fn check<'m>(
    states: &'m States<'m>,
    entries: &Entries<'m>,
    written: &mut Written,
    asks: &mut Asks<'m>,
) {
    let mut failed = std::mem::take(&mut written.failed);
    for edit in &written.files {
        if let Some(bytes) = &edit.after
            && !is_meant(&edit.path, bytes, entries, &written.paths)
        {
            failed.insert(edit.path.clone());
        }
    }
    if failed.is_empty() {
        return;
    }
    // A resource may not be in two files, nor in none.
    let affected = with_neighbours(states, written, failed);
    written.files.retain(|edit| !affected.contains(&edit.path));
    for path in affected {
        written.files.extend(merge_whole(states, &path, false, asks));
    }
}

fn is_meant(
    path: &str,
    bytes: &[u8],
    entries: &Entries<'_>,
    paths: &std::collections::BTreeMap<ResourceId, String>,
) -> bool {
    let Some(file) = SourceFile::new(path.to_owned(), bytes.to_vec()) else {
        return false;
    };
    let expected = paths.values().filter(|other| *other == path).count();
    let resources = &file.parsed().resources;
    resources.len() == expected
        && resources.iter().all(|resource| {
            let Some(entry) = entries.get(&resource.id) else {
                return false;
            };
            let is_here = paths.get(&resource.id).is_some_and(|own| own == path);
            let lies = resource.parent == entry.parent || resource.parent.is_none();
            is_here
                && lies
                && resource.kind == entry.kind
                && entry
                    .fields()
                    .is_some_and(|fields| !differs(entry.kind, fields, &resource.fields, true))
        })
}

/// The paths, and those that hold what is in one of them in another state.
fn with_neighbours(states: &States<'_>, written: &Written, failed: BTreeSet<String>) -> BTreeSet<String> {
    let mut together: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for (id, path) in &written.paths {
        for found in [&states.ours, &states.theirs]
            .into_iter()
            .filter_map(|state| state.get(id))
        {
            together.entry(path).or_default().insert(&found.file.path);
            together.entry(&found.file.path).or_default().insert(path);
        }
    }
    let mut all = BTreeSet::new();
    let mut open: Vec<String> = failed.into_iter().collect();
    while let Some(path) = open.pop() {
        if all.insert(path.clone()) {
            let others = together.get(path.as_str()).into_iter().flatten();
            open.extend(others.map(|path| (*path).to_owned()));
        }
    }
    all
}
