//! What a project looked like, so that nothing can get lost unseen.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Desk, REQUEST_ID, Ran, TOKEN, files};

/// A clone that holds something of every kind that could get lost: a commit that is not pushed, an edit, a new file, and
/// a staged text that is neither in a commit nor on disk.
pub(crate) struct Work {
    pub(crate) desk: Desk,
    pub(crate) dir: PathBuf,
}

impl Work {
    pub(crate) fn new() -> Self {
        let desk = Desk::with_collection();
        let dir = desk.clone("work");
        desk.ok(&dir, &["set", REQUEST_ID, "url", "https://mine.example.test"]);
        desk.ok(&dir, &["commit", "-m", "Mine"]);
        desk.ok(&dir, &["set", REQUEST_ID, "name", "Not committed"]);
        fs::write(dir.join("notes.txt"), "not committed\n").unwrap();
        fs::write(dir.join("staged.txt"), "staged and nowhere else\n").unwrap();
        desk.git(&dir, &["add", "staged.txt"]);
        fs::write(dir.join("staged.txt"), "on disk and nowhere else\n").unwrap();
        // Something to receive, on a branch of its own.
        desk.colleague("theirs", &[("theirs.md", "theirs\n")], "Theirs");
        Self { desk, dir }
    }

    pub(crate) fn sheaf(&self, arguments: &[&str]) -> Ran {
        self.desk.sheaf(&self.dir, arguments)
    }

    pub(crate) fn witness(&self) -> Witness {
        Witness::of(&self.desk, &self.dir)
    }

    /// A clone into a new folder, which has to fail.
    pub(crate) fn clone_fails(&self, address: &str, code: &str, what: &str) {
        let arguments = ["clone", address, "new", "--ca-file", &self.desk.ca()];
        let ran = self.desk.sheaf(self.desk.home(), &arguments);
        assert_failed(&ran, code, what);
        assert!(!self.desk.path("new").exists(), "{what}");
    }
}

/// It failed with this code, said what is unchanged and what to do, and gave nothing away.
#[track_caller]
pub(crate) fn assert_failed(ran: &Ran, code: &str, what: &str) {
    assert_eq!((ran.status, ran.code()), (1, code), "{what}: {}", ran.stdout);
    for part in ["message", "unchanged"] {
        let said = ran.json["error"][part].as_str().unwrap_or_default();
        assert!(!said.is_empty(), "{what}: no {part}: {}", ran.stdout);
    }
    assert_silent(ran, what);
}

/// The token is in nothing that was printed.
#[track_caller]
pub(crate) fn assert_silent(ran: &Ran, what: &str) {
    for text in [&ran.stdout, &ran.stderr] {
        assert!(!text.contains(TOKEN), "{what}: {text}");
    }
}

/// Refs, index, settings and files of a project.
pub(crate) struct Witness {
    dir: PathBuf,
    refs: String,
    head: Vec<u8>,
    index: String,
    config: Vec<u8>,
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Witness {
    pub(crate) fn of(desk: &Desk, dir: &Path) -> Self {
        Self {
            dir: dir.to_owned(),
            refs: desk.git(dir, &["for-each-ref"]),
            head: fs::read(dir.join(".git/HEAD")).unwrap(),
            index: desk.git(dir, &["ls-files", "--stage"]),
            config: fs::read(dir.join(".git/config")).unwrap(),
            files: files(dir, &|path| !path.ends_with(".git")),
        }
    }

    /// All of it is as it was, git finds no fault, and nothing is left behind or given away.
    #[track_caller]
    pub(crate) fn untouched(&self, desk: &Desk, what: &str) {
        self.same(desk, what);
        assert_sound(desk, &self.dir, what);
    }

    /// All of it is as it was, but for what is known of the remote.
    #[track_caller]
    pub(crate) fn same_here(mut self, desk: &Desk, what: &str) {
        let of_remote = |line: &&str| !line.contains("refs/remotes/");
        let here = |refs: &str| refs.lines().filter(of_remote).collect::<Vec<_>>().join("\n");
        let now = desk.git(&self.dir, &["for-each-ref"]);
        assert_eq!(here(&now), here(&self.refs), "{what}: refs");
        self.refs = now;
        self.untouched(desk, what);
    }

    /// All of it is as it was.
    #[track_caller]
    pub(crate) fn same(&self, desk: &Desk, what: &str) {
        let now = Self::of(desk, &self.dir);
        assert_eq!(now.refs, self.refs, "{what}: refs");
        assert_eq!(now.head, self.head, "{what}: HEAD");
        assert_eq!(now.index, self.index, "{what}: index");
        assert_eq!(now.config, self.config, "{what}: settings");
        assert!(now.files == self.files, "{what}: files");
    }
}

/// git finds no fault; no lock, half-written file or half-received pack is left; no file holds the token.
#[track_caller]
pub(crate) fn assert_sound(desk: &Desk, dir: &Path, what: &str) {
    let said = desk.git(dir, &["fsck", "--strict", "--no-dangling"]);
    assert!(
        !said.contains("error") && !said.contains("missing"),
        "{what}: {said}"
    );
    assert_nothing_left(desk, what);
}

/// Neither leftovers nor the token are anywhere below the home folder.
#[track_caller]
pub(crate) fn assert_nothing_left(desk: &Desk, what: &str) {
    for (path, bytes) in files(desk.home(), &|_| true) {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let begins = ["pack_git2_", "tmp_", ".sheaf-tmp-"];
        let ends = path.extension().is_some_and(|end| end == "lock" || end == "tmp");
        let left = ends || begins.iter().any(|begin| name.starts_with(begin));
        assert!(!left, "{what}: {} is left", path.display());
        assert!(
            !holds(&bytes, TOKEN.as_bytes()),
            "{what}: the token is in {}",
            path.display()
        );
    }
    let clones = fs::read_dir(desk.home()).unwrap().flatten();
    for entry in clones {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(!name.starts_with(".sheaf-clone-"), "{what}: {name} is left");
    }
}

pub(crate) fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
