//! A commit as data.

use crate::error::GitError;
use crate::model::{Author, CommitInfo, Oid};
use crate::repository::Repo;

impl Repo {
    /// One commit.
    pub fn commit_info(&self, oid: &Oid) -> Result<CommitInfo, GitError> {
        Ok(describe(&self.find_commit(oid)?))
    }
}

/// What people see of a commit. Text that is not UTF-8 is shown with replacement characters.
pub(crate) fn describe(commit: &git2::Commit<'_>) -> CommitInfo {
    let message = String::from_utf8_lossy(commit.message_bytes());
    let message = message.trim();
    let (title, body) = message.split_once('\n').unwrap_or((message, ""));
    let author = commit.author();
    CommitInfo {
        id: commit.id().into(),
        title: title.trim_end().to_owned(),
        body: body.trim().to_owned(),
        author: Author {
            name: String::from_utf8_lossy(author.name_bytes()).into_owned(),
            email: String::from_utf8_lossy(author.email_bytes()).into_owned(),
        },
        time: author.when().seconds(),
        parents: commit.parent_ids().map(Oid::from).collect(),
    }
}
