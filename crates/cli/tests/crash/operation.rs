//! What is done when the end comes.

use std::path::Path;
use std::process::Command;

use crate::scene::{Scene, WORK, write};
use crate::support::{Desk, REQUEST, REQUEST_ID, TOKEN, collection};

pub(crate) struct Operation {
    pub(crate) name: &'static str,
    /// What has to be there before.
    pub(crate) prepare: fn(&Desk, &Path),
    pub(crate) arguments: &'static [&'static str],
    /// Parts of the state, by how their names begin, of which each may be as before or as after by itself: what is known of
    /// a remote is a note for each branch, and the remote is not ours.
    pub(crate) alone: &'static [&'static str],
    /// Where there is no project before.
    pub(crate) makes_project: bool,
}

impl Operation {
    pub(crate) const fn new(name: &'static str, arguments: &'static [&'static str]) -> Self {
        Self {
            name,
            prepare: |_, _| {},
            arguments,
            alone: &[],
            makes_project: false,
        }
    }

    pub(crate) const fn prepared(self, prepare: fn(&Desk, &Path)) -> Self {
        Self { prepare, ..self }
    }

    pub(crate) const fn alone(self, alone: &'static [&'static str]) -> Self {
        Self { alone, ..self }
    }

    pub(crate) fn command(&self, scene: &Scene) -> Command {
        if self.makes_project {
            let arguments = scene.desk.clone_arguments(WORK);
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            return command_in(scene, scene.desk.home(), &arguments);
        }
        command(scene, self.arguments)
    }
}

/// `sheaf` in the project.
pub(crate) fn command(scene: &Scene, arguments: &[&str]) -> Command {
    command_in(scene, &scene.dir, arguments)
}

/// `sheaf` in a folder.
pub(crate) fn command_in(scene: &Scene, dir: &Path, arguments: &[&str]) -> Command {
    let mut command = scene.desk.command(dir, arguments);
    command.env("SHEAF_TOKEN", TOKEN);
    command
}

/// A commit of this name is made.
fn commit(desk: &Desk, dir: &Path) {
    desk.ok(dir, &["commit", "-m", "Saved"]);
}

const REMOTE: &[&str] = &["refs/remotes/", "refs/tags/"];

pub(crate) const SAVE: Operation =
    Operation::new("save", &["set", REQUEST_ID, "url", "https://saved.example.test"]);
pub(crate) const COMMIT: Operation = Operation::new("commit", &["commit", "-m", "Saved"]);
pub(crate) const COMMIT_PART: Operation =
    Operation::new("commit a part", &["commit", "-m", "Saved", "--only", REQUEST_ID]);
pub(crate) const AMEND: Operation = Operation::new("amend", &["commit", "--amend", "-m", "Better"]);
pub(crate) const SWITCH: Operation = Operation::new("switch", &["branch", "switch", "side"]);
/// So many files that nobody waits for each of them.
pub(crate) const SWITCH_FAR: Operation = Operation::new("switch, 140 files", &["branch", "switch", "far"])
    .prepared(|desk, dir| {
        let commit = |dir: &Path, text: &str| {
            for n in 0..140 {
                write(dir, &format!("many/f{n}.md"), text);
            }
            desk.git(dir, &["add", "many"]);
            desk.git(dir, &["commit", "--quiet", "--message", "Many", "--", "many"]);
        };
        commit(dir, "near\n");
        let far = dir.with_file_name("far");
        let path = far.to_string_lossy().into_owned();
        desk.git(dir, &["worktree", "add", "--quiet", "-b", "far", &path]);
        commit(&far, "far\n");
        desk.git(dir, &["worktree", "remove", &path]);
    });
pub(crate) const PARK: Operation = Operation::new("park", &["branch", "switch", "side", "--park"]);
pub(crate) const RENAME_BRANCH: Operation =
    Operation::new("rename a branch", &["branch", "rename", "main", "trunk"]);
pub(crate) const MERGE: Operation = Operation::new("merge", &["branch", "merge", "side"]);
pub(crate) const CLONE: Operation = Operation {
    makes_project: true,
    ..Operation::new("clone", &[]).prepared(|_, dir| std::fs::remove_dir_all(dir).unwrap())
};
pub(crate) const FETCH: Operation = Operation::new("fetch", &["fetch"]).alone(REMOTE);
pub(crate) const PULL: Operation = Operation::new("pull", &["pull"]).alone(REMOTE);
pub(crate) const REBASE: Operation = Operation::new("pull by rebase", &["pull", "--rebase"]).alone(REMOTE);
pub(crate) const LAND: Operation = Operation::new("land", &["land"]).prepared(|desk, dir| {
    let theirs = collection()[2].1.replace("/shipments", "/theirs");
    desk.colleague("main", &[(REQUEST, &theirs)], "Their URL");
    assert_eq!(desk.sheaf(dir, &["pull"]).status, 3);
    desk.ok(dir, &["answer", "--all", "theirs"]);
});
pub(crate) const PUSH: Operation = Operation::new("push", &["push"])
    .prepared(|desk, dir| {
        desk.ok(dir, &["pull"]);
    })
    .alone(&["refs/remotes/", "remote "]);
pub(crate) const UNDO: Operation = Operation::new("undo", &["undo"]).prepared(commit);
pub(crate) const REDO: Operation = Operation::new("redo", &["redo"]).prepared(|desk, dir| {
    commit(desk, dir);
    desk.ok(dir, &["undo"]);
});
pub(crate) const DISCARD: Operation = Operation::new("discard", &["discard"]);
pub(crate) const REMOVE: Operation = Operation::new("remove", &["remove", "Shipments"]);
pub(crate) const SETTINGS: Operation = Operation::new(
    "settings",
    &[
        "settings",
        "--author-name",
        "Dana Other",
        "--author-email",
        "other@example.test",
        "--username",
        "dana",
        "--pull",
        "rebase",
    ],
);
