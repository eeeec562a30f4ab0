//! Repositories that git would open, or that nobody should: each is named, and not a byte of it changes.

use std::fs;
use std::path::Path;

use crate::support::{REPO, REQUEST_ID, files};
use crate::witness::{Work, assert_failed, assert_nothing_left};

const READS: [&[&str]; 3] = [&["status"], &["diff"], &["log"]];

/// Every command that looks or writes ends with this code, and no byte changes, of `.git` neither.
fn each_is_refused(work: &Work, dir: &Path, code: &str, what: &str) {
    // What we keep for ourselves is not the repository's.
    let theirs = |path: &Path| !path.ends_with(".git/sheaf");
    let before = files(dir, &theirs);
    let writes: [&[&str]; 5] = [
        &["commit", "-m", "Never"],
        &["set", REQUEST_ID, "url", "https://never.example.test"],
        &["discard"],
        &["fetch"],
        &["branch", "create", "never"],
    ];
    for command in READS.iter().chain(&writes) {
        let ran = work.desk.sheaf(dir, command);
        assert_failed(&ran, code, &format!("{what} {command:?}"));
    }
    assert!(files(dir, &theirs) == before, "{what}: something was written");
}

#[test]
fn formats_of_others_are_named() {
    let work = Work::new();
    let config = work.dir.join(".git/config");
    work.desk
        .git(&work.dir, &["config", "core.repositoryFormatVersion", "1"]);
    let usual = fs::read(&config).unwrap();
    for (key, value) in [
        ("extensions.objectFormat", "sha256"),
        ("extensions.refStorage", "reftable"),
        ("extensions.partialClone", "origin"),
        ("extensions.evil", "true"),
        ("core.repositoryFormatVersion", "2"),
        ("core.sparseCheckout", "true"),
        ("core.worktree", "/tmp"),
    ] {
        work.desk.git(
            &work.dir,
            &["config", "--file", &config.to_string_lossy(), key, value],
        );
        each_is_refused(&work, &work.dir, "unsupported", key);
        fs::write(&config, &usual).unwrap();
    }
    work.desk.ok(&work.dir, &["status"]);
    work.desk.git(&work.dir, &["update-index", "--split-index"]);
    each_is_refused(&work, &work.dir, "unsupported", "split index");
    work.desk.git(&work.dir, &["update-index", "--no-split-index"]);
    work.witness().untouched(&work.desk, "formats");
}

/// Objects that lie elsewhere may go away, or be somebody else's.
#[test]
fn objects_of_another_repository_are_not_used() {
    let work = Work::new();
    let other = work.desk.clone("other");
    let info = work.dir.join(".git/objects/info");
    fs::create_dir_all(&info).unwrap();
    let lent = other.join(".git/objects");
    fs::write(info.join("alternates"), format!("{}\n", lent.display())).unwrap();
    each_is_refused(&work, &work.dir, "unsupported", "alternates");
    fs::remove_file(info.join("alternates")).unwrap();
    let grafts = work.dir.join(".git/info/grafts");
    fs::create_dir_all(grafts.parent().unwrap()).unwrap();
    fs::write(&grafts, work.desk.git(&work.dir, &["rev-parse", "HEAD"])).unwrap();
    each_is_refused(&work, &work.dir, "unsupported", "grafts");
    fs::remove_file(&grafts).unwrap();
    work.desk.ok(&work.dir, &["status"]);
}

/// A commit that is said to be another one is shown and pushed as what it is.
#[test]
fn replaced_objects_are_what_they_are() {
    let work = Work::new();
    let git = |arguments: &[&str]| work.desk.git(&work.dir, arguments);
    let head = git(&["rev-parse", "HEAD"]);
    let fake = git(&["commit-tree", "-m", "Fake", "HEAD^{tree}"]);
    git(&["replace", &head, &fake]);
    let log = work.desk.ok(&work.dir, &["log"]).to_string();
    assert!(log.contains("Mine") && !log.contains("Fake"), "{log}");
    work.desk.ok(&work.dir, &["push"]);
    assert_eq!(work.desk.remote_ref("main"), Some(head));
    let there = work.desk.git(
        &work.desk.host.repo_path(REPO),
        &["-c", "safe.directory=*", "for-each-ref", "--format=%(refname)"],
    );
    assert!(!there.contains("replace"), "{there}");
}

#[cfg(unix)]
#[test]
fn a_git_folder_somewhere_else_is_not_used() {
    let work = Work::new();
    let victim = work.desk.clone("victim");
    let before = crate::witness::Witness::of(&work.desk, &victim);
    let stranger = work.desk.path("stranger");
    fs::create_dir(&stranger).unwrap();
    std::os::unix::fs::symlink(victim.join(".git"), stranger.join(".git")).unwrap();
    each_is_refused(&work, &stranger, "unsupported", "a link");
    fs::remove_file(stranger.join(".git")).unwrap();
    fs::write(
        stranger.join(".git"),
        format!("gitdir: {}\n", victim.join(".git").display()),
    )
    .unwrap();
    each_is_refused(&work, &stranger, "unsupported", "a file");
    before.untouched(&work.desk, "the other repository");
}

/// A folder among the files that looks like a repository without a work tree, with settings and hooks of its own.
#[test]
fn a_bare_repository_among_the_files_is_not_used() {
    let work = Work::new();
    let inner = work.dir.join("inner");
    work.desk.git(&work.dir, &["init", "-q", "--bare", "inner"]);
    work.desk
        .git(&inner, &["config", "core.fsmonitor", "touch it-ran"]);
    each_is_refused(&work, &inner, "unsupported", "bare");
    work.desk.ok(&work.dir, &["status"]);
    assert!(!inner.join("it-ran").exists());
}

/// Heads that lead nowhere, in a circle, or out of where branches are.
#[test]
fn odd_heads_are_named_and_harm_nothing() {
    let work = Work::new();
    let head = work.dir.join(".git/HEAD");
    let usual = fs::read(&head).unwrap();
    let commit = work.desk.git(&work.dir, &["rev-parse", "HEAD"]);
    work.desk
        .git(&work.dir, &["symbolic-ref", "refs/heads/a", "refs/heads/b"]);
    work.desk
        .git(&work.dir, &["symbolic-ref", "refs/heads/b", "refs/heads/a"]);
    let theirs = |path: &Path| !path.ends_with(".git/sheaf");
    for text in [
        "ref: refs/heads/a\n".to_owned(),
        "ref: refs/sheaf/evil\n".to_owned(),
        "ref: refs/heads/../../../evil\n".to_owned(),
        "ref: HEAD\n".to_owned(),
        "nonsense\n".to_owned(),
        String::new(),
        format!("ref: refs/heads/{}\n", "n".repeat(5000)),
    ] {
        fs::write(&head, &text).unwrap();
        let before = files(&work.dir, &theirs);
        for command in [
            &["status"][..],
            &["commit", "-m", "Never"],
            &["fetch"],
            &["push"],
            &["discard"],
        ] {
            let ran = work.sheaf(command);
            assert!(
                [0, 1].contains(&ran.status),
                "{text:?} {command:?}: {}",
                ran.stderr
            );
            assert!(
                ran.status == 0 || !ran.code().is_empty(),
                "{text:?} {command:?}: {}",
                ran.stdout
            );
            let is_fetch = command[0] == "fetch" && ran.status == 0;
            assert!(
                is_fetch || files(&work.dir, &theirs) == before,
                "{text:?} {command:?}"
            );
            if is_fetch {
                break;
            }
        }
    }
    // At a commit, and at a branch without one, everything can be looked at.
    for text in [format!("{commit}\n"), "ref: refs/heads/new\n".to_owned()] {
        fs::write(&head, &text).unwrap();
        work.desk.ok(&work.dir, &["status"]);
        work.desk.ok(&work.dir, &["list"]);
    }
    fs::write(&head, format!("{commit}\n")).unwrap();
    let before = work.witness();
    for command in [&["push"][..], &["pull"]] {
        assert_failed(&work.sheaf(command), "detached", &format!("{command:?}"));
    }
    before.same(&work.desk, "detached");
    fs::write(&head, usual).unwrap();
    assert!(!work.desk.path("evil").exists());
}

/// Settings that cannot be read stop everything, in words.
#[test]
fn settings_that_cannot_be_read_are_told() {
    let work = Work::new();
    let config = work.dir.join(".git/config");
    let usual = fs::read(&config).unwrap();
    for text in [
        &b"[core\n"[..],
        b"[core]\n\tx = \"\\r\"\n",
        b"\0\0\0\0",
        b"[core]\n\trepositoryformatversion = x\n",
    ] {
        fs::write(&config, [&usual, text].concat()).unwrap();
        each_is_refused(&work, &work.dir, "bad-config", &String::from_utf8_lossy(text));
    }
    fs::write(&config, usual).unwrap();
    work.witness().untouched(&work.desk, "settings");
}

#[test]
fn a_shallow_clone_is_worked_with() {
    let work = Work::new();
    work.desk.ok(&work.dir, &["push"]);
    let shallow = work.desk.path("shallow");
    let url = format!("file://{}", work.desk.host.repo_path(REPO).display());
    work.desk.git(
        work.desk.home(),
        &[
            "-c",
            "safe.directory=*",
            "clone",
            "-q",
            "--depth",
            "1",
            &url,
            "shallow",
        ],
    );
    work.desk
        .git(&shallow, &["config", "remote.origin.url", &work.desk.url()]);
    let settings = [
        "settings",
        "--ca-file",
        &work.desk.ca(),
        "--author-name",
        "Dana",
        "--author-email",
        "d@example.test",
    ];
    work.desk.ok(&shallow, &settings);
    assert_eq!(
        work.desk.ok(&shallow, &["log"])["commits"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    work.desk.ok(
        &shallow,
        &["set", REQUEST_ID, "url", "https://shallow.example.test"],
    );
    work.desk.ok(&shallow, &["commit", "-m", "From the shallow"]);
    work.desk.ok(&shallow, &["fetch"]);
    work.desk.ok(&shallow, &["push"]);
    let head = work.desk.git(&shallow, &["rev-parse", "HEAD"]);
    assert_eq!(work.desk.remote_ref("main"), Some(head));
    work.desk.clean(&shallow);
    work.desk.colleague("main", &[("newer.md", "newer\n")], "Newer");
    work.desk.ok(&shallow, &["pull"]);
    work.desk.clean(&shallow);
    assert_nothing_left(&work.desk, "shallow");
}

/// Whoever may give files away tries it; others cannot make such a repository.
#[cfg(unix)]
#[test]
fn a_repository_of_another_user_is_named() {
    let work = Work::new();
    let stranger = work.desk.clone("stranger");
    let git = stranger.join(".git");
    let given = [&stranger, &git]
        .into_iter()
        .all(|path| std::os::unix::fs::chown(path, Some(12_345), None).is_ok());
    if given {
        each_is_refused(&work, &stranger, "foreign-owner", "of another user");
    }
}
