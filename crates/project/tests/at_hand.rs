//! What is kept in memory between two use cases must never hide what happened on disk meanwhile: edits, and merges that
//! are looked at, answered and landed by the same project.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use sheaf_project::collection::model::{Answer, Answers, FieldEdit, ResourceId};
use sheaf_project::keychain::TokenStore;
use sheaf_project::model::{EditOutcome, LandOutcome, MergeOf, MergeOutcome, MergePreview};
use sheaf_project::project::{Project, Run};
use tempfile::TempDir;

const FILE: &str = "parcels.yaml";
const V5: &str = "type: collection.insomnia.rest/5.0\nname: Parcels\nmeta:\n  id: wrk_1\ncollection:\n  - url: https://a.test\n    name: One\n    meta:\n      id: req_1\n    method: GET\n  - url: https://b.test\n    name: Two\n    meta:\n      id: req_2\n    method: GET\n";

struct Place {
    _folder: TempDir,
    root: PathBuf,
    project: Project,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("project");
        fs::create_dir(&root).unwrap();
        let place = Self {
            root: root.clone(),
            project: {
                git(&root, &["init", "--quiet", "--initial-branch=main"]);
                Project::open(&root, Arc::new(TokenStore::memory())).unwrap()
            },
            _folder: folder,
        };
        place.project.set_write_modified(false);
        git(&root, &["config", "user.name", "Ana"]);
        git(&root, &["config", "user.email", "ana@example.test"]);
        fs::write(root.join(FILE), V5).unwrap();
        git(&root, &["add", "--all"]);
        git(&root, &["commit", "--quiet", "--message", "Start"]);
        place
    }

    /// The same project, of which nothing is in memory.
    fn anew(&self) -> Project {
        Project::open(&self.root, Arc::new(TokenStore::memory())).unwrap()
    }

    fn text(&self) -> String {
        fs::read_to_string(self.root.join(FILE)).unwrap()
    }

    fn replace(&self, old: &str, new: &str) {
        let text = self.text();
        assert!(text.contains(old), "{old}");
        fs::write(self.root.join(FILE), text.replacen(old, new, 1)).unwrap();
    }

    fn set(&self, id: &str, field: &str, value: &str) -> EditOutcome {
        let edit = FieldEdit {
            path: field.to_owned(),
            value: Some(value.into()),
        };
        self.project
            .edit(&ResourceId(id.to_owned()), None, &[edit])
            .unwrap()
    }

    /// What is shown is what somebody sees who opens the project now.
    fn assert_shown(&self) {
        let shown = |project: &Project| serde_json::to_value(project.view().unwrap().collections).unwrap();
        assert_eq!(shown(&self.project), shown(&self.anew()));
        let changes = |project: &Project| serde_json::to_value(project.changes().unwrap()).unwrap();
        assert_eq!(changes(&self.project), changes(&self.anew()));
        for id in ["req_1", "req_2"] {
            let id = ResourceId(id.to_owned());
            assert_eq!(
                self.project.resource(&id).unwrap(),
                self.anew().resource(&id).unwrap()
            );
        }
    }

    /// A branch on which the address of the first request is another one, and main on which it is one more.
    fn both_changed(&self) {
        git(&self.root, &["switch", "--quiet", "--create", "theirs"]);
        self.replace("https://a.test", "https://theirs.test");
        git(&self.root, &["commit", "--quiet", "--all", "--message", "Theirs"]);
        git(&self.root, &["switch", "--quiet", "main"]);
        self.replace("https://a.test", "https://ours.test");
        git(&self.root, &["commit", "--quiet", "--all", "--message", "Ours"]);
    }

    fn merge(&self) -> MergeOutcome {
        self.project.merge_branch("theirs", &Answers::new()).unwrap()
    }
}

fn git(root: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .current_dir(root)
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_NAME", "Ben")
        .env("GIT_AUTHOR_EMAIL", "ben@example.test")
        .env("GIT_COMMITTER_NAME", "Ben")
        .env("GIT_COMMITTER_EMAIL", "ben@example.test")
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?} {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn edits_in_a_row_are_those_on_disk() {
    let place = Place::new();
    place.project.view().unwrap();
    for turn in 0..5 {
        let url = format!("https://a.test/{turn}");
        let EditOutcome::Saved { resource } = place.set("req_1", "url", &url) else {
            panic!("not saved");
        };
        assert_eq!(resource.fields.get("url"), Some(&url.as_str().into()));
        assert_eq!(place.text(), V5.replacen("https://a.test", &url, 1));
        place.assert_shown();
    }
    place.project.undo(None).unwrap();
    assert_eq!(place.text(), V5);
    place.assert_shown();
}

#[test]
fn what_another_program_wrote_right_after_a_save_is_seen() {
    let place = Place::new();
    place.project.view().unwrap();
    let EditOutcome::Saved { resource } = place.set("req_1", "url", "https://1.test") else {
        panic!("not saved");
    };
    // The same length, in the same moment, into the same file.
    let file = fs::File::options()
        .write(true)
        .open(place.root.join(FILE))
        .unwrap();
    std::io::Write::write_all(&mut &file, place.text().replace("1.test", "2.test").as_bytes()).unwrap();
    let edit = FieldEdit {
        path: "name".to_owned(),
        value: Some("Uno".into()),
    };
    let id = ResourceId("req_1".to_owned());
    let outcome = place.project.edit(&id, Some(&resource.version), &[edit]).unwrap();
    assert!(
        matches!(outcome, EditOutcome::ChangedOutside { .. }),
        "{outcome:?}"
    );
    place.set("req_1", "name", "Uno");
    assert!(place.text().contains("https://2.test"), "{}", place.text());
    place.assert_shown();
}

#[test]
fn a_file_that_comes_or_goes_between_two_edits_is_noticed() {
    let place = Place::new();
    place.project.view().unwrap();
    place.set("req_1", "url", "https://1.test");
    let other = V5.replace("wrk_1", "wrk_2").replace("req_", "req_9");
    fs::write(place.root.join("other.yaml"), other).unwrap();
    place.set("req_91", "url", "https://9.test");
    fs::remove_file(place.root.join(FILE)).unwrap();
    let edit = FieldEdit {
        path: "url".to_owned(),
        value: Some("https://2.test".into()),
    };
    let gone = place.project.edit(&ResourceId("req_1".to_owned()), None, &[edit]);
    assert!(gone.is_err(), "{gone:?}");
    assert!(!place.root.join(FILE).exists());
}

#[test]
fn a_merge_is_landed_as_it_was_looked_at() {
    let place = Place::new();
    place.both_changed();
    let what = MergeOf::Branch {
        name: "theirs".to_owned(),
    };
    for _ in 0..2 {
        let preview = place.project.preview(&what).unwrap();
        assert_eq!(preview, place.anew().preview(&what).unwrap());
        assert!(matches!(preview, MergePreview::Ready { merge } if merge.open == 1));
    }
    assert!(matches!(place.merge(), MergeOutcome::Questions { .. }));
    let answered = place.project.answer_all(&Answer::Theirs).unwrap();
    assert_eq!(Some(answered), place.anew().questions().unwrap());
    let LandOutcome::Merge {
        merge: MergeOutcome::Merged { changes, .. },
    } = place.project.land().unwrap()
    else {
        panic!("not merged");
    };
    assert_eq!(changes.len(), 1);
    assert!(place.text().contains("https://theirs.test"));
    place.assert_shown();
}

#[test]
fn what_changes_while_a_merge_waits_is_in_it() {
    let place = Place::new();
    place.both_changed();
    assert!(matches!(place.merge(), MergeOutcome::Questions { .. }));
    place.project.answer_all(&Answer::Theirs).unwrap();
    // Another value on their side: the answer was given to the old one.
    git(&place.root, &["switch", "--quiet", "theirs"]);
    place.replace("https://theirs.test", "https://other.test");
    git(&place.root, &["commit", "--quiet", "--all", "--message", "Again"]);
    git(&place.root, &["switch", "--quiet", "main"]);
    let view = place.project.questions().unwrap().unwrap();
    assert_eq!(view.open, 1);
    assert_eq!(Some(&view), place.anew().questions().unwrap().as_ref());
    place.project.answer_all(&Answer::Ours).unwrap();
    // An edit that is not committed comes along.
    place.set("req_2", "name", "Zwei");
    place.project.land().unwrap();
    assert!(place.text().contains("https://ours.test"), "{}", place.text());
    assert!(place.text().contains("name: Zwei"), "{}", place.text());
    assert_eq!(git(&place.root, &["status", "--porcelain"]), " M parcels.yaml\n");
    assert!(git(&place.root, &["show", "HEAD:parcels.yaml"]).contains("name: Two"));
    place
        .project
        .commit("Zwei", None, false, &Run::default())
        .unwrap();
    place.assert_shown();
}
