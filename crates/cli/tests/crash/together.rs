//! Several programs at once on one project: what was acknowledged is there, and no lock is left.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use sheaf_project::collection::model::{FieldEdit, ResourceId};
use sheaf_project::git::credentials::Secret;
use sheaf_project::keychain::TokenStore;
use sheaf_project::model::{Answers, EditOutcome, WithChanges};
use sheaf_project::project::{Project, Run};
use sheaf_project::watch::How;

use crate::chance::Chance;
use crate::scene::{Scene, write};
use crate::state::leftovers;
use crate::support::REQUEST_ID;

/// What several programs may be told while another one works, or found done by it.
const TOLD: &[&str] = &[
    "busy",
    "changed-meanwhile",
    "nothing-to-commit",
    "nothing-to-undo",
    "branch-exists",
    "lease",
];

/// So many operations each: a few unless `SHEAF_TOGETHER` says otherwise.
fn operations() -> usize {
    std::env::var("SHEAF_TOGETHER")
        .ok()
        .and_then(|operations| operations.parse().ok())
        .unwrap_or(25)
}

/// Requests that are edited by one program each, on the current branch and on `side`.
fn scene(names: &[&str]) -> Scene {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    Scene::new(&move |desk, dir| {
        desk.ok(dir, &["discard"]);
        for name in &names {
            desk.ok(dir, &["add", "request", "Shipments", name]);
        }
        desk.ok(dir, &["commit", "-m", "One each"]);
        desk.ok(dir, &["branch", "merge", "side"]);
        desk.ok(dir, &["branch", "delete", "side", "--force"]);
        desk.ok(dir, &["branch", "create", "side"]);
    })
}

/// Every value that was acknowledged, in order.
type Saved = Vec<String>;

/// One program's work through the command line, with values of its own.
fn through_the_command_line(scene: &Scene, name: &str) -> Saved {
    let mut saved = Saved::new();
    let mut chance = Chance::new(name);
    for n in 0..operations() {
        let value = format!("https://{}-{n}.example.test", name.to_lowercase());
        let message = format!("{name} {n}");
        let branch = format!("{}-{n}", name.to_lowercase());
        let arguments: &[&str] = match chance.below(16) {
            0..=5 => &["set", name, "url", &value],
            6..=8 => &["commit", "-m", &message],
            9 => &["branch", "switch", "side"],
            10 => &["branch", "switch", "main"],
            11 => &["branch", "create", &branch],
            12 => &["list"],
            13 => &["fetch"],
            14 => &["undo", "--list"],
            _ => &["status"],
        };
        let ran = scene.desk.sheaf(&scene.dir, arguments);
        assert_told(
            ran.status,
            &ran.json["error"],
            &format!("{name} {n}: {arguments:?}: {}", ran.stdout),
        );
        if arguments[0] == "set" && ran.status == 0 {
            saved.push(value);
        }
    }
    saved
}

/// Success, something to decide, or an error that says that another program was there.
#[track_caller]
fn assert_told(status: i32, error: &Value, what: &str) {
    let code = error["code"].as_str().unwrap_or_default();
    let is_told = status == 0 || status == 3 || status == 1 && TOLD.contains(&code);
    assert!(is_told, "{status} {code}: {what}");
}

/// Every acknowledged value is in an object of git or on disk; the last one of each program is in the work tree or at the
/// end of a branch.
fn assert_nothing_lost(scene: &Scene, saved: &[Saved]) {
    let (desk, dir) = (&scene.desk, &scene.dir);
    desk.ok(dir, &["open", "."]);
    assert_eq!(leftovers(scene), Vec::<PathBuf>::new());
    desk.git(dir, &["fsck", "--strict", "--no-dangling"]);
    let on_disk = Command::text(
        scene,
        "grep -rhoE 'https://[a-z]+-[0-9]+.example.test' --include=*.yml .insomnia || true",
    );
    let at_tips = Command::text(
        scene,
        "for b in $(git for-each-ref --format='%(refname)' refs/heads); do git grep -hoE 'https://[a-z]+-[0-9]+.example.test' $b || true; done",
    );
    let anywhere = Command::text(
        scene,
        "git cat-file --batch-all-objects --batch --buffer | grep -aoE 'https://[a-z]+-[0-9]+.example.test' || true",
    );
    for values in saved {
        for value in values {
            assert!(
                anywhere.contains(value) || on_disk.contains(value),
                "{value} is lost"
            );
        }
        if let Some(last) = values.last() {
            assert!(
                on_disk.contains(last) || at_tips.contains(last),
                "{last} is not the last: {on_disk:?} {at_tips:?}"
            );
        }
    }
    // And it goes on.
    desk.ok(
        dir,
        &["set", REQUEST_ID, "url", "https://afterwards.example.test"],
    );
    desk.ok(dir, &["commit", "-m", "Afterwards"]);
    desk.clean(dir);
}

struct Command;

impl Command {
    /// The lines that a shell's command in the project prints.
    fn text(scene: &Scene, script: &str) -> BTreeSet<String> {
        let output = std::process::Command::new("sh")
            .args(["-c", script])
            .current_dir(&scene.dir)
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        text.lines().map(str::to_owned).collect()
    }
}

#[test]
fn two_command_lines() {
    let scene = scene(&["Alpha", "Beta"]);
    let saved = std::thread::scope(|scope| {
        let work = |name: &'static str| {
            let scene = &scene;
            scope.spawn(move || through_the_command_line(scene, name))
        };
        let both = [work("Alpha"), work("Beta")];
        both.map(|work| work.join().unwrap())
    });
    assert_nothing_lost(&scene, &saved);
}

/// As the window lives: one project for the whole time, that is watched, shown and saved as somebody types.
fn as_the_window_does(scene: &Scene, name: &str) -> Saved {
    let tokens = Arc::new(TokenStore::given(Secret::new(crate::support::TOKEN.to_owned())));
    let project = Project::open(&scene.dir, tokens).unwrap();
    project.clean_up().unwrap();
    let mut watch = project.watch(How::Told);
    let id = project.find(name).unwrap();
    let mut saved = Saved::new();
    let mut chance = Chance::new(name);
    for n in 0..operations() {
        let value = format!("https://{}-{n}.example.test", name.to_lowercase());
        let run = Run::default();
        let what = chance.below(16);
        let done = match what {
            0..=6 => save(&project, &id, &value).map(|is_saved| {
                if is_saved {
                    saved.push(value);
                }
            }),
            7..=9 => project
                .commit(&format!("{name} {n}"), None, false, &run)
                .map(drop),
            10 => project
                .switch_branch("side", WithChanges::Carry, &Answers::default())
                .map(drop),
            11 => project
                .switch_branch("main", WithChanges::Carry, &Answers::default())
                .map(drop),
            12 => project.branches().map(drop),
            13 => project.timeline().map(drop),
            14 => {
                watch.wait(Duration::from_millis(50));
                project.view().map(drop)
            }
            _ => project.status().map(drop),
        };
        if let Err(error) = done {
            let view = error.view();
            assert_told(1, &json!(view), &format!("{name} {n}: {what}: {}", view.message));
        }
    }
    saved
}

/// With the version that is shown; what changed outside is shown anew and saved again.
fn save(project: &Project, id: &ResourceId, value: &str) -> sheaf_project::error::Result<bool> {
    let edits = [FieldEdit {
        path: "url".to_owned(),
        value: Some(json!(value)),
    }];
    for _ in 0..3 {
        let shown = project.resource(id)?;
        if let EditOutcome::Saved { .. } = project.edit(id, Some(&shown.version), &edits)? {
            return Ok(true);
        }
    }
    Ok(false)
}

#[test]
fn the_window_and_a_command_line() {
    let scene = scene(&["Alpha", "Beta"]);
    let saved = std::thread::scope(|scope| {
        let window = scope.spawn(|| as_the_window_does(&scene, "Alpha"));
        let line = scope.spawn(|| through_the_command_line(&scene, "Beta"));
        [window.join().unwrap(), line.join().unwrap()]
    });
    assert_nothing_lost(&scene, &saved);
}

/// git commits what is there, switches, packs and looks; when it finds a lock it stops by itself.
fn through_git(scene: &Scene) -> Saved {
    let mut saved = Saved::new();
    let mut chance = Chance::new("git");
    for n in 0..operations() {
        let value = format!("https://git-{n}.example.test");
        let message = format!("By git {n}");
        let arguments: &[&str] = match chance.below(12) {
            0..=4 => {
                write(&scene.dir, "by-git.yml", &format!("url: {value}\n"));
                saved.push(value);
                &["add", "by-git.yml"]
            }
            5..=7 => &["commit", "-am", &message],
            8 => &["branch", "-f", "by-git"],
            9 => &["pack-refs", "--all"],
            10 => &["gc", "--quiet"],
            _ => &["status", "--porcelain"],
        };
        scene.desk.try_git(&scene.dir, arguments);
    }
    saved
}

#[test]
fn the_window_and_git() {
    let scene = scene(&["Alpha"]);
    let saved = std::thread::scope(|scope| {
        let window = scope.spawn(|| as_the_window_does(&scene, "Alpha"));
        let git = scope.spawn(|| through_git(&scene));
        [window.join().unwrap(), git.join().unwrap()]
    });
    assert_nothing_lost(&scene, &saved[..1]);
    let last = saved[1].last().cloned();
    let shown = Command::text(
        &scene,
        "cat by-git.yml; for b in $(git for-each-ref --format='%(refname)' refs/heads); do git show $b:by-git.yml; done",
    );
    assert!(
        last.is_none_or(|last| shown.iter().any(|line| line.contains(&last))),
        "{shown:?}"
    );
}
