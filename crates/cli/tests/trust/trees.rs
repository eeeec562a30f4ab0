//! Trees that a host serves and that must not reach the disk.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::support::{Desk, REPO, files};
use crate::witness::{Work, assert_failed};

/// Entries of a tree: mode, name, id.
type Entries<'a> = Vec<(&'a str, &'a [u8], &'a str)>;

/// The host's repository, into which anything can be put.
struct Bare<'a> {
    desk: &'a Desk,
    dir: PathBuf,
}

impl<'a> Bare<'a> {
    fn of(desk: &'a Desk) -> Self {
        Self {
            desk,
            dir: desk.host.repo_path(REPO),
        }
    }

    fn git(&self, arguments: &[&str]) -> String {
        self.desk
            .git(&self.dir, &[&["-c", "safe.directory=*"], arguments].concat())
    }

    fn blob(&self, text: &[u8]) -> String {
        self.object("blob", text)
    }

    /// Any bytes as an object, without any check.
    fn object(&self, kind: &str, bytes: &[u8]) -> String {
        let file = self.dir.join("object-to-be");
        fs::write(&file, bytes).unwrap();
        let id = self.git(&[
            "hash-object",
            "-w",
            "--literally",
            "-t",
            kind,
            &file.to_string_lossy(),
        ]);
        fs::remove_file(file).unwrap();
        id
    }

    fn tree(&self, entries: &Entries<'_>) -> String {
        let mut bytes = Vec::new();
        for (mode, name, id) in entries {
            bytes.extend_from_slice(mode.as_bytes());
            bytes.push(b' ');
            bytes.extend_from_slice(name);
            bytes.push(0);
            let pairs = (0..id.len()).step_by(2);
            bytes.extend(pairs.map(|at| u8::from_str_radix(&id[at..at + 2], 16).unwrap()));
        }
        self.object("tree", &bytes)
    }

    /// A branch on top of `main` whose files are this tree.
    fn branch(&self, name: &str, tree: &str) {
        let commit = self.git(&["commit-tree", "-p", "main", "-m", "Look at this", tree]);
        self.git(&["update-ref", &format!("refs/heads/{name}"), &commit]);
    }
}

/// A clone of such a branch leaves nothing; fetching it is harmless, and bringing its files here is refused.
fn assert_refused(work: &Work, bare: &Bare<'_>, tree: &str, what: &str) {
    bare.branch("evil", tree);
    bare.git(&["symbolic-ref", "HEAD", "refs/heads/evil"]);
    work.clone_fails(&work.desk.url(), "unsafe-tree", what);
    bare.git(&["symbolic-ref", "HEAD", "refs/heads/main"]);
    work.desk.ok(&work.dir, &["fetch"]);
    let before = work.witness();
    assert_failed(
        &work.sheaf(&["branch", "merge", "origin/evil"]),
        "unsafe-tree",
        what,
    );
    before.same(&work.desk, what);
}

#[test]
fn every_way_into_the_work_tree_is_guarded() {
    let work = Work::new();
    let bare = Bare::of(&work.desk);
    let file = bare.blob(b"evil\n");
    let hooks = bare.tree(&vec![("100755", b"post-checkout", &file)]);
    let git = bare.tree(&vec![("40000", b"hooks", &hooks)]);
    let evil = bare.tree(&vec![("40000", b".GIT", &git)]);
    bare.branch("evil", &evil);
    bare.branch("main", &evil);
    work.desk.ok(&work.dir, &["fetch"]);
    let before = work.witness();
    for command in [
        &["pull"][..],
        &["pull", "--rebase"],
        &["pull", "--preview"],
        &["merge", "origin/evil"],
        &["branch", "merge", "origin/evil", "--squash"],
        &["cherry-pick", "origin/evil"],
    ] {
        assert_failed(&work.sheaf(command), "unsafe-tree", &format!("{command:?}"));
        before.same(&work.desk, &format!("{command:?}"));
    }
    work.sheaf(&["branch", "fetch", "evil"]);
    work.desk.git(
        &work.dir,
        &["update-ref", "refs/heads/evil", "refs/remotes/origin/evil"],
    );
    let before = work.witness();
    for command in [
        &["branch", "switch", "evil"][..],
        &["branch", "switch", "evil", "--park"],
    ] {
        assert_failed(&work.sheaf(command), "unsafe-tree", &format!("{command:?}"));
        before.same(&work.desk, &format!("{command:?}"));
    }
}

fn each_name_is_refused(names: &[&[u8]]) {
    let work = Work::new();
    let bare = Bare::of(&work.desk);
    let file = bare.blob(b"evil\n");
    for name in names {
        let what = String::from_utf8_lossy(name).into_owned();
        let inner = bare.tree(&vec![("100644", name, &file)]);
        let folder = bare.tree(&vec![("40000", b"folder", &inner)]);
        assert_refused(&work, &bare, &folder, &what);
    }
    assert!(!work.desk.path("evil").exists());
}

#[test]
fn names_that_lead_into_the_git_folder_are_refused() {
    each_name_is_refused(&[
        b".git",
        b".GIT",
        b"git~1",
        b".git.",
        b".git ",
        b".git::$INDEX_ALLOCATION",
        ".g\u{200c}it".as_bytes(),
        b".git\\hooks",
    ]);
}

#[test]
fn names_that_leave_the_folder_are_refused() {
    each_name_is_refused(&[
        b"..",
        b".",
        b"../x",
        b"/etc/passwd",
        b"a/b",
        b"..\\x",
        b"C:x",
        b"\\\\server\\share",
    ]);
}

#[test]
fn names_that_bite_on_other_systems_are_refused() {
    each_name_is_refused(&[
        b"CON",
        b"aux.yml",
        "LPT\u{b9}".as_bytes(),
        b"dot.",
        b"space ",
        b"a.yml:stream",
        b"line\nbreak",
        b"esc\x1b[31m",
        "invoice\u{202e}gpj.exe".as_bytes(),
        b"caf\xe9",
        &[b'x'; 4096],
    ]);
}

#[test]
fn names_that_are_one_elsewhere_are_refused() {
    let work = Work::new();
    let bare = Bare::of(&work.desk);
    let file = bare.blob(b"x\n");
    for (a, b) in [
        ("A.yml", "a.yml"),
        ("e\u{301}", "\u{e9}"),
        ("STRASSE", "stra\u{df}e"),
    ] {
        let tree = bare.tree(&vec![
            ("100644", a.as_bytes(), &file),
            ("100644", b.as_bytes(), &file),
        ]);
        assert_refused(&work, &bare, &tree, a);
    }
}

/// Objects that no git writes.
#[test]
fn trees_that_no_git_writes_are_refused() {
    let work = Work::new();
    let bare = Bare::of(&work.desk);
    let file = bare.blob(b"x\n");
    let inner = bare.tree(&vec![("100644", b"f", &file)]);
    let twice = bare.tree(&vec![("100644", b"same", &file), ("100644", b"same", &file)]);
    assert_refused(&work, &bare, &twice, "the same name twice");
    let both = bare.tree(&vec![("120000", b"x", &file), ("40000", b"x", &inner)]);
    assert_refused(&work, &bare, &both, "a link and a folder of one name");
}

/// Odd, and harmless: they arrive as what they are, or are refused; nothing breaks and nothing runs.
#[test]
fn odd_modes_and_orders_harm_nothing() {
    let work = Work::new();
    let bare = Bare::of(&work.desk);
    let file = bare.blob(b"x\n");
    for (what, tree) in [
        (
            "unsorted",
            bare.tree(&vec![("100644", b"b", &file), ("100644", b"a", &file)]),
        ),
        ("a mode of old", bare.tree(&vec![("100664", b"a", &file)])),
        ("everybody may write", bare.tree(&vec![("100777", b"a", &file)])),
        ("no mode", bare.tree(&vec![("0", b"a", &file)])),
        ("a commit as a file", bare.tree(&vec![("160000", b"a", &file)])),
    ] {
        bare.branch("odd", &tree);
        work.desk.ok(&work.dir, &["fetch"]);
        let before = work.witness();
        let ran = work.sheaf(&["branch", "merge", "origin/odd", "--preview"]);
        assert!(
            ran.status == 0 || ran.status == 1 && !ran.code().is_empty(),
            "{what}: {}",
            ran.stdout
        );
        before.same(&work.desk, what);
        bare.git(&["symbolic-ref", "HEAD", "refs/heads/odd"]);
        let arguments = ["clone", &work.desk.url(), "new", "--ca-file", &work.desk.ca()];
        let ran = work.desk.sheaf(work.desk.home(), &arguments);
        bare.git(&["symbolic-ref", "HEAD", "refs/heads/main"]);
        let new = work.desk.path("new");
        if ran.status == 0 {
            assert_eq!(modes(&new), Vec::<String>::new(), "{what}");
            fs::remove_dir_all(&new).unwrap();
        } else {
            assert_failed(&ran, ran.code(), what);
            assert!(!new.exists(), "{what}");
        }
    }
}

/// Files that others may write, or that are programs without being asked to be.
#[cfg(unix)]
fn modes(dir: &Path) -> Vec<String> {
    use std::os::unix::fs::PermissionsExt;
    let found = files(dir, &|path| !path.ends_with(".git")).into_keys();
    let mode = |path: &Path| fs::symlink_metadata(path).map_or(0, |meta| meta.permissions().mode());
    found
        .filter(|path| mode(path) & 0o002 != 0)
        .map(|path| path.display().to_string())
        .collect()
}

#[cfg(not(unix))]
fn modes(_: &Path) -> Vec<String> {
    Vec::new()
}

#[test]
fn trees_without_end_are_refused_at_once() {
    let work = Work::new();
    let bare = Bare::of(&work.desk);
    let file = bare.blob(b"boom\n");
    let mut deep = bare.tree(&vec![("100644", b"f", &file)]);
    for _ in 0..70 {
        deep = bare.tree(&vec![("40000", b"d", &deep)]);
    }
    assert_refused(&work, &bare, &deep, "deep");
    let long = "n".repeat(200);
    let mut path = bare.tree(&vec![("100644", b"f", &file)]);
    for _ in 0..30 {
        path = bare.tree(&vec![("40000", long.as_bytes(), &path)]);
    }
    assert_refused(&work, &bare, &path, "long");
    let (mut bomb, mut mode) = (file, "100644");
    for _ in 0..10 {
        let names: Vec<String> = (0..10).map(|n| format!("d{n}")).collect();
        bomb = bare.tree(
            &names
                .iter()
                .map(|name| (mode, name.as_bytes(), bomb.as_str()))
                .collect(),
        );
        mode = "40000";
    }
    let start = Instant::now();
    assert_refused(&work, &bare, &bomb, "bomb");
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}

/// Links arrive as the text that they are; nothing is read or written through them.
#[test]
fn links_of_a_repository_lead_nowhere() {
    let work = Work::new();
    let bare = Bare::of(&work.desk);
    let secret = work.desk.path("secret.txt");
    fs::write(&secret, "not yours\n").unwrap();
    let to = |target: &str| bare.blob(target.as_bytes());
    let (outside, hooks, up, chain) = (
        to(&secret.to_string_lossy()),
        to(".git/hooks"),
        to("../../.."),
        to("outside"),
    );
    let modules = bare.blob(b"[submodule \"s\"]\n\tpath = s\n\turl = ext::sh -c touch% canary\n");
    let head = bare.git(&["rev-parse", "main"]);
    let tree = bare.tree(&vec![
        ("100644", b".gitmodules", &modules),
        ("120000", b"chain", &chain),
        ("120000", b"hooks", &hooks),
        ("120000", b"outside", &outside),
        ("160000", b"s", &head),
        ("120000", b"up", &up),
    ]);
    bare.branch("links", &tree);
    bare.git(&["symbolic-ref", "HEAD", "refs/heads/links"]);
    let arguments = ["clone", &work.desk.url(), "new", "--ca-file", &work.desk.ca()];
    let cloned = work.desk.ok(work.desk.home(), &arguments);
    assert!(!cloned["warnings"].as_array().unwrap().is_empty(), "{cloned}");
    let new = work.desk.path("new");
    for name in ["chain", "hooks", "outside", "up"] {
        assert!(fs::symlink_metadata(new.join(name)).unwrap().is_file(), "{name}");
        let ran = work.desk.sheaf(&new, &["show", name]);
        assert!(!ran.stdout.contains("not yours"), "{name}: {}", ran.stdout);
    }
    assert_eq!(fs::read_dir(new.join("s")).unwrap().count(), 0);
    work.desk.ok(&new, &["discard"]);
    work.desk.clean(&new);
    assert_eq!(fs::read_to_string(&secret).unwrap(), "not yours\n");
    assert!(!new.join("canary").exists());
}
