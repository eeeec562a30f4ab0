use std::cell::RefCell;

use sheaf_git::connection::check_connection;
use sheaf_git::model::{CheckStep, ConnectionReport, StepState};
use sheaf_git::network::Network;
use sheaf_git::uri::RemoteUri;
use sheaf_git_host::{Access, CertificateKind, Fault};

use crate::world::{REPO, World};

const ALL: [CheckStep; 7] = [
    CheckStep::Name,
    CheckStep::Connect,
    CheckStep::Tls,
    CheckStep::Login,
    CheckStep::Repository,
    CheckStep::Read,
    CheckStep::Write,
];

fn check(uri: &RemoteUri, net: &Network) -> ConnectionReport {
    let heard = RefCell::new(Vec::new());
    let report = check_connection(uri, net, &|step| heard.borrow_mut().push(step.clone()));
    assert_eq!(*heard.borrow(), report.steps);
    assert_eq!(report.steps.iter().map(|s| s.step).collect::<Vec<_>>(), ALL);
    report
}

/// One letter a step: works, failed, skipped; then the code of the failure.
fn summary(report: &ConnectionReport) -> (String, String) {
    let mut code = String::new();
    let letter = |state: &StepState| match state {
        StepState::Ok => 'w',
        StepState::Skipped => '-',
        StepState::Failed { .. } => 'F',
    };
    for step in &report.steps {
        if let StepState::Failed { code: c, message, .. } = &step.result {
            assert!(!message.is_empty());
            code.clone_from(c);
        }
    }
    (report.steps.iter().map(|s| letter(&s.result)).collect(), code)
}

fn assert_check(world: &World, net: &Network, letters: &str, code: &str) {
    let report = check(&world.uri(), net);
    assert_eq!(
        summary(&report),
        (letters.to_owned(), code.to_owned()),
        "{report:?}"
    );
}

#[test]
fn all_works() {
    let world = World::new();
    let report = check(&world.uri(), &world.net());
    assert_eq!(
        summary(&report),
        ("wwwwwww".to_owned(), String::new()),
        "{report:?}"
    );
    assert_eq!(
        (report.empty, report.default_branch.as_deref()),
        (false, Some("main"))
    );
}

#[test]
fn an_empty_repository() {
    let world = World::empty(CertificateKind::Valid);
    let report = check(&world.uri(), &world.net());
    assert_eq!(summary(&report).0, "wwwwwww");
    assert_eq!(
        (report.empty, report.default_branch.as_deref()),
        (true, Some("main"))
    );
}

#[test]
fn each_step_can_fail() {
    let world = World::new();
    world.host.add_token("reader", "rea", Access::ReadOnly);
    world.host.add_token("outsider", "eve", Access::NoAccess);
    assert_check(&world, &world.anonymous(), "wwwF---", "auth-needed");
    assert_check(&world, &world.net_with("wrong"), "wwwF---", "auth-failed");
    assert_check(
        &world,
        &world.net_with("outsider"),
        "wwwwF--",
        "repository-not-found",
    );
    assert_check(
        &world,
        &world.net_with("reader"),
        "wwwwwwF",
        "no-write-permission",
    );
    let mut net = world.net();
    net.ca_file = None;
    assert_check(&world, &net, "wwF----", "tls-untrusted");
    net.ca_file = Some(world.dir.path().join("missing.pem"));
    assert_check(&world, &net, "--F----", "ca-file");
    net.cancel.cancel();
    assert_check(&world, &net, "F------", "cancelled");
    for (fault, letters, code) in [
        (Fault::CaptivePage, "www-F--", "not-a-git-host"),
        (Fault::RedirectOther, "www-F--", "redirected"),
        (
            Fault::Unavailable {
                retry_after_seconds: 60,
            },
            "www-F--",
            "unavailable",
        ),
        (Fault::Forbidden("SSO".to_owned()), "wwwwF--", "forbidden"),
    ] {
        world.host.fault(REPO, Some(fault));
        assert_check(&world, &world.net(), letters, code);
    }
}

#[test]
fn hosts_that_are_not_there() {
    let world = World::new();
    let uri = RemoteUri::parse("https://no-such-host.invalid/a/b").unwrap();
    let report = check(&uri, &world.anonymous());
    assert_eq!(
        summary(&report),
        ("F------".to_owned(), "name-not-found".to_owned()),
        "{report:?}"
    );
    let uri = RemoteUri::parse("https://localhost:1/a/b").unwrap();
    let report = check(&uri, &world.anonymous());
    assert_eq!(
        summary(&report),
        ("wF-----".to_owned(), "connect-failed".to_owned()),
        "{report:?}"
    );
}
