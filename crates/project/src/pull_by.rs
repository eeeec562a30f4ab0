//! How a pull joins what others pushed with what was committed here.

use serde::{Deserialize, Serialize};
use sheaf_git::repository::Repo;
use ts_rs::TS;

/// Where a choice is kept, in the repository's own configuration.
const KEY: &str = "sheaf.pull";

/// How a pull joins the two.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum PullBy {
    /// By a merge.
    #[default]
    Merge,
    /// Commits that are not pushed are made again on top of what comes in.
    Rebase,
}

/// As it was chosen for this project, else as git is set here.
pub(crate) fn pulls_by(repo: &Repo) -> PullBy {
    let chosen = match repo.config_get(KEY).as_deref() {
        Some("rebase") => Some(PullBy::Rebase),
        Some("merge") => Some(PullBy::Merge),
        _ => None,
    };
    let of_branch = || {
        let head = repo.head().ok()?;
        of_git(repo, &format!("branch.{}.rebase", head.branch()?))
    };
    chosen
        .or_else(of_branch)
        .or_else(|| of_git(repo, "pull.rebase"))
        .unwrap_or_default()
}

/// The setting that chooses it for a project.
pub(crate) fn setting(by: PullBy) -> (&'static str, Option<&'static str>) {
    let word = match by {
        PullBy::Merge => "merge",
        PullBy::Rebase => "rebase",
    };
    (KEY, Some(word))
}

fn of_git(repo: &Repo, key: &str) -> Option<PullBy> {
    Some(match repo.config_get(key)?.to_lowercase().as_str() {
        "false" | "no" | "off" | "0" => PullBy::Merge,
        _ => PullBy::Rebase,
    })
}
