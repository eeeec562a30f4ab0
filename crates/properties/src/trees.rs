//! Trees: what edits make, what differs between two, and the index of one are what libgit2 says they are.
//!
//! Edits, each a byte for what, a byte for which path: first those of one tree, then those that make another of it. Or
//! the bytes of a tree from a stranger.

use git2::{DiffOptions, ObjectType, Oid};
use sheaf_git::fuzzing::{File, differences, edited, git, index_for, index_in};
use sheaf_git::repository::Repo;

use crate::feed::Feed;
use crate::scratch::with_scratch;

const PARTS: [&str; 12] = [
    "a",
    "b",
    "a-b",
    "a.b",
    "a0",
    "B",
    "ab",
    "ä",
    ".insomnia",
    "Request",
    "req_1.yml",
    "z z",
];
const MODES: [u32; 3] = [0o100_644, 0o100_755, 0o120_000];
type Differing = Vec<(String, Option<File>, Option<File>)>;

pub(crate) fn check(bytes: &[u8]) {
    let mut feed = Feed::new(bytes);
    with_scratch(|scratch| {
        let git = git(&scratch.repo);
        let Ok(store) = git.odb() else { return };
        if feed.byte() & 1 == 1 {
            return from_a_stranger(&scratch.repo, &store, feed.rest());
        }
        let first = edits(&mut feed, &store);
        let Ok(old) = edited(&scratch.repo, None, &first) else {
            return;
        };
        let second = edits(&mut feed, &store);
        let Ok(new) = edited(&scratch.repo, Some(old), &second) else {
            return;
        };
        holds(&scratch.repo, old, None, &first);
        holds(&scratch.repo, new, Some(old), &second);
        for (a, b) in [
            (Some(old), Some(new)),
            (None, Some(new)),
            (Some(new), Some(old)),
            (Some(old), None),
        ] {
            let ours = differences(&scratch.repo, a, b).ok();
            assert_eq!(ours, by_libgit2(git, a, b).ok());
        }
        let Ok(before) = index_for(&scratch.repo, Some(old), b"") else {
            return;
        };
        let Ok(index) = index_for(&scratch.repo, Some(new), &before) else {
            return;
        };
        is_index_of(scratch, new, &index);
    });
}

/// Paths of one to three parts, and a content each.
fn edits(feed: &mut Feed<'_>, store: &git2::Odb<'_>) -> Vec<(String, Option<File>)> {
    let mut edits: Vec<(String, Option<File>)> = Vec::new();
    for _ in 0..feed.below(24) {
        let (what, depth) = (feed.byte(), 1 + feed.below(3));
        let parts: Vec<&str> = (0..depth).map(|_| PARTS[feed.below(PARTS.len())]).collect();
        let path = parts.join("/");
        let file = (what & 3 != 3)
            .then(|| store.write(ObjectType::Blob, &[what >> 4]).ok())
            .flatten();
        let file = file.map(|oid| (oid, MODES[usize::from(what & 3)]));
        // A path is edited once.
        if edits.iter().all(|(known, _)| *known != path) {
            edits.push((path, file));
        }
    }
    edits
}

/// Every file that was put there and is below no other is there, and nothing that was taken away is.
fn holds(repo: &Repo, tree: Oid, base: Option<Oid>, edits: &[(String, Option<File>)]) {
    let Ok(found) = git(repo).find_tree(tree) else {
        return;
    };
    let puts: Vec<&str> = edits
        .iter()
        .filter(|(_, file)| file.is_some())
        .map(|(path, _)| path.as_str())
        .collect();
    let meets = |path: &str| {
        let above = |a: &str, b: &str| b.strip_prefix(a).is_some_and(|rest| rest.starts_with('/'));
        puts.iter().any(|other| above(other, path) || above(path, other))
    };
    for (path, file) in edits {
        let there = found.get_path(std::path::Path::new(path)).ok();
        let there = there.map(|entry| (entry.id(), u32::try_from(entry.filemode()).unwrap_or_default()));
        match file {
            Some(file) if !meets(path) => assert_eq!(there, Some(*file), "{path}"),
            None if !meets(path) => {
                let was_folder = base
                    .and_then(|base| git(repo).find_tree(base).ok())
                    .is_some_and(|base| {
                        let entry = base.get_path(std::path::Path::new(path));
                        entry.is_ok_and(|entry| entry.kind() == Some(ObjectType::Tree))
                    });
                assert!(there.is_none() || was_folder, "{path}");
            }
            _ => {}
        }
    }
}

fn by_libgit2(git: &git2::Repository, old: Option<Oid>, new: Option<Oid>) -> Result<Differing, git2::Error> {
    let tree = |oid: Option<Oid>| oid.map(|oid| git.find_tree(oid)).transpose();
    let mut options = DiffOptions::new();
    options.include_typechange(true);
    let diff = git.diff_tree_to_tree(tree(old)?.as_ref(), tree(new)?.as_ref(), Some(&mut options))?;
    let file = |file: &git2::DiffFile<'_>| file.exists().then(|| (file.id(), u32::from(file.mode())));
    let mut found: Differing = Vec::new();
    for delta in diff.deltas() {
        let path = delta.new_file().path().or(delta.old_file().path());
        let path = path
            .map(|path| path.to_string_lossy().into_owned())
            .unwrap_or_default();
        found.push((path, file(&delta.old_file()), file(&delta.new_file())));
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(found)
}

fn is_index_of(scratch: &crate::scratch::Scratch, tree: Oid, index: &[u8]) {
    let place = scratch.dir.join("index-of-tree");
    assert!(std::fs::write(&place, index).is_ok());
    let read = git2::Index::open(&place);
    assert!(read.is_ok(), "{:?}", read.err());
    let Ok(mut read) = read else { return };
    assert_eq!(read.write_tree_to(git(&scratch.repo)).ok(), Some(tree));
    assert!(index_in(index).is_some_and(|(files, noted)| files.len() == read.len() && noted == Some(tree)));
}

/// In no order, with names twice, with anything for a mode: each path is told once, in order, and nothing else happens.
fn from_a_stranger(repo: &Repo, store: &git2::Odb<'_>, bytes: &[u8]) {
    let Ok(tree) = store.write(ObjectType::Tree, bytes) else {
        return;
    };
    for (old, new) in [(None, Some(tree)), (Some(tree), None)] {
        let Ok(found) = differences(repo, old, new) else {
            continue;
        };
        assert!(found.windows(2).all(|two| two[0].0 < two[1].0), "{found:?}");
        assert!(found.iter().all(|(_, old, new)| old != new));
    }
    let _ = index_for(repo, Some(tree), b"");
}
