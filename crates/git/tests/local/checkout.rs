//! The first checkout of a clone.

use std::sync::{Arc, Mutex};
use std::time::Instant;

use sheaf_git::error::GitError;
use sheaf_git::progress::{Progress, ProgressSink};

use crate::support::{NoMerge, Project};

/// An empty repository that has the branch of another, but no files yet.
fn fetched(source: &Project) -> Project {
    let p = Project::empty();
    p.git(&[
        "fetch",
        "-q",
        &source.root.to_string_lossy(),
        "main:refs/heads/copy",
    ]);
    p
}

#[test]
fn writes_every_file_and_tells_how_far_it_is() {
    let source = Project::with(&[
        ("a", "1\n"),
        ("d/e/f", "2\n"),
        (".gitattributes", "*.txt eol=crlf\n"),
        ("t.txt", "1\n"),
        ("#t.txt", "1\n"),
    ]);
    let p = fetched(&source);
    let heard = Arc::new(Mutex::new(Vec::<Progress>::new()));
    let into = Arc::clone(&heard);
    let sink: ProgressSink = Arc::new(move |progress| into.lock().unwrap().push(progress));
    p.repo.first_checkout("copy", Some(&sink)).unwrap();
    assert_eq!(p.git(&["branch", "--show-current"]).trim(), "copy");
    p.assert_clean();
    assert_eq!(p.text("#t.txt").unwrap(), "1\r\n");
    let last = heard.lock().unwrap().last().cloned().unwrap();
    assert_eq!((last.done, last.total), (5, 5));
    assert!(p.repo.undo_points(9).unwrap().is_empty());
}

#[test]
fn overwrites_nothing() {
    let source = Project::with(&[("a", "1\n"), ("b", "1\n")]);
    let p = fetched(&source);
    p.edit(&[("b", "mine\n")]);
    let before = p.everything();
    assert!(matches!(p.repo.first_checkout("copy", None), Err(GitError::InTheWay(f)) if f == "b"));
    assert_eq!(p.everything(), before);
}

/// Not a check: prints how long things take in a project of 10,000 files.
#[test]
#[ignore = "takes a while; run with --ignored --nocapture"]
fn ten_thousand_files() {
    let source = Project::empty();
    for n in 0..10_000 {
        source.edit(&[(&format!("d{}/f{n}.yml", n % 200), &format!("_id: {n}\nname: x\n"))]);
    }
    let timed = |what: &str, work: &dyn Fn()| {
        let start = Instant::now();
        work();
        eprintln!("{what}: {:?}", start.elapsed());
    };
    timed("commit of 10,000 new files", &|| drop(source.commit("All")));
    let p = fetched(&source);
    timed("first checkout", &|| p.repo.first_checkout("copy", None).unwrap());
    timed("status after it", &|| {
        assert!(p.repo.status().unwrap().is_empty());
    });
    timed("status again", &|| assert!(p.repo.status().unwrap().is_empty()));
    p.edit(&[("d1/f1.yml", "changed\n")]);
    timed("commit of one", &|| drop(p.commit("One")));
    p.branch("side");
    timed("switch, nothing differs", &|| p.switch("side"));
    for n in 0..500 {
        p.edit(&[(&format!("d{}/f{n}.yml", n % 200), "other\n")]);
    }
    timed("commit of 500", &|| drop(p.commit("500")));
    timed("switch, 500 differ", &|| p.switch("copy"));
    timed("undo of it", &|| drop(p.repo.undo(&NoMerge).unwrap()));
    timed("branches", &|| drop(p.repo.branches().unwrap()));
    p.assert_clean();
}
