//! Every field of every resource of real files.

use sheaf_collection::Collections;

use crate::common::corpus::projects;
use crate::lines::assert_only_below;
use crate::trial::{run, trials};

/// Files beyond this many bytes take long to read in a debug build: there each resource gets some of the edits.
const LARGE: usize = 20_000;
const ONE_IN: usize = 4;

#[test]
fn an_edit_of_the_tree_changes_its_lines_alone_and_can_be_taken_back() {
    try_files(|path| path.contains(".insomnia/"));
}

#[test]
fn an_edit_of_a_collection_file_changes_its_lines_alone_and_can_be_taken_back() {
    try_files(|path| !path.contains(".insomnia/"));
}

fn try_files(is_wanted: impl Fn(&str) -> bool) {
    let mut count = 0;
    for (folder, files) in projects() {
        let by_hand = folder.ends_with("v5-handwritten");
        for (path, bytes) in files.into_iter().filter(|(path, _)| is_wanted(path)) {
            let what = format!("{} {path}", folder.display());
            let before = String::from_utf8(bytes.clone()).unwrap_or_default();
            count += try_file(&Collections::read([(path, bytes)]), &before, by_hand, &what);
        }
    }
    eprintln!("{count} edits made and taken back");
}

/// Edits every resource of a file, and takes each edit back. How many there were.
fn try_file(all: &Collections, before: &str, by_hand: bool, what: &str) -> usize {
    let mut count = 0;
    let step = if before.len() > LARGE { ONE_IN } else { 1 };
    for (number, id) in all.ids().iter().enumerate() {
        let trials = trials(&all.resource(id).unwrap());
        for trial in trials.iter().skip(number % step).step_by(step) {
            let Some(done) = run(all, id, before, trial) else {
                continue;
            };
            count += 1;
            // A value may have lost the form that only a person gives it; a first description has made bookkeeping.
            let keys = match (by_hand, trial.keys.contains(&"meta")) {
                (true, _) => trial.keys.as_slice(),
                (false, true) => &["meta"],
                (false, false) => &[],
            };
            let what = format!("{what} back from {:?}", trial.edit);
            assert_only_below(before, &done.undone, keys, &what);
        }
    }
    count
}
