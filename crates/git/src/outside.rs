//! What another program began here and did not end, as its notes below `.git` say it.

use git2::{Oid as GitOid, RepositoryState};

use crate::error::GitError;
use crate::model::{Begun, Oid};
use crate::repository::{HEADS, Repo};

/// A merge or the like that another program began and did not end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// What it is.
    pub begun: Begun,
    /// The commit that comes in, or is taken over or back.
    pub commit: Oid,
    /// Where that is from, for people: the name of a branch, or a short id.
    pub from: String,
    /// The branch it will end on, for people; a short id where it is none.
    pub into: String,
    /// What the commit that ends it says.
    pub message: String,
}

impl Repo {
    /// What another program began here and did not end; nothing where there is nothing. An error where there is
    /// something that can only be ended there.
    pub fn outside(&self) -> Result<Option<Outside>, GitError> {
        if self.git.state() != RepositoryState::Merge {
            self.state()?;
            return Ok(None);
        }
        let begun = Begun::Merge;
        let commit = self.only_head("MERGE_HEAD", begun)?;
        let message = self.begun_message()?;
        let named = message.as_deref().and_then(named_in);
        Ok(Some(Outside {
            begun,
            from: named.map_or_else(|| commit.short().to_owned(), str::to_owned),
            into: self.place_of_head()?,
            message: message.unwrap_or_else(|| format!("Merge commit '{}'", commit.short())),
            commit,
        }))
    }

    /// The one commit that such a file names.
    fn only_head(&self, name: &str, begun: Begun) -> Result<Oid, GitError> {
        let text = self.state_text(name)?.unwrap_or_default();
        let mut lines = text.lines();
        let (first, more) = (lines.next().unwrap_or_default(), lines.next());
        if more.is_some() {
            return Err(odd(begun, "it joins more than two branches at once"));
        }
        let id = GitOid::from_str(first.trim()).map_err(|_| odd(begun, "its notes cannot be read"))?;
        self.git
            .find_commit(id)
            .map_err(|_| odd(begun, "the commit it is about is missing"))?;
        Ok(id.into())
    }

    /// The message that waits for the commit, without the lines that are for people only.
    fn begun_message(&self) -> Result<Option<String>, GitError> {
        let comment = self.git.config()?.get_string("core.commentchar");
        let comment = comment.ok().filter(|it| it != "auto" && !it.is_empty());
        let comment = comment.unwrap_or_else(|| "#".to_owned());
        let Some(text) = self.state_text("MERGE_MSG")? else {
            return Ok(None);
        };
        let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with(&comment)).collect();
        let text = lines.join("\n");
        Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
    }

    fn place_of_head(&self) -> Result<String, GitError> {
        let head = self.head()?;
        Ok(match (head.branch(), head.commit()) {
            (Some(branch), _) => branch.to_owned(),
            (None, Some(commit)) => commit.short().to_owned(),
            (None, None) => String::new(),
        })
    }

    /// The ref that moves when something is committed: a branch, or HEAD itself where none is checked out.
    pub(crate) fn moving_ref(&self) -> Result<String, GitError> {
        Ok(match self.head()?.branch() {
            Some(branch) => format!("{HEADS}{branch}"),
            None => "HEAD".to_owned(),
        })
    }
}

/// The branch that git names in its message: `Merge branch 'side' into main`.
fn named_in(message: &str) -> Option<&str> {
    let title = message.lines().next()?;
    let (_, rest) = title.strip_prefix("Merge ")?.split_once('\'')?;
    rest.split_once('\'').map(|(name, _)| name)
}

pub(crate) fn odd(begun: Begun, why: &'static str) -> GitError {
    GitError::OutsideOnly { begun, why }
}

#[cfg(test)]
mod tests {
    use super::named_in;

    #[test]
    fn a_branch_is_called_what_git_calls_it() {
        assert_eq!(named_in("Merge branch 'side' into main\n\nmore"), Some("side"));
        assert_eq!(
            named_in("Merge remote-tracking branch 'origin/x'"),
            Some("origin/x")
        );
        assert_eq!(named_in("Mine and 'theirs'"), None);
    }
}
