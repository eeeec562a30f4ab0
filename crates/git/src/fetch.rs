//! Learning what the remote has.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use git2::{AutotagOption, Direction, FetchOptions, Oid, Remote};

use crate::backup::BACKUP;
use crate::config::REMOTE;
use crate::error::{GitError, NetworkError};
use crate::lock::RepoLock;
use crate::network::Network;
use crate::progress::Stage;
use crate::remote_callbacks::Listener;
use crate::repository::{HEADS, Repo};
use crate::transport::{self, Operation};
use crate::uri::RemoteUri;

/// How long noting what was received or sent waits for who else works on the project.
const PATIENCE: Duration = Duration::from_secs(5);
/// So many branches and tags are taken from a remote.
const MOST_REFS: usize = 100_000;
const TAGS: &str = "refs/tags/";
/// Bytes of one part of a name: git puts `.lock` behind it, and file systems take 255.
const LONGEST_PART: usize = 250;

/// What a fetch brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FetchReport {
    /// Short names of remote branches that are new or moved (`main`).
    pub updated: Vec<String>,
    /// Short names of remote branches that are gone.
    pub pruned: Vec<String>,
    /// Local refs that keep those of them whose commits are nowhere else.
    pub kept: Vec<String>,
    /// Bytes received.
    pub bytes: u64,
    /// True where the remote has no commit yet.
    pub remote_empty: bool,
}

/// What a remote says it has.
#[derive(Debug, Default)]
pub(crate) struct Offer {
    /// Branches by short name.
    pub(crate) branches: BTreeMap<String, Oid>,
    /// Tags by full name.
    tags: BTreeMap<String, Oid>,
    /// Short name of the default branch.
    pub(crate) default_branch: Option<String>,
}

impl Offer {
    /// The commits that its branches are at, each once.
    fn tips(&self) -> Vec<Oid> {
        let tips: BTreeSet<Oid> = self.branches.values().copied().collect();
        tips.into_iter().collect()
    }
}

impl Repo {
    /// Brings all branches of the remote up to date. Local branches and files stay as they are.
    pub fn fetch(&self, net: &Network) -> Result<FetchReport, GitError> {
        let uri = self.remote_uri()?;
        Ok(self.fetch_from(&uri, net)?.0)
    }

    /// The address of the remote.
    pub(crate) fn remote_uri(&self) -> Result<RemoteUri, GitError> {
        let text = self.remote_url().ok_or(GitError::NoRemote)?;
        Ok(RemoteUri::parse(&text)?)
    }

    /// Everything arrives before the first ref moves, so a fetch that fails has changed nothing.
    pub(crate) fn fetch_from(
        &self,
        uri: &RemoteUri,
        net: &Network,
    ) -> Result<(FetchReport, Offer), GitError> {
        let operation = Operation::new(uri, net)?;
        let _entered = operation.enter();
        self.fetch_over(transport::remote(&self.git)?, &operation)
    }

    pub(crate) fn fetch_over(
        &self,
        mut remote: Remote<'_>,
        operation: &Arc<Operation>,
    ) -> Result<(FetchReport, Offer), GitError> {
        let listener = Listener::new(operation.net());
        listener.meter.stage(Stage::Connecting);
        let offer = self.download(&mut remote, operation, &listener)?;
        let _ = remote.disconnect();
        let mut report = FetchReport {
            bytes: listener.received(),
            remote_empty: offer.branches.is_empty(),
            ..FetchReport::default()
        };
        let _turn = self.turn()?;
        self.prune(&offer, &mut report)?;
        self.track(&offer, operation.uri(), &mut report)?;
        self.add_tags(&offer)?;
        Ok((report, offer))
    }

    /// What the remote has, and everything of it that is not here yet.
    fn download(
        &self,
        remote: &mut Remote<'_>,
        operation: &Arc<Operation>,
        listener: &Listener<'_>,
    ) -> Result<Offer, GitError> {
        let explain = |error| operation.explain(error);
        remote.connect(Direction::Fetch).map_err(explain)?;
        let mut offer = offer(remote, operation)?;
        if offer.branches.is_empty() {
            offer.default_branch = transport::unborn_head(operation);
            return Ok(offer);
        }
        let nothing_is_here = self.git.references()?.next().is_none();
        if nothing_is_here && self.receive_all(operation, &offer.tips(), listener)? {
            return Ok(offer);
        }
        let mut options = FetchOptions::new();
        options
            .remote_callbacks(listener.receiving())
            .download_tags(AutotagOption::Auto)
            .update_fetchhead(false);
        let all = format!("+{HEADS}*:{}", tracking("*"));
        remote
            .download(&[&all], Some(&mut options))
            .map_err(|error| operation.explain_received(error))?;
        Ok(offer)
    }

    /// The lock for noting what the network brought, which is not waited for any longer than this: what has arrived has
    /// arrived, whoever holds the project meanwhile.
    pub(crate) fn turn(&self) -> Result<Option<RepoLock>, GitError> {
        match self.lock(PATIENCE) {
            Ok(lock) => Ok(Some(lock)),
            Err(GitError::Busy(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Branches of the remote that are on the list, by short name, with where they are.
    pub(crate) fn tracked(&self) -> Result<Vec<(String, Oid)>, GitError> {
        let mut found = Vec::new();
        for reference in self.git.references_glob(&format!("{}*", tracking("")))? {
            let reference = reference?;
            let (Ok(name), Some(oid)) = (reference.name(), reference.target()) else {
                continue;
            };
            if let Some(short) = name.strip_prefix(&tracking("")) {
                found.push((short.to_owned(), oid));
            }
        }
        Ok(found)
    }

    /// First what is gone: `a` has to make room for `a/b`.
    fn prune(&self, offer: &Offer, report: &mut FetchReport) -> Result<(), GitError> {
        for (name, oid) in self.tracked()? {
            if name != "HEAD" && !offer.branches.contains_key(&name) {
                if self.is_nowhere_else(oid, &tracking(&name))? {
                    report.kept.push(self.backup(&name, &oid.into())?);
                }
                self.git.find_reference(&tracking(&name))?.delete()?;
                report.pruned.push(name);
            }
        }
        self.drop_lost_default()
    }

    /// `origin/HEAD` names the default branch; once that is gone, git's own check takes the name for damage.
    pub(crate) fn drop_lost_default(&self) -> Result<(), GitError> {
        let name = tracking("HEAD");
        let Ok(default) = self.git.find_reference(&name) else {
            return Ok(());
        };
        match default.symbolic_target()? {
            Some(target) if self.ref_oid(target)?.is_none() => self.remove_ref(&name),
            _ => Ok(()),
        }
    }

    /// Whether only this ref leads to the commit.
    fn is_nowhere_else(&self, commit: Oid, own: &str) -> Result<bool, GitError> {
        let mut walk = self.git.revwalk()?;
        walk.push(commit)?;
        for prefix in [HEADS, "refs/remotes/", TAGS, BACKUP] {
            for (name, tip) in self.full_tips(prefix)? {
                if name != own {
                    walk.hide(tip)?;
                }
            }
        }
        Ok(walk.next().is_some())
    }

    fn track(&self, offer: &Offer, uri: &RemoteUri, report: &mut FetchReport) -> Result<(), GitError> {
        for (name, oid) in &offer.branches {
            if self.ref_oid(&tracking(name))? != Some(*oid) {
                self.set_tracking(name, *oid, &format!("fetch {uri}"))?;
                report.updated.push(name.clone());
            }
        }
        Ok(())
    }

    pub(crate) fn set_tracking(&self, branch: &str, oid: Oid, why: &str) -> Result<(), GitError> {
        self.git.reference(&tracking(branch), oid, true, why)?;
        Ok(())
    }

    /// Tags of what has arrived. One that exists stays: a tag that moves is a trap, not an update.
    fn add_tags(&self, offer: &Offer) -> Result<(), GitError> {
        let odb = self.git.odb()?;
        for (name, oid) in &offer.tags {
            if odb.exists(*oid) && self.git.find_reference(name).is_err() {
                self.git.reference(name, *oid, false, "fetch")?;
            }
        }
        Ok(())
    }
}

/// Full name of the local note of a remote branch.
pub(crate) fn tracking(branch: &str) -> String {
    format!("refs/remotes/{REMOTE}/{branch}")
}

/// What the remote that is connected has.
pub(crate) fn offer(remote: &Remote<'_>, operation: &Operation) -> Result<Offer, GitError> {
    let heads = remote.list().map_err(|error| operation.explain(error))?;
    if heads.len() > MOST_REFS {
        return Err(NetworkError::Oversized {
            host: operation.host(),
            what: "branches and tags",
        }
        .into());
    }
    let mut offer = Offer::default();
    for head in heads {
        let name = head.name();
        if name == "HEAD" {
            offer.default_branch = head
                .symref_target()
                .and_then(|t| t.strip_prefix(HEADS))
                .map(str::to_owned);
        } else if !can_be_kept(name) {
            log::warn!("a ref with a name that is not allowed was left out");
        } else if let Some(short) = name.strip_prefix(HEADS).filter(|short| *short != "HEAD") {
            offer.branches.insert(short.to_owned(), head.oid());
        } else if name.starts_with(TAGS) {
            offer.tags.insert(name.to_owned(), head.oid());
        }
    }
    leave_out_folders(&mut offer.branches);
    leave_out_folders(&mut offer.tags);
    Ok(offer)
}

/// Whether the name can be that of a ref here, where it is longer than on the remote.
fn can_be_kept(name: &str) -> bool {
    let here = name.strip_prefix(HEADS).map_or_else(|| name.to_owned(), tracking);
    git2::Reference::is_valid_name(name)
        && git2::Reference::is_valid_name(&here)
        && name.split('/').all(|part| part.len() <= LONGEST_PART)
}

/// No git has both `a` and `a/b`, so a host that offers both lies: the first stays.
fn leave_out_folders(refs: &mut BTreeMap<String, Oid>) {
    let is_below = |name: &String| {
        let parents = name.match_indices('/').map(|(at, _)| &name[..at]);
        parents.into_iter().any(|parent| refs.contains_key(parent))
    };
    let below: Vec<String> = refs.keys().filter(|name| is_below(name)).cloned().collect();
    for name in below {
        log::warn!("a ref below another one was left out");
        refs.remove(&name);
    }
}
