//! A repository in a folder of its own, and the git program to look at it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sheaf_git::error::GitError;
use sheaf_git::file_merge::{ChangedFiles, Disagreement, FileAnswer, FileMerge, Open, Settled};
use sheaf_git::model::{Author, FileStatus, Oid};
use sheaf_git::repository::Repo;
use tempfile::TempDir;

/// A repository that goes away with the test.
pub(crate) struct Project {
    _dir: TempDir,
    pub(crate) root: PathBuf,
    home: PathBuf,
    pub(crate) repo: Repo,
}

impl Project {
    /// Without any commit.
    pub(crate) fn empty() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("project");
        let home = dir.path().join("home");
        fs::create_dir_all(&home).unwrap();
        let repo = Repo::init(&root).unwrap();
        repo.config_set("user.name", Some("Ada")).unwrap();
        repo.config_set("user.email", Some("ada@example.org")).unwrap();
        Self {
            _dir: dir,
            root,
            home,
            repo,
        }
    }

    /// With these files committed.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let project = Self::empty();
        project.edit(files);
        project.commit("First");
        project
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Writes files as an editor would.
    pub(crate) fn edit(&self, files: &[(&str, &str)]) {
        for (path, text) in files {
            let file = self.path(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
    }

    pub(crate) fn text(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.path(path)).ok()
    }

    pub(crate) fn commit(&self, message: &str) -> Oid {
        self.repo.commit(None, message, &author()).unwrap().id
    }

    pub(crate) fn head(&self) -> Oid {
        Oid(self.git(&["rev-parse", "HEAD"]).trim().to_owned())
    }

    /// Path and letter of each change, as short as possible.
    pub(crate) fn changes(&self) -> Vec<String> {
        let letter = |s| match s {
            FileStatus::Added => 'A',
            FileStatus::Modified => 'M',
            FileStatus::Deleted => 'D',
        };
        self.repo
            .status()
            .unwrap()
            .into_iter()
            .map(|c| format!("{} {}", letter(c.status), c.path))
            .collect()
    }

    pub(crate) fn git(&self, args: &[&str]) -> String {
        let (ok, out) = self.try_git(args, "");
        assert!(ok, "git {args:?}: {out}");
        out
    }

    pub(crate) fn git_in(&self, args: &[&str], input: &str) -> String {
        let (ok, out) = self.try_git(args, input);
        assert!(ok, "git {args:?}: {out}");
        out
    }

    /// The git program, without the user's and the system's configuration.
    pub(crate) fn try_git(&self, args: &[&str], input: &str) -> (bool, String) {
        use std::io::Write;
        let mut child = Command::new("git")
            .current_dir(&self.root)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
            .env("HOME", &self.home)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_AUTHOR_NAME", "Git")
            .env("GIT_AUTHOR_EMAIL", "git@example.org")
            .env("GIT_COMMITTER_NAME", "Git")
            .env("GIT_COMMITTER_EMAIL", "git@example.org")
            .env("LC_ALL", "C.UTF-8")
            .args(["-c", "core.quotepath=false", "-c", "gc.auto=0"])
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let out = child.wait_with_output().unwrap();
        let mut text = String::from_utf8_lossy(&out.stdout).into_owned();
        if !out.status.success() {
            text.push_str(&String::from_utf8_lossy(&out.stderr));
        }
        (out.status.success(), text)
    }

    /// `git status`, one line a file.
    pub(crate) fn git_status(&self) -> Vec<String> {
        let out = self.git(&["status", "--porcelain", "-uall"]);
        out.lines().map(str::to_owned).collect()
    }

    /// git finds no fault, sees the branch as clean, and agrees about the files.
    pub(crate) fn assert_clean(&self) {
        assert_eq!(self.changes(), Vec::<String>::new());
        assert_eq!(self.git_status(), Vec::<String>::new());
        self.assert_sound();
    }

    /// git finds no fault, and nothing of ours lies around.
    pub(crate) fn assert_sound(&self) {
        let out = self.git(&["fsck", "--strict", "--no-dangling"]);
        assert!(!out.contains("error") && !out.contains("missing"), "{out}");
        let lock = fs::read(self.path(".git/index.lock")).ok();
        assert!(
            lock.is_none(),
            "{:?}",
            String::from_utf8_lossy(&lock.unwrap_or_default())
        );
        assert!(!self.path(".git/sheaf/pending").exists());
        assert!(
            !self.files().keys().any(|p| p.contains(".sheaf-tmp-")),
            "{:?}",
            self.files()
        );
    }

    /// Every file of the work tree.
    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut found = BTreeMap::new();
        collect(&self.root, &self.root, &mut found);
        found
    }

    /// Files, refs, HEAD and index, to see that nothing changed.
    pub(crate) fn everything(&self) -> (BTreeMap<String, Vec<u8>>, String, String, String) {
        let refs = self.git(&["for-each-ref"]);
        let head = fs::read_to_string(self.path(".git/HEAD")).unwrap();
        (self.files(), refs, head, self.git(&["ls-files", "--stage"]))
    }

    pub(crate) fn branch(&self, name: &str) {
        self.repo.create_branch(name, None).unwrap();
    }

    pub(crate) fn switch(&self, name: &str) {
        use sheaf_git::switch::{SwitchMode, SwitchOutcome};
        let outcome = self
            .repo
            .switch_branch(name, SwitchMode::Carry, &NoMerge)
            .unwrap();
        assert!(matches!(outcome, SwitchOutcome::Switched { .. }), "{outcome:?}");
    }
}

fn collect(root: &Path, dir: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
        if name == ".git" {
            continue;
        }
        if path.is_symlink() {
            found.insert(
                name,
                fs::read_link(&path)
                    .unwrap()
                    .into_os_string()
                    .into_encoded_bytes(),
            );
        } else if path.is_dir() {
            collect(root, &path, found);
        } else {
            found.insert(name, fs::read(&path).unwrap());
        }
    }
}

pub(crate) fn author() -> Author {
    Author {
        name: "Ada".into(),
        email: "ada@example.org".into(),
    }
}

pub(crate) fn strings(list: &[&str]) -> Vec<String> {
    list.iter().map(|s| (*s).to_owned()).collect()
}

/// Answers by path.
pub(crate) type Answers = BTreeMap<String, FileAnswer>;

/// Everything is a question.
pub(crate) struct NoMerge;

/// Text is merged by lines.
pub(crate) struct Lines;

/// Either of them, with answers.
pub(crate) struct Answering {
    lines: bool,
    answers: Answers,
}

impl Answering {
    pub(crate) fn all(answers: &Answers) -> Self {
        Self {
            lines: false,
            answers: answers.clone(),
        }
    }

    pub(crate) fn lines(answers: &Answers) -> Self {
        Self {
            lines: true,
            ..Self::all(answers)
        }
    }
}

impl FileMerge for NoMerge {
    type Question = String;

    fn merge(&self, _: &ChangedFiles<'_, String>) -> Result<Settled<String>, GitError> {
        Ok(Settled::default())
    }
}

impl FileMerge for Lines {
    type Question = String;

    fn merge(&self, _: &ChangedFiles<'_, String>) -> Result<Settled<String>, GitError> {
        Ok(Settled::default())
    }

    fn lines(&self, _: &str) -> bool {
        true
    }
}

impl FileMerge for Answering {
    type Question = String;

    fn merge(&self, _: &ChangedFiles<'_, String>) -> Result<Settled<String>, GitError> {
        Ok(Settled::default())
    }

    fn answer(&self, question: &Disagreement) -> Option<FileAnswer> {
        self.answers.get(&question.path).cloned()
    }

    fn lines(&self, _: &str) -> bool {
        self.lines
    }
}

/// What is asked about files, by path.
pub(crate) fn disagreements(open: Vec<Open<String>>) -> Vec<Disagreement> {
    let file = |open| match open {
        Open::File(file) => file,
        Open::Asked(what) => panic!("{what}"),
    };
    let mut files: Vec<_> = open.into_iter().map(file).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}
