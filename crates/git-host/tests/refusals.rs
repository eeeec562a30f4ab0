//! Pushes that a hook refuses, in the words of each vendor.

mod client;

use client::{Outcome, REPO, World};
use sheaf_git_host::{Refusal, Vendor};

fn assert_refused(outcome: &Outcome, sideband: &str, status: &str) {
    assert!(!outcome.ok, "{}", outcome.stderr);
    let arrived = outcome
        .stderr
        .lines()
        .any(|line| line.starts_with("remote: ") && line.contains(sideband));
    assert!(
        arrived || sideband.is_empty(),
        "no `{sideband}` in\n{}",
        outcome.stderr
    );
    let rejected = outcome
        .stderr
        .lines()
        .find(|line| line.contains("[remote rejected]"))
        .unwrap_or_default();
    assert!(
        rejected.ends_with(&format!("({status})")),
        "no `{status}` in\n{}",
        outcome.stderr
    );
}

#[test]
fn a_protected_branch_refuses_in_the_vendors_words() {
    const HOOK: &str = "pre-receive hook declined";
    const AZURE: &str = "TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.";
    for (vendor, sideband, status) in [
        (
            Vendor::GitHub,
            "error: GH006: Protected branch update failed for refs/heads/main.",
            "protected branch hook declined",
        ),
        (
            Vendor::GitLab,
            "GitLab: You are not allowed to push code to protected branches on this project.",
            HOOK,
        ),
        (
            Vendor::Bitbucket,
            "Branch refs/heads/main can only be modified through pull requests.",
            HOOK,
        ),
        (Vendor::Azure, "Storing packfile... done", AZURE),
        (
            Vendor::Gitea,
            "Gitea: Not allowed to push to protected branch main",
            HOOK,
        ),
    ] {
        let world = World::new();
        let before = world.host.branch(REPO, "main");
        world.host.protect(REPO, "main", vendor).unwrap();
        world.clone_and_commit();
        assert_refused(&world.push(), sideband, status);
        assert_eq!(world.host.branch(REPO, "main"), before, "{vendor:?}");
    }
}

#[test]
fn a_branch_beside_the_protected_one_takes_pushes() {
    for vendor in Vendor::ALL {
        let world = World::new();
        world.host.protect(REPO, "main", vendor).unwrap();
        world.clone_and_commit();
        let outcome = world.git(&world.clone_path(), &["push", "origin", "HEAD:refs/heads/main-2"]);
        assert!(outcome.ok, "{vendor:?}: {}", outcome.stderr);
    }
}

#[test]
fn one_of_two_branches_can_be_refused() {
    let world = World::new();
    world.host.protect(REPO, "main", Vendor::GitHub).unwrap();
    world.clone_and_commit();
    let outcome = world.git(
        &world.clone_path(),
        &["push", "origin", "HEAD:refs/heads/side", "HEAD:refs/heads/main"],
    );
    assert_refused(&outcome, "GH006", "protected branch hook declined");
    assert!(world.host.branch(REPO, "side").is_some(), "{}", outcome.stderr);
}

#[test]
fn every_other_refusal_carries_its_words() {
    const HOOK: &str = "pre-receive hook declined";
    for (refusal, sideband, status) in [
        (Refusal::FileTooLarge, "error: GH001: Large files detected.", HOOK),
        (
            Refusal::SecretFound,
            "- Push cannot contain secrets",
            "push declined due to repository rule violations",
        ),
        (
            Refusal::PrivateEmail,
            "error: GH007: Your push would publish a private",
            "push declined due to email privacy restrictions",
        ),
        (
            Refusal::WorkflowScope,
            "",
            "refusing to allow a Personal Access Token to create or update workflow `.github/workflows/ci.yml` without `workflow` scope",
        ),
        (
            Refusal::BitbucketHook,
            "Permission denied to update branch main.",
            HOOK,
        ),
        (
            Refusal::AzurePullRequestOnly,
            "",
            "TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.",
        ),
        (
            Refusal::AzurePermission,
            "",
            "TF401027: You need the Git 'GenericContribute' permission to perform this action. Details: identity 'Build\\93086622-abb9-4886-b994-502e7f2afc21', scope 'branch'.",
        ),
        (
            Refusal::GiteaProtected,
            "Gitea: Not allowed to push to protected branch main",
            HOOK,
        ),
        (
            Refusal::Hook("Ticket number missing; it's `$REQUIRED`\n".to_owned()),
            "Ticket number missing; it's `$REQUIRED`",
            HOOK,
        ),
    ] {
        let world = World::new();
        world.host.refuse(REPO, refusal.clone()).unwrap();
        world.clone_and_commit();
        assert_refused(&world.push(), sideband, status);
    }
}

#[test]
fn a_branch_that_may_not_be_rewritten_still_takes_new_commits() {
    let world = World::new();
    world.host.refuse(REPO, Refusal::ForcePushNotAllowed).unwrap();
    world.clone_and_commit();
    assert!(world.push().ok);
    assert!(
        world
            .git(&world.clone_path(), &["commit", "--amend", "--message=Other"])
            .ok
    );
    let outcome = world.git(&world.clone_path(), &["push", "--force", "origin", "HEAD"]);
    assert_refused(
        &outcome,
        "GitLab: You are not allowed to force push",
        "pre-receive hook declined",
    );
}

#[test]
fn refusals_can_be_taken_back() {
    let world = World::new();
    world.host.protect(REPO, "main", Vendor::Azure).unwrap();
    world.host.refuse(REPO, Refusal::FileTooLarge).unwrap();
    world.clone_and_commit();
    assert!(!world.push().ok);
    world.host.accept_pushes(REPO).unwrap();
    let outcome = world.push();
    assert!(outcome.ok, "{}", outcome.stderr);
}
