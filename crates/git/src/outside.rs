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
    /// The commit that comes in, or is taken over or back; of a conflict the tree of what comes in.
    pub commit: Oid,
    /// More commits that come in with it: git joins several branches at once.
    pub also: Vec<Oid>,
    /// Where that is from, for people: the name of a branch, as that of a rebase, or a short id.
    pub from: String,
    /// Where commits are made again, what they are put on, for people: the name of a branch, or a short id.
    pub onto: Option<String>,
    /// The branch it will end on, for people; a short id where it is none.
    pub into: String,
    /// What the commit that ends it, or this step of it, says.
    pub message: String,
    /// Commits that come after this one, in their order.
    pub rest: Vec<Oid>,
    /// True where something comes after this one that only the other program can do.
    pub goes_on: bool,
    /// Of a merge that is taken over or back, the number of the parent that its changes are counted from.
    pub(crate) mainline: u32,
    pub(crate) back: Back,
}

/// Where it began, and where it ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Back {
    /// The branch that is checked out again at the end; else what is checked out now.
    pub(crate) branch: Option<String>,
    /// The commit it began on, where that is not the one of now.
    pub(crate) commit: Option<GitOid>,
    /// Edits that were put aside when it began, as a commit of `git stash`.
    pub(crate) aside: Option<GitOid>,
}

impl Outside {
    /// Whether git put edits aside when it began; at the end they are parked on the branch.
    pub fn put_edits_aside(&self) -> bool {
        self.back.aside.is_some()
    }
}

/// What is to be done yet.
#[derive(Default)]
struct Todo {
    rest: Vec<Oid>,
    goes_on: bool,
}

impl Repo {
    /// What another program began here and did not end; nothing where there is nothing. An error where there is
    /// something that can only be ended there.
    pub fn outside(&self) -> Result<Option<Outside>, GitError> {
        Ok(Some(match self.git.state() {
            RepositoryState::Merge => self.begun_merge()?,
            RepositoryState::CherryPick | RepositoryState::CherryPickSequence => {
                self.begun_row(Begun::CherryPick, "CHERRY_PICK_HEAD")?
            }
            RepositoryState::Revert | RepositoryState::RevertSequence => {
                self.begun_row(Begun::Revert, "REVERT_HEAD")?
            }
            RepositoryState::RebaseInteractive | RepositoryState::RebaseMerge => self.begun_rebase()?,
            RepositoryState::Rebase => self.begun_rebase_by_patches()?,
            RepositoryState::Clean => return self.left_conflicts(),
            RepositoryState::Bisect
            | RepositoryState::ApplyMailbox
            | RepositoryState::ApplyMailboxOrRebase => {
                self.state()?;
                return Ok(None);
            }
        }))
    }

    fn begun_merge(&self) -> Result<Outside, GitError> {
        let mut heads = self.noted_commits("MERGE_HEAD", Begun::Merge)?;
        let message = self.begun_message()?;
        let named = message.as_deref().and_then(named_in);
        let commit = heads.remove(0);
        Ok(Outside {
            begun: Begun::Merge,
            from: named.unwrap_or_else(|| commit.short().to_owned()),
            also: heads,
            onto: None,
            into: self.place_of_head()?,
            message: message.unwrap_or_else(|| format!("Merge commit '{}'", commit.short())),
            commit,
            rest: Vec::new(),
            goes_on: false,
            mainline: 0,
            back: Back {
                aside: self.put_aside("MERGE_AUTOSTASH", Begun::Merge)?,
                ..Back::default()
            },
        })
    }

    /// One commit that is taken over or back, or the first that is left of several.
    fn begun_row(&self, begun: Begun, head: &str) -> Result<Outside, GitError> {
        let commit = self.noted_commit(head, begun)?;
        let mut back = Back::default();
        let mut todo = Todo::default();
        if let Some(text) = self.state_text("sequencer/todo")? {
            // The first is the one of now.
            todo = self.todo(text.lines().skip(1), begun);
            let start = self.noted_commit("sequencer/head", begun)?;
            back.commit = Some(start.to_git()?);
            let safe = self.state_text("sequencer/abort-safety")?;
            if safe != self.head_commit()?.map(|head| head.to_string()) {
                return Err(odd(begun, "something else was committed meanwhile"));
            }
        }
        let mainline = self.mainline(&commit, begun)?;
        Ok(Outside {
            begun,
            also: Vec::new(),
            from: commit.short().to_owned(),
            onto: None,
            into: self.place_of_head()?,
            message: self.message_for(&commit)?,
            commit,
            rest: todo.rest,
            goes_on: todo.goes_on,
            mainline,
            back,
        })
    }

    fn begun_rebase(&self) -> Result<Outside, GitError> {
        const BEGUN: Begun = Begun::Rebase;
        let is_there = |name: &str| Ok::<_, GitError>(self.read_state(name)?.is_some());
        if is_there("rebase-merge/amend")? || !is_there("MERGE_MSG")? {
            return Err(odd(BEGUN, "it stopped between two commits"));
        }
        let done = self.state_text("rebase-merge/done")?.unwrap_or_default();
        let last = done
            .lines()
            .rfind(|line| !line.trim().is_empty())
            .unwrap_or_default();
        if !matches!(last.split_whitespace().next(), Some("pick" | "p")) {
            return Err(odd(BEGUN, "its step of now is more than a commit made again"));
        }
        let commit = self.noted_commit("REBASE_HEAD", BEGUN)?;
        let todo = self
            .state_text("rebase-merge/git-rebase-todo")?
            .unwrap_or_default();
        let todo = self.todo(todo.lines(), BEGUN);
        self.rebase_at(commit, todo, "rebase-merge")
    }

    /// As `git rebase --apply` does it.
    fn begun_rebase_by_patches(&self) -> Result<Outside, GitError> {
        const BEGUN: Begun = Begun::Rebase;
        let number = |name: &str| -> Result<usize, GitError> {
            let text = self
                .state_text(&format!("rebase-apply/{name}"))?
                .unwrap_or_default();
            text.trim()
                .parse()
                .map_err(|_| odd(BEGUN, "its notes cannot be read"))
        };
        if !self.git.index()?.has_conflicts() {
            return Err(odd(BEGUN, "it stopped between two commits"));
        }
        let commit = self.noted_commit("rebase-apply/original-commit", BEGUN)?;
        let mut todo = Todo::default();
        for n in number("next")? + 1..=number("last")? {
            let patch = self
                .state_text(&format!("rebase-apply/{n:04}"))?
                .unwrap_or_default();
            let id = patch
                .strip_prefix("From ")
                .and_then(|rest| rest.split_whitespace().next());
            match id.and_then(|id| self.only_parent(id)) {
                Some(id) => todo.rest.push(id),
                None => todo.goes_on = true,
            }
        }
        self.rebase_at(commit, todo.or_nothing(), "rebase-apply")
    }

    fn rebase_at(&self, commit: Oid, todo: Todo, folder: &str) -> Result<Outside, GitError> {
        const BEGUN: Begun = Begun::Rebase;
        self.one_parent(&commit, BEGUN)?;
        let start = self.noted_commit(&format!("{folder}/orig-head"), BEGUN)?;
        let branch = self.state_text(&format!("{folder}/head-name"))?;
        let branch = branch.filter(|name| git2::Reference::is_valid_name(name) && name.starts_with(HEADS));
        let onto = self.noted_commit(&format!("{folder}/onto"), BEGUN)?;
        let message = self.find_commit(&commit)?;
        let message = String::from_utf8_lossy(message.message_bytes()).into_owned();
        let name = branch.as_deref().and_then(|name| name.strip_prefix(HEADS));
        Ok(Outside {
            begun: BEGUN,
            also: Vec::new(),
            from: name.unwrap_or(commit.short()).to_owned(),
            onto: Some(self.called(&onto, branch.as_deref())?),
            into: name.map_or_else(|| self.place_of_head(), |name| Ok(name.to_owned()))?,
            message,
            commit,
            rest: todo.rest,
            goes_on: todo.goes_on,
            mainline: 0,
            back: Back {
                branch,
                commit: Some(start.to_git()?),
                aside: self.put_aside(&format!("{folder}/autostash"), BEGUN)?,
            },
        })
    }

    /// What people call a commit: the branch that leads to it, of here before those of remotes, and not the one `but`.
    fn called(&self, commit: &Oid, but: Option<&str>) -> Result<String, GitError> {
        let id = commit.to_git()?;
        for folder in [HEADS, "refs/remotes/"] {
            let tips = self.full_tips(folder)?;
            let found = tips
                .into_iter()
                .find(|(name, tip)| *tip == id && Some(name.as_str()) != but && !name.ends_with("/HEAD"));
            if let Some(name) = found.as_ref().and_then(|(name, _)| name.strip_prefix(folder)) {
                return Ok(name.to_owned());
            }
        }
        Ok(commit.short().to_owned())
    }

    /// What is left to do, as far as it is commits that are made again.
    fn todo<'t>(&self, lines: impl Iterator<Item = &'t str>, begun: Begun) -> Todo {
        let mut todo = Todo::default();
        for line in lines {
            let mut words = line.split_whitespace();
            let (Some(verb), id) = (words.next(), words.next()) else {
                continue;
            };
            let known = match verb {
                "noop" | "drop" | "d" => continue,
                _ if verb.starts_with('#') => continue,
                "pick" | "p" => begun != Begun::Revert,
                "revert" => begun == Begun::Revert,
                _ => false,
            };
            match id.filter(|_| known).and_then(|id| self.only_parent(id)) {
                Some(id) => todo.rest.push(id),
                None => todo.goes_on = true,
            }
        }
        todo.or_nothing()
    }

    /// A commit by the beginning of its id, where it has one parent.
    fn only_parent(&self, id: &str) -> Option<Oid> {
        let commit = self.git.find_commit_by_prefix(id).ok()?;
        (commit.parent_count() == 1).then(|| commit.id().into())
    }

    fn one_parent(&self, commit: &Oid, begun: Begun) -> Result<(), GitError> {
        match self.find_commit(commit)?.parent_count() {
            1 => Ok(()),
            0 => Err(odd(begun, "it is about a first commit")),
            _ => Err(odd(begun, "it is about a merge")),
        }
    }

    /// The one commit that such a file names.
    fn noted_commit(&self, name: &str, begun: Begun) -> Result<Oid, GitError> {
        match self.noted_commits(name, begun)?.as_slice() {
            [only] => Ok(only.clone()),
            _ => Err(odd(begun, "its notes cannot be read")),
        }
    }

    /// The commits that such a file names, one at least.
    fn noted_commits(&self, name: &str, begun: Begun) -> Result<Vec<Oid>, GitError> {
        let text = self.state_text(name)?.unwrap_or_default();
        let commits = text.lines().map(|line| {
            let id = GitOid::from_str(line.trim()).map_err(|_| odd(begun, "its notes cannot be read"))?;
            self.git
                .find_commit(id)
                .map_err(|_| odd(begun, "the commit it is about is missing"))?;
            Ok(Oid::from(id))
        });
        let commits = commits.collect::<Result<Vec<Oid>, GitError>>()?;
        if commits.is_empty() {
            return Err(odd(begun, "its notes cannot be read"));
        }
        Ok(commits)
    }

    /// Edits that were put aside when it began.
    fn put_aside(&self, name: &str, begun: Begun) -> Result<Option<GitOid>, GitError> {
        if self.read_state(name)?.is_none() {
            return Ok(None);
        }
        Ok(Some(self.noted_commit(name, begun)?.to_git()?))
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

    fn message_for(&self, commit: &Oid) -> Result<String, GitError> {
        if let Some(message) = self.begun_message()? {
            return Ok(message);
        }
        let commit = self.find_commit(commit)?;
        Ok(String::from_utf8_lossy(commit.message_bytes()).into_owned())
    }

    pub(crate) fn place_of_head(&self) -> Result<String, GitError> {
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

impl Todo {
    /// Where a step is none of ours, all that is left is for the other program.
    fn or_nothing(mut self) -> Self {
        if self.goes_on {
            self.rest.clear();
        }
        self
    }
}

/// The branches that git names in its message: `Merge branch 'side' into main`, `Merge branches 'a' and 'b'`.
fn named_in(message: &str) -> Option<String> {
    let title = message.lines().next()?.strip_prefix("Merge ")?;
    let parts: Vec<&str> = title.split('\'').collect();
    // Each name has a quotation mark before and after it.
    let names: Vec<&str> = parts
        .chunks_exact(2)
        .filter_map(|pair| pair.get(1).copied())
        .collect();
    match names.as_slice() {
        [] => None,
        [only] => Some((*only).to_owned()),
        [first @ .., last] => Some(format!("{} and {last}", first.join(", "))),
    }
}

/// What cannot be ended here.
pub(crate) fn odd(begun: Begun, why: &'static str) -> GitError {
    GitError::OutsideOnly { begun, why }
}

#[cfg(test)]
mod tests {
    use super::named_in;

    #[test]
    fn a_branch_is_called_what_git_calls_it() {
        let named = |message| named_in(message).unwrap_or_default();
        assert_eq!(named("Merge branch 'side' into main\n\nmore"), "side");
        assert_eq!(named("Merge remote-tracking branch 'origin/x'"), "origin/x");
        assert_eq!(named("Merge branches 'a', 'b' and 'c' into main"), "a, b and c");
        assert_eq!(named("Mine and 'theirs'"), "");
    }
}
