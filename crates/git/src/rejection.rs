//! Why a remote refused a push. The only place that reads the words of a server.

mod table;

use url::Url;

use crate::model::{NextStep, RejectReason, Rejection};
use crate::sideband;
use crate::uri::{Origin, RemoteUri};

/// What is known of a refusal.
#[derive(Debug, Clone, Copy)]
pub struct Refusal<'a> {
    /// What the server printed.
    pub server_text: &'a str,
    /// What it reported for the branch, where it did.
    pub status: Option<&'a str>,
    /// True where the push was to replace commits.
    pub forced: bool,
}

/// Puts a refusal into a sentence and finds the next steps.
pub fn classify(refusal: Refusal<'_>, uri: &RemoteUri) -> Rejection {
    let server_text = sideband::clean(refusal.server_text);
    let status = sideband::clean(refusal.status.unwrap_or_default());
    let words = format!("{server_text}\n{status}").to_lowercase();
    let line = table::find(&words, refusal.forced);
    Rejection {
        reason: line.reason,
        message: line.message.to_owned(),
        next: line.next.to_vec(),
        link: pull_request_link(&server_text, uri.origin()),
        server_text: if server_text.is_empty() {
            status
        } else {
            server_text
        },
    }
}

/// The refusal that is already clear before anything is sent: the remote has commits that are not here.
pub fn remote_has_newer() -> Rejection {
    known(
        RejectReason::RemoteHasNewer,
        "The remote branch has commits that are not here yet.",
        &[NextStep::PullFirst, NextStep::PushToNewBranch],
    )
}

/// The refusal of a lease: the remote branch is not what the person was shown.
pub fn stale_lease() -> Rejection {
    known(
        RejectReason::StaleLease,
        "Somebody has pushed to the remote branch since you last looked. Nothing was overwritten.",
        &[NextStep::PullFirst, NextStep::PushToNewBranch],
    )
}

/// A tag of this name is on the remote and names something else. Nobody expects a tag to move.
pub fn tag_taken() -> Rejection {
    known(
        RejectReason::Unknown,
        "The remote has another tag of this name, and a tag is never replaced.",
        &[NextStep::AskMaintainer],
    )
}

/// A refusal of the whole request, before any branch was looked at.
pub(crate) fn no_write_permission(text: &str, uri: &RemoteUri) -> Rejection {
    let found = classify(
        Refusal {
            server_text: text,
            status: None,
            forced: false,
        },
        uri,
    );
    if !matches!(found.reason, RejectReason::Unknown | RejectReason::Hook) {
        return found;
    }
    Rejection {
        reason: RejectReason::NoWritePermission,
        message: table::NO_WRITE_PERMISSION.to_owned(),
        next: vec![NextStep::ChangeToken, NextStep::AskMaintainer],
        ..found
    }
}

/// A refusal of the whole request because of its size.
pub(crate) fn too_large(text: &str) -> Rejection {
    Rejection {
        server_text: sideband::clean(text),
        ..known(
            RejectReason::TooLarge,
            "The host does not take a push of this size.",
            &[NextStep::RemoveFile, NextStep::AskMaintainer],
        )
    }
}

/// The first link to a new pull request in the words of a server, where it stays on the remote's own host. A server
/// can print anything, so a link elsewhere is never offered.
pub fn pull_request_link(server_text: &str, origin: &Origin) -> Option<String> {
    server_text
        .split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | '(' | ')'))
        .filter(|word| word.starts_with("https://"))
        .filter_map(|word| Url::parse(word.trim_end_matches(['.', ',', ';'])).ok())
        .find(|url| is_pull_request(url) && same_host(url, origin))
        .map(String::from)
}

fn is_pull_request(url: &Url) -> bool {
    const PAGES: [&str; 6] = [
        "/pull/new/",
        "/merge_requests/",
        "/pull-requests",
        "/pullrequestcreate",
        "/compare/",
        "/pulls/",
    ];
    PAGES.iter().any(|page| url.path().contains(page))
}

fn same_host(url: &Url, origin: &Origin) -> bool {
    let clean = url.username().is_empty() && url.password().is_none();
    clean && Origin::of(url).is_some_and(|other| other.name() == origin.name())
}

fn known(reason: RejectReason, message: &str, next: &[NextStep]) -> Rejection {
    Rejection {
        reason,
        message: message.to_owned(),
        server_text: String::new(),
        next: next.to_vec(),
        link: None,
    }
}

impl RejectReason {
    /// A stable name of the reason, as in git-events.
    pub fn code(self) -> &'static str {
        match self {
            Self::RemoteHasNewer => "remote-has-newer",
            Self::StaleLease => "stale-lease",
            Self::ProtectedBranch => "protected-branch",
            Self::ForceNotAllowed => "force-not-allowed",
            Self::NoWritePermission => "no-write-permission",
            Self::TooLarge => "too-large",
            Self::SecretFound => "secret-found",
            Self::PrivateEmail => "private-email",
            Self::MissingScope => "missing-scope",
            Self::Hook => "hook",
            Self::Unknown => "unknown",
        }
    }
}

impl NextStep {
    /// The step in words that follow "you can".
    pub fn words(self) -> &'static str {
        match self {
            Self::PullFirst => "pull first",
            Self::PushToNewBranch => "push to a new branch and open a pull request",
            Self::ForcePush => "force push (overwrites the remote’s commits)",
            Self::ChangeToken => "use another access token",
            Self::ChangeAuthor => "change the author’s e-mail",
            Self::RemoveFile => "take the file out of the commits",
            Self::AskMaintainer => "ask a maintainer of the repository",
            Self::Retry => "try again later",
        }
    }
}

#[cfg(test)]
mod tests;
