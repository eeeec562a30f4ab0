//! Trees that git accepts and that must not reach the disk.

use std::fs;
use std::time::Instant;

use sheaf_git::error::GitError;
use sheaf_git::model::Oid;
use sheaf_git::switch::{SwitchMode, SwitchOutcome};
use sheaf_git::tree_policy::TreeLimits;

use crate::support::{NoMerge, Project, author};

/// Writes a tree object as it is, without any check.
fn raw_tree(p: &Project, entries: &[(&str, &[u8], &str)]) -> String {
    let mut body = Vec::new();
    for (mode, name, hex) in entries {
        body.extend_from_slice(mode.as_bytes());
        body.push(b' ');
        body.extend_from_slice(name);
        body.push(0);
        body.extend(
            hex.as_bytes()
                .chunks(2)
                .map(|h| u8::from_str_radix(std::str::from_utf8(h).unwrap(), 16).unwrap()),
        );
    }
    let file = p.root.join("../tree-object");
    fs::write(&file, body).unwrap();
    p.git(&[
        "hash-object",
        "-w",
        "--literally",
        "-t",
        "tree",
        &file.to_string_lossy(),
    ])
    .trim()
    .to_owned()
}

fn blob(p: &Project, text: &str) -> String {
    p.git_in(&["hash-object", "-w", "--stdin"], text)
        .trim()
        .to_owned()
}

/// A branch `evil` on top of HEAD with this tree.
fn evil(p: &Project, tree: &str) -> Oid {
    let commit = p
        .git(&["commit-tree", "-p", "HEAD", "-m", "Evil", tree])
        .trim()
        .to_owned();
    p.git(&["update-ref", "refs/heads/evil", &commit]);
    Oid(commit)
}

fn assert_refused(p: &Project, tree: &str, what: &str) {
    let commit = evil(p, tree);
    let before = p.everything();
    let switched = p.repo.switch_branch("evil", SwitchMode::Carry, &NoMerge);
    assert!(
        matches!(switched, Err(GitError::UnsafeTree { .. })),
        "{what}: {switched:?}"
    );
    let parked = p.repo.switch_branch("evil", SwitchMode::Park, &NoMerge);
    assert!(
        matches!(parked, Err(GitError::UnsafeTree { .. })),
        "{what}: {parked:?}"
    );
    let merged = p.repo.merge(&commit, "m", &author(), &NoMerge);
    assert!(
        matches!(merged, Err(GitError::UnsafeTree { .. })),
        "{what}: {merged:?}"
    );
    assert_eq!(p.everything(), before, "{what}");
}

#[test]
fn names_that_escape_or_bite() {
    let p = Project::with(&[("keep", "1\n")]);
    let file = blob(&p, "evil\n");
    let long = "x".repeat(300);
    let names: Vec<&[u8]> = vec![
        b".git",
        b".GIT",
        b".gIt",
        b"git~1",
        b".git.",
        b".git ",
        b".git::$INDEX_ALLOCATION",
        b"..",
        b".",
        b"../x",
        b"/abs",
        b"a/b",
        ".g\u{200c}it".as_bytes(),
        b"..\\x",
        b"a\\b",
        b"C:evil",
        b"CON",
        b"aux.yml",
        b"NUL.txt",
        b"COM1",
        "LPT\u{b9}".as_bytes(),
        b"a.yml:hidden",
        b"dot.",
        b"space ",
        b"new\nline",
        b"esc\x1b[31m",
        b"caf\xe9",
        "invoice\u{202e}gpj.exe".as_bytes(),
        long.as_bytes(),
    ];
    for name in names {
        let what = String::from_utf8_lossy(name).into_owned();
        assert_refused(&p, &raw_tree(&p, &[("100644", name, &file)]), &what);
        let inner = raw_tree(&p, &[("100644", name, &file)]);
        assert_refused(&p, &raw_tree(&p, &[("40000", b"folder", &inner)]), &what);
    }
    let hook = raw_tree(&p, &[("100755", b"post-checkout", &file)]);
    let hooks = raw_tree(&p, &[("40000", b"hooks", &hook)]);
    assert_refused(&p, &raw_tree(&p, &[("40000", b".Git", &hooks)]), "hooks");
    p.switch("main");
}

#[test]
fn names_that_are_the_same_elsewhere() {
    let p = Project::with(&[("keep", "1\n")]);
    let file = blob(&p, "x\n");
    for (a, b) in [
        ("A.yml", "a.yml"),
        ("e\u{301}", "\u{e9}"),
        ("STRASSE", "stra\u{df}e"),
        ("same", "same"),
    ] {
        let tree = raw_tree(
            &p,
            &[("100644", a.as_bytes(), &file), ("100644", b.as_bytes(), &file)],
        );
        assert_refused(&p, &tree, a);
    }
    let inner = raw_tree(&p, &[("100644", b"f", &file)]);
    let twins = raw_tree(&p, &[("120000", b"x", &file), ("40000", b"x", &inner)]);
    assert_refused(&p, &twins, "link and folder");
}

#[test]
fn each_side_fine_and_both_together_not() {
    let p = Project::with(&[("keep", "1\n"), ("d/x", "1\n")]);
    p.branch("side");
    p.edit(&[("d/Name", "1\n")]);
    p.commit("Ours");
    p.switch("side");
    p.edit(&[("d/name", "1\n")]);
    let side = p.commit("Theirs");
    p.switch("main");
    let merged = p.repo.merge(&side, "m", &author(), &NoMerge);
    assert!(matches!(merged, Err(GitError::UnsafeTree { .. })), "{merged:?}");
    p.assert_clean();
    p.edit(&[("D/other", "1\n")]);
    let committed = p.repo.commit(None, "m", &author());
    assert!(
        matches!(committed, Err(GitError::UnsafeTree { .. })),
        "{committed:?}"
    );
}

#[test]
fn too_deep_too_long_too_many() {
    let p = Project::with(&[("keep", "1\n")]);
    let file = blob(&p, "x\n");
    let mut tree = raw_tree(&p, &[("100644", b"f", &file)]);
    for _ in 0..70 {
        tree = raw_tree(&p, &[("40000", b"d", &tree)]);
    }
    assert_refused(&p, &tree, "deep");
    let mut tree = raw_tree(&p, &[("100644", b"f", &file)]);
    let name = "n".repeat(200);
    for _ in 0..30 {
        tree = raw_tree(&p, &[("40000", name.as_bytes(), &tree)]);
    }
    assert_refused(&p, &tree, "long");
}

#[test]
fn a_git_bomb_is_refused_at_once() {
    let p = Project::with(&[("keep", "1\n")]);
    let mut inner = blob(&p, "boom\n");
    let mut mode = "100644";
    for _ in 0..10 {
        let names: Vec<String> = (0..10).map(|n| format!("d{n}")).collect();
        let entries: Vec<_> = names
            .iter()
            .map(|n| (mode, n.as_bytes(), inner.as_str()))
            .collect();
        inner = raw_tree(&p, &entries);
        mode = "40000";
    }
    let start = Instant::now();
    assert_refused(&p, &inner, "bomb");
    let taken = start.elapsed();
    eprintln!("git bomb refused three times in {taken:?}");
    assert!(taken.as_secs() < 2);
    let commit = evil(&p, &inner);
    assert!(p.repo.files_at(&commit, &|_| false).is_err());
    assert!(p.repo.changes_between(None, &commit).is_err());
}

#[test]
fn limits_are_kept() {
    let p = Project::with(&[("a", "12345"), ("b", "12345"), ("c/d", "12345")]);
    let tree = git2::Oid::from_str(p.git(&["rev-parse", "HEAD^{tree}"]).trim()).unwrap();
    p.git(&["checkout", "-q", "--orphan", "fresh"]);
    let all = TreeLimits::default();
    let report = p.repo.check_tree(tree, &all).unwrap();
    assert_eq!((report.files, report.bytes), (3, 15));
    for limits in [
        TreeLimits { files: 2, ..all },
        TreeLimits { bytes: 14, ..all },
        TreeLimits { file_bytes: 4, ..all },
        TreeLimits { path_bytes: 2, ..all },
        TreeLimits { depth: 0, ..all },
    ] {
        assert!(p.repo.check_tree(tree, &limits).is_err(), "{limits:?}");
    }
    assert!(p.repo.check_tree(tree, &TreeLimits { depth: 1, ..all }).is_ok());
}

#[test]
fn links_and_submodules_are_made_harmless() {
    let p = Project::with(&[("keep", "1\n")]);
    p.git(&["config", "--unset", "core.symlinks"]);
    let passwd = blob(&p, "/etc/passwd");
    let up = blob(&p, "../../../..");
    let modules = blob(&p, "[submodule \"s\"]\n\tpath = s\n\turl = -u./payload\n");
    let head = p.head().0;
    let keep = blob(&p, "1\n");
    let tree = raw_tree(
        &p,
        &[
            ("100644", b".gitmodules", &modules),
            ("100644", b"keep", &keep),
            ("120000", b"link", &passwd),
            ("160000", b"s", &head),
            ("120000", b"up", &up),
        ],
    );
    evil(&p, &tree);
    let report = p
        .repo
        .check_tree(git2::Oid::from_str(&tree).unwrap(), &TreeLimits::default())
        .unwrap();
    assert_eq!(report.warnings.len(), 3, "{:?}", report.warnings);
    let outcome = p.repo.switch_branch("evil", SwitchMode::Carry, &NoMerge).unwrap();
    assert!(matches!(outcome, SwitchOutcome::Switched { .. }));
    for name in ["link", "up"] {
        assert!(fs::symlink_metadata(p.path(name)).unwrap().is_file());
    }
    assert_eq!(p.text("link").unwrap(), "/etc/passwd");
    assert_eq!(fs::read_dir(p.path("s")).unwrap().count(), 0);
    assert_eq!(p.changes(), Vec::<String>::new());
    assert_eq!(p.git_status(), Vec::<String>::new());
    p.edit(&[("keep", "2\n")]);
    p.commit("Beside them");
    assert!(p.git(&["ls-tree", "HEAD"]).contains("120000"));
    assert!(p.git(&["ls-tree", "HEAD"]).contains("160000"));
    p.switch("main");
    assert_eq!(p.git_status(), Vec::<String>::new());
    assert!(!p.path("s").exists());
}

#[test]
fn what_is_on_disk_already_is_no_reason_to_refuse() {
    let p = Project::with(&[("keep", "1\n")]);
    p.edit(&[("aux.c", "1\n")]);
    p.git(&["add", "-A"]);
    p.git(&["commit", "-qm", "By git on Linux"]);
    p.branch("side");
    p.edit(&[("aux.c", "2\n")]);
    p.commit("May be edited");
    p.switch("side");
    p.assert_clean();
}

#[test]
#[cfg(unix)]
fn a_folder_swapped_for_a_link_is_not_followed() {
    let p = Project::with(&[("d/f", "1\n")]);
    p.branch("side");
    p.edit(&[("d/f", "2\n")]);
    p.commit("Second");
    let outside = p.root.join("../outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("f"), "secret").unwrap();
    fs::remove_dir_all(p.path("d")).unwrap();
    std::os::unix::fs::symlink(&outside, p.path("d")).unwrap();
    let _ = p.repo.switch_branch("side", SwitchMode::Carry, &NoMerge);
    let _ = p.repo.discard(None);
    assert_eq!(fs::read_to_string(outside.join("f")).unwrap(), "secret");
    assert_eq!(fs::read_dir(&outside).unwrap().count(), 1);
}

/// A repository that came in an archive can hold links where Sheaf keeps its own files.
#[test]
#[cfg(unix)]
fn links_in_place_of_our_own_files_are_not_written_through() {
    use std::os::unix::fs::symlink;
    let p = Project::with(&[("a", "1\n")]);
    let victim = p.root.join("../victim");
    fs::write(&victim, "precious").unwrap();
    for name in ["pending", "index.lock.mark", "index.draft", "lock"] {
        let own = p.path(".git/sheaf").join(name);
        let _ = fs::remove_file(&own);
        symlink(&victim, &own).unwrap();
    }
    let locked = p.repo.lock(std::time::Duration::ZERO).map(drop);
    assert!(matches!(locked, Err(GitError::Unsupported(_))), "{locked:?}");
    p.edit(&[("a", "2\n")]);
    p.commit("Second");
    p.repo.clean_up().unwrap();
    assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
    p.assert_clean();
}

#[test]
#[cfg(unix)]
fn a_link_in_place_of_our_own_folder_is_refused() {
    let p = Project::with(&[("a", "1\n")]);
    let outside = p.root.join("../outside");
    fs::create_dir(&outside).unwrap();
    let _ = fs::remove_dir_all(p.path(".git/sheaf"));
    std::os::unix::fs::symlink(&outside, p.path(".git/sheaf")).unwrap();
    p.edit(&[("a", "2\n")]);
    let committed = p.repo.commit(None, "m", &author());
    assert!(
        matches!(committed, Err(GitError::Unsupported(_))),
        "{committed:?}"
    );
    assert!(p.repo.lock(std::time::Duration::ZERO).is_err());
    assert_eq!(fs::read_dir(&outside).unwrap().count(), 0);
}
