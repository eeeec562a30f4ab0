//! What can be seen of a project and its remote, without what no two runs have in common: times, and ids made of them.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::scene::Scene;
use crate::support::files;

/// By name: a ref with its history and its files, a file, an entry of the index, a setting.
pub(crate) type State = BTreeMap<String, String>;

/// What commits and contents look like never changes.
#[derive(Default)]
pub(crate) struct Eye {
    commits: RefCell<HashMap<String, String>>,
    blobs: RefCell<HashMap<String, String>>,
}

impl Eye {
    /// The project, and with it what the remote has.
    pub(crate) fn state(&self, scene: &Scene) -> State {
        let mut state = State::new();
        if scene.dir.exists() {
            self.look_at_project(scene, &scene.dir, &mut state);
        }
        for (name, value) in self.refs(scene, &scene.bare()) {
            state.insert(format!("remote {name}"), value);
        }
        state
    }

    fn look_at_project(&self, scene: &Scene, dir: &Path, state: &mut State) {
        for (name, value) in self.refs(scene, dir) {
            state.insert(name, value);
        }
        for line in scene.desk.git(dir, &["ls-files", "--stage"]).lines() {
            let (entry, path) = line.split_once('\t').unwrap();
            let parts: Vec<&str> = entry.split(' ').collect();
            let text = self.blob(scene, dir, parts[1]);
            state.insert(
                format!("index {} {path}", parts[2]),
                format!("{} {text}", parts[0]),
            );
        }
        for (path, bytes) in files(dir, &|path| !path.ends_with(".git")) {
            let name = path.strip_prefix(dir).unwrap().display().to_string();
            state.insert(format!("file {name}"), without_times(&bytes));
        }
        let text = |name: &str| fs::read_to_string(dir.join(".git").join(name)).unwrap();
        state.insert("git HEAD".to_owned(), text("HEAD"));
        state.insert("git config".to_owned(), without_empty_sections(&text("config")));
        let waits = fs::read(dir.join(".git/sheaf/merge.json")).is_ok();
        state.insert("waiting merge".to_owned(), waits.to_string());
    }

    /// Those of Sheaf itself only where they keep what a person put aside.
    fn refs(&self, scene: &Scene, dir: &Path) -> Vec<(String, String)> {
        let format = "--format=%(refname) %(objectname) %(symref)";
        let listed = git(scene, dir, &["for-each-ref", format]);
        let is_shown =
            |name: &str| !name.starts_with("refs/sheaf/") || name.starts_with("refs/sheaf/parked/");
        let lines = listed.lines().map(|line| line.split(' ').collect::<Vec<_>>());
        lines
            .filter(|parts| is_shown(parts[0]))
            .map(|parts| match parts[..] {
                [name, _, symref] if !symref.is_empty() => (name.to_owned(), symref.to_owned()),
                _ => (parts[0].to_owned(), self.commit(scene, dir, parts[1])),
            })
            .collect()
    }

    /// Subjects and authors of its history, and its files.
    fn commit(&self, scene: &Scene, dir: &Path, id: &str) -> String {
        if let Some(known) = self.commits.borrow().get(id) {
            return known.clone();
        }
        let log = git(scene, dir, &["log", "--format=%s / %an / %ae", id]);
        let mut log: Vec<&str> = log.lines().collect();
        log.sort_unstable();
        let mut text = log.join("\n");
        for line in git(scene, dir, &["ls-tree", "-r", id]).lines() {
            let (entry, path) = line.split_once('\t').unwrap();
            let blob = entry.rsplit(' ').next().unwrap();
            text.extend(["\n", path, ": ", &self.blob(scene, dir, blob)]);
        }
        self.commits.borrow_mut().insert(id.to_owned(), text.clone());
        text
    }

    fn blob(&self, scene: &Scene, dir: &Path, id: &str) -> String {
        if let Some(known) = self.blobs.borrow().get(id) {
            return known.clone();
        }
        let text = without_times(git(scene, dir, &["cat-file", "blob", id]).as_bytes());
        let text = text.trim_end().to_owned();
        self.blobs.borrow_mut().insert(id.to_owned(), text.clone());
        text
    }
}

/// The repository of the remote may belong to somebody else.
fn git(scene: &Scene, dir: &Path, arguments: &[&str]) -> String {
    scene
        .desk
        .git(dir, &[&["-c", "safe.directory=*"], arguments].concat())
}

/// A section without a setting says nothing.
fn without_empty_sections(config: &str) -> String {
    let lines: Vec<&str> = config.lines().collect();
    let is_empty = |at: usize| {
        let is_section = |line: &&str| line.starts_with('[');
        is_section(&lines[at]) && lines.get(at + 1).is_none_or(is_section)
    };
    let kept = (0..lines.len()).filter(|at| !is_empty(*at)).map(|at| lines[at]);
    kept.collect::<Vec<_>>().join("\n")
}

fn without_times(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let lines = text
        .split_inclusive('\n')
        .map(|line| match line.split_once("modified: ") {
            Some((before, _)) if before.trim_start().is_empty() => format!("{before}modified: then\n"),
            _ => line.to_owned(),
        });
    lines.collect()
}

/// Names of what differs.
pub(crate) fn differences(one: &State, other: &State) -> Vec<String> {
    let names = one.keys().chain(other.keys());
    let mut differ: Vec<String> = names
        .filter(|name| one.get(*name) != other.get(*name))
        .cloned()
        .collect();
    differ.sort();
    differ.dedup();
    differ
}

/// What an operation left that did not come to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Left {
    Before,
    After,
}

/// Whether it is now as before or as after; what is `alone` may be either by itself.
pub(crate) fn between(before: &State, after: &State, now: &State, alone: &[&str]) -> Result<Left, String> {
    let is_alone = |name: &String| alone.iter().any(|begin| name.starts_with(begin));
    let from_before = differences(now, before);
    let from_after = differences(now, after);
    if let Some(name) = from_before.iter().find(|name| from_after.contains(name)) {
        let (now, before, after) = (now.get(name), before.get(name), after.get(name));
        return Err(format!("{name} is {now:?}, neither {before:?} nor {after:?}"));
    }
    if differences(before, after).iter().all(is_alone) {
        return Ok(if from_after.is_empty() {
            Left::After
        } else {
            Left::Before
        });
    }
    match (from_before.iter().all(is_alone), from_after.iter().all(is_alone)) {
        (true, _) => Ok(Left::Before),
        (_, true) => Ok(Left::After),
        _ => Err(format!(
            "not as before: {from_before:?}; not as after: {from_after:?}"
        )),
    }
}

/// What was being written and has no end, anywhere below the home folder.
pub(crate) fn leftovers(scene: &Scene) -> Vec<PathBuf> {
    let found = files(scene.desk.home(), &|_| true).into_keys();
    let found = found.filter(|path| is_leftover(path));
    found.collect()
}

fn is_leftover(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let begins = ["pack_git2_", "tmp_", ".sheaf-tmp-"];
    let ends = path.extension().is_some_and(|end| end == "lock" || end == "tmp");
    let in_clone = path.to_string_lossy().contains("/.sheaf-clone-");
    ends || in_clone || begins.iter().any(|begin| name.starts_with(begin)) || path.ends_with("sheaf/pending")
}

/// Whoever finds them later finds them old.
pub(crate) fn make_old(paths: &[PathBuf]) {
    let hour_ago = SystemTime::now() - Duration::from_secs(3600);
    for path in paths {
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(hour_ago).unwrap();
    }
}
