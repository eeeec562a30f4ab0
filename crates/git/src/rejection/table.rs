//! Server text to reason. The first line whose words all occur wins, so special cases stand above general ones.

use crate::model::{NextStep as Next, RejectReason as Reason};

/// One line of the table.
pub(super) struct Line {
    /// In lower case; all of them have to occur.
    pub(super) words: &'static [&'static str],
    pub(super) reason: Reason,
    pub(super) message: &'static str,
    pub(super) next: &'static [Next],
}

const fn line(
    words: &'static [&'static str],
    reason: Reason,
    message: &'static str,
    next: &'static [Next],
) -> Line {
    Line {
        words,
        reason,
        message,
        next,
    }
}

pub(super) const NO_WRITE_PERMISSION: &str = "This account may read the repository, but not write to it.";

const SECRET: &str = "The host found a password or token in the commits and refuses to take it.";
const SECRET_NEXT: &[Next] = &[Next::RemoveFile, Next::AskMaintainer];
const EMAIL: &str = "The host refuses commits with this author’s e-mail address.";
const EMAIL_NEXT: &[Next] = &[Next::ChangeAuthor, Next::AskMaintainer];
const PRIVATE: &str = "Your account hides its e-mail address, and the commits would publish it.";
const LARGE: &str = "A file in the commits is larger than the host allows.";
const LARGE_NEXT: &[Next] = &[Next::RemoveFile, Next::AskMaintainer];
const FULL: &str = "The repository or account has no space left on the host.";
const FULL_NEXT: &[Next] = &[Next::AskMaintainer, Next::RemoveFile];
const PROTECTED: &str = "The branch is protected: changes go in through a pull request.";
const PROTECTED_NEXT: &[Next] = &[Next::PushToNewBranch, Next::AskMaintainer];
const FORCE: &str = "The host does not allow replacing commits on this branch.";
const FORCE_NEXT: &[Next] = &[Next::PullFirst, Next::PushToNewBranch, Next::AskMaintainer];
const WRITE_NEXT: &[Next] = &[Next::ChangeToken, Next::AskMaintainer];
const SCOPE: &str = "The token may not change workflow files.";
const ARCHIVED: &str = "The repository is archived, so nobody can write to it.";
const ASK: &[Next] = &[Next::AskMaintainer];
const NEWER: &str = "The remote branch has commits that are not here yet.";
const NEWER_NEXT: &[Next] = &[Next::PullFirst, Next::PushToNewBranch];
const STALE: &str =
    "Somebody has pushed to the remote branch since you last looked. Nothing was overwritten.";
const NAME: &str = "The host does not allow this branch name.";
const HOOK: &str = "A rule of the host refuses the push.";
const HOOK_NEXT: &[Next] = &[Next::PushToNewBranch, Next::AskMaintainer];
const MESSAGE: &str = "The host wants commit messages in another form.";
const SIGNED: &str = "The host takes signed commits only.";

const UNKNOWN: Line = line(
    &[],
    Reason::Unknown,
    "The remote refused the push without saying why.",
    &[Next::Retry, Next::AskMaintainer],
);

const LEASE: Line = line(&[], Reason::StaleLease, STALE, NEWER_NEXT);

/// The line that fits. In a forced push a branch that moved under way means that the lease did not hold.
pub(super) fn find(words: &str, forced: bool) -> &'static Line {
    let found = LINES
        .iter()
        .find(|line| line.words.iter().all(|w| words.contains(w)))
        .unwrap_or(&UNKNOWN);
    if forced && found.reason == Reason::RemoteHasNewer {
        &LEASE
    } else {
        found
    }
}

pub(super) static LINES: &[Line] = &[
    // Secrets: GitHub wraps them into GH013, so they come first.
    line(
        &["github push protection"],
        Reason::SecretFound,
        SECRET,
        SECRET_NEXT,
    ),
    line(
        &["push cannot contain secrets"],
        Reason::SecretFound,
        SECRET,
        SECRET_NEXT,
    ),
    line(&["gh009"], Reason::SecretFound, SECRET, SECRET_NEXT),
    line(
        &["push blocked: secrets detected"],
        Reason::SecretFound,
        SECRET,
        SECRET_NEXT,
    ),
    line(
        &["gitlab", "secret detected"],
        Reason::SecretFound,
        SECRET,
        SECRET_NEXT,
    ),
    line(
        &["push was rejected because it contains one or more secrets"],
        Reason::SecretFound,
        SECRET,
        SECRET_NEXT,
    ),
    line(
        &["secret scanning", "commit"],
        Reason::SecretFound,
        SECRET,
        SECRET_NEXT,
    ),
    // Authors.
    line(&["gh007"], Reason::PrivateEmail, PRIVATE, EMAIL_NEXT),
    line(
        &["you can only push commits that were committed with one of your own"],
        Reason::Hook,
        EMAIL,
        EMAIL_NEXT,
    ),
    line(&["you cannot push commits for"], Reason::Hook, EMAIL, EMAIL_NEXT),
    line(
        &["author's email", "does not follow the pattern"],
        Reason::Hook,
        EMAIL,
        EMAIL_NEXT,
    ),
    line(
        &["committer's email", "does not follow the pattern"],
        Reason::Hook,
        EMAIL,
        EMAIL_NEXT,
    ),
    line(
        &["author", "is not a member of team"],
        Reason::Hook,
        EMAIL,
        EMAIL_NEXT,
    ),
    line(&["expected committer email"], Reason::Hook, EMAIL, EMAIL_NEXT),
    line(&["expected author email"], Reason::Hook, EMAIL, EMAIL_NEXT),
    line(&["author email", "policy"], Reason::Hook, EMAIL, EMAIL_NEXT),
    line(
        &["commit message", "does not follow the pattern"],
        Reason::Hook,
        MESSAGE,
        ASK,
    ),
    line(&["commit message", "does not match"], Reason::Hook, MESSAGE, ASK),
    // Sizes.
    line(&["gh001"], Reason::TooLarge, LARGE, LARGE_NEXT),
    line(
        &["exceeds github's file size limit"],
        Reason::TooLarge,
        LARGE,
        LARGE_NEXT,
    ),
    line(
        &["gh008"],
        Reason::TooLarge,
        "The commits name large files (LFS) that are not on the host.",
        LARGE_NEXT,
    ),
    line(
        &["larger than the allowed size"],
        Reason::TooLarge,
        LARGE,
        LARGE_NEXT,
    ),
    line(
        &["exceeds the maximum file size"],
        Reason::TooLarge,
        LARGE,
        LARGE_NEXT,
    ),
    line(
        &["maximum allowed file size"],
        Reason::TooLarge,
        LARGE,
        LARGE_NEXT,
    ),
    line(
        &["exceeding the maximum file size"],
        Reason::TooLarge,
        LARGE,
        LARGE_NEXT,
    ),
    line(
        &["pack exceeds maximum allowed size"],
        Reason::TooLarge,
        "The push is larger than the host allows.",
        LARGE_NEXT,
    ),
    line(
        &["repository has exceeded its size limit"],
        Reason::TooLarge,
        FULL,
        FULL_NEXT,
    ),
    line(
        &["repository is over its size limit"],
        Reason::TooLarge,
        FULL,
        FULL_NEXT,
    ),
    line(
        &["exceeds repository size limit"],
        Reason::TooLarge,
        FULL,
        FULL_NEXT,
    ),
    line(&["repository size limit"], Reason::TooLarge, FULL, FULL_NEXT),
    line(&["quota exceeded"], Reason::TooLarge, FULL, FULL_NEXT),
    // Scopes of tokens.
    line(
        &["refusing to allow", "workflow"],
        Reason::MissingScope,
        SCOPE,
        WRITE_NEXT,
    ),
    line(
        &["token", "does not have the required scope"],
        Reason::MissingScope,
        "The token may not do this.",
        WRITE_NEXT,
    ),
    // Replacing commits.
    line(&["gh003"], Reason::ForceNotAllowed, FORCE, FORCE_NEXT),
    line(
        &["gh006", "cannot force-push"],
        Reason::ForceNotAllowed,
        FORCE,
        FORCE_NEXT,
    ),
    line(
        &["gh013", "cannot force-push"],
        Reason::ForceNotAllowed,
        FORCE,
        FORCE_NEXT,
    ),
    line(
        &["not allowed to force push"],
        Reason::ForceNotAllowed,
        FORCE,
        FORCE_NEXT,
    ),
    line(
        &["protected from force push"],
        Reason::ForceNotAllowed,
        FORCE,
        FORCE_NEXT,
    ),
    line(
        &["not permitted: force update"],
        Reason::ForceNotAllowed,
        FORCE,
        FORCE_NEXT,
    ),
    line(
        &["tf401027", "forcepush"],
        Reason::ForceNotAllowed,
        FORCE,
        FORCE_NEXT,
    ),
    line(
        &["permission denied to force"],
        Reason::ForceNotAllowed,
        FORCE,
        FORCE_NEXT,
    ),
    line(&["rewriting history"], Reason::ForceNotAllowed, FORCE, FORCE_NEXT),
    line(
        &["cannot be rewritten"],
        Reason::ForceNotAllowed,
        FORCE,
        FORCE_NEXT,
    ),
    line(
        &["denying non-fast-forward"],
        Reason::ForceNotAllowed,
        FORCE,
        FORCE_NEXT,
    ),
    // Protected branches.
    line(&["gh006"], Reason::ProtectedBranch, PROTECTED, PROTECTED_NEXT),
    line(
        &["gh013", "verified signatures"],
        Reason::ProtectedBranch,
        SIGNED,
        PROTECTED_NEXT,
    ),
    line(&["gh013"], Reason::ProtectedBranch, PROTECTED, PROTECTED_NEXT),
    line(
        &["protected branch hook declined"],
        Reason::ProtectedBranch,
        PROTECTED,
        PROTECTED_NEXT,
    ),
    line(
        &["push declined due to repository rule violations"],
        Reason::ProtectedBranch,
        PROTECTED,
        PROTECTED_NEXT,
    ),
    line(
        &["changes must be made through a pull request"],
        Reason::ProtectedBranch,
        PROTECTED,
        PROTECTED_NEXT,
    ),
    line(
        &["not allowed to push code to protected branches"],
        Reason::ProtectedBranch,
        PROTECTED,
        PROTECTED_NEXT,
    ),
    line(
        &["default branch", "does not yet exist"],
        Reason::ProtectedBranch,
        "The repository is empty, and this account may not push its first branch.",
        ASK,
    ),
    line(
        &["can only be modified through pull requests"],
        Reason::ProtectedBranch,
        PROTECTED,
        PROTECTED_NEXT,
    ),
    line(
        &["permission denied to update branch"],
        Reason::ProtectedBranch,
        PROTECTED,
        PROTECTED_NEXT,
    ),
    line(
        &["permission denied to create branch"],
        Reason::ProtectedBranch,
        NAME,
        PROTECTED_NEXT,
    ),
    line(
        &["check your branch permissions"],
        Reason::ProtectedBranch,
        PROTECTED,
        PROTECTED_NEXT,
    ),
    line(
        &["check your branch restrictions"],
        Reason::ProtectedBranch,
        PROTECTED,
        PROTECTED_NEXT,
    ),
    line(&["tf402455"], Reason::ProtectedBranch, PROTECTED, PROTECTED_NEXT),
    line(
        &["you must use a pull request to update this branch"],
        Reason::ProtectedBranch,
        PROTECTED,
        PROTECTED_NEXT,
    ),
    line(
        &["not allowed to push to protected branch"],
        Reason::ProtectedBranch,
        PROTECTED,
        PROTECTED_NEXT,
    ),
    line(
        &["changed protected files"],
        Reason::ProtectedBranch,
        PROTECTED,
        PROTECTED_NEXT,
    ),
    line(
        &["branch is protected"],
        Reason::ProtectedBranch,
        PROTECTED,
        PROTECTED_NEXT,
    ),
    // Rights.
    line(
        &["repository was archived"],
        Reason::NoWritePermission,
        ARCHIVED,
        ASK,
    ),
    line(
        &["archived", "read-only"],
        Reason::NoWritePermission,
        ARCHIVED,
        ASK,
    ),
    line(
        &["gh011"],
        Reason::NoWritePermission,
        NO_WRITE_PERMISSION,
        WRITE_NEXT,
    ),
    line(
        &["permission to", "denied to"],
        Reason::NoWritePermission,
        NO_WRITE_PERMISSION,
        WRITE_NEXT,
    ),
    line(
        &["write access to repository not granted"],
        Reason::NoWritePermission,
        NO_WRITE_PERMISSION,
        WRITE_NEXT,
    ),
    line(
        &["not allowed to push code to this project"],
        Reason::NoWritePermission,
        NO_WRITE_PERMISSION,
        WRITE_NEXT,
    ),
    line(
        &["not allowed to upload code"],
        Reason::NoWritePermission,
        NO_WRITE_PERMISSION,
        WRITE_NEXT,
    ),
    line(
        &["don't have permission to push"],
        Reason::NoWritePermission,
        NO_WRITE_PERMISSION,
        WRITE_NEXT,
    ),
    line(
        &["do not have permission to push"],
        Reason::NoWritePermission,
        NO_WRITE_PERMISSION,
        WRITE_NEXT,
    ),
    line(
        &["insufficient permission"],
        Reason::NoWritePermission,
        NO_WRITE_PERMISSION,
        WRITE_NEXT,
    ),
    line(
        &["permission denied for writing"],
        Reason::NoWritePermission,
        NO_WRITE_PERMISSION,
        WRITE_NEXT,
    ),
    line(
        &["repository is in read only mode"],
        Reason::NoWritePermission,
        NO_WRITE_PERMISSION,
        ASK,
    ),
    line(
        &["repository is read-only"],
        Reason::NoWritePermission,
        NO_WRITE_PERMISSION,
        ASK,
    ),
    line(
        &["tf401027"],
        Reason::NoWritePermission,
        NO_WRITE_PERMISSION,
        WRITE_NEXT,
    ),
    line(
        &["tf401019"],
        Reason::NoWritePermission,
        NO_WRITE_PERMISSION,
        WRITE_NEXT,
    ),
    line(
        &["prohibited by gerrit"],
        Reason::NoWritePermission,
        NO_WRITE_PERMISSION,
        WRITE_NEXT,
    ),
    // Somebody was faster.
    line(&["stale info"], Reason::StaleLease, STALE, NEWER_NEXT),
    line(&["tf401028"], Reason::RemoteHasNewer, NEWER, NEWER_NEXT),
    line(
        &["cannot lock ref", "but expected"],
        Reason::RemoteHasNewer,
        NEWER,
        NEWER_NEXT,
    ),
    line(
        &["cannot lock ref", "reference already exists"],
        Reason::RemoteHasNewer,
        NEWER,
        NEWER_NEXT,
    ),
    line(
        &["remote ref updated since checkout"],
        Reason::RemoteHasNewer,
        NEWER,
        NEWER_NEXT,
    ),
    line(&["non-fast-forward"], Reason::RemoteHasNewer, NEWER, NEWER_NEXT),
    line(&["fetch first"], Reason::RemoteHasNewer, NEWER, NEWER_NEXT),
    line(
        &["incorrect old value"],
        Reason::RemoteHasNewer,
        NEWER,
        NEWER_NEXT,
    ),
    // Rules that name what they are.
    line(&["gh002"], Reason::Hook, NAME, HOOK_NEXT),
    line(&["gh005"], Reason::Hook, NAME, HOOK_NEXT),
    line(&["funny refname"], Reason::Hook, NAME, HOOK_NEXT),
    line(&["refs conflict"], Reason::Hook, NAME, HOOK_NEXT),
    line(
        &["refusing to update checked out branch"],
        Reason::Hook,
        "The branch is checked out on the remote.",
        HOOK_NEXT,
    ),
    line(
        &["shallow update not allowed"],
        Reason::Hook,
        "The remote needs the whole history, and here is only a part of it.",
        ASK,
    ),
    line(&["hidden ref"], Reason::Hook, NAME, HOOK_NEXT),
    line(&["gl-hook-err"], Reason::Hook, HOOK, HOOK_NEXT),
    line(&["hook declined"], Reason::Hook, HOOK, HOOK_NEXT),
    line(&["declined by", "hook"], Reason::Hook, HOOK, HOOK_NEXT),
    line(&["gh0"], Reason::Hook, HOOK, HOOK_NEXT),
    line(&["vs4036"], Reason::Hook, HOOK, HOOK_NEXT),
    line(&["tf40"], Reason::Hook, HOOK, HOOK_NEXT),
    // The remote's own trouble.
    line(
        &["unpacker error"],
        Reason::Unknown,
        "The remote could not store what was sent.",
        &[Next::Retry, Next::AskMaintainer],
    ),
    line(
        &["unpack failed"],
        Reason::Unknown,
        "The remote could not store what was sent.",
        &[Next::Retry, Next::AskMaintainer],
    ),
    line(
        &["failed to update ref"],
        Reason::RemoteHasNewer,
        NEWER,
        NEWER_NEXT,
    ),
];
