//! Opening, settings, reading.

use std::fs;
use std::path::Path;
use std::time::Duration;

use sheaf_git::error::GitError;
use sheaf_git::model::Head;
use sheaf_git::repository::Repo;

use crate::support::Project;

fn opened(path: &Path) -> Result<(), String> {
    Repo::open(path).map(|_| ()).map_err(|e| e.code().to_owned())
}

#[test]
fn new_and_opened_from_a_folder_inside() {
    let p = Project::empty();
    assert_eq!(p.repo.head().unwrap(), Head::Unborn { name: "main".into() });
    assert_eq!(p.git(&["branch", "--show-current"]).trim(), "main");
    p.edit(&[("a/b/c", "1")]);
    let inner = Repo::open(&p.path("a/b")).unwrap();
    assert_eq!(
        inner.work_dir().canonicalize().unwrap(),
        p.root.canonicalize().unwrap()
    );
    assert_eq!(inner.name(), "project");
    assert!(inner.git_dir().ends_with(".git"));
    assert!(matches!(Repo::init(&p.root), Err(GitError::TargetExists(_))));
}

#[test]
fn what_it_cannot_work_with_is_named() {
    let p = Project::with(&[("a", "1")]);
    assert_eq!(opened(&p.root.join("..")), Err("not-a-repository".into()));
    for (key, value) in [
        ("extensions.partialClone", "origin"),
        ("core.sparseCheckout", "true"),
    ] {
        p.git(&["config", key, value]);
        assert_eq!(opened(&p.root), Err("unsupported".into()), "{key}");
        p.git(&["config", "--unset", key]);
    }
    p.git(&["update-index", "--split-index"]);
    assert_eq!(opened(&p.root), Err("unsupported".into()));
    p.git(&["update-index", "--no-split-index"]);
    p.git(&["config", "core.worktree", "/tmp"]);
    assert_eq!(opened(&p.root), Err("unsupported".into()));
    p.git(&["config", "--unset", "core.worktree"]);
    for (name, args) in [("sha", "--object-format=sha256"), ("bare", "--bare")] {
        let dir = p.root.join("..").join(name);
        p.git(&["init", "-q", args, &dir.to_string_lossy()]);
        assert_eq!(opened(&dir), Err("unsupported".into()), "{name}");
    }
    let p = Project::with(&[("a", "1")]);
    fs::write(p.path(".git/index"), b"DIRC\0\0").unwrap();
    assert_eq!(opened(&p.root), Err("damaged".into()));
}

#[test]
fn settings_are_those_of_git() {
    let p = Project::empty();
    assert_eq!(p.repo.remote_url(), None);
    p.repo.set_remote_url("https://example.org/a/b.git").unwrap();
    p.repo.set_remote_url("https://example.org/a/c").unwrap();
    assert_eq!(
        p.git(&["remote", "get-url", "origin"]).trim(),
        "https://example.org/a/c"
    );
    assert_eq!(
        p.git(&["config", "--get-all", "remote.origin.fetch"]).trim(),
        "+refs/heads/*:refs/remotes/origin/*"
    );
    p.repo.config_set("user.name", Some("Grace")).unwrap();
    p.repo.config_set("user.email", Some("g@example.org")).unwrap();
    assert_eq!(p.git(&["config", "user.name"]).trim(), "Grace");
    assert_eq!(
        p.repo.author(),
        (Some("Grace".into()), Some("g@example.org".into()))
    );
    for bad in ["x\n[core]\n\tfsmonitor = true", "x\r", "x\0"] {
        assert!(matches!(p.repo.set_remote_url(bad), Err(GitError::BadValue(_))));
        assert!(matches!(
            p.repo.config_set("sheaf.x", Some(bad)),
            Err(GitError::BadValue(_))
        ));
    }
    p.repo.config_set("sheaf.x", Some("1")).unwrap();
    assert_eq!(p.repo.config_get("sheaf.x").as_deref(), Some("1"));
    p.repo.config_set("sheaf.x", None).unwrap();
    p.repo.config_set("sheaf.x", None).unwrap();
}

#[test]
fn one_at_a_time() {
    let p = Project::empty();
    let held = p.repo.lock(Duration::ZERO).unwrap();
    let other = Repo::open(&p.root).unwrap();
    assert!(matches!(
        other.lock(Duration::from_millis(60)),
        Err(GitError::Busy(_))
    ));
    drop(held);
    // A program that another test starts just now holds a copy of the lock until it runs.
    other.lock(Duration::from_secs(2)).unwrap();
}

#[test]
fn reading_files() {
    let p = Project::with(&[
        ("a.yml", "1"),
        ("d/b.yml", "2"),
        ("c.txt", "3"),
        (".gitignore", "*.log\n"),
    ]);
    p.edit(&[("new.yml", "4"), ("x.log", "5"), ("a.yml", "6")]);
    fs::remove_file(p.path("d/b.yml")).unwrap();
    let yml = |p: &str| p.contains(".yml");
    let work = p.repo.work_files(&yml).unwrap();
    assert_eq!(
        work,
        [("a.yml".into(), b"6".to_vec()), ("new.yml".into(), b"4".to_vec())]
    );
    let at = p.repo.files_at(&p.head(), &yml).unwrap();
    assert_eq!(
        at,
        [("a.yml".into(), b"1".to_vec()), ("d/b.yml".into(), b"2".to_vec())]
    );
    assert_eq!(p.repo.file_at(&p.head(), "nope").unwrap(), None);
    assert_eq!(p.repo.file_at(&p.head(), "d").unwrap(), None);
    assert_eq!(p.repo.read_work_file("nope/x").unwrap(), None);
    assert_eq!(p.repo.read_work_file("d").unwrap(), None);
}

#[test]
fn paths_out_of_the_work_tree_are_refused() {
    let p = Project::with(&[("a", "1")]);
    fs::write(p.root.join("../secret"), "secret").unwrap();
    for path in [
        "../secret",
        "/etc/passwd",
        ".git/config",
        ".GIT/config",
        "a/../../secret",
        "",
        "a\\b",
        "a/",
        "git~1/x",
    ] {
        assert!(
            matches!(p.repo.read_work_file(path), Err(GitError::BadPath { .. })),
            "{path}"
        );
        let edit = [(path.to_owned(), Some(b"x".to_vec()))];
        assert!(p.repo.write_files(&edit, "x").is_err(), "{path}");
        assert!(p.repo.restore_file(&p.head(), path).is_err(), "{path}");
    }
    p.assert_clean();
}

#[test]
#[cfg(unix)]
fn links_are_not_followed() {
    let p = Project::with(&[("a", "1")]);
    let outside = p.root.join("../outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("f"), "secret").unwrap();
    std::os::unix::fs::symlink(&outside, p.path("dir")).unwrap();
    std::os::unix::fs::symlink(outside.join("f"), p.path("file")).unwrap();
    assert!(p.repo.read_work_file("dir/f").is_err());
    assert!(p.repo.read_work_file("file").is_err());
    for path in ["dir/f", "dir/new", "file"] {
        let edit = [(path.to_owned(), Some(b"x".to_vec()))];
        assert!(p.repo.write_files(&edit, "x").is_err(), "{path}");
    }
    assert_eq!(fs::read_to_string(outside.join("f")).unwrap(), "secret");
    assert!(!outside.join("new").exists());
    assert!(
        p.repo
            .work_files(&|_| true)
            .unwrap()
            .iter()
            .all(|(path, _)| path == "a")
    );
    assert_eq!(p.repo.discard(None).unwrap(), 2);
    assert!(outside.join("f").exists());
}

#[test]
fn changes_between_commits() {
    let p = Project::with(&[("a", "1"), ("b", "1"), ("c/d", "1")]);
    let first = p.head();
    p.edit(&[("a", "2"), ("e", "1")]);
    fs::remove_file(p.path("c/d")).unwrap();
    let second = p.commit("Second");
    let list = |a, b| {
        let changes = p.repo.changes_between(a, b).unwrap();
        changes
            .into_iter()
            .map(|c| format!("{:?} {}", c.status, c.path))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        list(Some(&first), &second),
        ["Modified a", "Deleted c/d", "Added e"]
    );
    assert_eq!(list(None, &first), ["Added a", "Added b", "Added c/d"]);
}

#[test]
fn a_linked_work_tree_works() {
    let p = Project::with(&[("a", "1\n")]);
    let other = p.root.join("../linked");
    p.git(&["worktree", "add", "-q", "-b", "linked", &other.to_string_lossy()]);
    let repo = Repo::open(&other).unwrap();
    fs::write(other.join("a"), "2\n").unwrap();
    repo.commit(None, "In the other", &crate::support::author())
        .unwrap();
    assert!(repo.status().unwrap().is_empty());
    assert_eq!(repo.head().unwrap().branch(), Some("linked"));
    p.assert_clean();
}

/// A `.git` file that a stranger wrote could name any repository of this computer.
#[test]
fn a_git_file_leads_only_to_where_it_is_known() {
    let victim = Project::with(&[("a", "1\n")]);
    let stranger = victim.root.join("../stranger");
    fs::create_dir(&stranger).unwrap();
    let git_dir = victim.path(".git").canonicalize().unwrap();
    let lead_to = |place: &Path| fs::write(stranger.join(".git"), format!("gitdir: {}\n", place.display()));
    lead_to(&git_dir).unwrap();
    assert_eq!(opened(&stranger), Err("unsupported".into()));

    let linked = victim.root.join("../linked");
    victim.git(&["worktree", "add", "-q", "-b", "linked", &linked.to_string_lossy()]);
    lead_to(&git_dir.join("worktrees/linked")).unwrap();
    assert_eq!(opened(&stranger), Err("unsupported".into()));
    assert_eq!(opened(&linked), Ok(()));

    // The note on the other side means nothing where the stranger wrote that side too.
    let fake = stranger.join("fake");
    fs::create_dir(&fake).unwrap();
    fs::write(fake.join("HEAD"), "ref: refs/heads/main\n").unwrap();
    fs::write(fake.join("commondir"), git_dir.to_string_lossy().as_bytes()).unwrap();
    fs::write(fake.join("gitdir"), "../.git\n").unwrap();
    lead_to(&fake).unwrap();
    assert_eq!(opened(&stranger), Err("unsupported".into()));
    fs::remove_file(stranger.join(".git")).unwrap();
    fs::rename(&fake, stranger.join(".git")).unwrap();
    assert_eq!(opened(&stranger), Err("unsupported".into()));
}

#[test]
fn a_submodule_can_be_opened() {
    let part = Project::with(&[("a", "1\n")]);
    let whole = Project::with(&[("b", "1\n")]);
    let from = part.root.to_string_lossy();
    whole.git(&[
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        &from,
        "sub",
    ]);
    assert!(whole.path("sub/.git").is_file());
    let sub = Repo::open(&whole.path("sub")).unwrap();
    assert!(sub.work_dir().ends_with("sub"));
    let stranger = whole.root.join("../stranger");
    fs::create_dir(&stranger).unwrap();
    let modules = whole.path(".git/modules/sub").canonicalize().unwrap();
    fs::write(stranger.join(".git"), format!("gitdir: {}\n", modules.display())).unwrap();
    assert_eq!(opened(&stranger), Err("unsupported".into()));
}

#[test]
fn one_look_gives_changes_and_files() {
    let p = Project::with(&[("a", "1\n"), ("d/b", "1\n"), (".gitignore", "*.log\n")]);
    p.edit(&[("a", "2\n"), ("new", "n\n"), ("x.log", "l\n")]);
    fs::remove_file(p.path("d/b")).unwrap();
    let scan = p.repo.scan().unwrap();
    assert_eq!(scan.changes, p.repo.status().unwrap());
    let paths: Vec<_> = scan.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, [".gitignore", "a", "new"]);
    assert_eq!(scan.unreadable, Vec::<String>::new());
    assert_eq!(
        p.repo.work_paths(&|path| path != "a").unwrap(),
        [".gitignore", "new"]
    );
}

#[test]
#[cfg(target_os = "linux")]
fn names_that_are_not_utf8_are_told() {
    use std::os::unix::ffi::OsStrExt;
    let p = Project::with(&[("a", "1\n")]);
    let write = |name: &[u8]| fs::write(p.root.join(std::ffi::OsStr::from_bytes(name)), "x").unwrap();
    write(b"caf\xe9");
    p.git(&["add", "-A"]);
    p.git(&["commit", "-qm", "By git"]);
    write(b"new\xff");
    assert_eq!(p.repo.unreadable_names().unwrap(), ["caf\u{fffd}", "new\u{fffd}"]);
    assert_eq!(p.changes(), Vec::<String>::new());
}
