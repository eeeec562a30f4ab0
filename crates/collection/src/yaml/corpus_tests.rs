//! Real files, where they are at hand: what is parsed and emitted again should be the file.

use std::path::{Path, PathBuf};

use super::parse::parse_fully;
use super::{Dialect, emit, fast, parse, patch};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path
            .extension()
            .is_some_and(|ending| ending == "yml" || ending == "yaml")
        {
            found.push(path);
        }
    }
}

fn corpus() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let mut paths = Vec::new();
    files(&root, &mut paths);
    let read = |path: PathBuf| {
        Some((
            path.to_string_lossy().into_owned(),
            std::fs::read_to_string(&path).ok()?,
        ))
    };
    paths.into_iter().filter_map(read).collect()
}

#[test]
fn emitting_gives_the_file_back() {
    let corpus = corpus();
    if corpus.is_empty() {
        eprintln!("skipped: no corpus");
        return;
    }
    for (layout, dialect) in [(".insomnia/", Dialect::Yaml1), ("v5-", Dialect::Yaml2)] {
        let is_meant = |path: &str| path.contains(layout) && !path.contains("handwritten");
        let texts: Vec<_> = corpus.iter().filter(|(path, _)| is_meant(path)).collect();
        let is_same =
            |text: &str| parse(text).is_ok_and(|node| emit::document(&node.to_value(), dialect) == text);
        let differing = texts.iter().filter(|(_, text)| !is_same(text));
        let differing: Vec<_> = differing.map(|(path, _)| path).collect();
        assert_eq!(differing, Vec::<&String>::new(), "of {} files", texts.len());
    }
}

#[test]
fn a_patch_without_change_changes_nothing() {
    for (path, text) in corpus() {
        let value = parse(&text).unwrap().to_value();
        assert_eq!(
            patch(&text, &value, Dialect::Yaml1).as_deref(),
            Ok(text.as_str()),
            "{path}"
        );
    }
}

#[test]
fn nearly_all_are_read_quickly_and_all_alike() {
    let corpus = corpus();
    if corpus.is_empty() {
        eprintln!("skipped: no corpus");
        return;
    }
    let mut slow = Vec::new();
    for (path, text) in &corpus {
        match fast::parse(text) {
            Some(node) => assert_eq!(Ok(node), parse_fully(text), "{path}"),
            None => slow.push(path),
        }
    }
    eprintln!("{} of {} files read slowly: {slow:#?}", slow.len(), corpus.len());
    assert!(slow.len() * 20 < corpus.len());
}
