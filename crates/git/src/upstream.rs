//! Which branch of the remote a local branch belongs to.

use crate::config::REMOTE;
use crate::error::GitError;
use crate::plan::ConfigEdit;
use crate::repository::Repo;

/// Where the last known branches of the remote live.
pub(crate) const TRACKING: &str = "refs/remotes/origin/";

impl Repo {
    /// Short name (`main`) of the branch of the remote that this local branch belongs to.
    pub fn upstream_name(&self, branch: &str) -> Option<String> {
        let remote = self.config_get(&format!("branch.{branch}.remote"))?;
        let merge = self.config_get(&format!("branch.{branch}.merge"))?;
        (remote == REMOTE)
            .then(|| merge.strip_prefix("refs/heads/").map(str::to_owned))
            .flatten()
    }

    /// Last known commit of the upstream, where it is set and known.
    pub(crate) fn upstream_tip(&self, branch: &str) -> Result<Option<git2::Oid>, GitError> {
        match self.upstream_name(branch) {
            Some(name) => self.ref_oid(&format!("{TRACKING}{name}")),
            None => Ok(None),
        }
    }

    /// What changes in the configuration when the upstream becomes this.
    pub(crate) fn upstream_edits(&self, branch: &str, upstream: Option<&str>) -> Vec<ConfigEdit> {
        let values = [
            ("remote", upstream.map(|_| REMOTE.to_owned())),
            ("merge", upstream.map(|name| format!("refs/heads/{name}"))),
        ];
        let edits = values.into_iter().map(|(key, after)| {
            let key = format!("branch.{branch}.{key}");
            ConfigEdit {
                before: self.config_get(&key),
                after,
                key,
            }
        });
        edits.filter(|e| e.before != e.after).collect()
    }
}
