//! Getting a repository for the first time.

use std::path::Path;
use std::sync::Arc;

use crate::clone_folder::CloneFolder;
pub use crate::clone_folder::remove_stale_clones;
use crate::error::GitError;
use crate::fetch::{Offer, tracking};
use crate::network::Network;
use crate::progress::{ProgressSink, Stage};
use crate::repository::{HEADS, Repo};
use crate::tree_policy::TreeLimits;
use crate::unwind::{catch_cancel, stop_where_cancelled};
use crate::uri::RemoteUri;

/// What a remote without a name for it calls its first branch.
const FIRST_BRANCH: &str = "main";

/// What a clone brought.
pub struct CloneReport {
    /// The new repository.
    pub repo: Repo,
    /// True where the remote has no commit yet.
    pub empty: bool,
    /// The branch that was checked out.
    pub default_branch: String,
    /// What a person should know about the files, in sentences.
    pub warnings: Vec<String>,
}

/// Clones into a folder that does not exist or is empty. Until everything has arrived, all of it is in a hidden
/// folder beside; whatever goes wrong, nothing is left behind.
pub fn clone(
    uri: &RemoteUri,
    target: &Path,
    branch: Option<&str>,
    net: &Network,
) -> Result<CloneReport, GitError> {
    clone_and(uri, target, branch, net, &mut |_| {})
}

/// The same; `before_it_shows` finishes the repository, which appears whole or not at all.
pub fn clone_and(
    uri: &RemoteUri,
    target: &Path,
    branch: Option<&str>,
    net: &Network,
    before_it_shows: &mut dyn FnMut(&Repo),
) -> Result<CloneReport, GitError> {
    crate::setup::initialise();
    clear_leftovers(target);
    let folder = CloneFolder::beside(target)?;
    let grown = grow(uri, &folder, branch, net, before_it_shows)?;
    if net.cancel.is_cancelled() {
        return Err(GitError::Cancelled);
    }
    let place = folder.finish()?;
    Ok(CloneReport {
        repo: Repo::open(&place)?,
        empty: grown.empty,
        default_branch: grown.branch,
        warnings: grown.warnings,
    })
}

/// What clones that were killed left where this one is going to be. That some of it stays is no reason not to clone.
fn clear_leftovers(target: &Path) {
    let parent = std::path::absolute(target)
        .ok()
        .and_then(|t| t.parent().map(Path::to_owned));
    if let Some(parent) = parent.filter(|p| p.is_dir())
        && let Err(error) = remove_stale_clones(&parent)
    {
        log::warn!("what earlier clones left in {} stays: {error}", parent.display());
    }
}

struct Grown {
    branch: String,
    empty: bool,
    warnings: Vec<String>,
}

/// Everything up to the move. The repository is closed at the end, since an open one cannot be moved everywhere.
fn grow(
    uri: &RemoteUri,
    folder: &CloneFolder,
    branch: Option<&str>,
    net: &Network,
    before_it_shows: &mut dyn FnMut(&Repo),
) -> Result<Grown, GitError> {
    let repo = Repo::init(&folder.work())?;
    repo.set_remote_url(uri.as_str())?;
    let (report, offer) = repo.fetch_from(uri, net)?;
    let branch = choose(&offer, branch)?;
    repo.set_upstream(&branch, &branch)?;
    repo.git.set_head(&format!("{HEADS}{branch}"))?;
    before_it_shows(&repo);
    if report.remote_empty {
        return Ok(Grown {
            branch,
            empty: true,
            warnings: Vec::new(),
        });
    }
    remember_default(&repo, &offer)?;
    let warnings = check_out(&repo, &branch, net)?;
    Ok(Grown {
        branch,
        empty: false,
        warnings,
    })
}

fn check_out(repo: &Repo, branch: &str, net: &Network) -> Result<Vec<String>, GitError> {
    let commit = repo
        .ref_oid(&tracking(branch))?
        .ok_or_else(|| GitError::NoBranch(branch.to_owned()))?;
    let report = repo.check_tree(repo.tree_of(commit)?, &TreeLimits::default())?;
    if net.cancel.is_cancelled() {
        return Err(GitError::Cancelled);
    }
    repo.git
        .reference(&format!("{HEADS}{branch}"), commit, false, "clone")?;
    crate::meter::Meter::new(net).stage(Stage::WritingFiles);
    catch_cancel(|| repo.first_checkout(branch, Some(&watched(net))))??;
    Ok(report.warnings)
}

/// Progress that also looks for a cancel. The clone is thrown away then, so nothing in it has to be put right.
fn watched(net: &Network) -> ProgressSink {
    let (sink, cancel) = (net.progress.clone(), net.cancel.clone());
    Arc::new(move |progress| {
        stop_where_cancelled(&cancel);
        if let Some(sink) = &sink {
            sink(progress);
            stop_where_cancelled(&cancel);
        }
    })
}

/// The branch that was asked for, else the remote's own choice, else the likeliest.
fn choose(offer: &Offer, wanted: Option<&str>) -> Result<String, GitError> {
    let has = |name: &str| offer.branches.contains_key(name);
    if let Some(name) = wanted {
        let fits = has(name) || offer.branches.is_empty();
        return if fits {
            Ok(name.to_owned())
        } else {
            Err(GitError::NoBranch(name.to_owned()))
        };
    }
    let usual = [
        offer.default_branch.as_deref(),
        Some(FIRST_BRANCH),
        Some("master"),
    ];
    if offer.branches.is_empty() {
        return Ok(offer
            .default_branch
            .clone()
            .unwrap_or_else(|| FIRST_BRANCH.to_owned()));
    }
    let found = usual
        .into_iter()
        .flatten()
        .find(|name| has(name))
        .map(str::to_owned);
    Ok(found
        .or_else(|| offer.branches.keys().next().cloned())
        .unwrap_or_else(|| FIRST_BRANCH.to_owned()))
}

/// `origin/HEAD`, as git writes it.
fn remember_default(repo: &Repo, offer: &Offer) -> Result<(), GitError> {
    if let Some(name) = offer
        .default_branch
        .as_deref()
        .filter(|name| offer.branches.contains_key(*name))
    {
        repo.git
            .reference_symbolic(&tracking("HEAD"), &tracking(name), true, "clone")?;
    }
    Ok(())
}
