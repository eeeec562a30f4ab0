//! The result is read again before anybody gets it. What is not what was meant becomes a question about its file.

use std::collections::{BTreeSet, HashMap};

use super::asks::Asks;
use super::fields::differs;
use super::pieces::Pieces;
use super::result::{Entries, Entry, Says};
use super::states::{Found, States};
use super::whole::merge_whole;
use super::write::Written;
use crate::model::Kind;
use crate::parallel;
use crate::source::SourceFile;

/// Takes out of the result what could not be made or is not what was meant, and asks about it.
pub(super) fn check<'m>(
    states: &'m States<'m>,
    entries: &Entries<'m>,
    written: &mut Written,
    asks: &mut Asks<'m>,
) {
    let mut failed = std::mem::take(&mut written.failed);
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for path in written.paths.values() {
        *counts.entry(path).or_default() += 1;
    }
    let read = parallel::map(&written.files, |edit| read(&edit.path, edit.after.as_ref()?));
    for (edit, file) in written.files.iter().zip(&read) {
        let is_meant = |file| is_meant(states, entries, &counts, file);
        if edit.after.is_some() && !file.as_ref().is_some_and(is_meant) {
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

/// Reads a file of the result, and what its one resource says where it is one of a tree.
fn read(path: &str, bytes: &[u8]) -> Option<SourceFile> {
    let file = SourceFile::new(path.to_owned(), bytes.to_vec())?;
    if let [only] = file.parsed().resources.as_slice() {
        only.fields.len();
    }
    Some(file)
}

/// Does the file hold those resources that it should, in the right places, each with what it should say?
fn is_meant(
    states: &States<'_>,
    entries: &Entries<'_>,
    counts: &HashMap<&str, usize>,
    file: &SourceFile,
) -> bool {
    let pieces = Pieces::of(file);
    let resources = file.parsed().resources.iter().enumerate();
    let is_right = |(number, resource)| {
        let found = Found {
            file,
            resource,
            number,
        };
        entries.get(&resource.id).is_some_and(|entry| {
            let lies = resource.parent == entry.parent || resource.kind == Kind::Workspace;
            lies && resource.kind == entry.kind && says_what_is_meant(states, entry, found, pieces.as_ref())
        })
    };
    counts.get(file.path.as_str()) == Some(&file.parsed().resources.len())
        && resources.into_iter().all(is_right)
}

fn says_what_is_meant(
    states: &States<'_>,
    entry: &Entry<'_>,
    found: Found<'_>,
    pieces: Option<&Pieces>,
) -> bool {
    let model = match entry.says {
        Says::Ours => entry.ours,
        Says::Theirs => entry.theirs,
        Says::Both(_) => None,
    };
    if model.is_some_and(|model| states.is_same_as(model, found, pieces)) {
        return true;
    }
    let fields = entry.fields();
    fields.is_some_and(|fields| !differs(entry.kind, fields, &found.resource.fields, true))
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
