//! What Git itself makes of the files of three states, line by line.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::merging::{State, problems};

/// How a merge of lines ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ByLines {
    /// In conflicts.
    Conflict,
    /// Without a conflict, in files that are no collection any more.
    Broken,
    /// In collections.
    Merged(State),
}

/// Is Git here? Where it is not, that is told once.
pub(crate) fn is_git_here() -> bool {
    static IS_HERE: OnceLock<bool> = OnceLock::new();
    *IS_HERE.get_or_init(|| {
        let is_here = Command::new("git").arg("--version").output().is_ok();
        if !is_here {
            eprintln!("skipped: no git to compare with");
        }
        is_here
    })
}

/// The merge of all files. Only where Git is here.
pub(crate) fn merged_by_lines(base: &State, ours: &State, theirs: &State) -> ByLines {
    let mut merged = State(BTreeMap::new());
    let states = [base, ours, theirs];
    let paths: BTreeSet<&String> = states.iter().flat_map(|state| state.0.keys()).collect();
    for path in paths {
        let [old, our, their] = states.map(|state| state.0.get(path));
        let result = if our == their || their == old {
            our.cloned()
        } else if our == old {
            their.cloned()
        } else {
            let (Some(our), Some(their)) = (our, their) else {
                return ByLines::Conflict;
            };
            let Some(bytes) = merge_file(old.map_or(&[], Vec::as_slice), our, their) else {
                return ByLines::Conflict;
            };
            Some(bytes)
        };
        if let Some(bytes) = result {
            merged.0.insert(path.clone(), bytes);
        }
    }
    if problems(&merged).is_empty() {
        ByLines::Merged(merged)
    } else {
        ByLines::Broken
    }
}

fn merge_file(base: &[u8], ours: &[u8], theirs: &[u8]) -> Option<Vec<u8>> {
    let folder = new_folder();
    std::fs::create_dir_all(&folder).unwrap();
    let paths = [("ours", ours), ("base", base), ("theirs", theirs)].map(|(name, bytes)| {
        std::fs::write(folder.join(name), bytes).unwrap();
        folder.join(name)
    });
    let output = Command::new("git")
        .args(["merge-file", "-p"])
        .args(&paths)
        .output();
    std::fs::remove_dir_all(&folder).unwrap();
    let output = output.unwrap();
    output.status.success().then_some(output.stdout)
}

fn new_folder() -> PathBuf {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    std::env::temp_dir().join(format!("sheaf-merge-{}-{number}", std::process::id()))
}
