//! Files edited as text, files that cannot be read, and what was open and is gone, with real git as the other program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use sheaf_project::collection::model::{FieldEdit, Kind, ResourceId};
use sheaf_project::keychain::TokenStore;
use sheaf_project::model::{EditOutcome, Elsewhere};
use sheaf_project::project::Project;
use tempfile::TempDir;

const REQUEST: &str = ".insomnia/Request/req_1.yml";
const V5: &str = "type: collection.insomnia.rest/5.0\nname: Single # mine\nmeta:\n  id: wrk_9\ncollection:\n  - name: Folder\n    meta:\n      id: fld_9\n      sortKey: 1\n    children:\n      - url: https://a.test # why\n        name: Ping\n        meta:\n          id: req_9\n          sortKey: 1\n        method: GET\n  - url: https://b.test\n    name: Other\n    meta:\n      id: req_8\n      sortKey: 2\n    method: GET\n";

struct Place {
    _folder: TempDir,
    root: PathBuf,
    project: Project,
}

impl Place {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("project");
        fs::create_dir(&root).unwrap();
        git(&root, &["init", "--quiet", "--initial-branch=main"]);
        for (path, text) in files {
            write(&root, path, text);
        }
        git(&root, &["add", "--all"]);
        git(&root, &["commit", "--quiet", "--message", "Start"]);
        let project = Project::open(&root, Arc::new(TokenStore::memory())).unwrap();
        Self {
            _folder: folder,
            root,
            project,
        }
    }

    fn tree() -> Self {
        Self::with(&[
            (
                ".insomnia/Workspace/wrk_1.yml",
                "_id: wrk_1\ntype: Workspace\nparentId: null\nname: A\n",
            ),
            (
                ".insomnia/RequestGroup/fld_1.yml",
                "_id: fld_1\ntype: RequestGroup\nparentId: wrk_1\nname: Folder\n",
            ),
            (REQUEST, &request("a")),
            ("notes.txt", "one\ntwo\n"),
        ])
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap()
    }

    fn save(&self, path: &str, text: &str) -> EditOutcome {
        let version = self.project.text_file(path).unwrap().version;
        self.project.save_text(path, &version, text).unwrap()
    }

    fn refusal(&self, path: &str) -> String {
        self.project.text_file(path).unwrap_err().code().to_owned()
    }

    fn commit_all(&self, message: &str) {
        git(&self.root, &["add", "--all"]);
        git(&self.root, &["commit", "--quiet", "--message", message]);
    }
}

fn request(name: &str) -> String {
    format!(
        "_id: req_1\ntype: Request\nparentId: fld_1\nname: {name}\nurl: https://a.test # kept\nmethod: GET\n"
    )
}

fn write(root: &Path, path: &str, text: impl AsRef<[u8]>) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

fn git(root: &Path, arguments: &[&str]) {
    let author = ["-c", "user.name=Dana", "-c", "user.email=dana@example.test"];
    let ran = Command::new("git")
        .args(author)
        .args(arguments)
        .current_dir(root)
        .status();
    assert!(ran.unwrap().success(), "git {arguments:?}");
}

fn id(id: &str) -> ResourceId {
    ResourceId(id.to_owned())
}

fn set(path: &str, value: &str) -> FieldEdit {
    FieldEdit {
        path: path.to_owned(),
        value: Some(value.into()),
    }
}

#[test]
fn a_text_is_saved_with_an_undo_point_and_only_over_what_was_read() {
    let place = Place::tree();
    let read = place.project.text_file("notes.txt").unwrap();
    assert_eq!(
        (read.kind, read.fields["text"].as_str()),
        (Kind::File, Some("one\ntwo\n"))
    );
    let EditOutcome::Saved { resource } = place.save("notes.txt", "one\nthree\n") else {
        panic!()
    };
    assert_eq!(resource.fields["text"], "one\nthree\n");
    assert_eq!(place.read("notes.txt"), "one\nthree\n");

    let late = place
        .project
        .save_text("notes.txt", &read.version, "mine")
        .unwrap();
    let EditOutcome::ChangedOutside { resource } = late else {
        panic!()
    };
    assert_eq!(resource.fields["text"], "one\nthree\n");
    assert_eq!(place.read("notes.txt"), "one\nthree\n");

    assert_eq!(place.project.undo(None).unwrap().label, "Edit “notes.txt”");
    assert_eq!(place.read("notes.txt"), "one\ntwo\n");
}

#[test]
fn lines_keep_the_way_they_end() {
    let place = Place::tree();
    write(&place.root, "notes.txt", "a\r\nb\nc\r\n");
    place.save("notes.txt", "a\nb\nx\nc\n");
    assert_eq!(place.read("notes.txt"), "a\r\nb\nx\r\nc\r\n");
}

#[test]
fn only_ordinary_texts_of_the_work_tree_are_edited() {
    let place = Place::tree();
    write(&place.root, "picture", [0xff, 0xd8, 0x00]);
    write(&place.root, "large.txt", "x".repeat(5_000_001));
    assert_eq!(place.refusal("picture"), "no-text");
    assert_eq!(place.refusal("large.txt"), "no-text");
    let nowhere = [
        "missing.txt",
        ".insomnia",
        ".git/config",
        "../project/notes.txt",
        "/etc/hostname",
        "",
    ];
    for path in nowhere {
        assert_eq!(place.refusal(path), "not-found", "{path}");
    }
    let version = place.project.text_file("notes.txt").unwrap().version;
    for text in ["nul\0".to_owned(), "x".repeat(5_000_001)] {
        let refused = place.project.save_text("notes.txt", &version, &text).unwrap_err();
        assert_eq!(refused.code(), "no-text");
    }
    assert_eq!(place.read("notes.txt"), "one\ntwo\n");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let place = Place::tree();
    write(place.root.parent().unwrap(), "secret", "s");
    std::os::unix::fs::symlink("../secret", place.root.join("link")).unwrap();
    std::os::unix::fs::symlink("..", place.root.join("out")).unwrap();
    assert_eq!(place.refusal("link"), "not-found");
    assert_eq!(place.refusal("out/secret"), "not-found");
}

#[test]
fn a_broken_file_is_repaired_as_text() {
    let place = Place::tree();
    write(&place.root, REQUEST, "name: [\n");
    let broken = place.project.resource(&id(REQUEST)).unwrap();
    assert_eq!((broken.kind, broken.read_only), (Kind::Broken, false));
    let EditOutcome::Saved { resource } = place.save(REQUEST, &request("b")) else {
        panic!()
    };
    assert_eq!(resource.kind, Kind::File);
    assert_eq!(place.project.resource(&id("req_1")).unwrap().name, "b");
}

#[test]
fn the_last_version_that_could_be_read_comes_back() {
    let place = Place::tree();
    write(&place.root, REQUEST, request("good"));
    place.commit_all("Good");
    write(&place.root, REQUEST, "<<<<<<< ours\n");
    place.commit_all("Broken");
    write(&place.root, REQUEST, "name: [\n");
    assert_eq!(place.project.restore_readable(REQUEST).unwrap().title, "Good");
    assert_eq!(place.read(REQUEST), request("good"));
    place.project.undo(None).unwrap();
    assert_eq!(place.read(REQUEST), "name: [\n");

    write(&place.root, ".insomnia/Request/req_2.yml", "name: [\n");
    let none = place
        .project
        .restore_readable(".insomnia/Request/req_2.yml")
        .unwrap_err();
    assert_eq!(none.code(), "no-readable-version");
}

#[test]
fn what_another_program_deleted_comes_back_with_what_was_typed() {
    let place = Place::tree();
    place.project.resource(&id("req_1")).unwrap();
    fs::remove_file(place.root.join(REQUEST)).unwrap();
    assert_eq!(
        place.project.resource(&id("req_1")).unwrap_err().code(),
        "not-found"
    );

    let outcome = place
        .project
        .put_back(&id("req_1"), &[set("name", "typed")])
        .unwrap();
    let EditOutcome::Saved { resource } = outcome else {
        panic!()
    };
    assert_eq!(resource.name, "typed");
    let text = place.read(REQUEST);
    assert!(
        text.contains("name: typed\n") && text.contains("# kept"),
        "{text}"
    );
    assert_eq!(place.project.undo(None).unwrap().label, "Put back “a”");
    assert!(!place.root.join(REQUEST).exists());
}

#[test]
fn what_was_never_committed_comes_back_too() {
    let place = Place::tree();
    write(
        &place.root,
        ".insomnia/Request/req_2.yml",
        request("new").replace("req_1", "req_2"),
    );
    place.project.resource(&id("req_2")).unwrap();
    fs::remove_file(place.root.join(".insomnia/Request/req_2.yml")).unwrap();
    place.project.put_back(&id("req_2"), &[]).unwrap();
    assert_eq!(place.project.resource(&id("req_2")).unwrap().name, "new");
}

#[test]
fn the_folder_that_went_along_comes_back_too() {
    let place = Place::tree();
    place.project.resource(&id("req_1")).unwrap();
    fs::remove_file(place.root.join(REQUEST)).unwrap();
    fs::remove_file(place.root.join(".insomnia/RequestGroup/fld_1.yml")).unwrap();
    place.project.put_back(&id("req_1"), &[]).unwrap();
    assert_eq!(place.project.resource(&id("fld_1")).unwrap().name, "Folder");
}

#[test]
fn what_is_back_already_is_not_touched() {
    let place = Place::tree();
    place.project.resource(&id("req_1")).unwrap();
    write(&place.root, REQUEST, request("theirs"));
    let outcome = place
        .project
        .put_back(&id("req_1"), &[set("name", "mine")])
        .unwrap();
    assert!(matches!(outcome, EditOutcome::ChangedOutside { resource } if resource.name == "theirs"));
    assert_eq!(place.read(REQUEST), request("theirs"));
}

#[test]
fn what_was_never_shown_cannot_be_put_back() {
    let place = Place::tree();
    let refused = place.project.put_back(&id("req_77"), &[]).unwrap_err();
    assert_eq!(refused.code(), "not-remembered");
}

#[test]
fn an_item_of_a_single_file_comes_back_into_it_as_it_is_now() {
    let place = Place::with(&[("single.yaml", V5)]);
    place.project.resource(&id("fld_9")).unwrap();
    let start = V5.find("  - name: Folder").unwrap();
    let end = V5.find("  - url: https://b.test").unwrap();
    let without = format!("{}{}", &V5[..start], &V5[end..]).replace("name: Other", "name: Renamed");
    write(&place.root, "single.yaml", &without);
    place.project.put_back(&id("fld_9"), &[]).unwrap();
    let text = place.read("single.yaml");
    assert!(
        text.contains("https://a.test") && text.contains("Single # mine") && text.contains("name: Renamed"),
        "{text}"
    );
    assert_eq!(
        place.project.resource(&id("req_9")).unwrap().parent_id,
        Some(id("fld_9"))
    );
}

#[test]
fn a_single_file_that_was_deleted_comes_back_with_what_was_open() {
    let place = Place::with(&[("single.yaml", V5), ("README.md", "x")]);
    place.project.resource(&id("req_8")).unwrap();
    fs::remove_file(place.root.join("single.yaml")).unwrap();
    place
        .project
        .put_back(&id("req_8"), &[set("url", "https://c.test")])
        .unwrap();
    let text = place.read("single.yaml");
    assert!(
        text.contains("https://c.test") && text.contains("https://a.test # why"),
        "{text}"
    );
}

#[test]
fn an_ordinary_file_comes_back_as_it_was_typed() {
    let place = Place::tree();
    place.project.resource(&id("notes.txt")).unwrap();
    fs::remove_file(place.root.join("notes.txt")).unwrap();
    place.project.put_back(&id("notes.txt"), &[]).unwrap();
    assert_eq!(place.read("notes.txt"), "one\ntwo\n");
    fs::remove_file(place.root.join("notes.txt")).unwrap();
    place
        .project
        .put_back(&id("notes.txt"), &[set("text", "typed\n")])
        .unwrap();
    assert_eq!(place.read("notes.txt"), "typed\n");
}

#[test]
fn branches_that_hold_collections_are_told() {
    let place = Place::with(&[("README.md", "x")]);
    assert_eq!(place.project.collections_elsewhere().unwrap(), []);
    git(&place.root, &["switch", "--quiet", "--create", "feature/api"]);
    write(&place.root, "api/single.yaml", V5);
    write(&place.root, "ci.yml", "on: push\n");
    write(
        &place.root,
        ".insomnia/Workspace/wrk_1.yml",
        "_id: wrk_1\ntype: Workspace\nparentId: null\nname: A\n",
    );
    place.commit_all("Collections");
    git(&place.root, &["update-ref", "refs/remotes/origin/theirs", "HEAD"]);
    git(&place.root, &["switch", "--quiet", "main"]);
    let held = |branch: &str, is_remote| Elsewhere {
        branch: branch.to_owned(),
        is_remote,
        collections: 2,
    };
    let found = place.project.collections_elsewhere().unwrap();
    assert_eq!(found, [held("feature/api", false), held("theirs", true)]);
}
