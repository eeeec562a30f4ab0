//! Refused pushes, in the words of each host.

use sheaf_git::model::{NextStep, RejectReason, Rejection};
use sheaf_git::push::{PushMode, PushOutcome};
use sheaf_git_host::{Access, Refusal, Vendor};

use crate::world::{REPO, World};

fn refused(prepare: impl Fn(&World)) -> Rejection {
    let world = World::new();
    let repo = world.clone();
    prepare(&world);
    let before = world.remote_tip("main");
    let local = world.commit("x", "x");
    let PushOutcome::Rejected(rejection) = world.push(&repo) else {
        panic!("the push was not refused")
    };
    assert_eq!(world.remote_tip("main"), before);
    assert_eq!(
        world.tip("origin/main"),
        before,
        "what is known of the remote must not move"
    );
    assert_eq!(world.tip("main"), local);
    assert!(!rejection.message.is_empty() && !rejection.next.is_empty());
    assert!(
        !rejection
            .server_text
            .chars()
            .any(|c| c.is_control() && c != '\n' && c != '\t')
    );
    rejection
}

#[test]
fn protected_branches_of_every_host() {
    for vendor in Vendor::ALL {
        let rejection = refused(|world| world.host.protect(REPO, "main", vendor).unwrap());
        assert_eq!(
            rejection.reason,
            RejectReason::ProtectedBranch,
            "{vendor:?}: {rejection:?}"
        );
        assert_eq!(rejection.next[0], NextStep::PushToNewBranch, "{vendor:?}");
        assert!(!rejection.server_text.is_empty(), "{vendor:?}");
    }
}

#[test]
fn a_protected_branch_leaves_the_way_to_a_new_one() {
    let world = World::new();
    let repo = world.clone();
    world.host.protect(REPO, "main", Vendor::GitLab).unwrap();
    world.commit("x", "x");
    assert!(matches!(world.push(&repo), PushOutcome::Rejected(_)));
    let outcome = repo
        .push("main", "ana/x", &PushMode::Normal, &world.net())
        .unwrap();
    assert!(
        matches!(outcome, PushOutcome::Pushed { created: true, .. }),
        "{outcome:?}"
    );
    world.assert_sound();
}

#[test]
fn every_other_rule() {
    for (refusal, reason) in [
        (Refusal::FileTooLarge, RejectReason::TooLarge),
        (Refusal::SecretFound, RejectReason::SecretFound),
        (Refusal::PrivateEmail, RejectReason::PrivateEmail),
        (Refusal::WorkflowScope, RejectReason::MissingScope),
        (Refusal::BitbucketHook, RejectReason::ProtectedBranch),
        (Refusal::AzurePullRequestOnly, RejectReason::ProtectedBranch),
        (Refusal::AzurePermission, RejectReason::NoWritePermission),
        (Refusal::GiteaProtected, RejectReason::ProtectedBranch),
        (
            Refusal::Hook("No pushes on \u{1b}[31mFriday\u{1b}[0m.\n".to_owned()),
            RejectReason::Hook,
        ),
    ] {
        let rejection = refused(|world| world.host.refuse(REPO, refusal.clone()).unwrap());
        assert_eq!(rejection.reason, reason, "{refusal:?}: {rejection:?}");
    }
}

#[test]
fn the_words_of_a_hook_are_kept_and_cleaned() {
    let words = "No pushes on \u{1b}[31mFriday\u{1b}[0m.\nSee https://me:hidden@wiki/x\n".to_owned();
    let rejection = refused(|world| world.host.refuse(REPO, Refusal::Hook(words.clone())).unwrap());
    assert_eq!(
        rejection.server_text,
        "No pushes on Friday.\nSee https://***@wiki/x"
    );
}

#[test]
fn a_link_to_the_own_host_is_offered() {
    let world = World::new();
    let repo = world.clone();
    let link = format!("{}/team/parcels/-/merge_requests/new?x=1", world.host.origin());
    let words = format!("GL-HOOK-ERR: no\n{link}\nhttps://evil.example/merge_requests/new\n");
    world.host.refuse(REPO, Refusal::Hook(words)).unwrap();
    world.commit("x", "x");
    let PushOutcome::Rejected(rejection) = world.push(&repo) else {
        panic!()
    };
    assert_eq!(rejection.link, Some(link));
}

#[test]
fn a_token_that_only_reads() {
    let world = World::new();
    world.host.add_token("reader", "rea", Access::ReadOnly);
    let net = world.net_with("reader");
    let repo = world.try_clone(&net).unwrap().repo;
    world.commit("x", "x");
    let outcome = repo.push("main", "main", &PushMode::Normal, &net).unwrap();
    let PushOutcome::Rejected(rejection) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(rejection.reason, RejectReason::NoWritePermission);
    assert_eq!(rejection.next[0], NextStep::ChangeToken);
    assert!(!rejection.server_text.is_empty());
}

/// A hook that lets one branch pass and not the other: each push hears about its own.
#[test]
fn a_hook_that_is_of_two_minds() {
    let world = World::new();
    let repo = world.clone();
    world.host.protect(REPO, "main", Vendor::Gitea).unwrap();
    world.commit("x", "x");
    world.git(&["branch", "side"]);
    let side = repo
        .push("side", "side", &PushMode::Normal, &world.net())
        .unwrap();
    assert!(matches!(side, PushOutcome::Pushed { .. }), "{side:?}");
    assert!(matches!(world.push(&repo), PushOutcome::Rejected(_)));
}
