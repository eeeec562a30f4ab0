//! Tags: list, create, delete, push.

use sheaf_git::model::Tag;

use crate::error::{ProjectError, Result};
use crate::model::RemoteBranchOutcome;
use crate::project::{Project, Run, author};
use crate::secrets::in_words;

impl Project {
    /// Tags by name.
    pub fn tags(&self) -> Result<Vec<Tag>> {
        Ok(self.repo()?.tags()?)
    }

    /// Names the last commit, or the one that `at` means. With a message the tag says who made it and why.
    pub fn create_tag(&self, name: &str, at: Option<&str>, message: Option<&str>) -> Result<()> {
        self.changing(
            "tag",
            |repo| {
                let commit = repo.resolve_commit(at.unwrap_or("HEAD"))?;
                let author = message.map(|_| author(repo)).transpose()?;
                Ok(repo.create_tag(name.trim(), &commit, message.zip(author.as_ref()))?)
            },
            |()| format!("created {name}"),
        )
    }

    /// Deletes a tag on this computer. Can be undone.
    pub fn delete_tag(&self, name: &str) -> Result<()> {
        self.changing(
            "tag",
            |repo| Ok(repo.delete_tag(name)?),
            |()| format!("deleted {name}"),
        )
    }

    /// Pushes a tag. One that the remote has is never replaced. Refused where commits would go with it that hold what
    /// looks like a secret.
    pub fn push_tag(&self, name: &str, run: &Run) -> Result<RemoteBranchOutcome> {
        let repo = self.repo()?;
        if let Ok(commit) = repo.resolve_commit(&format!("refs/tags/{name}")) {
            let secrets = self.outgoing(&repo, &commit)?.held_back;
            if !secrets.is_empty() {
                return Err(ProjectError::refused(
                    "secrets-found",
                    format!("With the tag would go commits in which {}", in_words(&secrets)),
                    "Push the branch first, which shows them and lets them through.",
                ));
            }
        }
        self.on_remote(
            &repo,
            "push-tag",
            run,
            |network| Ok(repo.push_tag(name, network)?),
        )
    }
}
