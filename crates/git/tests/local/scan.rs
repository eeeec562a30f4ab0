//! The look at the work tree against git's own, after whatever people and programs do to it.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, SystemTime};

use sheaf_git::model::FileStatus;

use crate::support::{Project, author};

/// Numbers that look random and are the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

const PATHS: [&str; 9] = [
    "a",
    "b.log",
    "d/a",
    "d/b",
    "d/e/a",
    "d/e/f/b.log",
    ".insomnia/Request/req_1.yml",
    "build/out",
    "zoë",
];

/// What git would commit if everything were added; the index is afterwards what it was.
fn of_git(p: &Project) -> BTreeMap<String, FileStatus> {
    let index = p.path(".git/index");
    let before = fs::read(&index).unwrap();
    let written = fs::metadata(&index).unwrap().modified().unwrap();
    p.git(&["add", "--all"]);
    let out = p.git(&["diff", "--cached", "--name-status", "--no-renames", "HEAD"]);
    fs::write(&index, before).unwrap();
    fs::File::options()
        .write(true)
        .open(&index)
        .unwrap()
        .set_modified(written)
        .unwrap();
    let told = out.lines().map(|line| {
        let (letter, path) = line.split_once('\t').unwrap();
        let status = match letter {
            "A" => FileStatus::Added,
            "D" => FileStatus::Deleted,
            _ => FileStatus::Modified,
        };
        (path.to_owned(), status)
    });
    told.collect()
}

fn of_sheaf(p: &Project) -> BTreeMap<String, FileStatus> {
    let scan = p.repo.scan().unwrap();
    let files: Vec<_> = scan.files.iter().map(|file| file.path.clone()).collect();
    let mut sorted = files.clone();
    sorted.sort();
    assert_eq!(files, sorted);
    for change in &scan.changes {
        let is_there = files.contains(&change.path);
        assert_eq!(is_there, change.status != FileStatus::Deleted, "{}", change.path);
    }
    scan.changes
        .into_iter()
        .map(|change| (change.path, change.status))
        .collect()
}

fn do_something(p: &Project, numbers: &mut Numbers) -> String {
    let path = numbers.of(&PATHS);
    let file = p.path(path);
    let clear = || {
        let _ = fs::remove_file(&file);
        let _ = fs::remove_dir_all(&file);
    };
    let room = || {
        for above in file.ancestors().skip(1).take_while(|above| *above != p.root) {
            if above.symlink_metadata().is_ok_and(|meta| !meta.is_dir()) {
                fs::remove_file(above).unwrap();
            }
        }
        fs::create_dir_all(file.parent().unwrap()).unwrap();
    };
    let what = numbers.below(11);
    match what {
        0 | 1 => {
            clear();
            room();
            fs::write(&file, format!("{}\n", numbers.below(3))).unwrap();
        }
        2 => clear(),
        3 => {
            clear();
            room();
            fs::create_dir(&file).unwrap();
            fs::write(file.join("inside"), "1\n").unwrap();
        }
        4 => {
            let folder = file.parent().unwrap();
            if folder != p.root {
                let _ = fs::remove_dir_all(folder);
                let _ = fs::remove_file(folder);
            }
        }
        5 => {
            p.git(&["add", "--all"]);
        }
        6 => {
            p.git(&["add", "--all"]);
            p.git(&["commit", "--quiet", "--allow-empty", "--message", "x"]);
        }
        7 => {
            let _ = p.repo.commit(None, "y", &author());
        }
        8 => fs::write(
            p.path(".gitignore"),
            numbers.of(&["*.log\n", "build/\n", "d\n!d/a\n", ""]),
        )
        .unwrap(),
        9 => odd_file(p, &file, &clear, &room),
        _ => {
            p.git(&["status"]);
        }
    }
    format!("{what} {path}")
}

#[cfg(unix)]
fn odd_file(p: &Project, file: &std::path::Path, clear: &dyn Fn(), room: &dyn Fn()) {
    use std::os::unix::fs::{PermissionsExt, symlink};
    if file.symlink_metadata().is_ok_and(|meta| meta.is_file()) {
        fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
    } else {
        clear();
        room();
        symlink(p.path("a"), file).unwrap();
    }
}

#[cfg(not(unix))]
fn odd_file(_p: &Project, _file: &std::path::Path, _clear: &dyn Fn(), _room: &dyn Fn()) {}

#[test]
fn a_look_says_what_git_says() {
    for seed in 0..6 {
        let p = Project::with(&[("a", "1\n"), ("d/a", "1\n"), ("d/e/a", "1\n"), ("keep", "1\n")]);
        let mut numbers = Numbers(seed);
        let mut done = Vec::new();
        for _ in 0..20 {
            done.push(do_something(&p, &mut numbers));
            assert_eq!(of_sheaf(&p), of_git(&p), "seed {seed}: {done:?}");
        }
    }
}

#[test]
fn a_repository_within_is_not_looked_into() {
    let p = Project::with(&[("a", "1\n")]);
    p.edit(&[("new/b", "1\n"), ("inner/c", "1\n"), ("inner/deep/d", "1\n")]);
    p.git(&["init", "--quiet", "inner"]);
    let changes: Vec<_> = p.repo.status().unwrap().into_iter().map(|c| c.path).collect();
    assert_eq!(changes, ["new/b"]);
}

#[test]
fn many_files_in_many_folders_are_read_as_they_are() {
    let (p, files) = committed(1500);
    let paths: Vec<&str> = files
        .iter()
        .map(|(path, _)| path.as_str())
        .chain(["gone", "d1/gone", "d1"])
        .collect();
    let read = p.repo.read_work_files(&paths);
    let head = p.repo.head().unwrap().commit().cloned().unwrap();
    let committed = p.repo.files_of(&head, &paths).unwrap();
    for (n, (work, commit)) in read.into_iter().zip(committed).enumerate() {
        let expected = files.get(n).map(|(_, text)| text.as_bytes().to_vec());
        assert_eq!(work.unwrap(), expected, "{}", paths[n]);
        assert_eq!(commit.unwrap(), expected, "{}", paths[n]);
    }
}

#[test]
#[cfg(unix)]
fn a_link_is_not_read_through() {
    let p = Project::with(&[("d/a", "1\n")]);
    std::os::unix::fs::symlink("a", p.path("d/link")).unwrap();
    std::os::unix::fs::symlink("d", p.path("other")).unwrap();
    let read = p
        .repo
        .read_work_files(&["d/a", "d/link", "other/a", "../a", ".git/HEAD"]);
    let codes: Vec<_> = read.into_iter().map(|r| r.map_err(|e| e.code())).collect();
    assert_eq!(codes[0], Ok(Some(b"1\n".to_vec())));
    assert!(codes[1..].iter().all(Result::is_err), "{codes:?}");
}

/// So many files in seven folders, committed, with their texts.
fn committed(count: usize) -> (Project, Vec<(String, String)>) {
    let p = Project::empty();
    let files: Vec<(String, String)> = (0..count)
        .map(|n| (format!("d{}/f{n}", n % 7), format!("text {n}\n")))
        .collect();
    let texts: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    p.edit(&texts);
    p.commit("Many");
    (p, files)
}

/// More files than are worth a note in the index, all committed, and older than the index.
fn many() -> Project {
    let (p, _) = committed(300);
    touch(&p, 500);
    p.git(&["update-index", "-q", "--refresh"]);
    p
}

fn touch(p: &Project, age: u64) {
    let time = SystemTime::now() - Duration::from_secs(age);
    for n in 0..300 {
        let file = p.path(&format!("d{}/f{n}", n % 7));
        fs::File::options()
            .write(true)
            .open(file)
            .unwrap()
            .set_modified(time)
            .unwrap();
    }
}

#[test]
fn the_index_is_told_how_files_look_that_were_only_touched() {
    let p = many();
    touch(&p, 400);
    // Without a refresh git takes what looks other for changed.
    assert_eq!(p.git(&["diff-files", "--name-only"]).lines().count(), 300);
    assert_eq!(of_sheaf(&p), BTreeMap::new());
    assert_eq!(p.git(&["diff-files", "--name-only"]), "");
    p.assert_clean();
    // An edit afterwards is seen, whatever it looks like.
    p.edit(&[("d0/f0", "text 9\n")]);
    assert_eq!(of_sheaf(&p), of_git(&p));
    assert_eq!(of_sheaf(&p).len(), 1);
}

#[test]
fn the_index_of_somebody_else_at_work_is_left_alone() {
    let p = many();
    let index = || fs::read(p.path(".git/index")).unwrap();
    touch(&p, 400);
    let before = index();
    fs::write(p.path(".git/index.lock"), "").unwrap();
    assert_eq!(of_sheaf(&p), BTreeMap::new());
    assert_eq!(index(), before, "another program holds the lock");
    fs::remove_file(p.path(".git/index.lock")).unwrap();
    p.edit(&[("staged", "by git")]);
    p.git(&["add", "staged"]);
    touch(&p, 300);
    let before = index();
    assert_eq!(of_sheaf(&p).len(), 1);
    assert_eq!(index(), before, "something is staged");
}
