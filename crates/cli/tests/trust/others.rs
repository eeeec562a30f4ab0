//! What others did on the remote: nothing of theirs is overwritten, and nothing here is touched before a person says so.

use serde_json::json;

use crate::support::{REPO, REQUEST, Ran, collection};
use crate::witness::{Work, assert_silent};

fn rejected(ran: &Ran, reason: &str, what: &str) {
    let said = (ran.status, &ran.json["rejection"]["reason"]);
    assert_eq!(said, (3, &json!(reason)), "{what}: {}", ran.stdout);
    assert_silent(ran, what);
}

#[test]
fn a_force_push_that_was_overtaken_touches_nothing() {
    let work = Work::new();
    work.desk.colleague("main", &[("seen.md", "seen\n")], "Seen");
    rejected(&work.sheaf(&["push"]), "remoteHasNewer", "first");
    let before = work.witness();
    let unseen = work
        .desk
        .colleague("main", &[("unseen.md", "unseen\n")], "Unseen");
    work.desk.host.clear_requests();
    rejected(&work.sheaf(&["push", "--force"]), "staleLease", "moved");
    assert!(
        !work
            .desk
            .host
            .requests()
            .iter()
            .any(sheaf_git_host::Request::is_push)
    );
    assert_eq!(work.desk.remote_ref("main"), Some(unseen));
    before.same_here(&work.desk, "moved");
    let before = work.witness();
    work.desk.host.move_branch(REPO, "main", None).unwrap();
    rejected(&work.sheaf(&["push", "--force"]), "staleLease", "gone");
    assert_eq!(work.desk.remote_ref("main"), None);
    before.same_here(&work.desk, "gone");
}

#[test]
fn a_push_of_nothing_asks_nobody() {
    let work = Work::new();
    work.desk.ok(&work.dir, &["push"]);
    let before = work.witness();
    work.desk.host.clear_requests();
    assert_eq!(work.desk.ok(&work.dir, &["push"])["outcome"], "upToDate");
    assert!(work.desk.host.requests().is_empty());
    before.untouched(&work.desk, "nothing");
}

#[test]
fn another_repository_behind_the_address_is_told() {
    let work = Work::new();
    let bare = work.desk.host.repo_path(REPO);
    let git = |arguments: &[&str]| {
        work.desk
            .git(&bare, &[&["-c", "safe.directory=*"], arguments].concat())
    };
    let stranger = git(&["commit-tree", "-m", "Another one", "main^{tree}"]);
    work.desk.host.move_branch(REPO, "main", Some(&stranger)).unwrap();
    let before = work.witness();
    let pulled = work.sheaf(&["pull"]);
    assert_eq!(
        (pulled.status, &pulled.json["outcome"]),
        (3, &json!("unrelated")),
        "{}",
        pulled.stdout
    );
    let pushed = work.sheaf(&["push"]);
    assert_eq!(
        (pushed.status, &pushed.json["outcome"]),
        (3, &json!("unrelated")),
        "{}",
        pushed.stdout
    );
    assert_eq!(work.desk.remote_ref("main"), Some(stranger));
    before.same_here(&work.desk, "unrelated");
}

/// A pull and a merge that ask touch nothing but what is known of the remote, however often they ask.
#[test]
fn whoever_asks_touches_nothing() {
    let work = Work::new();
    let theirs = collection()[2].1.replace("/shipments", "/theirs");
    work.desk.colleague("main", &[(REQUEST, &theirs)], "Their URL");
    work.desk.ok(&work.dir, &["fetch"]);
    work.desk.git(&work.dir, &["branch", "aside", "origin/main"]);
    let before = work.witness();
    for command in [
        &["pull"][..],
        &["pull", "--preview"],
        &["pull", "--rebase"],
        &["merge", "aside"],
    ] {
        let ran = work.sheaf(command);
        let asks = ran.status == 3 || command.contains(&"--preview");
        assert!(asks, "{command:?}: {}", ran.stdout);
        before.same(&work.desk, &format!("{command:?}"));
        work.sheaf(&["abort"]);
    }
    before.untouched(&work.desk, "asked");
}
