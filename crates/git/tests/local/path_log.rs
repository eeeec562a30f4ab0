//! What is noted of the paths that commits changed is what the commits themselves say.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use sheaf_git::path_log::PathLog;

use crate::support::Project;

const PATHS: [&str; 6] = ["a", "b/c", "b/d/e", "b/d/f", "g.h/i", "g/i"];
const COMMITS: usize = 400;

/// Commits that change, delete and bring back files, on lines that part and join.
fn tangled() -> Project {
    let p = Project::empty();
    let mut stream = String::new();
    let mut dice = 12345u64;
    let mut roll = move |sides: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(dice >> 33).unwrap() % sides
    };
    for n in 1..=COMMITS {
        write!(
            stream,
            "commit refs/heads/main\nmark :{n}\ncommitter A <a@x> {} +0000\ndata 1\nx\n",
            1_700_000_000 + n
        )
        .unwrap();
        if n > 1 {
            writeln!(stream, "from :{}", (n - 1 - roll(3)).max(1)).unwrap();
        }
        if n > 5 && roll(5) == 0 {
            writeln!(stream, "merge :{}", n - 5 + roll(4)).unwrap();
        }
        for path in PATHS {
            match roll(9) {
                0 if n > 1 && roll(6) == 0 => writeln!(stream, "D {path}").unwrap(),
                1 | 2 => writeln!(stream, "M 644 inline {path}\ndata 1\n{}", roll(3)).unwrap(),
                3 => writeln!(stream, "M 755 inline {path}\ndata 1\n{}", roll(3)).unwrap(),
                _ if n == 1 => writeln!(stream, "M 644 inline {path}\ndata 1\n0").unwrap(),
                _ => {}
            }
        }
        stream.push('\n');
    }
    p.git_in(&["fast-import", "--quiet", "--force"], &stream);
    p.git(&["reset", "-q", "--hard"]);
    p
}

/// Commits that touched the file, as the walk gives them where it goes on behind each of them.
fn touched(p: &Project, path: &str, log: Arc<PathLog>) -> Vec<String> {
    let head = p.repo.head().unwrap().commit().unwrap().clone();
    let mut walk = p
        .repo
        .walk_file(&head, path, BTreeSet::new(), u32::MAX, log)
        .unwrap();
    let mut found = Vec::new();
    while let Some(touched) = walk.next_touched().unwrap() {
        for (parent, file) in &touched.before {
            if file.is_some() {
                walk.go_on(parent, path, BTreeSet::new()).unwrap();
            }
        }
        found.push(touched.commit.id.0);
    }
    found
}

#[test]
fn a_history_is_the_same_with_notes_and_without() {
    let p = tangled();
    let mut log = PathLog::default();
    p.repo.extend_path_log(&mut log, &|| false).unwrap();
    assert!(!log.is_empty());
    let read = Arc::new(p.repo.path_log());
    assert!(!read.is_empty(), "the notes were written");
    let log = Arc::new(log);
    let mut found = 0;
    for path in PATHS {
        if !p.path(path).exists() {
            continue;
        }
        let plain = touched(&p, path, Arc::default());
        found += plain.len();
        assert_eq!(touched(&p, path, log.clone()), plain, "{path}");
        assert_eq!(touched(&p, path, read.clone()), plain, "{path}, from disk");
    }
    assert!(found > 50, "{found}");
}

#[test]
fn notes_that_are_damaged_or_end_early_do_no_harm() {
    let p = tangled();
    let mut log = PathLog::default();
    p.repo.extend_path_log(&mut log, &|| true).unwrap();
    assert!(log.is_empty());
    p.repo.extend_path_log(&mut log, &|| false).unwrap();
    let file = p.path(".git/sheaf/path-log");
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    assert!(p.repo.path_log().is_empty());
}
