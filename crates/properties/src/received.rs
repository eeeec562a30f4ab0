//! What a host sends to a fetch and says to a push: all of it arrives, or nothing has changed.
//!
//! The first byte says which of the two, two bytes how long the list of branches is; then the list, then the answer.

use std::fs;
use std::time::{Duration, Instant};

use git2::{Oid, Signature, Time};
use sheaf_git::event::Journal;
use sheaf_git::fuzzing::{Pushed, fetched, git, pushed};
use sheaf_git::network::Network;
use sheaf_git::repository::Repo;
use sheaf_git::uri::RemoteUri;

use crate::feed::Feed;
use crate::scratch::{Scratch, with_scratch};
use crate::shown::is_harmless;

const BRANCH: &str = "refs/heads/main";
/// No answer of some kilobytes takes longer.
const LONGEST: Duration = Duration::from_secs(10);

pub(crate) fn check(bytes: &[u8]) {
    let mut feed = Feed::new(bytes);
    let (is_push, length) = (feed.byte() & 1 == 1, usize::from(feed.word()));
    let list = feed.bytes(length);
    let answer = feed.rest();
    // Nobody listens there: what would be asked beyond the list fails at once.
    let Ok(uri) = RemoteUri::parse("https://127.0.0.1:1/parcels.git") else {
        return;
    };
    let mut net = Network::new(Journal::start("parcels", "fetch", None, None));
    net.timeouts.idle = Duration::from_secs(5);
    let began = Instant::now();
    with_scratch(|scratch| {
        if is_push {
            push(scratch, &uri, &net, (list, answer));
        } else {
            fetch(scratch, &uri, &net, list, answer);
        }
    });
    assert!(began.elapsed() < LONGEST, "{:?}", began.elapsed());
}

fn fetch(scratch: &Scratch, uri: &RemoteUri, net: &Network, list: &[u8], answer: &[u8]) {
    let before = scratch.repo.refs().unwrap_or_default();
    match fetched(&scratch.repo, uri, net, list, answer) {
        Ok(report) => {
            for name in &report.updated {
                let name = format!("refs/remotes/origin/{name}");
                let commit = git(&scratch.repo)
                    .find_reference(&name)
                    .and_then(|found| found.peel_to_commit());
                assert!(commit.is_ok(), "{name:?}");
            }
        }
        Err(error) => {
            is_harmless(&error.to_string());
            assert_eq!(scratch.repo.refs().unwrap_or_default(), before, "{error}");
        }
    }
    let packs = fs::read_dir(scratch.repo.git_dir().join("objects/pack"))
        .into_iter()
        .flatten();
    for pack in packs.flatten() {
        let name = pack.file_name().to_string_lossy().into_owned();
        assert!(name.starts_with("pack-"), "{name:?} is left");
    }
}

fn push(scratch: &Scratch, uri: &RemoteUri, net: &Network, said: (&[u8], &[u8])) {
    let Ok(commit) = commit(&scratch.repo) else { return };
    match pushed(&scratch.repo, uri, net, (BRANCH, commit), said) {
        Ok(Pushed::Accepted(text)) => {
            let mentioned = said.1.windows(BRANCH.len()).any(|part| part == BRANCH.as_bytes());
            assert!(mentioned, "nothing was said of the branch: {text:?}");
            is_harmless(&text);
        }
        Ok(Pushed::Rejected(rejection)) => is_harmless(&rejection.server_text),
        Err(error) => is_harmless(&error.to_string()),
    }
}

/// Always the same one.
fn commit(repo: &Repo) -> Result<Oid, git2::Error> {
    let git = git(repo);
    let tree = git.find_tree(git.treebuilder(None)?.write()?)?;
    let who = Signature::new("Ana", "ana@example.com", &Time::new(1_800_000_000, 0))?;
    git.commit(None, &who, &who, "Add parcels", &tree, &[])
}
