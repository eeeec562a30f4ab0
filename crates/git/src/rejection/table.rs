//! Server text to reason. The first line whose words all occur wins, so special cases stand above general ones.

use crate::model::{NextStep as Next, RejectReason as Reason};

/// Lines with the same meaning. The words of one line all have to occur; they are in lower case.
pub(super) struct Group {
    pub(super) reason: Reason,
    pub(super) message: &'static str,
    pub(super) next: &'static [Next],
    pub(super) lines: &'static [&'static [&'static str]],
}

const fn group(
    reason: Reason,
    message: &'static str,
    next: &'static [Next],
    lines: &'static [&'static [&'static str]],
) -> Group {
    Group {
        reason,
        message,
        next,
        lines,
    }
}

impl Group {
    fn fits(&self, words: &str) -> bool {
        self.lines
            .iter()
            .any(|line| line.iter().all(|word| words.contains(word)))
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

static UNKNOWN: Group = group(
    Reason::Unknown,
    "The remote refused the push without saying why.",
    &[Next::Retry, Next::AskMaintainer],
    &[],
);

static LEASE: Group = group(Reason::StaleLease, STALE, NEWER_NEXT, &[]);

/// The group that fits. In a forced push a branch that moved under way means that the lease did not hold.
pub(super) fn find(words: &str, forced: bool) -> &'static Group {
    let found = GROUPS.iter().find(|group| group.fits(words)).unwrap_or(&UNKNOWN);
    if forced && found.reason == Reason::RemoteHasNewer {
        &LEASE
    } else {
        found
    }
}

pub(super) static GROUPS: &[Group] = &[
    // Secrets: GitHub wraps them into GH013, so they come first.
    group(
        Reason::SecretFound,
        SECRET,
        SECRET_NEXT,
        &[
            &["github push protection"],
            &["push cannot contain secrets"],
            &["gh009"],
            &["push blocked: secrets detected"],
            &["gitlab", "secret detected"],
            &["push was rejected because it contains one or more secrets"],
            &["secret scanning", "commit"],
        ],
    ),
    // Authors.
    group(Reason::PrivateEmail, PRIVATE, EMAIL_NEXT, &[&["gh007"]]),
    group(
        Reason::Hook,
        EMAIL,
        EMAIL_NEXT,
        &[
            &["you can only push commits that were committed with one of your own"],
            &["you cannot push commits for"],
            &["author's email", "does not follow the pattern"],
            &["committer's email", "does not follow the pattern"],
            &["author", "is not a member of team"],
            &["expected committer email"],
            &["expected author email"],
            &["author email", "policy"],
        ],
    ),
    group(
        Reason::Hook,
        MESSAGE,
        ASK,
        &[
            &["commit message", "does not follow the pattern"],
            &["commit message", "does not match"],
        ],
    ),
    // Sizes.
    group(
        Reason::TooLarge,
        LARGE,
        LARGE_NEXT,
        &[&["gh001"], &["exceeds github's file size limit"]],
    ),
    group(
        Reason::TooLarge,
        "The commits name large files (LFS) that are not on the host.",
        LARGE_NEXT,
        &[&["gh008"]],
    ),
    group(
        Reason::TooLarge,
        LARGE,
        LARGE_NEXT,
        &[
            &["larger than the allowed size"],
            &["exceeds the maximum file size"],
            &["maximum allowed file size"],
            &["exceeding the maximum file size"],
        ],
    ),
    group(
        Reason::TooLarge,
        "The push is larger than the host allows.",
        LARGE_NEXT,
        &[&["pack exceeds maximum allowed size"]],
    ),
    group(
        Reason::TooLarge,
        FULL,
        FULL_NEXT,
        &[
            &["repository has exceeded its size limit"],
            &["repository is over its size limit"],
            &["exceeds repository size limit"],
            &["repository size limit"],
            &["quota exceeded"],
        ],
    ),
    // Scopes of tokens.
    group(
        Reason::MissingScope,
        SCOPE,
        WRITE_NEXT,
        &[&["refusing to allow", "workflow"]],
    ),
    group(
        Reason::MissingScope,
        "The token may not do this.",
        WRITE_NEXT,
        &[&["token", "does not have the required scope"]],
    ),
    // Replacing commits.
    group(
        Reason::ForceNotAllowed,
        FORCE,
        FORCE_NEXT,
        &[
            &["gh003"],
            &["gh006", "cannot force-push"],
            &["gh013", "cannot force-push"],
            &["not allowed to force push"],
            &["protected from force push"],
            &["not permitted: force update"],
            &["tf401027", "forcepush"],
            &["permission denied to force"],
            &["rewriting history"],
            &["cannot be rewritten"],
            &["denying non-fast-forward"],
        ],
    ),
    // Protected branches.
    group(Reason::ProtectedBranch, PROTECTED, PROTECTED_NEXT, &[&["gh006"]]),
    group(
        Reason::ProtectedBranch,
        SIGNED,
        PROTECTED_NEXT,
        &[&["gh013", "verified signatures"]],
    ),
    group(
        Reason::ProtectedBranch,
        PROTECTED,
        PROTECTED_NEXT,
        &[
            &["gh013"],
            &["protected branch hook declined"],
            &["push declined due to repository rule violations"],
            &["changes must be made through a pull request"],
            &["not allowed to push code to protected branches"],
        ],
    ),
    group(
        Reason::ProtectedBranch,
        "The repository is empty, and this account may not push its first branch.",
        ASK,
        &[&["default branch", "does not yet exist"]],
    ),
    group(
        Reason::ProtectedBranch,
        PROTECTED,
        PROTECTED_NEXT,
        &[
            &["can only be modified through pull requests"],
            &["permission denied to update branch"],
        ],
    ),
    group(
        Reason::ProtectedBranch,
        NAME,
        PROTECTED_NEXT,
        &[&["permission denied to create branch"]],
    ),
    group(
        Reason::ProtectedBranch,
        PROTECTED,
        PROTECTED_NEXT,
        &[
            &["check your branch permissions"],
            &["check your branch restrictions"],
            &["tf402455"],
            &["you must use a pull request to update this branch"],
            &["not allowed to push to protected branch"],
            &["changed protected files"],
            &["branch is protected"],
        ],
    ),
    // Rights.
    group(
        Reason::NoWritePermission,
        ARCHIVED,
        ASK,
        &[&["repository was archived"], &["archived", "read-only"]],
    ),
    group(
        Reason::NoWritePermission,
        NO_WRITE_PERMISSION,
        WRITE_NEXT,
        &[
            &["gh011"],
            &["permission to", "denied to"],
            &["write access to repository not granted"],
            &["not allowed to push code to this project"],
            &["not allowed to upload code"],
            &["don't have permission to push"],
            &["do not have permission to push"],
            &["insufficient permission"],
            &["permission denied for writing"],
        ],
    ),
    group(
        Reason::NoWritePermission,
        NO_WRITE_PERMISSION,
        ASK,
        &[&["repository is in read only mode"], &["repository is read-only"]],
    ),
    group(
        Reason::NoWritePermission,
        NO_WRITE_PERMISSION,
        WRITE_NEXT,
        &[&["tf401027"], &["tf401019"], &["prohibited by gerrit"]],
    ),
    // Somebody was faster.
    group(Reason::StaleLease, STALE, NEWER_NEXT, &[&["stale info"]]),
    group(
        Reason::RemoteHasNewer,
        NEWER,
        NEWER_NEXT,
        &[
            &["tf401028"],
            &["cannot lock ref", "but expected"],
            &["cannot lock ref", "reference already exists"],
            &["remote ref updated since checkout"],
            &["non-fast-forward"],
            &["fetch first"],
            &["incorrect old value"],
        ],
    ),
    // Rules that name what they are.
    group(
        Reason::Hook,
        NAME,
        HOOK_NEXT,
        &[&["gh002"], &["gh005"], &["funny refname"], &["refs conflict"]],
    ),
    group(
        Reason::Hook,
        "The branch is checked out on the remote.",
        HOOK_NEXT,
        &[&["refusing to update checked out branch"]],
    ),
    group(
        Reason::Hook,
        "The remote needs the whole history, and here is only a part of it.",
        ASK,
        &[&["shallow update not allowed"]],
    ),
    group(Reason::Hook, NAME, HOOK_NEXT, &[&["hidden ref"]]),
    group(
        Reason::Hook,
        HOOK,
        HOOK_NEXT,
        &[
            &["gl-hook-err"],
            &["hook declined"],
            &["declined by", "hook"],
            &["gh0"],
            &["vs4036"],
            &["tf40"],
        ],
    ),
    // The remote's own trouble.
    group(
        Reason::Unknown,
        "The remote could not store what was sent.",
        &[Next::Retry, Next::AskMaintainer],
        &[&["unpacker error"], &["unpack failed"]],
    ),
    group(
        Reason::RemoteHasNewer,
        NEWER,
        NEWER_NEXT,
        &[&["failed to update ref"]],
    ),
];
