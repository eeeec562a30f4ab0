//! What git and other programs do to a project is noticed, with real git and a real file system.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use sheaf_project::collection::model::{FieldEdit, ResourceId};
use sheaf_project::keychain::TokenStore;
use sheaf_project::project::Project;
use sheaf_project::watch::{How, Watch};
use tempfile::TempDir;

/// Far more than it ever takes, for machines that are busy.
const PATIENCE: Duration = Duration::from_secs(60);
/// Time for something that should not come.
const MOMENT: Duration = Duration::from_millis(700);

const BOTH: [How; 2] = [How::Told, How::Looking];
const REQUEST: &str = ".insomnia/Request/req_1.yml";

struct Place {
    folder: TempDir,
    project: Project,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("project");
        fs::create_dir(&root).unwrap();
        git(&root, &["init", "--quiet", "--initial-branch=main"]);
        write(
            &root,
            ".insomnia/Workspace/wrk_1.yml",
            "_id: wrk_1\ntype: Workspace\nparentId: null\nname: A\n",
        );
        write(&root, REQUEST, &request("a"));
        git(&root, &["add", "--all"]);
        git(&root, &["commit", "--quiet", "--message", "Start"]);
        let project = Project::open(&root, Arc::new(TokenStore::memory())).unwrap();
        Self { folder, project }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("project")
    }

    /// Shown, and watched from then on.
    fn shown(&self, how: How) -> Watch {
        self.project.view().unwrap();
        let watch = self.project.watch(how);
        assert_eq!(watch.how(), how);
        watch
    }

    fn names(&self) -> Vec<String> {
        let view = self.project.view().unwrap();
        view.collections[0]
            .items
            .iter()
            .map(|node| node.name.clone())
            .collect()
    }
}

fn request(name: &str) -> String {
    format!(
        "_id: req_1\ntype: Request\nparentId: wrk_1\nname: {name}\nurl: https://a.example.test\nmethod: GET\n"
    )
}

fn write(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

fn git(root: &Path, arguments: &[&str]) {
    let done = Command::new("git")
        .current_dir(root)
        .args(["-c", "user.name=Ana", "-c", "user.email=ana@example.test"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// `act` is noticed, in both ways of noticing.
fn noticed(act: impl Fn(&Path)) {
    for how in BOTH {
        let place = Place::new();
        let mut watch = place.shown(how);
        act(&place.root());
        assert!(watch.wait(PATIENCE), "{how:?}");
    }
}

#[test]
fn a_file_that_is_created() {
    noticed(|root| {
        write(
            root,
            ".insomnia/Request/req_2.yml",
            &request("b").replace("req_1", "req_2"),
        );
    });
}

#[test]
fn a_file_that_is_edited() {
    noticed(|root| write(root, REQUEST, &request("b")));
}

#[test]
fn a_file_that_is_renamed() {
    noticed(|root| fs::rename(root.join(REQUEST), root.join("elsewhere.yml")).unwrap());
}

#[test]
fn a_file_that_is_deleted() {
    noticed(|root| fs::remove_file(root.join(REQUEST)).unwrap());
}

#[test]
fn a_folder_that_is_renamed() {
    noticed(|root| fs::rename(root.join(".insomnia/Request"), root.join(".insomnia/Old")).unwrap());
}

#[test]
fn a_branch_that_git_makes() {
    noticed(|root| git(root, &["branch", "other"]));
}

#[test]
fn a_commit_that_changes_no_file() {
    noticed(|root| {
        git(
            root,
            &["commit", "--quiet", "--allow-empty", "--message", "Nothing"],
        );
    });
}

#[test]
fn a_checkout_by_git() {
    for how in BOTH {
        let place = Place::new();
        let root = place.root();
        git(&root, &["checkout", "--quiet", "-b", "other"]);
        write(&root, REQUEST, &request("b"));
        git(&root, &["commit", "--quiet", "--all", "--message", "Rename"]);
        let mut watch = place.shown(how);
        assert_eq!(place.names(), ["b"]);
        git(&root, &["checkout", "--quiet", "main"]);
        assert!(watch.wait(PATIENCE), "{how:?}");
        assert_eq!(place.names(), ["a"]);
    }
}

#[test]
fn a_folder_that_came_later_is_watched_too() {
    let place = Place::new();
    let mut watch = place.shown(How::Told);
    for name in ["one", "one/two", "one/two/three"] {
        fs::create_dir(place.root().join(name)).unwrap();
        write(&place.root(), &format!("{name}/file.txt"), "text");
        assert!(watch.wait(PATIENCE), "{name}");
        place.project.view().unwrap();
    }
    fs::rename(place.root().join("one"), place.root().join("uno")).unwrap();
    assert!(watch.wait(PATIENCE));
    place.project.view().unwrap();
    write(&place.root(), "uno/two/three/file.txt", "another text");
    assert!(watch.wait(PATIENCE));
}

#[test]
fn a_project_that_goes_and_comes_back() {
    let place = Place::new();
    let mut watch = place.shown(How::Told);
    let (root, away) = (place.root(), place.folder.path().join("away"));
    fs::rename(&root, &away).unwrap();
    assert!(watch.wait(PATIENCE), "it is gone");
    fs::rename(&away, &root).unwrap();
    // Told of the coming back or not: the last view shows what is there again.
    while watch.how() == How::Looking {
        watch.wait(PATIENCE.min(MOMENT));
    }
    write(&root, REQUEST, &request("b"));
    assert!(watch.wait(PATIENCE), "it is watched again");
}

#[test]
fn what_changed_after_the_view_and_before_the_watch() {
    for how in BOTH {
        let place = Place::new();
        place.project.view().unwrap();
        write(&place.root(), REQUEST, &request("b"));
        let mut watch = place.project.watch(how);
        assert!(watch.wait(PATIENCE), "{how:?}");
        assert_eq!(place.names(), ["b"]);
        assert!(!watch.wait(MOMENT), "{how:?}: it was told");
    }
}

#[test]
fn what_we_write_ourselves_is_no_news() {
    for how in BOTH {
        let place = Place::new();
        let mut watch = place.shown(how);
        let edit = FieldEdit {
            path: "name".to_owned(),
            value: Some("b".into()),
        };
        place
            .project
            .edit(&ResourceId("req_1".to_owned()), None, &[edit])
            .unwrap();
        place.project.view().unwrap();
        assert!(!watch.wait(MOMENT), "{how:?}");
        write(&place.root(), REQUEST, &request("c"));
        assert!(watch.wait(PATIENCE), "{how:?}: what others write still is");
    }
}

#[test]
fn what_nobody_sees_is_no_news() {
    let place = Place::new();
    write(&place.root(), ".gitignore", "node_modules\n*.log\n");
    fs::create_dir_all(place.root().join("node_modules/a")).unwrap();
    let mut watch = place.shown(How::Told);
    write(&place.root(), "node_modules/a/index.js", "1");
    write(&place.root(), "trace.log", "1");
    git(&place.root(), &["status", "--porcelain"]);
    place.project.view().unwrap();
    assert!(!watch.wait(MOMENT));
}

#[test]
fn a_burst_is_one_piece_of_news() {
    let place = Place::new();
    let mut watch = place.shown(How::Told);
    for n in 0..2000 {
        write(&place.root(), &format!("notes/{n}.txt"), "text");
    }
    let mut told = 0;
    while watch.wait(if told == 0 { PATIENCE } else { MOMENT }) {
        told += 1;
        place.project.view().unwrap();
    }
    assert!((1..=4).contains(&told), "{told} times");
}

/// What is shown right after something happened, without any wait, is what is there.
#[test]
fn nothing_that_happened_is_missing_from_the_next_look() {
    let place = Place::new();
    let root = place.root();
    let mut watch = place.shown(How::Told);
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        // Folders that come are watched by who waits.
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                watch.wait(Duration::from_millis(50));
            }
        });
        let paths = || -> Vec<String> {
            let changes = place.project.changes().unwrap().changes;
            let mut paths: Vec<String> = changes.into_iter().map(|change| change.path).collect();
            paths.sort();
            paths
        };
        assert_eq!(paths(), Vec::<String>::new());
        for turn in 0..40 {
            let fresh = format!("notes/{turn}/note.txt");
            write(&root, &fresh, "new");
            assert_eq!(paths(), std::slice::from_ref(&fresh), "a new folder, {turn}");
            let beside = format!("notes/{turn}/other.txt");
            write(&root, &beside, "new");
            assert_eq!(
                paths(),
                [fresh.clone(), beside.clone()],
                "a second file in it, {turn}"
            );
            fs::remove_dir_all(root.join("notes")).unwrap();
            assert_eq!(paths(), Vec::<String>::new(), "it is gone, {turn}");

            write(&root, REQUEST, &request(&format!("b{turn}")));
            assert_eq!(paths(), [REQUEST], "an edit, {turn}");
            write(&root, REQUEST, &request("a"));
            assert_eq!(paths(), Vec::<String>::new(), "the edit taken back, {turn}");

            write(&root, REQUEST, &request(&format!("c{turn}")));
            git(&root, &["commit", "--quiet", "--all", "--message", "Edit"]);
            assert_eq!(paths(), Vec::<String>::new(), "a commit, {turn}");
            git(&root, &["reset", "--quiet", "--mixed", "HEAD~1"]);
            assert_eq!(paths(), [REQUEST], "the commit taken back, {turn}");
            git(&root, &["checkout", "--quiet", "--", "."]);
            assert_eq!(paths(), Vec::<String>::new(), "a checkout, {turn}");
        }
        stop.store(true, Ordering::Relaxed);
    });
}

/// A file that is written by another name of its own, outside of the project, is not told of: so it can be seen here that
/// nothing is looked at without a reason, and that all is after a while.
#[cfg(target_os = "linux")]
#[test]
fn a_look_is_spared_while_nothing_is_told() {
    let place = Place::new();
    let root = place.root();
    let elsewhere = place.folder.path().join("elsewhere.yml");
    fs::hard_link(root.join(REQUEST), &elsewhere).unwrap();
    let _watch = place.shown(How::Told);
    assert!(place.project.changes().unwrap().changes.is_empty());
    fs::write(&elsewhere, request("b")).unwrap();
    assert!(
        place.project.changes().unwrap().changes.is_empty(),
        "it was looked at"
    );
    let start = Instant::now();
    while place.project.changes().unwrap().changes.is_empty() {
        assert!(start.elapsed() < PATIENCE, "it is never looked at");
        std::thread::sleep(MOMENT);
    }
}
