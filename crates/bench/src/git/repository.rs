//! The repositories that are measured, made once and kept: the same bytes on every machine.

use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::stream::Stream;
use crate::failure::Failure;
use crate::fixture::{self, Fixture};
use crate::tool::{git, program};

/// Commits that are in the host's repository but on no branch yet, for fetches that find one new commit.
pub(super) const NEXT: usize = 200;
/// Requests that one commit of a history changes.
const PER_COMMIT: usize = 3;
/// Written into a repository that is whole; another number makes all of them anew.
const VERSION: &str = "3";
const MAIN: &str = "refs/heads/main";

/// What a repository is made like.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    name: &'static str,
    /// Requests, a file each; none: one v5 file.
    requests: usize,
    commits: usize,
}

/// One that is there, bare, on the host.
pub(super) struct Repository {
    pub(super) name: &'static str,
    pub(super) path: PathBuf,
    /// Paths of the files that hold requests.
    pub(super) files: Vec<String>,
}

impl Shape {
    pub(super) fn files(name: &'static str, requests: usize, commits: usize) -> Self {
        Self {
            name,
            requests,
            commits,
        }
    }

    pub(super) fn one_file(name: &'static str, commits: usize) -> Self {
        Self::files(name, 0, commits)
    }

    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// Makes it in the empty repository there, unless that was done before.
    pub(super) fn make(&self, path: &Path) -> Result<Repository, Failure> {
        let start = self.start();
        let files = start.iter().map(|(path, _)| path.clone());
        let repository = Repository {
            name: self.name,
            path: path.to_owned(),
            files: files.filter(|path| is_edited(path)).collect(),
        };
        let mark = path.join("bench-version");
        let version = format!("{VERSION} {} {}", self.requests, self.commits);
        if std::fs::read_to_string(&mark).is_ok_and(|made| made == version) {
            repository.reset()?;
            return Ok(repository);
        }
        println!("Making repository {} …", self.name);
        self.import(path, start)?;
        git(path, &["config", "transfer.hideRefs", "refs/bench"])?;
        git(path, &["config", "gc.auto", "0"])?;
        git(path, &["tag", "--force", "start", "main"])?;
        git(
            path,
            &["repack", "-a", "-d", "-f", "--quiet", "--write-bitmap-index"],
        )?;
        std::fs::write(mark, version)?;
        Ok(repository)
    }

    fn start(&self) -> Vec<(String, String)> {
        match self.requests {
            0 => fixture::one_file(),
            requests => fixture::requests(requests),
        }
    }

    fn import(&self, path: &Path, start: Vec<(String, String)>) -> Result<(), Failure> {
        let mut import = program("git", path);
        import.args(["fast-import", "--quiet", "--done", "--force"]);
        let mut import = import.stdin(Stdio::piped()).spawn()?;
        let pipe = import
            .stdin
            .take()
            .ok_or_else(|| Failure::new("no pipe to git"))?;
        let mut stream = Stream::new(BufWriter::new(pipe));
        stream.commit(MAIN, None, &start)?;
        let mut files: Vec<_> = start.into_iter().filter(|(path, _)| is_edited(path)).collect();
        let per_commit = PER_COMMIT.min(files.len());
        let mut edit = |turn: usize, many: usize| {
            let count = files.len();
            let at = |n: usize| (turn * per_commit + n) * 7 % count;
            (0..many)
                .map(|n| edited(&mut files[at(n)], turn))
                .collect::<Vec<_>>()
        };
        for turn in 1..self.commits {
            stream.commit(MAIN, None, &edit(turn, per_commit))?;
        }
        for turn in 0..NEXT {
            let after = turn.checked_sub(1).map_or_else(|| MAIN.to_owned(), next);
            stream.commit(&next(turn), Some(&after), &edit(self.commits + turn, 1))?;
        }
        stream.end()?;
        match import.wait()? {
            status if status.success() => Ok(()),
            status => Err(Failure::new(format!("git fast-import failed ({status})"))),
        }
    }
}

impl Repository {
    /// The files of a clone, to edit them.
    pub(super) fn fixture(&self, root: &Path) -> Fixture {
        Fixture {
            root: root.to_owned(),
            paths: self.files.clone(),
        }
    }

    /// Back to the last commit of the history that it was made with.
    pub(super) fn reset(&self) -> Result<(), Failure> {
        git(&self.path, &["update-ref", MAIN, "start"])
    }

    /// One more commit for `main`.
    pub(super) fn advance(&self, turn: usize) -> Result<(), Failure> {
        git(&self.path, &["update-ref", MAIN, &next(turn)])
    }
}

fn next(turn: usize) -> String {
    format!("refs/bench/next-{turn}")
}

fn is_edited(path: &str) -> bool {
    path.contains("/Request/") || !path.contains(".insomnia/")
}

/// The next text of a file: one request has another address.
fn edited((path, text): &mut (String, String), turn: usize) -> (String, String) {
    const KEY: &str = "url: ";
    let is_address = |line: &&str| line.trim_start_matches([' ', '-']).starts_with(KEY);
    let addresses = text.lines().filter(is_address).count().max(1);
    let mut place = turn * 31 % addresses;
    let address = format!("https://parcels.example.test/v{turn}/edited");
    let mut next = String::with_capacity(text.len() + address.len());
    for line in text.split_inclusive('\n') {
        match line.split_once(KEY).filter(|_| is_address(&line)) {
            Some((before, _)) if place == 0 => {
                place = usize::MAX;
                next.extend([before, KEY, &address, "\n"]);
            }
            Some(_) => {
                place -= 1;
                next.push_str(line);
            }
            None => next.push_str(line),
        }
    }
    next.clone_into(text);
    (path.clone(), next)
}
