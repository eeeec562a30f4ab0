//! Where collections are, when the current branch has none.

use sheaf_collection::Collections;
use sheaf_git::model::Oid;
use sheaf_git::repository::Repo;

use crate::error::Result;
use crate::merge::count;
use crate::model::Elsewhere;
use crate::project::Project;

/// So many branches are looked at, the newest first…
const MOST_BRANCHES: usize = 50;
/// … so many of them are told…
const MOST_TOLD: usize = 5;
/// … and so many names of each are read.
const MOST_NAMES: usize = 5_000;
/// So many YAML files of a branch are opened, as only their content tells whether they hold a collection.
const MOST_OPENED: usize = 20;

impl Project {
    /// Other branches that hold collections, the newest first; those of the remote where they are not here, too. A quick
    /// look at their tips: the names of files, and the beginning of a few.
    pub fn collections_elsewhere(&self) -> Result<Vec<Elsewhere>> {
        let repo = self.repo()?;
        let (local, remote) = repo.branches()?;
        let local = local.into_iter().filter(|branch| !branch.current);
        let local = local.map(|branch| (branch.name, false, branch.tip));
        let remote = remote.into_iter().map(|branch| (branch.name, true, branch.tip));
        let mut tips: Vec<_> = local.chain(remote).collect();
        tips.sort_by_key(|(_, _, tip)| std::cmp::Reverse(tip.time));
        let mut found = Vec::new();
        for (branch, is_remote, tip) in tips.into_iter().take(MOST_BRANCHES) {
            let collections = held(&repo, &tip.id)?;
            if collections > 0 {
                found.push(Elsewhere {
                    branch,
                    is_remote,
                    collections: count(collections),
                });
            }
            if found.len() == MOST_TOLD {
                break;
            }
        }
        Ok(found)
    }
}

/// How many collections a commit holds, as far as a quick look tells.
fn held(repo: &Repo, commit: &Oid) -> Result<usize> {
    let paths = repo.first_paths(commit, MOST_NAMES)?;
    let in_trees = paths.iter().filter(|path| Collections::is_root(path)).count();
    let others = paths.iter().filter(|path| Collections::may_hold(path));
    let others = others.filter(|path| !path.contains(".insomnia/"));
    let opened: Vec<&str> = others.map(String::as_str).take(MOST_OPENED).collect();
    let files = repo.files_of(commit, &opened)?.into_iter().flatten().flatten();
    Ok(in_trees + files.filter(|bytes| Collections::is_v5(bytes)).count())
}
