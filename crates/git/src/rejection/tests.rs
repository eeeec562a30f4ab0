use super::{Refusal, classify, pull_request_link, table};
use crate::model::{NextStep, RejectReason, Rejection};
use crate::uri::RemoteUri;

fn refused(text: &str) -> Rejection {
    let uri = RemoteUri::parse("https://host.example/team/parcels").unwrap();
    classify(
        Refusal {
            server_text: text,
            status: Some("pre-receive hook declined"),
            forced: false,
        },
        &uri,
    )
}

fn row(text: &str, reason: RejectReason, first: NextStep) {
    let rejection = refused(text);
    assert_eq!(
        (rejection.reason, rejection.next.first().copied()),
        (reason, Some(first)),
        "{text}"
    );
    assert!(!rejection.message.is_empty());
}

#[test]
fn secrets() {
    for text in [
        "error: GH013: Repository rule violations found for refs/heads/main.\n- GITHUB PUSH PROTECTION\n  Resolve the following violations before pushing again\n- Push cannot contain secrets",
        "error: GH013: Repository rule violations found\n- Push cannot contain secrets",
        "error: GH009: Secrets detected! This push failed.",
        "GitLab: PUSH BLOCKED: Secrets detected in code changes",
        "GitLab: Secret detected in commit 1234",
        "VS403654: The push was rejected because it contains one or more secrets.",
        "Secret scanning found a key in commit 1234abcd",
    ] {
        row(text, RejectReason::SecretFound, NextStep::RemoveFile);
    }
}

#[test]
fn authors() {
    row(
        "error: GH007: Your push would publish a private email address.",
        RejectReason::PrivateEmail,
        NextStep::ChangeAuthor,
    );
    for text in [
        "GitLab: You cannot push commits for 'me@x'. You can only push commits that were committed with one of your own verified emails.",
        "GitLab: You cannot push commits for 'me@x'.",
        "GitLab: Author's email 'me@x' does not follow the pattern '@acme'",
        "GitLab: Committer's email 'me@x' does not follow the pattern '@acme'",
        "GitLab: Author 'me@x' is not a member of team",
        "expected committer email 'a@b' but found 'c@d'",
        "expected author email 'a@b' but found 'c@d'",
        "The author email does not meet the policy",
    ] {
        row(text, RejectReason::Hook, NextStep::ChangeAuthor);
    }
    row(
        "GitLab: Commit message does not follow the pattern 'x'",
        RejectReason::Hook,
        NextStep::AskMaintainer,
    );
    row(
        "The commit message does not match the rule",
        RejectReason::Hook,
        NextStep::AskMaintainer,
    );
}

#[test]
fn sizes() {
    for text in [
        "error: GH001: Large files detected. You may want to try Git Large File Storage",
        "error: File x is 223.29 MB; this exceeds GitHub's file size limit of 100.00 MB",
        "error: GH008: Your push referenced at least 1 unknown Git LFS objects:",
        "GitLab: File \"x\" is larger than the allowed size of 100 MB",
        "The file x exceeds the maximum file size of 10 MB",
        "File x is above the maximum allowed file size",
        "VS403652: the push contains one or more files exceeding the maximum file size",
        "fatal: pack exceeds maximum allowed size (1.00 MiB)",
    ] {
        row(text, RejectReason::TooLarge, NextStep::RemoveFile);
    }
    for text in [
        "GitLab: Your push has been rejected, because this repository has exceeded its size limit of 10 GB by 1 MB.",
        "Your repository is over its size limit",
        "push exceeds repository size limit",
        "Repository size limit of 4 GB reached",
        "Gitea: Quota exceeded",
    ] {
        row(text, RejectReason::TooLarge, NextStep::AskMaintainer);
    }
}

#[test]
fn scopes() {
    for text in [
        "refusing to allow a Personal Access Token to create or update workflow `.github/workflows/ci.yml` without `workflow` scope",
        "refusing to allow an OAuth App to create or update workflow `x` without `workflow` scope",
        "The token does not have the required scope write_repository",
    ] {
        row(text, RejectReason::MissingScope, NextStep::ChangeToken);
    }
}

#[test]
fn replacing_commits() {
    for text in [
        "error: GH003: Sorry, force-pushing to main is not allowed.",
        "error: GH006: Protected branch update failed for refs/heads/main.\nerror: Cannot force-push to this protected branch",
        "error: GH013: Repository rule violations found for refs/heads/main.\n- Cannot force-push to this branch",
        "GitLab: You are not allowed to force push code to a protected branch on this project.",
        "Gitea: branch main is protected from force push",
        "prohibited by Gerrit: not permitted: force update",
        "TF401027: You need the Git 'ForcePush' permission to perform this action.",
        "Permission denied to force push to branch main.",
        "Rewriting history is not permitted on this branch",
        "Branch refs/heads/main cannot be rewritten",
        "error: denying non-fast-forward refs/heads/main (you should pull first)",
    ] {
        row(text, RejectReason::ForceNotAllowed, NextStep::PullFirst);
    }
}

#[test]
fn protected_branches() {
    for text in [
        "error: GH006: Protected branch update failed for refs/heads/main.\nerror: At least 1 approving review is required",
        "error: GH013: Repository rule violations found for refs/heads/main.\n- Changes must be made through a pull request.",
        "error: GH013: Repository rule violations found\n- Commits must have verified signatures.",
        "protected branch hook declined",
        "push declined due to repository rule violations",
        "Changes must be made through a pull request.",
        "GitLab: You are not allowed to push code to protected branches on this project.",
        "Branch refs/heads/main can only be modified through pull requests.",
        "Permission denied to update branch main.",
        "Permission denied to create branch main.",
        "Check your branch permissions configuration with the project administrator.",
        "Check your branch restrictions configuration with the project administrator.",
        "TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.",
        "you must use a pull request to update this branch",
        "Gitea: Not allowed to push to protected branch main",
        "Gitea: branch main changed protected files",
        "Sorry, this branch is protected.",
    ] {
        row(text, RejectReason::ProtectedBranch, NextStep::PushToNewBranch);
    }
    row(
        "GitLab: A default branch (e.g. main) does not yet exist for team/parcels",
        RejectReason::ProtectedBranch,
        NextStep::AskMaintainer,
    );
}

#[test]
fn rights() {
    for text in [
        "error: GH011: no write access",
        "Permission to team/parcels.git denied to reader.",
        "Write access to repository not granted.",
        "GitLab: You are not allowed to push code to this project.",
        "You are not allowed to upload code for this project.",
        "You don't have permission to push to this repository",
        "You do not have permission to push to this repository",
        "Insufficient permissions",
        "Gitea: User permission denied for writing.",
        "TF401027: You need the Git 'GenericContribute' permission to perform this action.",
        "TF401019: The Git repository does not exist or you do not have permissions for the operation",
        "prohibited by Gerrit: not permitted: update",
    ] {
        row(text, RejectReason::NoWritePermission, NextStep::ChangeToken);
    }
    for text in [
        "This repository was archived so it is read-only.",
        "Project is archived and read-only",
        "Your repository is in read only mode",
        "The repository is read-only",
    ] {
        row(text, RejectReason::NoWritePermission, NextStep::AskMaintainer);
    }
}

#[test]
fn somebody_was_faster() {
    row("stale info", RejectReason::StaleLease, NextStep::PullFirst);
    for text in [
        "TF401028: The reference 'refs/heads/main' has already been updated by another client",
        "cannot lock ref 'refs/heads/main': is at 1234 but expected 5678",
        "cannot lock ref 'refs/heads/main': reference already exists",
        "remote ref updated since checkout",
        "non-fast-forward",
        "fetch first",
        "incorrect old value provided",
    ] {
        row(text, RejectReason::RemoteHasNewer, NextStep::PullFirst);
    }
}

#[test]
fn named_rules() {
    for text in [
        "error: GH002: Sorry, branch or tag names consisting of 40 hex characters are not allowed.",
        "error: GH005: Sorry, refs longer than 255 bytes are not allowed.",
        "funny refname",
        "refs conflict",
        "refusing to update checked out branch: refs/heads/main",
        "deny updating a hidden ref",
        "GL-HOOK-ERR: no pushes on Friday",
        "no pushes on Friday",
        "push declined by a custom hook",
        "error: GH004: something new",
        "error: GH010: something new",
        "error: GH012: something new",
        "VS403653: a path does not meet the policy",
        "TF409999: something new",
    ] {
        row(text, RejectReason::Hook, NextStep::PushToNewBranch);
    }
    row(
        "shallow update not allowed",
        RejectReason::Hook,
        NextStep::AskMaintainer,
    );
}

fn by_status(status: &str, forced: bool) -> Rejection {
    let uri = RemoteUri::parse("https://host.example/team/parcels").unwrap();
    classify(
        Refusal {
            server_text: "",
            status: Some(status),
            forced,
        },
        &uri,
    )
}

#[test]
fn the_report_of_the_branch_alone_is_enough() {
    assert_eq!(
        by_status("failed to update ref", false).reason,
        RejectReason::RemoteHasNewer
    );
    assert_eq!(
        by_status("failed to update ref", true).reason,
        RejectReason::StaleLease
    );
    assert_eq!(
        by_status("non-fast-forward", true).reason,
        RejectReason::StaleLease
    );
    assert_eq!(
        by_status("pre-receive hook declined", false).reason,
        RejectReason::Hook
    );
    assert_eq!(
        by_status("unpacker error", false).next.first(),
        Some(&NextStep::Retry)
    );
    assert_eq!(by_status("unpack failed", false).reason, RejectReason::Unknown);
    assert_eq!(by_status("", false).reason, RejectReason::Unknown);
    assert_eq!(by_status("hook declined", false).server_text, "hook declined");
}

fn table_lines() -> Vec<&'static [&'static str]> {
    table::GROUPS
        .iter()
        .flat_map(|group| group.lines)
        .copied()
        .collect()
}

#[test]
fn every_line_has_words_in_lower_case() {
    assert!(
        table::GROUPS
            .iter()
            .all(|group| !group.next.is_empty() && !group.lines.is_empty())
    );
    for line in table_lines() {
        assert!(
            !line.is_empty() && line.iter().all(|w| *w == w.to_lowercase()),
            "{line:?}"
        );
    }
}

/// A line that another one above always hides can never be reached.
#[test]
fn no_line_is_hidden_by_one_above() {
    let lines = table_lines();
    for (n, line) in lines.iter().enumerate() {
        let found = lines
            .iter()
            .position(|l| l.iter().all(|w| line.join(" ").contains(w)));
        assert_eq!(found, Some(n), "{line:?}");
    }
}

/// Whoever adds a line to the table adds a text that meets it here.
#[test]
fn every_line_has_a_test() {
    let texts = include_str!("tests.rs").to_lowercase();
    for line in table_lines() {
        assert!(
            texts.lines().any(|text| line.iter().all(|w| text.contains(w))),
            "{line:?}"
        );
    }
}

#[test]
fn links_are_taken_from_the_own_host_only() {
    let origin = RemoteUri::parse("https://github.com/a/b")
        .unwrap()
        .origin()
        .clone();
    let link = |text: &str| pull_request_link(text, &origin);
    assert_eq!(
        link("Create a pull request for 'x' on GitHub by visiting:\n  https://github.com/a/b/pull/new/x\n")
            .as_deref(),
        Some("https://github.com/a/b/pull/new/x")
    );
    for text in [
        "https://github.com.evil.example/a/b/pull/new/x",
        "https://github.com@evil.example/a/b/pull/new/x",
        "http://github.com/a/b/pull/new/x",
        "https://me:pw@github.com/a/b/pull/new/x",
        "https://github.com/settings/emails",
        "javascript:https://github.com/a/b/pull/new/x",
    ] {
        assert_eq!(link(text), None, "{text}");
    }
}

#[test]
fn the_words_of_a_server_are_cleaned() {
    let rejection = refused("\u{1b}[31merror: GH006\u{1b}[0m: Protected branch \u{202e}evil");
    assert_eq!(rejection.reason, RejectReason::ProtectedBranch);
    assert_eq!(rejection.server_text, "error: GH006: Protected branch evil");
}
